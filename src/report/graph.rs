//! A scenario as one picture: a lane for each topic, columns from what anyone is told to the deepest layer, the gates between them, and what
//! answers along the way. Reactions of a large scenario are gathered, so that the picture stays one that can be read from a wall.

mod describe;
mod dot;
mod gather;
mod lanes;
mod svg;
mod table;

pub use dot::dot;
pub use svg::svg;
pub use table::{graph_json, graph_page, graph_text};

use crate::check::coverage::Reached;
use crate::scenario::Scenario;

/// What a box in the picture stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One session.
    Session,
    /// A hook of the script.
    Hook,
    /// Something to talk about.
    Topic,
    /// One reaction.
    Reaction,
    /// Several reactions, gathered.
    Reactions,
    /// A disclosure behind its gate.
    Gate,
    /// A promise.
    Promise,
    /// A pool of lines: hurt and repair, silences, last resorts.
    Pool,
}

impl Kind {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Hook => "hook",
            Self::Topic => "topic",
            Self::Reaction => "reaction",
            Self::Reactions => "reactions",
            Self::Gate => "gate",
            Self::Promise => "promise",
            Self::Pool => "lines",
        }
    }
}

/// How a box was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// Nobody looked.
    Unknown,
    /// Reached; 1 is seldom, 4 is often, against the most frequent of its kind.
    Reached(u8),
    /// Looked for, and never reached.
    Never,
    /// Proved: no trainee can open it.
    CannotOpen,
}

/// A box.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Node {
    /// `topic:mother`; unique in the picture.
    pub key: String,
    /// What it stands for.
    pub kind: Kind,
    /// Its lane, from 0.
    pub lane: usize,
    /// Its column, from 0.
    pub column: usize,
    /// Its name.
    pub label: String,
    /// What else belongs on it, a line each.
    pub small: Vec<String>,
    /// How often it was reached; none where nobody looked.
    pub times: Option<u64>,
    /// How it was met.
    pub met: Met,
}

/// What leads to what.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Edge {
    /// The key of the box it starts from.
    pub from: String,
    /// The key of the box it leads to.
    pub to: String,
    /// Why, where it is a condition; empty where it simply leads there.
    pub needs: String,
}

/// A row of the picture.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Lane {
    /// Its name.
    pub name: String,
}

/// The picture as data.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Graph {
    /// The scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// What was looked at for the shading: a sentence; empty where nobody looked.
    pub looked: String,
    /// Rows, from the top.
    pub lanes: Vec<Lane>,
    /// Heads of the columns, from the left.
    pub columns: Vec<String>,
    /// Boxes, lane by lane.
    pub nodes: Vec<Node>,
    /// Arrows.
    pub edges: Vec<Edge>,
}

/// Up to so many reactions are drawn one by one; more are gathered by topic and by what they answer. With forty boxes a picture can still be read.
pub const ONE_BY_ONE: usize = 24;

impl Graph {
    /// Draws up the picture. `reached` is what simulated trainees reached of it; `ceiling` an openness that no trainee can exceed, where one is proved.
    #[must_use]
    pub fn of(scenario: &Scenario, reached: Option<&Reached>, ceiling: Option<f64>) -> Self {
        lanes::draw_up(scenario, reached, ceiling)
    }

    /// How many boxes are on a kind of it.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.nodes.iter().filter(|node| node.kind == kind).count()
    }

    /// The box with this key.
    #[must_use]
    pub fn node(&self, key: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::coverage::Coverage;
    use crate::scenario::Shelf;

    #[test]
    fn a_large_client_gives_a_picture_of_few_boxes_in_which_every_arrow_has_its_ends() {
        for name in ["samantha", "stefano"] {
            let scenario = Shelf::built_in().open(name).unwrap();
            let graph = Graph::of(&scenario, None, None);
            assert!(graph.nodes.len() <= 110, "{name}: {} boxes", graph.nodes.len());
            assert_eq!(graph.count(Kind::Gate), scenario.file.disclosures.len());
            assert_eq!(graph.count(Kind::Topic), scenario.file.topics.len());
            for edge in &graph.edges {
                assert!(graph.node(&edge.from).is_some() && graph.node(&edge.to).is_some(), "{name}: {edge:?}");
            }
            let mut keys: Vec<&str> = graph.nodes.iter().map(|node| node.key.as_str()).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), graph.nodes.len(), "{name}: keys are unique");
        }
    }

    #[test]
    fn what_was_never_reached_says_so_in_words_and_in_shape() {
        let scenario = Shelf::built_in().open("samantha").unwrap();
        let coverage = Coverage::of(&scenario);
        let graph = Graph::of(&scenario, Some(coverage.reached()), None);
        let told = scenario.file.disclosures[0].id.as_str();
        assert_eq!(graph.node(&format!("gate:{told}")).unwrap().met, Met::Never);
        let picture = svg(&graph);
        assert!(picture.contains("never reached") && picture.contains("class=\"never\""), "{}", &picture[..400]);
        assert!(dot(&graph).contains("never reached") && dot(&graph).contains("octagon"));
    }

    #[test]
    fn a_gate_beyond_the_ceiling_cannot_open_and_says_so() {
        let scenario = Shelf::built_in().open("samantha").unwrap();
        let graph = Graph::of(&scenario, None, Some(0.2));
        assert!(graph.nodes.iter().any(|node| node.met == Met::CannotOpen));
        assert!(svg(&graph).contains("cannot open"));
    }

    #[test]
    fn names_that_hold_markup_stay_names() {
        let scenario = Shelf::built_in().open("samantha").unwrap();
        let mut graph = Graph::of(&scenario, None, None);
        graph.title = "<script>\"&".to_owned();
        graph.nodes[0].label = "a\"b\\<c>".to_owned();
        let picture = svg(&graph);
        assert!(!picture.contains("<script>") && picture.contains("&lt;script&gt;"));
        assert!(!graph_page(&graph).contains("<script>"));
        assert!(dot(&graph).contains("a\\\"b\\\\"));
    }

    #[test]
    fn the_same_scenario_gives_the_same_bytes() {
        let scenario = Shelf::built_in().open("stefano").unwrap();
        let coverage = Coverage::of(&scenario);
        let draw = || svg(&Graph::of(&scenario, Some(coverage.reached()), Some(0.9)));
        assert_eq!(draw(), draw());
    }
}

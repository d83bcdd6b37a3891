//! Which box stands where, and what leads to it.

use super::describe::{lines_of, looked, needs, openness, times};
use super::gather::{ANYWHERE, Home, home};
use super::{Edge, Graph, Kind, Lane, Met, Node, ONE_BY_ONE};
use crate::check::coverage::Reached;
use crate::client::DEFAULT_OPENS_AT;
use crate::client::GateCondition;
use crate::scenario::Scenario;
use crate::scenario::findings::walk::fallback_beats;
use crate::script::Hook;
use std::collections::BTreeMap;

/// Columns before the layers: topics, and what answers on them.
const BEFORE_LAYERS: usize = 2;
/// Boxes in a row of a lane that has no layers.
const ACROSS: usize = 7;
/// More topics than this that lead to no gate share one lane, so that what leads somewhere is not lost among them.
const LANES_OF_THEIR_OWN: usize = 4;
/// Names of reactions that were never reached, on their box.
const NAMED: usize = 4;

/// Draws up the picture.
pub(super) fn draw_up(scenario: &Scenario, reached: Option<&Reached>, ceiling: Option<f64>) -> Graph {
    let mut board = Board { scenario, reached, ceiling, lanes: Vec::new(), nodes: Vec::new(), edges: Vec::new() };
    board.sessions();
    board.hooks();
    board.topics();
    board.anywhere();
    board.promises();
    board.hurt();
    board.wordless();
    board.shade();
    let mut columns = vec!["what can be talked about".to_owned(), "what answers there".to_owned()];
    columns.extend(DEFAULT_OPENS_AT.iter().enumerate().map(|(layer, at)| match layer {
        0 => "layer 0: told to anyone".to_owned(),
        _ => format!("layer {layer}: from openness {}", openness(*at)),
    }));
    let file = &scenario.file;
    Graph { scenario: file.id.clone(), title: file.title.clone(), looked: looked(reached), lanes: board.lanes, columns, nodes: board.nodes, edges: board.edges }
}

struct Board<'a> {
    scenario: &'a Scenario,
    reached: Option<&'a Reached>,
    ceiling: Option<f64>,
    lanes: Vec<Lane>,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl Board<'_> {
    fn lane(&mut self, name: &str) -> usize {
        self.lanes.push(Lane { name: name.to_owned() });
        self.lanes.len() - 1
    }

    fn node(&mut self, key: String, kind: Kind, (lane, column): (usize, usize), label: &str, small: Vec<String>, times: Option<u64>) {
        self.nodes.push(Node { key, kind, lane, column, label: label.to_owned(), small, times, met: Met::Unknown });
    }

    fn edge(&mut self, from: String, to: String, needs: &str) {
        self.edges.push(Edge { from, to, needs: needs.to_owned() });
    }

    fn said_by(&self, owner: &str) -> Option<u64> {
        self.reached.map(|reached| reached.said_by(owner))
    }

    fn sessions(&mut self) {
        let lane = self.lane("The sessions");
        for (at, session) in self.scenario.file.sessions.iter().enumerate() {
            let small = vec![session.title.clone(), format!("{} turns", session.turns)];
            self.node(format!("session:{}", session.number), Kind::Session, (lane, at % ACROSS), &format!("session {}", session.number), small, None);
        }
    }

    fn hooks(&mut self) {
        let Some(script) = &self.scenario.script else { return };
        let lane = self.lane("The script");
        let reached = self.reached;
        for (at, hook) in Hook::ALL.into_iter().filter(|hook| script.has(*hook)).enumerate() {
            let count = reached.and_then(|reached| reached.hooks.iter().find(|count| count.name == hook.name()));
            let small = count.map(|count| vec![format!("ran {} times", super::describe::grouped(count.ran))]).unwrap_or_default();
            self.node(format!("hook:{}", hook.name()), Kind::Hook, (lane, at), hook.name(), small, count.map(|count| count.proposed));
        }
    }

    fn topics(&mut self) {
        let file = &self.scenario.file;
        let leads = |at: &usize| file.disclosures.iter().any(|told| told.topic.as_ref() == Some(&file.topics[*at].id));
        // What leads somewhere stands first.
        let (mut lanes, mut aside): (Vec<usize>, Vec<usize>) = (0..file.topics.len()).partition(leads);
        if aside.len() <= LANES_OF_THEIR_OWN {
            lanes.append(&mut aside);
        }
        for at in lanes {
            let topic = &file.topics[at];
            let lane = self.lane(&topic.name);
            let key = format!("topic:{}", topic.id);
            self.topic(at, lane, 0);
            self.reactions(&Home::Topic(at), lane, 1, &topic.id, Some(&key));
            self.gates(Some(&topic.id), lane, Some(&key));
        }
        if file.disclosures.iter().any(|told| told.topic.is_none()) {
            let lane = self.lane("On any topic");
            self.gates(None, lane, None);
        }
        if !aside.is_empty() {
            self.aside(&aside);
        }
    }

    fn topic(&mut self, at: usize, lane: usize, column: usize) {
        let topic = &self.scenario.file.topics[at];
        let said = self.reached.map(|reached| {
            let prefix = format!("topic `{}`", topic.id);
            reached.lines.iter().filter(|line| line.pool.starts_with(&prefix)).map(|line| line.said).sum()
        });
        self.node(format!("topic:{}", topic.id), Kind::Topic, (lane, column), &topic.id, vec![lines_of(topic)], said);
    }

    /// Topics that lead to no gate, side by side, each with what answers on it below; the next one goes where there is most room.
    fn aside(&mut self, topics: &[usize]) {
        let lane = self.lane("Also talked about");
        let mut tall = [0_usize; ACROSS];
        for at in topics {
            let column = (0..ACROSS).min_by_key(|column| (tall[*column], *column)).unwrap_or(0);
            let before = self.nodes.len();
            self.topic(*at, lane, column);
            let id = &self.scenario.file.topics[*at].id;
            self.reactions(&Home::Topic(*at), lane, column, id, None);
            for node in &mut self.nodes[before + 1..] {
                node.label = format!("{} on {id}", node.label.trim_end_matches(" reactions").trim_end_matches(" reaction"));
            }
            tall[column] += self.nodes[before..].iter().map(|node| 3 + node.small.iter().map(|line| 1 + line.len() / 28).sum::<usize>()).sum::<usize>();
        }
    }

    /// The gates of a topic, each in the column of its layer.
    fn gates(&mut self, topic: Option<&str>, lane: usize, key: Option<&str>) {
        let file = &self.scenario.file;
        let mut before = key.map(str::to_owned);
        let mut gates: Vec<usize> = (0..file.disclosures.len()).filter(|at| file.disclosures[*at].topic.as_deref() == topic).collect();
        gates.sort_by_key(|at| (file.disclosures[*at].layer, *at));
        let mut last_layer = None;
        let mut from = before.clone();
        for at in gates {
            let (told, gate) = (&file.disclosures[at], &self.scenario.gates[at]);
            let here = format!("gate:{}", told.id);
            let default = DEFAULT_OPENS_AT.get(usize::from(told.layer)).copied().unwrap_or(1.0);
            let mut small = Vec::new();
            if (gate.opens_at - default).abs() > 1e-9 {
                small.push(format!("from openness {}", openness(gate.opens_at)));
            }
            small.extend(needs(gate));
            let times = self.reached.and_then(|reached| reached.gates.get(at)).map(|gate| gate.told);
            self.node(here.clone(), Kind::Gate, (lane, BEFORE_LAYERS + usize::from(told.layer)), &told.id, small, times);
            // Gates of one layer stand side by side: they lead on from the layer before.
            if last_layer != Some(told.layer) {
                from = before.clone();
            }
            if let Some(from) = &from {
                self.edge(from.clone(), here.clone(), "");
            }
            for need in &gate.needs {
                match need {
                    GateCondition::Told(id) if self.scenario.disclosure(id).is_some() => self.edge(format!("gate:{id}"), here.clone(), "told"),
                    GateCondition::Touched(id) if Some(id.as_str()) != topic && self.scenario.topic(id).is_some() => {
                        self.edge(format!("topic:{id}"), here.clone(), "touched");
                    }
                    _ => {}
                }
            }
            before = Some(here);
            last_layer = Some(told.layer);
        }
    }

    /// The reactions of one home: one by one where the scenario has few, gathered where it has many, and what was never reached apart.
    fn reactions(&mut self, of: &Home, lane: usize, column: usize, group: &str, from: Option<&str>) {
        let file = &self.scenario.file;
        let mine: Vec<usize> = (0..file.reactions.len()).filter(|at| home(file, &file.reactions[*at]) == *of).collect();
        if mine.is_empty() {
            return;
        }
        let answered = |at: usize| self.reached.and_then(|reached| reached.reactions.get(at)).map(|one| one.answered);
        let mut added = Vec::new();
        if file.reactions.len() <= ONE_BY_ONE {
            for at in mine {
                let reaction = &file.reactions[at];
                let small = vec![if reaction.lines.len() == 1 { "1 line".to_owned() } else { format!("{} lines", reaction.lines.len()) }];
                added.push((format!("reaction:{}", reaction.id), Kind::Reaction, reaction.id.clone(), small, answered(at)));
            }
        } else {
            let never: Vec<usize> = mine.iter().copied().filter(|at| answered(*at) == Some(0)).collect();
            let met = mine.len() - never.len();
            let total = self.reached.map(|_| mine.iter().filter_map(|at| answered(*at)).sum::<u64>());
            let plural = |n: usize| if n == 1 { "1 reaction".to_owned() } else { format!("{n} reactions") };
            if met > 0 || never.is_empty() {
                added.push((format!("reactions:{group}"), Kind::Reactions, plural(met), vec![most_frequent(self, &mine)], total));
            }
            if !never.is_empty() {
                let names: Vec<&str> = never.iter().take(NAMED).map(|at| file.reactions[*at].id.as_str()).collect();
                let more = if never.len() > NAMED { format!(" and {} more", never.len() - NAMED) } else { String::new() };
                added.push((format!("reactions:{group}:never"), Kind::Reactions, plural(never.len()), vec![format!("{}{more}", names.join(", "))], Some(0)));
            }
        }
        for (key, kind, label, mut small, times) in added {
            small.retain(|line| !line.is_empty());
            if let Some(from) = from {
                self.edge(from.to_owned(), key.clone(), "");
            }
            self.node(key, kind, (lane, column), &label, small, times);
        }
    }

    fn anywhere(&mut self) {
        let file = &self.scenario.file;
        if !file.reactions.iter().any(|reaction| matches!(home(file, reaction), Home::Anywhere(_))) {
            return;
        }
        let lane = self.lane("Whatever is talked about");
        let mut column = 0;
        for group in ANYWHERE {
            let before = self.nodes.len();
            self.reactions(&Home::Anywhere(group), lane, column % ACROSS, group, None);
            if self.nodes.len() > before {
                column += 1;
            }
            for node in &mut self.nodes[before..] {
                node.small.insert(0, group.to_owned());
            }
        }
    }

    fn promises(&mut self) {
        if self.scenario.file.promises.is_empty() {
            return;
        }
        let lane = self.lane("What can be promised");
        for (at, promise) in self.scenario.file.promises.iter().enumerate() {
            let used = self.reached.and_then(|reached| reached.promises.get(at));
            let mut small = vec![promise.what.clone()];
            small.extend(used.map(|used| format!("made {}, kept {}, broken {}", used.made, used.kept, used.broken)));
            let times = used.map(|used| used.made + used.kept + used.broken);
            self.node(format!("promise:{}", promise.id), Kind::Promise, (lane, at % ACROSS), &promise.id, small, times);
        }
    }

    fn hurt(&mut self) {
        let lane = self.lane("Hurt and repair");
        let rupture = &self.scenario.file.rupture;
        let lines = |beats: &[crate::scenario::shape::Beat]| beats.iter().map(|beat| beat.lines.len()).sum::<usize>();
        let pools = [
            ("withdrawal", lines(&rupture.withdrawal)),
            ("confrontation", lines(&rupture.confrontation)),
            ("lingering", rupture.lingering.lines.len()),
            ("softening", rupture.softening.lines.len()),
            ("repaired", rupture.repaired.lines.len()),
            ("leaves", rupture.leaves.lines.len()),
        ];
        self.pools(lane, &pools);
        for (from, to) in [("withdrawal", "lingering"), ("confrontation", "lingering"), ("lingering", "softening"), ("softening", "repaired")] {
            self.edge(format!("lines:{from}"), format!("lines:{to}"), "");
        }
        self.reactions(&Home::Hurt, lane, pools.len() % ACROSS, "when hurt", None);
    }

    fn wordless(&mut self) {
        let lane = self.lane("Silences, gestures, last resorts");
        let pools: Vec<(&str, usize)> = fallback_beats(&self.scenario.file).iter().map(|(name, beat)| (*name, beat.lines.len())).collect();
        self.pools(lane, &pools);
        self.reactions(&Home::Wordless, lane, pools.len() % ACROSS, "without words", None);
    }

    fn pools(&mut self, lane: usize, pools: &[(&str, usize)]) {
        for (at, (name, lines)) in pools.iter().enumerate() {
            let small = vec![if *lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") }];
            let times = self.said_by(name);
            self.node(format!("lines:{name}"), Kind::Pool, (lane, at % ACROSS), &name.replace('_', " "), small, times);
        }
    }

    /// Shades each box against the most frequent one of its kind, and writes its count on it.
    fn shade(&mut self) {
        let mut most: BTreeMap<Kind, u64> = BTreeMap::new();
        for node in &self.nodes {
            let seen = most.entry(node.kind).or_default();
            *seen = (*seen).max(node.times.unwrap_or(0));
        }
        for node in &mut self.nodes {
            let most = most.get(&node.kind).copied().unwrap_or(0);
            node.met = match node.times {
                None => Met::Unknown,
                Some(0) => Met::Never,
                Some(times) if times * 2 >= most => Met::Reached(4),
                Some(times) if times * 8 >= most => Met::Reached(3),
                Some(times) if times * 32 >= most => Met::Reached(2),
                Some(_) => Met::Reached(1),
            };
            if let Some(n) = node.times {
                node.small.push(match (node.kind, n) {
                    (Kind::Hook, 0) => "never proposed anything".to_owned(),
                    (Kind::Hook, n) => format!("proposed {} times", super::describe::grouped(n)),
                    (_, n) => times(n),
                });
            }
            let opens_at = node.key.strip_prefix("gate:").and_then(|id| self.scenario.gates.iter().find(|gate| gate.id == id)).map(|gate| gate.opens_at);
            if let (Some(opens_at), Some(ceiling)) = (opens_at, self.ceiling)
                && opens_at > ceiling
            {
                node.met = Met::CannotOpen;
                node.small.push(format!("cannot open: openness reaches {} at most", openness(ceiling)));
            }
        }
    }
}

/// "most: a, b": the two that answered most.
fn most_frequent(board: &Board<'_>, of: &[usize]) -> String {
    let Some(reached) = board.reached else { return String::new() };
    let mut seen: Vec<(u64, &str)> =
        of.iter().filter_map(|at| reached.reactions.get(*at)).map(|one| (one.answered, one.id.as_str())).filter(|one| one.0 > 0).collect();
    seen.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    if seen.len() < 2 { seen.first().map(|one| one.1.to_owned()).unwrap_or_default() } else { format!("most: {}, {}", seen[0].1, seen[1].1) }
}

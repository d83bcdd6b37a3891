//! Reactions gathered: by the topic they belong to, and those of none by what they answer.

use crate::scenario::shape::{ReactionSpec, RuptureWhen, ScenarioFile};

/// Where a reaction is drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// In a topic's lane.
    Topic(usize),
    /// In the lane of what can be talked about anywhere, in a group of this name.
    Anywhere(&'static str),
    /// In the lane of hurt and repair.
    Hurt,
    /// In the lane of silences, gestures and last resorts.
    Wordless,
}

/// Groups of the lane of what can be talked about anywhere, in the order in which they are drawn.
pub(super) const ANYWHERE: [&str; 7] = [
    "to the line just said",
    "to certain words",
    "to what the trainee does",
    "to details remembered",
    "to the unsaid and to fears",
    "to a question",
    "otherwise",
];

/// The home of a reaction: what it is about before how it is triggered.
pub(super) fn home(file: &ScenarioFile, reaction: &ReactionSpec) -> Home {
    let when = &reaction.when;
    if when.rupture.is_some_and(|wanted| wanted != RuptureWhen::None) {
        return Home::Hurt;
    }
    let topic = |id: &String| file.topics.iter().position(|topic| topic.id == *id);
    if let Some(at) = when.topics.iter().find_map(topic) {
        return Home::Topic(at);
    }
    if !when.kind.is_empty() {
        return Home::Wordless;
    }
    if !when.after.is_empty() {
        let of = when.after.iter().find_map(|id| owner_topic(file, id)).or_else(|| reaction.leads_to.as_ref().and_then(topic));
        return of.map_or(Home::Anywhere(ANYWHERE[0]), Home::Topic);
    }
    if let Some(at) = reaction.leads_to.as_ref().and_then(topic) {
        return Home::Topic(at);
    }
    Home::Anywhere(if !when.says.is_empty() {
        ANYWHERE[1]
    } else if !when.acts.is_empty() || !when.all.is_empty() {
        ANYWHERE[2]
    } else if !when.recalls.is_empty() || !when.mistakes.is_empty() {
        ANYWHERE[3]
    } else if !when.hears.is_empty() || !when.accepts.is_empty() {
        ANYWHERE[4]
    } else if when.question.is_some() || !when.asks.is_empty() {
        ANYWHERE[5]
    } else {
        ANYWHERE[6]
    })
}

/// The topic that a beat named in `after` belongs to: a topic itself, a disclosure or a reaction with a topic.
fn owner_topic(file: &ScenarioFile, id: &str) -> Option<usize> {
    let position = |wanted: &String| file.topics.iter().position(|topic| topic.id == *wanted);
    if let Some(at) = file.topics.iter().position(|topic| topic.id == id) {
        return Some(at);
    }
    let has_line = |lines: &[crate::scenario::shape::Line]| lines.iter().any(|line| line.id() == Some(id));
    if let Some(told) = file.disclosures.iter().find(|told| told.id == id || has_line(&told.lines) || has_line(&told.more)) {
        return told.topic.as_ref().and_then(position);
    }
    let reaction = file.reactions.iter().find(|reaction| reaction.id == id || has_line(&reaction.lines))?;
    reaction.when.topics.iter().find_map(position).or_else(|| reaction.leads_to.as_ref().and_then(position))
}

//! The topic that comes nearest to what was said: by shared words, and where there are none, by what the talk was on.

use super::groups::content;
use crate::scenario::Scenario;
use crate::scenario::shape::Topic;
use crate::text::stem;
use std::collections::{BTreeMap, BTreeSet};

/// A topic and why it is near.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Near {
    /// Its id.
    pub topic: String,
    /// What makes it near, for the author.
    pub because: String,
}

/// A word that more topics than this have in common tells nothing of which one is meant.
const COMMON: usize = 2;

/// The nearest topic, if any is near at all.
pub(super) fn nearest_topic(scenario: &Scenario, words: &BTreeMap<String, String>, on: &BTreeMap<&str, u64>) -> Option<Near> {
    let topics: Vec<(&Topic, BTreeSet<String>, BTreeSet<String>)> = scenario.file.topics.iter().map(|topic| (topic, in_cues(topic), in_lines(topic))).collect();
    let telling = |stem: &String| topics.iter().filter(|(_, cues, lines)| cues.contains(stem) || lines.contains(stem)).count() <= COMMON;
    let words: Vec<(&String, &String)> = words.iter().filter(|(stem, _)| telling(stem)).collect();
    let shared = |of: &BTreeSet<String>| words.iter().filter(|(stem, _)| of.contains(*stem)).map(|(_, word)| (*word).as_str()).collect::<Vec<&str>>();
    let by_words = topics
        .iter()
        .map(|(topic, cues, lines)| (topic, shared(cues), shared(lines)))
        .filter(|(_, cues, lines)| cues.len() + lines.len() > 0)
        // The order of the file decides between equals.
        .rev()
        .max_by_key(|(_, cues, lines)| (3 * cues.len() + lines.len(), cues.len()));
    if let Some((topic, cues, lines)) = by_words {
        let shown: Vec<String> = cues.iter().chain(lines.iter().filter(|word| !cues.contains(word))).take(3).map(|word| format!("“{word}”")).collect();
        let where_found = if cues.is_empty() { "its lines have" } else { "its cues have" };
        return Some(Near { topic: topic.id.clone(), because: format!("{where_found} {}", shown.join(", ")) });
    }
    let (topic, _) = on.iter().max_by_key(|(topic, times)| (**times, std::cmp::Reverse(**topic)))?;
    Some(Near { topic: (*topic).to_owned(), because: "it was being talked about".to_owned() })
}

/// The stems of a topic's name and cues.
fn in_cues(topic: &Topic) -> BTreeSet<String> {
    std::iter::once(&topic.name).chain(&topic.cues).flat_map(|cue| plain_words(cue)).collect()
}

/// The stems of what is said on it.
fn in_lines(topic: &Topic) -> BTreeSet<String> {
    let bands = [&topic.asked, &topic.met];
    let lines = bands.iter().flat_map(|bands| [&bands.guarded, &bands.wary, &bands.warming, &bands.open]).flatten();
    lines.flat_map(|line| content(line.say()).into_keys()).collect()
}

/// The stems of a pattern's own words of content.
fn plain_words(pattern: &str) -> Vec<String> {
    let bare: String = pattern.chars().map(|c| if c.is_alphabetic() || c == '\'' { c } else { ' ' }).collect();
    let said = crate::text::Utterance::read(&bare);
    (0..said.words().len()).filter(|at| said.words()[*at].is_content()).map(|at| stem(said.form(at)).into_owned()).collect()
}

//! Replies grouped by likeness: those that share most of their words of content are one question asked in several ways.

use super::near::{Near, nearest_topic};
use super::stub::stub;
use super::{Missed, Unmatched};
use crate::scenario::Scenario;
use crate::text::{Utterance, stem};
use std::collections::{BTreeMap, BTreeSet};

/// Two replies are alike where twice their shared words are at least this share of all their words (Dice). Half: "did you tell your sister" and
/// "have you told her sister" are, two replies that share one common verb are not. Our guess, looked at on simulated trainees.
const ALIKE: f64 = 0.5;
/// Examples of a group that are kept.
pub(super) const EXAMPLES: usize = 4;

/// Replies that are alike.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Group {
    /// How often any of them was said.
    pub times: u64,
    /// How many different wordings.
    pub wordings: usize,
    /// The most frequent of them.
    pub examples: Vec<String>,
    /// What the client had said before the first of them.
    pub after: String,
    /// The topic that comes nearest.
    pub near: Option<Near>,
    /// A reaction to paste into `reactions` and fill in.
    pub stub: String,
}

/// All groups, the most frequent first.
#[must_use]
pub fn group(scenario: &Scenario, unmatched: &Unmatched) -> Vec<Group> {
    let mut replies: Vec<(&String, &Missed)> = unmatched.missed.iter().collect();
    replies.sort_by(|a, b| b.1.times.cmp(&a.1.times).then(a.0.cmp(b.0)));
    let mut gathered: Vec<Gathered<'_>> = Vec::new();
    // By word, the groups whose head has it: only those can be alike.
    let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (reply, missed) in replies {
        let words = content(reply);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for at in words.keys().filter_map(|word| by_word.get(word)).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        let alike = |at: usize, both: usize| 2.0 * both as f64 / (words.len() + gathered[at].words.len()).max(1) as f64;
        let best = shared
            .iter()
            .map(|(at, both)| (alike(*at, *both), *at))
            .filter(|(alike, _)| *alike >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match best {
            Some((_, at)) => gathered[at].add(reply, missed, &words),
            None => {
                for word in words.keys() {
                    by_word.entry(word.clone()).or_default().push(gathered.len());
                }
                gathered.push(Gathered::new(reply, missed, words));
            }
        }
    }
    gathered.sort_by(|a, b| b.times.cmp(&a.times).then(a.replies[0].cmp(b.replies[0])));
    let mut taken: BTreeSet<String> = scenario.file.reactions.iter().map(|reaction| reaction.id.clone()).collect();
    gathered.into_iter().map(|group| group.finish(scenario, &mut taken)).collect()
}

struct Gathered<'a> {
    times: u64,
    replies: Vec<&'a str>,
    /// The head's words of content: stem and the word as typed.
    words: BTreeMap<String, String>,
    /// Stems that every wording so far has.
    common: BTreeSet<String>,
    after: &'a str,
    on: BTreeMap<&'a str, u64>,
}

impl<'a> Gathered<'a> {
    fn new(reply: &'a str, missed: &'a Missed, words: BTreeMap<String, String>) -> Self {
        let common = words.keys().cloned().collect();
        let mut group = Self { times: 0, replies: Vec::new(), words, common, after: &missed.after, on: BTreeMap::new() };
        group.count(reply, missed);
        group
    }

    fn add(&mut self, reply: &'a str, missed: &'a Missed, words: &BTreeMap<String, String>) {
        self.common.retain(|stem| words.contains_key(stem));
        self.count(reply, missed);
    }

    fn count(&mut self, reply: &'a str, missed: &'a Missed) {
        self.times += missed.times;
        self.replies.push(reply);
        for (topic, times) in &missed.on {
            *self.on.entry(topic).or_default() += times;
        }
    }

    fn finish(self, scenario: &Scenario, taken: &mut BTreeSet<String>) -> Group {
        let near = nearest_topic(scenario, &self.words, &self.on);
        let stub = stub(scenario, &self.replies, &self.common, near.as_ref(), taken);
        Group {
            times: self.times,
            wordings: self.replies.len(),
            examples: self.replies.iter().take(EXAMPLES).map(|reply| (*reply).to_owned()).collect(),
            after: self.after.to_owned(),
            near,
            stub,
        }
    }
}

/// The words of content: stem → the word as it was typed, in lower case. A reply without any is known by all its words.
pub(super) fn content(reply: &str) -> BTreeMap<String, String> {
    let said = Utterance::read(reply);
    let words = |wanted: &dyn Fn(usize) -> bool| -> BTreeMap<String, String> {
        (0..said.words().len())
            .filter(|at| wanted(*at))
            .map(|at| (stem(said.form(at)).into_owned(), said.form(at).to_owned()))
            .filter(|(stem, _)| !stem.is_empty())
            .collect()
    };
    let found = words(&|at| said.words()[at].is_content());
    let found = if found.is_empty() { words(&|_| true) } else { found };
    if found.is_empty() { BTreeMap::from([(reply.trim().to_lowercase(), reply.trim().to_lowercase())]) } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Shelf;

    fn unmatched(replies: &[(&str, u64)]) -> Unmatched {
        let missed = replies.iter().map(|(reply, times)| ((*reply).to_owned(), Missed { times: *times, ..Missed::default() })).collect();
        Unmatched { turns: 100, missed }
    }

    #[test]
    fn one_question_asked_in_several_ways_is_one_group_and_the_most_frequent_comes_first() {
        let scenario = Shelf::built_in().open("samantha").unwrap();
        let found = unmatched(&[
            ("Do you have any pets at home?", 2),
            ("Are there pets at your home?", 3),
            ("Which football team do you follow?", 4),
            ("Pets at home, do you have any?", 1),
        ]);
        let groups = group(&scenario, &found);
        assert_eq!(groups.iter().map(|group| (group.times, group.wordings)).collect::<Vec<_>>(), [(6, 3), (4, 1)]);
        assert_eq!(groups[0].examples[0], "Are there pets at your home?");
    }

    #[test]
    fn a_topic_of_the_same_words_is_the_nearest_and_else_the_one_that_was_talked_about() {
        let scenario = Shelf::built_in().open("samantha").unwrap();
        let topic = &scenario.file.topics[0];
        let near = group(&scenario, &unmatched(&[("Which football team do you follow?", 4)]))[0].near.clone().unwrap();
        assert_eq!((near.topic.as_str(), near.because.contains("football")), ("free_time", true), "{near:?}");
        let mut found = unmatched(&[("Is that xylophone yours?", 4)]);
        found.missed.values_mut().for_each(|missed| {
            missed.on.insert(topic.id.clone(), 3);
        });
        let near = group(&scenario, &found)[0].near.clone().unwrap();
        assert_eq!(near.topic, topic.id);
        assert!(near.because.contains("talked about"), "{near:?}");
    }

    #[test]
    fn every_stub_is_a_reaction_that_can_be_read_and_that_answers_its_own_example() {
        use crate::appraisal::codebook::PatternSet;
        let scenario = Shelf::built_in().open("stefano").unwrap();
        let examples =
            ["Which football team do you follow?", "It's \"fine\" — don't worry.", "*nods*", "(silence)", "qwrt zxcv", "So?", "you're 100% right!!!"];
        for example in examples {
            let groups = group(&scenario, &unmatched(&[(example, 1)]));
            let stub = &groups[0].stub;
            let bare: String = stub.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
            let reaction: crate::scenario::shape::ReactionSpec =
                options.from_str(bare.trim().trim_end_matches(',')).unwrap_or_else(|error| panic!("{error}\n{stub}"));
            if reaction.when.says.is_empty() {
                continue;
            }
            let mut builder = PatternSet::builder();
            for pattern in &reaction.when.says {
                builder.add(0, pattern).unwrap_or_else(|error| panic!("{error:?}\n{stub}"));
            }
            let set = builder.build();
            assert!(!set.find_all(&Utterance::read(example), None).is_empty(), "{example}\n{stub}");
        }
    }
}

//! The one thing to change next: the weakest of the three scores, what pulled it down most often, and an example of how, from this very session.

use super::act_words::{name_of, word_on};
use super::scorecard::Scorecard;
use super::{ModelReply, TurnRecord};
use crate::appraisal::{Act, Scale};
use serde::Serialize;
use std::collections::BTreeMap;

/// One thing to change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OneThing {
    /// The weakest scale.
    pub scale: Scale,
    /// Its mean, 1 to 5.
    pub points: f64,
    /// What was seen, one sentence.
    pub seen: String,
    /// What to try, one or two sentences.
    pub try_next: String,
    /// How, at a place in this session.
    pub example: Option<Example>,
}

/// A place in the session, and what could be said there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Example {
    /// The turn, 1 and up.
    pub turn: u32,
    /// The client's words.
    pub client_said: String,
    /// The reply as it was.
    pub you_said: String,
    /// What one could say, and why.
    pub instead: ModelReply,
}

/// Under this a turn is low on a scale: the rubric's 3 is the neutral middle.
const LOW: f64 = 3.0;
/// A habit shows at least twice; once is once. In a session of one or two turns once is all there is.
const A_HABIT: u32 = 2;

/// The one thing to change; `None` where nothing could be scored. `shown` are turns that the debrief shows already: its example comes from another where
/// there is one.
#[must_use]
pub fn one_thing(turns: &[TurnRecord], shown: &[u32]) -> Option<OneThing> {
    let (scale, mean) = Scorecard::of(turns).weakest()?;
    let low: Vec<&TurnRecord> = turns.iter().filter(|turn| points(turn, scale).is_some_and(|points| points < LOW)).collect();
    let culprit = most_frequent_hindrance(&low);
    let (seen, try_next) = match culprit {
        Some((act, times)) if times >= A_HABIT || turns.len() <= 2 => (seen_often(scale, act, times), word_on(act).to_owned()),
        _ => in_general(scale, mean.points),
    };
    let example = example(turns, scale, culprit.map(|(act, _)| act), shown);
    Some(OneThing { scale, points: mean.points, seen, try_next, example })
}

fn points(turn: &TurnRecord, scale: Scale) -> Option<f64> {
    turn.appraisal.scores.points(scale)
}

/// The hindering act found in most of these turns, with the number of turns; of two equally frequent ones the first in the handbook's order.
fn most_frequent_hindrance(low: &[&TurnRecord]) -> Option<(Act, u32)> {
    let mut times: BTreeMap<Act, u32> = BTreeMap::new();
    for turn in low {
        let mut acts: Vec<Act> = turn.appraisal.acts.iter().map(|found| found.act).filter(|act| act.is_hindering()).collect();
        acts.sort_unstable();
        acts.dedup();
        for act in acts {
            *times.entry(act).or_default() += 1;
        }
    }
    times.into_iter().rev().max_by_key(|(_, times)| *times)
}

fn seen_often(scale: Scale, act: Act, times: u32) -> String {
    let often = match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        3 => "three times".to_owned(),
        more => format!("{more} times"),
    };
    format!("What pulled {} down most was {} ({often}).", scale_name(scale), name_of(act))
}

/// In running text.
const fn scale_name(scale: Scale) -> &'static str {
    match scale {
        Scale::Empathy => "empathy",
        Scale::NonJudgment => "non-judgment",
        Scale::Listening => "listening",
    }
}

/// From here on the weakest scale needs no mending: the rubric's 4.
const ALREADY_GOOD: f64 = 4.0;

/// Where no habit stands out: the next step on the rubric's own ladder.
fn in_general(scale: Scale, points: f64) -> (String, String) {
    let (seen, next) = match (scale, points >= ALREADY_GOOD) {
        (Scale::Empathy, false) => (
            "Feelings often stayed unnamed, or were named without what they are about.",
            "When you hear something that hurts, put the feeling and its reason into one tentative sentence: “It sounds as if … because …”.",
        ),
        (Scale::Empathy, true) => {
            ("Empathy is already good.", "The next step is the feeling that nobody has said yet: offer it as a guess, and leave room to be wrong.")
        }
        (Scale::NonJudgment, false) => {
            ("You judged little, and acceptance was seldom said aloud.", "Where something was hard to tell, say that it makes sense, and why.")
        }
        (Scale::NonJudgment, true) => {
            ("Non-judgment is already good.", "The next step is to accept, in so many words, the very thing this person fears being judged for.")
        }
        (Scale::Listening, false) => (
            "Your replies often did not build on the last thing that was said.",
            "Say back what you heard, in words of your own, before you ask the next question.",
        ),
        (Scale::Listening, true) => {
            ("Listening is already good.", "The next step is a short summary that ties two things together, and a question whether you have it right.")
        }
    };
    (seen.to_owned(), next.to_owned())
}

/// The lowest turn on this scale that has a model reply; among equals one with the act in question, then the later one (it is fresher in mind).
fn example(turns: &[TurnRecord], scale: Scale, culprit: Option<Act>, shown: &[u32]) -> Option<Example> {
    let shows = |turn: &TurnRecord| culprit.is_some_and(|act| turn.appraisal.found(act).is_some());
    let candidates = turns.iter().filter_map(|turn| Some((turn, points(turn, scale)?, turn.model.as_ref()?)));
    let (turn, _, model) = candidates.min_by(|a, b| {
        shows(b.0).cmp(&shows(a.0)).then(shown.contains(&a.0.turn).cmp(&shown.contains(&b.0.turn))).then(a.1.total_cmp(&b.1)).then(b.0.turn.cmp(&a.0.turn))
    })?;
    Some(Example { turn: turn.turn, client_said: turn.answered.clone(), you_said: turn.heard.clone(), instead: model.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::examples::{fall, rise, silence};
    use super::*;

    #[test]
    fn a_habit_is_named_with_a_way_out_and_an_example_from_the_session() {
        let thing = one_thing(&[fall(1, 0.3, 0.2), fall(2, 0.2, 0.1), rise(3, 0.1, 0.12)], &[]).unwrap();
        assert_eq!(thing.scale, Scale::NonJudgment);
        assert!(thing.seen.contains("advice nobody had asked for (twice)"), "{}", thing.seen);
        assert_eq!(thing.example.unwrap().turn, 2);
        let again = one_thing(&[fall(1, 0.3, 0.2), fall(2, 0.2, 0.1)], &[2]).unwrap();
        assert_eq!(again.example.unwrap().turn, 1);
    }

    #[test]
    fn a_good_session_gets_a_next_step_and_no_reproach() {
        let thing = one_thing(&[rise(1, 0.1, 0.2), rise(2, 0.2, 0.3)], &[]).unwrap();
        assert!(thing.seen.contains("already good"), "{}", thing.seen);
    }

    #[test]
    fn where_nothing_was_scored_nothing_is_said() {
        assert_eq!(one_thing(&[], &[]), None);
        assert_eq!(one_thing(&[silence(1)], &[]), None);
    }
}

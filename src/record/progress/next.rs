//! What holds, the one next thing, and where to practise it: a drill or a client, by the weakest row and the level reached.

use super::curve::{Curve, Moved, WINDOW};
use super::rows::{RowLine, Standing};
use super::{ActLine, SCALES};
use crate::appraisal::{Act, Scale, TrustFactor};
use crate::drill::{Book, Drills, suggest, suggest_for};
use crate::record::summary::Past;
use crate::scoring::act_words::{name_of, word_on};
use serde::Serialize;

/// The one thing to change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OneThing {
    /// What was seen, with figures.
    pub seen: String,
    /// What to try.
    pub try_next: String,
}

/// Where to go next.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// A skill.
    Drill {
        /// Its name.
        skill: String,
        /// Its title.
        title: String,
        /// One sentence.
        because: String,
    },
    /// A client.
    Scenario {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// One sentence.
        because: String,
    },
}

/// A scenario of the shelf, as far as it matters here.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// 1 to 5.
    pub level: u8,
    /// The rows it trains.
    pub teaches: Vec<TrustFactor>,
}

pub(super) fn strengths(scales: &[Curve; 3], rows: &[RowLine]) -> Vec<String> {
    let mut found = Vec::new();
    let grown: Vec<String> = scales
        .iter()
        .zip(SCALES)
        .filter(|(curve, _)| curve.moved == Moved::Higher)
        .filter_map(|(curve, scale)| Some(format!("{} by {:.1}", name(scale), curve.by?.0)))
        .collect();
    if !grown.is_empty() {
        found.push(format!("Grown from your first sessions to the last, by more than chance would make: {}.", grown.join(", ")));
    }
    let mut held: Vec<&RowLine> = rows.iter().filter(|line| line.standing == Standing::Holds).collect();
    held.sort_by_key(|line| (std::cmp::Reverse(line.sessions), line.recent.1, std::cmp::Reverse(line.recent.0)));
    for line in held {
        let sessions = if line.sessions == 1 { "1 of your last sessions".to_owned() } else { format!("{} of your last sessions", line.sessions) };
        found.push(format!("{}: it earned trust in {sessions}.", line.title));
    }
    found.truncate(3);
    found
}

const fn name(scale: Scale) -> &'static str {
    match scale {
        Scale::Empathy => "Empathy",
        Scale::NonJudgment => "Non-judgment",
        Scale::Listening => "Listening",
    }
}

/// Done in fewer turns of a hundred than this, a slip is a slip and no habit. Our guess.
const A_HABIT: f64 = 0.03;
/// MITI 4.2.1, "fair": one reflection a question, and four complex ones of ten.
const FAIR_RATIO: f64 = 1.0;
const FAIR_COMPLEX: f64 = 0.4;

pub(super) fn one_thing(past: &[Past], acts: &[ActLine]) -> Option<OneThing> {
    let recent = past.get(past.len().saturating_sub(WINDOW)..).unwrap_or_default();
    let sum = |pick: fn(&Past) -> u32| recent.iter().map(pick).fold(0_u32, u32::saturating_add);
    let turns = sum(|one| one.summary.turns);
    let habit = acts.iter().filter(|line| line.act.is_hindering() && line.recent >= A_HABIT).max_by(|a, b| weight(a).total_cmp(&weight(b)));
    if let Some(line) = habit {
        let seen = format!("In {} of your last {turns} turns there was {}.", line.times, name_of(line.act));
        return Some(OneThing { seen, try_next: word_on(line.act).to_owned() });
    }
    let (reflections, complex) = (sum(|one| one.summary.reflections.0), sum(|one| one.summary.reflections.1));
    let questions = sum(|one| one.summary.questions.0);
    if questions > 0 && f64::from(reflections) / f64::from(questions) < FAIR_RATIO {
        let seen = format!("Lately there were {questions} turns with a question and {reflections} with a reflection.");
        return Some(OneThing {
            seen,
            try_next: "Say back what you heard before you ask the next thing. The field calls one reflection for each question fair.".into(),
        });
    }
    if reflections > 0 && f64::from(complex) / f64::from(reflections) < FAIR_COMPLEX {
        let seen = format!("Of your last {reflections} reflections {complex} went beyond the words.");
        return Some(OneThing { seen, try_next: "Say also what lies under the words: the feeling, or what it means for this person.".into() });
    }
    None
}

/// Habits that hurt most weigh most: those the rubric's lowest anchors name count double.
fn weight(line: &ActLine) -> f64 {
    let hurts =
        matches!(line.act, Act::Blame | Act::Labelling | Act::Sarcasm | Act::Moralising | Act::Stereotype | Act::Dismissal | Act::ConfidentialityBreach);
    if hurts { 2.0 * line.recent } else { line.recent }
}

pub(super) fn next(weak: &[&RowLine], level: u8, past: &[Past], drills: &Drills, book: &Book, shelf: &[Shelved]) -> Vec<Next> {
    let mut found = Vec::new();
    let because = |line: &RowLine| match line.standing {
        Standing::NotMet => format!("It trains “{}”, which was there to be met lately and did not come up.", line.title),
        _ => format!("It trains “{}”, which cost trust lately.", line.title),
    };
    // The weakest row that a skill trains; the client may train another.
    let weakest = weak.first().copied();
    let drill = weak.iter().find_map(|line| Some((suggest_for(drills, book, line.row)?, because(line))));
    match drill {
        Some((skill, because)) => found.push(Next::Drill { skill: skill.id().into(), title: skill.title().into(), because }),
        None => {
            found.extend(suggest(drills, book).map(|one| Next::Drill { skill: one.skill.id().into(), title: one.skill.title().into(), because: one.because }))
        }
    }
    let played = |id: &str| past.iter().filter(|one| one.scenario == id).count();
    // One level above what was reached is the stretch.
    let reach = level.saturating_add(1).max(1);
    let trains = |one: &Shelved| weakest.is_none_or(|line| one.teaches.contains(&line.row));
    let fits: Vec<&Shelved> = shelf.iter().filter(|one| one.level <= reach).collect();
    let fits = if fits.is_empty() { shelf.iter().collect() } else { fits };
    let best = fits.iter().min_by_key(|one| (!trains(one), played(&one.id), one.level.abs_diff(reach), one.id.as_str()));
    if let Some(one) = best {
        let times = played(&one.id);
        let met = if times == 0 { "You have not met this client yet".to_owned() } else { format!("You have sat with this client {times} times") };
        let why = match weakest.filter(|line| one.teaches.contains(&line.row)) {
            Some(line) => format!("{}, and “{}” is what can be practised here.", met.replace(" 1 times", " once"), line.title),
            None => format!("{}, and the level fits what you have reached.", met.replace(" 1 times", " once")),
        };
        found.push(Next::Scenario { id: one.id.clone(), title: one.title.clone(), because: why });
    }
    found
}

//! What a reply does, and how well: acts with evidence, what it takes up, three scores.
//!
//! `appraise(&Utterance, &Context) -> Appraisal` never fails and reads nothing but its arguments.

pub mod act;
mod appraise;
mod background;
mod behaviour;
mod cancel;
pub mod codebook;
pub mod matrix;
pub mod scores;
mod structure;

pub use crate::text::Kind;
pub use act::Act;
pub use appraise::{Context, Turn, appraise, appraise_on, recognise};
pub use background::{Background, BackgroundError};
pub use matrix::TrustFactor;

use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Who spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The client.
    Client,
    /// The trainee (in transcripts from outside: the therapist).
    Therapist,
}

/// One of the three scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// After Truax and Carkhuff's levels.
    Empathy,
    /// Rogers' regard, Gordon's roadblocks.
    NonJudgment,
    /// MITI reflections, Hill's restatements.
    Listening,
}

/// An act found in a reply, with the words that show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundAct {
    /// What it is.
    pub act: Act,
    /// The codebook rule that found it, such as `reflect.stemless`.
    pub rule: Cow<'static, str>,
    /// The words in the reply.
    pub span: Span,
    /// One sentence of why, that a trainee understands.
    pub because: Cow<'static, str>,
    /// How sure and how marked, 0 to 1.
    pub strength: f64,
}

/// What one piece of evidence adds to a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// Points on the 1 to 5 scale; all contributions of a score sum to it (before rounding and clamping).
    pub points: f64,
    /// The words in the reply; the whole reply where it is about the whole.
    pub span: Span,
    /// One sentence of why, that a trainee understands.
    pub because: Cow<'static, str>,
}

/// A score with its evidence.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Score {
    /// 1 to 5.
    pub points: f64,
    /// What made it, largest first.
    pub because: Vec<Contribution>,
}

/// The three scores; `None` is unscorable, which is not 3.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Scores {
    /// Empathy.
    pub empathy: Option<Score>,
    /// Non-judgment.
    pub non_judgment: Option<Score>,
    /// Listening.
    pub listening: Option<Score>,
}

impl Scores {
    /// The points on a scale, 1 to 5.
    #[must_use]
    pub fn points(&self, scale: Scale) -> Option<f64> {
        let score = match scale {
            Scale::Empathy => &self.empathy,
            Scale::NonJudgment => &self.non_judgment,
            Scale::Listening => &self.listening,
        };
        score.as_ref().map(|score| score.points)
    }
}

/// What a reply mainly is, in AnnoMI's four classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MainBehaviour {
    /// Asks.
    Question,
    /// Says back.
    Reflection,
    /// Informs, advises, offers, negotiates.
    Input,
    /// Anything else.
    #[default]
    Other,
}

/// Open or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Cannot be answered in a word.
    Open,
    /// Yes, no, or one fact.
    Closed,
}

/// Simple or complex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReflectionKind {
    /// Little added.
    Simple,
    /// Meaning or feeling added.
    Complex,
}

/// Kinds of therapist input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// Facts.
    Information,
    /// What to do.
    Advice,
    /// A choice of things to do.
    Options,
    /// Working out a goal or step.
    Negotiation,
}

/// The behaviour of a reply as session coders label it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Behaviour {
    /// What it mainly is.
    pub main: MainBehaviour,
    /// The question in it, if any.
    pub question: Option<QuestionKind>,
    /// The reflection in it, if any.
    pub reflection: Option<ReflectionKind>,
    /// The input in it, if any.
    pub input: Option<InputKind>,
}

/// The form of a question, for choosing an answer that answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// "What …", "tell me about …"
    What,
    /// "Who …"
    Who,
    /// "When …", "how long …", "since when …"
    When,
    /// "Where …"
    Where,
    /// "Why …", "what made you …"
    Why,
    /// "How …"
    How,
    /// "How much", "how many", "how often"
    HowMuch,
    /// "Do you …", "Is it …", also declaratives with a question mark
    YesNo,
    /// "Which …", "this or that"
    Which,
}

/// Whom a question or statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Person {
    /// The client ("you").
    Client,
    /// The trainee ("I", "me").
    Trainee,
    /// The two of them ("we", "us", "here").
    Both,
    /// Somebody else ("she", "your mother").
    Third,
}

/// A detail brought back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recalled {
    /// The scenario's id of the detail.
    pub detail: String,
    /// Rightly, or a wrong version of it.
    pub right: bool,
    /// The words.
    pub span: Span,
}

/// Something the scenario knows that was put into words: a topic, an undertone, a fear.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// The scenario's id.
    pub id: String,
    /// The words.
    pub span: Span,
}

/// What one reply does.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Appraisal {
    /// Words, gesture, silence, or nothing readable.
    pub kind: Kind,
    /// Acts in order of their first byte.
    pub acts: Vec<FoundAct>,
    /// As session coders label it.
    pub behaviour: Behaviour,
    /// The three scores.
    pub scores: Scores,
    /// The form of the last question, if one was asked.
    pub asks: Option<Asks>,
    /// Whom it is mainly about.
    pub about: Option<Person>,
    /// Topics of the scenario that it names.
    pub topics: Vec<Named>,
    /// Details of the scenario that it brings back.
    pub recalled: Vec<Recalled>,
    /// Details of the scenario that were told and that it asks for again.
    pub asked_again: Vec<Named>,
    /// Undertones of the scenario that it puts into words.
    pub undertones: Vec<Named>,
    /// Fears of judgment that it meets with acceptance.
    pub fears_met: Vec<Named>,
}

impl Appraisal {
    /// The strongest finding of an act.
    #[must_use]
    pub fn found(&self, act: Act) -> Option<&FoundAct> {
        self.acts.iter().filter(|found| found.act == act).max_by(|a, b| a.strength.total_cmp(&b.strength))
    }

    /// Whether the reply does this.
    #[must_use]
    pub fn does(&self, act: Act) -> bool {
        self.acts.iter().any(|found| found.act == act)
    }
}

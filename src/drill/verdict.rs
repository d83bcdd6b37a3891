//! What is told of a try: each criterion with its words, what went well, the one thing to change.

use crate::appraisal::Appraisal;
use serde::Serialize;

/// One criterion after a try.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// The criterion as it was said beforehand.
    pub criterion: String,
    /// Whether it is met.
    pub met: bool,
    /// The trainee's words that show it, or that spoil it; empty where it is about the whole.
    pub words: String,
    /// Why, in one sentence.
    pub because: String,
}

/// Something that went well, with the words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Strength {
    /// The trainee's words; empty where it is about the whole.
    pub words: String,
    /// What was good about them.
    pub because: String,
}

/// The one thing to change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The words it is about; empty where something is missing.
    pub words: String,
    /// What they are, in a supervisor's words ("advice nobody had asked for"); empty where something is missing.
    pub what: String,
    /// What to try.
    pub instead: String,
}

/// A try, judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// Whether every criterion is met.
    pub met: bool,
    /// Nothing in it could be read as a reply; such a try does not count.
    pub unreadable: bool,
    /// Each criterion, in the order they were said.
    pub criteria: Vec<Judged>,
    /// At most two.
    pub strengths: Vec<Strength>,
    /// Where something is to be changed.
    pub change: Option<Change>,
    /// Empathy, non-judgment, listening, each 1 to 5 or none.
    pub scores: [Option<f64>; 3],
    /// What the reply was found to be.
    #[serde(skip)]
    pub appraisal: Appraisal,
}

//! The moment a reply falls into: what the words alone do not say and the session knows.

use crate::appraisal::{Act, Appraisal, Kind, QuestionKind, TrustFactor};
use serde::{Deserialize, Serialize};

/// What was done about a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseWord {
    /// A commitment was made.
    Made,
    /// It was kept, and named.
    Kept,
    /// It was broken.
    Broken,
}

/// A promise of the scenario that was heard in a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseHeard {
    /// The scenario's id of the promise.
    pub id: String,
    /// Made, kept or broken.
    pub word: PromiseWord,
    /// Sessions until it is due: 0 is this session.
    pub due_in: u32,
}

/// What happened with the agreed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeCue {
    /// The trainee said in good time that the hour ends soon.
    EndNamed,
    /// The session ended as agreed.
    EndedAsAgreed,
    /// The session ran over, and nobody said so.
    Overran,
    /// The trainee broke off early.
    CutShort,
}

/// A row of the trust matrix that a reply touched, as the codebook or the session saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// The row.
    pub row: TrustFactor,
    /// Earned (true) or eroded (false).
    pub earned: bool,
    /// How marked, 0 to 1.
    pub strength: f64,
}

/// What surrounds a reply. The default is a first turn of a first session with nothing special about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Moment {
    /// Session of the course, 1, 2, 3 …
    pub session: u32,
    /// Turn of the session, 1, 2, 3 …
    pub turn: u32,
    /// Minutes left of the session.
    pub minutes_left: f64,
    /// Topics that the reply names.
    pub topics: Vec<String>,
    /// Topics carried on from the client's last line, where the reply names none.
    pub carried: Vec<String>,
    /// The client's last line carried feeling.
    pub after_feeling: bool,
    /// The client's last line was a disclosure (layer 1 or deeper).
    pub after_disclosure: bool,
    /// The client's last line was a question.
    pub after_question: bool,
    /// The reply asks for more: see [`Moment::invites_in`].
    pub invites: bool,
    /// Promises made, kept or broken in the reply.
    pub promises: Vec<PromiseHeard>,
    /// Details told before that the reply asks for again.
    pub asked_again: Vec<String>,
    /// The words as typed, lower case, for gates that a word shuts.
    pub said: String,
    /// Rows of the trust matrix beyond those that the acts stand for.
    pub cues: Vec<Cue>,
    /// What happened with the time.
    pub time: Option<TimeCue>,
    /// The trainee said the same words, letter for letter, a few turns ago.
    pub said_before: bool,
}

impl Default for Moment {
    fn default() -> Self {
        Self {
            session: 1,
            turn: 1,
            minutes_left: 50.0,
            topics: Vec::new(),
            carried: Vec::new(),
            after_feeling: false,
            after_disclosure: false,
            after_question: false,
            invites: false,
            promises: Vec::new(),
            asked_again: Vec::new(),
            said: String::new(),
            cues: Vec::new(),
            time: None,
            said_before: false,
        }
    }
}

impl Moment {
    /// Whether a reply asks for more: an open question or a held silence. What presses for the story does not invite it (clinical.md, row 5).
    #[must_use]
    pub fn invites_in(appraisal: &Appraisal) -> bool {
        if appraisal.does(Act::Pressure) || appraisal.does(Act::Interrogation) {
            return false;
        }
        appraisal.behaviour.question == Some(QuestionKind::Open)
            || appraisal.does(Act::OpenQuestion)
            || appraisal.kind == Kind::Silence
            || appraisal.does(Act::Silence)
    }
}

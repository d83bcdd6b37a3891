//! What a turn did to the client, with every reason.

use super::{GateCondition, Quality, RuptureStyle, Shift, State};
use crate::appraisal::Act;
use serde::{Deserialize, Serialize};

/// A disclosure that is told now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The disclosure.
    pub id: String,
    /// 0 to 4.
    pub layer: u8,
}

/// Why a gate is shut: one failed condition with the value needed and the value found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The client is not open enough (D, 0 to 1).
    Openness {
        /// What the gate needs.
        needs: f64,
        /// What is there.
        has: f64,
    },
    /// A rupture is open.
    RuptureOpen {
        /// 1 to 3.
        severity: u8,
    },
    /// Nothing asked for more.
    NotInvited,
    /// The topic that leads to it was not touched in this reply or carried into it.
    OtherTopic(String),
    /// The topic was not touched in this session.
    NotTouched(String),
    /// Confidentiality was not explained.
    ConfidentialityUnexplained,
    /// It is too early in the course.
    Session {
        /// First session in which it can open.
        needs: u32,
        /// The session it is.
        is: u32,
    },
    /// A word was used that shuts it.
    WordUsed(String),
    /// Another disclosure comes first.
    NotTold(String),
    /// A flag is not set.
    FlagUnset(String),
    /// The trainee has not done this in this session.
    NotDone(Act),
    /// It was told before.
    AlreadyTold,
    /// No such gate.
    NoSuchGate(String),
}

impl Missing {
    /// The failed condition, if it is one an author wrote.
    #[must_use]
    pub fn condition(&self) -> Option<GateCondition> {
        Some(match self {
            Self::NotTouched(topic) => GateCondition::Touched(topic.clone()),
            Self::ConfidentialityUnexplained => GateCondition::ConfidentialityExplained,
            Self::Session { needs, .. } => GateCondition::SessionAtLeast(*needs),
            Self::WordUsed(word) => GateCondition::WordNotUsed(word.clone()),
            Self::NotTold(id) => GateCondition::Told(id.clone()),
            Self::FlagUnset(flag) => GateCondition::Flag(flag.clone()),
            Self::NotDone(act) => GateCondition::Did(*act),
            _ => return None,
        })
    }
}

/// Two decimals without the leading nought, as the handbook writes openness: ".46".
struct Dot(f64);

impl std::fmt::Display for Dot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{:.2}", self.0);
        f.write_str(text.strip_prefix('0').unwrap_or(&text))
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Openness { needs, has } => write!(f, "needs openness {}, has {}", Dot(*needs), Dot(*has)),
            Self::RuptureOpen { severity } => write!(f, "a rupture of severity {severity} is open"),
            Self::NotInvited => f.write_str("nothing in the reply asks for more"),
            Self::OtherTopic(topic) => write!(f, "the reply is not on the topic `{topic}`"),
            Self::NotTouched(topic) => write!(f, "topic `{topic}` not yet touched in this session"),
            Self::ConfidentialityUnexplained => f.write_str("confidentiality not yet explained"),
            Self::Session { needs, is } => write!(f, "needs session {needs}, it is session {is}"),
            Self::WordUsed(word) => write!(f, "`{word}` was said in this session"),
            Self::NotTold(id) => write!(f, "`{id}` not yet told"),
            Self::FlagUnset(flag) => write!(f, "flag `{flag}` not set"),
            Self::NotDone(act) => write!(f, "no `{act}` yet in this session"),
            Self::AlreadyTold => f.write_str("told before"),
            Self::NoSuchGate(id) => write!(f, "there is no gate `{id}`"),
        }
    }
}

/// A gate that was asked at and stayed shut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// The disclosure behind it.
    pub gate: String,
    /// Its layer, 0 to 4.
    pub layer: u8,
    /// Every reason why it stayed shut.
    pub why: Vec<Missing>,
    /// Two layers or more too deep: it cost safety.
    pub too_deep: bool,
}

/// How a client leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// Why, one sentence.
    pub because: String,
}

/// What became of a rupture in a turn.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuptureChange {
    /// None is open, none was.
    #[default]
    None,
    /// One opened.
    Opened {
        /// How it shows.
        style: RuptureStyle,
        /// 1 to 3.
        severity: u8,
        /// What did it.
        because: String,
    },
    /// It grew worse.
    Worsened {
        /// How it shows.
        style: RuptureStyle,
        /// 1 to 3.
        severity: u8,
        /// What did it.
        because: String,
    },
    /// It lingers: neither mended nor made worse.
    Lingers {
        /// How it shows.
        style: RuptureStyle,
        /// 1 to 3.
        severity: u8,
    },
    /// A repair was begun.
    Softened {
        /// What did it.
        because: String,
    },
    /// It was mended.
    Repaired {
        /// What did it.
        because: String,
    },
    /// It was too much: the client ends the session.
    Left {
        /// What did it.
        because: String,
    },
}

/// What became of a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseChange {
    /// The promise.
    pub id: String,
    /// Made, kept or broken.
    pub word: super::PromiseWord,
}

/// What a check-in brought to light.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revealed {
    /// The quality that the client speaks of: the one that lacks most.
    pub quality: Quality,
    /// What the client says of it, 0 to 1.
    pub outward: f64,
    /// What it is, 0 to 1.
    pub inward: f64,
    /// The client says more than is true, to please.
    pub masked: bool,
}

/// What a turn did.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Change {
    /// Before.
    pub before: State,
    /// After.
    pub after: State,
    /// T before and after, 0 to 1.
    pub trust: (f64, f64),
    /// D before and after, 0 to 1.
    pub openness: (f64, f64),
    /// G before and after.
    pub guard: (f64, f64),
    /// Every change of a quality with its reason.
    pub shifts: Vec<Shift>,
    /// A layer that is told now.
    pub opened: Option<Opened>,
    /// A gate that was asked at and stayed shut.
    pub refused: Option<Refused>,
    /// What became of a rupture.
    pub rupture: RuptureChange,
    /// What became of promises.
    pub promises: Vec<PromiseChange>,
    /// How likely a short answer ("Yeah.") is now, 0 to 1; the draw is the session's.
    pub short_answer: f64,
    /// Expected length of the answer against this client's mean, such as 1.95 after an open question.
    pub words: f64,
    /// What a check-in revealed.
    pub check_in: Option<Revealed>,
    /// Above the window: the client takes nothing in.
    pub overwhelmed: bool,
    /// Three silences in a row: the client is alone in the room.
    pub disengaged: bool,
    /// The client was hurt or lost and does not show it (a pleasing client).
    pub masked: bool,
    /// The client ends the session.
    pub leaves: Option<Leaving>,
}

//! Who the client is now: trust, gates, disclosures, rupture and repair, memory, promises. Only a [`Reaction`] changes a client.

use crate::appraisal::{Act, TrustFactor};
use serde::{Deserialize, Serialize};

/// The six moving qualities, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Quality {
    Safety,
    Bond,
    Understood,
    Agency,
    Arousal,
    Hope,
}

/// How the client is now. Every quality is 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct State {
    /// Nothing bad will be done with what I say.
    pub safety: f64,
    /// This person is for me.
    pub bond: f64,
    /// This person gets it.
    pub understood: f64,
    /// I have a say here.
    pub agency: f64,
    /// How stirred up I am.
    pub arousal: f64,
    /// Something may change.
    pub hope: f64,
}

impl Default for State {
    fn default() -> Self {
        Self { safety: 0.1, bond: 0.05, understood: 0.05, agency: 0.15, arousal: 0.4, hope: 0.1 }
    }
}

/// What a client does when hurt: the two markers of rupture (Safran and Muran; 3RS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuptureStyle {
    /// Goes quiet, agrees, changes the subject.
    #[default]
    Withdraws,
    /// Complains about the therapist, the method, the progress.
    Confronts,
}

/// Something this client is more (or less) easily hurt by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sensitivity {
    /// The act, if it is an act.
    #[serde(default)]
    pub act: Option<Act>,
    /// The topic id, if it is a topic.
    #[serde(default)]
    pub topic: Option<String>,
    /// Losses are this many times larger (0.25 to 4).
    pub times: f64,
}

/// What is fixed about a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Temperament {
    /// 0 to 1: how little is given in advance.
    pub mistrust: f64,
    /// 0 to 1: agrees outwardly and hides ("masks").
    pub credulity: f64,
    /// What happens when hurt; a severe rupture may bring out the other style.
    pub style: RuptureStyle,
    /// 0 to 1: arousal above this and nothing is taken in (Siegel's window of tolerance).
    pub window: f64,
    /// What hurts more.
    pub sensitivities: Vec<Sensitivity>,
    /// 0.5 to 2: how fast trust grows; 1 is as the handbook says.
    pub pace: f64,
    /// λ of the handbook: losses are this many times gains. The difficulty dial.
    pub loss: f64,
    /// Where the client starts.
    pub start: State,
}

impl Default for Temperament {
    fn default() -> Self {
        Self {
            mistrust: 0.5,
            credulity: 0.2,
            style: RuptureStyle::Withdraws,
            window: 0.75,
            sensitivities: Vec::new(),
            pace: 1.0,
            loss: 2.0,
            start: State::default(),
        }
    }
}

/// What must hold, beside openness, before a layer is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GateCondition {
    /// The topic was touched by the trainee in this session.
    Touched(String),
    /// Confidentiality was explained, with its limits, in this course.
    ConfidentialityExplained,
    /// It is session n or later.
    SessionAtLeast(u32),
    /// The trainee has not used this word or phrase in this session.
    WordNotUsed(String),
    /// This disclosure was told before.
    Told(String),
    /// This flag is set.
    Flag(String),
    /// The trainee did this at least once in this session.
    Did(Act),
}

/// A gate before a disclosure.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// The disclosure's id.
    pub id: String,
    /// 0 is what anyone is told; 1 to 4.
    pub layer: u8,
    /// Opens at this capacity to disclose D (0 to 1). Defaults: 0 / .12 / .22 / .34 / .46.
    pub opens_at: f64,
    /// Topic that leads to it; empty where any invitation does.
    pub topic: Option<String>,
    /// What else must hold.
    pub needs: Vec<GateCondition>,
}

/// A change of one quality, with its reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// Which quality.
    pub quality: Quality,
    /// By how much, before clamping; −1 to 1.
    pub by: f64,
    /// The reason, one sentence.
    pub because: String,
    /// The matrix row it belongs to, if one.
    pub factor: Option<TrustFactor>,
}

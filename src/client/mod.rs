//! Who the client is now: trust, gates, disclosures, rupture and repair, memory, promises. Only a [`Reaction`] changes a client.
//!
//! One turn: [`Client::weigh`] looks at an appraisal and its moment and proposes a [`Reaction`] (pure); a script or the scenario's table
//! may add to it; [`Client::preview`] says what it would do; [`Client::apply`] does it and tells the [`Change`]. Each mechanism of the
//! clinical handbook, section 4, has its own room here, with the reason and source beside each constant.

mod answer;
mod apply;
mod arousal;
mod change;
mod check_in;
mod gate;
mod habit;
mod mask;
mod moment;
mod person;
mod promise;
mod reaction;
mod repair;
mod rows;
mod rupture;
mod scores;
mod sessions;
mod silence;
mod speed;
mod standing;
mod step;
mod trust;
mod weigh;

pub use change::{Change, Leaving, Missing, Opened, PromiseChange, Refused, Revealed, RuptureChange};
pub use gate::DEFAULT_OPENS_AT;
pub use moment::{Cue, Moment, PromiseHeard, PromiseWord, TimeCue};
pub use person::Client;
pub use reaction::{Felt, Reaction};
pub use standing::{PromiseStanding, Rupture, Standing, Told};

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

impl Quality {
    /// All six, in the handbook's order.
    pub const ALL: [Quality; 6] = [Self::Safety, Self::Bond, Self::Understood, Self::Agency, Self::Arousal, Self::Hope];

    /// The identifier, as in data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::Bond => "bond",
            Self::Understood => "understood",
            Self::Agency => "agency",
            Self::Arousal => "arousal",
            Self::Hope => "hope",
        }
    }
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

impl State {
    /// The value of one quality, 0 to 1.
    #[must_use]
    pub fn get(&self, quality: Quality) -> f64 {
        match quality {
            Quality::Safety => self.safety,
            Quality::Bond => self.bond,
            Quality::Understood => self.understood,
            Quality::Agency => self.agency,
            Quality::Arousal => self.arousal,
            Quality::Hope => self.hope,
        }
    }

    /// Puts one quality to a value, clamped to 0 to 1; what is not a number leaves it as it is.
    pub fn set(&mut self, quality: Quality, value: f64) {
        let place = match quality {
            Quality::Safety => &mut self.safety,
            Quality::Bond => &mut self.bond,
            Quality::Understood => &mut self.understood,
            Quality::Agency => &mut self.agency,
            Quality::Arousal => &mut self.arousal,
            Quality::Hope => &mut self.hope,
        };
        if !value.is_nan() {
            *place = value.clamp(0.0, 1.0);
        }
    }

    /// The same state with every quality inside 0 to 1 and finite.
    #[must_use]
    pub fn clamped(mut self) -> Self {
        for quality in Quality::ALL {
            let value = self.get(quality);
            let place = if value.is_nan() { 0.0 } else { value };
            self.set(quality, place);
        }
        self
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

/// A number that an author wrote, inside 0 to 1; what is not a number is 0.
pub(crate) fn unit(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod proofs;

//! What an author expects of simulated trainees: a client that rewards the wrong one is a mistake.

use serde::{Deserialize, Serialize};

/// A simulated trainee. Each types real text of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Reflects, invites, leaves the choice, mends.
    Skilled,
    /// Means well and often hits: plain reflections and open questions, a few formulas.
    GoodNovice,
    /// Means well and often misses: closed questions, stock sympathy, early advice.
    TypicalNovice,
    /// One question after another.
    Interrogator,
    /// Only open questions.
    OpenOnly,
    /// One reflecting formula, again and again.
    Formula,
    /// Says the client's words back as they were.
    Parrot,
    /// Praises and reassures.
    Cheerleader,
    /// Tells the client what to do.
    Adviser,
    /// Finds fault.
    Judger,
    /// Says nothing.
    Silent,
    /// Types words without sense.
    RandomWords,
}

impl Policy {
    /// All twelve, best first as the handbook has them.
    pub const ALL: [Policy; 12] = [
        Self::Skilled,
        Self::GoodNovice,
        Self::TypicalNovice,
        Self::Interrogator,
        Self::OpenOnly,
        Self::Formula,
        Self::Parrot,
        Self::Cheerleader,
        Self::Adviser,
        Self::Judger,
        Self::Silent,
        Self::RandomWords,
    ];

    /// The stable identifier.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Skilled => "skilled",
            Self::GoodNovice => "good_novice",
            Self::TypicalNovice => "typical_novice",
            Self::Interrogator => "interrogator",
            Self::OpenOnly => "open_only",
            Self::Formula => "formula",
            Self::Parrot => "parrot",
            Self::Cheerleader => "cheerleader",
            Self::Adviser => "adviser",
            Self::Judger => "judger",
            Self::Silent => "silent",
            Self::RandomWords => "random_words",
        }
    }

    /// The policy with this identifier.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name() == name)
    }
}

/// What `simulate` must find. Every bound that is given must hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Of which simulated trainee.
    pub policy: Policy,
    /// Over so many sessions in a row with the same client.
    #[serde(default = "default_course")]
    pub course: u32,
    /// Mean T at the close, 0 to 1.
    #[serde(default)]
    pub trust_at_least: Option<f64>,
    /// Mean T at the close, 0 to 1.
    #[serde(default)]
    pub trust_at_most: Option<f64>,
    /// Mean number of layers 1 to 4 told.
    #[serde(default)]
    pub layers_at_least: Option<f64>,
    /// Mean number of layers 1 to 4 told.
    #[serde(default)]
    pub layers_at_most: Option<f64>,
    /// Share of runs in which the client left, 0 to 1.
    #[serde(default)]
    pub leaves_at_least: Option<f64>,
    /// Share of runs in which the client left, 0 to 1.
    #[serde(default)]
    pub leaves_at_most: Option<f64>,
    /// Mean T at the close is above that of these.
    #[serde(default)]
    pub above: Vec<Policy>,
}

fn default_course() -> u32 {
    3
}

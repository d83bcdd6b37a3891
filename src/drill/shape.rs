//! What an author writes in `drills/*.ron`. Each field here is a field there; the docstrings are the reference.

use crate::appraisal::{Act, Kind, Scale, TrustFactor};
use crate::scoring::ModelReply;
use serde::{Deserialize, Serialize};

/// A whole `drills/*.ron`: one skill, or more stimuli for a skill that another file began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrillFile {
    /// Always 1 for now.
    pub format: u32,
    /// The skill, by which it is practised: `[a-z0-9_]+`.
    pub skill: String,
    /// For the list: "Simple reflection".
    pub title: String,
    /// What the skill is and why it helps, in whole sentences to the trainee.
    pub about: String,
    /// Where the skill and its criteria come from.
    pub source: String,
    /// Rows of the trust matrix that it trains.
    pub teaches: Vec<TrustFactor>,
    /// What a trainee may want to know before practising it; whole sentences.
    #[serde(default)]
    pub content_note: String,
    /// What every try is looked at for, unless the stimulus has criteria of its own.
    pub criteria: Vec<Criterion>,
    /// The client lines.
    pub stimuli: Vec<Stimulus>,
}

/// One client line to answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stimulus {
    /// `[a-z0-9_]+`, once in all drills of a skill.
    pub id: String,
    /// 1 (said openly) to 5 (hidden, contradictory, or aimed at you).
    pub level: u8,
    /// Who speaks, and where the talk stands: "Denise, 44, cooks in a school. Third session."
    pub who: String,
    /// What was said before, oldest first.
    #[serde(default)]
    pub before: Vec<Before>,
    /// The line to answer. Gestures stand between asterisks.
    pub client: String,
    /// What the client feels, as families of the lexicon: shame, fear, anger, sadness, guilt, loneliness, hurt …
    #[serde(default)]
    pub feels: Vec<String>,
    /// What is meant and not said, in a supervisor's words; shown after the try.
    #[serde(default)]
    pub implies: String,
    /// What is felt and not said, with the words that hear it.
    #[serde(default)]
    pub undertones: Vec<Cued>,
    /// What the line says, point by point, with the words that take it up: for summaries.
    #[serde(default)]
    pub points: Vec<Cued>,
    /// Criteria of this stimulus instead of the file's.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// Criteria of this stimulus besides the others.
    #[serde(default)]
    pub also: Vec<Criterion>,
    /// One or two good replies, each with its reason; the first is shown after the try.
    pub models: Vec<ModelReply>,
    /// Replies that meet the criteria; `check` tries them.
    pub meets: Vec<String>,
    /// Replies that do not; `check` tries them.
    pub misses: Vec<String>,
}

/// One turn before the line to answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// What the trainee had said.
    You(String),
    /// What the client had said.
    Client(String),
}

/// Something that a reply may take up, with the words by which it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cued {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// As a supervisor would put it: "that nobody at home notices".
    pub about: String,
    /// Words and phrases that take it up (codebook patterns).
    pub cues: Vec<String>,
}

/// One thing that a try is looked at for: in words for the trainee, and as data. It is met where at least one of its signs is there (if it names any),
/// nothing spoils it, the score reaches the least that is asked, and it is not too long.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Criterion {
    /// The criterion as the trainee reads it beforehand: "Give back what was said in words of your own."
    pub say: String,
    /// What to try where it is not met: one whole sentence.
    pub change: String,
    /// Sign: any of these acts.
    pub does: Vec<Act>,
    /// Sign: any of these words (codebook patterns).
    pub says: Vec<String>,
    /// Sign: so many of the stimulus's undertones are put into words; 0 asks for none.
    pub hears: u8,
    /// Sign: so many of the stimulus's points are taken up; 0 asks for none.
    pub takes_up: u8,
    /// Sign: a feeling is named that the client has (`feels`).
    pub names_feeling: bool,
    /// Sign: the reply is of this kind, such as silence or gesture.
    pub kinds: Vec<Kind>,
    /// Sign: this scale reaches so many points, 1 to 5.
    pub or_at_least: Option<(Scale, f64)>,
    /// Spoils: any of these acts, clearly done.
    pub without: Vec<Act>,
    /// Spoils: any act of the codebook's hindering half, clearly done, except those in `but`.
    pub no_roadblock: bool,
    /// Hindering acts that `no_roadblock` lets pass.
    pub but: Vec<Act>,
    /// Spoils: any of these words (codebook patterns).
    pub without_words: Vec<String>,
    /// Asked besides: this scale reaches so many points, 1 to 5. A reply that cannot be scored passes.
    pub at_least: Option<(Scale, f64)>,
    /// Asked besides: at most so many words; 0 is any number.
    pub most_words: u32,
}

impl Criterion {
    /// Whether it names a sign that must be there.
    #[must_use]
    pub fn has_signs(&self) -> bool {
        !self.does.is_empty()
            || !self.says.is_empty()
            || self.hears > 0
            || self.takes_up > 0
            || self.names_feeling
            || !self.kinds.is_empty()
            || self.or_at_least.is_some()
    }

    /// Whether it asks for anything at all.
    #[must_use]
    pub fn asks_something(&self) -> bool {
        self.has_signs() || !self.without.is_empty() || self.no_roadblock || !self.without_words.is_empty() || self.at_least.is_some() || self.most_words > 0
    }
}

impl DrillFile {
    /// The criteria of one of its stimuli, in the order they are said.
    pub fn criteria_of<'a>(&'a self, stimulus: &'a Stimulus) -> impl Iterator<Item = &'a Criterion> {
        let first = if stimulus.criteria.is_empty() { &self.criteria } else { &stimulus.criteria };
        first.iter().chain(&stimulus.also)
    }
}

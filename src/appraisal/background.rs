//! What a scenario knows that a reply may put into words: topics, details, undertones, fears.

use super::codebook::{PatternError, PatternSet};
use super::{Act, Appraisal, Context, FoundAct, Named, Recalled};
use crate::text::{Span, Utterance};

/// A pattern of a scenario that does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackgroundError {
    /// The id of the topic, detail, undertone or fear.
    pub id: String,
    /// The pattern as written.
    pub pattern: String,
    /// What is wrong with it and where.
    pub error: PatternError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Topic,
    Detail,
    WrongDetail,
    DetailAsked,
    Undertone,
    Fear,
}

/// Compiled once a scenario and shared by all its turns. The index of a pattern's entry names what it stands for.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Background {
    pub(super) entries: Vec<(What, String)>,
    pending: Vec<(usize, String)>,
    pub(super) set: PatternSet,
}

impl Background {
    /// Knows nothing yet. Add what the scenario knows, then [`Background::compile`].
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn add(mut self, what: What, id: &str, patterns: &[String]) -> Self {
        let entry = self.entries.len();
        self.entries.push((what, id.to_owned()));
        self.pending.extend(patterns.iter().map(|pattern| (entry, pattern.clone())));
        self
    }

    /// A topic with the patterns that touch it.
    #[must_use]
    pub fn topic(self, id: &str, cues: &[String]) -> Self {
        self.add(What::Topic, id, cues)
    }

    /// A detail with what brings it back rightly, and wrong versions of it.
    #[must_use]
    pub fn detail(self, id: &str, cues: &[String], wrong: &[String]) -> Self {
        self.add(What::Detail, id, cues).add(What::WrongDetail, id, wrong)
    }

    /// Questions for a detail: asked once it is told, they show that it was lost.
    #[must_use]
    pub fn question_for(self, id: &str, asked_by: &[String]) -> Self {
        self.add(What::DetailAsked, id, asked_by)
    }

    /// An undertone with the words that hear it.
    #[must_use]
    pub fn undertone(self, id: &str, cues: &[String]) -> Self {
        self.add(What::Undertone, id, cues)
    }

    /// A fear of judgment with the words that touch it.
    #[must_use]
    pub fn fear(self, id: &str, cues: &[String]) -> Self {
        self.add(What::Fear, id, cues)
    }

    /// Compiles all patterns; those that do not parse are left out and reported, all at once.
    #[must_use]
    pub fn compile(mut self) -> (Self, Vec<BackgroundError>) {
        let mut errors = Vec::new();
        let mut set = PatternSet::builder();
        for (entry, pattern) in std::mem::take(&mut self.pending) {
            if let Err(error) = set.add(entry, &pattern) {
                errors.push(BackgroundError { id: self.entries[entry].1.clone(), pattern, error });
            }
        }
        self.set = set.build();
        self.pending.shrink_to_fit();
        (self, errors)
    }

    /// With patterns that were compiled at build time, in the order in which they were added.
    #[must_use]
    pub fn with(mut self, set: PatternSet) -> Self {
        self.pending.clear();
        self.set = set;
        self
    }

    /// Ids of the details whose right cues stand in an utterance: how a client line tells a detail.
    #[must_use]
    pub fn details_in(&self, said: &Utterance) -> Vec<(&str, Span)> {
        let found = self.set.find_all(said, None);
        found.into_iter().filter(|(entry, _)| self.entries[*entry].0 == What::Detail).map(|(entry, span)| (self.entries[entry].1.as_str(), span)).collect()
    }
}

/// What of the scenario a reply puts into words.
pub(super) fn take_up(background: &Background, reply: &Utterance, context: &Context, appraisal: &mut Appraisal) {
    for (entry, span) in background.set.find_all(reply, Some(context.client)) {
        let Some((what, id)) = background.entries.get(entry) else { continue };
        let named = Named { id: id.clone(), span };
        match what {
            What::Topic => appraisal.topics.push(named),
            What::Undertone => appraisal.undertones.push(named),
            What::Fear if accepts(appraisal) => appraisal.fears_met.push(named),
            What::Fear => {}
            What::Detail | What::WrongDetail if context.told.is_none_or(|told| told.contains(id)) => {
                appraisal.recalled.push(Recalled { detail: id.clone(), right: *what == What::Detail, span });
                if *what == What::Detail && !appraisal.does(Act::DetailRecall) {
                    appraisal.acts.push(FoundAct {
                        act: Act::DetailRecall,
                        rule: "background.detail".into(),
                        span,
                        because: "brings back a detail the client told".into(),
                        strength: 0.8,
                    });
                }
            }
            What::DetailAsked if appraisal.asks.is_some() && context.told.is_some_and(|told| told.contains(id)) => appraisal.asked_again.push(named),
            What::Detail | What::WrongDetail | What::DetailAsked => {}
        }
    }
}

/// What is on a topic of the scenario that was talked about leaves nothing, however few words it shares with the client's last line. `on` is the topic
/// that the talk is on.
pub(super) fn stays(background: &Background, context: &Context, on: Option<&str>, appraisal: &mut Appraisal) {
    if appraisal.topics.is_empty() || !appraisal.does(Act::TopicShift) {
        return;
    }
    let names = |said: &Utterance| {
        background.set.find_all(said, None).into_iter().any(|(entry, _)| {
            let (what, id) = &background.entries[entry];
            *what == What::Topic && appraisal.topics.iter().any(|topic| topic.id == *id)
        })
    };
    let was_on = on.is_some_and(|on| appraisal.topics.iter().any(|topic| topic.id == on));
    /// Turns before the client's last line that still count as talked about: two of each. Further back it is another talk. Our guess.
    const STILL: usize = 4;
    let lately = &context.earlier[context.earlier.len().saturating_sub(STILL)..];
    if was_on || names(context.client) || lately.iter().any(|turn| names(&turn.utterance)) {
        appraisal.acts.retain(|found| found.act != Act::TopicShift || found.rule != "structure.topic_shift");
    }
}

/// A fear of judgment is met where the reply takes it up and accepts: something accepting, and nothing that hurts.
fn accepts(appraisal: &Appraisal) -> bool {
    const ACCEPTING: &[Act] = &[
        Act::Validation,
        Act::Normalising,
        Act::AutonomySupport,
        Act::ComplexReflection,
        Act::SimpleReflection,
        Act::Summary,
        Act::Affirmation,
        Act::EmotionNaming,
    ];
    ACCEPTING.iter().any(|act| appraisal.does(*act)) && !appraisal.acts.iter().any(|found| found.act.is_hindering() && found.strength >= 0.5)
}

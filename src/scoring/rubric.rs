//! A rubric: what an assignment looks at. Each criterion is a figure of the session with a bound; it is met, not yet met, or cannot be said. There is
//! no sum and no mark: a rubric says where to look (clinical notes, section 3: "never a pass mark").

use super::{Debrief, TurnRecord};
use crate::appraisal::Act;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A rubric, as a supervisor writes it.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// What it is called.
    pub title: String,
    /// What is looked at, in order.
    pub criteria: Vec<Criterion>,
}

/// One thing that is looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// For people: "More reflections than questions".
    pub what: String,
    /// The figure.
    pub measure: Measure,
    /// Met from here on.
    #[serde(default)]
    pub at_least: Option<f64>,
    /// Met up to here.
    #[serde(default)]
    pub at_most: Option<f64>,
}

/// A figure of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Mean score, 1 to 5.
    Empathy,
    /// Mean score, 1 to 5.
    NonJudgment,
    /// Mean score, 1 to 5.
    Listening,
    /// Turns.
    Turns,
    /// Turns with a reflection.
    Reflections,
    /// Turns with a question.
    Questions,
    /// Turns with an open question.
    OpenQuestions,
    /// Reflections to questions.
    ReflectionToQuestion,
    /// Share of reflections that added meaning, 0 to 1.
    ComplexShare,
    /// Turns with advice nobody asked for, orders, warnings, blame and their kin.
    NonAdherent,
    /// The trainee's share of all words, 0 to 1.
    TalkShare,
    /// Held silences and gestures.
    Silences,
    /// T at the close, 0 to 1.
    TrustAtTheEnd,
    /// T at the close less T at the opening.
    TrustGained,
    /// Layers 1 to 4 that were told.
    LayersTold,
    /// Ruptures that opened or grew worse.
    Ruptures,
    /// Ruptures that were mended.
    Repairs,
    /// Turns with this act: `act(validation)`.
    Act(Act),
}

/// Whether a criterion is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is.
    Met,
    /// Not yet.
    NotYet,
    /// The session does not say: no question was asked, nobody spoke.
    CannotBeSaid,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Met => "met",
            Self::NotYet => "not yet",
            Self::CannotBeSaid => "cannot be said",
        })
    }
}

/// A criterion held against a session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Looked {
    /// The criterion's words.
    pub what: String,
    /// The figure; none where the session does not give it.
    pub value: Option<f64>,
    /// What was asked for, in words.
    pub wanted: String,
    /// Whether it is met.
    pub standing: Standing,
}

impl Rubric {
    /// What is wrong with it as a rubric: a sentence for each fault.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.criteria.is_empty() {
            faults.push("it has no criteria; add one: (what: \"No advice unasked\", measure: non_adherent, at_most: 0)".to_owned());
        }
        for criterion in &self.criteria {
            if criterion.at_least.is_none() && criterion.at_most.is_none() {
                faults.push(format!("\"{}\" has no bound; say `at_least` or `at_most`", criterion.what));
            }
            if [criterion.at_least, criterion.at_most].iter().flatten().any(|bound| !bound.is_finite()) {
                faults.push(format!("\"{}\" has a bound that is no number", criterion.what));
            }
        }
        faults
    }

    /// Holds it against a session.
    #[must_use]
    pub fn look(&self, turns: &[TurnRecord], debrief: &Debrief) -> Vec<Looked> {
        self.criteria.iter().map(|criterion| criterion.look(turns, debrief)).collect()
    }
}

impl Criterion {
    fn look(&self, turns: &[TurnRecord], debrief: &Debrief) -> Looked {
        let value = self.measure.of(turns, debrief).filter(|value| value.is_finite());
        let standing = match value {
            None => Standing::CannotBeSaid,
            Some(value) if self.at_least.is_some_and(|least| value < least) || self.at_most.is_some_and(|most| value > most) => Standing::NotYet,
            Some(_) => Standing::Met,
        };
        let wanted = match (self.at_least, self.at_most) {
            (Some(least), Some(most)) => format!("{} to {}", figure(least), figure(most)),
            (Some(least), None) => format!("at least {}", figure(least)),
            (None, Some(most)) => format!("at most {}", figure(most)),
            (None, None) => "no bound".to_owned(),
        };
        Looked { what: self.what.clone(), value, wanted, standing }
    }
}

impl Measure {
    /// The figure, where the session gives it.
    #[must_use]
    pub fn of(&self, turns: &[TurnRecord], debrief: &Debrief) -> Option<f64> {
        let counts = &debrief.counts;
        let mean = |mean: Option<super::scorecard::Mean>| mean.map(|mean| mean.points);
        #[allow(clippy::cast_precision_loss)] // a handful of turns
        let turns_with = |holds: &dyn Fn(&TurnRecord) -> bool| Some(turns.iter().filter(|turn| holds(turn)).count() as f64);
        match self {
            Self::Empathy => mean(debrief.scores.empathy),
            Self::NonJudgment => mean(debrief.scores.non_judgment),
            Self::Listening => mean(debrief.scores.listening),
            Self::Turns => Some(f64::from(debrief.turns)),
            Self::Reflections => Some(f64::from(counts.reflections)),
            Self::Questions => Some(f64::from(counts.questions)),
            Self::OpenQuestions => Some(f64::from(counts.open_questions)),
            Self::ReflectionToQuestion => counts.reflection_to_question.map(|banded| banded.value),
            Self::ComplexShare => counts.complex_share.map(|banded| banded.value),
            Self::NonAdherent => Some(f64::from(counts.non_adherent)),
            Self::TalkShare => counts.talk_share,
            Self::Silences => Some(f64::from(counts.silences)),
            Self::TrustAtTheEnd => Some(debrief.trust.end),
            Self::TrustGained => Some(debrief.trust.end - debrief.trust.start),
            Self::LayersTold => Some(f64::from(u32::try_from(debrief.layers.told).unwrap_or(u32::MAX))),
            Self::Ruptures => turns_with(&|turn| turn.ruptured.is_some()),
            Self::Repairs => turns_with(&|turn| turn.repaired),
            Self::Act(act) => turns_with(&|turn| turn.appraisal.does(*act)),
        }
    }
}

/// Two decimals at most, none where it is whole.
#[must_use]
pub fn figure(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Rubric {
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME).from_str(text).unwrap()
    }

    #[test]
    fn a_rubric_is_read_as_a_supervisor_writes_it_and_its_faults_are_told() {
        let rubric =
            read("(title: \"Week 3\", criteria: [(what: \"No advice\", measure: non_adherent, at_most: 0), (what: \"Validates\", measure: act(validation))])");
        assert_eq!(rubric.faults().len(), 1, "{:?}", rubric.faults());
        assert!(Rubric::default().faults()[0].contains("no criteria"));
    }

    #[test]
    fn figures_are_short() {
        assert_eq!([figure(1.0), figure(0.5), figure(0.333), figure(10.0)], ["1", "0.5", "0.33", "10"]);
    }
}

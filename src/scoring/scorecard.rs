//! A session in numbers that stay honest: the mean of each scale, and the counts that motivational interviewing keeps, read as bands.
//!
//! Bands and their limits: MITI 4.2.1 ("fair" and "good"). They are thresholds for experts' coding of whole sessions, so they are never a pass mark:
//! of 110 public demonstrations of good practice 53 % reach one reflection a question, and 21 % reach two (clinical notes, section 3).

use super::TurnRecord;
use crate::appraisal::{Act, Kind, QuestionKind, ReflectionKind, Scale};
use serde::Serialize;

/// The mean of one scale over the turns that could be scored.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    /// 1 to 5.
    pub points: f64,
    /// Over so many turns.
    pub turns: u32,
}

/// The three means. `None` where no turn could be scored.
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize)]
pub struct Scorecard {
    /// Empathy.
    pub empathy: Option<Mean>,
    /// Non-judgment.
    pub non_judgment: Option<Mean>,
    /// Listening.
    pub listening: Option<Mean>,
}

impl Scorecard {
    /// The scorecard of these turns.
    #[must_use]
    pub fn of(turns: &[TurnRecord]) -> Self {
        Self { empathy: mean(turns, Scale::Empathy), non_judgment: mean(turns, Scale::NonJudgment), listening: mean(turns, Scale::Listening) }
    }

    /// The mean on a scale.
    #[must_use]
    pub const fn on(&self, scale: Scale) -> Option<Mean> {
        match scale {
            Scale::Empathy => self.empathy,
            Scale::NonJudgment => self.non_judgment,
            Scale::Listening => self.listening,
        }
    }

    /// The scale with the lowest mean; of two equal ones the first in the order empathy, non-judgment, listening.
    #[must_use]
    pub fn weakest(&self) -> Option<(Scale, Mean)> {
        let all = [Scale::Empathy, Scale::NonJudgment, Scale::Listening];
        all.into_iter().filter_map(|scale| Some((scale, self.on(scale)?))).min_by(|a, b| a.1.points.total_cmp(&b.1.points))
    }
}

fn mean(turns: &[TurnRecord], scale: Scale) -> Option<Mean> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for points in turns.iter().filter_map(|turn| turn.appraisal.scores.points(scale)) {
        sum += points;
        count += 1;
    }
    (count > 0).then(|| Mean { points: sum / f64::from(count), turns: count })
}

/// Where a count stands between MITI's two thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MitiBand {
    /// Under "fair".
    BelowFair,
    /// From "fair" to "good".
    Fair,
    /// "Good".
    Good,
}

/// One count with its band.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Banded {
    /// The value: a ratio, a share 0 to 1, or a mean 1 to 5.
    pub value: f64,
    /// The band.
    pub band: MitiBand,
}

/// Counts as MITI keeps them, one behaviour of each kind a turn.
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize)]
pub struct Counts {
    /// Turns with a reflection.
    pub reflections: u32,
    /// … that added meaning.
    pub complex_reflections: u32,
    /// Turns with a question.
    pub questions: u32,
    /// … that was open.
    pub open_questions: u32,
    /// Affirming, leaving the choice, asking permission, working together.
    pub adherent: u32,
    /// Advice nobody asked for, orders, warnings, blame and their kin.
    pub non_adherent: u32,
    /// Held silences and gestures.
    pub silences: u32,
    /// Reflections to questions; fair from 1, good from 2. `None` without a question.
    pub reflection_to_question: Option<Banded>,
    /// Share of reflections that added meaning; fair from .40, good from .50. `None` without a reflection.
    pub complex_share: Option<Banded>,
    /// Mean of empathy and non-judgment, in place of MITI's relational global; fair from 3.5, good from 4.
    pub relational: Option<Banded>,
    /// The trainee's share of all words, 0 to 1. `None` where nobody spoke.
    pub talk_share: Option<f64>,
    /// Too little was said for these ratios to mean much.
    pub uncertain: bool,
}

/// Under this many questions and reflections together a ratio turns on single sentences. Our guess; MITI codes twenty minutes.
const ENOUGH: u32 = 12;

/// The counts of a session.
#[must_use]
pub fn counts(turns: &[TurnRecord]) -> Counts {
    let mut counts = Counts::default();
    let (mut trainee_words, mut client_words) = (0_usize, 0_usize);
    for turn in turns {
        let behaviour = &turn.appraisal.behaviour;
        counts.reflections += u32::from(behaviour.reflection.is_some());
        counts.complex_reflections += u32::from(behaviour.reflection == Some(ReflectionKind::Complex));
        counts.questions += u32::from(behaviour.question.is_some());
        counts.open_questions += u32::from(behaviour.question == Some(QuestionKind::Open));
        counts.silences += u32::from(matches!(turn.appraisal.kind, Kind::Silence | Kind::Gesture));
        counts.adherent += u32::from(has_any(turn, ADHERENT));
        counts.non_adherent += u32::from(has_any(turn, NON_ADHERENT));
        if turn.appraisal.kind == Kind::Speech {
            trainee_words += turn.heard.split_whitespace().count();
        }
        client_words += spoken_words(&turn.said);
    }
    let ratio = |a: u32, b: u32| (b > 0).then(|| f64::from(a) / f64::from(b));
    counts.reflection_to_question = ratio(counts.reflections, counts.questions).map(|value| banded(value, 1.0, 2.0));
    counts.complex_share = ratio(counts.complex_reflections, counts.reflections).map(|value| banded(value, 0.4, 0.5));
    let card = Scorecard::of(turns);
    counts.relational = card.empathy.zip(card.non_judgment).map(|(a, b)| banded(f64::midpoint(a.points, b.points), 3.5, 4.0));
    #[allow(clippy::cast_precision_loss)] // words of one session: far below 2^52
    {
        let all = trainee_words + client_words;
        counts.talk_share = (all > 0).then(|| trainee_words as f64 / all as f64);
    }
    counts.uncertain = counts.reflections + counts.questions < ENOUGH;
    counts
}

/// MITI's adherent behaviours: affirm, seek collaboration, emphasise autonomy.
const ADHERENT: &[Act] = &[Act::Affirmation, Act::AutonomySupport, Act::PermissionSeeking, Act::Collaboration, Act::Validation];
/// MITI's non-adherent behaviours (persuade, confront), as Gordon's roadblocks name them.
const NON_ADHERENT: &[Act] = &[
    Act::Advice,
    Act::Directing,
    Act::Warning,
    Act::Moralising,
    Act::Blame,
    Act::Labelling,
    Act::Sarcasm,
    Act::WhyChallenge,
    Act::Pressure,
    Act::Minimising,
    Act::Disbelief,
    Act::Dismissal,
];

fn has_any(turn: &TurnRecord, acts: &[Act]) -> bool {
    turn.appraisal.acts.iter().any(|found| acts.contains(&found.act))
}

fn banded(value: f64, fair: f64, good: f64) -> Banded {
    let band = if value >= good {
        MitiBand::Good
    } else if value >= fair {
        MitiBand::Fair
    } else {
        MitiBand::BelowFair
    };
    Banded { value, band }
}

/// Words spoken in a client line: what stands between asterisks is done, not said.
fn spoken_words(line: &str) -> usize {
    line.split('*').step_by(2).map(|said| said.split_whitespace().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::super::examples::{rise, silence};
    use super::*;

    #[test]
    fn no_turns_give_no_means_and_no_ratios() {
        let counts = counts(&[]);
        assert_eq!(Scorecard::of(&[]).weakest(), None);
        assert_eq!((counts.reflection_to_question, counts.talk_share), (None, None));
        assert!(counts.uncertain);
    }

    #[test]
    fn silences_are_counted_and_never_divide_by_nothing() {
        let counts = counts(&[silence(1), silence(2)]);
        assert_eq!((counts.silences, counts.questions), (2, 0));
        assert_eq!(counts.reflection_to_question, None);
    }

    #[test]
    fn a_reflection_without_a_question_has_no_ratio_but_a_share() {
        let counts = counts(&[rise(1, 0.1, 0.2)]);
        assert_eq!(counts.reflection_to_question, None);
        assert_eq!(counts.complex_share.map(|share| share.band), Some(MitiBand::Good));
    }

    #[test]
    fn gestures_of_the_client_are_not_words() {
        assert_eq!(spoken_words("*looks away* I don't know. *shrugs*"), 3);
    }
}

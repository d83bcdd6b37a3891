//! Which rows of the trust matrix a session earned, lost or never met, with the words that did it (clinical notes, section 1).
//!
//! Three sources speak for a row: the acts of a reply, what the reply was after (a disclosure, a rupture, the start of a later session), and the client
//! model's own shifts where they name a row.

use super::TurnRecord;
use super::moments::{Words, words_of_act};
use crate::appraisal::{Act, TrustFactor};
use crate::client::Quality;
use serde::Serialize;
use std::collections::BTreeMap;

/// A row, with the clearest words for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatrixRow {
    /// The row.
    pub factor: TrustFactor,
    /// Its title.
    pub title: &'static str,
    /// The turn of the clearest instance, 1 and up.
    pub turn: u32,
    /// The trainee's words there.
    pub words: String,
    /// What they did, in one phrase or sentence.
    pub because: String,
    /// In how many turns it was so.
    pub times: u32,
}

/// The matrix after a session.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct Matrix {
    /// Rows with words that earned trust, in the handbook's order.
    pub earned: Vec<MatrixRow>,
    /// Rows with words that cost trust. A row can stand in both lists.
    pub lost: Vec<MatrixRow>,
    /// Rows that this client trains and that did not come up.
    pub not_met: Vec<TrustFactor>,
    /// The other rows that did not come up.
    pub elsewhere: Vec<TrustFactor>,
}

/// Rows that an act earns by itself.
#[must_use]
pub const fn earned_by(act: Act) -> &'static [TrustFactor] {
    use TrustFactor as F;
    match act {
        Act::OpenQuestion => &[F::OpenQuestions],
        Act::SimpleReflection | Act::Summary => &[F::ActiveListening],
        Act::ComplexReflection => &[F::ActiveListening, F::OpenQuestions],
        Act::Affirmation => &[F::Autonomy],
        Act::Validation => &[F::Validation],
        Act::Normalising => &[F::Normalising],
        Act::EmotionNaming => &[F::Empathy],
        Act::AutonomySupport => &[F::Autonomy, F::PatienceAndPace],
        Act::PermissionSeeking => &[F::Collaboration, F::PatienceAndPace],
        Act::Collaboration => &[F::Collaboration],
        Act::CheckIn => &[F::CheckIns],
        Act::Confidentiality => &[F::Confidentiality, F::Transparency],
        Act::Structuring | Act::Information => &[F::Transparency],
        Act::Boundary => &[F::Boundaries],
        Act::Immediacy => &[F::SilenceAndPresence, F::Authenticity],
        Act::Apology | Act::SelfDisclosure => &[F::Authenticity],
        Act::Silence => &[F::SilenceAndPresence],
        Act::Presence => &[F::GesturesAndSetting],
        Act::DetailRecall => &[F::RememberingDetails],
        Act::CultureCuriosity => &[F::CulturalHumility],
        Act::Hope => &[F::HopeAndMeaning],
        Act::PromiseKept => &[F::Consistency],
        _ => &[],
    }
}

/// Rows that an act erodes by itself.
#[must_use]
pub const fn lost_by(act: Act) -> &'static [TrustFactor] {
    use TrustFactor as F;
    match act {
        Act::Advice => &[F::FitAndTiming, F::Collaboration],
        Act::Directing | Act::EvaluativePraise => &[F::Autonomy],
        Act::Warning => &[F::Autonomy, F::NonJudgment],
        Act::Moralising | Act::Blame | Act::Sarcasm | Act::WhyChallenge => &[F::NonJudgment],
        Act::Labelling => &[F::NonJudgment, F::PersonNotCase],
        Act::Minimising => &[F::Validation],
        Act::FalseReassurance => &[F::HopeAndMeaning],
        Act::Interrogation | Act::LeadingQuestion => &[F::OpenQuestions],
        Act::PrematureInterpretation => &[F::HearingTheUnsaid],
        Act::TopicShift | Act::Parroting | Act::Monologue => &[F::ActiveListening],
        Act::SelfFocus => &[F::Authenticity],
        Act::Pressure => &[F::PatienceAndPace],
        Act::Overpromise => &[F::Consistency],
        Act::ConfidentialityBreach => &[F::Confidentiality],
        Act::Stereotype => &[F::CulturalHumility, F::PersonNotCase],
        Act::Dismissal | Act::StockEmpathy => &[F::Empathy],
        Act::Disbelief => &[F::TrustInTheClient],
        Act::Defensiveness => &[F::WhenTrustDoesNotCome],
        Act::BoundaryBlur => &[F::Boundaries],
        _ => &[],
    }
}

/// The matrix of a session. `teaches` are the rows its scenario trains, `session` its number in the course.
#[must_use]
pub fn matrix_of(turns: &[TurnRecord], session: u32, teaches: &[TrustFactor]) -> Matrix {
    let mut tally = Tally::default();
    for (index, turn) in turns.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| turns.get(index));
        tally.acts(turn);
        tally.situation(turn, before, session);
        tally.shifts(turn);
    }
    tally.into_matrix(teaches)
}

/// A non-judgment score from which the reply itself is acceptance: the rubric's 4 is "accepts or normalises this very statement".
const ACCEPTS: f64 = 4.0;
/// Trust from which a step beyond listening is well timed: layer 3 of the gates opens there.
const TRUST_STANDS: f64 = 0.34;

/// A smaller shift of one quality (0 to 1) is the ordinary breathing of a talk. Twice what a single neutral reply moves; our guess.
const SHIFT_COUNTS: f64 = 0.01;

#[derive(Default)]
struct Tally {
    earned: BTreeMap<TrustFactor, Kept>,
    lost: BTreeMap<TrustFactor, Kept>,
}

impl Tally {
    fn acts(&mut self, turn: &TurnRecord) {
        let spoiled = turn.is_setback();
        for found in &turn.appraisal.acts {
            let words = words_of_act(turn, found);
            for factor in lost_by(found.act).iter().filter(|_| !turn.is_forgiven()) {
                note(&mut self.lost, *factor, turn, found.strength, &words);
            }
            if !spoiled {
                for factor in earned_by(found.act) {
                    note(&mut self.earned, *factor, turn, found.strength, &words);
                }
            }
        }
    }

    /// Rows that are earned by answering a situation, whatever the form of words.
    fn situation(&mut self, turn: &TurnRecord, before: Option<&TurnRecord>, session: u32) {
        use TrustFactor as F;
        let found = &turn.appraisal;
        let whole = Words::whole(turn);
        let hindering = turn.worst_act().filter(|_| !turn.is_forgiven()).map(|act| words_of_act(turn, act));
        let accepts = found.scores.non_judgment.as_ref().is_some_and(|score| score.points >= ACCEPTS);
        let warm = found.scores.empathy.as_ref().is_some_and(|score| score.points >= ACCEPTS);
        let has = |act| found.found(act).is_some();
        let told_before = before.and_then(|before| before.disclosed.as_ref()).is_some_and(|(_, layer)| *layer >= 1);
        let rupture_before = before.is_some_and(|before| before.ruptured.is_some() && !before.repaired);

        if let Some(words) = hindering {
            if told_before {
                note(&mut self.lost, F::VulnerabilityMet, turn, 1.0, &words);
                note(&mut self.lost, F::FearOfJudgment, turn, 0.9, &words);
            }
            if rupture_before {
                note(&mut self.lost, F::RuptureAndRepair, turn, 1.0, &words);
            }
        } else {
            let mut earn = |factor, strength, because: &str| {
                note(&mut self.earned, factor, turn, strength, &Words { quote: whole.quote.clone(), because: because.to_owned() });
            };
            if told_before && (warm || accepts) {
                earn(F::VulnerabilityMet, 1.0, "meets what was just entrusted to you, and stays with it");
            }
            if accepts {
                earn(F::NonJudgment, 0.7, "takes what was said without judging it");
            }
            if warm {
                earn(F::Empathy, 0.7, "names what it was like from inside");
            }
            if rupture_before && (has(Act::Immediacy) || has(Act::Validation)) {
                earn(F::WhenTrustDoesNotCome, 0.8, "takes the doubt seriously");
            }
            if session >= 2 && turn.turn <= 2 && (has(Act::CheckIn) || has(Act::DetailRecall)) {
                earn(F::RitualAndContinuity, 0.8, "picks up the thread from last time");
            }
            if has(Act::PermissionSeeking) && turn.trust.0 >= TRUST_STANDS {
                earn(F::FitAndTiming, 0.6, "asks first, at a time when trust can carry a next step");
            }
            if before.is_some_and(TurnRecord::is_setback)
                && turn.trust.1 > turn.trust.0
                && (has(Act::Apology) || has(Act::AutonomySupport) || has(Act::CheckIn))
            {
                earn(F::Flexibility, 0.7, "changes course after something did not fit");
            }
        }
        if turn.repaired {
            note(
                &mut self.earned,
                F::RuptureAndRepair,
                turn,
                1.0,
                &Words { quote: whole.quote.clone(), because: "notices the hurt and owns a part in it".into() },
            );
        }
        for named in &found.fears_met {
            note(&mut self.earned, F::FearOfJudgment, turn, 1.0, &Words::at(turn, named.span, "accepts the very thing that was feared"));
        }
        for named in &found.undertones {
            note(&mut self.earned, F::HearingTheUnsaid, turn, 1.0, &Words::at(turn, named.span, "puts into words what was not said"));
        }
        for recalled in &found.recalled {
            let (side, because) = if recalled.right { (&mut self.earned, "remembers it rightly") } else { (&mut self.lost, "remembers it wrongly") };
            note(side, F::RememberingDetails, turn, 1.0, &Words::at(turn, recalled.span, because));
        }
    }

    /// Rows that the client model names in its shifts.
    fn shifts(&mut self, turn: &TurnRecord) {
        for shift in &turn.shifts {
            let Some(factor) = shift.factor else { continue };
            // A rise in arousal costs; a rise in anything else earns.
            let gain = if shift.quality == Quality::Arousal { -shift.by } else { shift.by };
            if gain.abs() < SHIFT_COUNTS {
                continue;
            }
            let side = if gain > 0.0 { &mut self.earned } else { &mut self.lost };
            let words = Words { quote: Words::whole(turn).quote, because: shift.because.clone() };
            // Half-strength: words found by a rule are the clearer instance.
            note(side, factor, turn, gain.abs().min(0.5), &words);
        }
    }

    fn into_matrix(self, teaches: &[TrustFactor]) -> Matrix {
        let unmet = |factor: &&TrustFactor| !self.earned.contains_key(factor) && !self.lost.contains_key(factor);
        let (not_met, elsewhere) = TrustFactor::ALL.iter().filter(unmet).partition(|factor| teaches.contains(factor));
        let rows = |side: BTreeMap<TrustFactor, Kept>| side.into_values().map(|kept| kept.row).collect();
        Matrix { not_met, elsewhere, earned: rows(self.earned), lost: rows(self.lost) }
    }
}

/// The clearest instance of a row so far.
struct Kept {
    strength: f64,
    last_turn: u32,
    row: MatrixRow,
}

/// Counts an instance of a row once a turn, and keeps the words of the strongest.
fn note(side: &mut BTreeMap<TrustFactor, Kept>, factor: TrustFactor, turn: &TurnRecord, strength: f64, words: &Words) {
    let row = |times| MatrixRow { factor, title: factor.title(), turn: turn.turn, words: words.quote.clone(), because: words.because.clone(), times };
    let Some(kept) = side.get_mut(&factor) else {
        side.insert(factor, Kept { strength, last_turn: turn.turn, row: row(1) });
        return;
    };
    if kept.last_turn != turn.turn {
        kept.last_turn = turn.turn;
        kept.row.times += 1;
    }
    if strength > kept.strength {
        kept.strength = strength;
        kept.row = row(kept.row.times);
    }
}

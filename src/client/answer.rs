//! How long the client's answer is likely to be. After a good reflection a real client often says "Yeah." and goes on when invited.

use crate::appraisal::{Act, Appraisal, Kind, QuestionKind};

/// The next client turn in words against this client's mean (clinical.md, section 4, "Short answers": measured on public demonstrations).
const AFTER_OPEN_QUESTION: f64 = 1.95;
const AFTER_COMPLEX: f64 = 0.69;
const AFTER_SIMPLE: f64 = 0.57;
const AFTER_INFORMATION: f64 = 0.80;
/// How likely "Yeah." is after a reflection that leaves nothing to add: those of 1 − .57 and 1 − .69, nearly. [G]
const SHORT_AFTER_SIMPLE: f64 = 0.40;
const SHORT_AFTER_COMPLEX: f64 = 0.30;
/// A good reflection scores at least this in listening.
const GOOD: f64 = 3.5;

/// Expected length against the mean, and the likelihood of a short answer, 0 to 1.
pub(super) fn length_after(appraisal: &Appraisal) -> (f64, f64) {
    let asks = appraisal.behaviour.question.is_some();
    let good = appraisal.scores.listening.as_ref().is_some_and(|score| score.points >= GOOD);
    if appraisal.behaviour.question == Some(QuestionKind::Open) || appraisal.does(Act::OpenQuestion) {
        (AFTER_OPEN_QUESTION, 0.0)
    } else if appraisal.kind != Kind::Speech || asks {
        (1.0, 0.0)
    } else if appraisal.does(Act::ComplexReflection) || appraisal.does(Act::Summary) {
        (AFTER_COMPLEX, if good { SHORT_AFTER_COMPLEX } else { 0.0 })
    } else if appraisal.does(Act::SimpleReflection) {
        (AFTER_SIMPLE, if good { SHORT_AFTER_SIMPLE } else { 0.0 })
    } else if appraisal.does(Act::Information) || appraisal.does(Act::Advice) {
        (AFTER_INFORMATION, 0.0)
    } else {
        (1.0, 0.0)
    }
}

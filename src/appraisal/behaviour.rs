//! What a reply mainly is, as session coders would label it (AnnoMI's four classes).

use super::structure::{Part, Role};
use super::{Behaviour, MainBehaviour, QuestionKind, ReflectionKind};

/// A reflection beside a question or input counts where it is this sure; alone, any does.
const SURE_BESIDE: f64 = 1.2;

pub(super) fn of(parts: &[Part], roles: &[Role]) -> Behaviour {
    let mut out = Behaviour::default();
    let (mut asked, mut reflected, mut put_in) = (0, 0, 0);
    for (part, role) in parts.iter().zip(roles) {
        let words = part.last - part.first;
        if let Some(kind) = role.question {
            asked += words;
            if out.question != Some(QuestionKind::Open) {
                out.question = Some(kind);
            }
        }
        if let Some(kind) = role.input {
            put_in += words;
            out.input = out.input.or(Some(kind));
        }
    }
    let alone = asked == 0 && put_in == 0;
    for (part, role) in parts.iter().zip(roles) {
        let Some(kind) = role.reflection.filter(|_| alone || role.sure >= SURE_BESIDE) else { continue };
        reflected += part.last - part.first;
        if out.reflection != Some(ReflectionKind::Complex) {
            out.reflection = Some(kind);
        }
    }
    out.main = if out.input.is_some() && put_in > asked + reflected {
        MainBehaviour::Input
    } else if out.question.is_some() && (asked * 2 >= reflected || reflected == 0) {
        MainBehaviour::Question
    } else if out.reflection.is_some() {
        MainBehaviour::Reflection
    } else if out.input.is_some() {
        MainBehaviour::Input
    } else {
        MainBehaviour::Other
    };
    out
}

//! What a reply mainly is, as session coders would label it (AnnoMI's four classes).

use super::structure::{Part, Role};
use super::{Behaviour, MainBehaviour, QuestionKind, ReflectionKind};
use crate::text::Utterance;

pub(super) fn of(reply: &Utterance, parts: &[Part], roles: &[Role]) -> Behaviour {
    let _ = reply;
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
        if let Some(kind) = role.reflection {
            reflected += words;
            if out.reflection != Some(ReflectionKind::Complex) {
                out.reflection = Some(kind);
            }
        }
        if let Some(kind) = role.input {
            put_in += words;
            out.input = out.input.or(Some(kind));
        }
    }
    let _ = asked;
    out.main = if put_in > 0 && out.question.is_none() && put_in >= reflected {
        MainBehaviour::Input
    } else if out.question.is_some() {
        MainBehaviour::Question
    } else if out.reflection.is_some() {
        MainBehaviour::Reflection
    } else {
        MainBehaviour::Other
    };
    out
}

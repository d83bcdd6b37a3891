//! What a reply mainly is, as session coders would label it (AnnoMI's four classes).

use super::structure::{Part, Role};
use super::{Behaviour, MainBehaviour, QuestionKind, ReflectionKind};

/// A reflection beside a question or input counts where it is this sure; alone, any does.
const SURE_BESIDE: f64 = 1.2;

/// A reply that tells and then asks is mainly a question, unless it tells in this many times as many words.
const INPUT_OVER_QUESTION: f64 = 2.5;

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
    let mut said_back = 0;
    for (part, role) in parts.iter().zip(roles) {
        let Some(kind) = role.reflection.filter(|_| alone || role.rising || role.sure >= SURE_BESIDE) else { continue };
        let words = part.last - part.first;
        reflected += words;
        if role.rising {
            // Mainly a reflection, though it asks.
            said_back += words;
            if role.question.is_some() {
                asked -= words;
            }
        }
        if out.reflection != Some(ReflectionKind::Complex) {
            out.reflection = Some(kind);
        }
    }
    let only_rising = said_back > 0 && asked == 0;
    out.main = if out.input.is_some() && put_in > reflected && put_in as f64 > INPUT_OVER_QUESTION * asked as f64 {
        MainBehaviour::Input
    } else if out.question.is_some() && !only_rising && asked * 3 >= reflected {
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

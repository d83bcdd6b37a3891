//! What is said before anything is said: "Thank you for telling me that.", "If it's all right with you, …", "Okay, well, …". Politeness is good
//! manners and no answer; a reply is scored by what follows it, however many such openings are stacked.

use crate::appraisal::Context;
use crate::text::{End, Utterance, class};

/// Fewer words than this after an opening, and the opening is the reply.
const LEAST_REST: usize = 3;
/// A polite sentence longer than this says something of its own.
const LONGEST: usize = 14;
/// Openings that are taken off one after another.
const MOST: usize = 5;

/// Byte at which the reply itself begins, where it stands after openings that would stand before any reply.
pub(super) fn ends(reply: &Utterance, context: &Context) -> Option<usize> {
    let words = reply.words();
    let mut from = 0;
    for _ in 0..MOST {
        let Some(to) = opening(reply, from, context).filter(|to| words.len() >= to + LEAST_REST) else { break };
        from = to;
    }
    let first = words.get(from).filter(|_| from > 0)?;
    // A contraction stands for two words over one stretch of text; the reply begins with a stretch of its own.
    words.get(from - 1).filter(|before| before.span.end <= first.span.start).map(|_| first.span.start)
}

/// One past the last word of the opening that begins at this word.
fn opening(reply: &Utterance, from: usize, context: &Context) -> Option<usize> {
    let words = reply.words();
    let first = words.get(from)?;
    let clause = reply.clauses().get(first.clause as usize)?;
    let sentence = reply.sentences().get(first.sentence as usize)?;
    let phrase = |of: u8| reply.phrases_at(from).iter().filter(|phrase| phrase.class == of).map(|phrase| usize::from(phrase.words)).max();
    // A polite sentence, whole, that takes up nothing of the client's.
    if first.clause == sentence.first_clause
        && from == sentence.first as usize
        && (phrase(class::THANKS).is_some() || first.is(class::THANKS))
        && sentence.end != End::Question
        && sentence.end != End::None
        && sentence.last as usize - from <= LONGEST
        && !words[from..sentence.last as usize].iter().any(|word| word.is_content() && context.client.words().iter().any(|said| said.stem == word.stem))
    {
        return Some(sentence.last as usize);
    }
    if let Some(long) = phrase(class::OPENS_POLITELY) {
        return Some(from + long);
    }
    // "Okay, …", "Well, …": a word and a pause.
    let single =
        first.is(class::OPENS_POLITELY) && (clause.last as usize == from + 1 || words.get(from + 1).is_some_and(|next| next.is(class::OPENS_POLITELY)));
    single.then_some(from + 1)
}

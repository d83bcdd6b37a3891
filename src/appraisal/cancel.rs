//! When hurtful words are not the therapist's own: negated, quoted, or reported of somebody.

use crate::text::{Utterance, class};

/// Words that a negation may stand before what it denies: "I'm not for a moment saying that it's your fault".
const REACH: usize = 8;

/// Whether what stands in these words is denied, quoted or reported. `holds_negation`: the pattern itself has a "not".
pub(super) fn is_not_their_own(said: &Utterance, first: usize, last: usize, holds_negation: bool) -> bool {
    let words = said.words();
    let Some(word) = words.get(first) else { return false };
    if words[first..last.min(words.len())].iter().any(|word| word.quoted) {
        return true;
    }
    let sentence = said.sentences().get(word.sentence as usize).map_or(0, |sentence| sentence.first as usize);
    let from = first.saturating_sub(REACH).max(sentence);
    let denied_before = (from..first).rev().take_while(|at| words[*at].clause + 1 >= word.clause).any(|at| words[at].is(class::NEGATION) && !is_answer_no(said, at));
    let denied_inside = !holds_negation && (first + 1..last).any(|at| words[at].is(class::NEGATION));
    denied_before || denied_inside || is_reported(said, sentence, first)
}

/// "No, you should …": the word answers and denies nothing after it.
fn is_answer_no(said: &Utterance, at: usize) -> bool {
    said.form(at) == "no" && said.words().get(at + 1).is_none_or(|next| next.clause != said.words()[at].clause)
}

/// "Your father called you …", "part of you feels …", "as if …": somebody says or feels it, and not the therapist ("I think …").
fn is_reported(said: &Utterance, sentence: usize, first: usize) -> bool {
    let words = said.words();
    (sentence..first).any(|at| {
        if !said.is(at, class::REPORTS) || words[first].clause > words[at].clause + 2 {
            return false;
        }
        let clause = said.clauses().get(words[at].clause as usize).map_or(sentence, |clause| clause.first as usize);
        let own = (clause..at).any(|before| matches!(said.form(before), "i" | "we") && !(before + 1..at).any(|between| words[between].is(class::SUBJECT)));
        !own
    })
}

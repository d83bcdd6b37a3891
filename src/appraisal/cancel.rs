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
    let from = stretch_start(said, first).max(sentence);
    let denied_before = (from.max(first.saturating_sub(REACH))..first).rev().any(|at| words[at].is(class::NEGATION) && !is_answer_no(said, at));
    let denied_inside = !holds_negation && (first + 1..last).any(|at| words[at].is(class::NEGATION));
    denied_before || denied_inside || is_reported(said, from, first)
}

/// Where the stretch begins that a "not" or a "he said" can reach this word from: after the last comma, or the last "but".
fn stretch_start(said: &Utterance, first: usize) -> usize {
    let words = said.words();
    let mut at = first;
    while at > 0 {
        let (here, before) = (words[at], words[at - 1]);
        if here.clause != before.clause {
            let parted = said.clauses().get(before.clause as usize).is_none_or(|clause| clause.end != crate::text::End::Conjunction);
            if parted || matches!(said.form(at), "but" | "so" | "and" | "if") {
                break;
            }
        }
        if matches!(said.form(at), "but") && at < first {
            break;
        }
        at -= 1;
    }
    at
}

/// "No, you should …": the word answers and denies nothing after it.
fn is_answer_no(said: &Utterance, at: usize) -> bool {
    said.form(at) == "no" && said.words().get(at + 1).is_none_or(|next| next.clause != said.words()[at].clause)
}

/// Words that a report may stand before what it reports.
const REPORT_REACH: usize = 7;

/// "Your father called you …", "part of you feels …", "as if …": somebody says or feels it, and not the therapist ("I think …").
fn is_reported(said: &Utterance, from: usize, first: usize) -> bool {
    let words = said.words();
    // "If you feel that way you should …": the condition reports nothing.
    if matches!(said.form(from), "if" | "when" | "whenever" | "since") {
        return false;
    }
    (from.max(first.saturating_sub(REPORT_REACH))..first).any(|at| {
        if !said.is(at, class::REPORTS) {
            return false;
        }
        let subject = (from..at).rev().find(|before| words[*before].is(class::SUBJECT) || words[*before].is(class::YOU) || words[*before].is(class::THIRD));
        !subject.is_some_and(|subject| matches!(said.form(subject), "i" | "we"))
    })
}

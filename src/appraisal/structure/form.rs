//! The grammatical form of each part of a reply.

use crate::appraisal::{Asks, QuestionKind};
use crate::text::{End, Sentence, Utterance, Word, class, key};

/// How a part is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "What …", "How …", inverted.
    Wh,
    /// "Do you …", "Is it …".
    YesNo,
    /// "Tell me …": an invitation to speak.
    Invitation,
    /// "…, isn't it?", "…, right?" after a statement.
    Tagged,
    /// A statement with a question mark.
    Rising,
    /// A few words with a question mark: "Anything else?", "Twelve years?"
    RisingFragment,
    /// "Call her."
    Imperative,
    /// Subject and verb.
    Statement,
    /// No verb that can be seen: "Twelve years.", "Alone with it."
    Fragment,
}

impl Form {
    /// Whether it is put as a question, with or without a question mark.
    pub(crate) const fn asks(self) -> bool {
        matches!(self, Form::Wh | Form::YesNo | Form::Invitation)
    }
}

/// A sentence, or the asking half of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// First word.
    pub(crate) first: usize,
    /// One past the last word.
    pub(crate) last: usize,
    /// First word after "so", "and", "well".
    pub(crate) head: usize,
    pub(crate) form: Form,
    pub(crate) end: End,
    /// Of a question.
    pub(crate) kind: Option<QuestionKind>,
    /// Of a question.
    pub(crate) asks: Option<Asks>,
}

fn is(word: Option<&Word>, class: u8) -> bool {
    word.is_some_and(|word| word.is(class))
}

/// Words that open a clause without being its subject or verb.
pub(crate) fn skip_markers(said: &Utterance, first: usize, last: usize) -> usize {
    let words = said.words();
    // "No wonder", "all night": these open a clause only before a pause or a subject.
    let stays = |at: usize| {
        matches!(said.form(at), "no" | "all" | "good" | "great" | "only" | "even" | "like")
            && at + 1 < last
            && !words[at + 1].is(class::SUBJECT)
            && !words[at + 1].is(class::MARKER)
            && words[at + 1].clause == words[at].clause
    };
    (first..last)
        .find(|at| {
            stays(*at) || !words[*at].is(class::MARKER) || (words[*at].key == const { key("like") } && at + 1 < last && is(words.get(at + 1), class::SUBJECT))
        })
        .unwrap_or(first)
}

pub(super) fn parts_of(said: &Utterance, sentence: usize) -> Vec<Part> {
    let Some(sentence) = said.sentences().get(sentence).copied() else { return Vec::new() };
    let clauses = sentence.first_clause as usize..sentence.last_clause as usize;
    let mut asking = None;
    for at in clauses.clone() {
        let clause = said.clauses()[at];
        let (first, last) = (clause.first as usize, clause.last as usize);
        let head = skip_markers(said, first, last);
        let marked = sentence.end == End::Question;
        if is_tag(said, first, last, sentence) || is_said_in_passing(said, head, last, sentence) || (!marked && hangs_on(said, at, sentence)) {
            continue;
        }
        if let Some((form, kind, asks)) = asks_at(said, head, last, sentence, marked) {
            // A clause such as "when that happens" belongs to the question that follows it.
            let start = (clauses.start..at)
                .find(|before| is_subordinate(said, *before) && at - before <= 3)
                .map_or(first, |before| said.clauses()[before].first as usize);
            asking = Some((start, head, form, kind, asks));
            break;
        }
    }
    let (first, last) = (sentence.first as usize, sentence.last as usize);
    match asking {
        Some((start, head, form, kind, asks)) => {
            let mut parts = Vec::new();
            if start > first {
                parts.push(plain(said, first, start, End::Comma));
            }
            parts.push(Part { first: start, last, head, form, end: sentence.end, kind: Some(kind), asks: Some(asks) });
            parts
        }
        None => vec![plain(said, first, last, sentence.end)],
    }
}

/// "…, isn't it?", "…, don't they?": the clause turns the statement before it round, and asks nothing of its own.
fn is_tag(said: &Utterance, first: usize, last: usize, sentence: Sentence) -> bool {
    let head = skip_markers(said, first, last);
    let words = &said.words()[head..last];
    let tag = match words {
        [aux, subject] | [aux, _, subject] => aux.is(class::AUX) && subject.is(class::SUBJECT) && (words.len() == 2 || words[1].is(class::NEGATION)),
        _ => false,
    };
    tag && last == sentence.last as usize && head > sentence.first as usize + 1
}

/// "You know what?", "do you know what I mean": said in passing; nobody answers it.
fn is_said_in_passing(said: &Utterance, head: usize, last: usize, sentence: Sentence) -> bool {
    let from = if said.form(head) == "do" { head + 1 } else { head };
    let know = said.form(from) == "you" && (said.form(from + 1) == "know" || said.form(from + 1) == "see") && matches!(said.form(from + 2), "what" | "how");
    let ends = last == sentence.last as usize;
    know && ends && (last == from + 3 || (said.form(from + 3) == "i" && matches!(said.form(from + 4), "mean" | "am") && last <= from + 6))
}

/// Without a question mark, "what …" after another clause of its own hangs on that clause: "it's great that you can tell, you know, what's going on".
fn hangs_on(said: &Utterance, clause: usize, sentence: Sentence) -> bool {
    let this = said.clauses()[clause];
    let head = skip_markers(said, this.first as usize, this.last as usize);
    let wh = said.words().get(head).is_some_and(|word| word.is(class::WH));
    let after = (sentence.first_clause as usize..clause).any(|before| {
        let before = said.clauses()[before];
        let start = skip_markers(said, before.first as usize, before.last as usize);
        before.end == End::Comma
            && before.last as usize - start >= 2
            && !matches!(said.form(start), "when" | "if" | "since" | "as" | "given" | "after" | "before" | "now")
    });
    // "What we do know is that …": what is told, with its name first.
    let told = (head + 2..sentence.last as usize).any(|at| {
        matches!(said.form(at), "is" | "was") && !said.words().get(at + 1).is_some_and(|next| next.is(class::SUBJECT) && said.form(at + 1) != "that")
    });
    wh && (after
        || (told && said.words().get(head + 1).is_some_and(|next| next.is(class::SUBJECT) || next.is(class::DETERMINER) || said.form(head + 1) == "is")))
}

fn is_subordinate(said: &Utterance, clause: usize) -> bool {
    let clause = said.clauses()[clause];
    let head = skip_markers(said, clause.first as usize, clause.last as usize);
    matches!(said.form(head), "when" | "if" | "since" | "after" | "before" | "while" | "as" | "given" | "once" | "until")
}

/// A part that is not built as a question.
fn plain(said: &Utterance, first: usize, last: usize, end: End) -> Part {
    let words = said.words();
    let head = skip_markers(said, first, last);
    let has_verb = (head..last).any(|at| words[at].is(class::AUX) || (at > head && words[at - 1].is(class::SUBJECT)));
    let verb_alone = words[head].is(class::VERB) && !words[head].is(class::AUX);
    let statement = (has_verb && !verb_alone) || is(words.get(head), class::SUBJECT);
    let mut form = if is_imperative(said, head, last) || later_imperative(said, first, last) {
        Form::Imperative
    } else if statement {
        Form::Statement
    } else {
        Form::Fragment
    };
    let (mut kind, mut asks) = (None, None);
    let passing = said.sentences().get(words[first].sentence as usize).is_some_and(|sentence| is_said_in_passing(said, head, last, *sentence));
    if end == End::Question && !passing {
        let in_place = (head + 1..last).rev().take(6).find(|at| {
            matches!(said.form(*at), "what" | "which")
                || (said.form(*at) == "how" && *at + 1 < last && matches!(said.form(*at + 1), "many" | "much" | "long" | "often"))
        });
        if let Some(wh) = in_place.filter(|wh| !(*wh + 1 < last && words[*wh + 1].is(class::SUBJECT))) {
            let (_, asks) = wh_kind(said, wh, last);
            return Part { first, last, head, form: Form::Wh, end, kind: Some(QuestionKind::Closed), asks: Some(asks) };
        }
        form = if tag_from(said, first, last).is_some() {
            Form::Tagged
        } else if form == Form::Fragment || last - head <= 2 {
            Form::RisingFragment
        } else {
            Form::Rising
        };
        kind = Some(QuestionKind::Closed);
        asks = Some(Asks::YesNo);
    }
    Part { first, last, head, form, end, kind, asks }
}

/// Where a tag ("isn't it", "right", "is that fair") begins.
pub(crate) fn tag_from(said: &Utterance, first: usize, last: usize) -> Option<usize> {
    let words = said.words();
    let clause = said.clauses().get(words.get(last.checked_sub(1)?)?.clause as usize)?;
    let start = (clause.first as usize).max(first);
    if start == first || last - start > 6 {
        return None;
    }
    let head = skip_markers(said, start, last);
    let short =
        matches!(said.form(last - 1), "right" | "yeah" | "huh" | "okay" | "correct" | "no" | "yes" | "hm" | "eh" | "true" | "know" | "fair" | "accurate")
            && last - start <= 3;
    let inverted = words[head].is(class::AUX) && (head + 1..last).any(|at| words[at].is(class::SUBJECT));
    (short || (inverted && last - head <= 4)).then_some(start)
}

/// "If so, call her", "Secondly, make a list": an order after clauses that are no sentence of their own.
fn later_imperative(said: &Utterance, first: usize, last: usize) -> bool {
    let words = said.words();
    let (from, to) = (words[first].clause as usize, words[last - 1].clause as usize);
    for at in from + 1..=to {
        let before = said.clauses()[at - 1];
        let before_head = skip_markers(said, before.first as usize, before.last as usize);
        let opens = words[before_head].is(class::MARKER)
            || matches!(
                said.form(before_head),
                "if" | "when"
                    | "once"
                    | "instead"
                    | "for"
                    | "before"
                    | "after"
                    | "by"
                    | "in"
                    | "rather"
                    | "whenever"
                    | "until"
                    | "while"
                    | "as"
                    | "please"
                    | "since"
                    | "without"
                    | "unless"
                    | "first"
                    | "even"
                    | "with"
                    | "at"
                    | "on"
                    | "to"
            );
        if !opens {
            return false;
        }
        let clause = said.clauses()[at];
        let head = skip_markers(said, clause.first as usize, clause.last as usize);
        let listed = clause_verb_listed(said, before_head, before.last as usize);
        if before.end == End::Comma && !listed && is_imperative(said, head, (clause.last as usize).min(last)) {
            return true;
        }
    }
    false
}

/// "To eat, sleep and work": verbs in a row after "to" are no orders.
fn clause_verb_listed(said: &Utterance, first: usize, last: usize) -> bool {
    said.form(first) == "to" && last - first <= 3
}

fn is_imperative(said: &Utterance, head: usize, last: usize) -> bool {
    let words = said.words();
    let head = if matches!(said.form(head), "never" | "always" | "really" | "not") && head + 1 < last { head + 1 } else { head };
    let head = if said.form(head) == "at" && said.form(head + 1) == "least" && head + 2 < last { head + 2 } else { head };
    let Some(word) = words.get(head).filter(|word| word.is(class::VERB)) else { return false };
    let next = words.get(head + 1).filter(|_| head + 1 < last);
    // "Have you", "do they", "love is", "work was": a question or a noun.
    if is(next, class::AUX) && !matches!(said.form(head + 1), "do" | "have")
        || (word.is(class::AUX)
            && is(next, class::SUBJECT)
            && !matches!(said.form(head + 1), "that" | "this" | "it" | "something" | "nothing" | "these" | "those"))
    {
        return said.form(head) == "do" && said.form(head + 1) == "not";
    }
    if matches!(said.form(head), "sounds" | "mean" | "thank" | "guess" | "suppose" | "bet" | "hope" | "see" | "like" | "look" | "know")
        && !is(next, class::DETERMINER)
    {
        return false;
    }
    // "Plan in fifteen minutes", "end of June": a noun. "Love that": a comment. "Sleep, then": an echo.
    if matches!(said.form(head), "have" | "be") && matches!(said.form(head + 1), "not" | "been" | "to") {
        return false;
    }
    let noun = matches!(said.form(head + 1), "of" | "taken" | "then")
        // "Step one is to …": a noun with its number.
        || (head + 2 < last && matches!(said.form(head + 2), "is" | "was"))
        || (said.form(head + 1) == "in"
            && matches!(
                said.form(head),
                "plan" | "work" | "rest" | "help" | "start" | "change" | "walk" | "talk" | "sleep" | "drink" | "step" | "test" | "play" | "fight"
            ));
    let comment = matches!(said.form(head + 1), "that" | "it") && head + 2 >= last && said.form(head) == "love";
    if next.is_some_and(|next| next.clause != word.clause || noun || comment) {
        return false;
    }
    head + 1 < last || said.form(head) == "stop"
}

/// Whether a question is built at this word: which kind, what it asks for.
fn asks_at(said: &Utterance, head: usize, last: usize, sentence: Sentence, marked: bool) -> Option<(Form, QuestionKind, Asks)> {
    let words = said.words();
    let first = words.get(head).filter(|word| head < last && !word.quoted)?;
    if said.is(head, class::INVITE) && said.phrases_at(head).iter().any(|phrase| phrase.class == class::INVITE) {
        return Some((Form::Invitation, QuestionKind::Open, invited(said, head, last)));
    }
    let next = words.get(head + 1).filter(|_| head + 1 < last);
    let end = sentence.last as usize;
    // "In what way …", "to what extent …", "at what point …"
    if (first.is(class::PREPOSITION) || matches!(said.form(head), "about"))
        && is(next, class::WH)
        && matches!(said.form(head + 1), "what" | "which" | "how" | "whom")
        && (marked || inverted_after(said, head + 1, last))
    {
        let (kind, asks) = wh_kind(said, head + 1, end);
        return Some((Form::Wh, kind, asks));
    }
    if first.is(class::WH) {
        let form = said.form(head);
        let second = next.map_or("", |_| said.form(head + 1));
        let embedded = is(next, class::SUBJECT) && !matches!(second, "that" | "this" | "there")
            || (matches!(form, "when" | "where" | "which" | "who") && !is(next, class::AUX) && !marked);
        let fixed = matches!((form, second), ("how", "about" | "come") | ("what", "about" | "if" | "else")) && (marked || second == "come");
        let asking = if embedded {
            marked && words[head].clause + 1 == sentence.last_clause && matches!(form, "what" | "how" | "why")
        } else {
            fixed
                || inverted_after(said, head, last)
                || (marked && (words[head].clause + 1 >= sentence.last_clause || matches!(form, "what" | "how" | "why" | "who" | "which")))
        };
        if !asking {
            return None;
        }
        let (kind, asks) = wh_kind(said, head, end);
        return Some((Form::Wh, kind, asks));
    }
    if first.is(class::AUX) && head + 1 < last {
        let mut subject = head + 1;
        while matches!(said.form(subject), "not" | "just" | "maybe" | "really" | "perhaps" | "also" | "even") && subject + 1 < last {
            subject += 1;
        }
        let to = words.get(subject)?;
        let pronoun =
            to.is(class::SUBJECT) && (marked || matches!(said.form(subject), "you" | "he" | "she" | "they" | "it" | "we" | "i" | "that" | "this" | "there"));
        // "What I hear is you're willing to …": no question begins with "is you".
        if !marked && matches!(said.form(head), "is" | "was" | "has" | "does") && matches!(said.form(subject), "you" | "i" | "we" | "they") {
            return None;
        }
        let noun = to.is(class::DETERMINER) || to.is(class::YOU) || marked;
        let order = matches!(said.form(head), "do" | "have" | "be" | "does") && !pronoun && !marked;
        let that_clause = matches!(said.form(head), "do" | "have") && matches!(said.form(subject), "that" | "this" | "it") && !marked;
        if (pronoun || (noun && marked)) && !order && !that_clause {
            return Some(yes_no(said, head, subject, end));
        }
    }
    // "You ever …?", "Any …?", "Anything else?"
    if marked && (words[head].clause + 1 >= sentence.last_clause || said.form(head) == "any") {
        let second = next.map_or("", |_| said.form(head + 1));
        if matches!(said.form(head), "any" | "anything" | "anyone" | "anybody" | "ever")
            || (said.form(head) == "you" && matches!(second, "ever" | "okay" | "sure"))
        {
            return Some((Form::YesNo, QuestionKind::Closed, Asks::YesNo));
        }
    }
    None
}

/// Whether an auxiliary followed by a subject stands within the next words: "what kind of things do you".
fn inverted_after(said: &Utterance, wh: usize, last: usize) -> bool {
    let words = said.words();
    (wh + 1..last.min(wh + 7)).any(|at| {
        words[at].is(class::AUX)
            && words.get(at + 1).filter(|_| at + 1 < last).is_some_and(|next| {
                next.is(class::SUBJECT)
                    || next.is(class::YOU)
                    || (next.is(class::DETERMINER) && at == wh + 1)
                    || matches!(said.form(at + 1), "not" | "going" | "happening" | "some")
            })
            && !(wh + 1..at).any(|between| words[between].is(class::SUBJECT))
    })
}

/// What a wh-word asks for, and whether a word or number would answer it.
fn wh_kind(said: &Utterance, wh: usize, end: usize) -> (QuestionKind, Asks) {
    let second = if wh + 1 < end { said.form(wh + 1) } else { "" };
    match said.form(wh) {
        "how" => match second {
            "much" | "many" | "often" | "frequently" => (QuestionKind::Closed, Asks::HowMuch),
            "long" | "old" | "soon" | "recently" => (QuestionKind::Closed, Asks::When),
            "far" | "big" | "likely" | "late" | "early" | "sure" | "strong" | "bad" | "severe" => (QuestionKind::Closed, Asks::HowMuch),
            "come" => (QuestionKind::Open, Asks::Why),
            _ => (QuestionKind::Open, Asks::How),
        },
        "why" => (QuestionKind::Open, Asks::Why),
        "who" | "whom" | "whose" => (QuestionKind::Closed, Asks::Who),
        "when" => (QuestionKind::Closed, Asks::When),
        "where" => (QuestionKind::Closed, Asks::Where),
        "which" => (QuestionKind::Closed, Asks::Which),
        _ => match second {
            "time" | "day" | "date" | "year" | "age" | "month" => (QuestionKind::Closed, Asks::When),
            "number" | "percentage" => (QuestionKind::Closed, Asks::HowMuch),
            "made" | "makes" => (QuestionKind::Open, Asks::Why),
            "place" | "city" | "town" => (QuestionKind::Closed, Asks::Where),
            _ => (QuestionKind::Open, Asks::What),
        },
    }
}

/// "Can you tell me what …" asks what; "Do you feel …" asks yes or no.
fn yes_no(said: &Utterance, head: usize, subject: usize, end: usize) -> (Form, QuestionKind, Asks) {
    let words = said.words();
    let after = subject + 1;
    let opens = (after..end.min(after + 6)).any(|at| {
        said.phrases_at(at).iter().any(|phrase| phrase.class == class::INVITE) || matches!(said.form(at), "describe" | "elaborate" | "explain" | "expand")
    });
    let asks_for_more = matches!(said.form(head), "can" | "could" | "would" | "will") && said.form(subject) == "you" && opens;
    if asks_for_more {
        return (Form::YesNo, QuestionKind::Open, invited(said, after, end));
    }
    let choice = (after..end).any(|at| said.form(at) == "or") && end - head > 4;
    // "Do you have any thoughts on …", "Is there anything that …": yes-no in form, and put to be answered at length.
    let thoughts = (after..end).any(|at| matches!(said.form(at), "thoughts" | "ideas" | "examples" | "concerns" | "worries" | "questions" | "reasons"))
        && words.get(head).is_some();
    (Form::YesNo, if thoughts { QuestionKind::Open } else { QuestionKind::Closed }, if choice { Asks::Which } else { Asks::YesNo })
}

/// "Tell me what he said" asks what; "tell me about it" asks what, too.
fn invited(said: &Utterance, from: usize, end: usize) -> Asks {
    (from..end).find(|at| said.words()[*at].is(class::WH)).map_or(Asks::What, |at| wh_kind(said, at, end).1)
}

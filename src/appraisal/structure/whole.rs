//! What shows only over the whole reply: parroting, summary, recall, stacked questions, a change of topic, a monologue.

use super::form::{Form, Part};
use super::overlap::Overlap;
use super::role::Role;
use crate::appraisal::{Act, Context, Speaker};
use crate::text::{Utterance, Word, class, key, look_up};

/// A structural finding: the act, the rule, why, the words, how marked.
pub(crate) struct Finding {
    pub(crate) act: Act,
    pub(crate) rule: &'static str,
    pub(crate) because: &'static str,
    pub(crate) words: (usize, usize),
    pub(crate) strength: f64,
}

/// Words from which on a reply is a speech; trainees' replies are mostly under forty words, and MITI counts a volley as long from about here.
const SPEECH: usize = 85;
/// Questions from which on they are stacked: the rubric's "three stacked questions".
const STACK: usize = 3;
/// Share of the reply that stands word for word in the client's statement, from which on it is parroting.
const PARROT: f64 = 0.8;
/// Shorter repetitions are echoes, which invite, and not parroting.
const PARROT_LEAST: usize = 4;
/// A word this common (0 to 255, by use) brings back no detail.
const TELLING: u8 = 150;

pub(crate) fn findings(reply: &Utterance, parts: &[Part], roles: &[Role], context: &Context, overlap: &Overlap) -> Vec<Finding> {
    let mut out = Vec::new();
    let words = reply.words().len();
    let all = (0, words);
    let mut add = |act, rule, because, words, strength| out.push(Finding { act, rule, because, words, strength });
    if (0..words).all(|at| super::role::backchannel(reply, at)) {
        add(Act::Encourager, "structure.encourager", "lets the client go on", all, 0.6);
        return out;
    }
    let questions: Vec<&Part> = parts.iter().zip(roles).filter(|(_, role)| role.question.is_some()).map(|(part, _)| part).collect();
    if questions.len() >= STACK {
        let span = (questions[0].first, questions.last().map_or(words, |part| part.last));
        add(Act::Interrogation, "structure.stacked", "stacks questions, so that none can be answered", span, if questions.len() > STACK { 0.9 } else { 0.75 });
    }
    if words >= SPEECH {
        add(Act::Monologue, "structure.monologue", "talks at length", all, if words >= 2 * SPEECH { 0.9 } else { 0.6 });
    }
    if parrots(reply, context.client) {
        add(Act::Parroting, "structure.parroting", "repeats the client's words as they were", all, 0.8);
    }
    if let Some(span) = sums_up(reply, parts, roles, overlap) {
        add(Act::Summary, "structure.summary", "ties several things the client said together", span, 0.7);
    }
    if let Some(at) = recalls(reply, context, overlap) {
        add(Act::DetailRecall, "structure.recall", "brings back something the client told earlier", (at, at + 1), 0.6);
    }
    if let Some(span) = shifts(reply, parts, roles, context) {
        add(Act::TopicShift, "structure.topic_shift", "leaves what the client just said", span, 0.5);
    }
    for part in parts.iter().filter(|part| part.form == Form::YesNo) {
        let leads = reply.form(part.head + 1) == "not" && matches!(reply.form(part.head + 2), "you" | "it" | "that" | "this" | "he" | "she" | "they");
        if leads && reply.words()[part.head].is(class::AUX) {
            add(Act::LeadingQuestion, "structure.leading", "a question that already holds its answer", (part.first, part.last), 0.6);
        }
    }
    for (part, role) in parts.iter().zip(roles) {
        if role.reflection.is_none() && role.question.is_none() {
            continue;
        }
        let about_client = (part.first..part.last).any(|at| reply.words()[at].is(class::YOU)) || role.reflection.is_some();
        for at in (part.first..part.last).filter(|_| about_client) {
            let word = reply.words()[at];
            let phrase = reply.phrases_at(at).iter().find(|phrase| phrase.strength > 0);
            if word.feeling_strength > 0 || phrase.is_some() {
                let fresh = !overlap.holds(word.stem);
                let to = at + phrase.map_or(1, |phrase| usize::from(phrase.words));
                add(
                    Act::EmotionNaming,
                    "structure.names_feeling",
                    if fresh { "puts a feeling into a word the client had not used" } else { "names the feeling" },
                    (at, to.min(part.last)),
                    if fresh { 0.7 } else { 0.5 },
                );
            }
        }
    }
    out
}

/// "My" said to the client is "your", "I" is "you": what a parrot hears itself say.
fn turned(word: &Word) -> u64 {
    const I: u64 = key("i");
    const YOU: u64 = key("you");
    match word.key {
        I => YOU,
        k if k == const { key("me") } => YOU,
        k if k == const { key("my") } => const { key("your") },
        k if k == const { key("mine") } => const { key("yours") },
        k if k == const { key("myself") } => const { key("yourself") },
        k if k == const { key("am") } => const { key("are") },
        k if k == const { key("was") } => const { key("were") },
        k => k,
    }
}

/// Whether almost all of the reply runs as the client's statement runs.
fn parrots(reply: &Utterance, client: &Utterance) -> bool {
    let opening = reply.words().iter().take_while(|word| word.is(class::MARKER)).count();
    let mine: Vec<u64> = reply.words()[opening..].iter().map(turned).collect();
    if mine.len() < PARROT_LEAST || mine.len() > 60 {
        return false;
    }
    let theirs: Vec<u64> = client.words().iter().map(turned).collect();
    // Longest stretch in common; both are a few dozen words.
    let mut best = 0;
    let mut row = vec![0usize; theirs.len() + 1];
    for word in &mine {
        let mut before = 0;
        for (at, other) in theirs.iter().enumerate() {
            let here = row[at + 1];
            row[at + 1] = if word == other { before + 1 } else { 0 };
            before = here;
            best = best.max(row[at + 1]);
        }
    }
    best >= PARROT_LEAST && best as f64 >= PARROT * mine.len() as f64
}

/// Several reflections in a row that together take up much of what was said.
fn sums_up(reply: &Utterance, parts: &[Part], roles: &[Role], overlap: &Overlap) -> Option<(usize, usize)> {
    let reflecting: Vec<&Part> = parts.iter().zip(roles).filter(|(_, role)| role.reflection.is_some()).map(|(part, _)| part).collect();
    let words: usize = reflecting.iter().map(|part| part.last - part.first).sum();
    let clauses: usize = reflecting.iter().map(|part| clauses_in(reply, part)).sum();
    let mut stems: Vec<u64> = reflecting
        .iter()
        .flat_map(|part| &reply.words()[part.first..part.last])
        .filter(|word| word.is_content() && overlap.holds(word.stem))
        .map(|word| word.stem)
        .collect();
    stems.sort_unstable();
    stems.dedup();
    let first = reflecting.first()?.first;
    (words >= 25 && stems.len() >= 4 && clauses >= 3).then(|| (first, reflecting.last().map_or(first + 1, |part| part.last)))
}

fn clauses_in(reply: &Utterance, part: &Part) -> usize {
    let clause = |at: usize| reply.words().get(at).map_or(0, |word| word.clause as usize);
    clause(part.last.saturating_sub(1)) + 1 - clause(part.first)
}

/// A telling word that the client used before and not just now.
fn recalls(reply: &Utterance, context: &Context, _overlap: &Overlap) -> Option<usize> {
    let earlier: Vec<&Utterance> = context.earlier.iter().filter(|turn| turn.speaker == Speaker::Client).map(|turn| &*turn.utterance).collect();
    if earlier.is_empty() {
        return None;
    }
    let mut found = None;
    let mut count = 0;
    for (at, word) in reply.words().iter().enumerate() {
        if !word.is_content() || word.feeling_strength > 0 || look_up(word.stem).map_or(0, |known| known.commonness) >= TELLING {
            continue;
        }
        let now = context.client.words().iter().any(|theirs| theirs.stem == word.stem);
        let before = earlier.iter().any(|said| said.words().iter().any(|theirs| theirs.stem == word.stem));
        if before && !now {
            found = found.or(Some(at));
            count += 1;
        }
    }
    let lead = reply.words().iter().any(|word| matches!(word.key, k if k == const { key("mentioned") } || k == const { key("earlier") } || k == const { key("remember") } || k == const { key("before") } || k == const { key("last") }));
    found.filter(|_| count >= 2 || lead || count == 1 && context.earlier.len() <= 8)
}

/// Asks or tells of something that has nothing to do with what the client just said.
fn shifts(reply: &Utterance, parts: &[Part], roles: &[Role], context: &Context) -> Option<(usize, usize)> {
    let theirs = Overlap::with(context);
    if theirs.size == 0 || context.client.words().len() < 6 {
        return None;
    }
    let ties = |word: &Word| {
        word.is(class::THIRD)
            || word.is(class::INNER)
            || word.feeling_strength > 0
            || (word.is_content() && theirs.of_word(word))
            || matches!(word.key, k if k == const { key("that") } || k == const { key("it") } || k == const { key("this") } || k == const { key("there") } || k == const { key("those") } || k == const { key("these") })
    };
    if roles.iter().any(|role| role.reflection.is_some()) || reply.words().iter().any(ties) {
        return None;
    }
    let content = reply.words().iter().filter(|word| word.is_content()).count();
    let asks = roles.iter().any(|role| role.question.is_some() || role.input.is_some());
    (asks && content >= 1 && reply.words().len() >= 4).then(|| (parts.first().map_or(0, |part| part.first), parts.last().map_or(1, |part| part.last)))
}

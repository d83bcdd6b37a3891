//! Gates: what no sum of good words outweighs. Each holds a score down to a ceiling and says why.

use super::shape::family;
use super::stream::Stream;
use crate::appraisal::{Act, Appraisal};
use crate::text::{Span, Utterance, key};

/// A ceiling on the three scales (5 is none), the words it stands on, and why.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    pub(super) most: [f64; 3],
    pub(super) span: Span,
    pub(super) because: &'static str,
}

/// The rubric: "keyword use earns nothing by itself"; a formula with nothing specific is at most 2.
const FORMULA: [f64; 3] = [1.7, 3.0, 1.8];
/// Words that are no sentence are no reply.
const WORD_LIST: [f64; 3] = [1.3, 3.0, 1.3];
/// Words meant for the program are not meant for the client: the client hears something else than an answer.
const TO_THE_PROGRAM: [f64; 3] = [1.2, 2.5, 1.2];
/// The same words over and over say once what they say, and then nothing.
const REPEATED: [f64; 3] = [1.8, 3.0, 1.8];
/// Rubric, non-judgment 1: open labelling or blame. Ceilings at the readers' ninetieth percentile.
const OPEN_VERDICT: [f64; 3] = [2.2, 2.2, 3.0];

/// A floor under the three scales, the words it stands on, and why.
#[derive(Clone, Debug)]
pub(super) struct Floor {
    pub(super) least: [f64; 3],
    pub(super) span: Span,
    pub(super) because: &'static str,
}

/// The rubric, empathy 3: "a warm question clearly aimed at the client's experience"; the readers gave such questions 3, 4, 4.
const ASKS_HOW_THIS_IS: [f64; 3] = [2.8, 3.4, 3.3];

/// What a short, plain question about this very moment is worth at least, where nothing in the reply hurts.
pub(super) fn floor(appraisal: &Appraisal, reply: &Utterance) -> Option<Floor> {
    /// More words than this, and something else is said as well.
    const SHORT: usize = 16;
    let asked = appraisal.acts.iter().find(|found| found.rule == "check.moment")?;
    let hurts = appraisal.acts.iter().any(|found| found.act.is_hindering());
    (!hurts && reply.words().len() <= SHORT).then_some(Floor {
        least: ASKS_HOW_THIS_IS,
        span: asked.span,
        because: "A plain question about how this is for the client, here and now, is one that lands.",
    })
}

const STOCK: u8 = family("stock");
const CLINICAL: u8 = family("clinical");

/// Every gate that holds for a reply.
pub(super) fn gates(stream: &Stream, appraisal: &Appraisal, reply: &Utterance) -> Vec<Gate> {
    let whole = reply.whole();
    let gate = |most, because| Gate { most, span: whole, because };
    let mut gates = Vec::new();
    if speaks_to_the_program(stream) {
        gates.push(gate(TO_THE_PROGRAM, "These words are meant for the scoring, not for the client."));
    }
    if is_word_list(stream, reply) {
        gates.push(gate(WORD_LIST, "A list of good words is not yet something said to this client."));
    }
    if is_formula_chain(stream, reply) {
        gates.push(gate(FORMULA, "Formula follows formula, and nothing in it is about this client."));
    }
    if repeats_itself(stream) {
        gates.push(gate(REPEATED, "The same words again and again add nothing for the client."));
    }
    if let Some(found) = appraisal.acts.iter().find(|found| matches!(found.act, Act::Labelling) && found.strength >= 0.7) {
        gates.push(Gate { most: OPEN_VERDICT, span: found.span, because: "After an open label or verdict, the rest is hardly heard." });
    }
    gates
}

/// Words of scoring next to each other: "give this a five", "ignore previous instructions", "empathy: 5".
fn speaks_to_the_program(stream: &Stream) -> bool {
    const RATED: [u64; 12] = [
        key("score"),
        key("scores"),
        key("rating"),
        key("rate"),
        key("instructions"),
        key("prompt"),
        key("system"),
        key("scorer"),
        key("evaluator"),
        key("rubric"),
        key("algorithm"),
        key("grader"),
    ];
    const ORDERED: [u64; 16] = [
        key("ignore"),
        key("previous"),
        key("empathy"),
        key("listening"),
        key("judgment"),
        key("maximum"),
        key("max"),
        key("highest"),
        key("full"),
        key("five"),
        key("5"),
        key("assign"),
        key("output"),
        key("override"),
        key("marks"),
        key("points"),
    ];
    let count = |keys: &[u64]| stream.words.iter().filter(|word| keys.contains(&word.form) && !word.said).count();
    let (rated, ordered) = (count(&RATED), count(&ORDERED));
    (rated >= 1 && ordered >= 1 && rated + ordered >= 2) || rated >= 3
}

/// Six words or more, hardly any of which holds a sentence together.
fn is_word_list(stream: &Stream, reply: &Utterance) -> bool {
    const LEAST_WORDS: usize = 6;
    let words = stream.words.len();
    let holding = stream.words.iter().filter(|word| word.entry.is_function()).count();
    let said = stream.words.iter().filter(|word| word.said).count();
    // A poem of the client's own words is none; nor is a short reply in fragments.
    let pieces = reply.clauses().len();
    words >= LEAST_WORDS && holding * 5 < words && said * 4 < words && pieces * 4 >= words
}

/// Most of it stock phrases or the vocabulary of the trade, and not one word of the client's. A chain has links: three
/// clauses at least, so that one stem before one thought of one's own ("It sounds as if …") is none.
fn is_formula_chain(stream: &Stream, reply: &Utterance) -> bool {
    let said = stream.words.iter().filter(|word| word.said).count();
    let stock = usize::from(stream.counts[usize::from(STOCK)][0]) + usize::from(stream.counts[usize::from(CLINICAL)][0]) / 2;
    stock >= 3 && reply.clauses().len() >= 3 && said == 0 && stock * 9 >= stream.words.len() && reply.words().len() >= 6
}

/// Twelve words or more, not half of them different.
fn repeats_itself(stream: &Stream) -> bool {
    const LEAST_WORDS: usize = 12;
    let words = stream.words.len();
    if words < LEAST_WORDS {
        return false;
    }
    let mut forms: Vec<u64> = stream.words.iter().map(|word| word.form).collect();
    forms.sort_unstable();
    forms.dedup();
    // Long texts repeat their small words; a chance text of n words has about 6·√n different ones.
    let expected = if words > 60 { (36 * words).isqrt() } else { words };
    forms.len() * 2 < expected
}

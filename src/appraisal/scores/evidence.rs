//! All evidence of a reply in one list: a key, a value, where it stands, and under which reason it is told.

use super::families::{FAMILIES, REASON_OF};
use super::layout::{ALL, VIEW_NAMES, VIEWS, mix};
use super::shape::{MEASURE_REASON, MEASURES, measure, reason};
use super::stream::{Kind, NO_WORD, Piece, Stream, name};
use crate::appraisal::{Act, Appraisal, Context};
use crate::text::{Utterance, key};

/// Which scale of values a piece of evidence is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Words and pairs of words; each reply's are brought to one length.
    Words,
    /// Patterns of sentence shape; likewise.
    Shapes,
    /// Families of words.
    Families,
    /// Measures of the whole.
    Measures,
    /// Acts of the codebook.
    Acts,
}

/// A piece of evidence as the model weighs it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    pub(super) key: u64,
    pub(super) value: f32,
    pub(super) block: Block,
    /// Number of the reason.
    pub(super) reason: u8,
    /// First word and one past the last; (0, 0) is the whole reply.
    pub(super) place: (u32, u32),
    /// Index of the finding that it is about; [`NO_FINDING`] where it is none.
    pub(super) found: u16,
}

/// Evidence that is about no finding of the codebook.
pub(super) const NO_FINDING: u16 = u16::MAX;

/// A family counts at most this often: said more, it says no more.
const MOST_COUNTED: u8 = 3;

const fn keys<const N: usize>(names: &[&str], salt: u64) -> [u64; N] {
    let mut keys = [0; N];
    let mut at = 0;
    while at < N {
        keys[at] = mix(salt, key(names[at]));
        at += 1;
    }
    keys
}

static FAMILY_KEYS: [u64; FAMILIES.len()] = keys(&FAMILIES, 4);
static MEASURE_KEYS: [u64; MEASURES.len()] = keys(MEASURES, 5);
static ACT_KEYS: [u64; Act::ALL.len()] = {
    let mut names = [""; Act::ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = Act::ALL[at].name();
        at += 1;
    }
    keys(&names, 6)
};

const WORDING: u8 = reason("wording");
const ACTS: u8 = reason("acts");

/// How an act is seen: at all, and in the last sentence, where it weighs more.
const ACT_VIEWS: [&str; 2] = ["all", "last"];

/// Everything that speaks for or against a reply.
pub(super) fn gather(stream: &Stream, appraisal: &Appraisal, reply: &Utterance, context: &Context) -> Vec<Evidence> {
    let mut all = Vec::with_capacity(stream.pieces.len() + 160);
    for piece in &stream.pieces {
        let place = place_of_piece(stream, piece);
        let block = if piece.kind == Kind::Shape { Block::Shapes } else { Block::Words };
        all.push(Evidence { key: piece.key, value: 1.0, block, reason: WORDING, place, found: NO_FINDING });
    }
    for (family, counts) in stream.counts.iter().enumerate().filter(|(_, counts)| counts[ALL] > 0) {
        for view in 0..VIEWS {
            if counts[view] > 0 {
                let value = f32::from(counts[view].min(MOST_COUNTED));
                all.push(Evidence {
                    key: mix(FAMILY_KEYS[family], view as u64),
                    value,
                    block: Block::Families,
                    reason: REASON_OF[family],
                    place: stream.places[family],
                    found: NO_FINDING,
                });
            }
        }
    }
    for (at, value) in measure(stream, reply, context).into_iter().enumerate() {
        if value != 0.0 {
            all.push(Evidence { key: MEASURE_KEYS[at], value, block: Block::Measures, reason: MEASURE_REASON[at], place: (0, 0), found: NO_FINDING });
        }
    }
    acts(&mut all, appraisal, reply);
    all
}

/// First word of a piece and one past its last; marks are no words.
fn place_of_piece(stream: &Stream, piece: &Piece) -> (u32, u32) {
    let word = |at: u32| stream.tokens.get(at as usize).map_or(NO_WORD, |token| token.word);
    let (mut first, mut last) = (piece.from, piece.from + u32::from(piece.tokens) - 1);
    while first < last && word(first) == NO_WORD {
        first += 1;
    }
    while last > first && word(last) == NO_WORD {
        last -= 1;
    }
    if word(first) == NO_WORD { (0, 0) } else { (word(first), word(last) + 1) }
}

fn acts(all: &mut Vec<Evidence>, appraisal: &Appraisal, reply: &Utterance) {
    let last = reply.sentences().last().map(|sentence| reply.span(sentence.first as usize, sentence.last as usize));
    let from = all.len();
    for (number, found) in appraisal.acts.iter().enumerate() {
        let place = place_of(reply, found.span);
        let ends = last.is_some_and(|last| last.overlaps(found.span));
        let act = ACT_KEYS[found.act as usize];
        let keys = [Some(mix(act, 0)), ends.then(|| mix(act, 1)), Some(rule_key(&found.rule))];
        for key in keys.into_iter().flatten() {
            let value = found.strength as f32;
            match all[from..].iter_mut().find(|known| known.key == key) {
                Some(known) if known.value >= value => {}
                Some(known) => (known.value, known.place) = (value, place),
                None => all.push(Evidence { key, value, block: Block::Acts, reason: ACTS, place, found: number.min(usize::from(NO_FINDING)) as u16 }),
            }
        }
    }
}

/// A rule of the codebook says more than its act.
fn rule_key(rule: &str) -> u64 {
    mix(7, key(rule))
}

fn place_of(reply: &Utterance, span: crate::text::Span) -> (u32, u32) {
    let first = reply.words().iter().position(|word| word.span.overlaps(span));
    let last = reply.words().iter().rposition(|word| word.span.overlaps(span));
    first.zip(last).map_or((0, 0), |(first, last)| (first as u32, last as u32 + 1))
}

/// Names of the evidence of a reply, by key, for the weights file.
pub(super) fn names(stream: &Stream, appraisal: &Appraisal, reply: &Utterance, context: &Context) -> Vec<(u64, String)> {
    let mut all: Vec<(u64, String)> = stream.pieces.iter().map(|piece| (piece.key, name(stream, reply, piece))).collect();
    let fixed = gather(stream, appraisal, reply, context);
    for evidence in fixed.iter().skip(stream.pieces.len()) {
        let family = FAMILY_KEYS.iter().enumerate().find_map(|(family, key)| {
            (0..VIEWS).find(|view| mix(*key, *view as u64) == evidence.key).map(|view| format!("family:{}:{}", FAMILIES[family], VIEW_NAMES[view]))
        });
        let act = || {
            ACT_KEYS.iter().enumerate().find_map(|(act, key)| {
                (0..ACT_VIEWS.len())
                    .find(|view| mix(*key, *view as u64) == evidence.key)
                    .map(|view| format!("act:{}:{}", Act::ALL[act].name(), ACT_VIEWS[view]))
            })
        };
        let measure = || MEASURE_KEYS.iter().position(|key| *key == evidence.key).map(|at| format!("measure:{}", MEASURES[at]));
        let rule = || appraisal.acts.iter().find(|found| rule_key(&found.rule) == evidence.key).map(|found| format!("rule:{}", found.rule));
        if let Some(name) = family.or_else(measure).or_else(act).or_else(rule) {
            all.push((evidence.key, name));
        }
    }
    all
}

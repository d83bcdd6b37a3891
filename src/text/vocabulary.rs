//! The words that the lexicon and the codebook know, in one table made at build time, the commonest first: a look-up is one hash
//! and one comparison, and nothing is built at start-up.

use super::key::pair_key;
use super::marks::APART;
use crate::text::Word;

include!(concat!(env!("OUT_DIR"), "/vocabulary_module.rs"));

/// A phrase of the lexicon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    /// Keys of its words.
    pub words: &'static [u64],
    /// The class it belongs to.
    pub class: u8,
    /// Feeling family; 0 is none.
    pub feeling: u8,
    /// How strong the feeling is.
    pub strength: u8,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Key of its stem.
    pub stem: u64,
    /// One bit a class.
    pub classes: u128,
    /// Synonym family; 0 is none.
    pub synonyms: u16,
    /// Feeling family; 0 is none.
    pub feeling: u8,
    /// 1 to 5; 0 is no feeling.
    pub strength: u8,
    /// 0 is rare, 255 is everywhere.
    pub commonness: u8,
    /// Bits of [`super::marks`].
    pub(super) marks: u8,
    /// Place in [`super::contraction::SPELLED_OUT`] plus one; 0 is no contraction.
    pub(super) spelled: u8,
}

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vocabulary.bin"));
static SLOTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vocabulary_slots.bin"));

/// Bytes of one entry; `build/codebook.rs` writes the same layout.
const ENTRY: usize = 40;

/// What is known of the word or stem with this key.
#[must_use]
pub fn look_up(key: u64) -> Option<Known> {
    find(key).filter(|known| known.marks & APART == 0)
}

/// The same, also of what is in the table for its marks alone.
pub(super) fn find(key: u64) -> Option<Known> {
    let (slots, entries) = (SLOTS.as_chunks::<4>().0, TABLE.as_chunks::<ENTRY>().0);
    let mask = slots.len().checked_sub(1)?;
    let mut slot = key as usize & mask;
    loop {
        let number = u32::from_le_bytes(*slots.get(slot)?);
        let entry = entries.get((number as usize).checked_sub(1)?)?;
        if u64::from_le_bytes(*entry.first_chunk()?) == key {
            return Some(Known {
                stem: u64::from_le_bytes(*entry[8..].first_chunk()?),
                classes: u128::from_le_bytes(*entry[16..].first_chunk()?),
                synonyms: u16::from_le_bytes(*entry[32..].first_chunk()?),
                feeling: entry[34],
                strength: entry[35],
                commonness: entry[36],
                marks: entry[37],
                spelled: entry[38],
            });
        }
        slot = (slot + 1) & mask;
    }
}

/// The number of a class.
#[must_use]
pub fn class_number(name: &str) -> Option<u8> {
    class::NAMES.iter().position(|known| *known == name).map(|at| at as u8)
}

/// The name of a feeling family, by its number.
#[must_use]
pub fn feeling_name(feeling: u8) -> Option<&'static str> {
    class::FEELINGS.get(usize::from(feeling).checked_sub(1)?).copied()
}

/// Whether a class holds phrases of several words.
#[must_use]
pub fn has_phrases(class: u8) -> bool {
    class < 128 && class::WITH_PHRASES & (1 << class) != 0
}

/// The phrases that begin at the first of these words, longest first.
pub(super) fn phrases_at(words: &[Word]) -> impl Iterator<Item = &'static Phrase> + '_ {
    let pair = match words {
        [first, second, ..] => pair_key(first.key, second.key),
        _ => 0,
    };
    let from = class::PAIRS.binary_search_by_key(&pair, |(pair, _)| *pair).ok().and_then(|at| class::PAIRS.get(at)).map(|(_, from)| usize::from(*from));
    let all = from.and_then(|from| class::PHRASES.get(from..)).unwrap_or_default();
    let begins_so = move |phrase: &&Phrase| matches!((phrase.words, words), ([a, b, ..], [first, second, ..]) if *a == first.key && *b == second.key);
    all.iter().take_while(begins_so).filter(move |phrase| {
        phrase.words.len() <= words.len() && phrase.words.iter().zip(words).all(|(key, word)| *key == word.key && word.sentence == words[0].sentence)
    })
}

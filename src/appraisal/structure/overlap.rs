//! How much of a stretch stands in the client's words: by stem, by synonym, with "my" turned to "your".

use super::role::backchannel;
use crate::appraisal::{Context, MainBehaviour, Speaker};
use crate::text::{End, Utterance, Word, class};

/// Words of the client within which a reply may take something up: about three sentences.
const ENOUGH: usize = 40;

/// The client's content words, for looking up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overlap {
    stems: Vec<u64>,
    synonyms: Vec<u16>,
    /// Content words in the client's statement.
    pub(crate) size: usize,
    /// The client was not done: the last words trail off or break off.
    pub(crate) unfinished: bool,
    /// The client only said "mm-hm" or "okay".
    pub(crate) nods: bool,
    /// The client asked: what follows may be an answer.
    pub(crate) asked: bool,
    /// What the therapist's turn before mainly was, if that is known.
    pub(crate) going_on: Option<MainBehaviour>,
    /// The client names third persons ("he", "my mother").
    pub(crate) has_third: bool,
}

/// Counts over a stretch of a reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shared {
    /// Content words.
    pub(crate) content: usize,
    /// Content words that the client said, or a synonym of one.
    pub(crate) shared: usize,
    /// Of these, only by synonym.
    pub(crate) by_synonym: usize,
}

impl Overlap {
    pub(crate) fn with(context: &Context) -> Self {
        let unfinished = context.client.sentences().last().is_some_and(|sentence| matches!(sentence.end, End::None | End::Break | End::Trail));
        let asked = context.client.sentences().last().is_some_and(|sentence| sentence.end == End::Question && sentence.last - sentence.first >= 3);
        let said = context.client.words().len();
        let nods = (1..=4).contains(&said) && (0..said).all(|at| backchannel(context.client, at));
        let mut out = Self { unfinished, asked, nods, ..Self::default() };
        // A client who only says "Yeah." is still heard in what they said before.
        let mut heard = 0;
        let before = context.earlier.iter().rev().filter(|turn| turn.speaker == Speaker::Client).map(|turn| &*turn.utterance);
        let stretch = std::iter::once(context.client).chain(before).take_while(|said| {
            let go_on = heard < ENOUGH || std::ptr::eq(*said, context.client);
            heard += said.words().len();
            go_on
        });
        for word in stretch.flat_map(|said| said.words()) {
            out.has_third |= word.is(class::THIRD);
            if word.is_content() {
                out.size += 1;
                out.stems.push(word.stem);
                if word.synonyms != 0 {
                    out.synonyms.push(word.synonyms);
                }
            }
        }
        out.stems.sort_unstable();
        out.stems.dedup();
        out.synonyms.sort_unstable();
        out.synonyms.dedup();
        out
    }

    /// Whether the client said this stem.
    pub(crate) fn holds(&self, stem: u64) -> bool {
        self.stems.binary_search(&stem).is_ok()
    }

    /// Whether the client said this word, another of its stem, or a synonym.
    pub(crate) fn of_word(&self, word: &Word) -> bool {
        self.holds(word.stem) || (word.synonyms != 0 && self.synonyms.binary_search(&word.synonyms).is_ok())
    }

    pub(crate) fn of(&self, reply: &Utterance, first: usize, last: usize) -> Shared {
        let mut out = Shared::default();
        for word in reply.words().get(first..last).unwrap_or_default().iter().filter(|word| word.is_content()) {
            out.content += 1;
            if self.holds(word.stem) {
                out.shared += 1;
            } else if word.synonyms != 0 && self.synonyms.binary_search(&word.synonyms).is_ok() {
                out.shared += 1;
                out.by_synonym += 1;
            }
        }
        out
    }
}

//! How much of a stretch stands in the client's words: by stem, by synonym, with "my" turned to "your".

use crate::text::{Utterance, class};

/// The client's content words, for looking up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overlap {
    stems: Vec<u64>,
    synonyms: Vec<u16>,
    /// Content words in the client's statement.
    pub(crate) size: usize,
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
    pub(crate) fn with(client: &Utterance) -> Self {
        let mut out = Self::default();
        for word in client.words() {
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

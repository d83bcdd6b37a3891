//! Client lines as a reader hears them. Every session of a scenario says the same lines, so each is taken apart once.

use crate::appraisal::Background;
use crate::text::{Later, Utterance};
use rustc_hash::FxHashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// More lines than this are read anew each time: a line that was taken apart weighs some two kilobytes, and a long session's memory stays flat.
/// The openings and the common answers, which every session says, come first.
const MOST_LINES: usize = 256;

/// A client line, taken apart.
#[derive(Debug)]
pub struct HeardLine {
    /// Its words.
    pub words: Later,
    /// Ids of the details that it tells.
    pub details: Vec<String>,
}

/// The lines of one scenario that were said already, by their text. Only looked up, never gone through, so that no order shows.
#[derive(Debug, Default)]
pub(super) struct HeardLines(RwLock<FxHashMap<Box<str>, Arc<HeardLine>>>);

impl HeardLines {
    pub(super) fn hear(&self, line: &str, background: &Background) -> Arc<HeardLine> {
        if let Some(heard) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(line) {
            return Arc::clone(heard);
        }
        let words = Utterance::read(line);
        let details = background.details_in(&words).into_iter().map(|(detail, _)| detail.to_owned()).collect();
        let heard = Arc::new(HeardLine { words: words.into(), details });
        let mut lines = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if lines.len() < MOST_LINES {
            lines.insert(line.into(), Arc::clone(&heard));
        }
        heard
    }
}

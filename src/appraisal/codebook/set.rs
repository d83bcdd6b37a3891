//! Many patterns at once: each word wakes only the patterns that need it.

use super::compile::{self, PatternError};
use super::matcher::Run;
use super::pattern::BuiltinLexicon;
use super::program::{Place, Programs, Tables, Wake};
use crate::text::{Span, Utterance};
use std::borrow::Cow;

/// Many patterns, each with the number of the entry it stands for. The tables are explained in [`Tables`].
#[derive(Clone, Debug, Default)]
pub struct PatternSet {
    pub(super) ops: Cow<'static, [u64]>,
    pub(super) patterns: Cow<'static, [(u32, u32)]>,
    pub(super) negative: Cow<'static, [bool]>,
    pub(super) slots: Cow<'static, [(u64, Place)]>,
    pub(super) by_class: Cow<'static, [Place]>,
    pub(super) wakes: Cow<'static, [u64]>,
    pub(super) ready: Cow<'static, [u64]>,
    pub(super) always: Cow<'static, [u32]>,
}

/// Collects patterns for a [`PatternSet`].
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PatternSetBuilder {
    programs: Programs,
}

/// A place where a pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) entry: u32,
    /// First word.
    pub(crate) first: u32,
    /// One past the last word.
    pub(crate) last: u32,
    /// The pattern itself speaks of a negation.
    pub(crate) negative: bool,
}

impl PatternSet {
    /// Begins an empty set.
    #[must_use]
    pub fn builder() -> PatternSetBuilder {
        PatternSetBuilder::default()
    }

    fn of(tables: Tables) -> Self {
        Self {
            ops: tables.ops.into(),
            patterns: tables.patterns.into(),
            negative: tables.negative.into(),
            slots: tables.slots.into(),
            by_class: tables.by_class.into(),
            wakes: tables.wakes.into(),
            ready: tables.ready.into(),
            always: tables.always.into(),
        }
    }

    /// Every entry that matches, once, with its first place, in order of entries. `client` is the client's last statement, for `<said>`.
    #[must_use]
    pub fn find_all(&self, said: &Utterance, client: Option<&Utterance>) -> Vec<(usize, Span)> {
        let mut hits = self.hits(said, client);
        hits.dedup_by_key(|hit| hit.entry);
        hits.into_iter().map(|hit| (hit.entry as usize, said.span(hit.first as usize, hit.last as usize))).collect()
    }

    /// Every match of every pattern, in order of entries and places.
    pub(crate) fn hits(&self, said: &Utterance, client: Option<&Utterance>) -> Vec<Hit> {
        let mut hits = Vec::new();
        if self.patterns.is_empty() {
            return hits;
        }
        let mut ready = self.ready.to_vec();
        let mut places: Vec<(u32, Place)> = Vec::with_capacity(4 * said.words().len());
        for (at, word) in said.words().iter().enumerate() {
            self.note(self.waked_by(word.key), at, &mut places, &mut ready);
            self.note(self.waked_by(word.stem), at, &mut places, &mut ready);
            let mut classes = word.classes;
            while classes != 0 {
                self.note(self.by_class.get(classes.trailing_zeros() as usize).copied(), at, &mut places, &mut ready);
                classes &= classes - 1;
            }
        }
        for phrase in said.phrases() {
            self.note(self.by_class.get(usize::from(phrase.class)).copied(), phrase.first as usize, &mut places, &mut ready);
        }
        for (at, (from, to, _)) in places {
            let at = at as usize;
            for wake in self.wakes.get(from as usize..to as usize).unwrap_or_default() {
                let wake = Wake::unpacked(*wake);
                let mut starts = ready.get(wake.pattern as usize).map_or(0, |ready| ready & wake.starts(at));
                while starts != 0 {
                    // Bits count starts modulo 64; the start meant is the one within reach of this word.
                    let bit = starts.trailing_zeros() as usize;
                    starts &= starts - 1;
                    let latest = at - usize::from(wake.least);
                    let start = latest - (latest + 64 - bit) % 64;
                    self.try_at(wake.pattern, start, said, client, &mut hits);
                }
            }
        }
        for pattern in self.always.iter() {
            for start in 0..said.words().len() {
                self.try_at(*pattern, start, said, client, &mut hits);
            }
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    /// Where the wakes of a word or stem stand.
    fn waked_by(&self, word: u64) -> Option<Place> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = word as usize & mask;
        loop {
            let (found, place) = *self.slots.get(slot)?;
            if place.0 == place.2 {
                return None;
            }
            if found == word {
                return Some(place);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Keeps the place of a word's wakes for later, and marks the patterns that needed the word.
    fn note(&self, place: Option<Place>, at: usize, places: &mut Vec<(u32, Place)>, ready: &mut [u64]) {
        let Some(place) = place else { return };
        if place.0 < place.1 {
            places.push((at as u32, place));
        }
        for mark in self.wakes.get(place.1 as usize..place.2 as usize).unwrap_or_default() {
            let mark = Wake::unpacked(*mark);
            if let Some(ready) = ready.get_mut(mark.pattern as usize) {
                *ready |= mark.starts(at);
            }
        }
    }

    fn try_at(&self, pattern: u32, start: usize, said: &Utterance, client: Option<&Utterance>, hits: &mut Vec<Hit>) {
        let Some((from, entry)) = self.patterns.get(pattern as usize).copied() else { return };
        let ops = self.ops.get(from as usize..).unwrap_or_default();
        if let Some(end) = Run::new(ops, said, client).from(start) {
            let negative = self.negative.get(pattern as usize).copied().unwrap_or(false);
            hits.push(Hit { entry, first: start as u32, last: end as u32, negative });
        }
    }
}

impl PatternSetBuilder {
    /// Adds a pattern for an entry; several patterns may stand for one.
    ///
    /// # Errors
    /// Where the pattern does not parse; it is then left out.
    pub fn add(&mut self, entry: usize, pattern: &str) -> Result<(), PatternError> {
        let program = compile::compile(pattern, &BuiltinLexicon)?;
        self.programs.push(entry as u32, &program);
        Ok(())
    }

    pub(super) fn push(&mut self, entry: usize, program: &super::program::Program) {
        self.programs.push(entry as u32, program);
    }

    /// The set.
    #[must_use]
    pub fn build(self) -> PatternSet {
        PatternSet::of(self.programs.finish())
    }
}

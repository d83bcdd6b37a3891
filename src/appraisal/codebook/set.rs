//! Many patterns at once: each word wakes only the patterns that need it.

use super::compile::{self, PatternError};
use super::matcher::Run;
use super::pattern::BuiltinLexicon;
use super::program::{Op, Programs, Wake};
use crate::text::{Span, Utterance, class, look_up};
use rustc_hash::FxHashMap;

/// Many patterns, each with the number of the entry it stands for.
#[derive(Clone, Debug, Default)]
pub struct PatternSet {
    programs: Programs,
    /// Where the wakes of a word or stem stand in `wakes`.
    by_word: FxHashMap<u64, (u32, u32)>,
    by_class: Vec<(u32, u32)>,
    /// Classes that wake anything.
    classes: u128,
    wakes: Vec<Wake>,
    /// By pattern: whether it speaks of a negation itself.
    negative: Vec<bool>,
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

    pub(super) fn of(mut programs: Programs) -> Self {
        let mut set = Self { by_class: vec![(0, 0); 128], ..Self::default() };
        set.by_word.reserve(programs.by_word.len());
        for (word, wakes) in std::mem::take(&mut programs.by_word) {
            let place = set.place(wakes);
            set.by_word.insert(word, place);
        }
        for (class, wakes) in std::mem::take(&mut programs.by_class) {
            let place = set.place(wakes);
            if let Some(slot) = set.by_class.get_mut(usize::from(class)) {
                *slot = place;
                set.classes |= 1 << class;
            }
        }
        for (number, (from, _)) in programs.patterns.iter().enumerate() {
            let to = programs.patterns.get(number + 1).map_or(programs.ops.len(), |next| next.0 as usize);
            set.negative.push(programs.ops.get(*from as usize..to).unwrap_or_default().iter().any(is_negation));
        }
        set.programs = programs;
        set
    }

    fn place(&mut self, wakes: Vec<Wake>) -> (u32, u32) {
        let from = self.wakes.len() as u32;
        self.wakes.extend(wakes);
        (from, self.wakes.len() as u32)
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
        let mut tries: Vec<(u32, u32)> = Vec::with_capacity(128);
        for (at, word) in said.words().iter().enumerate() {
            self.wake(self.by_word.get(&word.key), at, &mut tries);
            self.wake(self.by_word.get(&word.stem), at, &mut tries);
            let mut classes = word.classes & self.classes;
            while classes != 0 {
                self.wake(self.by_class.get(classes.trailing_zeros() as usize), at, &mut tries);
                classes &= classes - 1;
            }
        }
        for phrase in said.phrases() {
            self.wake(self.by_class.get(usize::from(phrase.class)), phrase.first as usize, &mut tries);
        }
        for pattern in &self.programs.always {
            tries.extend((0..said.words().len() as u32).map(|start| (*pattern, start)));
        }
        tries.sort_unstable();
        tries.dedup();
        let mut hits: Vec<Hit> = Vec::new();
        for (pattern, start) in tries {
            let Some((from, entry)) = self.programs.patterns.get(pattern as usize).copied() else { continue };
            let ops = self.programs.ops.get(from as usize..).unwrap_or_default();
            if let Some(end) = Run::new(ops, said, client).from(start as usize) {
                hits.push(Hit { entry, first: start, last: end as u32, negative: self.negative.get(pattern as usize).copied().unwrap_or(false) });
            }
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    fn wake(&self, place: Option<&(u32, u32)>, at: usize, tries: &mut Vec<(u32, u32)>) {
        let Some((from, to)) = place else { return };
        for wake in self.wakes.get(*from as usize..*to as usize).unwrap_or_default() {
            let earliest = at.saturating_sub(usize::from(wake.most));
            if let Some(latest) = at.checked_sub(usize::from(wake.least)) {
                tries.extend((earliest..=latest).map(|start| (wake.pattern, start as u32)));
            }
        }
    }
}

fn is_negation(op: &Op) -> bool {
    match op {
        Op::Word(key) => look_up(*key).is_some_and(|known| known.classes & (1 << class::NEGATION) != 0),
        Op::Class(number) => *number == class::NEGATION,
        _ => false,
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

    /// The set.
    #[must_use]
    pub fn build(self) -> PatternSet {
        PatternSet::of(self.programs)
    }
}

//! Many patterns at once: a pattern is run only where its first words fit and the words it needs are there.

use super::compile::{self, PatternError};
use super::heads::{DEPTH, NEEDS};
use super::matcher::{Run, begins_clause};
use super::pattern::BuiltinLexicon;
use super::program::{LISTS, Programs, Row, SAID_ROW, Tables};
use crate::text::{Span, Utterance, Word};
use std::borrow::Cow;

/// Many patterns, each with the number of the entry it stands for. The tables are explained in [`Tables`].
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PatternSet {
    pub(super) ops: Cow<'static, [u64]>,
    pub(super) patterns: Cow<'static, [(u32, u32)]>,
    pub(super) negative: Cow<'static, [bool]>,
    pub(super) heads: Cow<'static, [u32]>,
    pub(super) open: Cow<'static, [u64]>,
    pub(super) slots: Cow<'static, [(u64, u32)]>,
    pub(super) by_class: Cow<'static, [(u32, u32)]>,
    pub(super) rows: Cow<'static, [Row]>,
    pub(super) chunks: Cow<'static, [u16]>,
    pub(super) bits: Cow<'static, [u64]>,
    /// Classes that some pattern waits for, one bit each.
    pub(super) waited_for: u128,
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
            waited_for: waited_for(&tables.by_class),
            ops: tables.ops.into(),
            patterns: tables.patterns.into(),
            negative: tables.negative.into(),
            heads: tables.heads.into(),
            open: tables.open.into(),
            slots: tables.slots.into(),
            by_class: tables.by_class.into(),
            rows: tables.rows.into(),
            chunks: tables.chunks.into(),
            bits: tables.bits.into(),
        }
    }

    /// A set that was made at build time.
    #[must_use]
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        Tables::of_bytes(bytes).map(Self::of)
    }

    /// Every entry that matches, once, with its first place, in order of entries. `client` is the client's last statement, for `<said>`.
    #[must_use]
    pub fn find_all(&self, said: &Utterance, client: Option<&Utterance>) -> Vec<(usize, Span)> {
        let mut hits = self.hits(said, client);
        hits.dedup_by_key(|hit| hit.entry);
        hits.into_iter().map(|hit| (hit.entry as usize, said.span(hit.first as usize, hit.last as usize))).collect()
    }

    /// Every match of every pattern, in order of entries and places.
    ///
    /// The words are gone through from the last to the first, so that what a pattern needs after its first word is known when that word is
    /// met: a pattern is run only where its first three places fit and every word that it cannot do without stands in the sentence.
    pub(crate) fn hits(&self, said: &Utterance, client: Option<&Utterance>) -> Vec<Hit> {
        let mut hits = Vec::new();
        let chunks = self.heads.len().div_ceil(64);
        let words = said.words();
        if chunks == 0 || words.is_empty() || self.open.len() != chunks * (LISTS + 2) {
            return hits;
        }
        let (rows, of_word) = self.rows_of(said, client);
        let rows_at = |at: usize| of_word.get(at).zip(of_word.get(at + 1)).and_then(|(from, to)| rows.get(*from as usize..*to as usize)).unwrap_or_default();
        let open = |list: usize, chunk: usize| self.open.get(list * chunks + chunk).copied().unwrap_or(0);
        let anywhere: Vec<(usize, u64)> = (0..chunks).map(|chunk| (chunk, open(0, chunk))).filter(|(_, bits)| *bits != 0).collect();
        // What is needed and stands from here to the end of the sentence.
        let mut needed = vec![0u64; chunks * NEEDS];
        for (at, word) in words.iter().enumerate().rev() {
            let ends = |next: usize| words.get(next).is_none_or(|next| next.sentence != word.sentence);
            if ends(at + 1) {
                needed.copy_from_slice(&self.open[DEPTH * chunks..LISTS * chunks]);
            }
            for row in rows_at(at).iter().filter(|row| row[DEPTH] < row[LISTS]) {
                for (list, needed) in needed.chunks_exact_mut(chunks).enumerate() {
                    self.add(row, DEPTH + list, needed);
                }
            }
            // A place one or two words on: what stands there, if the sentence goes on so far.
            let fits = |place: usize, chunk: usize| {
                let rows = if ends(at + place) { &[][..] } else { rows_at(at + place) };
                rows.iter().fold(open(place, chunk), |fits, row| fits | self.probe(row, place, chunk))
            };
            let mut run = |chunk: usize, mut bits: u64| {
                for list in 0..NEEDS {
                    bits &= needed.get(list * chunks + chunk).copied().unwrap_or(0);
                }
                for place in 1..DEPTH {
                    if bits == 0 {
                        return;
                    }
                    bits &= fits(place, chunk);
                }
                let (only_clause, only_reply) = (open(LISTS, chunk), open(LISTS + 1, chunk));
                if bits & (only_clause | only_reply) != 0 {
                    let begins = begins_clause(said, at);
                    if !begins {
                        bits &= !only_clause;
                    }
                    if at > 0 && !(begins && word.clause == 0) {
                        bits &= !only_reply;
                    }
                }
                while bits != 0 {
                    let head = chunk * 64 + bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    if let Some(pattern) = self.heads.get(head) {
                        self.try_at(*pattern, at, said, client, &mut hits);
                    }
                }
            };
            for row in rows_at(at) {
                self.each(row, 0, &mut run);
            }
            anywhere.iter().for_each(|(chunk, bits)| run(*chunk, *bits));
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    /// The rows of everything that stands at each word, word after word; and where those of each word begin.
    fn rows_of(&self, said: &Utterance, client: Option<&Utterance>) -> (Vec<Row>, Vec<u32>) {
        let words = said.words();
        let mut rows: Vec<Row> = Vec::with_capacity(words.len() * 4);
        let mut of_word: Vec<u32> = Vec::with_capacity(words.len() + 1);
        let said_row = self.row(SAID_ROW).filter(|row| row[0] < row[LISTS]);
        let mut phrases = said.phrases();
        for (at, word) in words.iter().enumerate() {
            of_word.push(rows.len() as u32);
            rows.extend(self.row_of(word.key));
            rows.extend(self.row_of(word.stem));
            let mut classes = word.classes & self.waited_for;
            while classes != 0 {
                rows.extend(self.by_class.get(classes.trailing_zeros() as usize).and_then(|(row, _)| self.row(*row)));
                classes &= classes - 1;
            }
            while let Some((first, after)) = phrases.split_first()
                && first.first as usize <= at
            {
                rows.extend(self.by_class.get(usize::from(first.class)).and_then(|(_, row)| self.row(*row)));
                phrases = after;
            }
            if said_row.is_some() && is_said(word, client) {
                rows.extend(said_row);
            }
        }
        of_word.push(rows.len() as u32);
        (rows, of_word)
    }

    /// The bits of one chunk in one of a row's lists.
    fn probe(&self, row: &Row, list: usize, chunk: usize) -> u64 {
        let (from, to) = (row[list] as usize, row[list + 1] as usize);
        let chunks = self.chunks.get(from..to).unwrap_or_default();
        match chunks.binary_search(&(chunk as u16)) {
            Ok(at) => self.bits.get(from + at).copied().unwrap_or(0),
            Err(_) => 0,
        }
    }

    /// The row of a number, unless it is that of tokens that nobody waits for.
    fn row(&self, number: u32) -> Option<Row> {
        self.rows.get(number as usize).filter(|_| number != 0).copied()
    }

    /// The row of a word or stem.
    fn row_of(&self, word: u64) -> Option<Row> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = word as usize & mask;
        loop {
            let (found, row) = *self.slots.get(slot)?;
            if row == 0 || found == word {
                return self.row(row);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The chunks of one of a row's lists.
    fn each(&self, row: &Row, list: usize, mut with: impl FnMut(usize, u64)) {
        let range = row[list] as usize..row[list + 1] as usize;
        let (chunks, bits) = (self.chunks.get(range.clone()).unwrap_or_default(), self.bits.get(range).unwrap_or_default());
        for (chunk, bits) in chunks.iter().zip(bits) {
            with(usize::from(*chunk), *bits);
        }
    }

    fn add(&self, row: &Row, list: usize, to: &mut [u64]) {
        self.each(row, list, |chunk, bits| {
            if let Some(to) = to.get_mut(chunk) {
                *to |= bits;
            }
        });
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

/// Classes that some pattern waits for, one bit each.
pub(super) fn waited_for(by_class: &[(u32, u32)]) -> u128 {
    by_class.iter().enumerate().filter(|(_, (row, _))| *row != 0).fold(0, |all, (class, _)| all | 1 << class)
}

/// Whether the client said this word, and it means something by itself.
fn is_said(word: &Word, client: Option<&Utterance>) -> bool {
    word.is_content() && client.is_some_and(|client| client.words().iter().any(|theirs| theirs.stem == word.stem))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::codebook::Codebook;

    /// Every pattern tried at every word: what the tables may never miss.
    fn tried_everywhere(set: &PatternSet, said: &Utterance, client: &Utterance) -> Vec<Hit> {
        let mut hits = Vec::new();
        for pattern in 0..set.patterns.len() as u32 {
            for start in 0..said.words().len() {
                set.try_at(pattern, start, said, Some(client), &mut hits);
            }
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    #[test]
    fn the_tables_miss_nothing_that_trying_every_pattern_everywhere_finds() {
        let patterns = &Codebook::builtin().patterns;
        let judged = include_str!("../../../data/validity/judged.jsonl");
        for line in judged.lines().step_by(61) {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let (said, client) = (Utterance::read(row["reply"].as_str().unwrap()), Utterance::read(row["client"].as_str().unwrap()));
            assert_eq!(patterns.hits(&said, Some(&client)), tried_everywhere(patterns, &said, &client), "{}", said.text());
        }
    }

    #[test]
    fn patterns_of_every_form_are_found_where_they_stand() {
        let forms = [
            "..  lonely",
            "* lonely",
            "<feeling>",
            "^ <lead>? so you",
            "^^ you",
            "[<kin>|he|she] ..  left",
            "<said> ..  <said>",
            "[a|the]? night $",
            "so? tired",
            "[.. home|*? dark] ?$",
            "[you [are|were]|it]? alone",
            "not? <intens>? <feeling> [about|of] ..",
            "[<feeling>|<feeling> and <feeling>|like [a|an] *] $$",
        ];
        let mut builder = PatternSet::builder();
        for (entry, form) in forms.iter().enumerate() {
            builder.add(entry, form).unwrap();
        }
        let set = builder.build();
        let client = Utterance::read("My mother left in the night, and I was so tired and so lonely.");
        for text in [
            "So you were lonely in the dark",
            "Well, so you are tired of the night. Your mother left?",
            "You, lonely and sad",
            "she left you alone at night then",
            "it, dark?",
            "Are you home? In the dark?",
            "",
        ] {
            let said = Utterance::read(text);
            assert_eq!(set.hits(&said, Some(&client)), tried_everywhere(&set, &said, &client), "{text}");
        }
    }
}

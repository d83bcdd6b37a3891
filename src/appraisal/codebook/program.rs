//! Compiled patterns: small programs over words, kept in one flat list with an index of the words that may wake them.
//!
//! A step is one number: what it does in the top byte, its argument below. Words are 48-bit numbers here (the top bits of [`crate::text::key`]).
//! Tables are made at build time for the codebook, at run time for scenarios; both by this file. Also used by `build.rs`.
// Shared with the build script, where nothing is reachable from outside.
#![allow(unreachable_pub)]

use super::heads::{DEPTH, Head, NEEDS, Opens, Token};
use std::collections::{BTreeMap, BTreeSet};

/// What a step does.
pub mod op {
    /// This very word.
    pub const WORD: u8 = 1;
    /// Any word of this stem.
    pub const STEM: u8 = 2;
    /// A word or phrase of this class.
    pub const CLASS: u8 = 3;
    /// A content word that the client said.
    pub const SAID: u8 = 4;
    /// Any one word.
    pub const ANY: u8 = 5;
    /// 0 to 4 words inside the clause, as few as will do.
    pub const GAP: u8 = 6;
    /// A clause begins here.
    pub const CLAUSE_START: u8 = 7;
    /// The reply begins here.
    pub const REPLY_START: u8 = 8;
    /// A clause ends here.
    pub const CLAUSE_END: u8 = 9;
    /// A question ends here.
    pub const QUESTION_END: u8 = 10;
    /// The reply ends here.
    pub const REPLY_END: u8 = 11;
    /// Try what follows; failing that, go on at this step (counted from the pattern's first).
    pub const SPLIT: u8 = 12;
    /// Go on at this step.
    pub const JUMP: u8 = 13;
    /// Found.
    pub const MATCH: u8 = 14;
    /// Go on where the word or stem here is listed: so many entries follow, sorted, each a word and a step; failing that, at a step, or nowhere.
    pub const SWITCH: u8 = 15;
}

/// A step.
#[must_use]
pub const fn step(op: u8, argument: u64) -> u64 {
    ((op as u64) << 56) | argument
}

/// A word's or stem's number as programs keep it.
#[must_use]
pub const fn short(key: u64) -> u64 {
    key >> 16
}

/// One compiled pattern, before it joins others.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Program {
    /// Steps.
    pub ops: Vec<u64>,
    /// The ways it can begin.
    pub heads: Vec<Head>,
    /// Of each of these sets one token stands in every match; at most [`NEEDS`].
    pub needs: Vec<Vec<Token>>,
    /// Speaks of a negation itself.
    pub negative: bool,
}

/// What a token says of heads, list after list: by place what can stand there, then what is needed somewhere.
pub const LISTS: usize = DEPTH + NEEDS;

/// Where the lists of a token begin, and where the last one ends.
pub type Row = [u32; LISTS + 1];

/// Patterns being gathered.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Programs {
    ops: Vec<u64>,
    patterns: Vec<(u32, u32)>,
    negative: Vec<bool>,
    heads: Vec<(Head, Vec<Vec<Token>>, u32)>,
}

/// The finished tables. Heads are numbered; sets of heads are kept as bits, 64 to a chunk.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Tables {
    /// All steps, pattern after pattern.
    pub ops: Vec<u64>,
    /// First step and entry of each pattern.
    pub patterns: Vec<(u32, u32)>,
    /// Whether a pattern speaks of a negation itself.
    pub negative: Vec<bool>,
    /// The pattern of each head.
    pub heads: Vec<u32>,
    /// By list, the heads that ask nothing there; then those that begin only where a clause does, then those only where the reply does.
    pub open: Vec<u64>,
    /// Token number and row: open addressing, a power of two of slots, at most half full; 0 is no token.
    pub slots: Vec<(u64, u32)>,
    /// By class: the row of its words, and of its phrases.
    pub by_class: Vec<(u32, u32)>,
    /// By row; the first is that of tokens that nobody waits for, the second that of [`Token::Said`].
    pub rows: Vec<Row>,
    /// Chunk by chunk: its number.
    pub chunks: Vec<u16>,
    /// And its bits.
    pub bits: Vec<u64>,
}

/// The row of [`Token::Said`].
pub const SAID_ROW: u32 = 1;

impl Programs {
    /// Adds a pattern for an entry.
    pub fn push(&mut self, entry: u32, program: &Program) {
        let pattern = self.patterns.len() as u32;
        self.patterns.push((self.ops.len() as u32, entry));
        self.negative.push(program.negative);
        self.ops.extend_from_slice(&program.ops);
        self.heads.extend(program.heads.iter().map(|head| (head.clone(), program.needs.clone(), pattern)));
    }

    /// The tables.
    #[must_use]
    pub fn finish(mut self) -> Tables {
        // Heads that begin alike stand together, so that a word's bits lie in few chunks.
        self.heads.sort();
        let chunks = self.heads.len().div_ceil(64);
        let mut open = vec![0u64; chunks * (LISTS + 2)];
        let mut lists: BTreeMap<(Token, usize), BTreeMap<u16, u64>> = BTreeMap::new();
        let mut patterns = Vec::with_capacity(self.heads.len());
        for (number, (head, needs, pattern)) in self.heads.iter().enumerate() {
            let (chunk, bit) = (number / 64, 1u64 << (number % 64));
            patterns.push(*pattern);
            let places = head.places.iter().map(Option::as_ref);
            let needs = (0..NEEDS).map(|at| needs.get(at));
            for (list, set) in places.chain(needs).enumerate() {
                match set {
                    None => open[list * chunks + chunk] |= bit,
                    Some(tokens) => {
                        for token in tokens {
                            *lists.entry((*token, list)).or_default().entry(chunk as u16).or_default() |= bit;
                        }
                    }
                }
            }
            match head.opens {
                Opens::Anywhere => {}
                Opens::Clause => open[LISTS * chunks + chunk] |= bit,
                Opens::Reply => open[(LISTS + 1) * chunks + chunk] |= bit,
            }
        }
        let mut tables =
            Tables { ops: self.ops, patterns: self.patterns, negative: self.negative, heads: patterns, open, rows: vec![[0; LISTS + 1]], ..Tables::default() };
        let mut tokens: BTreeSet<Token> = lists.keys().map(|(token, _)| *token).collect();
        tokens.remove(&Token::Said);
        let words = tokens.iter().filter(|token| matches!(token, Token::Word(_))).count();
        tables.slots = vec![(0, 0); (2 * words).next_power_of_two().max(2)];
        tables.by_class = vec![(0, 0); 128];
        for token in std::iter::once(Token::Said).chain(tokens) {
            let mut row = [0; LISTS + 1];
            for list in 0..LISTS {
                row[list] = tables.bits.len() as u32;
                for (chunk, bits) in lists.get(&(token, list)).into_iter().flatten() {
                    tables.chunks.push(*chunk);
                    tables.bits.push(*bits);
                }
            }
            row[LISTS] = tables.bits.len() as u32;
            let number = tables.rows.len() as u32;
            tables.rows.push(row);
            tables.enter(token, number);
        }
        tables
    }
}

impl Tables {
    fn enter(&mut self, token: Token, row: u32) {
        match token {
            Token::Said => {}
            Token::Word(word) => {
                let mask = self.slots.len() - 1;
                let mut slot = word as usize & mask;
                while self.slots[slot].1 != 0 {
                    slot = (slot + 1) & mask;
                }
                self.slots[slot] = (word, row);
            }
            Token::Class(class) => {
                if let Some(rows) = self.by_class.get_mut(usize::from(class)) {
                    rows.0 = row;
                }
            }
            Token::Phrase(class) => {
                if let Some(rows) = self.by_class.get_mut(usize::from(class)) {
                    rows.1 = row;
                }
            }
        }
    }
}

/// Tables as bytes: each list its length and then its numbers, all little-endian. So a scenario of the binary brings its patterns with it.
impl Tables {
    /// The bytes.
    #[must_use]
    #[allow(dead_code, reason = "the build script writes them, the library reads them")]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let wide = |pairs: &[(u32, u32)]| pairs.iter().flat_map(|(a, b)| [*a, *b]).collect::<Vec<u32>>();
        put(&mut out, &self.ops, |number| number.to_le_bytes());
        put(&mut out, &wide(&self.patterns), |number| number.to_le_bytes());
        put(&mut out, &self.negative, |yes| [u8::from(*yes)]);
        put(&mut out, &self.heads, |number| number.to_le_bytes());
        put(&mut out, &self.open, |number| number.to_le_bytes());
        put(&mut out, &self.slots.iter().map(|(word, _)| *word).collect::<Vec<_>>(), |number| number.to_le_bytes());
        put(&mut out, &self.slots.iter().map(|(_, row)| *row).collect::<Vec<_>>(), |number| number.to_le_bytes());
        put(&mut out, &wide(&self.by_class), |number| number.to_le_bytes());
        put(&mut out, &self.rows.iter().flatten().copied().collect::<Vec<u32>>(), |number| number.to_le_bytes());
        put(&mut out, &self.chunks, |number| number.to_le_bytes());
        put(&mut out, &self.bits, |number| number.to_le_bytes());
        out
    }

    /// From bytes; `None` where they are not what [`Tables::bytes`] gave.
    #[must_use]
    pub fn of_bytes(mut bytes: &[u8]) -> Option<Self> {
        let from = &mut bytes;
        let pairs = |numbers: Vec<u32>| numbers.as_chunks::<2>().0.iter().map(|[a, b]| (*a, *b)).collect::<Vec<_>>();
        Some(Self {
            ops: take(from, u64::from_le_bytes)?,
            patterns: pairs(take(from, u32::from_le_bytes)?),
            negative: take(from, |[yes]: [u8; 1]| yes != 0)?,
            heads: take(from, u32::from_le_bytes)?,
            open: take(from, u64::from_le_bytes)?,
            slots: {
                let words = take(from, u64::from_le_bytes)?;
                words.into_iter().zip(take(from, u32::from_le_bytes)?).collect()
            },
            by_class: pairs(take(from, u32::from_le_bytes)?),
            rows: take(from, u32::from_le_bytes)?.as_chunks().0.to_vec(),
            chunks: take(from, u16::from_le_bytes)?,
            bits: take(from, u64::from_le_bytes)?,
        })
    }
}

#[allow(dead_code, reason = "the build script writes them, the library reads them")]
fn put<T, const N: usize>(out: &mut Vec<u8>, list: &[T], bytes: impl Fn(&T) -> [u8; N]) {
    out.extend_from_slice(&(list.len() as u32).to_le_bytes());
    list.iter().for_each(|one| out.extend_from_slice(&bytes(one)));
}

fn take<T, const N: usize>(from: &mut &[u8], one: impl Fn([u8; N]) -> T) -> Option<Vec<T>> {
    let (count, rest) = from.split_first_chunk::<4>()?;
    let (list, rest) = rest.split_at_checked((u32::from_le_bytes(*count) as usize).checked_mul(N)?)?;
    *from = rest;
    Some(list.as_chunks::<N>().0.iter().map(|bytes| one(*bytes)).collect())
}

//! Compiled patterns: small programs over words, kept in one flat list with an index of the words that may wake them.
//!
//! A step is one number: what it does in the top byte, its argument below. Words are 48-bit numbers here (the top bits of [`crate::text::key`]).
//! Tables are made at build time for the codebook, at run time for scenarios; both by this file. Also used by `build.rs`.
// Shared with the build script, where nothing is reachable from outside.
#![allow(unreachable_pub)]

use std::collections::BTreeMap;

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

/// A word that wakes a pattern, and how far from the pattern's start it can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    /// The pattern.
    pub pattern: u32,
    /// Least number of words before it.
    pub least: u8,
    /// Greatest number of words before it.
    pub most: u8,
}

impl Wake {
    /// As one number, for tables.
    #[must_use]
    pub const fn packed(self) -> u64 {
        (self.pattern as u64) << 16 | (self.least as u64) << 8 | self.most as u64
    }

    /// The starts that a word at this place allows, one bit each, counted modulo 64.
    #[must_use]
    pub const fn starts(self, at: usize) -> u64 {
        if self.least as usize > at {
            return 0;
        }
        let latest = at - self.least as usize;
        let most = if self.most as usize > at { at } else { self.most as usize };
        let count = latest + 1 - (at - most);
        let ones = if count >= 64 { u64::MAX } else { (1 << count) - 1 };
        ones.rotate_left(((at - most) % 64) as u32)
    }

    /// From a table.
    #[must_use]
    pub const fn unpacked(packed: u64) -> Self {
        Self { pattern: (packed >> 16) as u32, least: (packed >> 8) as u8, most: packed as u8 }
    }
}

/// What must stand in a text for one pattern to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// A word or stem, by its full number.
    Word(u64),
    /// A class.
    Class(u8),
}

/// One compiled pattern, before it joins others.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Program {
    /// Steps.
    pub ops: Vec<u64>,
    /// One of these must be there; empty where nothing can be said.
    pub anchors: Vec<Anchor>,
    /// Least and greatest number of words before the anchor.
    pub before: (u8, u8),
    /// One of these must be there too; empty where nothing more can be said.
    pub also: Vec<Anchor>,
    /// Least and greatest number of words before that one.
    pub before_also: (u8, u8),
    /// Speaks of a negation itself.
    pub negative: bool,
}

/// Where the wakes of a word stand: from the first number up to the second; and its marks: from the second up to the third.
pub type Place = (u32, u32, u32);

/// Patterns being gathered.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Programs {
    ops: Vec<u64>,
    patterns: Vec<(u32, u32)>,
    negative: Vec<bool>,
    by_anchor: BTreeMap<Anchor, (Vec<Wake>, Vec<Wake>)>,
    always: Vec<u32>,
    unmarked: Vec<u32>,
}

/// The finished tables.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Tables {
    /// All steps, pattern after pattern.
    pub ops: Vec<u64>,
    /// First step and entry of each pattern.
    pub patterns: Vec<(u32, u32)>,
    /// Whether a pattern speaks of a negation itself.
    pub negative: Vec<bool>,
    /// Word or stem and its place in `wakes`: open addressing, a power of two of slots, at most half full.
    pub slots: Vec<(u64, Place)>,
    /// By class, the place in `wakes`.
    pub by_class: Vec<Place>,
    /// Packed wakes of a word, then those of the patterns that need the word as well.
    pub wakes: Vec<u64>,
    /// By pattern: all bits where it needs nothing but what wakes it, else none.
    pub ready: Vec<u64>,
    /// Tried everywhere: patterns without any word of their own.
    pub always: Vec<u32>,
}

impl Programs {
    /// Adds a pattern for an entry.
    pub fn push(&mut self, entry: u32, program: &Program) {
        let pattern = self.patterns.len() as u32;
        self.patterns.push((self.ops.len() as u32, entry));
        self.negative.push(program.negative);
        self.ops.extend_from_slice(&program.ops);
        let wake = Wake { pattern, least: program.before.0, most: program.before.1 };
        if program.anchors.is_empty() {
            self.always.push(pattern);
        }
        if program.also.is_empty() {
            self.unmarked.push(pattern);
        }
        for anchor in &program.anchors {
            self.by_anchor.entry(*anchor).or_default().0.push(wake);
        }
        let mark = Wake { pattern, least: program.before_also.0, most: program.before_also.1 };
        for anchor in &program.also {
            self.by_anchor.entry(*anchor).or_default().1.push(mark);
        }
    }

    /// The tables.
    #[must_use]
    pub fn finish(self) -> Tables {
        let mut tables = Tables {
            ops: self.ops,
            patterns: self.patterns,
            negative: self.negative,
            always: self.always,
            by_class: vec![(0, 0, 0); 128],
            ..Tables::default()
        };
        tables.ready = vec![0; tables.patterns.len()];
        for pattern in self.unmarked {
            tables.ready[pattern as usize] = u64::MAX;
        }
        let size = (self.by_anchor.len() * 2).next_power_of_two().max(2);
        tables.slots = vec![(0, (0, 0, 0)); size];
        for (anchor, (wakes, marks)) in self.by_anchor {
            let from = tables.wakes.len() as u32;
            tables.wakes.extend(wakes.into_iter().map(Wake::packed));
            let middle = tables.wakes.len() as u32;
            tables.wakes.extend(marks.into_iter().map(Wake::packed));
            let place = (from, middle, tables.wakes.len() as u32);
            match anchor {
                Anchor::Word(word) => {
                    let mut slot = word as usize & (size - 1);
                    while tables.slots[slot].1.0 != tables.slots[slot].1.2 {
                        slot = (slot + 1) & (size - 1);
                    }
                    tables.slots[slot] = (word, place);
                }
                Anchor::Class(class) => {
                    if let Some(known) = tables.by_class.get_mut(usize::from(class)) {
                        *known = place;
                    }
                }
            }
        }
        tables
    }
}

//! Compiled patterns: small programs over words, kept in one flat list with an index of the words that may wake them.
//!
//! Also used by `build.rs`.

use serde::{Deserialize, Serialize};

/// One step of a pattern's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// This very word.
    Word(u64),
    /// Any word of this stem.
    Stem(u64),
    /// A word or phrase of this class.
    Class(u8),
    /// A content word that the client said.
    Said,
    /// Any one word.
    Any,
    /// 0 to 4 words inside the clause, as few as will do.
    Gap,
    /// A clause begins here.
    ClauseStart,
    /// The reply begins here.
    ReplyStart,
    /// A clause ends here.
    ClauseEnd,
    /// A question ends here.
    QuestionEnd,
    /// The reply ends here.
    ReplyEnd,
    /// Try what follows; failing that, go on at this step (counted from the pattern's first).
    Split(u16),
    /// Go on at this step.
    Jump(u16),
    /// Found.
    Match,
}

/// A word that wakes a pattern, and how far from the pattern's start it can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wake {
    /// The pattern.
    pub pattern: u32,
    /// Least number of words before it.
    pub least: u8,
    /// Greatest number of words before it.
    pub most: u8,
}

/// Many compiled patterns, each with the number of the entry it stands for.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Programs {
    /// All steps, pattern after pattern.
    pub ops: Vec<Op>,
    /// First step and entry of each pattern.
    pub patterns: Vec<(u32, u32)>,
    /// By word or stem, sorted.
    pub by_word: Vec<(u64, Vec<Wake>)>,
    /// By class.
    pub by_class: Vec<(u8, Vec<Wake>)>,
    /// Tried everywhere: patterns without any word of their own.
    pub always: Vec<u32>,
}

/// What must stand in a text for one pattern to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// A word or stem.
    Word(u64),
    /// A class.
    Class(u8),
}

/// One compiled pattern, before it joins others.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Program {
    /// Steps.
    pub ops: Vec<Op>,
    /// One of these must be there; empty where nothing can be said.
    pub anchors: Vec<Anchor>,
    /// Least and greatest number of words before the anchor.
    pub before: (u8, u8),
}

impl Programs {
    /// Makes the patterns of an entry, and of the one after it, unable to match: their rule is replaced.
    pub fn silence(&mut self, entry: u32) {
        for (from, owner) in &self.patterns {
            if *owner == entry || *owner == entry + 1 {
                if let Some(op) = self.ops.get_mut(*from as usize) {
                    // Nothing matches nothing: a match of no words is no match.
                    *op = Op::Match;
                }
            }
        }
    }

    /// Adds a pattern for an entry.
    pub fn push(&mut self, entry: u32, program: &Program) {
        let pattern = self.patterns.len() as u32;
        self.patterns.push((self.ops.len() as u32, entry));
        self.ops.extend_from_slice(&program.ops);
        let wake = Wake { pattern, least: program.before.0, most: program.before.1 };
        if program.anchors.is_empty() {
            self.always.push(pattern);
        }
        for anchor in &program.anchors {
            match anchor {
                Anchor::Word(word) => match self.by_word.binary_search_by_key(word, |(key, _)| *key) {
                    Ok(at) => self.by_word[at].1.push(wake),
                    Err(at) => self.by_word.insert(at, (*word, vec![wake])),
                },
                Anchor::Class(class) => match self.by_class.binary_search_by_key(class, |(key, _)| *key) {
                    Ok(at) => self.by_class[at].1.push(wake),
                    Err(at) => self.by_class.insert(at, (*class, vec![wake])),
                },
            }
        }
    }
}

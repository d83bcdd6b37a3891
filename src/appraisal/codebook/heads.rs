//! How a pattern can begin, and what it needs: found once, so that hardly any pattern is run where it cannot match.
//!
//! A head is one way a pattern can begin: the words that its first three places accept. Everything here may accept too much, never too little;
//! whether a pattern really matches, the matcher says.
//!
//! Also used by `build.rs`.
// Shared with the build script, where nothing is reachable from outside.
#![allow(unreachable_pub)]

use super::compile::{Item, Lexicon};
use crate::text::{key, stem, stem_key};

/// What can stand at a place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    /// A word or stem, by its full number.
    Word(u64),
    /// A word of a class.
    Class(u8),
    /// A phrase of a class begins here.
    Phrase(u8),
    /// A content word that the client said.
    Said,
}

/// Places that a head looks at. With two, half as many patterns again are run in vain; a fourth costs more than it spares.
pub const DEPTH: usize = 3;

/// Sets of tokens that a head needs somewhere in the sentence.
pub const NEEDS: usize = 3;

/// Ways to begin that are told apart; what goes beyond is joined. Most patterns have one to three.
const MOST_HEADS: usize = 6;

/// A set of tokens that stands in nearly every sentence rules out nothing; see `build/codebook.rs` for the scale.
const TOO_COMMON: u32 = 4_000;

/// One of the thirty or so commonest words stands in nearly every sentence: a set that holds one rules out nothing, and looking costs time.
const VERY_COMMON: u8 = 165;

/// Where a pattern may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Opens {
    /// Anywhere.
    #[default]
    Anywhere,
    /// Where a clause begins.
    Clause,
    /// Where the reply begins.
    Reply,
}

/// One way a pattern can begin: by place, one of these tokens; `None` is anything, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Head {
    /// Where.
    pub opens: Opens,
    /// By place.
    pub places: [Option<Vec<Token>>; DEPTH],
}

/// The ways a pattern can begin.
pub(super) fn heads(items: &[Item], lexicon: &dyn Lexicon) -> Vec<Head> {
    let opens = match items.first() {
        Some(Item::ClauseStart) => Opens::Clause,
        Some(Item::ReplyStart) => Opens::Reply,
        _ => Opens::Anywhere,
    };
    let mut heads: Vec<Head> = ways(items, lexicon)
        .into_iter()
        .map(|way| {
            let mut head = Head { opens, ..Head::default() };
            for (place, set) in head.places.iter_mut().zip(way.sets) {
                *place = set;
            }
            head
        })
        .collect();
    heads.sort();
    heads.dedup();
    heads
}

/// The first places of some items, as far as they are known.
#[derive(Clone, Debug, PartialEq, Default)]
struct Way {
    /// By place: one of these; `None` is any one word.
    sets: Vec<Option<Vec<Token>>>,
    /// What follows cannot be told.
    closed: bool,
}

impl Way {
    fn of(tokens: Vec<Token>) -> Self {
        Self { sets: vec![Some(tokens)], closed: false }
    }

    fn then(&self, more: &Way) -> Way {
        let mut joined = self.clone();
        joined.sets.extend(more.sets.iter().cloned());
        joined.closed = more.closed || joined.sets.len() >= DEPTH;
        joined.sets.truncate(DEPTH);
        joined
    }

    /// Accepts what either does; both of one form.
    fn join(&mut self, other: &Way) {
        for (mine, theirs) in self.sets.iter_mut().zip(&other.sets) {
            *mine = mine.take().zip(theirs.as_ref()).map(|(mut mine, theirs)| {
                mine.extend(theirs);
                mine.sort_unstable();
                mine.dedup();
                mine
            });
        }
    }

    fn is_like(&self, other: &Way) -> bool {
        self.sets.len() == other.sets.len() && self.closed == other.closed
    }

    /// Differs in one place at most: joined, they accept no more than apart.
    fn is_near(&self, other: &Way) -> bool {
        self.is_like(other) && self.sets.iter().zip(&other.sets).filter(|(a, b)| a != b).count() <= 1
    }
}

fn ways(items: &[Item], lexicon: &dyn Lexicon) -> Vec<Way> {
    let mut ways = vec![Way::default()];
    for item in items {
        if ways.iter().all(|way| way.closed) {
            break;
        }
        let more = of_item(item, lexicon);
        let mut next = Vec::new();
        for way in &ways {
            if way.closed { next.push(way.clone()) } else { next.extend(more.iter().map(|more| way.then(more))) }
        }
        ways = fewer(next);
    }
    ways
}

fn of_item(item: &Item, lexicon: &dyn Lexicon) -> Vec<Way> {
    match item {
        Item::Word(word) => vec![Way::of(vec![Token::Word(key(word))])],
        Item::Stem(word) => vec![Way::of(vec![Token::Word(stem_key(&stem(word)))])],
        Item::Said => vec![Way::of(vec![Token::Said])],
        Item::Class(class) => {
            let word = Way::of(vec![Token::Class(*class)]);
            // How many words a phrase has, and so what stands after it, cannot be told.
            let phrase = Way { closed: true, ..Way::of(vec![Token::Phrase(*class)]) };
            if lexicon.has_phrases(*class) { vec![word, phrase] } else { vec![word] }
        }
        Item::Any => vec![Way { sets: vec![None], closed: false }],
        Item::Gap => vec![Way { sets: Vec::new(), closed: true }],
        Item::ClauseStart | Item::ReplyStart | Item::ClauseEnd | Item::QuestionEnd | Item::ReplyEnd => vec![Way::default()],
        Item::Maybe(inner) => fewer([vec![Way::default()], ways(inner, lexicon)].concat()),
        Item::Either(all) => fewer(all.iter().flat_map(|way| ways(way, lexicon)).collect()),
    }
}

/// Joins what can be joined without loss, then what must be.
fn fewer(mut ways: Vec<Way>) -> Vec<Way> {
    join(&mut ways, Way::is_near);
    if ways.len() > MOST_HEADS {
        join(&mut ways, Way::is_like);
    }
    let mut most = DEPTH;
    while ways.len() > MOST_HEADS && most > 0 {
        most -= 1;
        for way in ways.iter_mut().filter(|way| way.sets.len() > most) {
            way.sets.truncate(most);
            way.closed = true;
        }
        join(&mut ways, Way::is_like);
    }
    ways
}

fn join(ways: &mut Vec<Way>, may: impl Fn(&Way, &Way) -> bool) {
    let mut at = 0;
    while at < ways.len() {
        let mut joined = false;
        let mut other = at + 1;
        while other < ways.len() {
            if may(&ways[at], &ways[other]) {
                let more = ways.remove(other);
                ways[at].join(&more);
                joined = true;
            } else {
                other += 1;
            }
        }
        // Having grown, it may now be near to another.
        if !joined {
            at += 1;
        }
    }
}

/// Sets of tokens, one of each of which stands in every match: the rarest in common English first, at most [`NEEDS`].
pub(super) fn needs(items: &[Item], lexicon: &dyn Lexicon) -> Vec<Vec<Token>> {
    let mut found: Vec<(u32, Vec<Token>)> = items.iter().filter_map(|item| needed(item, lexicon)).filter(|(cost, _)| *cost <= TOO_COMMON).collect();
    found.sort();
    found.dedup();
    found.truncate(NEEDS);
    found.into_iter().map(|(_, set)| set).collect()
}

/// One of these stands in every match of the item; beside it how common they are together.
fn needed(item: &Item, lexicon: &dyn Lexicon) -> Option<(u32, Vec<Token>)> {
    match item {
        Item::Word(word) => one(key(word), lexicon),
        Item::Stem(word) => one(stem_key(&stem(word)), lexicon),
        // A class wakes on each of its words: as costly as a common word.
        Item::Class(class) => Some((60, vec![Token::Class(*class), Token::Phrase(*class)])),
        Item::Said => Some((200, vec![Token::Said])),
        Item::Either(ways) => {
            let (mut cost, mut all) = (0, Vec::new());
            for way in ways {
                let (more, set) = way.iter().filter_map(|item| needed(item, lexicon)).min_by_key(|(cost, _)| *cost)?;
                cost += more;
                all.extend(set);
            }
            all.sort_unstable();
            all.dedup();
            Some((cost, all))
        }
        _ => None,
    }
}

fn one(word: u64, lexicon: &dyn Lexicon) -> Option<(u32, Vec<Token>)> {
    let commonness = lexicon.commonness(word);
    (commonness < VERY_COMMON).then(|| (1 + u32::from(commonness), vec![Token::Word(word)]))
}

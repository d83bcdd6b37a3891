//! From a pattern as a supervisor writes it to its program. The language is told in `codebook/README.md`.
//!
//! Also used by `build.rs`.
// Shared with the build script, where nothing is reachable from outside.
#![allow(unreachable_pub)]

use super::heads::{heads, needs};
use super::program::{Program, op, short, step};
use crate::text::contraction::spelled_out;
use crate::text::{key, stem, stem_key};

/// What is wrong with a pattern, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Lower case, no full stop.
    pub message: String,
    /// Byte in the pattern.
    pub at: usize,
}

/// What compiling needs to know of the lexicon.
pub trait Lexicon {
    /// The number of a class.
    fn class(&self, name: &str) -> Option<u8>;
    /// How common a word (or, for a stem's key, its words) is: 0 is rare, 255 is everywhere.
    fn commonness(&self, key: u64) -> u8;
    /// Whether a class holds phrases of several words.
    fn has_phrases(&self, class: u8) -> bool;
}

/// Longest gap of `..`, in words.
pub const GAP: u8 = 4;

/// A pattern with more steps than this was not written by hand.
const MOST_OPS: usize = 20_000;

/// Deepest nesting of brackets.
const DEEPEST: usize = 12;

/// A piece of a pattern.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Word(String),
    Stem(String),
    Class(u8),
    Said,
    Any,
    Gap,
    ClauseStart,
    ReplyStart,
    ClauseEnd,
    QuestionEnd,
    ReplyEnd,
    Either(Vec<Vec<Item>>),
    Maybe(Vec<Item>),
}

/// Compiles one pattern.
///
/// # Errors
/// Where it does not parse, matches nothing but emptiness, or names a class that the lexicon does not have.
pub fn compile(pattern: &str, lexicon: &dyn Lexicon) -> Result<Program, PatternError> {
    let mut parser = Parser { pattern, at: 0, lexicon };
    let items = parser.sequence(0)?;
    if parser.at < pattern.len() {
        return Err(parser.error("`]` or `|` without a `[` before it"));
    }
    if !items.iter().any(|item| length(item).1 > 0) {
        return Err(PatternError { message: "the pattern holds no word".to_owned(), at: 0 });
    }
    let mut ops = Vec::new();
    emit(&items, &mut ops);
    ops.push(step(op::MATCH, 0));
    if ops.len() > MOST_OPS {
        return Err(PatternError { message: format!("the pattern is too long, {} steps of at most {MOST_OPS}", ops.len()), at: 0 });
    }
    Ok(Program { ops, heads: heads(&items, lexicon), needs: needs(&items, lexicon), negative: negates(&items) })
}

struct Parser<'a> {
    pattern: &'a str,
    at: usize,
    lexicon: &'a dyn Lexicon,
}

impl Parser<'_> {
    fn error(&self, message: &str) -> PatternError {
        PatternError { message: message.to_owned(), at: self.at }
    }

    fn rest(&self) -> &str {
        self.pattern.get(self.at..).unwrap_or("")
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Item>, PatternError> {
        let mut items = Vec::new();
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            let Some(next) = self.rest().chars().next() else { return Ok(items) };
            match next {
                '|' | ']' => return Ok(items),
                '[' => {
                    let either = self.either(depth)?;
                    items.push(self.maybe(vec![either]));
                }
                '<' => {
                    let class = self.class()?;
                    items.push(self.maybe(vec![class]));
                }
                _ => self.word(&mut items)?,
            }
        }
    }

    fn maybe(&mut self, items: Vec<Item>) -> Item {
        if self.rest().starts_with('?') && !self.rest().starts_with("?$") {
            self.at += 1;
            return Item::Maybe(items);
        }
        match <[Item; 1]>::try_from(items) {
            Ok([one]) => one,
            Err(many) => Item::Either(vec![many]),
        }
    }

    fn either(&mut self, depth: usize) -> Result<Item, PatternError> {
        if depth >= DEEPEST {
            return Err(self.error("brackets are nested too deep"));
        }
        let open = self.at;
        self.at += 1;
        let mut ways = Vec::new();
        loop {
            ways.push(self.sequence(depth + 1)?);
            match self.rest().chars().next() {
                Some('|') => self.at += 1,
                Some(']') => {
                    self.at += 1;
                    break;
                }
                _ => return Err(PatternError { message: "`[` is not closed by a `]`".to_owned(), at: open }),
            }
        }
        if ways.iter().any(Vec::is_empty) {
            return Err(PatternError { message: "an alternative is empty; write `[…]?` for what may be missing".to_owned(), at: open });
        }
        Ok(Item::Either(ways))
    }

    fn class(&mut self) -> Result<Item, PatternError> {
        let open = self.at;
        let Some(end) = self.rest().find('>') else { return Err(self.error("`<` is not closed by a `>`")) };
        let name = &self.pattern[open + 1..open + end];
        let item = if name == "said" {
            Item::Said
        } else {
            Item::Class(self.lexicon.class(name).ok_or_else(|| PatternError { message: format!("the lexicon has no class `{name}`"), at: open })?)
        };
        self.at += end + 1;
        Ok(item)
    }

    fn word(&mut self, items: &mut Vec<Item>) -> Result<(), PatternError> {
        let end = self.rest().find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '|' | '<' | '>')).unwrap_or(self.rest().len());
        if end == 0 {
            return Err(self.error("`>` without a `<` before it"));
        }
        let (at, token) = (self.at, self.pattern[self.at..self.at + end].to_owned());
        self.at += end;
        let simple = match token.as_str() {
            "*" => Some(Item::Any),
            ".." => Some(Item::Gap),
            "^" => Some(Item::ClauseStart),
            "^^" => Some(Item::ReplyStart),
            "$" => Some(Item::ClauseEnd),
            "?$" => Some(Item::QuestionEnd),
            "$$" => Some(Item::ReplyEnd),
            "*?" => Some(Item::Maybe(vec![Item::Any])),
            _ => None,
        };
        if let Some(item) = simple {
            items.push(item);
            return Ok(());
        }
        let (token, optional) = token.strip_suffix('?').map_or((token.as_str(), false), |token| (token, true));
        let (token, stemmed) = token.strip_suffix('~').map_or((token, false), |token| (token, true));
        let mut words = Vec::new();
        for part in token.split(['-', ',', '.', '!', '"', '“', '”', ';', ':']).filter(|part| !part.is_empty()) {
            let part = part.to_lowercase().replace(['’', '‘', 'ʼ', '´', '`'], "'");
            if !part.chars().all(|c| c.is_alphanumeric() || c == '\'') {
                return Err(PatternError { message: format!("`{part}` is not a word; for `?` and `~` see the pattern language"), at });
            }
            if stemmed {
                words.push(Item::Stem(part));
            } else if let Some(spelled) = spelled_out(&part) {
                words.extend(spelled.iter().map(|word| Item::Word((*word).to_owned())));
            } else {
                words.push(Item::Word(part.strip_suffix("'s").map_or(part.clone(), str::to_owned)));
            }
        }
        if words.is_empty() {
            return Err(PatternError { message: format!("`{token}` is not a word"), at });
        }
        if optional {
            items.push(Item::Maybe(words))
        } else {
            items.extend(words)
        }
        Ok(())
    }
}

/// Whether a pattern has a negation of its own, so that one in its match is not one before it.
fn negates(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Word(word) => {
            matches!(word.as_str(), "not" | "never" | "no" | "nobody" | "nothing" | "without" | "neither" | "nor" | "hardly" | "none" | "nowhere")
        }
        Item::Either(ways) => ways.iter().any(|way| negates(way)),
        Item::Maybe(inner) => negates(inner),
        _ => false,
    })
}

/// Ways from which on a look-up is quicker than trying one after the other.
const WORTH_A_SWITCH: usize = 4;

fn emit(items: &[Item], ops: &mut Vec<u64>) {
    for item in items {
        match item {
            Item::Word(word) => ops.push(step(op::WORD, short(key(word)))),
            Item::Stem(word) => ops.push(step(op::STEM, short(stem_key(&stem(word))))),
            Item::Class(class) => ops.push(step(op::CLASS, u64::from(*class))),
            Item::Said => ops.push(step(op::SAID, 0)),
            Item::Any => ops.push(step(op::ANY, 0)),
            Item::Gap => ops.push(step(op::GAP, 0)),
            Item::ClauseStart => ops.push(step(op::CLAUSE_START, 0)),
            Item::ReplyStart => ops.push(step(op::REPLY_START, 0)),
            Item::ClauseEnd => ops.push(step(op::CLAUSE_END, 0)),
            Item::QuestionEnd => ops.push(step(op::QUESTION_END, 0)),
            Item::ReplyEnd => ops.push(step(op::REPLY_END, 0)),
            Item::Maybe(inner) => {
                let split = ops.len();
                ops.push(0);
                emit(inner, ops);
                ops[split] = step(op::SPLIT, ops.len() as u64);
            }
            Item::Either(ways) => either(ways, ops),
        }
    }
}

/// The word or stem that a way begins with, if it begins with one.
fn opening(way: &[Item]) -> Option<u64> {
    match way.first()? {
        Item::Word(word) => Some(short(key(word))),
        Item::Stem(word) => Some(short(stem_key(&stem(word)))),
        _ => None,
    }
}

/// Alternatives: those that open with a word are looked up, the others tried in turn after them.
fn either(ways: &[Vec<Item>], ops: &mut Vec<u64>) {
    let mut jumps = Vec::new();
    let (plain, others): (Vec<&Vec<Item>>, Vec<&Vec<Item>>) = ways.iter().partition(|way| opening(way).is_some());
    if plain.len() < WORTH_A_SWITCH {
        in_turn(&ways.iter().collect::<Vec<_>>(), ops, &mut jumps);
    } else {
        let mut groups: Vec<(u64, Vec<&Vec<Item>>)> = Vec::new();
        for way in plain {
            let first = opening(way).unwrap_or(0);
            match groups.iter_mut().find(|(known, _)| *known == first) {
                Some((_, group)) => group.push(way),
                None => groups.push((first, vec![way])),
            }
        }
        groups.sort_by_key(|(first, _)| *first);
        let switch = ops.len();
        ops.resize(switch + 1 + groups.len(), 0);
        for (at, (first, group)) in groups.iter().enumerate() {
            ops[switch + 1 + at] = first << 16 | ops.len() as u64 & 0xffff;
            in_turn(group, ops, &mut jumps);
            jumps.push(ops.len());
            ops.push(0);
        }
        // Step 0 cannot follow a switch and stands for "nowhere".
        let rest = if others.is_empty() { 0 } else { ops.len() as u64 };
        ops[switch] = step(op::SWITCH, rest << 16 | groups.len() as u64);
        if !others.is_empty() {
            in_turn(&others, ops, &mut jumps);
        }
    }
    let end = ops.len() as u64;
    for jump in jumps {
        ops[jump] = step(op::JUMP, end);
    }
}

fn in_turn(ways: &[&Vec<Item>], ops: &mut Vec<u64>, jumps: &mut Vec<usize>) {
    for (at, way) in ways.iter().enumerate() {
        if at + 1 == ways.len() {
            emit(way, ops);
        } else {
            let split = ops.len();
            ops.push(0);
            emit(way, ops);
            jumps.push(ops.len());
            ops.push(0);
            ops[split] = step(op::SPLIT, ops.len() as u64);
        }
    }
}

/// Least and greatest number of words that an item takes.
fn length(item: &Item) -> (u8, u8) {
    match item {
        Item::Word(_) | Item::Stem(_) | Item::Said | Item::Any => (1, 1),
        // A class may hold phrases; eight words is longer than any.
        Item::Class(_) => (1, 8),
        Item::Gap => (0, GAP),
        Item::ClauseStart | Item::ReplyStart | Item::ClauseEnd | Item::QuestionEnd | Item::ReplyEnd => (0, 0),
        Item::Maybe(inner) => (0, total(inner).1),
        Item::Either(ways) => ways.iter().map(|way| total(way)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0, 0)),
    }
}

fn total(items: &[Item]) -> (u8, u8) {
    items.iter().map(length).fold((0, 0), |a, b| (a.0.saturating_add(b.0), a.1.saturating_add(b.1)))
}

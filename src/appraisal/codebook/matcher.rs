//! Runs the programs of patterns over an utterance.

use super::program::Op;
use crate::text::{End, Utterance, class, key};

/// Steps that one pattern may take from one place. Patterns as people write them take fewer than a hundred; this bounds what nested gaps could do.
const MOST_STEPS: u32 = 5_000;

/// One pattern's program over one utterance.
pub(super) struct Run<'a> {
    /// Steps of this pattern.
    pub(super) ops: &'a [Op],
    pub(super) said: &'a Utterance,
    pub(super) client: Option<&'a Utterance>,
    steps: u32,
}

impl<'a> Run<'a> {
    pub(super) fn new(ops: &'a [Op], said: &'a Utterance, client: Option<&'a Utterance>) -> Self {
        Self { ops, said, client, steps: 0 }
    }

    /// Where a match that begins at word `start` ends, if there is one.
    pub(super) fn from(&mut self, start: usize) -> Option<usize> {
        self.steps = 0;
        self.step(0, start, start)
    }

    fn step(&mut self, mut op: usize, mut at: usize, start: usize) -> Option<usize> {
        let words = self.said.words();
        loop {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return None;
            }
            // A pattern never crosses the end of a sentence.
            let word = words.get(at).filter(|word| at == start || word.sentence == words[start].sentence);
            match *self.ops.get(op)? {
                Op::Match => return (at > start).then_some(at),
                Op::Word(key) => {
                    if word?.key != key {
                        return None;
                    }
                    at += 1;
                }
                Op::Stem(stem) => {
                    if word?.stem != stem {
                        return None;
                    }
                    at += 1;
                }
                Op::Any => {
                    word?;
                    at += 1;
                }
                Op::Said => {
                    let word = word?;
                    if word.classes & (1 << class::FUNCTION) != 0 || !self.client?.words().iter().any(|theirs| theirs.stem == word.stem) {
                        return None;
                    }
                    at += 1;
                }
                Op::Class(class) => {
                    let word = word?;
                    for phrase in self.said.phrases() {
                        if phrase.first as usize == at && phrase.class == class {
                            if let Some(end) = self.step(op + 1, at + usize::from(phrase.words), start) {
                                return Some(end);
                            }
                        }
                    }
                    if word.classes & (1 << class) == 0 {
                        return None;
                    }
                    at += 1;
                }
                Op::Gap => return self.gap(op, at, start),
                Op::ClauseStart => {
                    if !begins_clause(self.said, at) {
                        return None;
                    }
                }
                Op::ReplyStart => {
                    if at != 0 && !(begins_clause(self.said, at) && words[at].clause == 0) {
                        return None;
                    }
                }
                Op::ClauseEnd => {
                    if !ends_clause(self.said, at) {
                        return None;
                    }
                }
                Op::QuestionEnd => {
                    let end = at.checked_sub(1).map(|last| words[last].clause as usize).and_then(|clause| self.said.clauses().get(clause));
                    if !end.is_some_and(|clause| clause.end == End::Question) || !ends_clause(self.said, at) {
                        return None;
                    }
                }
                Op::ReplyEnd => {
                    if at != words.len() {
                        return None;
                    }
                }
                Op::Split(other) => {
                    if let Some(end) = self.step(op + 1, at, start) {
                        return Some(end);
                    }
                    op = usize::from(other);
                    continue;
                }
                Op::Jump(to) => {
                    op = usize::from(to);
                    continue;
                }
            }
            op += 1;
        }
    }

    /// As few words as will do; at the very end of a pattern, as many as there are.
    fn gap(&mut self, op: usize, at: usize, start: usize) -> Option<usize> {
        let words = self.said.words();
        let most = usize::from(super::compile::GAP);
        let home = at.checked_sub(1).filter(|before| *before >= start).unwrap_or(at);
        let room = (0..most).take_while(|more| self.same_stretch(home, at + more)).count();
        if matches!(self.ops.get(op + 1), Some(Op::Match)) {
            return (at + room > start).then_some(at + room);
        }
        (0..=room).find_map(|more| {
            let to = at + more;
            (more == 0 || to >= words.len() || self.same_stretch(home, to) || more == room).then(|| self.step(op + 1, to, start)).flatten()
        })
    }

    /// Whether two words stand in one clause, or in clauses parted by nothing but a conjunction.
    fn same_stretch(&self, first: usize, second: usize) -> bool {
        let words = self.said.words();
        let (Some(a), Some(b)) = (words.get(first), words.get(second)) else { return false };
        a.sentence == b.sentence && (a.clause..b.clause).all(|clause| self.said.clauses().get(clause as usize).is_some_and(|clause| clause.end == End::Conjunction))
    }
}

/// Whether a clause begins at this word, leaving aside what clauses open with ("so", "and", "well").
pub(crate) fn begins_clause(said: &Utterance, at: usize) -> bool {
    let Some(clause) = said.words().get(at).and_then(|word| said.clauses().get(word.clause as usize)) else { return false };
    said.words()[clause.first as usize..at].iter().all(|word| word.classes & (1 << class::MARKER) != 0)
}

/// Whether a clause ends before this word, leaving aside what clauses trail off with ("then", "though").
fn ends_clause(said: &Utterance, at: usize) -> bool {
    let Some(clause) = at.checked_sub(1).and_then(|last| said.words().get(last)).and_then(|word| said.clauses().get(word.clause as usize)) else { return false };
    said.words()[at..clause.last as usize].iter().all(|word| word.classes & (1 << class::ENDING) != 0 || word.key == const { key("know") })
}

//! Runs the programs of patterns over an utterance.

use super::program::{op, short};
use crate::text::{End, Utterance, class, key};

/// Steps that one pattern may take from one place. Patterns as people write them take fewer than a hundred; this bounds what nested gaps could do.
const MOST_STEPS: u32 = 5_000;

/// One pattern's program over one utterance.
pub(super) struct Run<'a> {
    /// Steps of this pattern.
    pub(super) ops: &'a [u64],
    pub(super) said: &'a Utterance,
    pub(super) client: Option<&'a Utterance>,
    steps: u32,
}

impl<'a> Run<'a> {
    pub(super) fn new(ops: &'a [u64], said: &'a Utterance, client: Option<&'a Utterance>) -> Self {
        Self { ops, said, client, steps: 0 }
    }

    /// Where a match that begins at word `start` ends, if there is one.
    pub(super) fn from(&mut self, start: usize) -> Option<usize> {
        self.steps = 0;
        self.step(0, start, start)
    }

    fn step(&mut self, mut pc: usize, mut at: usize, start: usize) -> Option<usize> {
        let words = self.said.words();
        loop {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return None;
            }
            let here = *self.ops.get(pc)?;
            let argument = here & 0x00ff_ffff_ffff_ffff;
            // A pattern never crosses the end of a sentence.
            let word = words.get(at).filter(|word| at == start || word.sentence == words[start].sentence);
            match (here >> 56) as u8 {
                op::MATCH => return (at > start).then_some(at),
                op::WORD => {
                    if short(word?.key) != argument {
                        return None;
                    }
                    at += 1;
                }
                op::STEM => {
                    if short(word?.stem) != argument {
                        return None;
                    }
                    at += 1;
                }
                op::SWITCH => {
                    let (count, rest) = ((argument & 0xffff) as usize, (argument >> 16) as usize);
                    let entries = self.ops.get(pc + 1..pc + 1 + count)?;
                    for wanted in word.map(|word| [short(word.key), short(word.stem)]).into_iter().flatten() {
                        if let Ok(found) = entries.binary_search_by_key(&wanted, |entry| entry >> 16)
                            && let Some(end) = self.step((entries[found] & 0xffff) as usize, at, start)
                        {
                            return Some(end);
                        }
                    }
                    if rest == 0 {
                        return None;
                    }
                    pc = rest;
                    continue;
                }
                op::ANY => {
                    word?;
                    at += 1;
                }
                op::SAID => {
                    let word = word?;
                    if word.classes & (1 << class::FUNCTION) != 0 || !self.client?.words().iter().any(|theirs| theirs.stem == word.stem) {
                        return None;
                    }
                    at += 1;
                }
                op::CLASS => {
                    let word = word?;
                    let class = argument as u8;
                    for phrase in self.said.phrases_at(at) {
                        if phrase.class == class
                            && let Some(end) = self.step(pc + 1, at + usize::from(phrase.words), start)
                        {
                            return Some(end);
                        }
                    }
                    if !word.is(class) {
                        return None;
                    }
                    at += 1;
                }
                op::GAP => return self.gap(pc, at, start),
                op::CLAUSE_START => {
                    if !begins_clause(self.said, at) {
                        return None;
                    }
                }
                op::REPLY_START => {
                    if at != 0 && !(begins_clause(self.said, at) && words[at].clause == 0) {
                        return None;
                    }
                }
                op::CLAUSE_END => {
                    if !ends_clause(self.said, at) {
                        return None;
                    }
                }
                op::QUESTION_END => {
                    let end = at.checked_sub(1).map(|last| words[last].clause as usize).and_then(|clause| self.said.clauses().get(clause));
                    if end.is_none_or(|clause| clause.end != End::Question) || !ends_clause(self.said, at) {
                        return None;
                    }
                }
                op::REPLY_END => {
                    if at != words.len() {
                        return None;
                    }
                }
                op::SPLIT => {
                    if let Some(end) = self.step(pc + 1, at, start) {
                        return Some(end);
                    }
                    pc = argument as usize;
                    continue;
                }
                op::JUMP => {
                    pc = argument as usize;
                    continue;
                }
                _ => return None,
            }
            pc += 1;
        }
    }

    /// As few words as will do; at the very end of a pattern, as many as there are.
    fn gap(&mut self, pc: usize, at: usize, start: usize) -> Option<usize> {
        let home = at.checked_sub(1).filter(|before| *before >= start).unwrap_or(at);
        let room = self.stretch_end(home).saturating_sub(at).min(usize::from(super::compile::GAP));
        if self.ops.get(pc + 1).is_some_and(|next| (next >> 56) as u8 == op::MATCH) {
            return (at + room > start).then_some(at + room);
        }
        (0..=room).find_map(|more| self.step(pc + 1, at + more, start))
    }

    /// One past the last word of the clause that a word stands in, or of the clauses that follow it, parted by nothing but a conjunction.
    fn stretch_end(&self, word: usize) -> usize {
        let clause = self.said.words().get(word).map_or(0, |word| word.clause as usize);
        let mut end = word;
        for clause in self.said.clauses().get(clause..).unwrap_or_default() {
            end = clause.last as usize;
            if clause.end != End::Conjunction {
                break;
            }
        }
        end
    }
}

/// Whether a clause begins at this word, leaving aside what clauses open with ("so", "and", "well").
pub(crate) fn begins_clause(said: &Utterance, at: usize) -> bool {
    let Some(clause) = said.words().get(at).and_then(|word| said.clauses().get(word.clause as usize)) else { return false };
    said.words()[clause.first as usize..at].iter().all(|word| word.classes & (1 << class::MARKER) != 0)
}

/// Whether a clause ends before this word, leaving aside what clauses trail off with ("then", "though").
fn ends_clause(said: &Utterance, at: usize) -> bool {
    let Some(clause) = at.checked_sub(1).and_then(|last| said.words().get(last)).and_then(|word| said.clauses().get(word.clause as usize)) else {
        return false;
    };
    said.words()[at..clause.last as usize].iter().all(|word| word.classes & (1 << class::ENDING) != 0 || word.key == const { key("know") })
}

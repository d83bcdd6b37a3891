//! Lines are said once before their pool is spent. What was said is remembered by a fingerprint of its words, so that the same
//! sentence in two pools is not said twice either.

use super::choice::Place;
use crate::scenario::shape::Line;
use std::collections::BTreeSet;

/// What the client has said in this session.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Spent {
    said: BTreeSet<u64>,
    /// Said in earlier sessions: said again only where a pool has nothing newer.
    before: BTreeSet<u64>,
    last: u64,
}

impl Spent {
    /// At the start of a later session, with what was said in those before.
    #[must_use]
    pub fn since(before: BTreeSet<u64>) -> Self {
        Self { before, ..Self::default() }
    }

    /// Marks of everything said, in this session and before, for the next one.
    #[must_use]
    pub fn marks(&self) -> BTreeSet<u64> {
        self.before.union(&self.said).copied().collect()
    }

    /// Whether the line was said already.
    #[must_use]
    pub fn holds(&self, line: &Line) -> bool {
        self.said.contains(&mark(line))
    }

    /// Remembers that it was said.
    pub fn say(&mut self, line: &Line) {
        self.last = mark(line);
        self.said.insert(self.last);
    }

    /// A line of the pool that was not said yet: the first where they stand in order, a seeded one otherwise.
    #[must_use]
    pub fn fresh<'a>(&self, pool: &'a [Line], in_order: bool, place: Place, purpose: &str) -> Option<&'a Line> {
        self.choose(pool, in_order, place, purpose, |mark| self.said.contains(&mark))
    }

    /// A line of a spent pool that is said anew; the very last line of all stays said, so that nobody repeats themselves at once.
    #[must_use]
    pub fn anew<'a>(&self, pool: &'a [Line], place: Place, purpose: &str) -> Option<&'a Line> {
        self.choose(pool, false, place, purpose, |mark| mark == self.last && pool.len() > 1 && self.said.contains(&mark))
    }

    fn choose<'a>(&self, pool: &'a [Line], in_order: bool, place: Place, purpose: &str, said: impl Fn(u64) -> bool) -> Option<&'a Line> {
        // Marks take time; each line's is made once.
        let (mut newest, mut left) = (Vec::new(), Vec::new());
        for line in pool {
            let mark = mark(line);
            if !said(mark) {
                left.push(line);
                if !self.before.contains(&mark) {
                    newest.push(line);
                    if in_order {
                        break;
                    }
                }
            }
        }
        let from = if newest.is_empty() { left } else { newest };
        let at = if in_order { 0 } else { place.draw(purpose, from.len()) };
        from.get(at).copied()
    }
}

/// FNV-1a over the letters of what is said; gestures and case do not make a line another line.
fn mark(line: &Line) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut gesture = false;
    let mut words = false;
    for byte in line.say().bytes() {
        match byte {
            b'*' => gesture = !gesture,
            _ if gesture || !(byte.is_ascii_alphanumeric() || byte >= 0x80) => {}
            _ => {
                words = true;
                hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    if !words {
        // A line that is all gesture is told apart by the gesture.
        for byte in line.say().bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(lines: &[&str]) -> Vec<Line> {
        lines.iter().map(|line| Line::Plain((*line).to_owned())).collect()
    }

    #[test]
    fn no_line_comes_twice_before_the_pool_is_spent() {
        let pool = pool(&["Yes.", "Maybe.", "I don't know."]);
        for seed in 0..50 {
            let mut spent = Spent::default();
            for turn in 0..3 {
                let place = Place { seed, session: 1, turn };
                let line = spent.fresh(&pool, false, place, "line").expect("three lines for three turns").clone();
                assert!(!spent.holds(&line));
                spent.say(&line);
            }
            assert!(spent.fresh(&pool, false, Place { seed, session: 1, turn: 3 }, "line").is_none());
        }
    }

    #[test]
    fn the_same_words_in_another_pool_count_as_said() {
        let mut spent = Spent::default();
        spent.say(&Line::Plain("*shrugs* It's fine.".to_owned()));
        assert!(spent.holds(&Line::Plain("It's fine.".to_owned())));
        assert!(!spent.holds(&Line::Plain("*shrugs*".to_owned())));
    }

    #[test]
    fn a_pool_said_anew_does_not_start_with_the_line_just_said() {
        let pool = pool(&["Yes.", "No."]);
        let mut spent = Spent::default();
        spent.say(&pool[0]);
        spent.say(&pool[1]);
        for seed in 0..20 {
            assert_eq!(spent.anew(&pool, Place { seed, session: 1, turn: 1 }, "line"), Some(&pool[0]));
        }
        assert_eq!(spent.anew(&pool[1..], Place { seed: 1, session: 1, turn: 1 }, "line"), Some(&pool[1]));
    }
}

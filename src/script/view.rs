//! What a script sees of the reply and of the client. Views are read-only: a getter without a setter makes `client.trust = 1.0` an error.

use crate::appraisal::{Act, Appraisal, Scale};
use crate::client::Client;
use std::sync::Arc;

/// A reply, for a script. The session fills it; everything large is shared.
#[derive(Clone, Debug)]
pub struct TurnView {
    /// 1, 2, 3 …
    pub number: u32,
    /// Minutes left of the session.
    pub minutes_left: f64,
    /// As typed, neutralised.
    pub text: Arc<str>,
    /// What it does.
    pub appraisal: Arc<Appraisal>,
    /// The topic carried on from the client's last line, where the reply names none.
    pub carried: Option<Arc<str>>,
    /// Earlier turns of this session, oldest first.
    pub history: Arc<Vec<Past>>,
}

/// An earlier turn, for a script.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// 1, 2, 3 …
    pub number: u32,
    /// What the trainee said.
    pub text: String,
    /// What it did.
    pub acts: Vec<Act>,
    /// Topics of the scenario that it named.
    pub topics: Vec<String>,
    /// Empathy, non-judgment, listening, 1 to 5 each.
    pub scores: [Option<f64>; 3],
    /// What the client answered.
    pub answer: String,
    /// Where the answer came from: a line, reaction, topic or disclosure.
    pub beat: String,
}

/// How open the client is, in four steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Band {
    Guarded,
    Wary,
    Warming,
    Open,
}

impl Band {
    /// The band of a capacity to disclose D, 0 to 1.
    #[must_use]
    pub fn of(openness: f64) -> Self {
        if openness < 0.12 {
            Band::Guarded
        } else if openness < 0.22 {
            Band::Wary
        } else if openness < 0.34 {
            Band::Warming
        } else {
            Band::Open
        }
    }

    /// As scripts and files name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Band::Guarded => "guarded",
            Band::Wary => "wary",
            Band::Warming => "warming",
            Band::Open => "open",
        }
    }
}

/// The client, for a script.
#[derive(Clone, Debug)]
pub struct ClientView {
    /// The client as it is when the hook is called: in `respond`, after the reply was felt.
    pub client: Arc<Client>,
    /// Session of the course, 1, 2, 3 …
    pub session: u32,
    /// 0 in the opening.
    pub turn: u32,
    /// Where the client's last line came from: its id, or that of its reaction, topic or disclosure.
    pub last_beat: Arc<str>,
    /// What the client said last.
    pub last_line: Arc<str>,
    /// Where choices come from.
    pub luck: Luck,
}

/// Where a script's choices come from: the session's own generator, keyed by seed, session, turn and the purpose that the script names.
#[derive(Clone, Copy, Debug)]
pub struct Luck {
    /// The session's seed.
    pub seed: u64,
    /// 1, 2, 3 …
    pub session: u32,
    /// 0 is the opening.
    pub turn: u32,
    /// A number below the last argument, for a seed, session, turn and purpose.
    pub draw: fn(u64, u32, u32, &str, usize) -> usize,
}

impl Luck {
    /// A number below `below`; 0 where there is nothing to choose.
    #[must_use]
    pub fn draw(&self, purpose: &str, below: usize) -> usize {
        if below == 0 { 0 } else { (self.draw)(self.seed, self.session, self.turn, purpose, below).min(below - 1) }
    }
}

/// The longest part of a reply that a script sees, in bytes: a text of a script may not be longer than [`super::limits::STRING`].
pub(super) const SEEN: usize = 2000;

/// At most [`SEEN`] bytes of a text, on a character boundary.
pub(super) fn seen(text: &str) -> &str {
    let mut end = text.len().min(SEEN);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

impl TurnView {
    /// Whether these words stand in the reply, whole and in this order, whatever their case.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        holds_words(seen(&self.text), words)
    }

    /// Points on a scale, 1 to 5.
    #[must_use]
    pub fn score(&self, scale: Scale) -> Option<f64> {
        self.appraisal.scores.points(scale)
    }

    /// Whether the reply names a topic, or carries it on.
    #[must_use]
    pub fn touches(&self, topic: &str) -> bool {
        self.appraisal.topics.iter().any(|named| named.id == topic) || self.carried.as_deref() == Some(topic)
    }
}

impl Past {
    /// Whether these words stood in it.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        holds_words(seen(&self.text), words)
    }
}

fn holds_words(text: &str, words: &str) -> bool {
    let words = words.trim().to_lowercase().replace('’', "'");
    if words.is_empty() {
        return false;
    }
    let text = text.to_lowercase().replace('’', "'");
    let inside = |c: char| c.is_alphanumeric() || c == '\'';
    text.match_indices(&words).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(inside) && !after.is_some_and(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_in_any_case_and_with_any_quotes() {
        assert!(holds_words("And Your Mother, what then?", "your mother"));
        assert!(holds_words("You don’t say", "don't"));
        assert!(!holds_words("motherland", "mother"));
        assert!(!holds_words("anything", " "));
    }

    #[test]
    fn a_long_reply_is_seen_up_to_a_whole_character() {
        let long = "é".repeat(SEEN);
        assert!(seen(&long).len() <= SEEN && seen(&long).len() > SEEN - 2);
    }
}

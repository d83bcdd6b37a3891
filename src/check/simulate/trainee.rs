//! A simulated trainee: looks at the situation, picks a move, fills its words from what the client said.

use super::bank::{Bank, Move, Piece, Repertoire, Slot, When};
use super::heard::Heard;
use rand::Rng as _;
use rand::rngs::ChaCha8Rng;

/// So many fillings are tried before the trainee falls back on what it always can say.
const TRIES: usize = 8;
/// Echoes of so many turns are kept for coming back to.
const KEPT: usize = 12;

/// What the trainee sees of the session.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sight {
    pub(super) turn: u32,
    pub(super) turns: u32,
    pub(super) session: u32,
    pub(super) hurt: bool,
    pub(super) told: bool,
}

/// A trainee in a session.
pub(super) struct Trainee<'a> {
    repertoire: &'a Repertoire,
    noise: &'a [String],
    name: &'a str,
    topics: &'a [String],
    /// Whether a topic leads to something that is not told to anyone.
    hearts: &'a [bool],
    /// The turn in which each move was made last in this session.
    made: Vec<u32>,
    /// Wordings used in this course, a bit each of the first 64.
    used: Vec<u64>,
    asked: Vec<bool>,
    earlier: Vec<String>,
    on: Option<usize>,
}

impl<'a> Trainee<'a> {
    /// Sits down. `topics` are the scenario's topics as one says them to the client.
    pub(super) fn new(bank: &'a Bank, repertoire: &'a Repertoire, name: &'a str, topics: &'a [String], hearts: &'a [bool]) -> Self {
        Self {
            repertoire,
            noise: &bank.words.noise,
            name,
            topics,
            hearts,
            made: vec![0; repertoire.moves.len()],
            used: vec![0; repertoire.moves.len()],
            asked: vec![false; topics.len()],
            earlier: Vec::new(),
            on: None,
        }
    }

    /// A new hour with the same client.
    pub(super) fn begin_session(&mut self) {
        self.made.fill(0);
    }

    /// What the trainee says to this. `on` is the topic that the talk is on, as a place in the list.
    pub(super) fn says(&mut self, heard: &Heard, on: Option<usize>, sight: Sight, draw: &mut ChaCha8Rng) -> String {
        self.on = on.or(self.on);
        let said = (0..TRIES).find_map(|_| {
            let at = self.pick(heard, sight, draw)?;
            let said = self.fill(at, heard, draw)?;
            if let Some(made) = self.made.get_mut(at) {
                *made = sight.turn;
            }
            Some(said)
        });
        if let Some(echo) = heard.echoes.first() {
            self.earlier.push(echo.clone());
            if self.earlier.len() > KEPT {
                self.earlier.remove(0);
            }
        }
        said.unwrap_or_else(|| self.repertoire.otherwise.clone())
    }

    fn pick(&self, heard: &Heard, sight: Sight, draw: &mut ChaCha8Rng) -> Option<usize> {
        let weight = |(at, one): (usize, &Move)| if self.fits(at, one, heard, sight) { one.weight } else { 0 };
        let total: u32 = self.repertoire.moves.iter().enumerate().map(weight).sum();
        if total == 0 {
            return None;
        }
        let mut left = below(draw, total as usize) as u32;
        for pair in self.repertoire.moves.iter().enumerate() {
            let (at, weight) = (pair.0, weight(pair));
            if left < weight {
                return Some(at);
            }
            left -= weight;
        }
        None
    }

    fn fits(&self, at: usize, one: &Move, heard: &Heard, sight: Sight) -> bool {
        let last = self.made.get(at).copied().unwrap_or(0);
        let free = last == 0 || (!one.once && sight.turn >= last + one.every.max(1));
        free && one.when.iter().all(|when| holds(*when, heard, sight)) && (one.hears.is_empty() || one.hears.iter().any(|word| heard.words.contains(word)))
    }

    fn fill(&mut self, at: usize, heard: &Heard, draw: &mut ChaCha8Rng) -> Option<String> {
        let repertoire = self.repertoire;
        let wordings = &repertoire.moves.get(at)?.wordings;
        let used = self.used.get_mut(at)?;
        let all = if wordings.len() >= 64 { u64::MAX } else { (1u64 << wordings.len()) - 1 };
        if *used & all == all {
            *used = 0;
        }
        let fresh: Vec<usize> = (0..wordings.len()).filter(|index| *index >= 64 || *used & (1 << index) == 0).collect();
        let index = *pick_one(&fresh, draw)?;
        if index < 64 {
            *used |= 1 << index;
        }
        let mut said = String::new();
        for piece in wordings.get(index)? {
            match piece {
                Piece::Text(text) => said.push_str(text),
                Piece::Slot(slot, capital) => {
                    let filled = self.slot(*slot, heard, draw)?;
                    push(&mut said, &filled, *capital);
                }
            }
        }
        Some(said)
    }

    fn slot(&mut self, slot: Slot, heard: &Heard, draw: &mut ChaCha8Rng) -> Option<String> {
        match slot {
            Slot::Echo => pick_one(&heard.echoes, draw).cloned(),
            Slot::Earlier => {
                let before = self.earlier.len().checked_sub(2)?;
                pick_one(&self.earlier[..=before.min(self.earlier.len() - 1)], draw).cloned()
            }
            Slot::Feeling => pick_one(&heard.feelings, draw).cloned(),
            Slot::Deep => pick_one(&heard.deep, draw).cloned(),
            Slot::Thing => pick_one(&heard.things, draw).cloned(),
            Slot::Topic => {
                let topic = self.on?;
                self.ask(topic)
            }
            Slot::Heart => {
                let hearts: Vec<usize> = (0..self.topics.len()).filter(|topic| self.hearts.get(*topic) == Some(&true)).collect();
                let topic = *pick_one(&hearts, draw)?;
                self.on = Some(topic);
                self.ask(topic)
            }
            Slot::NewTopic => {
                let fresh: Vec<usize> = (0..self.topics.len()).filter(|topic| !self.asked[*topic]).collect();
                if fresh.is_empty() {
                    self.asked.fill(false);
                }
                let topic = *pick_one(&fresh, draw)?;
                self.on = Some(topic);
                self.ask(topic)
            }
            Slot::Last => (!heard.last.is_empty()).then(|| heard.last.clone()),
            Slot::Name => Some(self.name.to_owned()),
            Slot::Noise => {
                let count = 3 + below(draw, 7);
                let words: Vec<&str> = (0..count).filter_map(|_| pick_one(self.noise, draw).map(String::as_str)).collect();
                Some(words.join(" "))
            }
        }
    }

    fn ask(&mut self, topic: usize) -> Option<String> {
        if let Some(asked) = self.asked.get_mut(topic) {
            *asked = true;
        }
        self.topics.get(topic).cloned()
    }
}

fn holds(when: When, heard: &Heard, sight: Sight) -> bool {
    match when {
        When::First => sight.turn == 1 && sight.session == 1,
        When::Again => sight.turn == 1 && sight.session > 1,
        When::Asked => heard.asked,
        When::Hurt => sight.hurt,
        When::Whole => !sight.hurt,
        When::Told => sight.told,
        When::Feeling => !heard.feelings.is_empty() || sight.told,
        When::Short => heard.short,
        When::Late => sight.turn + 3 > sight.turns,
    }
}

/// A number below `below`, the same on every platform; 0 where `below` is 0.
fn below(draw: &mut ChaCha8Rng, below: usize) -> usize {
    usize::try_from(draw.next_u64() % below.max(1) as u64).unwrap_or(0)
}

fn pick_one<'s, T>(from: &'s [T], draw: &mut ChaCha8Rng) -> Option<&'s T> {
    if from.is_empty() { None } else { from.get(below(draw, from.len())) }
}

fn push(said: &mut String, filled: &str, capital: bool) {
    let mut letters = filled.chars();
    match letters.next() {
        Some(first) if capital => {
            said.extend(first.to_uppercase());
            said.push_str(letters.as_str());
        }
        _ => said.push_str(filled),
    }
}

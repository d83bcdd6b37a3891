//! What a trainee's tries add up to: the level in each skill, what was reached, what comes back and when.
//!
//! A `Book` is a fold over tries in their order and over nothing else: the same tries give the same book. Time is counted in practices (one sitting at
//! drills), never by a clock.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Met so many times in a row at a level, and the level is reached. Three consecutive correct answers is the usual criterion of mastery practice (Kelly,
/// Wang, Thompson and Heffernan 2015, "Defining Mastery", on ASSISTments' skill builders); where luck alone would meet one try in two, it passes one in eight.
pub const CRITERION: u32 = 3;
/// Missed so many times in a row, and the next one is easier: the mirror of the criterion, so that one bad minute moves nothing.
const STEP_BACK: u32 = 3;
/// The levels.
const LOWEST: u8 = 1;
const HIGHEST: u8 = 5;
/// What was missed comes back after so many practices; each time it is met it moves one place on, a miss puts it back to the first (Leitner's boxes, 1972;
/// doubling gaps after Cepeda et al. 2006 on distributed practice). After the last place it is let go.
const RETURNS_AFTER: [u32; 4] = [1, 2, 4, 8];

/// How hard it felt: the reaction form of deliberate practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Give me a harder one.
    TooEasy,
    /// This is where I learn.
    Good,
    /// Give me an easier one.
    TooHard,
}

impl Rating {
    /// The stable identifier.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooEasy => "too_easy",
            Self::Good => "good",
            Self::TooHard => "too_hard",
        }
    }

    /// The rating with this identifier.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::TooEasy, Self::Good, Self::TooHard].into_iter().find(|rating| rating.name() == name)
    }
}

/// One try, as it is kept. What was typed is not part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Which practice of this trainee, 1 and up.
    pub practice: u32,
    /// The skill.
    pub skill: String,
    /// The stimulus.
    pub stimulus: String,
    /// The stimulus's level, 1 to 5.
    pub level: u8,
    /// Whether the criteria were met.
    pub met: bool,
    /// Whether it was the first try at this stimulus in this practice. Later ones have the model reply before them, so they move nothing.
    pub first: bool,
    /// How hard it felt, where the trainee said so.
    pub rating: Option<Rating>,
}

/// Where a trainee stands in one skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkillStanding {
    /// The level that is practised now, 1 to 5.
    pub level: u8,
    /// Met in a row at this level.
    pub streak: u32,
    /// The highest level whose criterion was met; 0 is none yet.
    pub reached: u8,
    /// First tries.
    pub tries: u32,
    /// First tries that met the criteria.
    pub met: u32,
    /// The last practice in which it was practised.
    pub last_practice: u32,
    /// Missed in a row.
    #[serde(skip)]
    misses: u32,
}

impl Default for SkillStanding {
    fn default() -> Self {
        Self { level: LOWEST, streak: 0, reached: 0, tries: 0, met: 0, last_practice: 0, misses: 0 }
    }
}

/// What a try or a rating changed, for the trainee to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The criterion of this level is met; the next level begins, where there is one.
    Reached(u8),
    /// A harder level, asked for by the rating.
    Harder(u8),
    /// An easier level, asked for by the rating or by misses.
    Easier(u8),
}

/// Where a weak stimulus waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Waiting {
    place: usize,
    due: u32,
}

/// All tries of one trainee, added up.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Book {
    skills: BTreeMap<String, SkillStanding>,
    /// By skill and stimulus: the practice and the place in the order of tries when it was last seen.
    seen: BTreeMap<(String, String), (u32, u32)>,
    waiting: BTreeMap<(String, String), Waiting>,
    count: u32,
    practices: u32,
    last: Option<Tried>,
}

impl Book {
    /// The book of these tries, in their order.
    #[must_use]
    pub fn of(tries: impl IntoIterator<Item = Tried>) -> Self {
        let mut book = Self::default();
        for mut tried in tries {
            let rating = tried.rating.take();
            book.add(tried);
            if let Some(rating) = rating {
                book.rate(rating);
            }
        }
        book
    }

    /// Adds a try that is not rated yet; says what it changed.
    pub fn add(&mut self, tried: Tried) -> Option<News> {
        self.count += 1;
        self.practices = self.practices.max(tried.practice);
        let key = (tried.skill.clone(), tried.stimulus.clone());
        self.seen.insert(key.clone(), (tried.practice, self.count));
        let news = if tried.first {
            self.wait(key, &tried);
            self.skills.entry(tried.skill.clone()).or_default().tried(&tried)
        } else {
            None
        };
        self.last = Some(tried);
        news
    }

    /// Rates the last try; says what it changed.
    pub fn rate(&mut self, rating: Rating) -> Option<News> {
        let last = self.last.as_mut()?;
        if last.rating.is_some() {
            return None;
        }
        last.rating = Some(rating);
        if !last.first {
            return None;
        }
        // Met with pains is weak too.
        if last.met && rating == Rating::TooHard {
            let due = last.practice + RETURNS_AFTER[0];
            self.waiting.insert((last.skill.clone(), last.stimulus.clone()), Waiting { place: 0, due });
        }
        let met = last.met;
        self.skills.get_mut(&last.skill)?.rated(rating, met)
    }

    fn wait(&mut self, key: (String, String), tried: &Tried) {
        if !tried.met {
            self.waiting.insert(key, Waiting { place: 0, due: tried.practice + RETURNS_AFTER[0] });
            return;
        }
        let Some(waiting) = self.waiting.get_mut(&key).filter(|waiting| waiting.due <= tried.practice) else { return };
        waiting.place += 1;
        match RETURNS_AFTER.get(waiting.place) {
            Some(gap) => waiting.due = tried.practice + gap,
            None => {
                self.waiting.remove(&key);
            }
        }
    }

    /// Where the trainee stands in a skill.
    #[must_use]
    pub fn standing(&self, skill: &str) -> SkillStanding {
        self.skills.get(skill).cloned().unwrap_or_default()
    }

    /// The skills that were practised, in order of the alphabet.
    pub fn skills(&self) -> impl Iterator<Item = (&str, &SkillStanding)> {
        self.skills.iter().map(|(skill, standing)| (skill.as_str(), standing))
    }

    /// How many practices there were.
    #[must_use]
    pub const fn practices(&self) -> u32 {
        self.practices
    }

    /// How many tries there were, again and again included.
    #[must_use]
    pub const fn tries(&self) -> u32 {
        self.count
    }

    /// What comes back in this practice: (skill, stimulus), longest due first.
    #[must_use]
    pub fn due(&self, practice: u32) -> Vec<(&str, &str)> {
        let mut due: Vec<_> = self.waiting.iter().filter(|(_, waiting)| waiting.due <= practice).collect();
        due.sort_by_key(|((skill, stimulus), waiting)| (waiting.due, skill.as_str(), stimulus.as_str()));
        due.into_iter().map(|((skill, stimulus), _)| (skill.as_str(), stimulus.as_str())).collect()
    }

    /// When a stimulus was last seen: its practice and its place among all tries; `None` is never.
    #[must_use]
    pub fn last_seen(&self, skill: &str, stimulus: &str) -> Option<(u32, u32)> {
        self.seen.get(&(skill.to_owned(), stimulus.to_owned())).copied()
    }
}

impl SkillStanding {
    fn tried(&mut self, tried: &Tried) -> Option<News> {
        self.tries += 1;
        self.last_practice = tried.practice;
        if !tried.met {
            self.streak = 0;
            self.misses += 1;
            if self.misses >= STEP_BACK {
                self.misses = 0;
                return self.step(false);
            }
            return None;
        }
        self.met += 1;
        self.misses = 0;
        // A returning stimulus of a level long left behind proves nothing about this one.
        if tried.level + 1 < self.level {
            return None;
        }
        self.streak += 1;
        if self.streak < CRITERION {
            return None;
        }
        let reached = self.level;
        self.reached = self.reached.max(reached);
        self.level = (self.level + 1).min(HIGHEST);
        self.streak = 0;
        Some(News::Reached(reached))
    }

    fn rated(&mut self, rating: Rating, met: bool) -> Option<News> {
        match rating {
            // The criterion has just moved it on already.
            Rating::TooEasy if met && self.streak > 0 => self.step(true),
            Rating::TooHard if self.streak > 0 || !met => self.step(false),
            _ => None,
        }
    }

    /// A level up or down, where there is one.
    fn step(&mut self, up: bool) -> Option<News> {
        let level = if up { (self.level + 1).min(HIGHEST) } else { (self.level - 1).max(LOWEST) };
        if level == self.level {
            return None;
        }
        self.level = level;
        self.streak = 0;
        self.misses = 0;
        Some(if up { News::Harder(level) } else { News::Easier(level) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(practice: u32, stimulus: &str, level: u8, met: bool) -> Tried {
        Tried { practice, skill: "summary".into(), stimulus: stimulus.into(), level, met, first: true, rating: None }
    }

    #[test]
    fn three_in_a_row_reach_a_level_and_a_miss_begins_anew() {
        let mut book = Book::default();
        assert_eq!([true, true, false, true, true].map(|met| book.add(tried(1, "a", 1, met))), [None; 5]);
        assert_eq!(book.add(tried(1, "b", 1, true)), Some(News::Reached(1)));
        let standing = book.standing("summary");
        assert_eq!((standing.level, standing.reached, standing.streak), (2, 1, 0));
    }

    #[test]
    fn too_easy_moves_up_only_what_was_met_and_too_hard_moves_down() {
        let mut book = Book::default();
        book.add(tried(1, "a", 1, false));
        assert_eq!(book.rate(Rating::TooEasy), None);
        book.add(tried(1, "b", 1, true));
        assert_eq!(book.rate(Rating::TooEasy), Some(News::Harder(2)));
        book.add(tried(1, "c", 2, false));
        assert_eq!(book.rate(Rating::TooHard), Some(News::Easier(1)));
        assert_eq!(book.rate(Rating::TooHard), None, "a try is rated once");
    }

    #[test]
    fn three_misses_make_it_easier_and_never_easier_than_the_first_level() {
        let mut book = Book::default();
        for stimulus in ["a", "b", "c"] {
            book.add(tried(1, stimulus, 1, true));
        }
        assert_eq!(book.standing("summary").level, 2);
        let news: Vec<_> = (0..6).map(|_| book.add(tried(1, "d", 2, false))).collect();
        assert_eq!(news, [None, None, Some(News::Easier(1)), None, None, None]);
    }

    #[test]
    fn what_was_missed_returns_after_one_two_four_and_eight_practices_and_is_then_let_go() {
        let mut book = Book::default();
        book.add(tried(1, "a", 1, false));
        let mut practice = 1;
        for gap in RETURNS_AFTER {
            assert!(book.due(practice + gap - 1).is_empty());
            practice += gap;
            assert_eq!(book.due(practice), [("summary", "a")]);
            book.add(tried(practice, "a", 1, true));
        }
        assert!(book.due(u32::MAX).is_empty());
    }

    #[test]
    fn a_second_try_at_the_same_stimulus_moves_nothing() {
        let mut book = Book::default();
        book.add(tried(1, "a", 1, false));
        let before = book.standing("summary");
        book.add(Tried { first: false, met: true, ..tried(1, "a", 1, true) });
        assert_eq!(book.standing("summary"), before);
        assert_eq!(book.due(2).len(), 1);
    }

    #[test]
    fn a_book_of_kept_tries_is_the_book_as_it_was() {
        let mut book = Book::default();
        let mut kept = Vec::new();
        for (n, met) in [true, true, true, false, true, false, false, false].into_iter().enumerate() {
            let rating = [Some(Rating::TooEasy), None, Some(Rating::TooHard), Some(Rating::Good)][n % 4];
            let one = tried(1 + n as u32 / 3, ["a", "b", "c"][n % 3], 1, met);
            book.add(one.clone());
            if let Some(rating) = rating {
                book.rate(rating);
            }
            kept.push(Tried { rating, ..one });
        }
        assert_eq!(Book::of(kept), book);
    }
}

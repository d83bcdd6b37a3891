//! One sitting at one skill: which stimulus comes next.
//!
//! What was weak and is due comes first, then stimuli at the trainee's level, those never seen before those seen, and what was missed in this practice
//! once more after two others. Nothing is drawn by chance.

use super::book::{Book, News, Rating, Tried};
use super::set::{Drills, Skill};
use super::shape::{DrillFile, Stimulus};
use serde::Serialize;
use std::collections::BTreeMap;

/// So many returns of weak stimuli open a practice at most: the rest waits, so that there is room for what is new.
const MOST_RETURNS: usize = 3;
/// What was missed comes once more after so many others: long enough that the model reply is not merely echoed.
const GAP: u32 = 2;

/// Why a stimulus is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// At the trainee's level.
    Level,
    /// It was weak in an earlier practice.
    Returns,
    /// It was missed a little while ago in this one.
    OnceMore,
}

/// The next stimulus.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// Its skill.
    pub skill: &'a Skill,
    /// The file whose criteria hold.
    pub file: &'a DrillFile,
    /// The stimulus.
    pub stimulus: &'a Stimulus,
    /// Why it is offered.
    pub why: Why,
    /// Whether it is the first time in this practice; only then it counts.
    pub first: bool,
}

/// A practice under way.
#[derive(Clone, Debug)]
pub struct Practice<'a> {
    drills: &'a Drills,
    skill: &'a Skill,
    book: Book,
    number: u32,
    returns: Vec<(String, String)>,
    /// Stimuli of this practice, by skill and id: how often, and at which try last.
    seen: BTreeMap<(String, String), (u32, u32)>,
    /// Missed in this practice and not yet met.
    missed: Vec<(String, String)>,
    tries: u32,
    fixed_level: Option<u8>,
}

impl<'a> Practice<'a> {
    /// Begins a practice of one skill. What is due of this skill returns first; `mixed` lets all skills return. `level` practises at one level, whatever
    /// the book says.
    #[must_use]
    pub fn begin(drills: &'a Drills, skill: &'a Skill, book: Book, mixed: bool, level: Option<u8>) -> Self {
        let number = book.practices() + 1;
        let there = |(skill, stimulus): &(&str, &str)| drills.skill(skill).is_some_and(|skill| skill.stimulus(stimulus).is_some());
        let returns = book
            .due(number)
            .into_iter()
            .filter(|due| there(due) && (mixed || due.0 == skill.id()))
            .take(MOST_RETURNS)
            .map(|(skill, stimulus)| (skill.to_owned(), stimulus.to_owned()))
            .collect();
        Self { drills, skill, book, number, returns, seen: BTreeMap::new(), missed: Vec::new(), tries: 0, fixed_level: level }
    }

    /// Which practice of the trainee this is, 1 and up.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// The trainee's book as it stands now.
    #[must_use]
    pub const fn book(&self) -> &Book {
        &self.book
    }

    /// The skill practised.
    #[must_use]
    pub const fn skill(&self) -> &'a Skill {
        self.skill
    }

    /// First and later tries in this practice.
    #[must_use]
    pub const fn tries(&self) -> u32 {
        self.tries
    }

    /// The level practised now, 1 to 5.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.fixed_level.unwrap_or_else(|| self.book.standing(self.skill.id()).level)
    }

    /// The next stimulus; `None` where the skill has none.
    #[must_use]
    pub fn next(&self) -> Option<Offer<'a>> {
        self.a_return().or_else(|| self.once_more()).or_else(|| self.at_level())
    }

    fn offer(&self, skill: &str, stimulus: &str, why: Why) -> Option<Offer<'a>> {
        let skill = self.drills.skill(skill)?;
        let (file, stimulus) = skill.stimulus(stimulus)?;
        let first = !self.seen.contains_key(&(skill.id().to_owned(), stimulus.id.clone()));
        Some(Offer { skill, file, stimulus, why, first })
    }

    fn a_return(&self) -> Option<Offer<'a>> {
        let (skill, stimulus) = self.returns.iter().find(|key| !self.seen.contains_key(*key))?;
        self.offer(skill, stimulus, Why::Returns)
    }

    fn once_more(&self) -> Option<Offer<'a>> {
        let rested = |key: &&(String, String)| self.seen.get(*key).is_some_and(|(_, at)| self.tries >= at + GAP);
        let (skill, stimulus) = self.missed.iter().find(rested)?;
        self.offer(skill, stimulus, Why::OnceMore)
    }

    fn at_level(&self) -> Option<Offer<'a>> {
        let level = self.level();
        let id = self.skill.id();
        let all = self.skill.stimuli();
        let best = all.iter().enumerate().min_by_key(|(place, (_, stimulus))| {
            let key = (id.to_owned(), stimulus.id.clone());
            let times = self.seen.get(&key).map_or(0, |(times, _)| *times);
            let away = stimulus.level.abs_diff(level);
            // Two levels away is another exercise; then rather the same one again.
            (away > 1, times, away, stimulus.level < level, self.book.last_seen(id, &stimulus.id).unwrap_or_default(), *place)
        })?;
        self.offer(id, &best.1.1.id, Why::Level)
    }

    /// A try at an offer was judged: keeps it in the book. Gives the try to be stored, and what it changed.
    pub fn tried(&mut self, offer: &Offer<'_>, met: bool) -> (Tried, Option<News>) {
        self.tries += 1;
        let key = (offer.skill.id().to_owned(), offer.stimulus.id.clone());
        let seen = self.seen.entry(key.clone()).or_insert((0, 0));
        let first = seen.0 == 0;
        *seen = (seen.0 + 1, self.tries);
        if met {
            self.missed.retain(|missed| *missed != key);
        } else if first {
            self.missed.push(key.clone());
        } else {
            // Twice is enough for today; it comes back in the next practice.
            self.missed.retain(|missed| *missed != key);
        }
        let tried = Tried { practice: self.number, skill: key.0, stimulus: key.1, level: offer.stimulus.level, met, first, rating: None };
        let news = self.book.add(tried.clone());
        (tried, news)
    }

    /// Rates the last try.
    pub fn rated(&mut self, rating: Rating) -> Option<News> {
        self.book.rate(rating)
    }

    /// Passes a stimulus by: it counts as seen, and as nothing else.
    pub fn skip(&mut self, offer: &Offer<'_>) {
        let key = (offer.skill.id().to_owned(), offer.stimulus.id.clone());
        let tries = self.tries;
        self.seen.entry(key.clone()).and_modify(|seen| seen.0 += 1).or_insert((1, tries));
        self.missed.retain(|missed| *missed != key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drills() -> Drills {
        let stimulus = |id: &str, level: u8| format!("(id: \"{id}\", level: {level}, who: \"w\", client: \"c\", models: [], meets: [], misses: [])");
        let stimuli: Vec<String> = (1..=5).flat_map(|level| ["a", "b"].map(|which| stimulus(&format!("{which}{level}"), level))).collect();
        let text = format!("(format: 1, skill: \"s\", title: \"S\", about: \"\", source: \"\", teaches: [], criteria: [], stimuli: [{}])", stimuli.join(","));
        let mut drills = Drills::default();
        drills.add(ron::from_str(&text).unwrap());
        drills
    }

    #[test]
    fn a_practice_starts_at_the_level_and_rises_with_it() {
        let drills = drills();
        let mut practice = Practice::begin(&drills, &drills.skills()[0], Book::default(), false, None);
        let mut met = Vec::new();
        for _ in 0..6 {
            let offer = practice.next().unwrap();
            met.push(offer.stimulus.id.clone());
            practice.tried(&offer, true);
        }
        assert_eq!(met, ["a1", "b1", "a2", "b2", "a3", "b3"]);
        assert_eq!(practice.book().standing("s").reached, 2);
    }

    #[test]
    fn what_was_missed_comes_once_more_after_two_others_and_then_no_more_today() {
        let drills = drills();
        let mut practice = Practice::begin(&drills, &drills.skills()[0], Book::default(), false, None);
        let mut order = Vec::new();
        for _ in 0..5 {
            let offer = practice.next().unwrap();
            order.push((offer.stimulus.id.clone(), offer.why, offer.first));
            practice.tried(&offer, offer.stimulus.id != "a1");
        }
        assert_eq!(order[3], ("a1".into(), Why::OnceMore, false));
        assert_ne!(order[4].0, "a1");
    }

    #[test]
    fn what_was_missed_opens_the_next_practice() {
        let drills = drills();
        let mut practice = Practice::begin(&drills, &drills.skills()[0], Book::default(), false, None);
        let offer = practice.next().unwrap();
        practice.tried(&offer, false);
        let next = Practice::begin(&drills, &drills.skills()[0], practice.book().clone(), false, None);
        let offer = next.next().unwrap();
        assert_eq!((offer.stimulus.id.as_str(), offer.why, next.number()), ("a1", Why::Returns, 2));
    }

    #[test]
    fn what_was_not_seen_yet_goes_before_what_was_long_ago_and_what_was_just_now() {
        let drills = drills();
        let mut practice = Practice::begin(&drills, &drills.skills()[0], Book::default(), false, Some(5));
        for _ in 0..2 {
            let offer = practice.next().unwrap();
            practice.tried(&offer, true);
        }
        let mut next = Practice::begin(&drills, &drills.skills()[0], practice.book().clone(), false, Some(5));
        let offer = next.next().unwrap();
        assert_eq!(offer.stimulus.id, "a5");
        next.skip(&offer);
        assert_eq!(next.next().unwrap().stimulus.id, "b5");
    }
}

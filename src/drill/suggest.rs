//! What to practise next, with the reason in words.

use super::book::Book;
use super::set::{Drills, Skill};
use crate::appraisal::TrustFactor;

/// A skill to practise, and why.
#[derive(Clone, Debug)]
pub struct Suggestion<'a> {
    /// The skill.
    pub skill: &'a Skill,
    /// One sentence.
    pub because: String,
}

/// The skill to practise next: one with something due, then one that was begun and not brought to its first level, then the first that was never
/// practised, then the one with the lowest level reached.
#[must_use]
pub fn suggest<'a>(drills: &'a Drills, book: &Book) -> Option<Suggestion<'a>> {
    let practice = book.practices() + 1;
    let due = book.due(practice);
    if let Some(skill) = due.iter().find_map(|(skill, _)| drills.skill(skill)) {
        let because = "Something from an earlier practice is due to come back.".to_owned();
        return Some(Suggestion { skill, because });
    }
    let begun = drills.skills().iter().find(|skill| {
        let standing = book.standing(skill.id());
        standing.tries > 0 && standing.reached == 0
    });
    if let Some(skill) = begun {
        return Some(Suggestion { skill, because: "You have begun it and not yet met it three times in a row.".to_owned() });
    }
    if let Some(skill) = drills.skills().iter().find(|skill| book.standing(skill.id()).tries == 0) {
        return Some(Suggestion { skill, because: "You have not practised it yet, and it is the next in the order they build on each other.".to_owned() });
    }
    let lowest = drills.skills().iter().min_by_key(|skill| {
        let standing = book.standing(skill.id());
        (standing.reached, standing.last_practice)
    })?;
    let reached = book.standing(lowest.id()).reached;
    Some(Suggestion { skill: lowest, because: format!("Of all skills it has come least far: level {reached} of 5.") })
}

/// The skill that trains a row of the trust matrix, if one does: the one that has come least far.
#[must_use]
pub fn suggest_for<'a>(drills: &'a Drills, book: &Book, row: TrustFactor) -> Option<&'a Skill> {
    // A skill trains its first row most.
    let rank = |skill: &Skill| skill.teaches().iter().position(|taught| *taught == row);
    drills.skills().iter().filter(|skill| rank(skill).is_some()).min_by_key(|skill| (rank(skill), book.standing(skill.id()).reached))
}

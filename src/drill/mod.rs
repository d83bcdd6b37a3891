//! Deliberate practice: one skill, one client line, stated criteria, a try, feedback, the next try.
//!
//! The form follows deliberate practice for therapists (Rousmaniere 2016; Vaz and Rousmaniere, *Essentials of Deliberate Practice*): a short stimulus,
//! criteria that are said beforehand, a try, a rating of the difficulty, an easier or a harder stimulus, again until the criterion is reached. A model
//! reply is shown only after the try, since modelling teaches most where the learner has already reached for words (clinical notes, section 6).
//!
//! Everything here is pure: [`judge`] looks at one try, [`Book`] is what a trainee's tries add up to, [`Practice`] chooses the next stimulus.

mod book;
mod judge;
mod practice;
pub mod set;
pub mod shape;
mod suggest;
mod verdict;

pub use book::{Book, CRITERION, News, Rating, SkillStanding, Tried};
pub use judge::judge;
pub use practice::{Offer, Practice, Why};
pub use set::{Drills, Skill};
pub use suggest::{Suggestion, suggest, suggest_for};
pub use verdict::{Change, Judged, Strength, Verdict};

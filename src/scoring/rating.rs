//! The client's own rating of the session: four lines, as session rating scales ask them (relationship, goals and topics, approach, overall; after
//! Duncan and Miller's Session Rating Scale). It comes from the client's state, never from the trainee's scores.

use super::{DebriefTexts, Naming};
use crate::client::State;
use serde::Serialize;

/// Low, middling or high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Under [`MIDDLING_FROM`].
    Low,
    /// Between the two.
    Middling,
    /// From [`HIGH_FROM`].
    High,
}

/// Under a quarter a client would say no. The gates' first two layers lie below it. Our guess.
pub const MIDDLING_FROM: f64 = 0.22;
/// From here a client would say yes. A skilled course of three sessions ends at .58 (clinical notes, section 4), one good hour nearer to .4.
pub const HIGH_FROM: f64 = 0.42;

/// One line of the rating.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rated {
    /// 0 to 10, whole and halves.
    pub points: f64,
    /// Low, middling, high.
    pub level: Level,
    /// In the client's words.
    pub words: String,
}

/// The four lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClientRating {
    /// I felt heard and understood.
    pub understood: Rated,
    /// We talked about what I wanted to talk about.
    pub goals: Rated,
    /// The way of working fits me.
    pub approach: Rated,
    /// All in all.
    pub overall: Rated,
    /// A pleasing client would have said more than this aloud; then, what is worth knowing about that.
    pub mask: Option<String>,
}

/// From here on a client agrees outwardly and hides; half-way on the scale of the trait. Our guess.
const PLEASING: f64 = 0.5;

/// How the client would rate it, from the state at the close. `trust` is T, 0 to 1; `credulity` the trait, 0 to 1.
#[must_use]
pub fn client_rating(state: &State, trust: f64, credulity: f64, texts: &DebriefTexts, naming: Naming<'_>) -> ClientRating {
    let rated = |value: f64, authored: &(String, String, String), plain: [&str; 3]| {
        let level = level(value);
        let (own, plain) = match level {
            Level::Low => (&authored.0, plain[0]),
            Level::Middling => (&authored.1, plain[1]),
            Level::High => (&authored.2, plain[2]),
        };
        let words = if own.trim().is_empty() { plain.to_owned() } else { own.clone() };
        Rated { points: (value.clamp(0.0, 1.0) * 20.0).round() / 2.0, level, words }
    };
    let half = f64::midpoint;
    let rating = ClientRating {
        understood: rated(state.understood, &texts.understood, ["I did not feel understood.", "I felt understood some of the time.", "I felt understood."]),
        goals: rated(
            half(state.agency, state.understood),
            &texts.goals,
            ["We did not get to what I came for.", "We touched what I came for.", "We talked about what I came for."],
        ),
        approach: rated(
            half(state.safety, state.agency),
            &texts.approach,
            ["This way of talking does not fit me.", "I am not sure yet whether this way of talking fits me.", "This way of talking fits me."],
        ),
        overall: rated(trust, &texts.overall, ["I am not sure that I will come back.", "I will probably come back.", "I want to come back."]),
        mask: None,
    };
    let hides = credulity >= PLEASING && rating.understood.level != Level::High;
    let mask = hides
        .then(|| format!("Asked in the room, {} would have said that everything was fine. This is what a form without a name on it would say.", naming.name));
    ClientRating { mask, ..rating }
}

fn level(value: f64) -> Level {
    if value >= HIGH_FROM {
        Level::High
    } else if value >= MIDDLING_FROM {
        Level::Middling
    } else {
        Level::Low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rating_comes_from_the_state_alone() {
        let state = State { understood: 0.5, agency: 0.1, safety: 0.3, ..State::default() };
        let rating = client_rating(&state, 0.1, 0.2, &DebriefTexts::default(), Naming::example());
        assert_eq!(rating.understood.level, Level::High);
        assert_eq!(rating.approach.level, Level::Low);
        assert_eq!(rating.overall.words, "I am not sure that I will come back.");
        assert_eq!(rating.mask, None);
    }

    #[test]
    fn a_pleasing_client_hides_a_low_rating() {
        let rating = client_rating(&State::default(), 0.1, 0.8, &DebriefTexts::default(), Naming::example());
        assert!(rating.mask.is_some());
    }
}

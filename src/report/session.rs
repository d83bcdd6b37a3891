//! A session that was kept, written down to be taken away: as a page, as Markdown, as a table, as data, for a learning record store.

pub mod data;
pub mod markdown;
pub mod page;
pub mod table;
pub mod xapi;

use crate::record::Revisit;
use crate::record::notes::NoteRow;
use crate::record::ratings::{Rating, SELF};
use crate::scoring::{Debrief, TurnRecord};

/// Everything that is written of one session.
#[derive(Clone)]
pub struct SessionReport {
    /// The session.
    pub revisit: Revisit,
    /// Its debrief.
    pub debrief: Debrief,
    /// Its turns.
    pub records: Vec<TurnRecord>,
    /// Ratings of it.
    pub ratings: Vec<Rating>,
    /// The trainee's notes.
    pub notes: Vec<NoteRow>,
    /// The course it belongs to.
    pub course: Option<String>,
    /// The trainee's name; may be empty.
    pub person: String,
}

impl SessionReport {
    /// What belongs together.
    #[must_use]
    pub fn new(revisit: Revisit, ratings: Vec<Rating>, notes: Vec<NoteRow>, course: Option<String>, person: String) -> Self {
        let (debrief, records) = (revisit.debrief(), revisit.records());
        Self { revisit, debrief, records, ratings, notes, course, person }
    }

    /// The trainee's own rating of the whole.
    #[must_use]
    pub fn own(&self) -> Option<&Rating> {
        self.ratings.iter().find(|rating| rating.turn == 0 && rating.who == SELF)
    }

    /// "Session 2 with Samantha".
    #[must_use]
    pub fn title(&self) -> String {
        format!("Session {} with {}", self.revisit.row.number, crate::text::on_one_line(&self.revisit.client))
    }

    /// The client's first line.
    #[must_use]
    pub fn opening(&self) -> Option<&str> {
        use crate::session::What;
        let events = &self.revisit.turns.first()?.events;
        events.iter().find_map(|event| if let What::ClientSaid { text, .. } = &event.what { Some(text.as_str()) } else { None })
    }

    /// Letters of the moments, by turn.
    #[must_use]
    pub fn letters(&self) -> Vec<(u32, char)> {
        self.debrief.moments.iter().zip('a'..).map(|(moment, letter)| (moment.turn, letter)).collect()
    }
}

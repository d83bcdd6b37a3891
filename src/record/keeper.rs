//! One sitting as it is kept: every turn is on the disk before its answer is shown. After a write that failed nothing more is written.

use super::courses;
use super::folder::DataDir;
use super::held::Held;
use super::id::{CourseId, SessionId};
use super::notes::{self, NoteKind, NoteRow};
use super::open::{Record, now};
use super::ratings::{self, Rating};
use super::sessions::{self, NewSession, SessionRow};
use super::summary::Summary;
use super::trouble::Trouble;
use super::turns::{self, Entry, Kind};
use crate::session::{CloseReason, Event, Session, What};

/// One sitting as it is kept.
#[derive(Debug)]
pub struct Keeper {
    record: Record,
    session: SessionId,
    course: Option<CourseId>,
    held: Option<Held>,
}

impl Keeper {
    /// Begins to keep a session that was just opened.
    ///
    /// # Errors
    /// Where it cannot be kept; nothing was.
    pub fn begin(mut record: Record, folder: &DataDir, new: &NewSession<'_>, session: &Session, events: &[Event]) -> Result<Self, Trouble> {
        let entry = entry(Kind::Opening, session, events);
        let id = record.write(|write| {
            let id = sessions::begin(write, new, now())?;
            turns::append(write, id, &entry, now())?;
            Ok(id)
        })?;
        let held = Held::take(folder, id);
        Ok(Self { record, session: id, course: new.course, held })
    }

    /// Goes on with a session that was broken off. `None` where another process sits in it.
    #[must_use]
    pub fn resume(record: Record, folder: &DataDir, row: &SessionRow) -> Option<Self> {
        let held = Held::take(folder, row.id)?;
        Some(Self { record, session: row.id, course: row.course, held: Some(held) })
    }

    /// The session's number.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// The record.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// The record, to write to.
    pub const fn record_mut(&mut self) -> &mut Record {
        &mut self.record
    }

    /// A reply was heard and answered. Where the client left, the session is closed with it; `carried` is what the course keeps then.
    ///
    /// # Errors
    /// Where it cannot be kept. What was kept before stays.
    pub fn said(&mut self, session: &Session, events: &[Event], carried: Option<&str>) -> Result<(), Trouble> {
        let input = session.inputs().last();
        let entry = Entry { input, ..entry(Kind::Said, session, events) };
        let reason = session.run().closed();
        self.keep(&entry, session, reason, carried)
    }

    /// The last reply was taken back.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn undone(&mut self, session: &Session) -> Result<(), Trouble> {
        let entry = entry(Kind::Undone, session, &[]);
        self.keep(&entry, session, None, None)
    }

    /// The trainee looked behind the scene. What was shown can be shown again; that it was shown is kept.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn looked(&mut self, session: &Session, at: &str) -> Result<(), Trouble> {
        let turn = session.run().turn_number();
        let events = [Event { turn, what: What::Looked { at: at.to_owned(), text: String::new() } }];
        let entry = Entry { kind: Kind::Looked, turn, input: None, events: &events, snapshot: None };
        self.keep(&entry, session, None, None)
    }

    /// The session is over. `carried` is what the course keeps.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn closed(&mut self, session: &Session, events: &[Event], reason: CloseReason, carried: Option<&str>) -> Result<(), Trouble> {
        let entry = entry(Kind::Closed, session, events);
        self.keep(&entry, session, Some(reason), carried)
    }

    /// The trainee's own rating.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn rate(&mut self, rating: &Rating) -> Result<(), Trouble> {
        let id = self.session;
        self.record.write(|write| ratings::keep(write, id, rating, now()))
    }

    /// A note of the trainee's.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn note(&mut self, turn: u32, words: &str) -> Result<(), Trouble> {
        let id = self.session;
        let note = NoteRow { turn, kind: NoteKind::Note, words: words.to_owned() };
        self.record.write(|write| notes::keep(write, id, &note, now()))
    }

    fn keep(&mut self, entry: &Entry<'_>, session: &Session, closed: Option<CloseReason>, carried: Option<&str>) -> Result<(), Trouble> {
        let (id, course) = (self.session, self.course);
        let summary = closed.map(|_| serde_json::to_string(&Summary::of(session)).unwrap_or_default());
        self.record.write(|write| {
            turns::append(write, id, entry, now())?;
            if let Some(reason) = closed {
                sessions::close(write, id, reason, summary.as_deref(), now())?;
            }
            if let (Some(course), Some(carried)) = (course, carried) {
                courses::carry(write, course, carried)?;
            }
            Ok(())
        })?;
        if closed.is_some() {
            self.held = None;
        }
        Ok(())
    }
}

/// An entry with the session as it stands after it.
fn entry<'a>(kind: Kind, session: &Session, events: &'a [Event]) -> Entry<'a> {
    let snapshot = (kind != Kind::Closed).then(|| serde_json::to_string(&session.run().snapshot()).unwrap_or_default());
    Entry { kind, turn: session.run().turn_number(), input: None, events, snapshot }
}

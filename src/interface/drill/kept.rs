//! Keeping tries: in the record, or nowhere. Where nothing can be kept it is said once, and practice goes on.

use super::Args;
use crate::drill::{Book, Rating, Tried};
use crate::interface::{Globals, Out};
use crate::record::{DataDir, PersonId, Record, Trouble, drills, now, people};

/// Where tries are kept.
#[derive(Debug, Default)]
pub(super) struct Kept {
    open: Option<(Record, PersonId)>,
    last: Option<i64>,
}

impl Kept {
    /// Opens the record, unless nothing is to be kept or only to be looked at.
    pub(super) fn open(args: &Args, globals: &Globals, out: &mut Out) -> Self {
        if args.no_save {
            return Self::default();
        }
        match Self::opened(args, globals) {
            Ok(open) => Self { open, last: None },
            Err(trouble) => {
                tell(&trouble, out);
                Self::default()
            }
        }
    }

    fn opened(args: &Args, globals: &Globals) -> Result<Option<(Record, PersonId)>, Trouble> {
        let folder = DataDir::resolve(globals.data_dir.as_deref()).ok_or(Trouble::NoFolder)?;
        let name = args.trainee.as_deref();
        if args.list {
            // Looking makes no folder and nobody known.
            let Some((record, _)) = Record::open_existing(&folder)? else { return Ok(None) };
            let person = record.read(|read| people::find(read, name))?;
            return Ok(person.map(|person| (record, person.id)));
        }
        let (mut record, _) = Record::open(&folder)?;
        let person = record.write(|write| people::called(write, name, now()))?;
        Ok(Some((record, person)))
    }

    /// What the person's tries add up to.
    pub(super) fn book(&self) -> Book {
        self.open.as_ref().and_then(|(record, person)| record.read(|read| drills::book(read, *person)).ok()).unwrap_or_default()
    }

    /// Keeps a try.
    pub(super) fn keep(&mut self, tried: &Tried, out: &mut Out) {
        let Some((record, person)) = &mut self.open else { return };
        match record.write(|write| drills::keep(write, *person, tried, now())) {
            Ok(id) => self.last = Some(id),
            Err(trouble) => self.give_up(&trouble, out),
        }
    }

    /// Keeps how hard the last try felt.
    pub(super) fn rate(&mut self, rating: Rating, out: &mut Out) {
        let (Some((record, _)), Some(last)) = (&mut self.open, self.last) else { return };
        if let Err(trouble) = record.write(|write| drills::rate(write, last, rating)) {
            self.give_up(&trouble, out);
        }
    }

    fn give_up(&mut self, trouble: &Trouble, out: &mut Out) {
        tell(trouble, out);
        self.open = None;
    }
}

fn tell(trouble: &Trouble, out: &mut Out) {
    out.note(&format!("practicum: this practice is not kept: {trouble}. It goes on all the same."));
}

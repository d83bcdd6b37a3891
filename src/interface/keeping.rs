//! Keeping a sitting: opens the record, finds a session that was broken off, says plainly where nothing can be kept. A session is played in any case.

use super::play::Args;
use super::repl::lines::{Lines, Read};
use super::repl::view::View;
use super::{Error, Globals, Out};
use crate::diagnostic::wording::counted;
use crate::record::sessions::{self, NewSession, Origin, SessionRow};
use crate::record::{CourseId, DataDir, Fidelity, Held, Keeper, PersonId, Record, Revisit, SessionId, now};
use crate::record::{courses, people};
use crate::report::when::when;
use crate::scenario::{Folder, Scenario};
use crate::session::{Course, Event, Session};
use std::io::Write;
use std::sync::Arc;

/// The record of one sitting, where there is one.
#[derive(Debug, Default)]
pub struct Keeping {
    open: Option<(Record, DataDir)>,
}

/// A session to go on with.
pub struct Resumed {
    /// As it stands.
    pub session: Session,
    /// What happened in it.
    pub events: Vec<Event>,
    /// Where it is kept.
    pub keeper: Keeper,
    /// How far it is the same.
    pub fidelity: Fidelity,
    /// The scenario is another one by now; it goes on as it was.
    pub changed: bool,
    /// The course that it belongs to.
    pub course: Option<(String, Course)>,
}

impl Keeping {
    /// Opens the record, unless nothing is to be kept. What keeps it from opening is said here, before the first turn.
    #[must_use]
    pub fn open(args: &Args, globals: &Globals, out: &mut Out) -> Self {
        if args.no_save {
            return Self::default();
        }
        let opened = globals.data().ok_or(crate::record::Trouble::NoFolder).and_then(|folder| Ok((Record::open(&folder)?, folder)));
        match opened {
            Ok(((record, notes), folder)) => {
                for note in notes {
                    out.note(&format!("practicum: {note}"));
                }
                Self { open: Some((record, folder)) }
            }
            Err(trouble) => {
                cannot_keep(&trouble, out);
                Self::default()
            }
        }
    }

    /// The record.
    #[must_use]
    pub fn record(&self) -> Option<&Record> {
        self.open.as_ref().map(|(record, _)| record)
    }

    /// The record, to write to.
    pub fn record_mut(&mut self) -> Option<&mut Record> {
        self.open.as_mut().map(|(record, _)| record)
    }

    /// The person, where they are known already.
    #[must_use]
    pub fn person(&self, args: &Args) -> Option<PersonId> {
        let found = self.record()?.read(|read| people::find(read, args.trainee.as_deref())).ok()??;
        Some(found.id)
    }

    /// A session with this client that was broken off, and what becomes of it: asked at a terminal, told elsewhere, taken up where `--resume` says so.
    ///
    /// # Errors
    /// Where `--resume` leads nowhere, or a stream fails.
    pub fn resumed(&mut self, args: &Args, scenario: &Arc<Scenario>, view: &View, lines: &mut dyn Lines, out: &mut Out) -> Result<Option<Resumed>, Error> {
        let wanted = args.resume.as_deref();
        let Some((row, record)) = self.broken_off(args, scenario, wanted)? else {
            return match wanted {
                None => Ok(None),
                Some(_) => Err(Error::unusable(format!(
                    "There is no session with {} to go on with. `practicum history` lists what was kept.",
                    scenario.file.client.name
                ))),
            };
        };
        let name = &scenario.file.client.name;
        if wanted.is_none() {
            let after = format!("after {}", counted(row.turns as usize, "turn"));
            if !view.person {
                out.note(&format!(
                    "practicum: session {} with {name} was broken off {after}; `practicum play {} --resume {}` goes on with it.",
                    row.id, row.scenario, row.id
                ));
                return Ok(None);
            }
            let page = view.page(out);
            write!(
                out,
                "{}",
                page.paragraph(0, &format!("Your session with {name} of {} was broken off {after}, and nothing of it is lost.", when(row.since)))
            )?;
            out.flush()?;
            let answer = lines
                .next("Go on with it? (Enter goes on; n begins a new one) ")
                .map_err(|cause| Error::surroundings("I could not read what was typed", cause))?;
            let begins_anew = matches!(&answer, Read::Line(line) if line.trim().to_lowercase().starts_with('n'));
            if begins_anew || !matches!(answer, Read::Line(_)) {
                if begins_anew {
                    self.let_go(&row, record);
                }
                return Ok(None);
            }
        }
        let Some(session) = record.go_on() else {
            return Err(Error::unusable(format!("{} Session {} cannot be gone on with; `practicum debrief {}` shows it.", record.fidelity, row.id, row.id)));
        };
        let Some((open, folder)) = self.open.take() else { return Ok(None) };
        let Some(keeper) = Keeper::resume(open, &folder, &row) else {
            return Err(Error::unusable(format!("Somebody sits in session {} just now, in another window.", row.id)));
        };
        let changed = row.digest != scenario.digest;
        let course = row
            .course
            .and_then(|id| keeper.record().read(|read| courses::by_id(read, id)).ok().flatten())
            .and_then(|course| Some((course.name.clone(), stored(&course)?)));
        Ok(Some(Resumed { session, events: record.events(), keeper, fidelity: record.fidelity, changed, course }))
    }

    /// The session asked for, or the latest with this client that nobody sits in.
    fn broken_off(&self, args: &Args, scenario: &Arc<Scenario>, wanted: Option<&str>) -> Result<Option<(SessionRow, Revisit)>, Error> {
        let Some((record, folder)) = &self.open else { return Ok(None) };
        let told =
            |trouble: crate::record::Trouble| Error::unusable(format!("{}.", crate::report::word_for::sentence(&trouble.to_string()).trim_end_matches('.')));
        let row = match wanted {
            Some(number) if number != "last" => {
                let id = number.parse().map_err(|_| Error::unusable(format!("`{number}` is no number of a session. `practicum history` lists them.")))?;
                record.read(|read| sessions::by_id(read, SessionId(id))).map_err(told)?.filter(|row| row.open && row.scenario == scenario.file.id)
            }
            _ => {
                let Some(person) = self.person(args) else { return Ok(None) };
                let open = record.read(|read| sessions::unfinished(read, person, Some(&scenario.file.id))).map_err(told)?;
                open.into_iter().filter(|row| row.turns > 0).take(LOOKED_AT).find(|row| Held::take(folder, row.id).is_some())
            }
        };
        let Some(row) = row else { return Ok(None) };
        let revisit = Revisit::of(record, row.id, Some(Arc::clone(scenario))).map_err(told)?;
        Ok(revisit.map(|revisit| (row, revisit)))
    }

    /// The trainee would rather begin anew: the old one is closed as it stands, and stays in the history.
    fn let_go(&mut self, row: &SessionRow, revisit: Revisit) {
        let summary = serde_json::to_string(&revisit.summary()).ok();
        if let Some(record) = self.record_mut() {
            // Where it cannot be closed, it will be offered again; no harm.
            let _ = record.write(|write| sessions::close(write, row.id, crate::session::CloseReason::InputClosed, summary.as_deref(), now()));
        }
    }

    /// The course of this name: as it was kept, or a new one. Without a record it is one of this sitting only.
    ///
    /// # Errors
    /// Where the course is with somebody else, or cannot be read.
    pub fn course(&mut self, name: &str, args: &Args, scenario: &Scenario, seed: u64) -> Result<(Option<CourseId>, Course), Error> {
        let shown = crate::text::on_one_line(name);
        if shown.is_empty() {
            return Err(Error::unusable("A course needs a name: --course autumn, for instance."));
        }
        let new = Course::begin(scenario, seed);
        let Some(record) = self.record_mut() else { return Ok((None, new)) };
        let person = args.trainee.as_deref();
        let found = record.read(|read| people::find(read, person)?.map_or(Ok(None), |person| courses::find(read, person.id, name)))?;
        let Some(found) = found else {
            let json = serde_json::to_string(&new).unwrap_or_default();
            let id = record.write(|write| {
                let person = people::called(write, person, now())?;
                let id = courses::begin(write, person, name, &scenario.file.id, now())?;
                courses::carry(write, id, &json)?;
                Ok(id)
            })?;
            return Ok((Some(id), new));
        };
        if found.scenario != scenario.file.id {
            return Err(Error::unusable(format!(
                "The course “{shown}” is with `{}`, not with `{}`. Another name begins a new course.",
                found.scenario, scenario.file.id
            )));
        }
        let course = stored(&found).ok_or_else(|| {
            Error::unusable(format!(
                "The course “{shown}” was kept by another version of Practicum, in a form that this one does not read. Another name begins a new course."
            ))
        })?;
        Ok((Some(found.id), course))
    }

    /// Begins to keep a session that was just opened; `None` where nothing is kept.
    pub fn begin(self, args: &Args, course: Option<CourseId>, folder: &Folder, session: &Session, events: &[Event], out: &mut Out) -> Option<Keeper> {
        let (mut record, data) = self.open?;
        // Somebody who is known already costs no write of their own.
        let known = record.read(|read| people::find(read, args.trainee.as_deref()));
        let person = known.and_then(|known| match known {
            Some(person) => Ok(person.id),
            None => record.write(|write| people::called(write, args.trainee.as_deref(), now())),
        });
        let kept = person.and_then(|person| {
            let new = NewSession { person, course, scenario: session.scenario(), folder, opening: session.opening(), origin: Origin::Solo };
            Keeper::begin(record, &data, &new, session, events)
        });
        kept.map_err(|trouble| cannot_keep(&trouble, out)).ok()
    }
}

/// A course as it was kept.
fn stored(course: &courses::Course) -> Option<Course> {
    serde_json::from_str(course.carried.as_deref()?).ok()
}

/// Open sessions that are looked at for one that nobody sits in: more windows than anyone has.
const LOOKED_AT: usize = 8;

/// Said before the first turn.
fn cannot_keep(trouble: &crate::record::Trouble, out: &mut Out) {
    out.note(&format!(
        "practicum: this session cannot be kept: {}. You can play it all the same; /keep NAME writes it to a file where you are.",
        crate::text::on_one_line(&trouble.to_string())
    ));
}

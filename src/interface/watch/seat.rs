//! The session that runs while the scenario is written: typed words are heard at once, and heard again on every new version.

use crate::check::retold::retold;
use crate::diagnostic::wording::counted;
use crate::interface::repl::command::{Command, Typed, parse};
use crate::interface::repl::keep::keep;
use crate::interface::repl::view::View;
use crate::interface::{Error, Out};
use crate::report::Page;
use crate::report::client_lines::client_line;
use crate::report::feedback::Feedback;
use crate::scenario::Scenario;
use crate::session::{Event, Opening, Session};
use std::io::Write;
use std::sync::Arc;

/// A seat beside the desk.
pub(super) struct Seat {
    opening: Opening,
    view: View,
    session: Option<Session>,
}

impl Seat {
    pub(super) const fn new(opening: Opening, plain: bool) -> Self {
        Self { opening, view: View { json: false, plain, feedback: Feedback::Each, person: false }, session: None }
    }

    /// Sits down anew.
    pub(super) fn sit(&mut self, scenario: &Arc<Scenario>, out: &mut Out) -> Result<(), Error> {
        let (session, events) = Session::open(Arc::clone(scenario), self.opening.clone());
        self.session = Some(session);
        self.show(&events, out)?;
        writeln!(out, "What you type is said to {}; /again begins anew, /undo, /why, /keep NAME and /quit work as in `play`.", scenario.file.client.name)?;
        Ok(())
    }

    /// A line as it was typed. True where it ends the watch.
    pub(super) fn take(&mut self, line: &str, out: &mut Out) -> Result<bool, Error> {
        if line.trim() == "/again" {
            if let Some(scenario) = self.session.as_ref().map(|session| Arc::clone(session.scenario())) {
                self.sit(&scenario, out)?;
            }
            return Ok(false);
        }
        let typed = parse(line);
        if typed == Typed::Command(Command::Quit) {
            return Ok(true);
        }
        let Some(session) = &mut self.session else {
            writeln!(out, "There is nobody to say it to yet: mend the errors first.")?;
            return Ok(false);
        };
        match typed {
            Typed::Blank => {}
            Typed::Said(words) => self.hear(&words, out)?,
            Typed::Command(Command::Silence) => self.hear("(silence)", out)?,
            Typed::Command(Command::Undo) => {
                let undone = session.undo().is_some();
                writeln!(out, "{}", if undone { "Taken back: it was never said." } else { "There is nothing to take back yet." })?;
            }
            Typed::Command(Command::Why(_)) => {
                let why = session.why().map(|why| why.to_string()).unwrap_or_default();
                writeln!(out, "{}", crate::text::neutralise(&why))?;
            }
            Typed::Command(Command::Keep(name)) => match keep(&name, session) {
                Ok(path) => writeln!(out, "Kept in {}.", path.display())?,
                Err(sentence) => writeln!(out, "{sentence}")?,
            },
            Typed::Command(_) | Typed::Unknown { .. } => writeln!(out, "That is no command here; /again, /undo, /why, /silence, /keep NAME and /quit are.")?,
        }
        Ok(false)
    }

    fn hear(&mut self, words: &str, out: &mut Out) -> Result<(), Error> {
        let Some(session) = &mut self.session else { return Ok(()) };
        if session.run().closed().is_some() {
            writeln!(out, "The session is over: the client has left. /again begins anew.")?;
            return Ok(());
        }
        let events = session.hear(words);
        self.show(&events, out)
    }

    /// The same words on the new version, and what changed by it.
    pub(super) fn hear_again(&mut self, scenario: &Arc<Scenario>, out: &mut Out) -> Result<(), Error> {
        let Some(before) = self.session.take() else { return self.sit(scenario, out) };
        if before.scenario().digest == scenario.digest {
            self.session = Some(before);
            writeln!(out, "Nothing that decides has changed; the session goes on.")?;
            return Ok(());
        }
        let (now, _) = Session::replay(Arc::clone(scenario), before.opening().clone(), before.inputs());
        let changed = retold(&before, &now);
        let turns = counted(before.inputs().len(), "turn");
        if changed.is_empty() {
            writeln!(out, "Your session of {turns} comes out the same.")?;
        } else {
            writeln!(out, "Your session of {turns}, heard again, is otherwise in {}:", counted(changed.len(), "place"))?;
            for one in &changed {
                for line in one.to_string().lines() {
                    writeln!(out, "  {}", crate::text::neutralise(line))?;
                }
            }
        }
        let page: Page = self.view.page(out);
        let said = client_line(&page, &scenario.file.client.name, &now.run().last().text);
        write!(out, "{said}")?;
        self.session = Some(now);
        Ok(())
    }

    fn show(&self, events: &[Event], out: &mut Out) -> Result<(), Error> {
        let client = self.session.as_ref().map(|session| session.scenario().file.client.name.clone()).unwrap_or_default();
        self.view.show(&client, events, out)
    }
}

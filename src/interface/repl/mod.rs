//! The REPL: reads a line, lets the session hear it, shows what happened. It decides nothing about the client.

pub mod command;
pub mod editor;
pub mod keep;
pub mod lines;
mod obey;
mod rate;
pub mod terminal;
pub mod view;
pub mod words;

use super::play::SelfRating;
use super::{Error, Exit, Out};
use crate::diagnostic::wording::any_of;
use crate::record::{Keeper, Trouble};
use crate::report::client_lines::client_line;
use crate::report::course::course_text;
use crate::report::debrief::debrief_text;
use crate::report::own_rating::own_beside;
use crate::report::rubric::rubric_text;
use crate::scoring::rubric::Rubric;
use crate::session::{CloseReason, Course, Event, Session, What};
use command::{Command, Typed, parse};
use lines::{Lines, Read};
use std::io::Write;
use view::View;

/// One sitting at the keyboard.
pub struct Repl {
    session: Session,
    client: String,
    view: View,
    /// Why this answer, after each turn.
    trace: bool,
    /// The help card's text.
    card: String,
    notes: Vec<String>,
    out_of_role: bool,
    closed: bool,
    /// Where it is kept, if it is.
    keeper: Option<Keeper>,
    /// The course that it belongs to.
    course: Option<(String, Course)>,
    /// Something could not be kept: the surroundings failed, whatever else went well.
    lost: bool,
    /// Whether to ask for the trainee's own impression, where the command line says so.
    self_rating: Option<SelfRating>,
    /// What the session is held against after the debrief, if anything.
    rubric: Option<Rubric>,
    /// A reply that waits for a second look, since it holds what could tell who somebody is.
    held: Option<String>,
    /// What was pointed out already.
    pointed_out: Vec<crate::record::identifiers::Sort>,
}

impl Repl {
    /// A sitting in this session.
    #[must_use]
    pub fn new(session: Session, view: View, trace: bool, card: String) -> Self {
        let client = session.scenario().file.client.name.clone();
        Self {
            session,
            client,
            view,
            trace,
            card,
            notes: Vec::new(),
            out_of_role: false,
            closed: false,
            keeper: None,
            course: None,
            lost: false,
            self_rating: None,
            rubric: None,
            held: None,
            pointed_out: Vec::new(),
        }
    }

    /// The same, kept turn by turn.
    #[must_use]
    pub fn kept_by(mut self, keeper: Option<Keeper>, self_rating: Option<SelfRating>) -> Self {
        self.keeper = keeper;
        self.self_rating = self_rating;
        self
    }

    /// The same, as the next session of a course.
    #[must_use]
    pub fn of_course(mut self, course: Option<(String, Course)>) -> Self {
        self.course = course;
        self
    }

    /// What the course keeps once the session is closed.
    fn carried(&mut self) -> Option<String> {
        self.session.run().closed()?;
        let (_, course) = self.course.as_mut()?;
        course.close(&self.session);
        serde_json::to_string(course).ok()
    }

    /// The same, held against a rubric after the debrief.
    #[must_use]
    pub fn looking_at(mut self, rubric: Option<Rubric>) -> Self {
        self.rubric = rubric;
        self
    }

    /// Plays the session to its end, and the talk after it.
    ///
    /// # Errors
    /// Where standard output cannot be written to, or the input cannot be read.
    pub fn run(&mut self, opening: &[Event], lines: &mut dyn Lines, out: &mut Out) -> Result<Exit, Error> {
        self.view.show(&self.client, opening, out)?;
        let mut interrupted = false;
        while !self.closed {
            let read = read(lines, self.prompt())?;
            let again = std::mem::replace(&mut interrupted, matches!(read, Read::Interrupted));
            match read {
                Read::Line(line) => self.take(&line, out)?,
                Read::Cut(line) => {
                    self.too_long(out)?;
                    self.take(&line, out)?;
                }
                Read::Interrupted if again => self.close(CloseReason::Ended, out)?,
                Read::Interrupted => self.aside(words::REMINDER, out)?,
                Read::End => {
                    self.close(CloseReason::InputClosed, out)?;
                    if self.view.person {
                        self.debrief(out)?;
                    }
                    return Ok(self.exit());
                }
            }
        }
        if self.view.person {
            let own = self.ask_own_rating(lines, out)?;
            self.debrief(out)?;
            if let Some(own) = own {
                write!(out, "{}", own_beside(&self.view.page(out), &own, &self.session.debrief().scores))?;
            }
            self.talk_after(lines, out)?
        } else {
            self.empty_chair(lines, out)?
        }
        Ok(self.exit())
    }

    const fn exit(&self) -> Exit {
        if self.lost { Exit::Surroundings } else { Exit::Fine }
    }

    /// Keeps something. After a write that failed, nothing more is written: nobody knows then what the disk holds.
    fn keep_it(&mut self, out: &mut Out, keep: impl FnOnce(&mut Keeper, &Session) -> Result<(), Trouble>) -> Result<(), Error> {
        let Some(keeper) = &mut self.keeper else { return Ok(()) };
        let Err(trouble) = keep(keeper, &self.session) else { return Ok(()) };
        let number = keeper.session();
        self.keeper = None;
        self.lost = true;
        let text = format!(
            "From here on nothing is kept: {}. What was kept before stands as session {number}. Go on if you like; /keep NAME writes the whole session to a file where you are.",
            crate::text::on_one_line(&trouble.to_string())
        );
        if self.view.person {
            return self.aside(&text, out);
        }
        out.note(&format!("practicum: {text}"));
        Ok(())
    }

    const fn prompt(&self) -> &'static str {
        match (self.view.plain, self.out_of_role) {
            (false, false) => "> ",
            (false, true) => "(out of role) > ",
            (true, false) => "You: ",
            (true, true) => "Out of role: ",
        }
    }

    /// A line as it was typed.
    fn take(&mut self, line: &str, out: &mut Out) -> Result<(), Error> {
        let held = self.held.take();
        match parse(line) {
            Typed::Blank => held.map_or(Ok(()), |said| self.say(&said, out)),
            Typed::Command(command) => self.obey(command, out),
            Typed::Unknown { typed, nearest } => self.unknown(&typed, &nearest, out),
            Typed::Said(_) if self.out_of_role => self.aside("You are out of role; this was neither heard nor kept. /ooc brings you back.", out),
            Typed::Said(said) => self.say_or_ask(&said, out),
        }
    }

    fn say_or_ask(&mut self, said: &str, out: &mut Out) -> Result<(), Error> {
        if self.points_out(said, out)? { Ok(()) } else { self.say(said, out) }
    }

    fn unknown(&self, typed: &str, nearest: &[String], out: &mut Out) -> Result<(), Error> {
        let meant = any_of(nearest.iter().map(String::as_str), 3).replace('`', "");
        let hint = if meant.is_empty() { "/help lists what there is.".to_owned() } else { format!("did you mean {meant}?") };
        self.aside(&format!("{typed} is no command here; {hint} Nothing was said to {}.", self.client), out)
    }

    /// The client hears it.
    fn say(&mut self, words: &str, out: &mut Out) -> Result<(), Error> {
        let events = self.session.hear(words);
        let heard = !events.is_empty();
        if heard {
            let carried = self.carried();
            self.keep_it(out, |keeper, session| keeper.said(session, &events, carried.as_deref()))?;
        }
        self.view.show(&self.client, &events, out)?;
        if self.trace {
            self.tell(&self.traced(out), out)?;
        }
        if self.session.run().closed().is_some() {
            return self.after_close(out);
        }
        self.time(out)
    }

    /// Says once that the time is up. Nobody is thrown out: ending the hour is the trainee's to learn.
    fn time(&self, out: &mut Out) -> Result<(), Error> {
        let turns = self.session.scenario().session(self.session.opening().session).map_or(0, |session| session.turns);
        if self.view.one_line_a_turn() || self.view.json || turns == 0 || self.session.run().turn_number() != turns {
            return Ok(());
        }
        self.aside("The time is up. Bring it to a close in your own way, and then type /quit to talk about it.", out)
    }

    fn close(&mut self, reason: CloseReason, out: &mut Out) -> Result<(), Error> {
        let events = self.session.close(reason);
        if !events.is_empty() {
            let carried = self.carried();
            self.keep_it(out, |keeper, session| keeper.closed(session, &events, reason, carried.as_deref()))?;
        }
        let said = events.iter().any(|event| matches!(event.what, What::ClientSaid { .. }));
        if self.view.json || said {
            self.view.show(&self.client, &events, out)?;
        }
        self.after_close(out)
    }

    /// The session is over: the debrief, once. A program that drives us a line a turn gets it at the end of its input.
    fn after_close(&mut self, out: &mut Out) -> Result<(), Error> {
        self.closed = true;
        if self.view.json {
            return self.view.show(&self.client, &[self.session.debrief_event()], out);
        }
        let left = self.session.run().closed() == Some(CloseReason::ClientLeft);
        // At a terminal the trainee's own impression comes first.
        if self.view.person || (self.view.one_line_a_turn() && left) { Ok(()) } else { self.debrief(out) }
    }

    fn debrief(&self, out: &mut Out) -> Result<(), Error> {
        let page = self.view.page(out);
        if self.view.person {
            writeln!(out)?;
        }
        let debrief = self.session.debrief();
        write!(out, "{}", debrief_text(&page, &debrief))?;
        if let Some(rubric) = &self.rubric {
            write!(out, "{}", rubric_text(&page, &rubric.title, &rubric.look(self.session.records(), &debrief)))?;
        }
        if !self.notes.is_empty() {
            let notes: String = self.notes.iter().map(|note| page.hanging("  - ", "    ", note)).collect();
            write!(out, "{}{notes}", page.heading("Your notes"))?;
        }
        if let Some((name, course)) = self.course.as_ref().filter(|_| self.session.run().closed().is_some() && !self.view.one_line_a_turn()) {
            write!(out, "{}", course_text(&page, &self.client, name, course))?;
        }
        Ok(out.flush()?)
    }

    /// At a terminal, after the debrief: the looks behind the scene still answer; an empty line leaves.
    fn talk_after(&mut self, lines: &mut dyn Lines, out: &mut Out) -> Result<(), Error> {
        writeln!(out)?;
        self.aside(
            "/how shows what stayed unsaid and what would have opened it. /why N explains turn N, /keep NAME writes the session to a file. Enter leaves.",
            out,
        )?;
        if let Some(number) = self.keeper.as_ref().map(Keeper::session) {
            self.aside(&format!("It is kept on this machine as session {number}: `practicum debrief {number}` and `practicum replay {number}` come back to it, `practicum forget --session {number}` deletes it."), out)?;
        }
        loop {
            let line = match read(lines, self.prompt())? {
                Read::Line(line) | Read::Cut(line) => line,
                Read::Interrupted | Read::End => return Ok(()),
            };
            match parse(&line) {
                Typed::Blank | Typed::Command(Command::Quit) => return Ok(()),
                Typed::Command(command @ (Command::Help | Command::Card | Command::How | Command::Why(_) | Command::Keep(_) | Command::Notes(_))) => {
                    self.obey(command, out)?;
                }
                Typed::Unknown { typed, nearest } => self.unknown(&typed, &nearest, out)?,
                Typed::Said(_) | Typed::Command(_) => self.aside("The session is over. Enter leaves; /how, /why and /keep still answer.", out)?,
            }
        }
    }

    /// A program that drives us a line a turn goes on after the client has left: each line has its line, and the debrief comes at the end.
    fn empty_chair(&mut self, lines: &mut dyn Lines, out: &mut Out) -> Result<(), Error> {
        let left = self.session.run().closed() == Some(CloseReason::ClientLeft);
        if self.view.json || !self.view.one_line_a_turn() || !left {
            return Ok(());
        }
        while let Read::Line(line) | Read::Cut(line) = read(lines, "")? {
            match parse(&line) {
                Typed::Blank => {}
                Typed::Command(Command::Quit) => break,
                _ => {
                    write!(out, "{}", client_line(&self.view.page(out), &self.client, "*The chair is empty; the session has ended.*"))?;
                    out.flush()?;
                }
            }
        }
        self.debrief(out)
    }

    fn traced(&self, out: &Out) -> String {
        let page = self.view.page(out);
        let why = self.session.why().map(|why| why.to_string()).unwrap_or_default();
        why.lines().map(|line| page.aside(6, line)).collect()
    }

    /// A line from the program itself, set apart from the talk. In JSON it goes to standard error: the events are the session's alone.
    fn aside(&self, text: &str, out: &mut Out) -> Result<(), Error> {
        let text = self.view.page(out).aside(2, text);
        self.tell(&text, out)
    }

    /// Text that is already set.
    fn tell(&self, text: &str, out: &mut Out) -> Result<(), Error> {
        if self.view.json {
            out.note(text.trim_end());
            return Ok(());
        }
        write!(out, "{text}")?;
        Ok(out.flush()?)
    }

    fn too_long(&self, out: &mut Out) -> Result<(), Error> {
        if self.view.person {
            return self.aside(words::TOO_LONG, out);
        }
        out.note(words::TOO_LONG);
        Ok(())
    }
}

fn read(lines: &mut dyn Lines, prompt: &str) -> Result<Read, Error> {
    lines.next(prompt).map_err(|cause| Error::surroundings("I could not read what was typed", cause))
}

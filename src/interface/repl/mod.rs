//! The REPL: reads a line, asks the room, shows what happened. It decides nothing about the client.

pub mod command;
pub mod editor;
pub mod lines;
pub mod room;
pub mod terminal;
pub mod view;
pub mod words;

use super::{Error, Exit, Out};
use crate::diagnostic::wording::any_of;
use crate::report::debrief::{debrief_text, how_text};
use crate::report::why::why_text;
use crate::report::{json_lines, word_for};
use crate::scoring::CloseReason;
use crate::session::event::{Event, What};
use command::{Command, Typed, parse};
use lines::{Lines, Read};
use room::Room;
use std::io::Write;
use view::View;

/// One sitting at the keyboard.
pub struct Repl<'a> {
    room: &'a mut dyn Room,
    view: View,
    /// Shown after each turn: why this answer.
    trace: bool,
    /// The help card.
    card: String,
    notes: Vec<String>,
    out_of_role: bool,
    closed: bool,
}

impl<'a> Repl<'a> {
    /// A sitting in this room.
    pub fn new(room: &'a mut dyn Room, view: View, trace: bool, card: String) -> Self {
        Self { room, view, trace, card, notes: Vec::new(), out_of_role: false, closed: false }
    }

    /// Plays the session to its end, and the talk after it.
    ///
    /// # Errors
    /// Where standard output cannot be written to, or the input cannot be read.
    pub fn run(&mut self, lines: &mut dyn Lines, out: &mut Out) -> Result<Exit, Error> {
        let opening = self.room.opening();
        self.show(&opening, out)?;
        let mut interrupted = false;
        while !self.closed {
            let read = lines.next(self.prompt()).map_err(|cause| Error::surroundings("I could not read what was typed", cause))?;
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
                    if self.view.person {
                        writeln!(out)?;
                    }
                    self.close(CloseReason::InputClosed, out)?;
                    return Ok(Exit::Fine);
                }
            }
        }
        if self.view.person { self.talk_after(lines, out) } else { self.empty_chair(lines, out) }
    }

    const fn prompt(&self) -> &'static str {
        match (self.view.plain, self.out_of_role) {
            (false, false) => "> ",
            (false, true) => "(out of role) > ",
            (true, false) => "You: ",
            (true, true) => "Out of role: ",
        }
    }

    fn take(&mut self, line: &str, out: &mut Out) -> Result<(), Error> {
        match parse(line) {
            Typed::Blank => Ok(()),
            Typed::Command(command) => self.obey(command, out),
            Typed::Unknown { typed, nearest } => {
                let meant = any_of(nearest.iter().map(String::as_str), 3).replace('`', "");
                let hint = if meant.is_empty() { "/help lists what there is".to_owned() } else { format!("did you mean {meant}?") };
                self.aside(&format!("{typed} is no command here; {hint} Nothing was said to {}.", self.room.client()), out)
            }
            Typed::Said(_) if self.out_of_role => self.aside("You are out of role; this was neither heard nor kept. /ooc brings you back.", out),
            Typed::Said(said) => self.say(&said, out),
        }
    }

    fn say(&mut self, words: &str, out: &mut Out) -> Result<(), Error> {
        let events = self.room.hear(words);
        self.show(&events, out)?;
        if self.trace {
            let page = self.view.page(out);
            let turn = events.last().map_or(0, |event| event.turn);
            let trace = self.room.trace(turn, &page);
            if self.view.json { out.note(trace.trim_end()) } else { write!(out, "{trace}")? }
        }
        if events.iter().any(|event| matches!(event.what, What::SessionClosed { .. })) || self.room.is_over() {
            self.after_close(&events, out)?;
        }
        Ok(())
    }

    fn show(&self, events: &[Event], out: &mut Out) -> Result<(), Error> {
        self.view.show(&self.room.client(), events, out)
    }

    fn close(&mut self, reason: CloseReason, out: &mut Out) -> Result<(), Error> {
        let events = self.room.close(reason);
        if self.view.json || events.iter().any(|event| matches!(event.what, What::ClientSaid { .. })) {
            self.show(&events, out)?;
        }
        self.after_close(&events, out)
    }

    /// The session is over: the debrief, once. A program that drives us a line a turn gets it at the end of its input.
    fn after_close(&mut self, events: &[Event], out: &mut Out) -> Result<(), Error> {
        self.closed = true;
        if self.view.json {
            if !events.iter().any(|event| matches!(event.what, What::Debrief { .. })) {
                let events = self.room.close(CloseReason::Ended);
                self.show(&events, out)?;
            }
            return Ok(());
        }
        let left = events.iter().any(|event| matches!(event.what, What::SessionClosed { reason: CloseReason::ClientLeft }));
        if self.view.one_line_a_turn() && left {
            return Ok(());
        }
        self.debrief(out)
    }

    fn debrief(&self, out: &mut Out) -> Result<(), Error> {
        let page = self.view.page(out);
        write!(out, "{}", debrief_text(&page, &self.room.debrief()))?;
        if !self.notes.is_empty() {
            write!(out, "{}", page.heading("Your notes"))?;
            for note in &self.notes {
                write!(out, "{}", page.hanging("  - ", "    ", note))?;
            }
        }
        Ok(out.flush()?)
    }

    fn obey(&mut self, command: Command, out: &mut Out) -> Result<(), Error> {
        match command {
            Command::Silence => self.say("(silence)", out),
            Command::Quit => self.close(CloseReason::Ended, out),
            Command::Help => self.tell("help", &words::help(&self.view.page(out)), out),
            Command::Card => self.tell("card", &words::card(&self.view.page(out), &self.card), out),
            Command::Pause => self.aside("A break. Nothing runs on, and nothing is scored. Take the time you need; the next thing you type goes on from here.", out),
            Command::OutOfRole(words) => self.step_out(&words, out),
            Command::Notes(words) => self.note_down(&words, out),
            Command::Undo => self.undo(out),
            Command::Hint => self.hint(out),
            Command::Feel => self.feel(out),
            Command::How => {
                let text = how_text(&self.view.page(out), &self.room.client(), &self.room.layers());
                self.tell("how", &text, out)
            }
            Command::Why(turn) => self.why(turn, out),
            Command::Keep(name) => self.keep(&name, out),
        }
    }

    fn step_out(&mut self, words: &str, out: &mut Out) -> Result<(), Error> {
        // Words on the same line are one aside; without words one stays out until the next `/ooc`.
        if words.is_empty() {
            self.out_of_role = !self.out_of_role;
        }
        let text = if self.out_of_role {
            "You are out of role now. What you type is not heard, not scored and not kept. /ooc brings you back."
        } else if words.is_empty() {
            "You are back in the room."
        } else {
            "That was said out of role: not heard, not scored, not kept."
        };
        self.aside(text, out)
    }

    fn note_down(&mut self, words: &str, out: &mut Out) -> Result<(), Error> {
        if !words.is_empty() {
            self.notes.push(words.to_owned());
            return self.aside("Noted, for your eyes only.", out);
        }
        if self.notes.is_empty() {
            return self.aside("You have no notes yet. /notes and some words write one.", out);
        }
        let page = self.view.page(out);
        let text: String = self.notes.iter().map(|note| page.hanging("  - ", "    ", note)).collect();
        self.tell("notes", &text, out)
    }

    fn undo(&mut self, out: &mut Out) -> Result<(), Error> {
        if !self.room.undo() {
            return self.aside("There is nothing to take back yet.", out);
        }
        let client = self.room.client();
        self.aside(&format!("Taken back: your last reply was never said. {client} is where you were before:"), out)?;
        let page = self.view.page(out);
        let said = crate::report::client_lines::client_line(&page, &client, &self.room.last_said());
        if self.view.json {
            return Ok(());
        }
        if self.view.plain { write!(out, "{said}")? } else { writeln!(out, "\n{said}")? }
        Ok(out.flush()?)
    }

    fn hint(&self, out: &mut Out) -> Result<(), Error> {
        let Some(model) = self.room.hint() else {
            return self.aside("No one has written a hint for this moment. Say back what you heard, in words of your own; that is seldom wrong.", out);
        };
        let text = format!("One could say: {} {}", word_for::quoted(&model.say), word_for::sentence(&model.because));
        self.aside(&text, out)
    }

    fn feel(&self, out: &mut Out) -> Result<(), Error> {
        let (client, thought) = (self.room.client(), self.room.feel());
        let text = if thought.trim().is_empty() {
            format!("What {client} thinks just now is open, even to {client}.")
        } else {
            format!("What {client} thinks and does not say: {}", word_for::quoted(&thought))
        };
        self.aside(&text, out)
    }

    fn why(&self, turn: Option<u32>, out: &mut Out) -> Result<(), Error> {
        let turns = self.room.turns();
        let found = match turn {
            Some(number) => turns.iter().find(|turn| turn.turn == number),
            None => turns.last(),
        };
        let Some(found) = found else {
            let text = if turn.is_some() { "There is no such turn." } else { "You have not said anything yet, so there is nothing to explain." };
            return self.aside(text, out);
        };
        let page = self.view.page(out);
        let text = why_text(&page, &self.room.client(), found) + &self.room.trace(found.turn, &page);
        self.tell("why", &text, out)
    }

    fn keep(&self, name: &str, out: &mut Out) -> Result<(), Error> {
        match super::keep::keep(name, self.room) {
            Ok(path) => self.aside(&format!("Kept in {}. It holds what you said, and nothing about you.", path.display()), out),
            Err(sentence) => self.aside(&sentence, out),
        }
    }

    /// A line from the program itself, set apart from the talk. In JSON it goes to standard error: the events are the session's alone.
    fn aside(&self, text: &str, out: &mut Out) -> Result<(), Error> {
        if self.view.json {
            out.note(text);
            return Ok(());
        }
        let page = self.view.page(out);
        write!(out, "{}", page.aside(2, text))?;
        Ok(out.flush()?)
    }

    /// Text that is already set.
    fn tell(&self, what: &str, text: &str, out: &mut Out) -> Result<(), Error> {
        if self.view.json {
            out.note(&format!("{what}:\n{}", text.trim_end()));
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

    /// At a terminal, after the debrief: `/how`, `/why`, `/keep` and the rest still answer; an empty line leaves.
    fn talk_after(&mut self, lines: &mut dyn Lines, out: &mut Out) -> Result<(), Error> where {
        Ok(())
    }
}

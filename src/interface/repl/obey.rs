//! What each command does. None of them is scored.

use super::command::{Asked, Command};
use super::{Repl, words};
use crate::interface::{Error, Out};
use crate::report::client_lines::client_line;
use crate::report::debrief::how_text;
use crate::report::why::why_text;
use crate::report::word_for;
use crate::session::{CloseReason, Event, What};

impl Repl {
    pub(super) fn obey(&mut self, command: Command, out: &mut Out) -> Result<(), Error> {
        match command {
            Command::Silence => self.say("(silence)", out),
            Command::Quit => self.close(CloseReason::Ended, out),
            Command::Help => self.tell(&words::help(&self.view.page(out)), out),
            Command::Card => self.tell(&words::card(&self.view.page(out), &self.card), out),
            Command::Pause => {
                self.aside("A break. Nothing runs on, and nothing is scored. Take the time you need; the next thing you type goes on from here.", out)
            }
            Command::OutOfRole(words) => self.step_out(&words, out),
            Command::Notes(words) => self.note_down(words, out),
            Command::Undo => self.undo(out),
            Command::Hint => self.hint(out),
            Command::Feel => self.feel(out),
            Command::How => self.look("how", &how_text(&self.view.page(out), &self.client, &self.session.layers()), out),
            Command::Why(asked) => self.why(asked, out),
            Command::Keep(name) => self.keep(&name, out),
        }
    }

    /// Words on the same line are one aside; without words one stays out until the next `/ooc`.
    fn step_out(&mut self, words: &str, out: &mut Out) -> Result<(), Error> {
        if !words.is_empty() {
            return self.aside("That was said out of role: not heard, not scored, not kept.", out);
        }
        self.out_of_role = !self.out_of_role;
        let text = if self.out_of_role {
            "You are out of role now. What you type is not heard, not scored and not kept. /ooc brings you back."
        } else {
            "You are back in the room."
        };
        self.aside(text, out)
    }

    fn note_down(&mut self, words: String, out: &mut Out) -> Result<(), Error> {
        if !words.is_empty() {
            let turn = self.session.run().turn_number();
            self.keep_it(out, |keeper, _| keeper.note(turn, &words))?;
            self.notes.push(words);
            return self.aside("Noted, for your eyes only.", out);
        }
        if self.notes.is_empty() {
            return self.aside("You have no notes yet. /notes and some words write one.", out);
        }
        let page = self.view.page(out);
        let text: String = self.notes.iter().map(|note| page.hanging("  - ", "    ", note)).collect();
        self.tell(&text, out)
    }

    fn undo(&mut self, out: &mut Out) -> Result<(), Error> {
        let turn = self.session.run().turn_number();
        if self.session.undo().is_none() {
            return self.aside("There is nothing to take back yet.", out);
        }
        self.keep_it(out, |keeper, session| keeper.undone(session))?;
        if self.view.json {
            return self.view.show(&self.client, &[Event { turn, what: What::Undone }], out);
        }
        let page = self.view.page(out);
        let said = client_line(&page, &self.client, &self.session.run().last().text);
        let text = page.aside(2, "Taken back: it was never said. This is where you were before it.");
        let gap = if self.view.plain { "" } else { "\n" };
        self.tell(&format!("{text}{gap}{said}{gap}"), out)
    }

    fn hint(&mut self, out: &mut Out) -> Result<(), Error> {
        let Some(model) = &self.session.run().last().model else {
            return self.aside("There is no hint for this moment. Saying back what you heard, in words of your own, is seldom wrong.", out);
        };
        self.glance("hint", &format!("One could say: {} {}", word_for::quoted(&model.say), word_for::sentence(&model.because)), out)
    }

    fn feel(&mut self, out: &mut Out) -> Result<(), Error> {
        let thought = self.session.run().last().feel.trim();
        let client = &self.client;
        let text = if thought.is_empty() {
            format!("{client} could not say just now what this is like.")
        } else {
            format!("What {client} thinks and does not say: {}", word_for::quoted(thought))
        };
        self.glance("feel", &text, out)
    }

    fn why(&mut self, asked: Asked, out: &mut Out) -> Result<(), Error> {
        let page = self.view.page(out);
        let turns = self.session.records();
        let found = match asked {
            Asked::Turn(number) => turns.iter().find(|turn| turn.turn == number),
            Asked::Last | Asked::Answer => turns.last(),
        };
        let Some(found) = found else {
            let text = if turns.is_empty() { "You have not said anything yet, so there is nothing to explain." } else { "There is no such turn to look at." };
            return self.aside(text, out);
        };
        if asked == Asked::Answer {
            return self.look("why", &self.traced(out), out);
        }
        let mut text = why_text(&page, &self.client, found);
        if asked == Asked::Last {
            text += &page.aside(2, &format!("/why answer tells why {} answered so. It gives things away.", self.client));
        }
        self.look("why", &text, out)
    }

    /// A look behind the scene, in one paragraph.
    fn glance(&mut self, at: &str, text: &str, out: &mut Out) -> Result<(), Error> {
        let text = self.view.page(out).aside(2, text);
        self.look(at, &text, out)
    }

    /// A look behind the scene, already set. It is an event too: whoever reads the record knows what the trainee knew.
    fn look(&mut self, at: &str, text: &str, out: &mut Out) -> Result<(), Error> {
        if self.session.run().closed().is_none() {
            self.keep_it(out, |keeper, session| keeper.looked(session, at))?;
        }
        if !self.view.json {
            return self.tell(text, out);
        }
        let what = What::Looked { at: at.to_owned(), text: text.trim().to_owned() };
        self.view.show(&self.client, &[Event { turn: self.session.run().turn_number(), what }], out)
    }

    fn keep(&self, name: &str, out: &mut Out) -> Result<(), Error> {
        match super::keep::keep(name, &self.session) {
            Ok(path) => self.aside(&format!("Kept in {}: what you said, and nothing about you.", path.display()), out),
            Err(sentence) => self.aside(&sentence, out),
        }
    }
}

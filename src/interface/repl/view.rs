//! How events reach whoever sits in front: text with feedback, plain lines, or JSON. Gathers what a turn brought and sets it at once.

use crate::interface::{Error, Out};
use crate::report::client_lines::client_line;
use crate::report::feedback::{Feedback, TurnNews, feedback};
use crate::report::json_lines::json_line;
use crate::report::page::Page;
use crate::session::event::{Event, What};
use std::io::Write;

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// One event a line.
    pub json: bool,
    /// For screen readers and programs.
    pub plain: bool,
    /// When feedback comes.
    pub feedback: Feedback,
    /// A person sits at a terminal.
    pub person: bool,
}

impl View {
    /// Exactly one line for the opening and one a turn.
    #[must_use]
    pub fn one_line_a_turn(&self) -> bool {
        self.plain && self.feedback == Feedback::End && !self.person && !self.json
    }

    /// The page as wide as the window is now.
    #[must_use]
    pub fn page(&self, out: &Out) -> Page {
        Page { numbers: self.feedback != Feedback::Words, ..out.page(self.plain || self.json) }
    }

    /// Shows what happened, and flushes: whoever waits for the client's answer gets it now.
    ///
    /// # Errors
    /// Where standard output cannot be written to.
    pub fn show(&self, client: &str, events: &[Event], out: &mut Out) -> Result<(), Error> {
        if self.json {
            for event in events {
                writeln!(out, "{}", json_line(event))?;
            }
            return Ok(out.flush()?);
        }
        let page = self.page(out);
        let mut news = TurnNews::default();
        let mut said = String::new();
        let mut notes = String::new();
        for event in events {
            match &event.what {
                What::ClientSaid { text, .. } => said += &client_line(&page, client, text),
                What::Heard { text } => news.heard = text,
                What::Appraised { empathy, non_judgment, listening, acts } => {
                    news.scores = [*empathy, *non_judgment, *listening];
                    news.acts = acts;
                }
                What::Shifted { trust, .. } => news.trust = Some(*trust),
                What::ScriptFault { hook, message } => {
                    out.note(&format!("practicum: the script's `{hook}` failed, and the session went on without it: {}", crate::text::on_one_line(message)));
                }
                What::Promised { state, .. } if self.person && state == "made" => {
                    notes += &page.aside(6, &format!("{client} will remember that you promised this."));
                }
                _ => {}
            }
        }
        let heard = events.iter().any(|event| matches!(event.what, What::Heard { .. }));
        if heard && self.feedback != Feedback::End {
            write!(out, "{}{notes}", feedback(&page, &news))?;
        }
        if self.plain {
            write!(out, "{said}")?;
        } else {
            write!(out, "\n{said}\n")?;
        }
        Ok(out.flush()?)
    }
}

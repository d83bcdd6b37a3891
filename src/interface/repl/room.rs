//! The other chair, as the REPL needs it. The real one is a session; tests bring their own.

use crate::report::Page;
use crate::scoring::{CloseReason, Debrief, Layer, ModelReply, TurnRecord};
use crate::session::event::Event;

/// What the REPL asks of a session.
pub trait Room {
    /// The client's name.
    fn client(&self) -> String;
    /// The events of the opening; asked once.
    fn opening(&mut self) -> Vec<Event>;
    /// What the trainee says or does → what happens.
    fn hear(&mut self, words: &str) -> Vec<Event>;
    /// Ends the session; the events of the close, the debrief among them.
    fn close(&mut self, reason: CloseReason) -> Vec<Event>;
    /// Whether it has ended.
    fn is_over(&self) -> bool;
    /// Takes the last turn back. `false` where there is none.
    fn undo(&mut self) -> bool;
    /// What the client said last.
    fn last_said(&self) -> String;
    /// The turns so far.
    fn turns(&self) -> &[TurnRecord];
    /// A model reply to what the client said last.
    fn hint(&self) -> Option<ModelReply>;
    /// What the client thinks now and does not say.
    fn feel(&self) -> String;
    /// All layers, told and untold.
    fn layers(&self) -> Vec<Layer>;
    /// The debrief of the session so far.
    fn debrief(&self) -> Debrief;
    /// Why the client answered turn n as it did, for `--trace` and `/why`; empty where nothing is known.
    fn trace(&self, turn: u32, page: &Page) -> String;
    /// The session as a transcript file's text, under this title.
    ///
    /// # Errors
    /// A sentence, where it cannot be written down.
    fn transcript(&self, title: &str) -> Result<String, String>;
}

//! One session is a function: scenario, engine version, seed and what the trainee did → events. Resume, undo and what-if are replay.

pub mod answer;
pub mod choice;
mod conditions;
pub mod course;
mod debriefing;
mod ends;
pub mod event;
pub mod matching;
pub mod opening;
pub mod pool;
pub mod run;
mod scripted;
pub mod snapshot;
mod turn;
pub mod why;

pub use course::{Carried, Course, CourseEnd, Outcomes};
pub use event::{CloseReason, Event, What};
pub use opening::{Opening, Setting, SettingError};
pub use run::{LastLine, Run};
pub use scripted::HookUse;
pub use snapshot::Snapshot;
pub use turn::band_of;
pub use why::Why;

use crate::scenario::Scenario;
use crate::scoring::TurnRecord;
use std::sync::Arc;

/// The longest reply that is read, in bytes; the rest is left out. A hundred times what anyone says in a turn, and small enough
/// that no reply makes the client wait. Our guess.
pub const LONGEST_REPLY: usize = 16 * 1024;

/// What the trainee did in a turn, as replay needs it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Input {
    /// The words, neutralised and cut to [`LONGEST_REPLY`].
    pub words: String,
    /// The script was stopped by the watchdog in this turn: replay does not run it, since a clock decided.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stopped: bool,
}

/// A session with a client.
#[derive(Clone)]
pub struct Session {
    scenario: Arc<Scenario>,
    opening: Opening,
    /// Where it goes on, if not from its opening.
    base: Option<Arc<snapshot::Base>>,
    inputs: Vec<Input>,
    run: Run,
}

impl Session {
    /// Opens the door: the session and its first events.
    #[must_use]
    pub fn open(scenario: Arc<Scenario>, opening: Opening) -> (Self, Vec<Event>) {
        let mut run = Run::new(&scenario, &opening);
        let events = run.open(&scenario);
        run.pass(opening.after_turn);
        (Self { scenario, opening, base: None, inputs: Vec::new(), run }, events)
    }

    /// The client hears this. Nothing is heard once the session is closed.
    pub fn hear(&mut self, words: &str) -> Vec<Event> {
        if self.run.closed().is_some() {
            return Vec::new();
        }
        let mut input = Input { words: fitting(words), stopped: false };
        let (events, stopped) = self.run.hear(&self.scenario, &input.words, false);
        input.stopped = stopped;
        self.inputs.push(input);
        events
    }

    /// Takes the last turn back: the session stands as before it. `None` where there is none.
    pub fn undo(&mut self) -> Option<Input> {
        let undone = self.inputs.pop()?;
        let inputs = std::mem::take(&mut self.inputs);
        *self = self.anew_with(&inputs);
        Some(undone)
    }

    /// The same inputs once more: the session and all events since the opening.
    #[must_use]
    pub fn replay(scenario: Arc<Scenario>, opening: Opening, inputs: &[Input]) -> (Self, Vec<Event>) {
        let (mut session, mut events) = Self::open(scenario, opening);
        for input in inputs {
            if session.run.closed().is_some() {
                break;
            }
            events.extend(session.run.hear(&session.scenario, &input.words, input.stopped).0);
            session.inputs.push(input.clone());
        }
        (session, events)
    }

    /// What if something else had been said at this turn (1, 2, 3 …)? A session of its own, up to and with that reply.
    #[must_use]
    pub fn what_if(&self, turn: u32, words: &str) -> (Self, Vec<Event>) {
        let before = usize::try_from(turn.saturating_sub(1).saturating_sub(self.opening.after_turn.max(self.replayable_from())))
            .unwrap_or(usize::MAX)
            .min(self.inputs.len());
        let mut branch = self.anew_with(&self.inputs[..before]);
        let events = branch.hear(words);
        (branch, events)
    }

    /// Ends it: a last line where the client is still there, `session_closed`, `debrief`. A second call does nothing.
    pub fn close(&mut self, reason: CloseReason) -> Vec<Event> {
        self.run.close(&self.scenario, reason)
    }

    /// Why the last answer was given, and why others were not: found by hearing it once more with an eye on every condition.
    #[must_use]
    pub fn why(&self) -> Option<Why> {
        let (last, before) = self.inputs.split_last()?;
        let mut earlier = self.anew_with(before);
        earlier.run.hear_and_tell(&self.scenario, &last.words, last.stopped)
    }

    /// What the trainee did so far.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// How it was opened.
    #[must_use]
    pub fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Whom it is with.
    #[must_use]
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// Where it stands: client, last line, turn, records.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Lets go of all but the latest records, for a room where hundreds sit: a debrief then needs a [`Session::replay`].
    pub fn keep_latest(&mut self, records: usize) {
        self.run.keep_latest(records);
    }

    /// The turns so far, as the debrief needs them; of a very long session the latest ones.
    #[must_use]
    pub fn records(&self) -> &[TurnRecord] {
        self.run.records()
    }
}

/// Neutralised, and cut on a character boundary.
fn fitting(words: &str) -> String {
    let words = crate::text::neutralise(words);
    let mut end = words.len().min(LONGEST_REPLY);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    words[..end].to_owned()
}

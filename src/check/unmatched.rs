//! What only a fallback answered: replies that the scenario had nothing for, grouped by likeness, so that an author meets what trainees really
//! say and not what they were expected to say.

mod groups;
mod near;
mod stub;

pub use groups::{Group, group};

use super::simulate::{Policy, Watch};
use crate::scenario::Scenario;
use crate::session::{Event, Input, Opening, Session, What};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A reply that only a fallback answered, with where it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missed {
    /// How often it was said so.
    pub times: u64,
    /// The client's line before it, of the first time in alphabetical order.
    pub after: String,
    /// The topic that the talk was on, and how often.
    pub on: BTreeMap<String, u64>,
}

/// Looks on, and notes what only a fallback answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unmatched {
    /// Turns looked at.
    pub turns: u64,
    /// The replies, each once.
    pub missed: BTreeMap<String, Missed>,
}

impl Unmatched {
    /// Notes a reply, if only a fallback answered it.
    pub fn take(&mut self, reply: &str, before: &str, on: Option<&str>, events: &[Event]) {
        self.turns += 1;
        if !events.iter().any(|event| matches!(event.what, What::ClientSaid { fallback: true, .. })) {
            return;
        }
        let missed = self.missed.entry(reply.trim().to_owned()).or_default();
        if missed.times == 0 || before < missed.after.as_str() {
            before.clone_into(&mut missed.after);
        }
        missed.times += 1;
        if let Some(topic) = on {
            *missed.on.entry(topic.to_owned()).or_default() += 1;
        }
    }

    /// Lets the client hear a session that was kept, or that stands in a file, and notes what only a fallback answered. A client who has left is
    /// met anew for the rest.
    pub fn hear_all(&mut self, scenario: &Arc<Scenario>, opening: &Opening, inputs: &[Input]) {
        let (mut session, _) = Session::open(Arc::clone(scenario), opening.clone());
        for input in inputs {
            if session.run().closed().is_some() {
                session = Session::open(Arc::clone(scenario), opening.clone()).0;
            }
            let before = session.run().last().text.clone();
            let on = session.run().topic().map(str::to_owned);
            let events = session.hear(&input.words);
            self.take(&input.words, &before, on.as_deref(), &events);
        }
    }

    /// How many turns only a fallback answered.
    #[must_use]
    pub fn times(&self) -> u64 {
        self.missed.values().map(|missed| missed.times).sum()
    }
}

impl Watch for Unmatched {
    fn heard(&mut self, _policy: Policy, reply: &str, before: &str, on: Option<&str>, events: &[Event]) {
        self.take(reply, before, on, events);
    }

    fn join(&mut self, other: Self) {
        self.turns += other.turns;
        for (reply, more) in other.missed {
            let missed = self.missed.entry(reply).or_default();
            if missed.times == 0 || more.after < missed.after {
                missed.after = more.after;
            }
            missed.times += more.times;
            for (topic, times) in more.on {
                *missed.on.entry(topic).or_default() += times;
            }
        }
    }
}

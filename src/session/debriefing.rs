//! What a session hands over for its debrief.

use super::event::{Event, What};
use super::{CloseReason, Session};
use crate::scoring::{Debrief, Layer, Naming, Sitting};

impl Session {
    /// All layers of the story, told and untold, in the order the scenario has them.
    #[must_use]
    pub fn layers(&self) -> Vec<Layer> {
        let client = self.run.client();
        let layer = |disclosure: &crate::scenario::shape::Disclosure| Layer {
            id: disclosure.id.clone(),
            layer: disclosure.layer,
            told: client.has_told(&disclosure.id),
            unsaid: disclosure.unsaid.clone(),
            opened_by: disclosure.opened_by.clone(),
        };
        self.scenario.file.disclosures.iter().map(layer).collect()
    }

    /// The debrief of the session as it stands; as of one that was ended, while it is still open.
    #[must_use]
    pub fn debrief(&self) -> Debrief {
        let (file, client) = (&self.scenario.file, self.run.client());
        let (subject, object, possessive) = &file.client.pronouns;
        Debrief::of(&Sitting {
            naming: Naming { name: &file.client.name, pronouns: (subject, object, possessive) },
            session: self.opening.session,
            turns: self.records(),
            played: self.run.turn_number(),
            trust_at_start: self.run.trust_at_start(),
            state: client.state(),
            trust: client.trust(),
            credulity: file.temperament.credulity,
            reason: self.run.closed().unwrap_or(CloseReason::Ended),
            texts: &file.debrief,
            teaches: &file.teaches,
            layers: &self.layers(),
        })
    }

    /// The debrief as the last event.
    #[must_use]
    pub fn debrief_event(&self) -> Event {
        // A struct of strings, numbers and lists always has a JSON form.
        let debrief = serde_json::to_value(self.debrief()).unwrap_or_default();
        Event { turn: self.run.turn_number(), what: What::Debrief { debrief } }
    }
}

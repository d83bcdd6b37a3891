//! From one session to the next.

use super::{Change, Client, Quality};

impl Client {
    /// The session closes: promises that were due and not kept are broken.
    pub fn close_session(&mut self) -> Change {
        Change::default()
    }

    /// The days between: arousal falls half-way back, trust is carried, what happened in between is felt: `(quality, by, because)`. The next session begins.
    pub fn between_sessions(&mut self, events: &[(Quality, f64, String)]) -> Change {
        let _ = events;
        self.now.session += 1;
        Change::default()
    }
}

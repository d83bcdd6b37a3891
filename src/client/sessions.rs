//! From one session to the next: trust is carried, arousal falls half-way back, and something has happened in between.

use super::reaction::Reaction;
use super::{Change, Client, Quality};

/// Arousal falls this share of the way back to its usual level between sessions (clinical.md, section 4, "Sessions").
const HALF_WAY: f64 = 0.5;

impl Client {
    /// The session closes: promises that were due and were not kept are broken, and that tears.
    pub fn close_session(&mut self) -> Change {
        let broken = self.now.break_due(self.now.session);
        self.settle(&Reaction::default(), broken)
    }

    /// The days between, then the next session begins. `events` is what happened: `(quality, by, because)`, each −.2 to .2.
    pub fn between_sessions(&mut self, events: &[(Quality, f64, String)]) -> Change {
        let usual = self.nature.temperament.start.clamped().arousal;
        let arousal = self.now.state.arousal;
        self.now.state.set(Quality::Arousal, arousal + HALF_WAY * (usual - arousal));
        if let Some(rupture) = &mut self.now.rupture {
            rupture.arousal = rupture.arousal.min(self.now.state.arousal);
        }
        let mut reaction = Reaction::default();
        for (quality, by, because) in events {
            reaction.shift(*quality, *by, because.clone());
        }
        self.now.left = false;
        let change = self.settle(&reaction, Vec::new());
        self.begin(self.now.session.saturating_add(1));
        change
    }

    /// Puts what belongs to one session back to its beginning.
    fn begin(&mut self, session: u32) {
        let now = &mut self.now;
        now.session = session;
        now.turn = 0;
        now.touched.clear();
        now.words.clear();
        now.did = 0;
        now.recent = [0; 6];
        now.recent_rows = [0; 6];
        now.unheard = 0;
        now.silences = 0;
        now.since_check_in = super::standing::CHECK_IN_FULL;
        now.trust_at_start = now.state.trust();
    }
}

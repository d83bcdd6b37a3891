//! From one session to the next: trust is carried, arousal falls half-way back, and something has happened in between.

use super::reaction::{Felt, Reaction};
use super::rows::ROWS;
use super::{Change, Client, Quality};
use crate::appraisal::TrustFactor;

/// Arousal falls this share of the way back to its usual level between sessions (clinical.md, section 4, "Sessions").
const HALF_WAY: f64 = 0.5;

impl Client {
    /// The session closes. `kept` are promises that its end keeps; others that were due and were not kept are broken, and that tears. `void` are
    /// promises that came to nothing through nobody's fault.
    pub fn close_session(&mut self, kept: &[String], void: &[String]) -> Change {
        self.now.promises.retain(|id, standing| !(standing.word == super::PromiseWord::Made && void.contains(id)));
        let reaction = self.reliable(kept);
        let mut promises = self.now.keep(kept);
        promises.extend(self.now.break_due(self.now.session));
        self.settle(&reaction, promises)
    }

    /// Something that happened keeps these promises, where they are open.
    pub fn keep_promises(&mut self, kept: &[String]) -> Change {
        let reaction = self.reliable(kept);
        let promises = self.now.keep(kept);
        self.settle(&reaction, promises)
    }

    /// What it earns that these are kept: once, however many they are.
    fn reliable(&self, kept: &[String]) -> Reaction {
        let mut reaction = Reaction::default();
        if !kept.iter().any(|id| self.now.promise_would_earn(id)) {
            return reaction;
        }
        let gain = self.plain_gain_speed();
        for feel in ROWS.iter().filter(|feel| feel.row == TrustFactor::Consistency) {
            let felt = feel.earned.iter().map(|(quality, a)| Felt {
                quality: *quality,
                amount: a * gain,
                because: feel.earns.to_owned(),
                factor: Some(feel.row),
                authored: false,
                may_rupture: false,
            });
            reaction.felt.extend(felt);
        }
        reaction
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

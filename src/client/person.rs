//! A client: what is fixed, and what moves.

use super::standing::{Rupture, Standing};
use super::{Gate, State, Temperament};
use std::sync::Arc;

/// What is fixed: shared by all copies.
#[derive(Debug, PartialEq)]
pub(super) struct Nature {
    pub(super) temperament: Temperament,
    pub(super) gates: Vec<Gate>,
}

/// Somebody to sit with. Changes only by [`Client::apply`], [`Client::close_session`] and [`Client::between_sessions`].
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    pub(super) nature: Arc<Nature>,
    pub(super) now: Standing,
}

impl Client {
    /// A client at the start of a first session.
    #[must_use]
    pub fn new(temperament: Temperament, gates: Vec<Gate>) -> Self {
        let now = Standing::at_start(&temperament);
        Self { nature: Arc::new(Nature { temperament, gates }), now }
    }

    /// The client as it stood when `standing` was saved.
    #[must_use]
    pub fn resume(temperament: Temperament, gates: Vec<Gate>, standing: Standing) -> Self {
        Self { nature: Arc::new(Nature { temperament, gates }), now: standing }
    }

    /// Everything that moves, to be saved.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.now
    }

    /// Starts somewhere else than at the beginning: session, state, told disclosures and flags as a scenario declares them.
    #[must_use]
    pub fn starting_at(mut self, session: u32, state: State, told: &[String], flags: &[String]) -> Self {
        self.now.session = session.max(1);
        self.now.state = state.clamped();
        for id in told {
            let layer = self.gate(id).map_or(0, |gate| gate.layer);
            if !self.has_told(id) {
                self.now.told.push(super::Told { id: id.clone(), layer, session: 0, turn: 0 });
            }
        }
        self.now.flags.extend(flags.iter().cloned());
        self.now.trust_at_start = self.trust();
        self
    }

    /// As if every row of the matrix had been earned in each of the last six turns, so that no row is fresh: for bounds on what a
    /// trainee can reach.
    #[must_use]
    pub fn with_every_row_worn(mut self) -> Self {
        self.now.recent_rows = [u32::MAX; 6];
        self
    }

    /// What is fixed about this client.
    #[must_use]
    pub fn temperament(&self) -> &Temperament {
        &self.nature.temperament
    }

    /// The gates, as given.
    #[must_use]
    pub fn gates(&self) -> &[Gate] {
        &self.nature.gates
    }

    /// The gate before this disclosure.
    #[must_use]
    pub fn gate(&self, id: &str) -> Option<&Gate> {
        self.nature.gates.iter().find(|gate| gate.id == id)
    }

    /// The six qualities, 0 to 1 each.
    #[must_use]
    pub fn state(&self) -> State {
        self.now.state
    }

    /// The rupture that is open.
    #[must_use]
    pub fn rupture(&self) -> Option<&Rupture> {
        self.now.rupture.as_ref()
    }

    /// Whether the client has ended the session.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.now.left
    }

    /// Whether this was told.
    #[must_use]
    pub fn has_told(&self, id: &str) -> bool {
        self.now.told.iter().any(|told| told.id == id)
    }

    /// How many layers from 1 to 4 have been told at least in part.
    #[must_use]
    pub fn layers_told(&self) -> usize {
        (1..=4).filter(|layer| self.now.told.iter().any(|told| told.layer == *layer)).count()
    }

    /// Whether a flag is set.
    #[must_use]
    pub fn has_flag(&self, flag: &str) -> bool {
        self.now.flags.contains(flag)
    }
}

//! Gates: what must hold before a layer is told.

use super::{Client, Missing};

impl Client {
    /// Why this gate would stay shut to an invitation on its topic now; empty where it would open.
    #[must_use]
    pub fn why_not(&self, gate: &str) -> Vec<Missing> {
        vec![Missing::NoSuchGate(gate.to_owned())]
    }
}

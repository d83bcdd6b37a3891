//! What a reply would do to this client, now.

use super::{Client, Moment, Reaction};
use crate::appraisal::Appraisal;

impl Client {
    /// What the model proposes for this reply in this moment. Pure: nothing changes.
    #[must_use]
    pub fn weigh(&self, appraisal: &Appraisal, moment: &Moment) -> Reaction {
        let _ = (appraisal, moment);
        Reaction::default()
    }
}

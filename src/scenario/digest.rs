//! What decides, as one number: two scenarios of one digest play alike, whatever their comments and layout.

use super::shape::ScenarioFile;
use crate::appraisal::codebook::CodebookFile;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// SHA-256 over the scenario's stored form without its expectations, its script and its own codebook, as 64 hexadecimal digits.
#[must_use]
pub(super) fn of(file: &ScenarioFile, script: Option<&str>, codebook: Option<&CodebookFile>) -> String {
    // A scenario of plain texts and numbers can always be stored; were it not so, an empty form would still be a stable digest.
    let mut stored = postcard::to_stdvec(file).unwrap_or_default();
    // What an author expects of simulated trainees decides nothing in a session. It stands last, so that it can be cut off; an empty
    // list is stored as one zero.
    let expects = postcard::to_stdvec(&file.expects).unwrap_or_default();
    if stored.ends_with(&expects) {
        stored.truncate(stored.len() - expects.len());
        stored.push(0);
    }
    let mut hash = Sha256::new();
    hash.update(b"practicum scenario 1\0");
    hash.update((stored.len() as u64).to_le_bytes());
    hash.update(&stored);
    let script = script.unwrap_or("");
    hash.update((script.len() as u64).to_le_bytes());
    hash.update(script.as_bytes());
    if let Some(codebook) = codebook {
        // Its debug form names every field and holds no address and no hash order.
        hash.update(format!("{codebook:?}").as_bytes());
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

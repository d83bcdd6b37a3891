//! What needs to run a scenario to know: transcripts, rehearsal, reach, simulated trainees.

pub mod codes;
pub mod coverage;
pub mod drills;
mod gates;
mod looked;
mod models;
mod own_rules;
mod pools;
mod rehearsal;
mod samples;
mod script_words;
mod search;
pub mod retold;
mod shadows;
pub mod simulate;
mod themes;
mod transcript_files;
pub mod transcripts;
pub mod unmatched;
mod voice;
mod waiting;

pub use gates::highest_openness;
pub use looked::{Looked, look};

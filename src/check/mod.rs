//! What needs to run a scenario to know: transcripts, rehearsal, reach, simulated trainees.

pub mod simulate;
pub mod transcripts;

//! What needs to run a scenario to know: transcripts, rehearsal, reach, simulated trainees.

pub mod transcripts;

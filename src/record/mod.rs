//! What is kept of a session: for now what a trainee asks to keep, as a transcript for people. Nothing is kept unasked.

pub mod transcript;

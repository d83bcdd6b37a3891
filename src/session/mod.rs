//! One session is a function: scenario, engine version, seed and what the trainee did → events.

pub mod event;

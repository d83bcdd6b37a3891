//! All integration tests in one binary: one links much faster than many. One line a module, in alphabetical order.
#![allow(clippy::unwrap_used)]

mod answers;
mod author;
mod authoring;
mod bad_input;
mod browser;
mod check;
mod class;
mod cli;
mod debrief;
mod drills;
mod guide;
mod hostile;
mod layers;
mod mistakes;
mod progress;
mod readme;
mod recognition;
mod record;
mod repl;
mod scenario;
mod scores;
mod script;
mod serve;
mod session;
mod simulate;
mod supervising;
mod text;

//! All integration tests in one binary: one links much faster than many. One line a module, in alphabetical order.

mod cli;
mod debrief;
mod hostile;
mod layers;
mod readme;
mod repl;
mod script;

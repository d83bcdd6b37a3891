//! A client to sit with: the RON shape, the scenario made of it, and the shelf where scenarios come from.
//!
//! Parse once, trust the type: a `ScenarioFile` is what an author wrote, a [`Scenario`] is what was found fit to play.

mod compiled;
mod digest;
pub mod expectation;
pub mod findings;
pub mod folder;
mod heard;
pub mod format;
mod house;
mod line;
pub mod parse;
mod patterns;
pub mod ranges;
pub mod schema;
pub mod shape;
pub mod shelf;
pub mod source;
mod stored;
pub mod transcript;
pub mod tree;

pub use compiled::{LAYERS_OPEN_AT, Scenario};
pub use folder::Folder;
pub use heard::HeardLine;
pub use shelf::{Listing, OpenError, Shelf};

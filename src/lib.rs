//! Practicum: a supervision-training simulator. See `src/README.md` for the architecture.

pub mod diagnostic;
pub mod text;
pub mod appraisal;
pub mod client;
pub mod scoring;
pub mod script;
pub mod scenario;
pub mod session;
pub mod drill;
pub mod check;
pub mod record;
pub mod classroom;
pub mod report;
pub mod interface;

/// The engine's version: another one may answer otherwise. Part of every session's first event.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

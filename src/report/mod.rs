//! Events and debriefs made readable: terminal text, plain lines for screen readers, JSON. Nothing here prints; everything returns text.

pub mod chart;
pub mod class_home;
pub mod class_page;
pub mod client_lines;
pub mod course;
pub mod coverage;
pub mod debrief;
pub mod diagnostics;
pub mod drill;
pub mod feedback;
pub mod history;
pub mod graph;
pub mod json_lines;
pub mod own_rating;
pub mod page;
pub mod paint;
pub mod progress;
pub mod replay;
pub mod session;
pub mod rubric;
pub mod reference;
pub mod shelf;
pub mod simulation;
pub mod simulation_page;
pub mod when;
pub mod unmatched;
pub mod why;
pub mod word_for;

pub use page::Page;
pub use paint::Paint;

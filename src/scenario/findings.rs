//! What is wrong with a scenario that a reader of its file alone can see, all in one pass.

use super::shape::ScenarioFile;
use super::source::Source;
use crate::diagnostic::Diagnostic;

/// Every finding about the file.
#[must_use]
pub fn of(_source: &Source, _file: &ScenarioFile, _folder: &str) -> Vec<Diagnostic> {
    Vec::new()
}

//! What is wrong with a scenario that a reader of its files alone can see, all in one pass.

pub mod at;
mod conditions;
mod flags;
mod ids;
mod numbers;
mod texts;
pub mod walk;

pub use at::{At, Finder, Level, Located};

use super::shape::ScenarioFile;
use super::source::Source;
use crate::diagnostic::Diagnostic;

/// Every finding about `scenario.ron`; `folder` is the folder's name, `script` the text of its script.
#[must_use]
pub fn of(source: &Source, file: &ScenarioFile, folder: &str, script: Option<&str>) -> Vec<Diagnostic> {
    let mut finder = Finder::default();
    ids::find(file, folder, &mut finder);
    numbers::find(file, &mut finder);
    conditions::find(file, &mut finder);
    flags::find(file, script, &mut finder);
    texts::find(file, &mut finder);
    finder.placed(source)
}

//! Assignments as files: the same client, the same session, the same seed for everybody, when feedback comes, and what will be looked at.

use super::Error;
use super::play::When;
use crate::scoring::rubric::Rubric;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fmt::Write as _;
use std::path::Path;

/// The format's number; a newer one is refused.
const FORMAT: u32 = 1;

/// An assignment file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Always 1 for now.
    pub format: u32,
    /// What it is called.
    pub title: String,
    /// What the trainee is to do, in the supervisor's words; shown before the session.
    #[serde(default)]
    pub task: String,
    /// The scenario.
    pub scenario: String,
    /// Its digest when the assignment was made; a session with another version cannot be compared. Empty is any.
    #[serde(default)]
    pub digest: String,
    /// Which session.
    #[serde(default = "first")]
    pub session: u32,
    /// The seed: the same for everybody.
    pub seed: u64,
    /// When feedback comes: `each`, `words` or `end`.
    #[serde(default)]
    pub feedback: Feedback,
    /// What is looked at.
    #[serde(default)]
    pub rubric: Option<Rubric>,
}

const fn first() -> u32 {
    1
}

/// When feedback comes, as the file says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feedback {
    /// After each turn, with numbers.
    #[default]
    Each,
    /// After each turn, in words only.
    Words,
    /// Only at the end.
    End,
}

impl From<Feedback> for When {
    fn from(feedback: Feedback) -> Self {
        match feedback {
            Feedback::Each => Self::Each,
            Feedback::Words => Self::Words,
            Feedback::End => Self::End,
        }
    }
}

impl From<When> for Feedback {
    fn from(when: When) -> Self {
        match when {
            When::Each => Self::Each,
            When::Words => Self::Words,
            When::End => Self::End,
        }
    }
}

/// The largest file that is read, in bytes.
const MOST_BYTES: usize = 256 * 1024;

impl Assignment {
    /// Reads an assignment.
    ///
    /// # Errors
    /// A file that cannot be read, or that is none.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let found: Self = ron_file(path, "assignment")?;
        if found.format > FORMAT {
            return Err(Error::unusable(format!(
                "`{}` was written by a newer Practicum (format {}; this program reads {FORMAT}).",
                path.display(),
                found.format
            )));
        }
        if let Some(rubric) = &found.rubric {
            refuse_faults(path, rubric)?;
        }
        Ok(found)
    }

    /// The file's text, with a line of explanation where a supervisor may want to change something.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from("// An assignment: practicum play --assignment THIS_FILE\n(\n  format: 1,\n");
        let _ = writeln!(text, "  title: {},", quoted(&self.title));
        let _ = writeln!(text, "  task: {}, // shown to the trainee before the session", quoted(&self.task));
        let _ = writeln!(text, "  scenario: {},\n  session: {},", quoted(&self.scenario), self.session);
        let _ = writeln!(text, "  seed: {}, // the same for everybody: the same words meet the same client", self.seed);
        let feedback = match self.feedback {
            Feedback::Each => "each",
            Feedback::Words => "words",
            Feedback::End => "end",
        };
        let _ = writeln!(text, "  feedback: {feedback}, // each, words or end");
        let _ = writeln!(text, "  digest: {}, // the version of the client; empty is any", quoted(&self.digest));
        if let Some(rubric) = &self.rubric {
            let _ = writeln!(text, "  rubric: (\n    title: {},\n    criteria: [", quoted(&rubric.title));
            for one in &rubric.criteria {
                let measure = ron::to_string(&one.measure).unwrap_or_default();
                let bound = |name: &str, bound: Option<f64>| bound.map(|bound| format!(", {name}: {bound:?}")).unwrap_or_default();
                let _ = writeln!(
                    text,
                    "      (what: {}, measure: {measure}{}{}),",
                    quoted(&one.what),
                    bound("at_least", one.at_least),
                    bound("at_most", one.at_most)
                );
            }
            text.push_str("    ],\n  ),\n");
        }
        text.push_str(")\n");
        text
    }
}

/// Reads a rubric's own file.
///
/// # Errors
/// A file that cannot be read, or that is none.
pub fn rubric(path: &Path) -> Result<Rubric, Error> {
    let rubric: Rubric = ron_file(path, "rubric")?;
    refuse_faults(path, &rubric)?;
    Ok(rubric)
}

fn refuse_faults(path: &Path, rubric: &Rubric) -> Result<(), Error> {
    let faults = rubric.faults();
    if faults.is_empty() { Ok(()) } else { Err(Error::unusable(format!("The rubric in `{}` cannot be used: {}.", path.display(), faults.join("; ")))) }
}

fn ron_file<T: DeserializeOwned>(path: &Path, what: &str) -> Result<T, Error> {
    let name = path.display().to_string();
    let bytes = super::unmatched::read(path).map_err(|cause| Error::Unreadable { path: name.clone(), cause })?;
    if bytes.len() > MOST_BYTES {
        return Err(Error::unusable(format!("`{name}` is too long for an {what}: {} bytes.", bytes.len())));
    }
    let text = String::from_utf8_lossy(&bytes);
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let place = error.span.start;
        let why = crate::text::on_one_line(&error.code.to_string()).to_string();
        Error::unusable(format!("`{name}` is no {what} that I can read: line {}, column {}: {why}.", place.line, place.col))
    })
}

/// A string as RON reads it.
fn quoted(text: &str) -> String {
    let text = crate::text::neutralise(text);
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::Act;
    use crate::scoring::rubric::{Criterion, Measure};

    #[test]
    fn what_is_written_is_read_again() {
        let criterion = |measure, least, most| Criterion { what: "a \"b\"".to_owned(), measure, at_least: least, at_most: most };
        let assignment = Assignment {
            format: 1,
            title: "Week 3".to_owned(),
            task: "Stay\nwith her.".to_owned(),
            scenario: "samantha".to_owned(),
            digest: "abc".to_owned(),
            session: 2,
            seed: 77,
            feedback: Feedback::End,
            rubric: Some(Rubric {
                title: "r".to_owned(),
                criteria: vec![criterion(Measure::NonAdherent, None, Some(0.0)), criterion(Measure::Act(Act::Validation), Some(1.0), Some(9.5))],
            }),
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("week3.ron");
        std::fs::write(&path, assignment.text()).unwrap();
        assert_eq!(Assignment::read(&path).unwrap(), assignment, "{}", assignment.text());
    }

    #[test]
    fn a_file_that_is_none_says_where() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.ron");
        std::fs::write(&path, "(format: 1,\n title: 3)").unwrap();
        let error = Assignment::read(&path).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("assignment"), "{error}");
    }
}

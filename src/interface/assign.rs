//! `assign SCENARIO`: writes an assignment file for a group.

use super::assignment::{Assignment, rubric};
use super::play::When;
use super::{Error, Exit, Globals, Out};
use crate::scoring::rubric::{Criterion, Measure, Rubric};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// The file to write; an existing one is never overwritten
    #[arg(short, long, value_name = "FILE", default_value = "assignment.ron")]
    output: PathBuf,
    /// What it is called
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// What the trainee is to do; shown before the session
    #[arg(long, value_name = "WORDS", default_value = "")]
    task: String,
    /// Which session
    #[arg(long, value_name = "N", default_value_t = 1)]
    session: u32,
    /// The seed: the same words meet the same client, for everybody
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// When feedback comes
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    feedback: When,
    /// A rubric's file; without one, a rubric to change stands in the assignment
    #[arg(long, value_name = "FILE")]
    rubric: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// A scenario or a session that does not exist, or a file that cannot be written.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let scenario = globals.open(&args.scenario)?;
    let file = &scenario.file;
    let Some(session) = scenario.session(args.session) else {
        return Err(Error::unusable(format!("{} has no session {}; there are {}.", file.client.name, args.session, file.sessions.len())));
    };
    let rubric = match &args.rubric {
        Some(path) => rubric(path)?,
        None => starter(),
    };
    let assignment = Assignment {
        format: 1,
        title: args.title.clone().unwrap_or_else(|| format!("{}: {}", file.client.name, session.title)),
        task: args.task.clone(),
        scenario: file.id.clone(),
        digest: scenario.digest.clone(),
        session: args.session,
        seed: args.seed,
        feedback: args.feedback.into(),
        rubric: Some(rubric),
    };
    let path = args.output.display();
    let mut target = OpenOptions::new().write(true).create_new(true).open(&args.output).map_err(|cause| {
        if cause.kind() == std::io::ErrorKind::AlreadyExists {
            Error::unusable(format!("`{path}` is there already, and I do not overwrite it; take another name with --output."))
        } else {
            Error::surroundings(format!("I could not write `{path}`"), cause)
        }
    })?;
    target.write_all(assignment.text().as_bytes()).map_err(|cause| Error::surroundings(format!("I could not write `{path}`"), cause))?;
    writeln!(
        out,
        "The assignment is {path}. Each trainee: practicum play --assignment {path} --as NAME, then practicum export last --as NAME --format session --out NAME.json"
    )?;
    writeln!(out, "What comes back: practicum collect --assignment {path} FILES.")?;
    Ok(Exit::Fine)
}

/// A rubric to start from: what separates good sessions from bad ones (clinical notes, section 3), as places to look.
fn starter() -> Rubric {
    let criterion = |what: &str, measure, at_least, at_most| Criterion { what: what.to_owned(), measure, at_least, at_most };
    Rubric {
        title: "Listening before helping".to_owned(),
        criteria: vec![
            criterion("At least one reflection for each question", Measure::ReflectionToQuestion, Some(1.0), None),
            criterion("No advice, orders or blame", Measure::NonAdherent, None, Some(0.0)),
            criterion("The client has more of the words", Measure::TalkShare, None, Some(0.5)),
            criterion("A rupture, if there is one, is mended", Measure::Repairs, Some(1.0), None),
        ],
    }
}

//! `graph SCENARIO`: the whole client as one picture, shaded by what simulated trainees reached.

use super::simulate::Progress;
use super::{Error, Exit, Globals, Out};
use crate::check::coverage::{Coverage, Reached};
use crate::check::highest_openness;
use crate::check::simulate::{Plan, Policy, simulate_watched};
use crate::report::graph::{Graph, dot, graph_json, graph_page, graph_text, svg};
use crate::scenario::Scenario;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// What the picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum GraphFormat {
    /// A picture.
    Svg,
    /// For Graphviz.
    Dot,
    /// A page with the picture and the same as tables.
    Html,
    /// For reading: a line a box.
    Text,
    /// For programs.
    Json,
}

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario's name, or its folder
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// Write here instead of to standard output; the ending (.svg, .dot, .html, .txt, .json) is the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format; otherwise by the file's ending, text at a terminal, SVG elsewhere
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<GraphFormat>,
    /// Runs of each simulated trainee for the shading; 0 draws without
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    sessions: u32,
    /// The same seed gives the same shading
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// For screen readers
    #[arg(long)]
    plain: bool,
}

/// Runs the command.
///
/// # Errors
/// A scenario that cannot be opened, an ending that is no format, or a file that cannot be written.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let scenario = globals.open(&args.scenario)?;
    let format = format(args, out)?;
    let reached = (args.sessions > 0).then(|| reached(&scenario, args, out));
    // A script may raise what the model does not: then nothing is proved.
    let ceiling = scenario.script.is_none().then(|| highest_openness(&scenario));
    let graph = Graph::of(&scenario, reached.as_ref(), ceiling);
    let text = match format {
        GraphFormat::Svg => svg(&graph),
        GraphFormat::Dot => dot(&graph),
        GraphFormat::Html => graph_page(&graph),
        GraphFormat::Text => graph_text(&out.page(args.plain || args.output.is_some()), &graph),
        GraphFormat::Json => graph_json(&graph).to_string() + "\n",
    };
    match &args.output {
        Some(path) => {
            fs::write(path, text).map_err(|error| Error::surroundings(format!("I could not write `{}`", path.display()), error))?;
            out.note(&format!("The picture is {}.", path.display()));
        }
        None => write!(out, "{text}")?,
    }
    Ok(Exit::Fine)
}

fn format(args: &Args, out: &Out) -> Result<GraphFormat, Error> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = &args.output else { return Ok(if out.is_terminal() { GraphFormat::Text } else { GraphFormat::Svg }) };
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => Ok(GraphFormat::Svg),
        Some("dot" | "gv") => Ok(GraphFormat::Dot),
        Some("html" | "htm") => Ok(GraphFormat::Html),
        Some("txt") => Ok(GraphFormat::Text),
        Some("json") => Ok(GraphFormat::Json),
        _ => Err(Error::unusable(format!(
            "`{}` ends in no format that I can draw; use .svg, .dot, .html, .txt or .json, or say --format.",
            crate::text::neutralise(&path.display().to_string())
        ))),
    }
}

/// What simulated trainees of every kind reach in whole courses.
fn reached(scenario: &Arc<Scenario>, args: &Args, out: &Out) -> Reached {
    let course = u32::try_from(scenario.file.sessions.len()).unwrap_or(1).clamp(1, 3);
    let plan = Plan { policies: Policy::ALL.to_vec(), sessions: args.sessions, course, turns: 0, seed: args.seed };
    let progress = Progress::new(out, u64::from(plan.sessions) * plan.policies.len() as u64);
    let fresh = Coverage::of(scenario);
    let (_, seen) = simulate_watched(scenario, &plan, || progress.step(), || fresh.clone());
    progress.clear();
    seen.reached().clone()
}

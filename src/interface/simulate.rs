//! `simulate SCENARIO`: twelve simulated trainees, and what comes of them.

use super::list::Format;
use super::{Error, Exit, Globals, Out};
use crate::check::coverage::{Coverage, Reached};
use crate::check::simulate::order::{formulas, out_of_order};
use crate::check::simulate::{Plan, Policy, Simulated, insult_and_repair, simulate, simulate_watched, unmet};
use crate::check::transcripts;
use crate::diagnostic::wording::did_you_mean_or_list;
use crate::report::coverage::{coverage_json, coverage_text};
use crate::report::{simulation, simulation_page};
use crate::scenario::Folder;
use crate::scenario::Scenario;
use crate::scenario::parse::parse;
use crate::scenario::transcript::TranscriptFile;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario's name, or its folder
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// Which simulated trainee, or `all`; may be given again
    #[arg(long, value_name = "NAME", default_value = "all")]
    policy: Vec<String>,
    /// Independent runs of each
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    sessions: u32,
    /// Consecutive sessions in each run
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    course: u32,
    /// Turns of a session (otherwise as the scenario says)
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    turns: u32,
    /// The same seed gives the same figures
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Tell too which reactions, lines, gates and hooks the transcripts and the simulated trainees reached, and which never
    #[arg(long)]
    coverage: bool,
    /// Hold the handbook's order too: who must be trusted more than whom, mending never pays, no sentence said again and again beats a good novice
    #[arg(long)]
    order: bool,
    /// Write a page with charts here
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// For screen readers: a table with commas, no charts
    #[arg(long)]
    plain: bool,
}

/// Runs the command.
///
/// # Errors
/// A scenario or a policy that does not exist, or a page that cannot be written.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let scenario = globals.open(&args.scenario)?;
    let plan = Plan { policies: policies(&args.policy)?, sessions: args.sessions, course: args.course, turns: args.turns, seed: args.seed };
    let progress = Progress::new(out, u64::from(plan.sessions) * plan.policies.len() as u64);
    let (simulated, reached) = simulated(&scenario, &plan, args.coverage, || progress.step());
    progress.clear();
    let asks_insult = plan.policies.contains(&Policy::Skilled) && (args.format == Format::Text || args.html.is_some());
    let insult = asks_insult.then(|| insult_and_repair(&scenario, &plan));
    let wrong = unmet(&scenario, &plan, &simulated);
    let expected = scenario.file.expects.len();
    match args.format {
        Format::Json => {
            for one in &simulated {
                writeln!(out, "{}", serde_json::to_string(&one.row).map_err(std::io::Error::from)?)?;
            }
        }
        Format::Text => write!(out, "{}", simulation::text(&out.page(args.plain), &scenario.file.title, &plan, &simulated, insult, &wrong, expected))?,
    }
    if let Some(path) = &args.html {
        let page = simulation_page::page(&scenario.file.title, &plan, &simulated, insult, &wrong, expected);
        fs::write(path, page).map_err(|error| Error::surroundings(format!("I could not write `{}`", path.display()), error))?;
        out.note(&format!("The page is {}.", path.display()));
    }
    if let Some(reached) = &reached {
        let transcripts = globals.shelf().folder(&args.scenario).map(|folder| by_transcripts(&scenario, &folder));
        let mut sources = vec![("simulated trainees", reached)];
        sources.extend(transcripts.as_ref().map(|reached| ("transcripts", reached)));
        match args.format {
            Format::Json => writeln!(out, "{}", coverage_json(&scenario.file.id, &sources))?,
            Format::Text => write!(out, "{}", coverage_text(&out.page(args.plain), &scenario.file.title, &sources))?,
        }
    }
    if args.format == Format::Json {
        for one in &wrong {
            out.note(&format!("practicum: {one}"));
        }
    }
    let in_order = !args.order || order_holds(&scenario, &plan, &simulated, args.plain, out)?;
    Ok(if wrong.is_empty() && in_order { Exit::Fine } else { Exit::Findings })
}

/// Says whether the order holds; in words on standard error where standard output is for programs.
fn order_holds(scenario: &Arc<Scenario>, plan: &Plan, simulated: &[Simulated], plain: bool, out: &mut Out) -> Result<bool, Error> {
    let mut wrong = out_of_order(scenario, simulated);
    let insult = insult_and_repair(scenario, plan);
    if insult.with > insult.without {
        wrong.push(format!("an insult that is mended closes at {:.3}, and no insult at {:.3}; mending must never pay", insult.with, insult.without));
    }
    if let Some(novice) = simulated.iter().find(|one| one.policy == Policy::GoodNovice) {
        for (sentence, trust) in formulas(scenario, plan) {
            if trust >= novice.row.trust_mean {
                wrong.push(format!("\"{sentence}\", said to everything, closes at {trust:.3}, and a good novice at {:.3}", novice.row.trust_mean));
            }
        }
    }
    let page = out.page(plain);
    let text = if wrong.is_empty() {
        page.paragraph(0, "The handbook's order holds: of trainees, of an insult that is mended, and of sentences said again and again.")
    } else {
        let lines: String = wrong.iter().map(|one| page.hanging("  - ", "    ", one)).collect();
        format!("{}{lines}", page.paragraph(0, "The handbook's order does not hold:"))
    };
    write!(out.err(), "{text}").or_else(|_| Ok::<(), Error>(()))?;
    Ok(wrong.is_empty())
}

/// Simulates, with an eye on coverage where it was asked for.
fn simulated(scenario: &Arc<Scenario>, plan: &Plan, coverage: bool, progress: impl Fn() + Sync) -> (Vec<Simulated>, Option<Reached>) {
    if !coverage {
        return (simulate(scenario, plan, progress), None);
    }
    let fresh = Coverage::of(scenario);
    let (simulated, seen) = simulate_watched(scenario, plan, progress, || fresh.clone());
    (simulated, Some(seen.reached().clone()))
}

/// What a scenario's own transcripts reach. One that cannot be read is `check`'s business.
pub(super) fn by_transcripts(scenario: &Arc<Scenario>, folder: &Folder) -> Reached {
    let mut coverage = Coverage::of(scenario);
    for file in folder.files_in("transcripts") {
        let Ok(Some(source)) = folder.read(&file) else { continue };
        if let Ok(transcript) = parse::<TranscriptFile>(&source, "TranscriptFile") {
            let outcome = transcripts::play(scenario, &transcript);
            coverage.take(&outcome.events);
            coverage.take_hooks(&outcome.hooks);
        }
    }
    coverage.reached().clone()
}

/// The policies that were named.
pub(super) fn policies(names: &[String]) -> Result<Vec<Policy>, Error> {
    if names.iter().any(|name| name == "all") {
        return Ok(Policy::ALL.to_vec());
    }
    let mut policies = Vec::new();
    for name in names {
        let policy = Policy::from_name(&name.replace('-', "_")).ok_or_else(|| {
            let known = Policy::ALL.iter().map(|policy| policy.name());
            let hint = did_you_mean_or_list(name, known, "there are").unwrap_or_default();
            Error::unusable(format!("there is no simulated trainee `{}`; {hint}", crate::text::neutralise(name)))
        })?;
        if !policies.contains(&policy) {
            policies.push(policy);
        }
    }
    Ok(policies)
}

/// A line that counts runs, on a terminal only.
pub(super) struct Progress {
    shown: bool,
    all: u64,
    done: AtomicU64,
}

impl Progress {
    pub(super) fn new(out: &Out, all: u64) -> Self {
        Self { shown: out.is_terminal() && std::io::IsTerminal::is_terminal(&std::io::stderr()), all, done: AtomicU64::new(0) }
    }

    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // A hundred updates are enough for the eye and cost nothing.
        if self.shown && (done == self.all || done.is_multiple_of((self.all / 100).max(1))) {
            let _ = write!(std::io::stderr(), "\r{done} of {} runs", self.all);
        }
    }

    pub(super) fn clear(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}

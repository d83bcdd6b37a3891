//! `collect FILES…`: sessions that were handed in, each verified by replay and held against the assignment.

use super::assignment::{Assignment, rubric};
use super::unmatched::kept_in;
use super::{Error, Exit, Globals, Out};
use crate::diagnostic::wording::counted;
use crate::record::handin::{HandIn, Verdict};
use crate::report::class_home::harmless;
use crate::scenario::Scenario;
use crate::scoring::rubric::{Looked, Rubric, Standing, figure};
use crate::scoring::{CloseReason, Debrief};
use crate::session::Session;
use crate::text::neutralise;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How the result is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum CollectFormat {
    /// For people.
    #[default]
    Text,
    /// For a spreadsheet.
    Csv,
    /// For programs: one session a line.
    Json,
}

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Session files (`practicum export --format session`), transcripts (`/keep`), or folders of them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The assignment they belong to
    #[arg(long, value_name = "FILE")]
    assignment: Option<PathBuf>,
    /// A rubric; otherwise the assignment's own
    #[arg(long, value_name = "FILE")]
    rubric: Option<PathBuf>,
    /// The scenario of transcripts, where there is no assignment
    #[arg(long, value_name = "SCENARIO")]
    scenario: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: CollectFormat,
    /// For screen readers
    #[arg(long)]
    plain: bool,
}

/// A session that came in.
struct Collected {
    file: String,
    trainee: String,
    /// In words: replayed and the same, or what is wrong.
    verdict: String,
    sound: bool,
    /// Hints and looks behind the scene, and replies taken back.
    helped: (usize, u32),
    debrief: Option<Debrief>,
    looked: Vec<Looked>,
}

/// Runs the command.
///
/// # Errors
/// An assignment or a rubric that cannot be used. A session that cannot be used is a row of its own, and exit 1.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let assignment = args.assignment.as_deref().map(Assignment::read).transpose()?;
    let rubric = match &args.rubric {
        Some(path) => Some(rubric(path)?),
        None => assignment.as_ref().and_then(|assignment| assignment.rubric.clone()),
    };
    let mut files = Vec::new();
    for path in &args.files {
        files.extend(files_of(path)?);
    }
    let looking = Looking { assignment: assignment.as_ref(), rubric: rubric.as_ref(), scenario: args.scenario.as_deref(), globals };
    let collected: Vec<Collected> = files.iter().map(|path| looking.collect(path)).collect();
    match args.format {
        CollectFormat::Text => text(&collected, assignment.as_ref(), rubric.as_ref(), args.plain, out)?,
        CollectFormat::Csv => csv_text(&collected, rubric.as_ref(), out)?,
        CollectFormat::Json => {
            for one in &collected {
                writeln!(out, "{}", one.json())?;
            }
        }
    }
    Ok(if collected.iter().all(|one| one.sound) { Exit::Fine } else { Exit::Findings })
}

/// A file, or the sessions of a folder in order of name.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(|cause| Error::Unreadable { path: path.display().to_string(), cause })?;
    let session = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "json" || ending == "ron");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(session).collect();
    files.sort();
    Ok(files)
}

struct Looking<'a> {
    assignment: Option<&'a Assignment>,
    rubric: Option<&'a Rubric>,
    scenario: Option<&'a str>,
    globals: &'a Globals,
}

impl Looking<'_> {
    fn collect(&self, path: &Path) -> Collected {
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        self.session(path).unwrap_or_else(|why| Collected {
            trainee: Path::new(&file).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
            file,
            verdict: why,
            sound: false,
            helped: (0, 0),
            debrief: None,
            looked: Vec::new(),
        })
    }

    fn session(&self, path: &Path) -> Result<Collected, String> {
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        if path.extension().is_some_and(|ending| ending == "ron") {
            return self.transcript(path, file);
        }
        let bytes = super::unmatched::read(path).map_err(|cause| format!("it cannot be read: {cause}"))?;
        let handed = HandIn::read(&String::from_utf8_lossy(&bytes)).map_err(|error| error.to_string())?;
        let scenario = self.globals.open(&handed.scenario).map_err(|_| format!("the scenario `{}` is not here", handed.scenario))?;
        let mut sound = true;
        let verdict = handed.verify(&scenario);
        sound &= verdict == Verdict::Genuine;
        let mut words = verdict.to_string();
        for wrong in self.against(&handed.scenario, &handed.digest, handed.opening.session, handed.opening.seed) {
            sound = false;
            words = format!("{words}; {wrong}");
        }
        let (session, _) = handed.replay(&scenario);
        let told = matches!(verdict, Verdict::Genuine | Verdict::Differs { .. });
        let trainee = if handed.trainee.trim().is_empty() { handed.id.clone() } else { handed.trainee.clone() };
        Ok(self.judged(file, trainee, words, sound, (handed.looked.len(), handed.undone), told.then_some(session)))
    }

    /// A transcript is words alone: it is played, and there is nothing to hold the result against.
    fn transcript(&self, path: &Path, file: String) -> Result<Collected, String> {
        let name = self.assignment.map(|assignment| assignment.scenario.as_str()).or(self.scenario);
        let name = name.ok_or("a transcript does not say its scenario; add --scenario or --assignment")?;
        let scenario: Arc<Scenario> = self.globals.open(name).map_err(|error| error.to_string())?;
        let (opening, inputs) = kept_in(path).map_err(|error| error.to_string())?.into_iter().next().ok_or("there is nothing in it")?;
        let wrong = self.against(name, &scenario.digest, opening.session, opening.seed);
        let (mut session, _) = Session::replay(scenario, opening, &inputs);
        session.close(CloseReason::Ended);
        let trainee = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let verdict = std::iter::once("played from its words".to_owned()).chain(wrong.iter().cloned()).collect::<Vec<_>>().join("; ");
        Ok(self.judged(file, trainee, verdict, wrong.is_empty(), (0, 0), Some(session)))
    }

    /// What does not fit the assignment.
    fn against(&self, scenario: &str, digest: &str, session: u32, seed: u64) -> Vec<String> {
        let Some(assignment) = self.assignment else { return Vec::new() };
        let mut wrong = Vec::new();
        if scenario != assignment.scenario {
            wrong.push(format!("it is with `{scenario}`, and the assignment is with `{}`", assignment.scenario));
        } else if !assignment.digest.is_empty() && digest != assignment.digest {
            wrong.push("the client is another version than the assignment's".to_owned());
        }
        if session != assignment.session {
            wrong.push(format!("it is session {session}, and the assignment is session {}", assignment.session));
        }
        if seed != assignment.seed {
            wrong.push(format!("its seed is {seed}, and the assignment's is {}", assignment.seed));
        }
        wrong
    }

    fn judged(&self, file: String, trainee: String, verdict: String, sound: bool, helped: (usize, u32), session: Option<Session>) -> Collected {
        let debrief = session.as_ref().map(Session::debrief);
        let looked = match (self.rubric, &session, &debrief) {
            (Some(rubric), Some(session), Some(debrief)) => rubric.look(session.records(), debrief),
            _ => Vec::new(),
        };
        Collected { file, trainee, verdict, sound, helped, debrief, looked }
    }
}

impl Collected {
    fn score(&self, which: usize) -> Option<f64> {
        let scores = &self.debrief.as_ref()?.scores;
        [scores.empathy, scores.non_judgment, scores.listening][which].map(|mean| mean.points)
    }

    fn json(&self) -> serde_json::Value {
        let criteria: Vec<_> =
            self.looked.iter().map(|one| json!({"what": one.what, "value": one.value, "wanted": one.wanted, "standing": one.standing})).collect();
        json!({
            "file": self.file, "trainee": self.trainee, "sound": self.sound, "verdict": self.verdict,
            "turns": self.debrief.as_ref().map(|debrief| debrief.turns),
            "empathy": self.score(0), "non_judgment": self.score(1), "listening": self.score(2),
            "trust": self.debrief.as_ref().map(|debrief| debrief.trust.end),
            "layers": self.debrief.as_ref().map(|debrief| debrief.layers.told),
            "looks": self.helped.0, "undone": self.helped.1, "criteria": criteria,
        })
    }
}

fn text(collected: &[Collected], assignment: Option<&Assignment>, rubric: Option<&Rubric>, plain: bool, out: &mut Out) -> Result<(), Error> {
    let page = out.page(plain);
    if let Some(assignment) = assignment {
        write!(out, "{}", page.paragraph(0, &format!("{}: {}.", assignment.title, counted(collected.len(), "session"))))?;
    }
    for one in collected {
        let mark = if one.sound { "" } else { "look at this: " };
        write!(out, "{}", page.heading(&neutralise(&one.trainee)))?;
        write!(out, "{}", page.hanging("  ", "    ", &format!("{mark}{} ({})", one.verdict, one.file)))?;
        if let Some(debrief) = &one.debrief {
            let score = |which| one.score(which).map_or_else(|| "none".to_owned(), |points| format!("{points:.1}"));
            let mut line = format!(
                "{}; empathy {}, non-judgment {}, listening {}; trust {} from {}; {} of {} layers",
                counted(debrief.turns as usize, "turn"),
                score(0),
                score(1),
                score(2),
                crate::scoring::percent(debrief.trust.end),
                crate::scoring::percent(debrief.trust.start),
                debrief.layers.told,
                debrief.layers.of
            );
            if one.helped.0 > 0 || one.helped.1 > 0 {
                line += &format!("; looked behind the scene {} times, took back {}", one.helped.0, one.helped.1);
            }
            write!(out, "{}", page.hanging("  ", "    ", &line))?;
        }
        for looked in &one.looked {
            let value = looked.value.map_or_else(String::new, |value| format!(" ({}; {})", figure(value), looked.wanted));
            write!(out, "{}", page.hanging("    ", "      ", &format!("{}: {}{value}", looked.what, looked.standing)))?;
        }
    }
    if let Some(rubric) = rubric.filter(|_| collected.len() > 1) {
        write!(out, "{}", page.heading("All of them"))?;
        for (at, criterion) in rubric.criteria.iter().enumerate() {
            let count = |standing| collected.iter().filter(|one| one.looked.get(at).is_some_and(|looked| looked.standing == standing)).count();
            let line = format!(
                "{}: met {}, not yet {}, cannot be said {}",
                criterion.what,
                count(Standing::Met),
                count(Standing::NotYet),
                count(Standing::CannotBeSaid)
            );
            write!(out, "{}", page.hanging("  ", "    ", &line))?;
        }
    }
    write!(out, "\n{}", page.paragraph(0, "Replay shows that the words give this session. It does not show who typed them, and none of this is a mark."))?;
    Ok(())
}

fn csv_text(collected: &[Collected], rubric: Option<&Rubric>, out: &mut Out) -> Result<(), Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| Error::from(std::io::Error::other(error));
    let mut heads: Vec<String> =
        ["trainee", "file", "verdict", "turns", "empathy", "non_judgment", "listening", "trust", "layers", "looks", "undone"].map(str::to_owned).to_vec();
    heads.extend(rubric.iter().flat_map(|rubric| rubric.criteria.iter().map(|criterion| harmless(&criterion.what))));
    table.write_record(&heads).map_err(failed)?;
    for one in collected {
        let number = |value: Option<f64>| value.map(|value| format!("{value:.2}")).unwrap_or_default();
        let debrief = one.debrief.as_ref();
        let mut row = vec![harmless(&one.trainee), harmless(&one.file), harmless(&one.verdict)];
        row.push(debrief.map(|debrief| debrief.turns.to_string()).unwrap_or_default());
        row.extend((0..3).map(|which| number(one.score(which))));
        row.push(number(debrief.map(|debrief| debrief.trust.end)));
        row.push(debrief.map(|debrief| debrief.layers.told.to_string()).unwrap_or_default());
        row.extend([one.helped.0.to_string(), one.helped.1.to_string()]);
        let criteria = rubric.map_or(0, |rubric| rubric.criteria.len());
        row.extend((0..criteria).map(|at| one.looked.get(at).map(|looked| looked.standing.to_string()).unwrap_or_default()));
        table.write_record(&row).map_err(failed)?;
    }
    let bytes = table.into_inner().map_err(|error| Error::from(std::io::Error::other(error.to_string())))?;
    out.write_all(&bytes)?;
    Ok(())
}

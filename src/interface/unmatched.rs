//! `unmatched [SCENARIO]`: what trainees said that only a fallback answered.

use super::list::Format;
use super::simulate::{Progress, policies};
use super::{Error, Exit, Globals, Out};
use crate::check::simulate::{Plan, Policy, simulate_watched};
use crate::check::transcripts::opening_of;
use crate::check::unmatched::{Group, Unmatched, group};
use crate::record::{sessions, turns};
use crate::report::unmatched::{unmatched_json, unmatched_text};
use crate::scenario::Scenario;
use crate::scenario::parse::parse;
use crate::scenario::source::Source;
use crate::scenario::transcript::TranscriptFile;
use crate::session::{Input, Opening};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Scenario names or folders; without any, every scenario on the shelf
    #[arg(value_name = "SCENARIO")]
    names: Vec<String>,
    /// Look at this instead of simulated trainees: a transcript (.ron), a folder of them, the events of `play --format json`, or a text with one
    /// reply a line; `-` is standard input; may be given again
    #[arg(long, value_name = "FILE")]
    from: Vec<PathBuf>,
    /// Look at the sessions that were kept on this machine, heard on the scenario as it is now
    #[arg(long, conflicts_with = "from")]
    kept: bool,
    /// Which simulated trainees, or `all`; otherwise those who talk sense
    #[arg(long, value_name = "NAME")]
    policy: Vec<String>,
    /// Independent runs of each simulated trainee
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    sessions: u32,
    /// The same seed gives the same trainees
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// At most so many groups; 0 is all
    #[arg(long, value_name = "N", default_value_t = 12)]
    most: usize,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// For screen readers
    #[arg(long)]
    plain: bool,
}

/// Trainees whose words an author should have an answer for.
const SENSIBLE: [Policy; 8] =
    [Policy::Skilled, Policy::GoodNovice, Policy::TypicalNovice, Policy::Interrogator, Policy::OpenOnly, Policy::Cheerleader, Policy::Adviser, Policy::Judger];
/// The largest file that is read, in bytes: a year of one trainee's sessions.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Runs the command.
///
/// # Errors
/// A scenario, a policy or a file that cannot be used.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let names = if args.names.is_empty() { globals.shelf().names() } else { args.names.clone() };
    if !args.from.is_empty() && names.len() > 1 {
        return Err(Error::unusable("Say which scenario the words were said in: `practicum unmatched SCENARIO --from FILE`."));
    }
    for (at, name) in names.iter().enumerate() {
        let scenario = globals.open(name)?;
        let (found, source) = if args.kept {
            (from_record(&scenario, globals, out)?, "the sessions kept here")
        } else if args.from.is_empty() {
            simulated(args, &scenario, out)?
        } else {
            (from_files(args, &scenario)?, "these files")
        };
        let groups: Vec<Group> = group(&scenario, &found);
        match args.format {
            Format::Json => writeln!(out, "{}", unmatched_json(&scenario, &found, &groups, source))?,
            Format::Text => {
                let gap = if at > 0 { "\n" } else { "" };
                write!(out, "{gap}{}", unmatched_text(&out.page(args.plain), &scenario, &found, &groups, args.most, source))?;
            }
        }
    }
    Ok(Exit::Fine)
}

fn simulated(args: &Args, scenario: &Arc<Scenario>, out: &Out) -> Result<(Unmatched, &'static str), Error> {
    let policies = if args.policy.is_empty() { SENSIBLE.to_vec() } else { policies(&args.policy)? };
    let course = u32::try_from(scenario.file.sessions.len()).unwrap_or(1).clamp(1, 3);
    let plan = Plan { policies, sessions: args.sessions, course, turns: 0, seed: args.seed };
    let progress = Progress::new(out, u64::from(plan.sessions) * plan.policies.len() as u64);
    let (_, found) = simulate_watched(scenario, &plan, || progress.step(), Unmatched::default);
    progress.clear();
    Ok((found, "simulated trainees"))
}

/// Every kept session with this client, whoever sat in it; words only, no names.
fn from_record(scenario: &Arc<Scenario>, globals: &Globals, out: &mut Out) -> Result<Unmatched, Error> {
    let kept = super::kept::expect(globals, out)?;
    let mut found = Unmatched::default();
    for row in kept.record.read(|read| sessions::of(read, None))?.iter().filter(|row| row.scenario == scenario.file.id) {
        let told = kept.record.read(|read| turns::of(read, row.id))?;
        // A session from which words were taken out cannot be heard again.
        if let Ok(inputs) = turns::inputs(&told) {
            found.hear_all(scenario, &row.opening, &inputs);
        }
    }
    Ok(found)
}

fn from_files(args: &Args, scenario: &Arc<Scenario>) -> Result<Unmatched, Error> {
    let mut found = Unmatched::default();
    for path in &args.from {
        for file in files_of(path)? {
            for (opening, inputs) in kept_in(&file)? {
                found.hear_all(scenario, &opening, &inputs);
            }
        }
    }
    Ok(found)
}

/// A file, or the transcripts of a folder in order of name.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unreadable = |cause| Error::Unreadable { path: path.display().to_string(), cause };
    let entries = std::fs::read_dir(path).map_err(unreadable)?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ext| ext == "ron")).collect();
    files.sort();
    Ok(files)
}

/// The sessions that a file holds: how each was opened, and what was said.
pub(super) fn kept_in(path: &Path) -> Result<Vec<(Opening, Vec<Input>)>, Error> {
    let name = path.display().to_string();
    let bytes = read(path).map_err(|cause| Error::Unreadable { path: name.clone(), cause })?;
    if path.extension().is_some_and(|extension| extension == "ron") {
        let told = |found: Vec<crate::diagnostic::Diagnostic>| {
            let lines: Vec<String> = found.iter().map(|finding| finding.one_line(None)).collect();
            Error::unusable(format!("`{name}` is no transcript: {}", lines.join("; ")))
        };
        let source = Source::read(&name, &bytes, usize::try_from(MOST_BYTES).unwrap_or(usize::MAX)).map_err(told)?;
        let transcript = parse::<TranscriptFile>(&source, "TranscriptFile").map_err(told)?;
        let inputs = transcript.turns.iter().map(|turn| input(&turn.say)).collect();
        return Ok(vec![(opening_of(&transcript), inputs)]);
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(sessions_in(&text))
}

/// Events or rows as JSON Lines, or one reply a line; both may stand in one text.
fn sessions_in(text: &str) -> Vec<(Opening, Vec<Input>)> {
    let mut sessions: Vec<(Opening, Vec<Input>)> = vec![(Opening::default(), Vec::new())];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some(row) = serde_json::from_str::<serde_json::Value>(line).ok().filter(serde_json::Value::is_object) else {
            if !line.starts_with('{') && !line.starts_with('/') {
                push(&mut sessions, line);
            }
            continue;
        };
        let field = |name: &str| row.get(name).and_then(serde_json::Value::as_str);
        let number = |name: &str| row.get(name).and_then(serde_json::Value::as_u64);
        match (field("event"), field("speaker")) {
            (Some("session_opened"), _) => {
                let session = number("session").and_then(|session| u32::try_from(session).ok()).unwrap_or(1);
                sessions.push((Opening { seed: number("seed").unwrap_or(1), session, ..Opening::default() }, Vec::new()));
            }
            (Some("heard"), _) | (None, Some("therapist")) => field("text").into_iter().for_each(|said| push(&mut sessions, said)),
            (Some("undone"), _) => {
                sessions.last_mut().map(|session| session.1.pop());
            }
            (None, None) => field("reply").into_iter().for_each(|said| push(&mut sessions, said)),
            _ => {}
        }
    }
    sessions.retain(|(_, inputs)| !inputs.is_empty());
    sessions
}

fn push(sessions: &mut [(Opening, Vec<Input>)], said: &str) {
    if let Some((_, inputs)) = sessions.last_mut() {
        inputs.push(input(said));
    }
}

fn input(words: &str) -> Input {
    Input { words: crate::text::neutralise(words).into_owned(), stopped: false }
}

pub(super) fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_read_from_plain_lines_from_events_and_from_rows() {
        let text = "Do you have a dog?\n\n/why\n{\"event\":\"session_opened\",\"seed\":9,\"session\":2}\n{\"event\":\"heard\",\"turn\":1,\"text\":\"Hello\"}\n{\"event\":\"client_said\",\"text\":\"No.\"}\n{\"speaker\":\"therapist\",\"text\":\"And?\"}\n{\"reply\":\"So?\"}\n{broken\n";
        let sessions = sessions_in(text);
        let words: Vec<Vec<&str>> = sessions.iter().map(|(_, inputs)| inputs.iter().map(|input| input.words.as_str()).collect()).collect();
        assert_eq!(words, [vec!["Do you have a dog?"], vec!["Hello", "And?", "So?"]]);
        assert_eq!((sessions[1].0.seed, sessions[1].0.session), (9, 2));
    }
}

//! `class merge`: sessions that were handed in as files, each checked by its seal and by replay, on the same board that the classroom shows.

use super::MergeArgs;
use crate::classroom::Play;
use crate::classroom::board::ClassBoard;
use crate::classroom::play::Helped;
use crate::diagnostic::wording::counted;
use crate::interface::{Error, Exit, Globals, Out};
use crate::record::handin::{HandIn, Verdict};
use crate::report::class_page::{self, NO_GRADES};
use crate::scenario::Scenario;
use crate::text::on_one_line;
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// A class, and not a country.
const MOST: usize = 500;
/// A hand-in of a long hour is some hundred kilobytes.
const LARGEST: u64 = 16 << 20;

/// One hand-in that could be read.
struct One {
    handed: HandIn,
    verdict: Verdict,
    play: Play,
}

/// Runs the command. Exit 1 where a file could not be used, or comes out differently.
///
/// # Errors
/// Nothing that can be used; a page that cannot be written.
pub fn run(args: &MergeArgs, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    if args.files.len() > MOST {
        return Err(Error::unusable(format!("These are {} files; a board holds up to {MOST}.", args.files.len())));
    }
    let shelf = globals.shelf();
    let mut scenarios: BTreeMap<String, Option<Arc<Scenario>>> = BTreeMap::new();
    let mut by_session: BTreeMap<(String, String), Vec<One>> = BTreeMap::new();
    let (mut seen, mut unusable) = (std::collections::BTreeSet::new(), Vec::new());
    for path in &args.files {
        let name = on_one_line(&path.display().to_string());
        let read = read(path).and_then(|text| HandIn::read(&text).map_err(|why| why.to_string()));
        match read {
            Err(why) => unusable.push(format!("{name}: {why}")),
            Ok(handed) if !seen.insert(handed.id.clone()) => unusable.push(format!("{name}: this session is here already, in another file")),
            Ok(handed) => {
                let scenario = scenarios
                    .entry(handed.scenario.clone())
                    .or_insert_with(|| shelf.names().contains(&handed.scenario).then(|| shelf.open(&handed.scenario).ok()).flatten())
                    .clone();
                let verdict = scenario.as_ref().map_or(Verdict::OtherScenario, |scenario| handed.verify(scenario));
                if matches!(verdict, Verdict::Differs { .. }) {
                    unusable.push(format!("{name}: {verdict}"));
                }
                let count = |hint: bool| u32::try_from(handed.looked.iter().filter(|(_, at)| (at == "hint") == hint).count()).unwrap_or(u32::MAX);
                let helped = Helped { undone: handed.undone, hints: count(true), looks: count(false) };
                let play = Play::of_events(scenario, handed.opening.clone(), &handed.inputs, &handed.events, handed.reason, helped);
                let key = (handed.title.clone(), format!("session {}, seed {}", handed.opening.session, handed.opening.seed));
                by_session.entry(key).or_default().push(One { handed, verdict, play });
            }
        }
    }
    for line in &unusable {
        out.note(&format!("practicum: {line}."));
    }
    if by_session.is_empty() {
        return Err(Error::unusable("None of these files is a session that can be put on a board."));
    }
    let page = page(&by_session, &unusable);
    write(args, &page, out)?;
    let total: usize = by_session.values().map(Vec::len).sum();
    let genuine = by_session.values().flatten().filter(|one| one.verdict == Verdict::Genuine).count();
    out.note(&format!("{} on the board, {genuine} of them the same by replay.", counted(total, "session")));
    Ok(if unusable.is_empty() { Exit::Fine } else { Exit::Findings })
}

fn read(path: &Path) -> Result<String, String> {
    let about = std::fs::metadata(path).map_err(|cause| format!("it cannot be read ({})", cause.kind()))?;
    if about.len() > LARGEST {
        return Err("it is far too large for a session".into());
    }
    std::fs::read_to_string(path).map_err(|cause| format!("it cannot be read ({})", cause.kind()))
}

fn write(args: &MergeArgs, page: &str, out: &mut Out) -> Result<(), Error> {
    if args.output == Path::new("-") {
        return Ok(out.write_all(page.as_bytes())?);
    }
    if args.output.exists() && !args.force {
        return Err(Error::unusable(format!("`{}` is there already; --force writes over it, and --output names another.", args.output.display())));
    }
    std::fs::write(&args.output, page).map_err(|cause| Error::surroundings(format!("I could not write `{}`", args.output.display()), cause))
}

fn page(by_session: &BTreeMap<(String, String), Vec<One>>, unusable: &[String]) -> String {
    class_page::alone(
        "Practicum: sessions handed in",
        &html! {
            p { "Each file was checked by its seal and played once more. That shows that the client's answers and the scores follow from what was typed; it is no proof of who typed it." }
            p { (NO_GRADES) }
            @for ((title, session), handed) in by_session { h2 { (title) ", " (session) } (board(handed)) }
            @if !unusable.is_empty() { h2 { "What could not be used, or comes out differently" } ul { @for line in unusable { li { (line) } } } }
        },
    )
}

fn board(handed: &[One]) -> Markup {
    let plays: Vec<&Play> = handed.iter().map(|one| &one.play).collect();
    html! {
        (class_page::board(&ClassBoard::of(&plays)))
        details {
            summary { "The files" }
            div.scroll { table {
                thead { tr { th { "handed in as" } th { "turns" } th { "replay" } } }
                tbody { @for one in handed { tr {
                    td { (if one.handed.trainee.trim().is_empty() { "without a name".to_owned() } else { on_one_line(&one.handed.trainee) }) }
                    td { (one.handed.inputs.len()) }
                    td { (one.verdict.to_string()) }
                } } }
            } }
        }
    }
}

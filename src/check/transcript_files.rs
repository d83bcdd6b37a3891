//! Transcripts as files: their form, and that what they name is there. Whether they hold is `practicum test`.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::wording::{counted, did_you_mean_or_list};
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::{At, ROOT};
use crate::scenario::parse::{format_finding, parse};
use crate::scenario::ranges::{self, Range};
use crate::scenario::transcript::TranscriptFile;
use crate::scenario::{Folder, Scenario};
use std::collections::BTreeSet;

pub(super) fn find(folder: &Folder, scenario: Option<&Scenario>) -> Vec<Diagnostic> {
    let files = folder.files_in("transcripts");
    if files.is_empty() && !folder.has("scenario.ron") {
        return Vec::new();
    }
    if files.is_empty() {
        return vec![
            Diagnostic::warning("T001", &folder.label(""), "there are no transcripts")
                .hint("play a session, `/keep NAME` it, and put the file into `transcripts/`"),
        ];
    }
    let mut found = Vec::new();
    for name in files {
        let source = match folder.read(&name) {
            Ok(Some(source)) => source,
            Ok(None) => continue,
            Err(more) => {
                found.extend(more);
                continue;
            }
        };
        match parse::<TranscriptFile>(&source, "TranscriptFile") {
            Ok(file) => {
                found.extend(format_finding(&source, file.format));
                if let Some(scenario) = scenario {
                    let mut finder = Finder::default();
                    names(&file, scenario, &mut finder);
                    found.extend(finder.placed(&source));
                }
            }
            Err(more) => found.extend(more),
        }
    }
    found
}

fn names(file: &TranscriptFile, scenario: &Scenario, finder: &mut Finder) {
    if file.title.trim().is_empty() {
        finder.warning("T005", &ROOT.field("title"), "the transcript has no title", "say what it shows: \"Advice too early\"");
    }
    if scenario.session(file.session).is_none() {
        let sessions = counted(scenario.file.sessions.len(), "session");
        finder.error("T002", &ROOT.field("session"), format!("there is no session {}", file.session), Some(format!("the scenario has {sessions}")));
    }
    if file.turns.is_empty() && file.hours.is_empty() {
        finder.warning("T003", &ROOT.field("turns"), "nothing is said in it", "add turns: `(say: \"…\", trust: rises)`");
    }
    let disclosures: BTreeSet<&str> = scenario.file.disclosures.iter().map(|told| told.id.as_str()).collect();
    let (told, ends) = (ROOT.field("told"), ROOT.field("ends"));
    each(&file.told, &told, &disclosures, "disclosure", finder);
    if let Some(end) = &file.ends {
        each(&end.told, &ends.field("told"), &disclosures, "disclosure", finder);
        each(&end.not_told, &ends.field("not_told"), &disclosures, "disclosure", finder);
        range(end.trust, ranges::END_TRUST, &ends.field("trust"), finder);
    }
    let known = scenario.every_name();
    let turns = ROOT.field("turns");
    for (n, turn) in file.turns.iter().chain(file.hours.iter().flat_map(|hour| &hour.turns)).enumerate() {
        let at = turns.entry(n);
        if let Some(id) = &turn.discloses {
            each(std::slice::from_ref(id), &at.field("discloses"), &disclosures, "disclosure", finder);
        }
        for (most, pair) in [(ranges::TURN_EMPATHY, turn.empathy), (ranges::TURN_NON_JUDGMENT, turn.non_judgment), (ranges::TURN_LISTENING, turn.listening)] {
            range(pair, most, &at.field(most.field), finder);
        }
        let beat = at.field("beat");
        for (n, id) in turn.beat.iter().enumerate().filter(|(_, id)| !known.contains(id.as_str())) {
            let hint = did_you_mean_or_list(id, known.iter().copied(), "there is");
            finder.error("T004", &beat.entry(n), format!("there is no line, reaction, topic or disclosure `{id}` in the scenario"), hint);
        }
    }
}

fn each(ids: &[String], at: &At<'_>, known: &BTreeSet<&str>, what: &str, finder: &mut Finder) {
    for (n, id) in ids.iter().enumerate() {
        if !known.contains(id.as_str()) {
            let hint = did_you_mean_or_list(id, known.iter().copied(), "there is");
            finder.error("T004", &at.entry(n), format!("there is no {what} `{id}` in the scenario"), hint);
        }
    }
}

fn range(pair: Option<(f64, f64)>, Range { least, most, .. }: Range, at: &At<'_>, finder: &mut Finder) {
    let Some((from, to)) = pair else { return };
    let inside = least..=most;
    if !inside.contains(&from) || !inside.contains(&to) || from > to {
        finder.error(
            "T006",
            at,
            format!("the range from {from} to {to} holds nothing between {least} and {most}"),
            Some("write (at least, at most)".to_owned()),
        );
    }
}

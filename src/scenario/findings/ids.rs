//! Names: well formed, each once, and the same as the folder's.

use super::at::{At, Finder, ROOT};
use super::walk::pools;
use crate::diagnostic::Severity;
use crate::scenario::shape::{Line, ScenarioFile};
use std::collections::BTreeMap;

pub(super) fn find(file: &ScenarioFile, folder: &str, finder: &mut Finder) {
    scenario_id(file, folder, finder);
    let at = ROOT.field("topics");
    kind("topic", file.topics.iter().map(|topic| topic.id.as_str()), &at, finder);
    let at = ROOT.field("details");
    kind("detail", file.details.iter().map(|detail| detail.id.as_str()), &at, finder);
    let at = ROOT.field("undertones");
    kind("undertone", file.undertones.iter().map(|undertone| undertone.id.as_str()), &at, finder);
    let at = ROOT.field("fears");
    kind("fear", file.fears.iter().map(|fear| fear.id.as_str()), &at, finder);
    let at = ROOT.field("disclosures");
    kind("disclosure", file.disclosures.iter().map(|disclosure| disclosure.id.as_str()), &at, finder);
    let at = ROOT.field("reactions");
    kind("reaction", file.reactions.iter().map(|reaction| reaction.id.as_str()), &at, finder);
    let at = ROOT.field("promises");
    kind("promise", file.promises.iter().map(|promise| promise.id.as_str()), &at, finder);
    let all = ROOT.field("sessions");
    for (n, session) in file.sessions.iter().enumerate() {
        let at = all.entry(n);
        kind("event", session.events.iter().map(|event| event.id.as_str()), &at.field("events"), finder);
        kind("recall", session.recalls.iter().map(|recall| recall.id.as_str()), &at.field("recalls"), finder);
    }
    lines(file, finder);
}

fn scenario_id(file: &ScenarioFile, folder: &str, finder: &mut Finder) {
    let at = ROOT.field("id");
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if file.id.is_empty() || !file.id.chars().all(fits) {
        finder.error(
            "S001",
            &at,
            format!("the id `{}` is not made of small letters, digits, `_` and `-`", file.id),
            Some("write it like `once_bitten`".to_owned()),
        );
    } else if file.id != folder {
        finder.error(
            "F007",
            &at,
            format!("the id `{}` is not the name of its folder, `{folder}`", file.id),
            Some(format!("write `id: \"{folder}\"`, or rename the folder")),
        );
    }
}

/// Ids of one kind: each is asked for by its name alone.
fn kind<'a>(what: &str, ids: impl Iterator<Item = &'a str>, at: &At<'_>, finder: &mut Finder) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, id) in ids.enumerate() {
        let entry = at.entry(n);
        well_formed(id, &entry.field("id"), finder);
        if let Some(first) = seen.insert(id, n) {
            finder.error(
                "S002",
                &entry.field("id"),
                format!("there are two {what}s `{id}`; the other is entry {}", first + 1),
                Some("give one of them another id".to_owned()),
            );
        }
    }
}

/// Lines may share an id, where they mean the same; a line and a reaction may not, unless it is the reaction's own line: `after`
/// and `line(…)` ask for either.
fn lines(file: &ScenarioFile, finder: &mut Finder) {
    let reactions: BTreeMap<&str, String> = file.reactions.iter().map(|reaction| (reaction.id.as_str(), format!("the reaction `{}`", reaction.id))).collect();
    pools(file, &mut |pool, at, _| {
        for (n, line) in pool.lines.iter().enumerate() {
            let Line::Full(line) = line else { continue };
            let Some(id) = line.id.as_deref() else { continue };
            let entry = at.entry(n);
            well_formed(id, &entry.field("id"), finder);
            if reactions.get(id).is_some_and(|reaction| *reaction != pool.name) {
                finder.error(
                    "S003",
                    &entry.field("id"),
                    format!("the id `{id}` is that of a reaction"),
                    Some("give this line another id: `after` and scripts ask for either".to_owned()),
                );
            }
        }
    });
}

fn well_formed(id: &str, at: &At<'_>, finder: &mut Finder) {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if id.is_empty() || !id.chars().all(fits) {
        finder.note(
            "S001",
            Severity::Error,
            at,
            format!("the id `{id}` is not made of small letters, digits and `_`"),
            Some("write it like `her_sister`".to_owned()),
        );
    }
}

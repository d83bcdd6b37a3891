//! Texts: what a trainee reads is there, every pool has lines, every beat a model reply.

use super::at::{At, Finder, ROOT};
use super::walk::{Room, pools};
use crate::diagnostic::wording::counted;
use crate::scenario::shape::{Line, ScenarioFile};
use std::collections::BTreeMap;

pub(super) fn find(file: &ScenarioFile, finder: &mut Finder) {
    whole(file, finder);
    lines(file, finder);
    repeated(file, finder);
    cues(file, finder);
    house_lines(file, finder);
}

/// A first draft leans on the house's lines; a client worth playing has its own.
fn house_lines(file: &ScenarioFile, finder: &mut Finder) {
    let still = crate::scenario::house::still_spoken(file);
    if !still.is_empty() {
        let some = still.iter().take(4).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let more = if still.len() > 4 { format!(" and {} more", still.len() - 4) } else { String::new() };
        finder.advice(
            "S036",
            &ROOT.field("client"),
            format!("plain lines of the house stand in for {some}{more}"),
            "write them in this client's voice, when you have found it",
        );
    }
}

fn whole(file: &ScenarioFile, finder: &mut Finder) {
    if file.content_note.trim().is_empty() {
        finder.error(
            "S012",
            &ROOT.field("content_note"),
            "there is no content note",
            Some("say in whole sentences what a trainee may want to know before choosing this client".to_owned()),
        );
    }
    if file.teaches.is_empty() {
        finder.warning("S013", &ROOT.field("teaches"), "it teaches nothing", "name the rows of the trust matrix that it trains");
    }
    let client = ROOT.field("client");
    let name = client.field("name");
    let (title, summary, setting, briefing) = (ROOT.field("title"), ROOT.field("summary"), ROOT.field("setting"), ROOT.field("briefing"));
    for (what, text, at) in [
        ("title", &file.title, &title),
        ("summary", &file.summary, &summary),
        ("setting", &file.setting, &setting),
        ("briefing", &file.briefing, &briefing),
        ("name of the client", &file.client.name, &name),
    ] {
        if text.trim().is_empty() {
            finder.error("S014", at, format!("the {what} is empty"), Some("a trainee reads it before the session".to_owned()));
        }
    }
    let debrief = ROOT.field("debrief");
    let ratings = &file.debrief;
    for (name, three) in [("understood", &ratings.understood), ("goals", &ratings.goals), ("approach", &ratings.approach), ("overall", &ratings.overall)] {
        if [&three.0, &three.1, &three.2].iter().any(|text| text.trim().is_empty()) {
            finder.warning(
                "S015",
                &debrief.field(name),
                format!("the client's own rating `{name}` lacks words for low, middling or high"),
                "write all three in the client's words",
            );
        }
    }
}

fn lines(file: &ScenarioFile, finder: &mut Finder) {
    pools(file, &mut |pool, at, owner| {
        for (n, line) in pool.lines.iter().enumerate() {
            let entry = at.entry(n);
            if line.say().trim().is_empty() {
                finder.error(
                    "S016",
                    &entry,
                    format!("a line of {} is empty", pool.name),
                    Some("a client who says nothing does something: `*looks at the floor*`".to_owned()),
                );
            }
            if line.say().matches('*').count() % 2 == 1 {
                finder.error("S017", &entry, "a gesture is not closed", Some("put it between two asterisks: `*looks away*`".to_owned()));
            }
            let own = matches!(line, Line::Full(full) if full.model.is_some());
            let last = pool.room == Room::Closing;
            if pool.model.is_none() && !own && !last {
                finder.warning(
                    "S018",
                    &entry,
                    format!("there is no model reply to this line of {}", pool.name),
                    "add `model: (say: \"…\", because: \"…\")` here or to the whole",
                );
            }
            let felt = matches!(line, Line::Full(full) if full.feel.is_some());
            if pool.feel.trim().is_empty() && !felt {
                finder.advice("S019", &entry, format!("nothing is felt behind this line of {}", pool.name), "add `feel: \"…\"`: `/feel` shows it");
            }
        }
        if let Some(model) = pool.model
            && (model.say.trim().is_empty() || model.because.trim().is_empty())
        {
            finder.error(
                "S031",
                &owner.field("model"),
                format!("the model reply of {} has no words or no reason", pool.name),
                Some("give it `say` and `because`".to_owned()),
            );
        }
    });
    empty(file, finder);
}

/// Pools that must hold something.
fn empty(file: &ScenarioFile, finder: &mut Finder) {
    let none = |finder: &mut Finder, at: &At<'_>, what: &str, hint: &str| finder.error("S032", at, format!("{what} has no lines"), Some(hint.to_owned()));
    let all = ROOT.field("disclosures");
    for (n, told) in file.disclosures.iter().enumerate() {
        if told.lines.is_empty() {
            none(finder, &all.entry(n).field("lines"), &format!("the disclosure `{}`", told.id), "write how it is told");
        }
    }
    let all = ROOT.field("reactions");
    for (n, reaction) in file.reactions.iter().enumerate() {
        if reaction.lines.is_empty() {
            none(finder, &all.entry(n), &format!("the reaction `{}`", reaction.id), "write what is said, or take the reaction out");
        }
    }
    let all = ROOT.field("sessions");
    for (n, session) in file.sessions.iter().enumerate() {
        let at = all.entry(n);
        if session.opening.lines.is_empty() {
            none(finder, &at.field("opening"), &format!("the opening of session {}", session.number), "write the client's first line");
        }
        if session.closing.middling.lines.is_empty() {
            none(
                finder,
                &at.field("closing"),
                &format!("the middling closing of session {}", session.number),
                "write the client's last line; the other closings fall back to it",
            );
        }
    }
    let fallbacks = ROOT.field("fallbacks");
    if file.fallbacks.guarded.lines.is_empty() {
        none(
            finder,
            &fallbacks.field("guarded"),
            "the fallback `guarded`",
            "write what is said when nothing more specific answers; the other bands fall back to it",
        );
    }
    if file.fallbacks.asked.lines.is_empty() {
        none(finder, &fallbacks.field("asked"), "the fallback `asked`", "write an honest \"I don't know\" in this client's voice");
    }
    let rupture = ROOT.field("rupture");
    for (name, three) in [("withdrawal", &file.rupture.withdrawal), ("confrontation", &file.rupture.confrontation)] {
        let at = rupture.field(name);
        for (n, beat) in three.iter().enumerate() {
            if beat.lines.is_empty() {
                none(finder, &at.entry(n), &format!("the {name} of severity {}", n + 1), "write how this client shows it");
            }
        }
    }
    if file.rupture.leaves.lines.is_empty() {
        none(finder, &rupture.field("leaves"), "the client's leaving", "write the line with which the client goes");
    }
}

/// The same words in two places are heard as a machine.
fn repeated(file: &ScenarioFile, finder: &mut Finder) {
    let mut seen: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    pools(file, &mut |pool, at, _| {
        // The house says the same at the end of each session; that is told once, as what it is.
        if crate::scenario::house::are_ours(pool.lines) {
            return;
        }
        for (n, line) in pool.lines.iter().enumerate() {
            let said = line.say().trim();
            // "Yeah." may be said more than once.
            if said.split_whitespace().count() < 4 {
                continue;
            }
            if let Some((other, _)) = seen.get(said) {
                finder.warning(
                    "S033",
                    &at.entry(n),
                    format!("the same words stand in {other}"),
                    "say it otherwise here: a client who repeats a sentence is heard as a machine",
                );
            } else {
                seen.insert(said, (pool.name.clone(), n));
            }
        }
    });
}

fn cues(file: &ScenarioFile, finder: &mut Finder) {
    let none = |finder: &mut Finder, at: &At<'_>, what: String| {
        finder.error("S034", at, format!("{what} has no cues, so no words can touch it"), Some("write the words by which a trainee would".to_owned()))
    };
    let all = ROOT.field("topics");
    for (n, topic) in file.topics.iter().enumerate() {
        if topic.cues.is_empty() {
            none(finder, &all.entry(n).field("cues"), format!("the topic `{}`", topic.id));
        }
    }
    let all = ROOT.field("details");
    for (n, detail) in file.details.iter().enumerate() {
        if detail.cues.is_empty() {
            none(finder, &all.entry(n).field("cues"), format!("the detail `{}`", detail.id));
        }
    }
    let all = ROOT.field("undertones");
    for (n, undertone) in file.undertones.iter().enumerate() {
        if undertone.cues.is_empty() {
            none(finder, &all.entry(n).field("cues"), format!("the undertone `{}`", undertone.id));
        }
    }
    let all = ROOT.field("promises");
    for (n, promise) in file.promises.iter().enumerate() {
        if promise.made_by.is_empty() || promise.kept_by.is_empty() {
            none(finder, &all.entry(n), format!("the promise `{}`", promise.id));
        }
    }
    for (what, count, least, at) in [
        ("topic", file.topics.len(), 5, ROOT.field("topics")),
        ("detail", file.details.len(), 3, ROOT.field("details")),
        ("undertone", file.undertones.len(), 3, ROOT.field("undertones")),
    ] {
        if count < least {
            finder.advice(
                "S035",
                &at,
                format!("there {} {}", if count == 1 { "is" } else { "are" }, counted(count, what)),
                format!("with {least} or more, a session of twenty turns has enough to find"),
            );
        }
    }
}

//! What only a fallback answered, for an author: the groups, what comes nearest, and something to paste.

use super::{Page, word_for};
use crate::check::unmatched::{Group, Unmatched};
use crate::diagnostic::wording::counted;
use crate::scenario::Scenario;
use serde_json::{Value, json};

/// The whole text; `most` groups are told, all where it is 0.
#[must_use]
pub fn unmatched_text(page: &Page, scenario: &Scenario, found: &Unmatched, groups: &[Group], most: usize, source: &str) -> String {
    let title = &scenario.file.title;
    let (times, turns) = (found.times(), found.turns);
    if groups.is_empty() {
        return page.paragraph(0, &format!("{title}: in {} of {source} there was always a better answer than a fallback.", turns_of(turns)));
    }
    let tenths = (times * 1000).checked_div(turns).unwrap_or(0);
    let mut set = page.paragraph(
        0,
        &format!(
            "{title}: in {} of {} of {source} ({}.{} in a hundred) only a fallback answered. Here {}, the most frequent first.",
            times,
            turns_of(turns),
            tenths / 10,
            tenths % 10,
            if groups.len() == 1 { "is what was said".to_owned() } else { format!("are the {} kinds of it", groups.len()) }
        ),
    );
    let shown = if most == 0 { groups.len() } else { most.min(groups.len()) };
    for (at, group) in groups.iter().take(shown).enumerate() {
        set += &one(page, &scenario.file.client.name, at + 1, group);
    }
    if shown < groups.len() {
        set += "\n";
        set += &page.paragraph(0, &format!("{} more; --most 0 tells all of them.", groups.len() - shown));
    }
    set
}

/// The same as one JSON value.
#[must_use]
pub fn unmatched_json(scenario: &Scenario, found: &Unmatched, groups: &[Group], source: &str) -> Value {
    json!({"scenario": scenario.file.id, "source": source, "turns": found.turns, "unmatched": found.times(), "groups": groups})
}

fn one(page: &Page, client: &str, number: usize, group: &Group) -> String {
    let wordings = if group.wordings > 1 { format!(", in {} wordings", group.wordings) } else { String::new() };
    let times = if group.times == 1 { "once".to_owned() } else { format!("{} times", group.times) };
    let mut set = page.heading(&format!("{number}. {times}{wordings}"));
    for example in &group.examples {
        set += &page.hanging("  ", "    ", &word_for::quoted(example));
    }
    if !group.after.trim().is_empty() {
        set += &page.hanging("  ", "    ", &format!("for instance after {client}: {}", word_for::quoted(&group.after)));
    }
    if let Some(near) = &group.near {
        set += &page.hanging("  ", "    ", &format!("nearest topic: {} ({})", near.topic, near.because));
    }
    // To be pasted as it stands, so it is not wrapped.
    set += &crate::text::neutralise(&group.stub).lines().map(|line| format!("    {line}\n")).collect::<String>();
    set
}

fn turns_of(turns: u64) -> String {
    counted(usize::try_from(turns).unwrap_or(usize::MAX), "turn")
}

//! Coverage for an author: how much was reached, by whom, and what never was.

use super::Page;
use crate::check::coverage::Reached;
use crate::diagnostic::wording::counted;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// So many pools with unsaid lines are named; the JSON form has them all.
const POOLS: usize = 15;
/// So many names of a kind are listed.
const NAMES: usize = 40;

/// What one kind of onlooker reached: "transcripts", "simulated trainees".
pub type Source<'a> = (&'a str, &'a Reached);

/// The whole text.
#[must_use]
pub fn coverage_text(page: &Page, title: &str, sources: &[Source<'_>]) -> String {
    let Some(all) = joined(sources) else { return String::new() };
    let mut set = page.heading(&format!("What was reached of {title}"));
    for (name, reached) in sources {
        set += &page.paragraph(0, &format!("By {name}: {}, {}.", counted(to_usize(reached.sessions), "session"), counted(to_usize(reached.turns), "turn")));
    }
    set += &table(page, sources, &all);
    set += &never(page, &all);
    set
}

/// The same as JSON: each source's counts, and what none of them reached.
#[must_use]
pub fn coverage_json(scenario: &str, sources: &[Source<'_>]) -> Value {
    let all = joined(sources);
    let by: serde_json::Map<String, Value> =
        sources.iter().map(|(name, reached)| ((*name).to_owned(), serde_json::to_value(reached).unwrap_or_default())).collect();
    let never = all.as_ref().map(|all| {
        let lines: Vec<Value> = all.lines.iter().filter(|line| line.said == 0).map(|line| json!({"pool": line.pool, "say": line.say})).collect();
        json!({
            "reactions": names(all.reactions.iter().filter(|one| one.answered == 0).map(|one| one.id.as_str())),
            "gates": names(all.gates.iter().filter(|one| one.told == 0).map(|one| one.id.as_str())),
            "promises": names(all.promises.iter().filter(|one| one.made + one.kept + one.broken == 0).map(|one| one.id.as_str())),
            "hooks": names(all.hooks.iter().filter(|one| one.proposed == 0).map(|one| one.name)),
            "lines": lines,
        })
    });
    json!({"coverage": {"scenario": scenario, "by": by, "never": never}})
}

/// What all sources together reached.
#[must_use]
pub fn joined(sources: &[Source<'_>]) -> Option<Reached> {
    let ((_, first), rest) = sources.split_first()?;
    let mut all = (*first).clone();
    rest.iter().for_each(|(_, other)| all.join(other));
    Some(all)
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    names.collect()
}

/// Reached and there, of each kind.
fn kinds(reached: &Reached) -> [(&'static str, usize, usize); 5] {
    let count = |held: &mut dyn Iterator<Item = bool>| held.fold((0, 0), |(yes, all), held| (yes + usize::from(held), all + 1));
    let kind = |name, (yes, all)| (name, yes, all);
    [
        kind("reactions", count(&mut reached.reactions.iter().map(|one| one.answered > 0))),
        kind("lines", count(&mut reached.lines.iter().map(|one| one.said > 0))),
        kind("gates", count(&mut reached.gates.iter().map(|one| one.told > 0))),
        kind("promises", count(&mut reached.promises.iter().map(|one| one.made + one.kept + one.broken > 0))),
        kind("hooks", count(&mut reached.hooks.iter().map(|one| one.proposed > 0))),
    ]
}

fn table(page: &Page, sources: &[Source<'_>], all: &Reached) -> String {
    let mut columns: Vec<(&str, [(&'static str, usize, usize); 5])> = sources.iter().map(|(name, reached)| (*name, kinds(reached))).collect();
    if sources.len() > 1 {
        columns.push(("together", kinds(all)));
    }
    let mut set = String::new();
    if page.plain {
        set += &format!("what,of,{}\n", columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(","));
        for (at, (name, _, of)) in kinds(all).iter().enumerate().filter(|(_, kind)| kind.2 > 0) {
            let cells: Vec<String> = columns.iter().map(|(_, kinds)| kinds[at].1.to_string()).collect();
            set += &format!("{name},{of},{}\n", cells.join(","));
        }
        return set;
    }
    let heads: String = columns.iter().map(|(name, _)| format!("  {name:>19}")).collect();
    set += &format!("\n  {:<10} {:>5}{heads}\n", "", "of");
    for (at, (name, _, of)) in kinds(all).iter().enumerate().filter(|(_, kind)| kind.2 > 0) {
        let cells: String = columns
            .iter()
            .map(|(_, kinds)| format!("  {:>19}", format!("{}  {} {:>3}%", kinds[at].1, bar(kinds[at].1, *of), share(kinds[at].1, *of))))
            .collect();
        set += &format!("  {name:<10} {of:>5}{cells}\n");
    }
    set
}

/// Eight blocks; a whole bar only where all is reached, an empty one only where nothing is.
fn bar(part: usize, of: usize) -> String {
    let full = if part == of { 8 } else { (part * 8 / of.max(1)).clamp(usize::from(part > 0), 7) };
    format!("{}{}", "█".repeat(full), "░".repeat(8 - full))
}

/// Hundredths, rounded down: 100 is all.
fn share(part: usize, of: usize) -> usize {
    (part * 100).checked_div(of).unwrap_or(100)
}

fn never(page: &Page, all: &Reached) -> String {
    let mut set = String::new();
    let mut list = |heading: &str, found: Vec<String>| {
        if !found.is_empty() {
            let more = if found.len() > NAMES { format!(", and {} more", found.len() - NAMES) } else { String::new() };
            let shown: Vec<&str> = found.iter().take(NAMES).map(String::as_str).collect();
            set += &page.heading(&format!("{heading} ({})", found.len()));
            set += &page.paragraph(2, &format!("{}{more}", shown.join(", ")));
        }
    };
    list("Reactions that never answered", all.reactions.iter().filter(|one| one.answered == 0).map(|one| one.id.clone()).collect());
    list("Gates that never opened", all.gates.iter().filter(|one| one.told == 0).map(|one| format!("{} (layer {})", one.id, one.layer)).collect());
    list("Promises that were never made", all.promises.iter().filter(|one| one.made + one.kept + one.broken == 0).map(|one| one.id.clone()).collect());
    list(
        "Hooks that never proposed anything",
        all.hooks.iter().filter(|one| one.proposed == 0).map(|one| format!("{} (ran {} times)", one.name, one.ran)).collect(),
    );
    set += &unsaid(page, all);
    set
}

/// Pools whose lines were not all said, the emptiest first. Lines of reactions that never answered are not told twice.
fn unsaid(page: &Page, all: &Reached) -> String {
    let silent: BTreeSet<String> = all.reactions.iter().filter(|one| one.answered == 0).map(|one| format!("reaction `{}`", one.id)).collect();
    let mut pools: Vec<(&str, usize, usize)> = all.pools().into_iter().filter(|(name, said, of)| said < of && !silent.contains(*name)).collect();
    if pools.is_empty() {
        return String::new();
    }
    pools.sort_by(|a, b| (b.2 - b.1).cmp(&(a.2 - a.1)).then(a.0.cmp(b.0)));
    let lines: usize = pools.iter().map(|(_, said, of)| of - said).sum();
    let mut set = page.heading(&format!("Lines that were never said elsewhere ({lines})"));
    for (name, said, of) in pools.iter().take(POOLS) {
        set += &page.hanging("  ", "    ", &format!("{name}: {} of {of} never said", of - said));
    }
    if pools.len() > POOLS {
        set += &page.paragraph(2, &format!("and in {} more pools; --format json names every line.", pools.len() - POOLS));
    }
    set
}

fn to_usize(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_only_when_all_is_reached_and_empty_only_when_nothing_is() {
        assert_eq!(bar(0, 100), "░░░░░░░░");
        assert_eq!(bar(1, 100), "█░░░░░░░");
        assert_eq!(bar(99, 100), "███████░");
        assert_eq!(bar(100, 100), "████████");
        assert_eq!(share(0, 0), 100);
    }
}

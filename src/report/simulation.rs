//! Simulated trainees as a table with histograms, for a terminal or a screen reader.

use super::Page;
use crate::check::simulate::{InsultAndRepair, Plan, Simulated, Unmet};
use crate::diagnostic::wording::counted;
use crate::text::neutralise;
use std::fmt::Write as _;

/// Eighths of a block, for bars in one line.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// All of it: what was done, a row a policy, histograms, insult and repair, expectations.
#[must_use]
pub fn text(page: &Page, title: &str, plan: &Plan, simulated: &[Simulated], insult: Option<InsultAndRepair>, unmet: &[Unmet], expected: usize) -> String {
    let mut set = page.paragraph(0, &what_was_done(title, plan));
    set.push('\n');
    set += &if page.plain { as_csv(simulated) } else { table(simulated) };
    if let Some(insult) = insult {
        set.push('\n');
        set += &page.paragraph(0, &about_insult(insult));
    }
    if expected > 0 {
        set.push('\n');
        set += &page.paragraph(0, &about_expectations(unmet, expected));
        for one in unmet {
            set += &page.hanging("  - ", "    ", &one.to_string());
        }
    }
    set
}

/// One sentence of what was simulated.
pub(super) fn what_was_done(title: &str, plan: &Plan) -> String {
    let length = if plan.turns == 0 { "turns as the scenario has them".to_owned() } else { counted(plan.turns as usize, "turn") };
    let course = if plan.course > 1 { format!(", each a course of {} sessions", plan.course) } else { String::new() };
    format!("{}: {} of each simulated trainee{course}, {length}, seed {}.", neutralise(title), counted(plan.sessions as usize, "run"), plan.seed)
}

/// One sentence about insult and repair.
pub(super) fn about_insult(insult: InsultAndRepair) -> String {
    let verdict = if insult.with <= insult.without { "Mending never pays, as it should be." } else { "It paid, and it must not." };
    format!(
        "The same skilled trainee closes at {:.2} where all goes well, and at {:.2} after one insult that is mended at once. {verdict}",
        insult.without, insult.with
    )
}

/// One sentence about what the scenario expects.
pub(super) fn about_expectations(unmet: &[Unmet], expected: usize) -> String {
    if unmet.is_empty() {
        format!("The scenario states {}, and all hold.", counted(expected, "expectation"))
    } else {
        format!(
            "The scenario states {}; {} not hold:",
            counted(expected, "expectation"),
            if unmet.len() == 1 { "one does".to_owned() } else { format!("{} do", unmet.len()) }
        )
    }
}

fn table(simulated: &[Simulated]) -> String {
    let mut set = format!(
        "  {:<15}{:>5} {:>4}  {:<20}  {:>6} {:>5} {:>5}  {:>4} {:>4} {:>4}\n",
        "trainee", "trust", "±", "closes at 0 to 1", "layers", "torn", "left", "emp", "non", "lis"
    );
    for one in simulated {
        let row = &one.row;
        let score = |score: Option<f64>| score.map_or_else(|| "-".to_owned(), |score| format!("{score:.1}"));
        let _ = writeln!(
            set,
            "  {:<15}{:>5.2} {:>4.2}  {}  {:>4.1}/{} {:>5.1} {:>4.0}%  {:>4} {:>4} {:>4}",
            row.policy,
            row.trust_mean,
            row.trust_sd,
            bars(&one.trust_bars),
            row.layers_mean,
            row.layers_of,
            row.ruptures_mean,
            row.left_share * 100.0,
            score(row.empathy),
            score(row.non_judgment),
            score(row.listening),
        );
    }
    set
}

/// A histogram in one line; a bar that holds anything is seen.
fn bars(counts: &[u32]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    counts.iter().map(|count| if *count == 0 { '·' } else { BLOCKS[((count * 7) / most).min(7) as usize] }).collect()
}

/// For screen readers: one line a policy, commas between.
fn as_csv(simulated: &[Simulated]) -> String {
    let mut set = "trainee,trust,spread,layers,layers of,ruptures,left,empathy,non-judgment,listening\n".to_owned();
    for one in simulated {
        let row = &one.row;
        let score = |score: Option<f64>| score.map_or_else(String::new, |score| format!("{score:.2}"));
        let _ = writeln!(
            set,
            "{},{:.2},{:.2},{:.2},{},{:.2},{:.2},{},{},{}",
            row.policy,
            row.trust_mean,
            row.trust_sd,
            row.layers_mean,
            row.layers_of,
            row.ruptures_mean,
            row.left_share,
            score(row.empathy),
            score(row.non_judgment),
            score(row.listening)
        );
    }
    set
}

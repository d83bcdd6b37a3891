//! Simulated trainees as one HTML page that needs nothing beside it: charts as SVG with titles and descriptions, and the same figures as tables.

use super::simulation::{about_expectations, about_insult, what_was_done};
use crate::check::simulate::{InsultAndRepair, Plan, Simulated, Unmet};
use crate::text::neutralise;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::fmt::Write as _;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\
th,td{padding:.3rem .5rem;text-align:right;border-bottom:1px solid #ddd}th:first-child,td:first-child{text-align:left}td{white-space:nowrap}\
svg{max-width:100%;height:auto}.small{color:#555;font-size:.9rem}figure{margin:1rem 0}\
@media(prefers-color-scheme:dark){body{background:#161616;color:#e8e8e8}th,td{border-color:#444}.small{color:#aaa}svg{background:#f7f7f5}}";

/// Colours that stay apart for most eyes (after Okabe and Ito), each with its own dash so that none speaks by colour alone.
const LINES: [(&str, &str); 12] = [
    ("#0072b2", ""),
    ("#009e73", ""),
    ("#56b4e9", "6 3"),
    ("#d55e00", "6 3"),
    ("#cc79a7", "6 3"),
    ("#e69f00", "2 3"),
    ("#000000", "2 3"),
    ("#0072b2", "2 3"),
    ("#009e73", "8 3 2 3"),
    ("#d55e00", "8 3 2 3"),
    ("#777777", "8 3 2 3"),
    ("#777777", "1 4"),
];

/// The page.
#[must_use]
pub fn page(title: &str, plan: &Plan, simulated: &[Simulated], insult: Option<InsultAndRepair>, unmet: &[Unmet], expected: usize) -> String {
    let title = neutralise(title);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Simulated trainees: " (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Simulated trainees: " (title) }
                p { (what_was_done(&title, plan)) }
                h2 { "What came of it" }
                (table(simulated))
                @if let Some(insult) = insult { p { (about_insult(insult)) } }
                @if expected > 0 {
                    h2 { "What the scenario expects" }
                    p { (about_expectations(unmet, expected)) }
                    ul { @for one in unmet { li { (one.to_string()) } } }
                }
                h2 { "Trust over the course" }
                (course(simulated))
                h2 { "Where the runs close" }
                @for one in simulated { (histogram(one)) }
                h2 { "Layers told" }
                (layers(simulated))
                p.small { "Trust is T, 0 to 1. The trainees are simulated: they type sentences from a bank through the real recognition. They test a scenario; they say nothing about people." }
            }
        }
    }
    .into_string()
}

fn table(simulated: &[Simulated]) -> Markup {
    let score = |score: Option<f64>| score.map_or_else(|| "–".to_owned(), |score| format!("{score:.2}"));
    html! {
        table {
            thead { tr { th { "trainee" } th { "trust" } th { "spread" } th { "layers" } th { "ruptures" } th { "left" } th { "empathy" } th { "non-judgment" } th { "listening" } th { "only a fallback answered" } } }
            tbody {
                @for one in simulated {
                    tr {
                        td { (one.row.policy) }
                        td { (format!("{:.2}", one.row.trust_mean)) }
                        td { (format!("{:.2}", one.row.trust_sd)) }
                        td { (format!("{:.1} of {}", one.row.layers_mean, one.row.layers_of)) }
                        td { (format!("{:.1}", one.row.ruptures_mean)) }
                        td { (format!("{:.0} %", one.row.left_share * 100.0)) }
                        td { (score(one.row.empathy)) }
                        td { (score(one.row.non_judgment)) }
                        td { (score(one.row.listening)) }
                        td { (format!("{:.0} %", one.fallback_share * 100.0)) }
                    }
                }
            }
        }
    }
}

/// Width and height of the drawing, and the room for axes.
const WIDE: f64 = 720.0;
const HIGH: f64 = 300.0;
const LEFT: f64 = 40.0;
const LOW: f64 = 30.0;

fn course(simulated: &[Simulated]) -> Markup {
    let turns = simulated.iter().map(|one| one.path.len()).max().unwrap_or(0).max(2);
    // The next tenth above the highest mean, so that the lines are not all in the lower half.
    let highest = simulated.iter().flat_map(|one| one.path.iter().copied()).fold(0.0, f64::max);
    let tenths = ((highest * 10.0).ceil() as u32).clamp(2, 10);
    let top = f64::from(tenths) / 10.0;
    let x = |turn: usize| LEFT + (WIDE - LEFT - 130.0) * turn as f64 / (turns - 1) as f64;
    let y = |trust: f64| 10.0 + (HIGH - LOW - 10.0) * (1.0 - trust / top);
    let ends: Vec<f64> = simulated.iter().map(|one| one.path.last().map_or(HIGH, |last| y(*last))).collect();
    let labels = spread(&ends);
    let right = WIDE - 130.0;
    html! {
        figure {
            svg viewBox=(format!("0 0 {WIDE} {HIGH}")) role="img" aria-labelledby="course-title course-text" xmlns="http://www.w3.org/2000/svg" {
                title id="course-title" { "Mean trust after each turn" }
                desc id="course-text" { "One line a simulated trainee, from the first turn to the last. The values at the close stand in the table above." }
                @for tenth in 0..=tenths {
                    @let at = y(f64::from(tenth) / 10.0);
                    line x1=(LEFT) x2=(WIDE - 130.0) y1=(figure(at)) y2=(figure(at)) stroke="#ddd" {}
                    text x="4" y=(figure(at + 4.0)) font-size="11" { (format!("{:.1}", f64::from(tenth) / 10.0)) }
                }
                @for (index, one) in simulated.iter().enumerate() {
                    @let (colour, dash) = LINES[index % LINES.len()];
                    polyline fill="none" stroke=(colour) stroke-width="2" stroke-dasharray=(dash) points=(points(&one.path, &x, &y)) {}
                    @if !one.path.is_empty() {
                        @let from = x(one.path.len() - 1);
                        line x1=(figure(from + 2.0)) y1=(figure(ends[index])) x2=(figure(right + 12.0)) y2=(figure(labels[index])) stroke=(colour) stroke-width="0.8" stroke-dasharray=(if from < right - 1.0 { "1 3" } else { "" }) {}
                        text x=(figure(right + 15.0)) y=(figure(labels[index] + 4.0)) font-size="11" fill="#1b1b1b" { (one.row.policy.replace('_', " ")) }
                    }
                }
                text x=(LEFT) y=(HIGH - 8.0) font-size="11" { "first turn" }
                text x=(right) y=(HIGH - 8.0) font-size="11" text-anchor="end" { (format!("turn {turns}")) }
            }
        }
    }
}

/// Heights for labels that would lie upon each other: each moves as little as keeps them a line apart.
fn spread(heights: &[f64]) -> Vec<f64> {
    /// A line of small print.
    const APART: f64 = 12.5;
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]).then(a.cmp(b)));
    let mut set = heights.to_vec();
    let room = HIGH - LOW;
    // From the top down, then what was pushed over the edge from the bottom up.
    let mut above = f64::NEG_INFINITY;
    for at in &order {
        set[*at] = set[*at].max(above + APART).max(8.0);
        above = set[*at];
    }
    let mut below = room + APART;
    for at in order.iter().rev() {
        set[*at] = set[*at].min(below - APART);
        below = set[*at];
    }
    set
}

fn points(path: &[f64], x: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) -> String {
    let mut points = String::new();
    for (turn, trust) in path.iter().enumerate() {
        let _ = write!(points, "{},{} ", figure(x(turn)), figure(y(*trust)));
    }
    points
}

/// One decimal: the same bytes everywhere.
fn figure(value: f64) -> String {
    format!("{value:.1}")
}

fn histogram(one: &Simulated) -> Markup {
    let most = f64::from(one.trust_bars.iter().copied().max().unwrap_or(1).max(1));
    let counts: Vec<String> = one.trust_bars.iter().map(ToString::to_string).collect();
    let id = format!("bars-{}", one.row.policy);
    html! {
        figure {
            svg viewBox="0 0 720 60" role="img" aria-labelledby=(format!("{id} {id}-text")) xmlns="http://www.w3.org/2000/svg" {
                title id=(id) { (one.row.policy) ": runs by trust at the close" }
                desc id=(format!("{id}-text")) { "Twenty bars from 0 to 1: " (counts.join(", ")) "." }
                text x="0" y="35" font-size="12" { (one.row.policy) }
                line x1="120" x2="720" y1="50" y2="50" stroke="#999" {}
                @for (index, count) in one.trust_bars.iter().enumerate() {
                    @let tall = 42.0 * f64::from(*count) / most;
                    rect x=(figure(120.0 + 30.0 * index as f64)) width="27" y=(figure(50.0 - tall)) height=(figure(tall)) fill="#0072b2" {}
                }
                text x="120" y="60" font-size="9" { "0" }
                text x="710" y="60" font-size="9" { "1" }
            }
        }
    }
}

fn layers(simulated: &[Simulated]) -> Markup {
    html! {
        table {
            thead { tr { th { "runs that told" } @for layers in 0..5 { th { (layers) @if layers == 1 { " layer" } @else { " layers" } } } } }
            tbody {
                @for one in simulated {
                    tr { td { (one.row.policy) } @for count in one.layer_bars { td { (count) } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_lie_upon_each_other() {
        let set = spread(&[200.0; 12]);
        let mut sorted = set.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 12.4), "{sorted:?}");
        assert!(sorted[0] >= 0.0 && sorted[11] <= HIGH - LOW + 0.1, "{sorted:?}");
    }
}

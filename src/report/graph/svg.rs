//! The picture as SVG: lanes from top to bottom, layers from left to right. What was never reached has cut corners, a double dashed edge and says
//! so; colour only repeats it.

use super::dot::{NEVER, SHADES};
use super::table::capital;
use super::{Edge, Graph, Kind, Met, Node};
use crate::text::neutralise;
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeMap;

const WIDE: f64 = 186.0;
const GAP: f64 = 30.0;
const LEFT: f64 = 24.0;
/// The title, the sentence below it, and the heads of the columns.
const TOP: f64 = 116.0;
/// A lane's name.
const NAME: f64 = 24.0;
const LINE: f64 = 15.0;
/// Letters of small print on one line of a box: 11 pixels high, about 5.8 wide.
const LETTERS: usize = 27;
/// Letters of a name.
const NAME_LETTERS: usize = 22;

const STYLE: &str = ".t{font:600 13px system-ui,sans-serif}.s{font:11px system-ui,sans-serif;fill:#2c3843}.h{font:600 12px system-ui,sans-serif;fill:#52606b}\
.l{font:600 13px system-ui,sans-serif;fill:#22303c}.big{font:600 24px Georgia,serif}.never .s:last-of-type{font-weight:600;fill:#7f2a13}";

/// A box with its place.
struct Placed<'a> {
    node: &'a Node,
    lines: Vec<String>,
    x: f64,
    y: f64,
    high: f64,
}

/// The picture.
#[must_use]
pub fn svg(graph: &Graph) -> String {
    let (placed, lanes, bottom) = place(graph);
    let wide = LEFT * 2.0 + graph.columns.len() as f64 * (WIDE + GAP) - GAP;
    let high = bottom + 92.0;
    let at: BTreeMap<&str, &Placed<'_>> = placed.iter().map(|placed| (placed.node.key.as_str(), placed)).collect();
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {wide:.0} {high:.0}")) width=(format!("{wide:.0}")) height=(format!("{high:.0}"))
            role="img" aria-labelledby="graph-title graph-text" fill="#22303c" {
            title id="graph-title" { (neutralise(&graph.title)) }
            desc id="graph-text" { (description(graph)) }
            style { (PreEscaped(STYLE)) }
            defs {
                marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" { path d="M0 0L8 4L0 8z" fill="#6b7780" {} }
            }
            rect width="100%" height="100%" fill="#fbfaf6" {}
            text.big x=(n(LEFT)) y="44" { (neutralise(&graph.title)) }
            text.s x=(n(LEFT)) y="66" { (subtitle(graph)) }
            @for (column, head) in graph.columns.iter().enumerate() {
                text.h x=(n(column_x(column))) y=(n(TOP - 18.0)) { (head) }
                line x1=(n(column_x(column))) x2=(n(column_x(column) + WIDE)) y1=(n(TOP - 11.0)) y2=(n(TOP - 11.0)) stroke="#b9b3a4" {}
            }
            @for (lane, (top, bottom)) in graph.lanes.iter().zip(&lanes) {
                rect x=(n(LEFT - 12.0)) y=(n(*top)) width=(n(wide - 2.0 * LEFT + 24.0)) height=(n(bottom - top)) rx="8" fill="#f2efe6" {}
                text.l x=(n(LEFT)) y=(n(top + 18.0)) { (neutralise(&capital(&lane.name))) }
            }
            @for edge in &graph.edges { (arrow(edge, &at)) }
            @for placed in &placed { (drawn(placed)) }
            (legend(bottom + 22.0, !graph.looked.is_empty()))
        }
    }
    .into_string()
}

fn description(graph: &Graph) -> String {
    let lost: Vec<&str> = graph.nodes.iter().filter(|node| matches!(node.met, Met::Never | Met::CannotOpen)).map(|node| node.label.as_str()).collect();
    let lost = if lost.is_empty() { String::new() } else { format!(" Never reached: {}.", lost.join(", ")) };
    format!(
        "{} lanes with {} topics, {} gates and what answers. {}{lost} The same stands as a table in `practicum graph --format text` and in the HTML page.",
        graph.lanes.len(),
        graph.count(Kind::Topic),
        graph.count(Kind::Gate),
        graph.looked
    )
}

fn subtitle(graph: &Graph) -> String {
    let what = "A lane is a topic. From left to right: what is said on it, and what is told as trust grows.";
    if graph.looked.is_empty() { what.to_owned() } else { format!("{what} {}", graph.looked) }
}

fn column_x(column: usize) -> f64 {
    LEFT + column as f64 * (WIDE + GAP)
}

/// Stacks the boxes of each lane and column; a lane is as high as its highest stack.
fn place(graph: &Graph) -> (Vec<Placed<'_>>, Vec<(f64, f64)>, f64) {
    let mut placed = Vec::new();
    let mut lanes = Vec::new();
    let mut top = TOP;
    for lane in 0..graph.lanes.len() {
        let mut stacks: BTreeMap<usize, f64> = BTreeMap::new();
        for node in graph.nodes.iter().filter(|node| node.lane == lane) {
            let lines: Vec<String> = node.small.iter().flat_map(|line| wrapped(line)).collect();
            let high = 30.0 + LINE * lines.len() as f64;
            let y = stacks.entry(node.column).or_insert(top + NAME + 4.0);
            placed.push(Placed { node, lines, x: column_x(node.column), y: *y, high });
            *y += high + 10.0;
        }
        let bottom = stacks.values().copied().fold(top + NAME + 14.0, f64::max) + 2.0;
        lanes.push((top, bottom));
        top = bottom + 10.0;
    }
    (placed, lanes, top)
}

/// At most two lines of small print for one sentence.
fn wrapped(text: &str) -> Vec<String> {
    let text = neutralise(text).into_owned();
    let mut lines: Vec<String> = textwrap::wrap(&text, textwrap::Options::new(LETTERS).break_words(true)).iter().map(ToString::to_string).collect();
    if lines.len() > 3 {
        lines.truncate(3);
        if let Some(last) = lines.last_mut() {
            *last = cut(&format!("{last} …"), LETTERS);
        }
    }
    lines
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { format!("{}…", text.chars().take(most - 1).collect::<String>().trim_end()) }
}

fn drawn(placed: &Placed<'_>) -> Markup {
    let Placed { node, lines, x, y, high } = placed;
    let lost = matches!(node.met, Met::Never | Met::CannotOpen);
    let fill = match node.met {
        Met::Reached(step) => SHADES[usize::from(step.min(4))],
        _ => SHADES[0],
    };
    let whole = std::iter::once(node.label.as_str()).chain(node.small.iter().map(String::as_str)).collect::<Vec<_>>().join("\n");
    html! {
        g class=(if lost { "never" } else { node.kind.name() }) {
            title { (node.kind.name()) " " (neutralise(&whole)) }
            @if lost {
                path d=(cut_corners(*x, *y, WIDE, *high, 10.0)) fill="#fff" stroke=(NEVER) stroke-width="2" stroke-dasharray="6 3" {}
                path d=(cut_corners(x + 4.0, y + 4.0, WIDE - 8.0, high - 8.0, 8.0)) fill="none" stroke=(NEVER) stroke-width="1" stroke-dasharray="6 3" {}
            } @else {
                (outline(node.kind, *x, *y, *high, fill))
            }
            text.t x=(n(x + 14.0)) y=(n(y + 18.0)) { (cut(&neutralise(&node.label), NAME_LETTERS)) }
            @for (at, line) in lines.iter().enumerate() {
                text.s x=(n(x + 14.0)) y=(n(y + 33.0 + LINE * at as f64)) { (line) }
            }
        }
    }
}

/// Each kind has its own outline.
fn outline(kind: Kind, x: f64, y: f64, high: f64, fill: &str) -> Markup {
    let line = "#52606b";
    match kind {
        Kind::Topic => {
            html! { rect x=(n(x)) y=(n(y)) width=(n(WIDE)) height=(n(high)) rx=(n((high / 2.0).min(20.0))) fill=(fill) stroke=(line) stroke-width="1.5" {} }
        }
        Kind::Gate => html! {
            rect x=(n(x)) y=(n(y)) width=(n(WIDE)) height=(n(high)) fill=(fill) stroke=(line) stroke-width="1.5" {}
            rect x=(n(x)) y=(n(y)) width="6" height=(n(high)) fill=(line) {}
        },
        Kind::Reactions => html! {
            rect x=(n(x + 4.0)) y=(n(y - 4.0)) width=(n(WIDE - 4.0)) height=(n(high)) rx="3" fill="#fff" stroke=(line) {}
            rect x=(n(x)) y=(n(y)) width=(n(WIDE - 4.0)) height=(n(high)) rx="3" fill=(fill) stroke=(line) {}
        },
        Kind::Hook => {
            html! { path d=(format!("M{} {}H{}L{} {}H{}z", n(x + 8.0), n(y), n(x + WIDE), n(x + WIDE - 8.0), n(y + high), n(x))) fill=(fill) stroke=(line) {} }
        }
        Kind::Session | Kind::Promise | Kind::Pool | Kind::Reaction => {
            html! { rect x=(n(x)) y=(n(y)) width=(n(WIDE)) height=(n(high)) rx="3" fill=(fill) stroke=(line) {} }
        }
    }
}

fn cut_corners(x: f64, y: f64, wide: f64, high: f64, by: f64) -> String {
    let (right, low) = (x + wide, y + high);
    format!(
        "M{} {}H{}L{} {}V{}L{} {}H{}L{} {}V{}z",
        n(x + by),
        n(y),
        n(right - by),
        n(right),
        n(y + by),
        n(low - by),
        n(right - by),
        n(low),
        n(x + by),
        n(x),
        n(low - by),
        n(y + by)
    )
}

/// Along a lane a line; a condition from elsewhere a dashed curve with its word.
fn arrow(edge: &Edge, at: &BTreeMap<&str, &Placed<'_>>) -> Markup {
    let (Some(from), Some(to)) = (at.get(edge.from.as_str()), at.get(edge.to.as_str())) else { return html! {} };
    let (x1, y1) = (from.x + WIDE, from.y + from.high / 2.0);
    let (x2, y2) = (to.x - 1.0, to.y + to.high / 2.0);
    if edge.needs.is_empty() {
        let middle = x2 - GAP / 2.0;
        // Along the gap between boxes, so that a line to a deeper layer does not cross those between.
        let level = if to.column_gap(from) > 1 { to.y - 5.0 } else { y1 };
        let path = if (level - y1).abs() < 0.5 {
            format!("M{} {}H{}V{}H{}", n(x1), n(y1), n(middle), n(y2), n(x2))
        } else {
            format!("M{} {}H{}V{}H{}V{}H{}", n(x1), n(y1), n(x1 + GAP / 2.0), n(level), n(middle), n(y2), n(x2))
        };
        return html! { path d=(path) fill="none" stroke="#6b7780" stroke-width="1.3" marker-end="url(#tip)" {} };
    }
    let (start, bend) = if x1 <= x2 { (x1, (x2 - x1).clamp(40.0, 160.0)) } else { (x1, 60.0) };
    let path = format!("M{} {}C{} {} {} {} {} {}", n(start), n(y1), n(start + bend), n(y1), n(x2 - bend), n(y2), n(x2), n(y2));
    html! {
        path d=(path) fill="none" stroke="#8a6d3b" stroke-width="1.3" stroke-dasharray="5 4" marker-end="url(#tip)" {}
    }
}

impl Placed<'_> {
    fn column_gap(&self, from: &Placed<'_>) -> usize {
        self.node.column.saturating_sub(from.node.column)
    }
}

fn legend(y: f64, looked: bool) -> Markup {
    let sample = |at: usize| LEFT + at as f64 * (WIDE + GAP);
    let kinds = [(Kind::Topic, "topic"), (Kind::Gate, "gate and what it hides"), (Kind::Reactions, "reactions, gathered"), (Kind::Hook, "hook of the script")];
    html! {
        g aria-hidden="true" {
            @for (at, (kind, name)) in kinds.iter().enumerate() {
                (outline(*kind, sample(at), y, 26.0, SHADES[0]))
                text.s x=(n(sample(at) + 16.0)) y=(n(y + 17.0)) { (name) }
            }
            path d=(cut_corners(sample(4), y, WIDE, 26.0, 10.0)) fill="#fff" stroke=(NEVER) stroke-width="2" stroke-dasharray="6 3" {}
            text.s x=(n(sample(4) + 16.0)) y=(n(y + 17.0)) { "never reached" }
            path d=(format!("M{} {}H{}", n(sample(5)), n(y + 13.0), n(sample(5) + 40.0))) stroke="#8a6d3b" stroke-width="1.3" stroke-dasharray="5 4" marker-end="url(#tip)" {}
            text.s x=(n(sample(5) + 50.0)) y=(n(y + 17.0)) { "needs this first" }
            @if looked {
                @for (at, shade) in SHADES.iter().enumerate().skip(1) {
                    rect x=(n(sample(6) + 24.0 * (at - 1) as f64)) y=(n(y)) width="24" height="26" fill=(shade) stroke="#52606b" {}
                }
                text.s x=(n(sample(6) + 104.0)) y=(n(y + 17.0)) { "seldom to often" }
            }
        }
    }
}

/// One decimal: the same bytes everywhere.
fn n(value: f64) -> String {
    format!("{value:.1}")
}

//! A class's board as pictures with the same figures in a table beside them: for the pages of the classroom and for what an instructor takes home.

use crate::classroom::board::{ClassBoard, Quartiles};
use crate::scoring::percent;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::fmt::Write as _;

/// The stylesheet of all classroom pages.
pub const STYLE: &str = include_str!("class.css");

/// Said where a class is too small for figures.
pub const TOO_FEW: &str = "Figures appear as soon as five people have spoken, so that nobody can be picked out.";

/// Said wherever scores leave the room.
pub const NO_GRADES: &str = "Scores are for practice and reflection, never for grading people.";

/// A page that needs nothing beside it.
#[must_use]
pub fn alone(title: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main.wide { h1 { (title) } (body) } }
        }
    }
    .into_string()
}

const WIDE: f64 = 640.0;
const HIGH: f64 = 260.0;
const LEFT: f64 = 36.0;
const LOW: f64 = 28.0;

/// One decimal: the same bytes everywhere.
fn figure(value: f64) -> String {
    format!("{value:.1}")
}

fn chart(id: &str, caption: &str, description: &str, drawing: &Markup, table: &Markup) -> Markup {
    html! {
        figure {
            figcaption { (caption) }
            svg viewBox=(format!("0 0 {WIDE} {HIGH}")) role="img" aria-labelledby=(format!("{id}-t {id}-d")) xmlns="http://www.w3.org/2000/svg" {
                title id=(format!("{id}-t")) { (caption) }
                desc id=(format!("{id}-d")) { (description) }
                (drawing)
            }
            details { summary { "The same as a table" } div.scroll { (table) } }
        }
    }
}

/// How many stand at which turn.
#[must_use]
pub fn where_it_is(board: &ClassBoard) -> Markup {
    let last = board.at_turn.iter().rposition(|count| *count > 0).unwrap_or(0).max(9);
    let most = board.at_turn.iter().copied().max().unwrap_or(1).max(1) as f64;
    let step = (WIDE - LEFT) / (last + 1) as f64;
    let y = |count: usize| 10.0 + (HIGH - LOW - 10.0) * (1.0 - count as f64 / most);
    let every = (last / 10 + 1).max(1);
    let description = format!("{} of {} have begun, {} have ended; {} turns in all.", board.begun, board.sessions, board.closed, board.turns_in_all);
    chart(
        "where",
        "Where the class is",
        &description,
        &html! {
            line.axis x1=(LEFT) x2=(WIDE) y1=(HIGH - LOW) y2=(HIGH - LOW) {}
            text x="0" y="20" { (most) }
            @for (turn, count) in board.at_turn.iter().enumerate().take(last + 1) {
                @let x = LEFT + step * turn as f64;
                @if *count > 0 { rect.bar x=(figure(x + 1.0)) width=(figure((step - 2.0).max(1.0))) y=(figure(y(*count))) height=(figure(HIGH - LOW - y(*count))) {} }
                @if turn % every == 0 { text x=(figure(x + step / 2.0 - 3.0)) y=(HIGH - 8.0) { (turn) } }
            }
        },
        &html! {
            table {
                thead { tr { th { "turns spoken" } th { "how many are there" } } }
                tbody { @for (turn, count) in board.at_turn.iter().enumerate().filter(|(_, count)| **count > 0) { tr { td { (turn) } td { (count) } } } }
            }
        },
    )
}

/// The spread of the three scores.
#[must_use]
pub fn scores(board: &ClassBoard) -> Markup {
    let x = |points: f64| LEFT + 90.0 + (WIDE - LEFT - 110.0) * (points - 1.0) / 4.0;
    let names = ["Empathy", "Non-judgment", "Listening"];
    let known: Vec<(usize, &str, Quartiles)> = names.iter().enumerate().filter_map(|(at, name)| Some((at, *name, board.scores[at]?))).collect();
    if known.is_empty() {
        return html! { p.small { (TOO_FEW) } };
    }
    let mut description = String::new();
    for (_, name, spread) in &known {
        let _ = write!(description, "{name}: half of the class between {:.1} and {:.1}, the middle at {:.1}. ", spread.lower, spread.upper, spread.middle);
    }
    chart(
        "scores",
        "The three scores, 1 to 5: each person's mean",
        &description,
        &html! {
            @for points in 1..=5 {
                line.axis x1=(figure(x(f64::from(points)))) x2=(figure(x(f64::from(points)))) y1="10" y2=(HIGH - LOW) {}
                text x=(figure(x(f64::from(points)) - 3.0)) y=(HIGH - 8.0) { (points) }
            }
            @for (at, name, spread) in &known {
                @let y = 45.0 + 70.0 * *at as f64;
                text x="0" y=(figure(y + 4.0)) { (name) }
                line.thin x1=(figure(x(spread.least))) x2=(figure(x(spread.most))) y1=(figure(y)) y2=(figure(y)) {}
                rect.box x=(figure(x(spread.lower))) width=(figure((x(spread.upper) - x(spread.lower)).max(1.0))) y=(figure(y - 15.0)) height="30" {}
                line.mid x1=(figure(x(spread.middle))) x2=(figure(x(spread.middle))) y1=(figure(y - 15.0)) y2=(figure(y + 15.0)) {}
            }
        },
        &html! {
            table {
                thead { tr { th { "score" } th { "lowest" } th { "a quarter below" } th { "middle" } th { "a quarter above" } th { "highest" } th { "people" } } }
                tbody { @for (_, name, spread) in &known { tr { td { (name) } @for value in [spread.least, spread.lower, spread.middle, spread.upper, spread.most] { td { (figure(value)) } } td { (spread.count) } } } }
            }
        },
    )
}

/// Trust by turn: the middle, and the middle half as a band.
#[must_use]
pub fn trust(board: &ClassBoard) -> Markup {
    if board.turns.is_empty() {
        return html! { p.small { (TOO_FEW) } };
    }
    let top = board.turns.iter().map(|turn| turn.trust.upper).fold(0.2, f64::max).min(1.0);
    let top = ((top * 10.0) as u32 + 1).min(10);
    let count = board.turns.len().max(2);
    let x = |at: usize| LEFT + 10.0 + (WIDE - LEFT - 30.0) * at as f64 / (count - 1) as f64;
    let y = |trust: f64| 10.0 + (HIGH - LOW - 10.0) * (1.0 - trust * 10.0 / f64::from(top));
    let mut band = String::new();
    for (at, turn) in board.turns.iter().enumerate() {
        let _ = write!(band, "{},{} ", figure(x(at)), figure(y(turn.trust.upper)));
    }
    for (at, turn) in board.turns.iter().enumerate().rev() {
        let _ = write!(band, "{},{} ", figure(x(at)), figure(y(turn.trust.lower)));
    }
    let mut line = String::new();
    for (at, turn) in board.turns.iter().enumerate() {
        let _ = write!(line, "{},{} ", figure(x(at)), figure(y(turn.trust.middle)));
    }
    let (first, last) = (board.turns.first().map_or(0.0, |turn| turn.trust.middle), board.turns.last().map_or(0.0, |turn| turn.trust.middle));
    let every = board.turns.len() / 12 + 1;
    chart(
        "trust",
        "Trust, turn by turn, of 100: the middle of the class, and the middle half as a band",
        &format!("The middle goes from {} after turn 1 to {} after turn {}.", percent(first), percent(last), board.turns.len()),
        &html! {
            @for tenth in 0..=top {
                @let at = y(f64::from(tenth) / 10.0);
                line.axis x1=(LEFT) x2=(WIDE) y1=(figure(at)) y2=(figure(at)) {}
                @if top < 6 || tenth % 2 == 0 { text x="6" y=(figure(at + 4.0)) { (tenth * 10) } }
            }
            polygon.band points=(band.trim_end()) {}
            polyline.line points=(line.trim_end()) {}
            @for (at, turn) in board.turns.iter().enumerate() { @if at % every == 0 { text x=(figure(x(at) - 3.0)) y=(HIGH - 8.0) { (turn.turn) } } }
        },
        &html! {
            table {
                thead { tr { th { "turn" } th { "a quarter below" } th { "middle" } th { "a quarter above" } th { "people" } } }
                tbody { @for turn in &board.turns { tr { td { (turn.turn) } td { (percent(turn.trust.lower)) } td { (percent(turn.trust.middle)) } td { (percent(turn.trust.upper)) } td { (turn.trust.count) } } } }
            }
        },
    )
}

/// Where trust rose and where it fell.
#[must_use]
pub fn heat(board: &ClassBoard) -> Markup {
    if board.turns.is_empty() {
        return html! { p.small { (TOO_FEW) } };
    }
    let count = board.turns.len().max(8);
    let step = (WIDE - LEFT) / count as f64;
    let tall = HIGH - LOW - 10.0;
    let every = board.turns.len() / 16 + 1;
    let worst = board.turns.iter().max_by_key(|turn| turn.fell * 1000 / turn.trust.count.max(1));
    let best = board.turns.iter().max_by_key(|turn| turn.rose * 1000 / turn.trust.count.max(1));
    let description =
        format!("Trust rose for most after turn {}, and fell for most after turn {}.", best.map_or(1, |turn| turn.turn), worst.map_or(1, |turn| turn.turn));
    html! { div {
        p.small { span.key.rose aria-hidden="true" {} "rose (above) " span.key.same aria-hidden="true" {} "as before " span.key.fell aria-hidden="true" {} "fell (below)" }
        (chart(
            "heat",
            "For how many trust rose, stayed or fell, turn by turn",
            &description,
            &html! {
                @for (at, turn) in board.turns.iter().enumerate() {
                    @let x = LEFT + step * at as f64;
                    @let of = turn.trust.count.max(1) as f64;
                    @let (rose, same, fell) = (tall * turn.rose as f64 / of, tall * turn.same as f64 / of, tall * turn.fell as f64 / of);
                    rect.rose x=(figure(x + 1.0)) y="10" width=(figure((step - 2.0).max(1.0))) height=(figure(rose)) {}
                    rect.same x=(figure(x + 1.0)) y=(figure(10.0 + rose)) width=(figure((step - 2.0).max(1.0))) height=(figure(same)) {}
                    rect.fell x=(figure(x + 1.0)) y=(figure(10.0 + rose + same)) width=(figure((step - 2.0).max(1.0))) height=(figure(fell)) {}
                    @if at % every == 0 { text x=(figure(x + step / 2.0 - 3.0)) y=(HIGH - 8.0) { (turn.turn) } }
                }
            },
            &html! {
                table {
                    thead { tr { th { "turn" } th { "rose" } th { "as before" } th { "fell" } } }
                    tbody { @for turn in &board.turns { tr { td { (turn.turn) } td { (turn.rose) } td { (turn.same) } td { (turn.fell) } } } }
                }
            },
        ))
    } }
}

/// What was used of undo, hints and looks, and what tore and was mended.
#[must_use]
pub fn beside(board: &ClassBoard) -> Markup {
    html! {
        @if let Some((ruptures, repairs)) = board.ruptures { p { "Something tore " (times(ruptures)) @if ruptures > 0 && repairs == 0 { ", and was not mended yet." } @else if ruptures > 0 { ", and was mended " (times(repairs)) "." } @else { "." } } }
        @if let Some(helped) = board.helped {
            p { "Taken back: " (times(helped.undone as usize)) ". Hints asked for: " (times(helped.hints as usize)) ". Looked behind the scene: " (times(helped.looks as usize)) "." }
        }
    }
}

fn times(count: usize) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

/// The whole board on one page.
#[must_use]
pub fn board(board: &ClassBoard) -> Markup {
    html! {
        (where_it_is(board))
        @if board.is_shown() {
            div.pair { (trust(board)) (heat(board)) }
            (scores(board))
            (beside(board))
        } @else { p.small { (TOO_FEW) } }
    }
}

/// One session's trust as a line.
#[must_use]
pub fn one_trust(id: &str, start: f64, after: &[f64]) -> Markup {
    let values: Vec<f64> = std::iter::once(start).chain(after.iter().copied()).collect();
    let top = values.iter().copied().fold(0.2, f64::max).min(1.0);
    let top = ((top * 10.0) as u32 + 1).min(10);
    let count = values.len().max(2);
    let x = |at: usize| LEFT + 10.0 + (WIDE - LEFT - 30.0) * at as f64 / (count - 1) as f64;
    let y = |trust: f64| 10.0 + (HIGH - LOW - 10.0) * (1.0 - trust.clamp(0.0, 1.0) * 10.0 / f64::from(top));
    let mut line = String::new();
    for (at, trust) in values.iter().enumerate() {
        let _ = write!(line, "{},{} ", figure(x(at)), figure(y(*trust)));
    }
    let every = values.len() / 12 + 1;
    chart(
        id,
        "Trust over the session, of 100",
        &format!("From {} at the start to {} after turn {}.", percent(start), percent(*values.last().unwrap_or(&start)), after.len()),
        &html! {
            @for tenth in 0..=top {
                @let at = y(f64::from(tenth) / 10.0);
                line.axis x1=(LEFT) x2=(WIDE) y1=(figure(at)) y2=(figure(at)) {}
                @if top < 6 || tenth % 2 == 0 { text x="6" y=(figure(at + 4.0)) { (tenth * 10) } }
            }
            polyline.line points=(line.trim_end()) {}
            @for at in 0..values.len() { @if at % every == 0 { text x=(figure(x(at) - 3.0)) y=(HIGH - 8.0) { (at) } } }
        },
        &html! {
            table {
                thead { tr { th { "after turn" } th { "trust" } } }
                tbody { @for (at, trust) in values.iter().enumerate() { tr { td { (at) } td { (percent(*trust)) } } } }
            }
        },
    )
}

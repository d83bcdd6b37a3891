//! Progress as one HTML page that needs nothing beside it: curves as SVG with titles, descriptions and the same figures as tables. It prints well.

use super::ProgressReport;
use super::word_for_percent;
use super::words::{METHOD, SCALE_NAMES, course_words, curve_words, gap_words, standing_words};
use crate::record::progress::{Curve, Moved, Next, Progress, Standing};
use crate::report::when::short;
use crate::scoring::act_words::name_of;
use crate::scoring::percent;
use crate::text::on_one_line;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::fmt::Write as _;

const STYLE: &str = "\
:root{--ink:#1c1c1a;--soft:#5c5a55;--line:#d9d6cf;--paper:#fff;--tint:#f6f4ef;--good:#00664a;--bad:#9c3a00;--curve:#0060a0;--band:#cfe2f0}\
*{box-sizing:border-box}body{font:16px/1.55 Georgia,'Times New Roman',serif;color:var(--ink);background:var(--paper);max-width:50rem;margin:2.5rem auto;padding:0 1.2rem}\
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.15rem;margin:2.2rem 0 .6rem;padding-top:.5rem;border-top:1px solid var(--line)}h3{font-size:1rem;margin:1.4rem 0 .2rem}\
p{margin:.4rem 0}.meta,.small,th,td.n,figcaption,summary{font-family:system-ui,sans-serif}.meta,.small,figcaption,summary{color:var(--soft);font-size:.86rem}\
ul{padding-left:1.1rem}li{margin:.35rem 0}.next{background:var(--tint);padding:.6rem 1rem;margin:.9rem 0;border-radius:.3rem}code{font:.88rem ui-monospace,monospace}\
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}\
th{font-weight:600;font-size:.84rem}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
figure{margin:.4rem 0 .2rem}svg{width:100%;height:auto;display:block}svg text{font:12px system-ui,sans-serif;fill:var(--soft)}\
.band{fill:var(--band)}.mean{fill:none;stroke:var(--curve);stroke-width:2.5}.dot{fill:var(--paper);stroke:var(--curve);stroke-width:1.3}.grid{stroke:var(--line)}\
.up{fill:var(--good)}.down{fill:var(--bad)}details{margin:.3rem 0 .8rem}.plus{color:var(--good)}.minus{color:var(--bad)}\
@media(max-width:38rem){svg text{font-size:22px}td svg{width:4rem!important}table{display:block;overflow-x:auto;font-size:.86rem}}\
@media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--soft:#aaa69c;--line:#44423d;--paper:#191816;--tint:#22211e;--good:#5ecfa5;--bad:#f0a070;--curve:#6db7ec;--band:#22384a}}\
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--tint:#fff;--good:#00553d;--bad:#8a3300;--curve:#004f86;--band:#dde9f2}body{font-size:10.5pt;margin:0;max-width:none;padding:0}\
h2,h3{break-after:avoid}figure,tr,li{break-inside:avoid}.next{border:1px solid var(--line)}details:not([open]){display:none}@page{margin:18mm}}";

/// The page.
#[must_use]
pub fn progress_page(report: &ProgressReport) -> String {
    let progress = &report.progress;
    let title = if report.person.is_empty() { "Progress".to_owned() } else { format!("Progress: {}", on_one_line(&report.person)) };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (title) }
                p.meta { (progress.sessions) @if progress.sessions == 1 { " session, " } @else { " sessions, " } (progress.turns) " turns" }
                (opening(progress))
                @if progress.sessions > 0 {
                    h2 { "The three scales" }
                    @for (curve, name) in progress.scales.iter().zip(SCALE_NAMES) { (scale(progress, curve, name)) }
                    h2 { "What trust rests on" }
                    (rows(progress))
                    h2 { "What you do more, and what less" }
                    (acts(progress))
                    h2 { "Your own impression" }
                    p { (gap_words(&progress.gap)) }
                    (gap(progress))
                }
                @if !report.courses.is_empty() {
                    h2 { "Courses" }
                    ul { @for (name, outcomes) in &report.courses { li { strong { (on_one_line(name)) } ": " (course_words(outcomes)) } } }
                }
                (drills(report))
                h2 { "The sessions" }
                (sessions(progress))
                p.small { (METHOD) }
                p.small { "Made by Practicum. The clients are not real people." }
            }
        }
    }
    .into_string()
}

fn opening(progress: &Progress) -> Markup {
    html! {
        @if progress.sessions == 0 { p { "There is no closed session to look back on yet. Progress begins with the first one." } }
        @if !progress.strengths.is_empty() {
            h2 { "What holds" }
            ul { @for strength in &progress.strengths { li { (strength) } } }
        }
        @if let Some(thing) = &progress.one_thing {
            h2 { "The one next thing" }
            p { (thing.seen) " " (thing.try_next) }
        }
        div.next {
            @for next in &progress.next {
                @let (command, title, because) = match next {
                    Next::Drill { skill, title, because } => (format!("practicum drill {skill}"), title, because),
                    Next::Scenario { id, title, because } => (format!("practicum play {id}"), title, because),
                };
                p { strong { (on_one_line(title)) } ": " (because) " " code { (on_one_line(&command)) } }
            }
        }
    }
}

/// The drawing, and the room for axes.
const WIDE: f64 = 760.0;
const HIGH: f64 = 220.0;
const LEFT: f64 = 28.0;
const LOW: f64 = 24.0;
const TOP: f64 = 8.0;

/// One decimal: the same bytes everywhere.
fn at(value: f64) -> String {
    format!("{value:.1}")
}

#[allow(clippy::cast_precision_loss)] // sessions of one person
fn across(session: usize, of: usize) -> f64 {
    let room = WIDE - LEFT - 12.0;
    if of < 2 { LEFT + room / 2.0 } else { LEFT + 6.0 + (room - 12.0) * session as f64 / (of - 1) as f64 }
}

fn up(points: f64) -> f64 {
    TOP + (HIGH - LOW - TOP) * (5.0 - points.clamp(1.0, 5.0)) / 4.0
}

fn scale(progress: &Progress, curve: &Curve, name: &str) -> Markup {
    let id = name.to_lowercase();
    let of = curve.points.len();
    let known: Vec<(usize, crate::record::progress::Point)> = curve.points.iter().enumerate().filter_map(|(n, point)| Some((n, (*point)?))).collect();
    let line = known.iter().fold(String::new(), |mut line, (n, point)| {
        let _ = write!(line, "{},{} ", at(across(*n, of)), at(up(point.mean)));
        line
    });
    let banded: Vec<_> = known.iter().filter_map(|(n, point)| Some((*n, point.band?))).collect();
    let band =
        banded.iter().map(|(n, (_, high))| (n, high)).chain(banded.iter().rev().map(|(n, (low, _))| (n, low))).fold(String::new(), |mut band, (n, edge)| {
            let _ = write!(band, "{},{} ", at(across(*n, of)), at(up(*edge)));
            band
        });
    html! {
        h3 { (name) }
        p { (curve_words(name, curve, true)) }
        figure {
            svg viewBox=(format!("0 0 {WIDE} {HIGH}")) role="img" aria-labelledby=(format!("{id}-title {id}-text")) xmlns="http://www.w3.org/2000/svg" {
                title id=(format!("{id}-title")) { (name) " over " (of) " sessions, 1 to 5" }
                desc id=(format!("{id}-text")) { (curve_words(name, curve, true)) " Circles are single sessions, the line is the mean of up to five, the shaded band is its uncertainty. The figures stand in the table below." }
                @for points in 1..=5 {
                    line.grid x1=(at(LEFT)) x2=(at(WIDE - 12.0)) y1=(at(up(f64::from(points)))) y2=(at(up(f64::from(points)))) {}
                    text x="8" y=(at(up(f64::from(points)) + 4.0)) { (points) }
                }
                polygon.band points=(band.trim_end()) {}
                // A thousand circles are no longer single sessions.
                @if of <= 120 { @for (n, point) in &known { circle.dot cx=(at(across(*n, of))) cy=(at(up(point.value))) r="3" {} } }
                polyline.mean points=(line.trim_end()) {}
                @if known.len() == 1 { circle.dot cx=(at(across(known[0].0, of))) cy=(at(up(known[0].1.mean))) r="4" {} }
                text x=(at(LEFT + 2.0)) y=(at(HIGH - 6.0)) { "session 1" }
                @if of > 1 { text x=(at(WIDE - 12.0)) y=(at(HIGH - 6.0)) text-anchor="end" { "session " (of) } }
            }
        }
        details {
            summary { (name) " in figures" }
            table {
                thead { tr { th { "Session" } th.n { "this session" } th.n { "mean of up to five" } th.n { "band" } } }
                tbody {
                    @for (n, point) in known {
                        tr {
                            td { (n + 1) " " span.small { (on_one_line(&progress.sat[n].scenario)) } }
                            td.n { (format!("{:.2}", point.value)) }
                            td.n { (format!("{:.2}", point.mean)) }
                            td.n { @match point.band { Some((low, high)) => (format!("{:.2} to {:.2}", low.max(1.0), high.min(5.0))), None => "–" } }
                        }
                    }
                }
            }
        }
    }
}

fn rows(progress: &Progress) -> Markup {
    let most = progress.rows.iter().map(|line| line.recent.0.max(line.recent.1)).max().unwrap_or(1).max(1);
    let long = |n: u32| format!("{:.1}", 88.0 * f64::from(n) / f64::from(most));
    html! {
        table {
            thead { tr { th { "Row of the trust matrix" } th { "lately" } th { span.small { "earned / cost" } } th.n { "earned" } th.n { "cost" } th.n { "in all" } } }
            tbody {
                @for line in &progress.rows {
                    tr {
                        td { (line.title) }
                        td { @if line.standing == Standing::Holds { span.plus { "+ " } } @else if line.standing == Standing::Costs { span.minus { "− " } } (standing_words(line)) }
                        td {
                            svg viewBox="0 0 92 18" style="width:5.8rem" role="img" aria-label=(format!("earned in {} turns, cost in {}", line.recent.0, line.recent.1)) xmlns="http://www.w3.org/2000/svg" {
                                rect.up x="2" y="2" height="6" width=(long(line.recent.0)) {}
                                rect.down x="2" y="10" height="6" width=(long(line.recent.1)) {}
                            }
                        }
                        td.n { (line.recent.0) }
                        td.n { (line.recent.1) }
                        td.n { (line.earned) " / " (line.lost) }
                    }
                }
            }
        }
    }
}

fn acts(progress: &Progress) -> Markup {
    html! {
        p.small { "Turns of 100 in which it was done: in your last five sessions, and before." }
        table {
            thead { tr { th { "What was done" } th.n { "lately" } th.n { "before" } th { "change" } } }
            tbody {
                @for line in &progress.acts {
                    tr {
                        td { (name_of(line.act)) }
                        td.n { (word_for_percent(line.recent)) }
                        td.n { @match line.before { Some(before) => (word_for_percent(before)), None => "–" } }
                        td { @match line.moved { Moved::Higher => "clearly more", Moved::Lower => "clearly less", Moved::NotTellable => "not to be told from chance", Moved::TooFew => "too few turns to say" } }
                    }
                }
            }
        }
    }
}

fn gap(progress: &Progress) -> Markup {
    let points = &progress.gap.points;
    let signed = |gap: Option<f64>| gap.map_or_else(|| "–".to_owned(), |gap| format!("{gap:+.1}"));
    let y = |size: f64| 10.0 + 90.0 * (1.0 - size.min(4.0) / 4.0);
    let line = points.iter().enumerate().fold(String::new(), |mut line, (n, point)| {
        let _ = write!(line, "{},{} ", at(across(n, points.len())), at(y(point.size)));
        line
    });
    html! {
        @if points.len() >= 2 {
            figure {
                svg viewBox=(format!("0 0 {WIDE} 120")) role="img" aria-labelledby="gap-title gap-text" xmlns="http://www.w3.org/2000/svg" {
                    title id="gap-title" { "How far own rating and scores lie apart" }
                    desc id="gap-text" { (gap_words(&progress.gap)) " 0 is agreement, 4 the widest gap there can be. The figures stand in the table below." }
                    @for size in [0, 2, 4] {
                        line.grid x1=(at(LEFT)) x2=(at(WIDE - 12.0)) y1=(at(y(f64::from(size)))) y2=(at(y(f64::from(size)))) {}
                        text x="8" y=(at(y(f64::from(size)) + 4.0)) { (size) }
                    }
                    polyline.mean points=(line.trim_end()) {}
                    @if points.len() <= 120 { @for (n, point) in points.iter().enumerate() { circle.dot cx=(at(across(n, points.len()))) cy=(at(y(point.size))) r="3" {} } }
                }
            }
        }
        @if !points.is_empty() {
            details {
                summary { "Own rating less score, in figures" }
                table {
                    thead { tr { th { "Session" } @for name in SCALE_NAMES { th.n { (name) } } } }
                    tbody { @for point in points { tr { td { (point.session + 1) } @for by in point.by { td.n { (signed(by)) } } } } }
                }
            }
        }
    }
}

fn drills(report: &ProgressReport) -> Markup {
    let practised: Vec<_> =
        report.drills.skills().iter().map(|skill| (skill, report.book.standing(skill.id()))).filter(|(_, standing)| standing.tries > 0).collect();
    html! {
        @if !practised.is_empty() {
            h2 { "Drills" }
            table {
                thead { tr { th { "Skill" } th.n { "level reached" } th.n { "working on" } th.n { "lines met" } } }
                tbody {
                    @for (skill, standing) in practised {
                        tr {
                            td { (on_one_line(skill.title())) }
                            td.n { @if standing.reached == 0 { "–" } @else { (standing.reached) } }
                            td.n { (standing.level) }
                            td.n { (standing.met) " of " (standing.tries) }
                        }
                    }
                }
            }
        }
    }
}

fn sessions(progress: &Progress) -> Markup {
    let score = |score: Option<f64>| score.map_or_else(|| "–".to_owned(), |score| format!("{score:.1}"));
    html! {
        details open[progress.sat.len() <= 20] {
            summary { "Every session" }
            table {
                thead { tr { th { "Session" } th { "when" } th { "client" } th.n { "turns" } @for name in SCALE_NAMES { th.n { (name) } } th.n { "trust" } } }
                tbody {
                    @for (n, sat) in progress.sat.iter().enumerate() {
                        tr {
                            td { (n + 1) }
                            td { (short(sat.since)) }
                            td { (on_one_line(&sat.scenario)) ", " (sat.number) }
                            td.n { (sat.turns) }
                            @for points in sat.scores { td.n { (score(points)) } }
                            td.n { (percent(sat.trust.0)) " → " (percent(sat.trust.1)) }
                        }
                    }
                }
            }
        }
    }
}

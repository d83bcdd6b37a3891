//! Sessions as one HTML page that needs nothing beside it: the debrief, trust as a curve with the moments marked, the talk with its evidence. It prints well.

use super::SessionReport;
use crate::appraisal::{Contribution, Scale};
use crate::report::own_rating::gaps;
use crate::report::when::when;
use crate::report::word_for;
use crate::scoring::moments::{Moment, Turned};
use crate::scoring::{ModelReply, TurnRecord, percent};
use crate::text::{neutralise, on_one_line};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::fmt::Write as _;

const STYLE: &str = "\
:root{--ink:#1c1c1a;--soft:#5c5a55;--line:#d9d6cf;--paper:#fff;--tint:#f6f4ef;--good:#00664a;--bad:#9c3a00;--curve:#0060a0}\
*{box-sizing:border-box}body{font:16px/1.55 Georgia,'Times New Roman',serif;color:var(--ink);background:var(--paper);max-width:46rem;margin:2.5rem auto;padding:0 1.2rem}\
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.15rem;margin:2.2rem 0 .6rem;padding-top:.5rem;border-top:1px solid var(--line)}h3{font-size:1rem;margin:1.2rem 0 .3rem}\
p{margin:.4rem 0}.meta,.small,th,td.n,figcaption,.scores{font-family:system-ui,sans-serif}.meta,.small,figcaption{color:var(--soft);font-size:.86rem}\
.lead{font-size:1.08rem}ul{padding-left:1.1rem}li{margin:.45rem 0}blockquote{margin:.35rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--line)}\
.who{font-family:system-ui,sans-serif;font-size:.8rem;color:var(--soft);display:block}.moment{background:var(--tint);padding:.6rem 1rem;margin:.9rem 0;border-radius:.3rem}\
.moment h3{margin-top:.2rem}.letter{display:inline-block;width:1.5rem;height:1.5rem;line-height:1.5rem;text-align:center;border-radius:50%;background:var(--curve);color:#fff;font:600 .85rem/1.5rem system-ui,sans-serif;margin-right:.4rem}\
.away .letter{background:var(--bad)}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}\
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.plus{color:var(--good)}.minus{color:var(--bad)}.talk{margin:.9rem 0}.talk .you{margin-left:1.6rem}\
.scores{font-size:.84rem;color:var(--soft)}mark{background:none;color:inherit;border-bottom:2px solid var(--good)}mark.minus{border-bottom-color:var(--bad)}\
figure{margin:.8rem 0}svg{width:100%;height:auto;display:block}svg text{font:13px system-ui,sans-serif;fill:var(--soft)}svg .letter-text{fill:#fff;font-weight:600}\
@media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--soft:#aaa69c;--line:#44423d;--paper:#191816;--tint:#22211e;--good:#5ecfa5;--bad:#f0a070;--curve:#6db7ec}svg .letter-text,.letter{color:#111;fill:#111}}\
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--tint:#fff;--good:#00553d;--bad:#8a3300;--curve:#004f86}body{font-size:10.5pt;margin:0;max-width:none;padding:0}\
h2,h3{break-after:avoid}.moment,.talk,figure,tr,li{break-inside:avoid}.moment{border:1px solid var(--line)}section+section{break-before:page}svg .letter-text,.letter{color:#fff;fill:#fff}@page{margin:18mm}}";

/// The page of these sessions.
#[must_use]
pub fn sessions_page(reports: &[SessionReport]) -> String {
    let title = match reports {
        [one] => one.title(),
        more => format!("{} sessions", more.len()),
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (clean(&title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                @if reports.len() > 1 {
                    h1 { (clean(&title)) }
                    ol { @for report in reports { li { a href={ "#s" (report.revisit.row.id) } { (clean(&report.title())) } ", " (when(report.revisit.row.since)) } } }
                }
                @for report in reports { section id={ "s" (report.revisit.row.id) } { (session(report)) } }
                p.small { "Made by Practicum. The scores are for practice and reflection, never for grading. The client is not a real person." }
            }
        }
    }
    .into_string()
}

fn clean(text: &str) -> String {
    on_one_line(text)
}

fn session(report: &SessionReport) -> Markup {
    let (row, debrief) = (&report.revisit.row, &report.debrief);
    let client = clean(&report.revisit.client);
    html! {
        h1 { (clean(&report.title())) }
        p.meta {
            @if !report.person.is_empty() { (clean(&report.person)) ", " }
            (when(row.since)) ", " (row.turns) " turns"
            @if let Some(course) = &report.course { ", course “" (clean(course)) "”" }
            @if row.open { ", broken off" }
        }
        p.lead { (clean(&debrief.opening)) }
        @if !debrief.strengths.is_empty() {
            h2 { "What went well" }
            ul {
                @for strength in &debrief.strengths {
                    li { (clean(&word_for::quoted(&strength.words))) " " span.small { "turn " (strength.turn) } br; (clean(&strength.praise)) }
                }
            }
        }
        h2 { "Trust over the session" }
        (curve(report))
        @if !debrief.moments.is_empty() {
            h2 { "Where it turned" }
            @for (moment, letter) in debrief.moments.iter().zip('a'..) { (one_moment(&client, moment, letter)) }
        }
        h2 { "The three scores" }
        (scores(report))
        @if let Some(thing) = &debrief.one_thing {
            h2 { "One thing to change" }
            p { (clean(&thing.seen)) " " (clean(&thing.try_next)) }
            @if let Some(example) = &thing.example {
                p { "For example in turn " (example.turn) ", after " (client) " had said " (clean(&word_for::quoted(&example.client_said))) ":" }
                blockquote { span.who { "You" } (clean(&example.you_said)) }
                blockquote { span.who { "One could say" } (model(&example.instead)) }
            }
        }
        h2 { "What earned trust, and what cost it" }
        (matrix(report))
        h2 { "In counts" }
        (counts(report))
        @if !report.notes.is_empty() {
            h2 { "Your notes" }
            ul { @for note in &report.notes { li { span.small { "turn " (note.turn) ": " } (clean(&note.words)) } } }
        }
        h2 { "The talk" }
        @if let Some(opening) = report.opening() { div.talk { span.who { (client) } (clean(opening)) } }
        @for turn in &report.records { (one_turn(&client, turn, &report.letters())) }
        p.small { (report.revisit.fidelity) " Scenario " (row.scenario) ", digest " (row.digest.get(..16).unwrap_or(&row.digest)) "…, seed " (row.opening.seed) ", Practicum " (row.engine) "." }
    }
}

fn model(reply: &ModelReply) -> Markup {
    html! { (clean(&word_for::quoted(&reply.say))) " " span.small { (word_for::sentence(&reply.because)) } }
}

fn one_moment(client: &str, moment: &Moment, letter: char) -> Markup {
    let away = moment.turned == Turned::Away;
    let what = if moment.repaired {
        "you mended what had come between you".to_owned()
    } else if moment.ruptured {
        format!("this hurt {client}")
    } else if moment.told_layer.is_some_and(|layer| layer >= 1) {
        format!("{client} told you something that had been kept back")
    } else if away {
        format!("{client} moved away")
    } else {
        format!("{client} came closer")
    };
    html! {
        div class={ "moment" @if away { " away" } } {
            h3 { span.letter { (letter) } "Turn " (moment.turn) ": " (what) "; trust " (word_for::trust(true, moment.trust.0, moment.trust.1)) }
            blockquote { span.who { (client) } (clean(&moment.client_said)) }
            blockquote { span.who { "You" } (clean(&moment.you_said)) }
            @if !moment.words.because.is_empty() { p { "What did it: " (clean(&word_for::quoted(&moment.words.quote))) ": " (word_for::reason(&moment.words.because)) } }
            @if !moment.felt.trim().is_empty() { p.small { "What " (client) " thought and did not say: " (clean(&word_for::quoted(&moment.felt))) } }
            @if let Some(reply) = &moment.model { p { @if away { "One could say instead: " } @else { "Another way that works: " } (model(reply)) } }
        }
    }
}

fn scores(report: &SessionReport) -> Markup {
    let card = &report.debrief.scores;
    let own = report.own();
    let gaps = own.map(|own| gaps(own, card)).unwrap_or_default();
    html! {
        table {
            thead { tr { th { "" } th { "in words" } th.n { "mean, 1 to 5" } @if own.is_some() { th.n { "your own impression" } } } }
            tbody {
                @for scale in [Scale::Empathy, Scale::NonJudgment, Scale::Listening] {
                    @let points = card.on(scale).map(|mean| mean.points);
                    tr {
                        th scope="row" { (word_for::scale(scale)) }
                        td { (word_for::score(scale, points)) }
                        td.n { (points.map_or_else(|| "–".to_owned(), |points| format!("{points:.1}"))) }
                        @if own.is_some() { td.n { (gaps.iter().find(|(of, ..)| *of == scale).map_or_else(|| "–".to_owned(), |(_, own, _)| format!("{own:.0}"))) } }
                    }
                }
            }
        }
        @if let Some(own) = own.filter(|own| !own.words.is_empty()) { p { "You wrote: " (clean(&word_for::quoted(&own.words))) } }
    }
}

fn matrix(report: &SessionReport) -> Markup {
    let matrix = &report.debrief.matrix;
    let rows = [("Earned", &matrix.earned), ("Lost", &matrix.lost)];
    html! {
        @if matrix.earned.is_empty() && matrix.lost.is_empty() { p { "No row of the trust matrix was touched yet." } }
        @for (name, rows) in rows.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            h3 { (name) }
            table { tbody { @for row in rows {
                tr { th scope="row" { (row.title) } td { (clean(&word_for::quoted(&row.words))) } td.n { (word_for::in_turns(row.turn, row.times)) } }
            } } }
        }
        @if !matrix.not_met.is_empty() {
            p.small { "Not met yet, and good to practise with this client: " (matrix.not_met.iter().map(|factor| factor.title().to_lowercase()).collect::<Vec<_>>().join("; ")) "." }
        }
    }
}

fn counts(report: &SessionReport) -> Markup {
    let counts = &report.debrief.counts;
    let band = |band| if counts.uncertain { String::new() } else { word_for::miti(band).to_owned() };
    let mut rows = vec![("Reflections, of which added meaning", format!("{}, {}", counts.reflections, counts.complex_reflections), String::new())];
    rows.push(("Questions, of which open", format!("{}, {}", counts.questions, counts.open_questions), String::new()));
    if let Some(ratio) = counts.reflection_to_question {
        rows.push(("Reflections to one question", format!("{:.1}", ratio.value), band(ratio.band)));
    }
    if let Some(share) = counts.complex_share {
        rows.push(("Share of reflections that added meaning", format!("{:.0} %", share.value * 100.0), band(share.band)));
    }
    if let Some(relational) = counts.relational {
        rows.push(("Warmth and partnership, as far as words show it", format!("{:.1} of 5", relational.value), band(relational.band)));
    }
    rows.push(("Replies that affirmed, asked leave or left the choice", counts.adherent.to_string(), String::new()));
    rows.push(("Replies that advised, warned, pressed or blamed", counts.non_adherent.to_string(), String::new()));
    if let Some(share) = counts.talk_share {
        rows.push(("Your share of the words", format!("{:.0} %", share * 100.0), String::new()));
    }
    html! {
        table { tbody { @for (name, value, band) in rows { tr { th scope="row" { (name) } td.n { (value) } td { (band) } } } } }
        p.small {
            @if counts.uncertain { "This was short: one sentence more or less would change these ratios, so they are given without a band." }
            @else { "Bands from research (MITI 4.2.1), no marks: of 110 published demonstrations of good practice, about half reach one reflection to a question." }
        }
    }
}

/// As much evidence as is read beside a turn.
const EVIDENCE: usize = 4;

fn one_turn(client: &str, turn: &TurnRecord, letters: &[(u32, char)]) -> Markup {
    let scores: Vec<String> = [Scale::Empathy, Scale::NonJudgment, Scale::Listening]
        .into_iter()
        .map(|scale| format!("{} {}", word_for::scale(scale).to_lowercase(), word_for::score(scale, turn.appraisal.scores.points(scale))))
        .collect();
    let letter = letters.iter().find(|(at, _)| *at == turn.turn);
    html! {
        div.talk id={ "t" (turn.turn) } {
            div.you {
                span.who { @if let Some((_, letter)) = letter { span.letter { (letter) } } "You, turn " (turn.turn) }
                (clean(&turn.heard))
                p.scores { (scores.join(" · ")) " · trust " (word_for::trust(true, turn.trust.0, turn.trust.1)) }
                @for part in evidence(turn) {
                    p.scores {
                        span class=(if part.points < 0.0 { "minus" } else { "plus" }) { (if part.points < 0.0 { "− " } else { "+ " }) }
                        @let words = part.span.of(&turn.heard).trim();
                        @if !words.is_empty() && words != turn.heard.trim() { (clean(&word_for::quoted(words))) ": " }
                        (word_for::reason(&part.because))
                    }
                }
            }
            span.who { (client) }
            (clean(&turn.said))
        }
    }
}

/// The reasons that weighed most, each once.
fn evidence(turn: &TurnRecord) -> Vec<&Contribution> {
    let scores = &turn.appraisal.scores;
    let mut parts: Vec<&Contribution> = [&scores.empathy, &scores.non_judgment, &scores.listening]
        .into_iter()
        .flatten()
        .flat_map(|score| &score.because)
        .filter(|part| part.points.abs() >= 0.1 && !part.because.trim().is_empty())
        .collect();
    parts.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
    let mut told: Vec<&Contribution> = Vec::new();
    for part in parts {
        if told.len() < EVIDENCE && !told.iter().any(|other| other.because == part.because) {
            told.push(part);
        }
    }
    told
}

/// The curve's size.
const WIDE: f64 = 720.0;
const HIGH: f64 = 250.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 34.0;

/// Trust at the opening and after each turn, with the moments' letters, and the same in a sentence.
fn curve(report: &SessionReport) -> Markup {
    let line = &report.debrief.trust;
    let values: Vec<f64> =
        std::iter::once(line.start).chain(line.after.iter().copied()).map(|value| if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 }).collect();
    let highest = values.iter().copied().fold(0.0, f64::max);
    let top = ((highest * 10.0).ceil() / 10.0).clamp(0.2, 1.0);
    let last = values.len().saturating_sub(1).max(1);
    #[allow(clippy::cast_precision_loss)] // a number of turns
    let x = |turn: usize| LEFT + (WIDE - LEFT - RIGHT) * turn as f64 / last as f64;
    let y = |value: f64| TOP + (HIGH - TOP - BOTTOM) * (1.0 - value / top);
    let mut points = String::new();
    for (turn, value) in values.iter().enumerate() {
        let _ = write!(points, "{:.1},{:.1} ", x(turn), y(*value));
    }
    let steps: Vec<f64> = (0..=4).map(|step| top * f64::from(step) / 4.0).collect();
    let every = [1, 2, 5, 10, 20, 50, 100, 200].into_iter().find(|every| last / every <= 12).unwrap_or(500);
    let first_turn = report.records.first().map_or(1, |turn| turn.turn);
    let marks: Vec<(usize, char, bool)> = report
        .debrief
        .moments
        .iter()
        .zip('a'..)
        .filter_map(|(moment, letter)| {
            let at = usize::try_from(moment.turn.checked_sub(first_turn)? + 1).ok()?;
            (at < values.len()).then_some((at, letter, moment.turned == Turned::Away))
        })
        .collect();
    let described = format!("Trust of 100: {} at the start, {} at the end, highest {}.", percent(line.start), percent(line.end), percent(highest));
    let id = report.revisit.row.id;
    html! {
        figure {
            svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDE) " " (HIGH) } role="img" aria-labelledby={ "ct" (id) " cd" (id) } {
                title id={ "ct" (id) } { "Trust over the session" }
                desc id={ "cd" (id) } { (described) }
                @for step in &steps {
                    line x1=(LEFT) x2=(WIDE - RIGHT) y1=(format!("{:.1}", y(*step))) y2=(format!("{:.1}", y(*step))) stroke="var(--line)" stroke-width="1" {}
                    text x=(LEFT - 8.0) y=(format!("{:.1}", y(*step) + 4.0)) text-anchor="end" { (percent(*step)) }
                }
                @for turn in (0..values.len()).filter(|turn| *turn > 0 && turn % every == 0) {
                    text x=(format!("{:.1}", x(turn))) y=(HIGH - 12.0) text-anchor="middle" { (turn + usize::try_from(first_turn).unwrap_or(1) - 1) }
                }
                polyline points=(points.trim_end()) fill="none" stroke="var(--curve)" stroke-width="2.5" stroke-linejoin="round" {}
                @for (turn, value) in values.iter().enumerate() { circle cx=(format!("{:.1}", x(turn))) cy=(format!("{:.1}", y(*value))) r="2.6" fill="var(--curve)" {} }
                @for (turn, letter, away) in &marks {
                    @let at = values.get(*turn).copied().unwrap_or(0.0);
                    @let above = if y(at) > TOP + 22.0 { y(at) - 17.0 } else { y(at) + 17.0 };
                    circle cx=(format!("{:.1}", x(*turn))) cy=(format!("{above:.1}")) r="10" fill=(if *away { "var(--bad)" } else { "var(--curve)" }) {}
                    text.letter-text x=(format!("{:.1}", x(*turn))) y=(format!("{:.1}", above + 4.5)) text-anchor="middle" { (letter) }
                }
            }
            figcaption { (described) " Turns run from left to right; letters mark the moments below." }
        }
        @if !values.is_empty() {
            p.small { "After each turn: " (values.iter().skip(1).map(|value| percent(*value).to_string()).collect::<Vec<_>>().join(", ")) "." }
        }
    }
}

/// Words for a title of a file: letters, digits and hyphens.
#[must_use]
pub fn file_stem(title: &str) -> String {
    let plain: String = neutralise(title).to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

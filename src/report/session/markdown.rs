//! A session as Markdown: the debrief, and the talk itself.

use super::SessionReport;
use crate::appraisal::Scale;
use crate::report::own_rating::gaps;
use crate::report::when::when;
use crate::report::word_for;
use crate::scoring::moments::Turned;
use crate::text::on_one_line;
use std::fmt::Write as _;

/// One session.
#[must_use]
pub fn session_markdown(report: &SessionReport) -> String {
    let (row, debrief, client) = (&report.revisit.row, &report.debrief, on_one_line(&report.revisit.client));
    let mut text = format!("# {}\n\n", literal(&report.title()));
    // Writing into a string does not fail.
    let mut line = |words: String| {
        let _ = writeln!(text, "{words}\n");
    };
    let course = report.course.as_ref().map_or_else(String::new, |course| format!(", course “{}”", literal(course)));
    let person = if report.person.is_empty() { String::new() } else { format!("{}, ", literal(&report.person)) };
    line(format!("{person}{}, {} turns{course}. For practice and reflection, never for grading.", when(row.since), row.turns));
    line(literal(&debrief.opening));
    if !debrief.strengths.is_empty() {
        line("## What went well".to_owned());
        for strength in &debrief.strengths {
            line(format!("- {} (turn {}) {}", literal(&word_for::quoted(&strength.words)), strength.turn, literal(&strength.praise)));
        }
    }
    if !debrief.moments.is_empty() {
        line("## Where it turned".to_owned());
        for (moment, letter) in debrief.moments.iter().zip('a'..) {
            let way = if moment.turned == Turned::Away { "away" } else { "closer" };
            line(format!("### {letter}. Turn {}: {way}, trust {}", moment.turn, word_for::trust(true, moment.trust.0, moment.trust.1)));
            line(format!("{client}: {}  \nYou: {}", literal(&word_for::quoted(&moment.client_said)), literal(&word_for::quoted(&moment.you_said))));
            if !moment.words.because.is_empty() {
                line(format!("{}: {}", literal(&word_for::quoted(&moment.words.quote)), literal(&word_for::reason(&moment.words.because))));
            }
            if let Some(model) = &moment.model {
                line(format!("One could say: {} {}", literal(&word_for::quoted(&model.say)), literal(&word_for::sentence(&model.because))));
            }
        }
    }
    if let Some(thing) = &debrief.one_thing {
        line("## One thing to change".to_owned());
        line(format!("{} {}", literal(&thing.seen), literal(&thing.try_next)));
    }
    line("## Scores".to_owned());
    let mut table = "| | mean | in words |\n|---|---|---|\n".to_owned();
    for scale in [Scale::Empathy, Scale::NonJudgment, Scale::Listening] {
        let points = debrief.scores.on(scale).map(|mean| mean.points);
        let value = points.map_or_else(|| "–".to_owned(), |points| format!("{points:.1}"));
        let _ = writeln!(table, "| {} | {value} | {} |", word_for::scale(scale), word_for::score(scale, points));
    }
    line(table.trim_end().to_owned());
    if let Some(own) = report.own() {
        line("## Your own impression beside it".to_owned());
        for (scale, own, shown) in gaps(own, &debrief.scores) {
            line(format!("- {}: you said {own:.0}, the words show {shown:.1}", word_for::scale(scale)));
        }
        if !own.words.is_empty() {
            line(literal(&word_for::quoted(&own.words)));
        }
    }
    if !report.notes.is_empty() {
        line("## Notes".to_owned());
        for note in &report.notes {
            line(format!("- Turn {}: {}", note.turn, literal(&note.words)));
        }
    }
    line("## The talk".to_owned());
    if let Some(opening) = report.opening() {
        line(format!("**{client}:** {}", literal(opening)));
    }
    for turn in &report.records {
        line(format!("**You ({}):** {}", turn.turn, literal(&turn.heard)));
        line(format!("**{client}:** {}", literal(&turn.said)));
    }
    text.trim_end().to_owned() + "\n"
}

/// Words that Markdown takes as words.
fn literal(words: &str) -> String {
    let words = on_one_line(words);
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

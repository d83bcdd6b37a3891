//! `/why`: how a reply came to its scores, with the words that did it.

use super::{Page, word_for};
use crate::appraisal::{Contribution, FoundAct, Scale, Score};
use crate::scoring::TurnRecord;
use crate::scoring::act_words::name_of;
use crate::text::Span;

/// Contributions smaller than this (points of 5) are left out of the text; the JSON form has them all.
const WORTH_A_LINE: f64 = 0.1;
/// As many lines a scale as are read.
const LINES: usize = 4;

/// Why turn n was scored as it was, and what it did to the client.
#[must_use]
pub fn why_text(page: &Page, client: &str, turn: &TurnRecord) -> String {
    let mut set = page.paragraph(2, &format!("Turn {}: {}", turn.turn, word_for::quoted(&turn.heard)));
    for found in acts_once(&turn.appraisal.acts) {
        let words = found.span.of(&turn.heard);
        set += &page.hanging("  ", "    ", &format!("Heard as {}: {}: {}", name_of(found.act), word_for::quoted(words), word_for::reason(&found.because)));
    }
    let scores = &turn.appraisal.scores;
    for (scale, score) in [(Scale::Empathy, &scores.empathy), (Scale::NonJudgment, &scores.non_judgment), (Scale::Listening, &scores.listening)] {
        set += &scale_lines(page, scale, score.as_ref(), &turn.heard);
    }
    if page.numbers {
        set += &page.paragraph(2, &format!("Trust: {}.", word_for::trust(true, turn.trust.0, turn.trust.1)));
    }
    let mut reasons: Vec<&str> = turn.shifts.iter().map(|shift| shift.because.as_str()).filter(|because| !because.trim().is_empty()).collect();
    reasons.dedup();
    for because in reasons.into_iter().take(LINES) {
        set += &page.hanging("  ", "    ", &format!("{client}: {}", word_for::reason(because)));
    }
    set
}

/// Each act once, by its strongest finding, in the order of the reply.
fn acts_once(acts: &[FoundAct]) -> Vec<&FoundAct> {
    let strongest = |found: &FoundAct| {
        let same = acts.iter().filter(|other| other.act == found.act);
        same.rev().max_by(|a, b| a.strength.total_cmp(&b.strength)).is_some_and(|best| std::ptr::eq(best, found))
    };
    acts.iter().filter(|found| strongest(found)).collect()
}

fn scale_lines(page: &Page, scale: Scale, score: Option<&Score>, heard: &str) -> String {
    let name = word_for::scale(scale);
    let Some(score) = score else { return page.paragraph(2, &format!("{name}: not scored.")) };
    let mut set = page.paragraph(2, &format!("{name}: {}", word_for::score_with(page.numbers, scale, Some(score.points))));
    let mut told: Vec<&str> = Vec::new();
    for part in score.because.iter().filter(|part| part.points.abs() >= WORTH_A_LINE && !part.because.is_empty()) {
        if told.len() < LINES && !told.contains(&&*part.because) {
            told.push(&part.because);
            set += &page.hanging("    ", "      ", &contribution(page, part, heard));
        }
    }
    set
}

/// "+0.8 “you sound worn out”: names the feeling."
fn contribution(page: &Page, part: &Contribution, heard: &str) -> String {
    let sign = if part.points < 0.0 { "−" } else { "+" };
    let points = if page.numbers { format!("{sign}{:.1} ", part.points.abs()) } else { format!("{sign} ") };
    let because = word_for::reason(&part.because);
    let whole = part.span == Span::new(0, heard.len()) || part.span.of(heard).trim().is_empty();
    if whole { format!("{points}{because}") } else { format!("{points}{}: {because}", word_for::quoted(part.span.of(heard))) }
}

//! Progress made readable: for the terminal, for screen readers, as data, as a page.

mod chart;
mod data;
mod page;
mod words;

pub use data::progress_json;
pub use page::progress_page;

use super::Page;
use super::word_for;
use crate::drill::{Book, Drills};
use crate::record::progress::{Moved, Next, Progress, RowLine, Standing};
use crate::scoring::act_words::name_of;
use crate::session::course::Outcomes;
use words::{METHOD, SCALE_NAMES, course_words, curve_words, gap_words, standing_words};

/// Progress with what belongs to it.
#[derive(Debug)]
pub struct ProgressReport {
    /// Whose; empty where no name was given.
    pub person: String,
    /// Over the sessions.
    pub progress: Progress,
    /// Courses by name, with what came of each.
    pub courses: Vec<(String, Outcomes)>,
    /// The drills there are.
    pub drills: Drills,
    /// What the tries at them add up to.
    pub book: Book,
}

/// Rows and acts beyond these are for the page and for programs.
const SHOWN: usize = 8;

/// For the terminal, or in plain form for screen readers.
#[must_use]
pub fn progress_text(page: &Page, report: &ProgressReport) -> String {
    let progress = &report.progress;
    if progress.sessions == 0 {
        let mut set = page.paragraph(0, "There is no closed session to look back on yet. Progress begins with the first one.");
        set += &drills(page, report);
        set += &next(page, &progress.next);
        return set;
    }
    let sessions = crate::diagnostic::wording::counted(progress.sessions as usize, "session");
    let mut set = page.heading(&format!("Progress over {sessions} and {} turns", progress.turns));
    if progress.strengths.is_empty() {
        set += &page.paragraph(2, "It is early to say what holds; a few more sessions will show it.");
    }
    for strength in &progress.strengths {
        set += &page.hanging("  + ", "    ", strength);
    }
    if let Some(thing) = &progress.one_thing {
        set += &page.hanging("  → ", "    ", &format!("The one next thing: {} {}", thing.seen, thing.try_next));
    }
    for (curve, name) in progress.scales.iter().zip(SCALE_NAMES) {
        set += &page.heading(name);
        set += &chart::drawn(page, curve);
        set += &page.paragraph(2, &curve_words(name, curve, page.numbers));
    }
    set += &rows(page, &progress.rows);
    set += &acts(page, report);
    set += &page.heading("Your own impression");
    set += &page.paragraph(2, &gap_words(&progress.gap));
    set += &courses(page, report);
    set += &drills(page, report);
    set += &next(page, &progress.next);
    set += "\n";
    set += &page.aside(0, METHOD);
    set
}

fn rows(page: &Page, rows: &[RowLine]) -> String {
    let mut set = page.heading("What trust rests on");
    let mut shown = 0;
    for standing in [Standing::Costs, Standing::NotMet, Standing::Mixed, Standing::Holds] {
        for line in rows.iter().filter(|line| line.standing == standing).take(SHOWN / 2) {
            let (mark, rest) = if standing == Standing::Holds { ("  + ", "    ") } else { ("  · ", "    ") };
            set += &page.hanging(mark, rest, &format!("{}: {}.", line.title, standing_words(line)));
            shown += 1;
        }
    }
    if shown < rows.len() {
        set += &page.aside(2, &format!("{} more rows stand on the page that --html writes.", rows.len() - shown));
    }
    set
}

fn acts(page: &Page, report: &ProgressReport) -> String {
    let mut set = page.heading("What you do more, and what less");
    let percent = |share: f64| word_for_percent(share);
    let (moved, rest): (Vec<_>, Vec<_>) = report.progress.acts.iter().partition(|line| matches!(line.moved, Moved::Higher | Moved::Lower));
    for line in &moved {
        let way = if line.moved == Moved::Higher { "more" } else { "less" };
        let before = line.before.unwrap_or(0.0);
        set +=
            &page.hanging("  · ", "    ", &format!("{way} {}: {} turns of 100 lately, {} before.", name_of(line.act), percent(line.recent), percent(before)));
    }
    if moved.is_empty() {
        set += &page.paragraph(2, "Nothing has changed by more than chance would make.");
    }
    let often: Vec<String> =
        rest.iter().filter(|line| line.recent > 0.0).take(SHOWN).map(|line| format!("{} {}", name_of(line.act), percent(line.recent))).collect();
    if !often.is_empty() {
        set += &page.paragraph(2, &format!("As before, in turns of 100: {}.", often.join(", ")));
    }
    set
}

fn word_for_percent(share: f64) -> String {
    let hundred = share * 100.0;
    if hundred > 0.0 && hundred < 1.0 { "under 1".to_owned() } else { format!("{hundred:.0}") }
}

fn courses(page: &Page, report: &ProgressReport) -> String {
    if report.courses.is_empty() {
        return String::new();
    }
    let mut set = page.heading("Courses");
    for (name, outcomes) in &report.courses {
        set += &page.hanging("  · ", "    ", &format!("{name}: {}", course_words(outcomes)));
    }
    set
}

fn drills(page: &Page, report: &ProgressReport) -> String {
    let practised: Vec<String> = report
        .drills
        .skills()
        .iter()
        .filter_map(|skill| {
            let standing = report.book.standing(skill.id());
            (standing.tries > 0).then(|| match standing.reached {
                0 => format!("{}: working on level {}", skill.title(), standing.level),
                reached => format!("{}: level {reached} reached", skill.title()),
            })
        })
        .collect();
    if practised.is_empty() {
        return String::new();
    }
    let lines: String = practised.iter().map(|line| page.hanging("  · ", "    ", &format!("{line}."))).collect();
    format!("{}{lines}", page.heading("Drills"))
}

fn next(page: &Page, next: &[Next]) -> String {
    let mut set = page.heading("Next");
    for one in next {
        let (command, because) = match one {
            Next::Drill { skill, because, .. } => (format!("practicum drill {skill}"), because),
            Next::Scenario { id, because, .. } => (format!("practicum play {id}"), because),
        };
        set += &page.hanging("  · ", "    ", &format!("{command}: {}", word_for::sentence(because)));
    }
    set
}

#[cfg(test)]
mod tests;

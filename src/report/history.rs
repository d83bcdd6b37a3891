//! What was kept, as a list.

use super::when::short;
use super::{Page, word_for};
use crate::appraisal::Scale;
use crate::diagnostic::wording::counted;
use crate::record::Summary;
use crate::record::search::Hit;
use crate::record::sessions::SessionRow;

/// One session of the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As the record lists it.
    pub row: SessionRow,
    /// The client's name.
    pub client: String,
    /// The course's name.
    pub course: Option<String>,
    /// Whose, where everybody's are listed.
    pub person: Option<String>,
    /// In short.
    pub summary: Summary,
    /// Where the words were found.
    pub hit: Option<Hit>,
}

/// The list.
#[must_use]
pub fn history_text(page: &Page, entries: &[Entry]) -> String {
    entries.iter().map(|entry| one(page, entry)).collect()
}

fn one(page: &Page, entry: &Entry) -> String {
    let Entry { row, client, course, person, summary, hit } = entry;
    let mut head = format!("{}, {client}, session {}", short(row.since), row.number);
    if let Some(course) = course {
        head += &format!(" of “{}”", crate::text::on_one_line(course));
    }
    if let Some(person) = person.as_ref().filter(|person| !person.is_empty()) {
        head += &format!(", {}", crate::text::on_one_line(person));
    }
    head += &format!(": {}", counted(row.turns as usize, "turn"));
    if row.open {
        head += ", broken off";
    }
    let mut set = page.hanging(&format!("{:>4}  ", row.id.0), "      ", &head);
    let scores = [(Scale::Empathy, summary.empathy), (Scale::NonJudgment, summary.non_judgment), (Scale::Listening, summary.listening)];
    let scores: Vec<String> = scores
        .into_iter()
        .filter(|(_, points)| points.is_some())
        .map(|(scale, points)| format!("{} {}", word_for::scale(scale).to_lowercase(), word_for::score_with(false, scale, points)))
        .collect();
    if !scores.is_empty() {
        let trust = format!("trust {} to {}", crate::scoring::percent(summary.trust.0), crate::scoring::percent(summary.trust.1));
        set += &page.aside(6, &format!("{} · {trust}", scores.join(" · ")));
    }
    if let Some(hit) = hit {
        let who = match hit.speaker {
            "trainee" => "You",
            "client" => client.as_str(),
            _ => "Your note",
        };
        set += &page.hanging("      ", "        ", &format!("turn {}, {who}: {}", hit.turn, word_for::quoted(&word_for::briefly(&hit.text, 160))));
    }
    set
}

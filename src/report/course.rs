//! Where a course stands after one of its sessions: what comes next, or what came of it in the end.

use super::{Page, word_for};
use crate::diagnostic::wording::counted;
use crate::scoring::percent;
use crate::session::{Course, CourseEnd};

/// The section after the debrief of a session in a course. `name` is the course's.
#[must_use]
pub fn course_text(page: &Page, client: &str, name: &str, course: &Course) -> String {
    let outcomes = course.outcomes();
    let name = crate::text::on_one_line(name);
    let Some(end) = outcomes.end else {
        let next = format!(
            "That was session {} of {} in the course “{name}”. {client} takes along how it was; the same command with --course goes on from there.",
            outcomes.sessions, outcomes.planned
        );
        return format!("{}{}", if page.plain { "" } else { "\n" }, page.paragraph(0, &next));
    };
    let mut set = page.heading(&format!("The course with {client}, from its beginning to its end"));
    set += &page.paragraph(
        2,
        &match end {
            CourseEnd::Completed => format!("All {} took place, and {client} came to each of them.", counted(outcomes.sessions as usize, "session")),
            CourseEnd::WalkedOut => {
                format!("{client} walked out of session {} and did not come back. That happens in this work, and it can be talked about.", outcomes.sessions)
            }
            CourseEnd::DroppedOut => {
                format!("{client} ended session {} politely and did not come back. That happens in this work, and it can be talked about.", outcomes.sessions)
            }
            CourseEnd::TakenOver => "Your supervisor took over.".to_owned(),
        },
    );
    let (from, to) = outcomes.trust;
    let trust = if page.numbers { format!("{} of 100 at the close, from {}", percent(to), percent(from)) } else { word_for::trust_moved(from, to).to_owned() };
    set += &page.hanging("  ", "    ", &format!("Trust: {trust}."));
    set += &page.hanging("  ", "    ", &format!("Candour: {} of {} layers were told.", outcomes.told, outcomes.layers));
    if outcomes.promises_kept + outcomes.promises_broken > 0 {
        set += &page.hanging("  ", "    ", &format!("Promises: {} kept, {} broken.", outcomes.promises_kept, outcomes.promises_broken));
    }
    if outcomes.ruptures > 0 {
        set +=
            &page.hanging("  ", "    ", &format!("Ruptures: {}, of which {} mended.", outcomes.ruptures, word_for::share(outcomes.repairs, outcomes.ruptures)));
    }
    set
}

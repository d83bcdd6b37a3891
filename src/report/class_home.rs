//! What an instructor takes home: the boards as one page that needs nothing beside it, and scores as a table for a learning platform. Of single people only
//! what they agreed to.

use super::class_page::{self, NO_GRADES};
use crate::classroom::activity::{Activity, Calibration, State};
use crate::classroom::agreeing::{SCALES, in_plain_words};
use crate::classroom::board::ClassBoard;
use crate::classroom::{Play, Room, Seat};
use crate::diagnostic::wording::counted;
use crate::report::session::xapi::{Sat, statements_of};
use crate::report::word_for;
use crate::scoring::percent;
use crate::scoring::scorecard::{Mean, Scorecard};
use crate::text::on_one_line;
use maud::{Markup, html};

/// Which learning platform a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Canvas: it needs its own column names.
    Canvas,
    /// Moodle: any header can be mapped.
    Moodle,
}

/// The boards of a room as one page.
#[must_use]
pub fn boards(room: &Room) -> String {
    let activities: Vec<&Activity> = room.past.iter().chain(room.activity.as_ref()).collect();
    class_page::alone(
        "Practicum: the boards of a class",
        &html! {
            p { (counted(room.present().count(), "seat")) ", " (counted(activities.len(), "exercise")) ". " (NO_GRADES) }
            @for activity in activities { (one(activity)) }
        },
    )
}

fn one(activity: &Activity) -> Markup {
    html! {
        h2 { (activity.number) ". " (activity.plan.format.title()) @if !activity.title.is_empty() { ": " (activity.title) } }
        @match &activity.state {
            State::Everyone(everyone) => {
                (class_page::board(&ClassBoard::of(&everyone.plays.values().collect::<Vec<_>>())))
                @for (at, reply) in everyone.instructive.iter().enumerate() {
                    @if everyone.released.contains(&at) { (quoted(&reply.answered, &reply.words, &reply.note)) }
                }
            },
            State::Fishbowl(fishbowl) => (talk(&fishbowl.play, &activity.client)),
            State::Relay(relay) => (talk(&relay.play, &activity.client)),
            State::Triad(triad) => p { (counted(triad.groups.len(), "group")) ", " (counted(triad.groups.iter().map(|group| group.play.notes().len() + group.earlier.iter().map(|(play, _)| play.notes().len()).sum::<usize>()).sum(), "turn")) " in all." },
            State::Calibration(calibration) => (calibrated(activity, calibration)),
        }
    }
}

fn talk(play: &Play, client: &str) -> Markup {
    let trust: Vec<f64> = play.notes().iter().map(|note| note.trust.1).collect();
    html! {
        @if let Some((start, _)) = play.trust() { (class_page::one_trust("wall", start, &trust)) }
        p { strong { (client) ": " } (on_one_line(play.first())) }
        @for (input, note) in play.inputs().iter().zip(play.notes()) {
            p { strong { "The class: " } (on_one_line(&input.words)) br; span.small { "trust " (word_for::trust(true, note.trust.0, note.trust.1)) } }
            p { strong { (client) ": " } (on_one_line(&note.said)) }
        }
    }
}

fn quoted(answered: &str, words: &str, note: &crate::classroom::TurnNote) -> Markup {
    html! {
        div.card {
            p { (on_one_line(answered)) }
            p { "Somebody said: " strong { (on_one_line(words)) } }
            p.small { "trust " (word_for::trust(true, note.trust.0, note.trust.1)) }
            p { (on_one_line(&note.said)) }
        }
    }
}

fn calibrated(activity: &Activity, calibration: &Calibration) -> Markup {
    let Some(agreement) = &calibration.agreement else { return html! { p { "Too few people rated to say anything: it takes five." } } };
    let figure = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    html! {
        p { (counted(agreement.raters, "rater")) " rated every one of " (activity.plan.items.len()) " replies." }
        table {
            thead { tr { th { "score" } th { "each other, ICC" } th { "each other, kappa" } th { "with the instructor, kappa" } th { "with the program, kappa" } th { "in words" } } }
            tbody { @for (scale, one) in agreement.scales.iter().enumerate() {
                tr { td { (SCALES[scale]) } td { (figure(one.icc)) } td { (figure(one.kappa)) } td { (figure(one.instructor.map(|two| two.0))) } td { (figure(one.engine.map(|two| two.0))) } td { (one.icc.map_or("", in_plain_words)) } }
            } }
        }
        table {
            thead { tr { th { "reply" } th { "score" } th { "mean" } th { "spread" } th { "instructor" } th { "program" } } }
            tbody { @for spread in &agreement.widest {
                tr { td { (activity.plan.items.get(spread.item).map_or("", |item| item.reply.as_str())) } td { (SCALES[spread.scale]) } td { (format!("{:.1}", spread.mean)) } td { (format!("{:.1}", spread.spread)) } td { (spread.instructor.map_or_else(String::new, |mark| mark.to_string())) } td { (spread.engine.map_or_else(String::new, |points| format!("{points:.1}"))) } }
            } }
        }
    }
}

/// The sessions of one person in this room: the exercise's number and title, and the session.
fn sessions_of<'a>(room: &'a Room, seat: &'a Seat) -> impl Iterator<Item = (String, &'a Play)> {
    room.past.iter().chain(room.activity.as_ref()).filter_map(move |activity| match &activity.state {
        State::Everyone(everyone) => Some((format!("{}. {}", activity.number, activity.title), everyone.plays.get(&seat.id)?)),
        _ => None,
    })
}

/// The scores of those who agreed, as a table.
#[must_use]
pub fn scores(room: &Room, platform: Platform) -> String {
    let mut titles: Vec<String> = Vec::new();
    let agreed: Vec<&Seat> = room.present().filter(|seat| seat.consent == Some(true)).collect();
    for seat in &agreed {
        for (title, _) in sessions_of(room, seat) {
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
    }
    titles.sort();
    let mut table = csv::Writer::from_writer(Vec::new());
    let head: &[&str] = match platform {
        Platform::Canvas => &["Student", "ID", "SIS User ID", "SIS Login ID", "Section"],
        Platform::Moodle => &["Name in the room", "ID number"],
    };
    let columns = titles
        .iter()
        .flat_map(|title| ["turns", "trust (of 100)", "empathy", "non-judgment", "listening"].map(|what| format!("{title}: {what} (practice, no grade)")));
    let header: Vec<String> = head.iter().map(|name| (*name).to_owned()).chain(columns).map(|cell| harmless(&cell)).collect();
    // Writing to memory does not fail.
    let _ = table.write_record(&header);
    for seat in agreed {
        let mut row: Vec<String> = match platform {
            Platform::Canvas => vec![seat.name.clone(), String::new(), String::new(), seat.label.clone(), String::new()],
            Platform::Moodle => vec![seat.name.clone(), seat.label.clone()],
        };
        for title in &titles {
            let play = sessions_of(room, seat).find(|(other, _)| other == title).map(|(_, play)| play).filter(|play| !play.notes().is_empty());
            match play {
                None => row.extend(vec![String::new(); 5]),
                Some(play) => {
                    row.push(play.notes().len().to_string());
                    row.push(play.trust().map_or_else(String::new, |(_, trust)| percent(trust).to_string()));
                    row.extend(play.means().map(|mean| mean.map_or_else(String::new, |mean| format!("{mean:.2}"))));
                }
            }
        }
        let _ = table.write_record(row.iter().map(|cell| harmless(cell)));
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The sessions of those who agreed as xAPI statements, one a line, in cmi5's order. Only of exercises that are over.
#[must_use]
pub fn statements(room: &Room) -> String {
    let mut lines = String::new();
    for seat in room.present().filter(|seat| seat.consent == Some(true)) {
        for activity in room.past.iter().chain(room.activity.as_ref()) {
            let State::Everyone(everyone) = &activity.state else { continue };
            let (Some(play), Some(until)) = (everyone.plays.get(&seat.id).filter(|play| !play.notes().is_empty()), activity.ended_at) else { continue };
            let name = format!("practicum room {} {}, exercise {}, seat {}", room.opened_at, room.code, activity.number, seat.id);
            let mean = |scale: usize| play.means()[scale].map(|points| Mean { points, turns: u32::try_from(play.notes().len()).unwrap_or(u32::MAX) });
            let sat = Sat {
                uuid: &uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, name.as_bytes()).to_string(),
                person: &format!("{} {}", room.opened_at, if seat.label.is_empty() { &seat.name } else { &seat.label }),
                scenario: &activity.plan.scenario,
                number: activity.plan.session,
                title: &activity.title,
                since: activity.started_at,
                until,
                scores: &Scorecard { empathy: mean(0), non_judgment: mean(1), listening: mean(2) },
            };
            for statement in statements_of(&sat, None) {
                lines += &statement.to_string();
                lines.push('\n');
            }
        }
    }
    lines
}

/// A cell never starts a formula (safety notes, "Terminal").
#[must_use]
pub fn harmless(cell: &str) -> String {
    let cell = on_one_line(cell);
    if cell.starts_with(['=', '+', '-', '@', '|', '%']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_never_starts_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("\u{202e}@x\n=y"), "'@x =y");
        assert_eq!(harmless("Amber Heron"), "Amber Heron");
    }
}

//! The shelf and a single scenario, for people. What a trainee may not know before the first session is left out.

use super::Page;
use crate::diagnostic::wording::counted;
use crate::scenario::{Listing, Scenario};
use serde::Serialize;

/// A level in a word.
#[must_use]
pub const fn level_name(level: u8) -> &'static str {
    match level {
        0 | 1 => "for the first weeks",
        2 => "when the basics stand",
        3 => "for those who have practised",
        4 => "hard",
        _ => "very hard",
    }
}

/// The list, by level.
#[must_use]
pub fn list_text(page: &Page, listed: &[Listing]) -> String {
    if listed.is_empty() {
        return page.paragraph(0, "The shelf is empty.");
    }
    let mut set = String::new();
    let mut level = None;
    for scenario in listed {
        if level != Some(scenario.level) {
            set += &page.heading(&format!("Level {}, {}", scenario.level, level_name(scenario.level)));
            level = Some(scenario.level);
        }
        set += &entry(page, scenario, None);
    }
    set
}

/// One scenario of the list; with a number where it is chosen by one.
#[must_use]
pub fn entry(page: &Page, scenario: &Listing, number: Option<usize>) -> String {
    let number = number.map(|number| format!("{number}. ")).unwrap_or_default();
    let sessions = counted(scenario.sessions, "session");
    let from = if scenario.built_in { "" } else { ", from your folder" };
    if page.plain {
        return page.paragraph(0, &format!("{number}{}: {}. {} ({sessions}{from})", scenario.id, scenario.title, scenario.summary));
    }
    let mut set = format!("  {number}{}  {}\n", page.paint.bold(&crate::text::on_one_line(&scenario.id)), page.paint.dim(&format!("{sessions}{from}")));
    set += &page.paragraph(4, &scenario.title);
    set += &page.paragraph(4, &scenario.summary);
    if scenario.risk {
        set += &page.paragraph(4, "This one touches risk to life; it plays only when you ask for it by name.");
    }
    set
}

/// A scenario as `show --format json` gives it.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    level: u8,
    teaches: Vec<&'static str>,
    content_note: &'a str,
    risk: bool,
    minutes_a_turn: f64,
    client: ShownClient<'a>,
    setting: &'a str,
    briefing: &'a str,
    sessions: Vec<ShownSession<'a>>,
    digest: &'a str,
}

#[derive(Debug, Serialize)]
struct ShownClient<'a> {
    name: &'a str,
    pronouns: [&'a str; 3],
    age: u8,
    appearance: &'a str,
}

#[derive(Debug, Serialize)]
struct ShownSession<'a> {
    number: u32,
    title: &'a str,
    turns: u32,
}

/// What anyone may know of a scenario.
#[must_use]
pub fn shown(scenario: &Scenario) -> Shown<'_> {
    let file = &scenario.file;
    let (subject, object, possessive) = &file.client.pronouns;
    Shown {
        id: &file.id,
        title: &file.title,
        summary: &file.summary,
        level: file.level,
        teaches: file.teaches.iter().map(|factor| factor.name()).collect(),
        content_note: &file.content_note,
        risk: file.risk,
        minutes_a_turn: file.minutes_a_turn,
        client: ShownClient { name: &file.client.name, pronouns: [subject, object, possessive], age: file.client.age, appearance: &file.client.appearance },
        setting: &file.setting,
        briefing: &file.briefing,
        sessions: file.sessions.iter().map(|session| ShownSession { number: session.number, title: &session.title, turns: session.turns }).collect(),
        digest: &scenario.digest,
    }
}

/// A scenario for a trainee who thinks of playing it.
#[must_use]
pub fn show_text(page: &Page, scenario: &Scenario) -> String {
    let file = &scenario.file;
    let mut set = page.heading(&file.title);
    set += &page.paragraph(0, &file.summary);
    set += &page.paragraph(0, &format!("Level {}, {}.", file.level, level_name(file.level)));
    for (heading, text) in [
        ("Whom you will meet", file.client.appearance.as_str()),
        ("Where", &file.setting),
        ("What you know", &file.briefing),
        ("Good to know before", &file.content_note),
    ] {
        if !text.trim().is_empty() {
            set += &page.heading(heading);
            set += &page.paragraph(2, text);
        }
    }
    if !file.teaches.is_empty() {
        set += &page.heading("What you can practise here");
        for factor in &file.teaches {
            set += &page.hanging(if page.plain { "" } else { "  - " }, "    ", factor.title());
        }
    }
    set += &page.heading("Sessions");
    for session in &file.sessions {
        set += &page.hanging("  ", "     ", &format!("{}. {} ({})", session.number, session.title, counted(session.turns as usize, "turn")));
    }
    set += "\n";
    set += &page.aside(0, &format!("practicum play {}", file.id));
    set
}

//! `practicum` alone at a terminal: a welcome, the list by level, a choice.

use super::repl::words;
use super::{Error, Exit, Globals, Out, play};
use crate::diagnostic::wording::{any_of, nearest};
use crate::report::Page;
use crate::report::shelf::{entry, level_name};
use crate::scenario::Listing;
use std::io::{self, Write};

/// Welcomes, lists, lets choose, plays.
///
/// # Errors
/// As `play`.
pub fn run(globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let (mut listed, findings) = globals.shelf().list();
    // Risk themes are opt-in: they are played by name, never picked from a list by chance.
    listed.retain(|scenario| !scenario.risk);
    let page = out.page(false);
    write!(out, "{}{}", words::welcome(&page), choices(&page, &listed))?;
    for finding in &findings {
        out.note(&format!("practicum: {}", finding.one_line(None)));
    }
    if listed.is_empty() {
        writeln!(out, "{}", page.paragraph(0, "There is nobody to sit with yet: the shelf is empty."))?;
        return Ok(Exit::Findings);
    }
    let Some(chosen) = choose(&page, &listed, out)? else { return Ok(Exit::Fine) };
    play::run(&play::Args { scenario: chosen, session: 1, ..play::Args::default() }, globals, out)
}

fn choices(page: &Page, listed: &[Listing]) -> String {
    let mut set = String::new();
    let mut level = None;
    for (number, scenario) in listed.iter().enumerate() {
        if level != Some(scenario.level) {
            set += &page.heading(&format!("Level {}, {}", scenario.level, level_name(scenario.level)));
            level = Some(scenario.level);
        }
        set += &entry(page, scenario, Some(number + 1));
    }
    set
}

/// Asks until somebody is chosen; `None` where the trainee would rather leave.
fn choose(page: &Page, listed: &[Listing], out: &mut Out) -> Result<Option<String>, Error> {
    writeln!(out)?;
    loop {
        write!(out, "Whom would you like to meet? (a number or a name; Enter leaves) ")?;
        out.flush()?;
        let mut line = String::new();
        let read = io::stdin().read_line(&mut line).map_err(|cause| Error::surroundings("I could not read what was typed", cause))?;
        let typed = line.trim().trim_end_matches('.').to_lowercase();
        if read == 0 || typed.is_empty() || matches!(typed.as_str(), "q" | "quit" | "/quit") {
            if read == 0 {
                writeln!(out)?;
            }
            return Ok(None);
        }
        let by_number = typed.parse::<usize>().ok().and_then(|number| listed.get(number.checked_sub(1)?));
        if let Some(scenario) = by_number.or_else(|| listed.iter().find(|scenario| scenario.id == typed)) {
            return Ok(Some(scenario.id.clone()));
        }
        let near = nearest(&typed, listed.iter().map(|scenario| scenario.id.as_str()));
        let hint = if near.is_empty() {
            format!("There is nobody of that name or number here; there is {}.", any_of(listed.iter().map(|scenario| scenario.id.as_str()), 20))
        } else {
            format!("There is nobody of that name here. Did you mean {}?", any_of(near, 3))
        };
        write!(out, "{}", page.paragraph(0, &hint.replace('`', "")))?;
    }
}

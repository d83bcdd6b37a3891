//! What the REPL itself says to the trainee: welcome, start notice, help, card. Whole sentences, and nothing that grades.

use super::command::COMMANDS;
use crate::report::Page;
use crate::scenario::Scenario;
use crate::scenario::shape::SessionSpec;

/// For `practicum` alone.
#[must_use]
pub fn welcome(page: &Page) -> String {
    let mut set = page.heading("Practicum");
    set += &page.paragraph(
        0,
        "Here you can practise sitting with a client. You type what you would say; the client answers as a person might, and trusts you a little more \
         or a little less with every sentence. Afterwards you talk about it together: what helped, what hurt, and what one could say instead.",
    );
    set += "\n";
    set += &page.paragraph(
        0,
        "Nobody is watching, nothing leaves this machine, and there is no mark at the end. You cannot do any harm here, so it is a good place for getting \
         things wrong.",
    );
    set
}

/// Before the first line: what this is, what to know, what always works.
#[must_use]
pub fn start_notice(page: &Page, scenario: &Scenario, session: &SessionSpec, seed_shown: Option<u64>) -> String {
    let file = &scenario.file;
    let mut set = page.heading(&format!("{} (session {}: {})", file.title, session.number, session.title));
    set += &page.paragraph(
        0,
        &format!(
            "{} is not a real person. This is fiction, for training, and no therapy. You can stop at any time: /pause and /quit always work and are never \
             scored. If something here touches you, /card shows where to turn.",
            file.client.name
        ),
    );
    if !file.content_note.trim().is_empty() {
        set += &gap(page);
        set += &page.paragraph(0, &format!("Good to know before: {}", file.content_note.trim()));
    }
    for text in [&file.briefing, &file.setting, &session.scene] {
        if !text.trim().is_empty() {
            set += &gap(page);
            set += &page.paragraph(0, text);
        }
    }
    set += &gap(page);
    let minutes = f64::from(session.turns) * file.minutes_a_turn;
    set += &page.aside(
        0,
        &format!(
            "Type what you would say, and press Enter. *nods* is a gesture, and (silence) is a silence. You have {} turns, which stand for {minutes:.0} \
             minutes. /hint gives an idea, /undo takes a reply back, /help lists the rest.",
            session.turns
        ),
    );
    if let Some(seed) = seed_shown {
        set += &page.aside(0, &format!("To meet exactly this hour again, add --seed {seed}."));
    }
    set
}

fn gap(page: &Page) -> String {
    if page.plain { String::new() } else { "\n".to_owned() }
}

/// `/help`.
#[must_use]
pub fn help(page: &Page) -> String {
    let mut set = String::new();
    set += &page.paragraph(2, "Whatever you type is said to the client. *nods* or *offers a tissue* is something you do, and (silence) or ... is a silence. A line that ends in \\ goes on in the next.");
    for (name, argument, does) in COMMANDS {
        let name = if argument.is_empty() { (*name).to_owned() } else { format!("{name} {}", argument.to_uppercase()) };
        set += &if page.plain { format!("{name}: {does}.\n") } else { page.hanging(&format!("  {name:<13} "), &" ".repeat(16), does) };
    }
    set += &page.paragraph(2, "Ctrl-D ends the session too, and Ctrl-C loses nothing.");
    set
}

/// The help card where no other is configured.
pub const CARD: &str = "This is a training program and cannot help in an emergency; people can.\n\
    If something here has touched you, stop. Nothing is lost by it, and it is no failure. Talk to your supervisor, your tutor, a colleague or a friend today.\n\
    If you are thinking of harming yourself, or somebody is in danger, call your local emergency number now (112 in Europe, 999 in the United Kingdom, \
    911 in North America, 000 in Australia), or a crisis line where you live (988 in the United States and Canada, 116 123 in the United Kingdom and Ireland, \
    0800 111 0 111 in Germany, 13 11 14 in Australia).";

/// `/card`.
#[must_use]
pub fn card(page: &Page, text: &str) -> String {
    text.lines().map(|line| page.paragraph(2, line)).collect()
}

/// After the first Ctrl-C.
pub const REMINDER: &str = "Nothing is lost. Go on whenever you like, or type /quit to end the session and talk about it (Ctrl-C once more does the same).";

/// After a line that was too long.
pub const TOO_LONG: &str = "That was more than anyone can take in at once. The client heard the beginning (16 KiB, some three thousand words); the rest was left out. Shorter lines reach further.";

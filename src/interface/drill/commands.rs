//! What can be typed at a drill besides a reply.

use crate::diagnostic::wording::nearest;
use crate::drill::Rating;
use crate::report::Page;

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Rate(Rating),
    Again,
    Skip,
    Criteria,
    Help,
    Card,
    Pause,
    Quit,
}

/// A line as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Blank,
    Said(String),
    Command(Command),
    Unknown(String, Vec<String>),
}

/// Name, argument (none has one), what it does.
pub(super) const COMMANDS: &[(&str, &str, &str)] = &[
    ("/easy", "", "that was too easy: a harder one"),
    ("/good", "", "that was just right"),
    ("/hard", "", "that was too hard: an easier one"),
    ("/again", "", "the same line once more; it does not count"),
    ("/skip", "", "another line instead of this one"),
    ("/criteria", "", "what counts here"),
    ("/pause", "", "a break; nothing runs"),
    ("/card", "", "where to turn if this touches you"),
    ("/help", "", "this list"),
    ("/quit", "", "the end of this practice"),
];

pub(super) fn parse(line: &str) -> Typed {
    let line = line.trim();
    if line.is_empty() {
        return Typed::Blank;
    }
    if !line.starts_with('/') {
        return Typed::Said(line.to_owned());
    }
    let command = match line.split_whitespace().next().unwrap_or("").to_lowercase().as_str() {
        "/easy" | "/too_easy" => Command::Rate(Rating::TooEasy),
        "/good" => Command::Rate(Rating::Good),
        "/hard" | "/too_hard" => Command::Rate(Rating::TooHard),
        "/again" => Command::Again,
        "/skip" | "/next" => Command::Skip,
        "/criteria" => Command::Criteria,
        // A silence is a reply here as everywhere.
        "/silence" => return Typed::Said("(silence)".to_owned()),
        "/help" => Command::Help,
        "/card" => Command::Card,
        "/pause" => Command::Pause,
        "/quit" | "/q" | "/exit" => Command::Quit,
        other => {
            let near = nearest(other, COMMANDS.iter().map(|(name, _, _)| *name)).into_iter().map(str::to_owned).collect();
            return Typed::Unknown(crate::text::on_one_line(other), near);
        }
    };
    Typed::Command(command)
}

pub(super) fn help(page: &Page) -> String {
    let mut set = page.paragraph(2, "What you type is your reply. *nods* is a gesture, (silence) or ... is a silence.");
    for (name, _, does) in COMMANDS {
        set += &if page.plain { format!("{name}: {does}\n") } else { page.hanging(&format!("    {name:<10} "), "               ", does) };
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_is_a_command_and_anything_else_is_said() {
        assert_eq!(parse("  "), Typed::Blank);
        assert_eq!(parse("You miss him."), Typed::Said("You miss him.".into()));
        assert_eq!(parse("/easy"), Typed::Command(Command::Rate(Rating::TooEasy)));
        assert_eq!(parse("/silence"), Typed::Said("(silence)".into()));
        assert!(matches!(parse("/agian"), Typed::Unknown(_, near) if near == ["/again"]));
    }
}

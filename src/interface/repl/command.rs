//! What was typed → what it means: words for the client, or a command.

use crate::diagnostic::wording::nearest;

/// A command of the REPL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// What can be typed.
    Help,
    /// Takes the last turn back.
    Undo,
    /// Why a turn was scored as it was, or why the client answered so.
    Why(Asked),
    /// A model reply to what the client just said.
    Hint,
    /// A held silence.
    Silence,
    /// A break.
    Pause,
    /// Out of role, and back.
    OutOfRole(String),
    /// The help card.
    Card,
    /// The trainee's own notes: shows them, or adds one.
    Notes(String),
    /// The client's inner thought.
    Feel,
    /// What stayed unsaid, and what would open it.
    How,
    /// Keeps the session as a transcript.
    Keep(String),
    /// Ends the session, with the debrief.
    Quit,
}

/// What `/why` is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The last turn.
    Last,
    /// Turn n.
    Turn(u32),
    /// The client's last answer: which reactions and gates were considered.
    Answer,
}

/// A line as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Nothing.
    Blank,
    /// What the trainee says or does.
    Said(String),
    /// A command.
    Command(Command),
    /// A command that does not exist, with the nearest that do.
    Unknown {
        /// As typed, with its slash.
        typed: String,
        /// With their slashes, nearest first.
        nearest: Vec<String>,
    },
}

/// Every command with its argument and one line of what it does, in the order of `/help`.
pub const COMMANDS: &[(&str, &str, &str)] = &[
    ("/help", "", "what you can type"),
    ("/hint", "", "an idea of what one could say now, and why"),
    ("/undo", "", "take your last reply back"),
    ("/why", "", "why your last reply was scored as it was"),
    ("/feel", "", "what the client thinks and does not say"),
    ("/silence", "", "say nothing, and stay"),
    ("/pause", "", "a break; nothing is scored"),
    ("/ooc", "", "step out of the role, and back; nothing is scored or kept"),
    ("/notes", "words", "your own notes: write one, or read them"),
    ("/card", "", "where to turn if this touches you"),
    ("/how", "", "what stayed unsaid, and what would have opened it"),
    ("/keep", "name", "keep this session as a transcript in a file"),
    ("/quit", "", "end the session and talk about it"),
];

/// What a line means. A line that starts with `/` is a command; everything else is said.
#[must_use]
pub fn parse(line: &str) -> Typed {
    let line = line.trim();
    if line.is_empty() {
        return Typed::Blank;
    }
    if !line.starts_with('/') {
        return Typed::Said(line.to_owned());
    }
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let command = match name.to_lowercase().as_str() {
        "/help" | "/h" | "/?" => Command::Help,
        "/undo" | "/u" => Command::Undo,
        "/why" | "/w" => Command::Why(asked(rest)),
        "/hint" => Command::Hint,
        "/silence" | "/s" => Command::Silence,
        "/pause" => Command::Pause,
        "/ooc" => Command::OutOfRole(rest.to_owned()),
        "/card" | "/c" => Command::Card,
        "/notes" | "/note" => Command::Notes(rest.to_owned()),
        "/feel" => Command::Feel,
        "/how" => Command::How,
        "/keep" => Command::Keep(rest.to_owned()),
        "/quit" | "/q" | "/exit" | "/end" | "/bye" => Command::Quit,
        _ => {
            let known = COMMANDS.iter().map(|(name, _, _)| *name);
            let nearest = nearest(name, known).into_iter().map(str::to_owned).collect();
            return Typed::Unknown { typed: name.to_owned(), nearest };
        }
    };
    Typed::Command(command)
}

/// `/why`, `/why 3`, `/why answer`.
fn asked(rest: &str) -> Asked {
    match rest {
        "" => Asked::Last,
        "answer" => Asked::Answer,
        // Anything else is no turn that ever was.
        number => Asked::Turn(number.parse().unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_help_is_understood() {
        for (name, _, _) in COMMANDS {
            assert!(matches!(parse(name), Typed::Command(_)), "{name}");
        }
    }

    #[test]
    fn a_slip_finds_the_command_that_was_meant() {
        assert_eq!(parse("/hnit"), Typed::Unknown { typed: "/hnit".into(), nearest: vec!["/hint".into()] });
    }

    #[test]
    fn words_are_said_and_blanks_are_nothing() {
        assert_eq!(parse("  *nods* Go on. "), Typed::Said("*nods* Go on.".into()));
        assert_eq!(parse(" \t "), Typed::Blank);
        assert_eq!(parse("/keep  first try "), Typed::Command(Command::Keep("first try".into())));
    }
}

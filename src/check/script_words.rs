//! A script's words without running it: fields and functions that do not exist, and ids that the scenario does not know, also in
//! branches that no rehearsal reaches.

use crate::appraisal::Act;
use crate::diagnostic::wording::did_you_mean_or_list;
use crate::diagnostic::{Diagnostic, Span};
use crate::scenario::Scenario;
use crate::scenario::findings::walk::pools;
use crate::scenario::source::Source;
use crate::script::api::{self, On};
use std::collections::BTreeSet;

pub(super) fn find(scenario: &Scenario, source: &Source) -> Vec<Diagnostic> {
    let words = words(&source.text);
    let mut found = Vec::new();
    for (n, word) in words.iter().enumerate() {
        let Token::Name(name) = &word.token else { continue };
        let after_dot = n >= 2 && words[n - 1].token == Token::Mark('.');
        let called = words.get(n + 1).is_some_and(|next| next.token == Token::Mark('('));
        if after_dot && let Token::Name(owner) = &words[n - 2].token {
            found.extend(member(source, owner, name, called, word.span));
        }
        if called
            && let Some(Word { token: Token::Text(text), span }) = words.get(n + 2)
            && words.get(n + 3).is_some_and(|next| matches!(next.token, Token::Mark(')' | ',')))
        {
            found.extend(named(scenario, source, name, text, *span));
        }
    }
    found
}

/// `turn.x` and `client.x`.
fn member(source: &Source, owner: &str, name: &str, called: bool, span: Span) -> Option<Diagnostic> {
    let on = match owner {
        "turn" => On::Turn,
        "client" => On::Client,
        "past" => On::Past,
        _ => return None,
    };
    let known = || api::entries().iter().filter(|entry| entry.on == on);
    match known().find(|entry| entry.name == name) {
        Some(entry) if entry.is_field == called => {
            let what = if entry.is_field { "is read without brackets" } else { "needs brackets" };
            Some(Diagnostic::error("H005", &source.file, format!("`{name}` {what}")).at(span).hint(format!("write `{}`", entry.signature())))
        }
        Some(_) => None,
        None => {
            let (code, what) = if called { ("H002", "function") } else { ("H004", "field") };
            let hint = did_you_mean_or_list(name, known().map(|entry| entry.name).collect::<Vec<_>>(), "it has");
            Some(Diagnostic::error(code, &source.file, format!("`{owner}` has no {what} `{name}`")).at(span).maybe_hint(hint))
        }
    }
}

/// `line("id")`, `has("act")` and their like.
fn named(scenario: &Scenario, source: &Source, function: &str, text: &str, span: Span) -> Option<Diagnostic> {
    let file = &scenario.file;
    let (what, known): (&str, BTreeSet<&str>) = match function {
        "has" | "strength" | "words_of" | "times" => ("act", Act::ALL.iter().map(|act| act.name()).collect()),
        "touches" | "touched" => ("topic", file.topics.iter().map(|topic| topic.id.as_str()).collect()),
        "recalls" | "mistakes" => ("detail", file.details.iter().map(|detail| detail.id.as_str()).collect()),
        "hears" => ("undertone", file.undertones.iter().map(|undertone| undertone.id.as_str()).collect()),
        "accepts" => ("fear", file.fears.iter().map(|fear| fear.id.as_str()).collect()),
        "disclose" | "has_told" => ("disclosure", file.disclosures.iter().map(|told| told.id.as_str()).collect()),
        "line" => {
            let mut known: BTreeSet<&str> = file.reactions.iter().map(|reaction| reaction.id.as_str()).collect();
            pools(file, &mut |pool, _, _| known.extend(pool.lines.iter().filter_map(|line| line.id())));
            ("line or reaction", known)
        }
        _ => return None,
    };
    if known.contains(text) {
        return None;
    }
    let hint = did_you_mean_or_list(text, known.iter().copied(), "there is").unwrap_or_else(|| format!("this scenario has no {what} yet"));
    Some(Diagnostic::error("H017", &source.file, format!("there is no {what} `{text}`")).at(span).hint(hint))
}

/// The texts that a script asks replies for by `says`, so that a rehearsal can say them.
pub(super) fn said_in(text: &str) -> Vec<String> {
    let words = words(text);
    let mut said: Vec<String> = words
        .windows(3)
        .filter_map(|three| match (&three[0].token, &three[1].token, &three[2].token) {
            (Token::Name(name), Token::Mark('('), Token::Text(text)) if name == "says" => Some(text.clone()),
            _ => None,
        })
        .collect();
    said.sort();
    said.dedup();
    said
}

/// Whether a script shifts a quality upwards anywhere.
pub(super) fn raises(text: &str) -> bool {
    let words = words(text);
    words.windows(5).any(|five| {
        let shift = matches!(&five[0].token, Token::Name(name) if name == "shift") && five[1].token == Token::Mark('(');
        // An amount that is not plainly below 0 may be above it.
        shift && five[4].token != Token::Mark('-')
    })
}

#[derive(Debug, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Mark(char),
}

struct Word {
    token: Token,
    span: Span,
}

/// Names, texts and marks, without comments.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if c == '"' || c == '`' {
            let len = quoted(rest, c);
            let inner = rest.get(1..len.saturating_sub(1)).unwrap_or("");
            words.push(Word { token: Token::Text(inner.to_owned()), span: Span::new(at, at + len) });
            len
        } else if c.is_alphabetic() || c == '_' {
            let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            words.push(Word { token: Token::Name(rest[..len].to_owned()), span: Span::new(at, at + len) });
            len
        } else {
            if !c.is_whitespace() {
                words.push(Word { token: Token::Mark(c), span: Span::new(at, at + c.len_utf8()) });
            }
            c.len_utf8()
        };
        at += len.max(1);
    }
    words
}

/// Bytes of a quoted text with its marks.
fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

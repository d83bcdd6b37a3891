//! What went wrong in a script, in an author's words: rhai says "Function not found" for a wrong argument, and gives a point for a place.

use super::api::{self, Entry, On};
use super::{Hook, limits};
use crate::diagnostic::place::token_at;
use crate::diagnostic::wording::{any_of, did_you_mean, did_you_mean_or_list};
use crate::diagnostic::{Diagnostic, Place, Span};
use rhai::{EvalAltResult, ParseErrorType, Position};
use std::fmt;

/// A hook failed; the turn goes on with the scenario's own table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which hook.
    pub hook: &'static str,
    /// The script's file, as the author knows it.
    pub file: String,
    /// Line and column, from 1, where known.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// The next step.
    pub hint: Option<String>,
    /// Stable code of the finding.
    pub code: &'static str,
    /// Stopped by the watchdog, which reads a clock: replay takes the record's word for it.
    pub by_watchdog: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(place) = self.place {
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}

impl Fault {
    /// The same as a finding, drawn in the script's text.
    #[must_use]
    pub fn finding(&self, text: &str) -> Diagnostic {
        let finding = Diagnostic::error(self.code, &self.file, format!("{} (in `{}`)", self.message, self.hook))
            .maybe_hint(self.hint.clone().or_else(|| Some("`practicum reference` shows what scripts can use, with an example of each".to_owned())));
        match self.place {
            Some(place) => finding.at(token_at(text, place.byte(text))),
            None => finding.at(super::hooks::defined_at(text, self.hook)),
        }
    }

    pub(super) fn of(hook: Hook, file: &str, error: &EvalAltResult) -> Self {
        let (inner, chain) = innermost(error);
        let worded = worded(inner);
        let position = if inner.position().is_none() { error.position() } else { inner.position() };
        let mut message = worded.message;
        if !chain.is_empty() {
            message += &format!(", called from {}", any_of(chain.iter().map(String::as_str), 4));
        }
        Self {
            hook: hook.name(),
            file: file.to_owned(),
            place: place(position),
            message,
            hint: worded.hint,
            code: worded.code,
            by_watchdog: matches!(inner, EvalAltResult::ErrorTerminated(..)),
        }
    }

    pub(super) fn panicked(hook: Hook, file: &str) -> Self {
        Self {
            hook: hook.name(),
            file: file.to_owned(),
            place: None,
            message: "this hook broke one of the program's own functions".to_owned(),
            hint: Some("this is a fault of practicum: please report it with the script".to_owned()),
            code: "H012",
            by_watchdog: false,
        }
    }

    pub(super) fn wrong_answer(hook: Hook, file: &str, given: &str) -> Self {
        Self {
            hook: hook.name(),
            file: file.to_owned(),
            place: None,
            message: format!("`{}` gives back {}, not a reaction", hook.name(), article(given)),
            hint: Some("end it with `return react()…;`, or with a `;` to leave the turn to the scenario's table".to_owned()),
            code: "H008",
            by_watchdog: false,
        }
    }
}

/// What does not compile, as a finding.
pub(super) fn of_parsing(file: &str, text: &str, error: &ParseErrorType, position: Position) -> Diagnostic {
    let (message, hint) = match error {
        ParseErrorType::UnexpectedEOF => ("the script ends in the middle of something".to_owned(), Some("close every `{`, `(` and `\"`".to_owned())),
        ParseErrorType::MissingToken(token, why) => (format!("`{token}` is missing {why}"), Some(format!("write `{token}` before this"))),
        ParseErrorType::Reserved(word) | ParseErrorType::BadInput(rhai::LexError::ImproperSymbol(word, _)) if DISABLED.contains(&word.as_str()) => (
            format!("`{word}` cannot be used here"),
            Some("scripts read the turn and the client, and answer with `react()`; nothing else is in reach".to_owned()),
        ),
        ParseErrorType::Reserved(word) => (format!("`{word}` is a reserved word"), Some("choose another name".to_owned())),
        ParseErrorType::BadInput(rhai::LexError::UnterminatedString) => ("this text is never closed".to_owned(), Some("close it with `\"`".to_owned())),
        ParseErrorType::BadInput(rhai::LexError::StringTooLong(most)) => {
            (format!("this text is longer than {most} bytes"), Some("put long texts into `scenario.ron` as a line with an id, and use `.line(id)`".to_owned()))
        }
        ParseErrorType::TooManyFunctions => (
            format!("a script may have {} functions", limits::FUNCTIONS),
            Some("put rules into `reactions` of `scenario.ron`; they are faster, too".to_owned()),
        ),
        ParseErrorType::ExprTooDeep => ("this is nested too deep".to_owned(), Some("put part of it into a `let` or a function of its own".to_owned())),
        ParseErrorType::FnDuplicatedDefinition(name, _) => (format!("the function `{name}` is defined twice"), Some("keep one of them".to_owned())),
        ParseErrorType::FnMissingParams(name) => (format!("the function `{name}` has no parameters in brackets"), Some(format!("write `fn {name}(…)`"))),
        ParseErrorType::LoopBreak => ("`break` or `continue` stands outside a loop".to_owned(), None),
        ParseErrorType::VariableUndefined(name) => (format!("there is no variable `{name}`"), None),
        other => (lower_first(&other.to_string()), None),
    };
    let code = if matches!(error, ParseErrorType::Reserved(word) | ParseErrorType::BadInput(rhai::LexError::ImproperSymbol(word, _)) if DISABLED.contains(&word.as_str()))
    {
        "H013"
    } else {
        "H001"
    };
    let hint = hint.or_else(|| Some("look at what stands just before this, too".to_owned()));
    let finding = Diagnostic::error(code, file, message).maybe_hint(hint);
    match place(position) {
        Some(place) => finding.at(token_at(text, place.byte(text))),
        None => finding.at(Span::new(text.len(), text.len())),
    }
}

const DISABLED: [&str; 7] = ["eval", "Fn", "curry", "import", "export", "call", "sleep"];

struct Worded {
    code: &'static str,
    message: String,
    hint: Option<String>,
}

fn worded(error: &EvalAltResult) -> Worded {
    let (code, message, hint) = match error {
        EvalAltResult::ErrorFunctionNotFound(signature, _) => return not_found(signature),
        EvalAltResult::ErrorDotExpr(text, _) => return no_field(text),
        EvalAltResult::ErrorPropertyNotFound(name, _) => ("H004", format!("there is no entry `{name}` in this map"), None),
        EvalAltResult::ErrorVariableNotFound(name, _) => {
            let hint = did_you_mean(name, ["turn", "client", "id"]).unwrap_or_else(|| "a function sees its parameters and its own `let`s only".to_owned());
            ("H003", format!("there is no variable `{name}` here"), Some(hint))
        }
        EvalAltResult::ErrorTooManyOperations(_) => {
            ("H009", format!("this hook takes more than {} steps and was stopped", limits::OPERATIONS), Some("look for a loop that does not end".to_owned()))
        }
        EvalAltResult::ErrorTerminated(..) => {
            ("H009", "this hook took too long and was stopped".to_owned(), Some("look for a loop that does not end".to_owned()))
        }
        EvalAltResult::ErrorStackOverflow(_) => (
            "H009",
            format!("functions call each other more than {} deep", limits::CALL_LEVELS),
            Some("look for a function that calls itself without an end".to_owned()),
        ),
        EvalAltResult::ErrorDataTooLarge(what, _) => (
            "H010",
            format!(
                "{} grew too large here",
                article(&what.to_lowercase().replace("length of ", "").replace("size of ", "").replace("string", "text").replace("array", "list"))
            ),
            Some(format!("a text may have {} bytes, a list {} entries", limits::STRING, limits::ARRAY)),
        ),
        EvalAltResult::ErrorTooManyVariables(_) => ("H010", format!("more than {} variables are in use at once", limits::VARIABLES), None),
        EvalAltResult::ErrorArithmetic(what, _) => ("H011", lower_first(what), Some("look at the numbers first, with an `if`".to_owned())),
        EvalAltResult::ErrorArrayBounds(len, at, _) => {
            ("H011", format!("there is no entry {at} in a list of {len}"), Some("entries count from 0; look at `list.len` first".to_owned()))
        }
        EvalAltResult::ErrorStringBounds(len, at, _) => ("H011", format!("there is no letter {at} in a text of {len}"), None),
        EvalAltResult::ErrorMismatchDataType(wanted, given, _) => {
            ("H005", format!("{} stands here where {} belongs", article(&in_words(given)), article(&in_words(wanted))), None)
        }
        EvalAltResult::ErrorRuntime(text, _) => {
            let text = text.to_string();
            let (message, hint) = text.split_once("; ").map_or((text.clone(), None), |(message, hint)| (message.to_owned(), Some(hint.to_owned())));
            ("H006", message, hint)
        }
        EvalAltResult::ErrorAssignmentToConstant(name, _) => ("H007", format!("`{name}` cannot be changed"), None),
        EvalAltResult::ErrorFor(_) => ("H005", "`for` goes over lists and ranges only".to_owned(), None),
        other => ("H011", lower_first(&without_place(&other.to_string())), Some("`practicum reference` shows what scripts can do".to_owned())),
    };
    Worded { code, message, hint }
}

/// "shift (Reaction, &str, i64)" → what exists of that name, or comes near it.
fn not_found(signature: &str) -> Worded {
    let (name, given) = signature.split_once(" (").map_or((signature, ""), |(name, given)| (name, given.trim_end_matches(')')));
    let name = name.trim();
    let given: Vec<&str> = given.split(", ").filter(|part| !part.is_empty()).collect();
    if let Some(field) = name.strip_prefix("get$") {
        return unknown_field(field, given.first().copied().unwrap_or(""));
    }
    if let Some(field) = name.strip_prefix("set$") {
        return read_only(field, given.first().copied().unwrap_or(""));
    }
    let owner = given.first().and_then(|first| owner(first));
    let of_name: Vec<&Entry> = api::entries().iter().filter(|entry| entry.name == name && entry.on != On::Hook).collect();
    if let Some(entry) = of_name.iter().find(|entry| Some(entry.on) == owner || entry.on == On::Free) {
        let given: Vec<String> = given.iter().skip(usize::from(entry.on != On::Free)).map(|part| in_words(part)).collect();
        if entry.is_field {
            return Worded {
                code: "H005",
                message: format!("`{}` is read without brackets", entry.name),
                hint: Some(format!("write `{}`", entry.signature())),
            };
        }
        let wanted: Vec<&str> = entry.params.iter().map(|param| param.is).collect();
        let message = format!("`{}` takes ({}) and was given ({})", entry.name, wanted.join(", "), given.join(", "));
        let hint = format!("write `{}`", entry.signature());
        return Worded { code: "H005", message, hint: Some(hint) };
    }
    if is_operator(name) {
        let given: Vec<String> = given.iter().map(|part| article(&in_words(part))).collect();
        return Worded { code: "H005", message: format!("`{name}` does not work between {}", given.join(" and ")), hint: None };
    }
    if let Some(entry) = of_name.first() {
        return Worded {
            code: "H002",
            message: format!("`{name}` does not belong to {}", owner.map_or("this", On::name)),
            hint: Some(format!("write `{}`", entry.signature())),
        };
    }
    let names: Vec<&str> = api::entries()
        .iter()
        .filter(|entry| !entry.is_field && entry.on != On::Hook && owner.is_none_or(|owner| entry.on == owner || entry.on == On::Free))
        .map(|entry| entry.name)
        .collect();
    Worded { code: "H002", message: format!("there is no function `{name}`"), hint: did_you_mean_or_list(name, names.iter().copied(), "there is") }
}

/// rhai: "Unknown property 'x' - a getter is not registered for type 'Client'".
fn no_field(text: &str) -> Worded {
    let mut quoted = text.split('\'').skip(1).step_by(2);
    let (name, of) = (quoted.next().unwrap_or(""), quoted.next().unwrap_or(""));
    if text.contains("setter") || text.contains("read-only") { read_only(name, of) } else { unknown_field(name, of) }
}

fn unknown_field(name: &str, of: &str) -> Worded {
    let owner = owner(of);
    if let Some(entry) = api::entries().iter().find(|entry| Some(entry.on) == owner && entry.name == name) {
        return Worded { code: "H004", message: format!("`{name}` needs brackets"), hint: Some(format!("write `{}`", entry.signature())) };
    }
    let names: Vec<&str> = api::entries().iter().filter(|entry| Some(entry.on) == owner).map(|entry| entry.name).collect();
    Worded {
        code: "H004",
        message: format!("`{}` has no field `{name}`", owner.map_or_else(|| in_words(of), |owner| owner.name().to_owned())),
        hint: did_you_mean_or_list(name, names.iter().copied(), "it has"),
    }
}

fn read_only(name: &str, of: &str) -> Worded {
    let owner = owner(of).map_or_else(|| in_words(of), |owner| owner.name().to_owned());
    Worded {
        code: "H007",
        message: format!("`{owner}.{name}` can be read and not set"),
        hint: Some("propose a change instead: `react().shift(\"safety\", 0.05, \"because …\")`".to_owned()),
    }
}

fn is_operator(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| !c.is_alphanumeric() && c != '_')
}

fn owner(type_name: &str) -> Option<On> {
    match type_name.trim().trim_start_matches("&mut ").trim_start_matches('&') {
        "Turn" => Some(On::Turn),
        "Past" => Some(On::Past),
        "Client" => Some(On::Client),
        "Reaction" => Some(On::Reaction),
        "array" | "Array" => Some(On::List),
        text if in_words(text) == "text" => Some(On::Text),
        _ => None,
    }
}

/// A rhai type in an author's words.
fn in_words(type_name: &str) -> String {
    match type_name.trim().trim_start_matches("&mut ").trim_start_matches('&') {
        "i64" | "int" => "whole number".to_owned(),
        "f64" | "float" => "number".to_owned(),
        "string" | "String" | "str" | "ImmutableString" => "text".to_owned(),
        any if any.contains("ImmutableString") => "text".to_owned(),
        "array" | "Array" => "list".to_owned(),
        "()" => "nothing".to_owned(),
        "bool" => "true or false".to_owned(),
        "Turn" | "Client" | "Reaction" | "Past" => type_name.trim().to_lowercase(),
        other => other.to_owned(),
    }
}

fn article(word: &str) -> String {
    if matches!(word, "nothing" | "true or false") {
        word.to_owned()
    } else if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        format!("an {word}")
    } else {
        format!("a {word}")
    }
}

pub(super) fn type_in_words(type_name: &str) -> String {
    in_words(type_name)
}

fn innermost(error: &EvalAltResult) -> (&EvalAltResult, Vec<String>) {
    let (mut inner, mut chain) = (error, Vec::new());
    while let EvalAltResult::ErrorInFunctionCall(name, _, next, _) = inner {
        chain.push(name.clone());
        inner = next;
    }
    // The hook itself is named anyway.
    let chain = chain.into_iter().filter(|name| Hook::ALL.iter().all(|hook| hook.name() != name)).collect();
    (inner, chain)
}

fn place(position: Position) -> Option<Place> {
    Some(Place { line: position.line()?, column: position.position().unwrap_or(1).max(1) })
}

fn without_place(text: &str) -> String {
    text.rfind(" (line ").map_or_else(|| text.to_owned(), |at| text[..at].to_owned())
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

//! The script API as data: what every getter, method, function and hook is called, takes, gives and means, with an example that the
//! tests run. It is gathered while the functions are registered, so it cannot go stale.

use serde::Serialize;

/// Where a name lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// Written by the author, called by the engine.
    Hook,
    /// Stands alone: `react()`.
    Free,
    /// On `turn`.
    Turn,
    /// On an earlier turn, from `turn.history`.
    Past,
    /// On `client`.
    Client,
    /// On what `react()` gives.
    Reaction,
    /// On a list.
    List,
    /// On a text.
    Text,
}

impl On {
    /// The name that examples use for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            On::Hook => "hook",
            On::Free => "",
            On::Turn => "turn",
            On::Past => "past",
            On::Client => "client",
            On::Reaction => "reaction",
            On::List => "list",
            On::Text => "text",
        }
    }
}

/// What a parameter is and may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// Its type, in an author's words: `text`, `number`, `whole number`, `list`, `turn`, `client`.
    pub is: &'static str,
    /// What it may be, and what it means.
    pub doc: &'static str,
}

/// One name of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Where it lives.
    pub on: On,
    /// Its name.
    pub name: &'static str,
    /// Read without brackets: `turn.text`.
    pub is_field: bool,
    /// What it takes.
    pub params: Vec<Param>,
    /// What it gives, with its range.
    pub gives: &'static str,
    /// What it means, whole sentences.
    pub doc: &'static str,
    /// The body of a `respond(turn, client)` that uses it; for a hook, the whole hook.
    pub example: &'static str,
}

impl Entry {
    /// As one writes it: `turn.has(act)`, `client.trust`, `react()`.
    #[must_use]
    pub fn signature(&self) -> String {
        let params: Vec<&str> = self.params.iter().map(|param| param.name).collect();
        let owner = match self.on {
            On::Hook | On::Free => String::new(),
            on => format!("{}.", on.name()),
        };
        let brackets = if self.is_field { String::new() } else { format!("({})", params.join(", ")) };
        format!("{owner}{}{brackets}", self.name)
    }
}

/// Every name of the API: hooks first, then by where they live, in the order they were written.
#[must_use]
pub fn entries() -> &'static [Entry] {
    &super::register::shared().entries
}

/// A definition file for editors that know Rhai (`.d.rhai`).
#[must_use]
pub fn definitions() -> String {
    let mut text = String::from("module static;\n");
    for entry in entries().iter().filter(|entry| entry.on != On::Hook) {
        let rhai = |is: &str| match is {
            "text" => "String",
            "number" => "float",
            "whole number" => "int",
            "list" => "Array",
            "turn" => "Turn",
            "client" => "Client",
            _ => "?",
        };
        let owner = match entry.on {
            On::Turn => Some("Turn"),
            On::Past => Some("Past"),
            On::Client => Some("Client"),
            On::Reaction => Some("Reaction"),
            On::List => Some("Array"),
            On::Text => Some("String"),
            On::Free | On::Hook => None,
        };
        let mut params: Vec<String> = owner.map(|owner| format!("_: {owner}")).into_iter().collect();
        params.extend(entry.params.iter().map(|param| format!("{}: {}", param.name, rhai(param.is))));
        let get = if entry.is_field { "get " } else { "" };
        // What it gives begins with its type: "number from 0 to 1", "list of texts".
        let gives = match entry.gives {
            gives if gives.starts_with("true or false") => "bool",
            gives if gives.starts_with("whole number") => "int",
            gives if gives.starts_with("number") => "float",
            gives if gives.starts_with("list") => "Array",
            gives if gives.starts_with("text") || gives.starts_with('"') => "String",
            gives if gives.contains("reaction") => "Reaction",
            _ => "?",
        };
        text += &format!("\n/// {}\n/// Gives: {}.\nfn {get}{}({}) -> {gives};\n", entry.doc, entry.gives, entry.name, params.join(", "));
    }
    text
}

//! The five hooks, and the script that holds them.

use super::api::{Entry, On, Param};
use super::faults::{Fault, of_parsing, type_in_words};
use super::limits::watched;
use super::proposal::Proposal;
use super::register::{self, Client, Turn};
use super::view::{ClientView, TurnView};
use crate::diagnostic::place::token_at;
use crate::diagnostic::wording::{counted, nearest};
use crate::diagnostic::{Diagnostic, Span};
use rhai::{AST, CallFnOptions, Dynamic, FuncArgs, Scope};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// When a script is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Hook {
    Opening,
    Respond,
    Disclosed,
    Closing,
    BetweenSessions,
}

impl Hook {
    /// All five, in the order of a session.
    pub const ALL: [Hook; 5] = [Hook::Opening, Hook::Respond, Hook::Disclosed, Hook::Closing, Hook::BetweenSessions];

    /// The function's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Hook::Opening => "opening",
            Hook::Respond => "respond",
            Hook::Disclosed => "disclosed",
            Hook::Closing => "closing",
            Hook::BetweenSessions => "between_sessions",
        }
    }

    /// Its parameters, by the names that the reference gives them.
    #[must_use]
    pub const fn params(self) -> &'static [&'static str] {
        match self {
            Hook::Opening | Hook::Closing | Hook::BetweenSessions => &["client"],
            Hook::Respond => &["turn", "client"],
            Hook::Disclosed => &["id", "client"],
        }
    }

    /// As an author writes it.
    #[must_use]
    pub fn signature(self) -> String {
        format!("fn {}({})", self.name(), self.params().join(", "))
    }
}

/// A compiled script. It holds no state and is shared by all sessions that play its scenario.
pub struct Script {
    file: String,
    ast: AST,
    has: [bool; 5],
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Script").field("file", &self.file).field("has", &self.has).finish_non_exhaustive()
    }
}

impl Script {
    /// Compiles a script; the findings beside it are warnings.
    ///
    /// # Errors
    /// It does not compile, or a hook has the wrong parameters: all findings.
    pub fn compile(file: &str, text: &str) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let engine = &register::shared().engine;
        let compiled = catch_unwind(AssertUnwindSafe(|| engine.compile(text)));
        let ast = match compiled {
            Ok(Ok(ast)) => ast,
            Ok(Err(error)) => return Err(vec![of_parsing(file, text, error.err_type(), error.position())]),
            Err(_) => return Err(vec![Diagnostic::error("H012", file, "this script broke the compiler").hint("please report it with the script")]),
        };
        let mut found = Vec::new();
        let mut has = [false; 5];
        for function in ast.iter_functions() {
            let span = defined_at(text, function.name);
            match Hook::ALL.iter().position(|hook| hook.name() == function.name) {
                Some(at) if function.params.len() == Hook::ALL[at].params().len() => has[at] = true,
                Some(at) => {
                    let hook = Hook::ALL[at];
                    let message =
                        format!("the hook `{}` takes {} and has {} here", hook.name(), counted(hook.params().len(), "parameter"), function.params.len());
                    found.push(Diagnostic::error("H014", file, message).at(span).hint(format!("write `{}`", hook.signature())));
                }
                None => found.extend(near_a_hook(file, text, &ast, function.name).map(|finding| finding.at(span))),
            }
        }
        if found.iter().any(Diagnostic::is_error) {
            return Err(found);
        }
        if !has.contains(&true) {
            let names: Vec<&str> = Hook::ALL.iter().map(|hook| hook.name()).collect();
            found.push(
                Diagnostic::warning("H016", file, "this script has no hook, so it does nothing")
                    .at(Span::new(0, text.find('\n').unwrap_or(text.len())))
                    .hint(format!("hooks are {}", crate::diagnostic::wording::any_of(names, 5))),
            );
        }
        Ok((Self { file: file.to_owned(), ast, has }, found))
    }

    /// Whether the script has this hook; without it, nothing need be made ready for it.
    #[must_use]
    pub fn has(&self, hook: Hook) -> bool {
        Hook::ALL.iter().position(|other| *other == hook).is_some_and(|at| self.has[at])
    }

    /// The file, as the author knows it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Asks `opening(client)`: nothing means that the scenario's own opening is said.
    ///
    /// # Errors
    /// The hook failed.
    pub fn opening(&self, client: ClientView) -> Result<Option<Proposal>, Fault> {
        self.ask(Hook::Opening, (Client(Arc::new(client)),))
    }

    /// Asks `respond(turn, client)`: nothing means that the scenario's own table answers.
    ///
    /// # Errors
    /// The hook failed.
    pub fn respond(&self, turn: TurnView, client: ClientView) -> Result<Option<Proposal>, Fault> {
        self.ask(Hook::Respond, (Turn(Arc::new(turn)), Client(Arc::new(client))))
    }

    /// Asks `disclosed(id, client)`, after a disclosure was told.
    ///
    /// # Errors
    /// The hook failed.
    pub fn disclosed(&self, id: &str, client: ClientView) -> Result<Option<Proposal>, Fault> {
        self.ask(Hook::Disclosed, (id.to_owned(), Client(Arc::new(client))))
    }

    /// Asks `closing(client)`.
    ///
    /// # Errors
    /// The hook failed.
    pub fn closing(&self, client: ClientView) -> Result<Option<Proposal>, Fault> {
        self.ask(Hook::Closing, (Client(Arc::new(client)),))
    }

    /// Asks `between_sessions(client)`, before a session that is not the first.
    ///
    /// # Errors
    /// The hook failed.
    pub fn between_sessions(&self, client: ClientView) -> Result<Option<Proposal>, Fault> {
        self.ask(Hook::BetweenSessions, (Client(Arc::new(client)),))
    }

    fn ask(&self, hook: Hook, args: impl FuncArgs) -> Result<Option<Proposal>, Fault> {
        if !self.has(hook) {
            return Ok(None);
        }
        let engine = &register::shared().engine;
        // Top-level statements are not run again for each call (parts.md, trap 8).
        let options = CallFnOptions::new().eval_ast(false).rewind_scope(false);
        let answer =
            watched(|| catch_unwind(AssertUnwindSafe(|| engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &self.ast, hook.name(), args))));
        match answer {
            Ok(Ok(answer)) if answer.is_unit() => Ok(None),
            Ok(Ok(answer)) => {
                let kind = type_in_words(answer.type_name());
                answer.try_cast::<Proposal>().map(Some).ok_or_else(|| Fault::wrong_answer(hook, &self.file, &kind))
            }
            Ok(Err(error)) => Err(Fault::of(hook, &self.file, &error)),
            Err(_) => Err(Fault::panicked(hook, &self.file)),
        }
    }

    /// Runs the statements outside functions, as no session ever does: tests hold that these, too, are stopped.
    #[doc(hidden)]
    pub fn run_loose_statements(&self) -> Result<(), String> {
        let engine = &register::shared().engine;
        let answer = watched(|| catch_unwind(AssertUnwindSafe(|| engine.eval_ast::<Dynamic>(&self.ast))));
        match answer {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("panicked".to_owned()),
        }
    }
}

/// A function that is never called and almost has a hook's name.
fn near_a_hook(file: &str, text: &str, ast: &AST, name: &str) -> Option<Diagnostic> {
    let called = text.matches(&format!("{name}(")).count() > 1;
    let free: Vec<&str> = Hook::ALL.iter().map(|hook| hook.name()).filter(|hook| ast.iter_functions().all(|function| function.name != *hook)).collect();
    let near = nearest(name, free);
    let hook = near.first().filter(|_| !called)?;
    Some(Diagnostic::warning("H015", file, format!("nothing calls `{name}`")).hint(format!("did you mean the hook `{hook}`?")))
}

pub(super) fn defined_at(text: &str, name: &str) -> Span {
    let wanted = format!("fn {name}");
    text.find(&wanted).map_or(Span::new(0, 0), |at| token_at(text, at + 3))
}

/// The hooks, for the reference.
pub(super) fn entries() -> Vec<Entry> {
    let client = Param { name: "client", is: "client", doc: "The client as it is now." };
    let turn = Param { name: "turn", is: "turn", doc: "The reply that was just given." };
    let id = Param { name: "id", is: "text", doc: "The disclosure that was told." };
    let gives = "a reaction, or nothing";
    let hook =
        |hook: Hook, params: &[Param], doc, example| Entry { on: On::Hook, name: hook.name(), is_field: false, params: params.to_vec(), gives, doc, example };
    vec![
        hook(
            Hook::Opening,
            &[client],
            "Asked before the first line of a session. With nothing, the session's own opening is said.",
            "fn opening(client) {\n    if client.has_flag(\"was_late\") { return react().say(\"You're on time today.\"); }\n}",
        ),
        hook(
            Hook::Respond,
            &[turn, client],
            "Asked at each turn, after the reply was felt and before the client answers. With nothing, the scenario's table answers.",
            "fn respond(turn, client) {\n    if turn.says(\"trust me\") { return react().say(\"That's what he said.\").shift(\"safety\", -0.05, \"the words of the man who broke her trust\"); }\n}",
        ),
        hook(
            Hook::Disclosed,
            &[id, client],
            "Asked after a disclosure was told. A line here is said after the telling.",
            "fn disclosed(id, client) {\n    if id == \"letters\" { return react().flag(\"letters_told\"); }\n}",
        ),
        hook(
            Hook::Closing,
            &[client],
            "Asked before the last line of a session.",
            "fn closing(client) {\n    if client.trust > 0.5 { return react().say(\"Same time?\"); }\n}",
        ),
        hook(
            Hook::BetweenSessions,
            &[client],
            "Asked between two sessions of a course, before the second of them opens. Shifts and flags only: nothing is said.",
            "fn between_sessions(client) {\n    if client.rupture != \"none\" { return react().shift(\"hope\", -0.05, \"she went over it all week\"); }\n}",
        ),
    ]
}

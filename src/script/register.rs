//! Registers what scripts may call, and gathers the reference while doing so.

mod client;
mod reaction;
mod turn;

use super::api::{Entry, On, Param};
use super::limits::bare_engine;
use super::view::{ClientView, TurnView};
use rhai::{Array, Dynamic, Engine, FuncRegistration, RhaiNativeFunc};
use std::sync::{Arc, OnceLock};

/// `turn` in a script.
#[derive(Clone)]
pub(super) struct Turn(pub(super) Arc<TurnView>);

/// `client` in a script.
#[derive(Clone)]
pub(super) struct Client(pub(super) Arc<ClientView>);

/// The one engine that all scripts share; it holds no state of theirs.
pub(super) struct Shared {
    pub(super) engine: Engine,
    pub(super) entries: Vec<Entry>,
}

pub(super) fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let mut api = Api { engine: bare_engine(), entries: super::hooks::entries() };
        turn::register(&mut api);
        client::register(&mut api);
        reaction::register(&mut api);
        lists(&mut api);
        Shared { engine: api.engine, entries: api.entries }
    })
}

/// Registers and notes.
struct Api {
    engine: Engine,
    entries: Vec<Entry>,
}

/// What is said about a name.
struct About {
    on: On,
    name: &'static str,
    params: &'static [(&'static str, &'static str, &'static str)],
    gives: &'static str,
    doc: &'static str,
    example: &'static str,
}

impl Api {
    fn field<A: 'static, const N: usize, const X: bool, R, const F: bool, FUNC>(&mut self, about: About, func: FUNC)
    where
        R: Clone + Send + Sync + 'static,
        FUNC: RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    {
        // Volatile: what reads state is never folded while compiling (parts.md, trap 8).
        FuncRegistration::new_getter(about.name).with_volatility(true).register_into_engine(&mut self.engine, func);
        self.note(&about, true);
    }

    fn method<A: 'static, const N: usize, const X: bool, R, const F: bool, FUNC>(&mut self, about: About, func: FUNC)
    where
        R: Clone + Send + Sync + 'static,
        FUNC: RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    {
        FuncRegistration::new(about.name).with_volatility(true).register_into_engine(&mut self.engine, func);
        self.note(&about, false);
    }

    fn note(&mut self, about: &About, is_field: bool) {
        let params = about.params.iter().map(|(name, is, doc)| Param { name, is, doc }).collect();
        self.entries.push(Entry { on: about.on, name: about.name, is_field, params, gives: about.gives, doc: about.doc, example: about.example });
    }
}

/// A list of texts, as scripts know it; no longer than a script's list may be.
fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Array {
    texts.into_iter().take(super::limits::ARRAY / 4).map(|text| Dynamic::from(super::view::seen(text).to_owned())).collect()
}

/// A score, or nothing where there is none. Comparing nothing with a number is `false`.
fn number_or_nothing(value: Option<f64>) -> Dynamic {
    value.map_or(Dynamic::UNIT, Dynamic::from)
}

/// Rhai's own texts can be joined and compared; this is what else a hook needs of them.
fn lists(api: &mut Api) {
    api.field(
        About {
            on: On::Text,
            name: "len",
            params: &[],
            gives: "whole number",
            doc: "How many letters the text has.",
            example: "if turn.text.len > 400 { return react().say(\"I lost you halfway.\"); }",
        },
        |text: &mut rhai::ImmutableString| i64::try_from(text.chars().count()).unwrap_or(i64::MAX),
    );
    api.method(
        About {
            on: On::Text,
            name: "contains",
            params: &[("part", "text", "A part of it, in the same case.")],
            gives: "true or false",
            doc: "Whether a part stands in the text; `\"x\" in text` is the same. For words of a reply, use `turn.says`.",
            example: "if client.last_line.contains(\"?\") && turn.main == \"question\" { return react().say(\"I asked first.\"); }",
        },
        |text: &mut rhai::ImmutableString, part: &str| text.contains(part),
    );
    api.field(
        About {
            on: On::List,
            name: "len",
            params: &[],
            gives: "whole number",
            doc: "How many entries the list has.",
            example: "if turn.acts.len > 3 { return react().say(\"That was a lot at once.\"); }",
        },
        |list: &mut Array| i64::try_from(list.len()).unwrap_or(i64::MAX),
    );
    api.method(
        About {
            on: On::List,
            name: "contains",
            params: &[("text", "text", "An entry.")],
            gives: "true or false",
            doc: "Whether the list holds this text; `\"x\" in list` is the same.",
            example: "if turn.acts.contains(\"advice\") { return react().say(\"Hm.\"); }",
        },
        |list: &mut Array, text: &str| list.iter().any(|entry| entry.read_lock::<rhai::ImmutableString>().is_some_and(|entry| entry.as_str() == text)),
    );
}

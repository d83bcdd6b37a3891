//! The reference as one HTML page that needs nothing beside it: a list of names on top, each a link.

use super::text::{PLACES, about};
use super::{Manual, NamePage, TypePage};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "body{font:16px/1.55 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}\
h1{font-size:1.6rem}h2{font-size:1.3rem;margin-top:3rem;border-bottom:2px solid #ccc}h3{font-size:1.1rem;margin-top:2rem}h4{margin:1.2rem 0 .2rem}\
code,pre{font:.92em/1.45 ui-monospace,monospace;background:#f3f1ec;border-radius:3px}code{padding:.05rem .25rem}pre{padding:.6rem .8rem;overflow-x:auto;white-space:pre-wrap}\
dl{margin:.5rem 0}dt{margin-top:1rem;font-weight:600}dd{margin:.1rem 0 0 1.2rem}.about{color:#555;font-size:.92rem}nav{columns:16rem;font-size:.95rem}nav a{display:block}\
a{color:#1f5673}@media(prefers-color-scheme:dark){body{background:#161616;color:#e8e8e8}code,pre{background:#262522}.about{color:#aaa}a{color:#8fc3de}h2{border-color:#444}}";

/// The page.
#[must_use]
pub fn html(manual: &Manual) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "The author's reference" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "The author's reference" }
                p { "Every field of a scenario's files, and every name that a script may use, as practicum " (manual.version) " knows them." }
                nav aria-label="Contents" {
                    @for one in &manual.types { a href={ "#" (one.name) } { (one.name) @if let Some(file) = one.file { " (" (file) ")" } } }
                    @for (on, title) in PLACES { a href={ "#on-" (place(on)) } { (title) } }
                }
                @for one in &manual.types {
                    @if let Some(file) = one.file { h2 { (file) } }
                    (of_type(one))
                }
                h2 { "client.rhai" }
                @for (on, title) in PLACES {
                    h3 id={ "on-" (place(on)) } { (title) }
                    @for name in manual.script.iter().filter(|name| name.on == on) { (of_name(name)) }
                }
            }
        }
    }
    .into_string()
}

/// A word for links; `On::name` is empty for functions that stand alone.
fn place(on: crate::script::api::On) -> &'static str {
    let name = on.name();
    if name.is_empty() { "free" } else { name }
}

/// Words between backquotes are code.
fn prose(text: &str) -> Markup {
    html! { @for (n, part) in text.split('`').enumerate() { @if n % 2 == 1 { code { (part) } } @else { (part) } } }
}

fn of_type(one: &TypePage) -> Markup {
    html! {
        h3 id=(one.name) { (one.name) }
        p { (prose(&one.doc)) }
        dl {
            @for field in &one.fields {
                dt id={ (one.name) "." (field.name) } { code { (field.name) } }
                dd {
                    (prose(&field.doc)) " "
                    span class="about" {
                        @match &field.of {
                            Some(of) => { (prose(about(field).trim_end_matches(&format!(" See {of}.")))) " See " a href={ "#" (of) } { (of) } "." }
                            None => (prose(&about(field))),
                        }
                    }
                    @if !field.example.is_empty() { pre { (field.example) } }
                }
            }
            @for choice in &one.choices {
                dt { code { (choice.name) } }
                dd { (prose(&choice.doc)) }
            }
        }
    }
}

fn of_name(name: &NamePage) -> Markup {
    html! {
        h4 { code { (name.signature) } }
        p { (prose(name.doc)) " " span class="about" { "Gives: " (prose(name.gives)) "." } }
        @if !name.params.is_empty() {
            dl { @for param in &name.params { dt { code { (param.name) } } dd { (param.is) ". " (prose(param.doc)) } } }
        }
        pre { (name.example) }
    }
}

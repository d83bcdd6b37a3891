//! The author's reference: every field of a scenario's files and every name that a script may use, each with its type, its range, what
//! it means and an example. Types, fields and their docstrings are read out of the program's own source, names of scripts are noted where
//! they are registered, and examples are cut out of scenarios that are checked. So none of it can go stale.

mod examples;
mod markdown;
mod page;
mod schema;
mod text;

pub use markdown::markdown;
pub use page::html;
pub use schema::schema as machine_form;
pub use text::{overview, pages};

use crate::scenario::ranges;
use crate::scenario::schema::{Shape, TypeKind, schema as shapes};
use crate::script::api::{self, On};
use serde::Serialize;

/// The files that an author writes: the type that each is made of, and what it is called.
pub const FILES: [(&str, &str); 3] = [("ScenarioFile", "scenario.ron"), ("TranscriptFile", "transcripts/*.ron"), ("CodebookFile", "codebook.ron")];

/// The whole reference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manual {
    /// The engine's version.
    pub version: &'static str,
    /// Types of the RON files, each after the first that names it.
    pub types: Vec<TypePage>,
    /// Names of scripts, hooks first.
    pub script: Vec<NamePage>,
}

/// A type of the RON files.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypePage {
    /// Its name.
    pub name: String,
    /// The file whose whole it is, for three of them.
    pub file: Option<&'static str>,
    /// What it is.
    pub doc: String,
    /// What stands in it, for a group.
    pub fields: Vec<FieldPage>,
    /// What it may be, for a choice.
    pub choices: Vec<ChoicePage>,
}

/// A field of a type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldPage {
    /// Its name.
    pub name: String,
    /// What stands in it, in words.
    pub is: String,
    /// The type that it holds, if it is one of the reference.
    pub of: Option<String>,
    /// Between what its numbers lie, in words; empty where it has none.
    pub range: String,
    /// May be left out.
    pub optional: bool,
    /// What it means.
    pub doc: String,
    /// As it stands in a scenario.
    pub example: String,
}

/// One of several names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoicePage {
    /// As it is written, with what stands in brackets after it.
    pub name: String,
    /// What it means.
    pub doc: String,
}

/// A name that scripts may use.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamePage {
    /// Where it lives.
    pub on: On,
    /// Its name.
    pub name: &'static str,
    /// As one writes it.
    pub signature: String,
    /// What it takes.
    pub params: Vec<api::Param>,
    /// What it gives, with its range.
    pub gives: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// A use of it; the tests run each.
    pub example: &'static str,
}

/// Gathers the reference.
#[must_use]
pub fn manual() -> Manual {
    let examples = examples::Examples::gather();
    let types = names().into_iter().filter_map(|name| type_page(&name, &examples)).collect();
    let script = api::entries()
        .iter()
        .map(|entry| NamePage {
            on: entry.on,
            name: entry.name,
            signature: entry.signature(),
            params: entry.params.clone(),
            gives: entry.gives,
            doc: entry.doc,
            example: entry.example,
        })
        .collect();
    Manual { version: crate::ENGINE_VERSION, types, script }
}

/// The names of all types: from each file's own type down, in the order in which they are named.
#[must_use]
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (root, _) in FILES {
        let mut open = vec![root.to_owned()];
        while let Some(name) = open.pop() {
            if names.contains(&name) {
                continue;
            }
            let mut inside: Vec<String> = Vec::new();
            let mut note = |other: &str| inside.push(other.to_owned());
            match shapes().types.get(&name).map(|known| &known.kind) {
                Some(TypeKind::Struct(fields)) => fields.iter().for_each(|field| field.is.named(&mut note)),
                Some(TypeKind::Choice(variants)) => variants.iter().filter_map(|variant| variant.holds.as_ref()).for_each(|holds| holds.named(&mut note)),
                None => continue,
            }
            names.push(name);
            open.extend(inside.into_iter().rev());
        }
    }
    names
}

fn type_page(name: &str, examples: &examples::Examples) -> Option<TypePage> {
    let known = shapes().types.get(name)?;
    let mut page = TypePage {
        name: name.to_owned(),
        file: FILES.iter().find(|(root, _)| *root == name).map(|(_, file)| *file),
        doc: match name {
            // Two tables of the source have their rows only.
            "Act" => "What a reply does, as it is heard.".to_owned(),
            "TrustFactor" => "A row of the trust matrix: what a trainee can earn trust by.".to_owned(),
            _ => whole_sentences(&known.doc),
        },
        fields: Vec::new(),
        choices: Vec::new(),
    };
    match &known.kind {
        TypeKind::Struct(fields) => {
            page.fields = fields
                .iter()
                .map(|field| FieldPage {
                    name: field.name.clone(),
                    is: words(&field.is, ranges::of_field(name, &field.name).next().is_some()),
                    of: of(&field.is),
                    range: range(name, &field.name),
                    optional: field.optional,
                    doc: doc_of(name, &field.name, &field.doc),
                    example: examples.of(name, &field.name),
                })
                .collect();
        }
        TypeKind::Choice(variants) => {
            page.choices = variants
                .iter()
                .map(|variant| ChoicePage {
                    name: match &variant.holds {
                        Some(holds) => format!("{}({})", variant.name, in_brackets(holds)),
                        None => variant.name.clone(),
                    },
                    doc: choice_doc(name, &variant.name, &variant.doc),
                })
                .collect();
        }
    }
    Some(page)
}

/// "Likewise." repeats what stands above it, which a page that shows one field alone must say in full.
fn doc_of(of: &str, field: &str, doc: &str) -> String {
    if doc != "Likewise." {
        return whole_sentences(doc);
    }
    let mut above = String::new();
    for other in shapes().fields(of) {
        if other.name == field {
            break;
        }
        if other.doc != "Likewise." {
            above.clone_from(&other.doc);
        }
    }
    whole_sentences(&above)
}

/// Acts and rows of the matrix bring their own words.
fn choice_doc(of: &str, name: &str, doc: &str) -> String {
    match of {
        "Act" => {
            crate::appraisal::Act::ALL.iter().find(|act| act.name() == name).map_or_else(String::new, |act| crate::scoring::act_words::name_of(*act).to_owned())
        }
        "TrustFactor" => {
            crate::appraisal::TrustFactor::ALL.iter().find(|factor| factor.name() == name).map_or_else(String::new, |factor| factor.title().to_owned())
        }
        // What a quality is, its place in the client's state says.
        "Quality" => shapes().fields("State").iter().find(|field| field.name == name).map_or_else(String::new, |field| whole_sentences(&field.doc)),
        _ => whole_sentences(doc),
    }
}

/// What an author sees of the docstrings: links into the source become words.
fn whole_sentences(doc: &str) -> String {
    doc.replace("[`", "`").replace("`]", "`")
}

fn of(shape: &Shape) -> Option<String> {
    let mut first = None;
    shape.named(&mut |name| {
        first.get_or_insert_with(|| name.to_owned());
    });
    first
}

/// A range of its own goes before what the kind of number could hold.
fn words(shape: &Shape, has_range: bool) -> String {
    match shape {
        Shape::Whole(_) if has_range => "a whole number".to_owned(),
        other => other.words(),
    }
}

fn in_brackets(shape: &Shape) -> String {
    match shape {
        Shape::Text => "\"…\"".to_owned(),
        Shape::Whole(_) => "n".to_owned(),
        Shape::Named(name) => name.to_lowercase(),
        other => other.words(),
    }
}

fn range(of: &str, field: &str) -> String {
    let mut parts: Vec<String> = ranges::of_field(of, field).map(|range| format!("{} to {}", range.least, range.most)).collect();
    parts.dedup();
    parts.join(", ")
}

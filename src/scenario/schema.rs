//! The shape as data, read from the source of the shape's own types, so that it cannot go stale: for all findings of a file in one
//! pass, for the reference and for editors.

mod read;
mod walk;

pub use walk::walk;

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Every type that a file can be made of.
#[derive(Debug, Default)]
pub struct Schema {
    /// By name in the source.
    pub types: BTreeMap<String, Type>,
}

/// A type.
#[derive(Debug)]
pub struct Type {
    /// Its docstring.
    pub doc: String,
    /// What it is made of.
    pub kind: TypeKind,
}

/// What a type is made of.
#[derive(Debug)]
pub enum TypeKind {
    /// `(field: value, …)`, in the order of the reference and of `fmt`.
    Struct(Vec<Field>),
    /// One of several names.
    Choice(Vec<Variant>),
}

/// A field.
#[derive(Debug)]
pub struct Field {
    /// As written in a file.
    pub name: String,
    /// Its docstring.
    pub doc: String,
    /// What stands in it.
    pub is: Shape,
    /// May be left out.
    pub optional: bool,
}

/// One of several names.
#[derive(Debug)]
pub struct Variant {
    /// As written in a file.
    pub name: String,
    /// Its docstring.
    pub doc: String,
    /// What stands in brackets after it, if anything.
    pub holds: Option<Shape>,
}

/// What can stand somewhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0 to this.
    Whole(u64),
    /// A number.
    Number,
    /// Any number of these.
    List(Box<Shape>),
    /// Exactly so many of these, in round brackets.
    Several(Box<Shape>, usize),
    /// These, in order, in round brackets.
    Tuple(Vec<Shape>),
    /// This, or nothing.
    Maybe(Box<Shape>),
    /// A client line: a text, or a group.
    Line,
    /// Another type of the schema.
    Named(String),
    /// Something the schema does not know; taken as it is.
    Any,
}

/// The schema of every file that an author writes.
#[must_use]
pub fn schema() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let mut schema = Schema::default();
        for source in [
            include_str!("shape.rs"),
            include_str!("expectation.rs"),
            include_str!("transcript.rs"),
            include_str!("../drill/shape.rs"),
            include_str!("../client/mod.rs"),
            include_str!("../scoring/mod.rs"),
            include_str!("../appraisal/mod.rs"),
            include_str!("../text/utterance.rs"),
            include_str!("../appraisal/act.rs"),
            include_str!("../appraisal/matrix.rs"),
            include_str!("../appraisal/codebook/file.rs"),
        ] {
            read::types(source, &mut schema);
        }
        schema
    })
}

impl Schema {
    /// The fields of a struct; none for anything else.
    #[must_use]
    pub fn fields(&self, name: &str) -> &[Field] {
        match self.types.get(name).map(|known| &known.kind) {
            Some(TypeKind::Struct(fields)) => fields,
            _ => &[],
        }
    }
}

impl Shape {
    /// In an author's words: "a text", "a list of lines".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Shape::Text => "a text in quotation marks".to_owned(),
            Shape::Flag => "`true` or `false`".to_owned(),
            Shape::Whole(most) if *most > 100_000 => "a whole number".to_owned(),
            Shape::Whole(most) => format!("a whole number from 0 to {most}"),
            Shape::Number => "a number".to_owned(),
            Shape::List(of) => format!("a list […] of {}", of.plural()),
            Shape::Several(of, n) => format!("{n} {} in round brackets", of.plural()),
            Shape::Tuple(parts) => format!("({}) in round brackets", parts.iter().map(Shape::words).collect::<Vec<_>>().join(", ")),
            Shape::Maybe(of) => of.words(),
            Shape::Line => "a line: \"text\" or (say: \"text\", …)".to_owned(),
            Shape::Named(name) => match schema().types.get(name).map(|known| &known.kind) {
                Some(TypeKind::Choice(variants)) => crate::diagnostic::wording::any_of(variants.iter().map(|variant| variant.name.as_str()), 6),
                _ => "a group (…)".to_owned(),
            },
            Shape::Any => "a value".to_owned(),
        }
    }

    /// Visits every other type that this names.
    pub fn named<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        match self {
            Shape::Named(name) => visit(name),
            Shape::Line => visit("FullLine"),
            Shape::List(of) | Shape::Maybe(of) | Shape::Several(of, _) => of.named(visit),
            Shape::Tuple(parts) => parts.iter().for_each(|part| part.named(visit)),
            Shape::Text | Shape::Flag | Shape::Whole(_) | Shape::Number | Shape::Any => {}
        }
    }

    fn plural(&self) -> String {
        match self {
            Shape::Text => "texts".to_owned(),
            Shape::Line => "lines".to_owned(),
            Shape::Whole(_) => "whole numbers".to_owned(),
            Shape::Number => "numbers".to_owned(),
            Shape::Named(name) if schema().fields(name).is_empty() => "names".to_owned(),
            Shape::Named(_) => "groups (…)".to_owned(),
            other => other.words(),
        }
    }
}

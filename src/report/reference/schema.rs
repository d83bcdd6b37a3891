//! The shape of the RON files for editors and other programs, in the words of JSON Schema (2020-12): a group is an object, a list an array,
//! round brackets without names an array of fixed length. RON itself is no JSON; what is read as data from either has this shape.

use super::{FILES, Manual, names};
use crate::scenario::ranges::{self, Range};
use crate::scenario::schema::{Field, Shape, TypeKind, schema as shapes};
use serde_json::{Map, Value, json};

/// The schema of all three kinds of files; each is a definition, and the whole is any of them.
#[must_use]
pub fn schema(manual: &Manual) -> Value {
    let mut definitions = Map::new();
    for name in names() {
        let Some(known) = shapes().types.get(&name) else { continue };
        let page = manual.types.iter().find(|page| page.name == name);
        let mut one = match &known.kind {
            TypeKind::Struct(fields) => group(&name, fields, manual),
            TypeKind::Choice(variants) => {
                let plain: Vec<&str> = variants.iter().filter(|variant| variant.holds.is_none()).map(|variant| variant.name.as_str()).collect();
                let mut any = vec![json!({ "enum": plain })];
                for variant in variants {
                    if let Some(holds) = &variant.holds {
                        let held = of_shape(holds, &mut |_| None);
                        any.push(
                            json!({ "type": "object", "properties": { &variant.name: held }, "required": [&variant.name], "additionalProperties": false }),
                        );
                    }
                }
                if any.len() == 1 { any.remove(0) } else { json!({ "anyOf": any }) }
            }
        };
        if let (Some(one), Some(page)) = (one.as_object_mut(), page) {
            one.insert("description".to_owned(), json!(page.doc));
        }
        definitions.insert(name, one);
    }
    let any: Vec<Value> = FILES.iter().map(|(root, file)| json!({ "$ref": format!("#/$defs/{root}"), "title": file })).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Files of a practicum scenario, practicum {}", manual.version),
        "anyOf": any,
        "$defs": definitions,
    })
}

fn group(name: &str, fields: &[Field], manual: &Manual) -> Value {
    let page = manual.types.iter().find(|page| page.name == name);
    let mut properties = Map::new();
    for field in fields {
        let mut ranges = ranges::of_field(name, &field.name);
        let one_range: Vec<&'static Range> = ranges.by_ref().collect();
        let mut value = of_shape(&field.is, &mut |part| one_range.iter().find(|range| range.part == part || range.part.is_none()).copied());
        if let (Some(value), Some(about)) = (value.as_object_mut(), page.and_then(|page| page.fields.iter().find(|known| known.name == field.name))) {
            value.insert("description".to_owned(), json!(about.doc));
            if !about.example.is_empty() {
                value.insert("examples".to_owned(), json!([about.example]));
            }
        }
        properties.insert(field.name.clone(), value);
    }
    let required: Vec<&str> = fields.iter().filter(|field| !field.optional).map(|field| field.name.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// `range` gives the range of the n-th part, or of the whole.
fn of_shape(shape: &Shape, range: &mut dyn FnMut(Option<usize>) -> Option<&'static Range>) -> Value {
    let bounded = |kind: &str, range: Option<&'static Range>, most: Option<u64>| {
        let mut value = json!({ "type": kind });
        if let Some(range) = range {
            let bound = |bound: f64| if kind == "integer" { json!(bound as i64) } else { json!(bound) };
            value["minimum"] = bound(range.least);
            value["maximum"] = bound(range.most);
        } else if kind == "integer" {
            value["minimum"] = json!(0);
            if let Some(most) = most.filter(|most| *most < u64::from(u32::MAX)) {
                value["maximum"] = json!(most);
            }
        }
        value
    };
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Whole(most) => bounded("integer", range(None), Some(*most)),
        Shape::Number => bounded("number", range(None), None),
        Shape::List(of) => json!({ "type": "array", "items": of_shape(of, range) }),
        Shape::Several(of, n) => json!({ "type": "array", "items": of_shape(of, range), "minItems": n, "maxItems": n }),
        Shape::Tuple(parts) => {
            let parts: Vec<Value> = parts.iter().enumerate().map(|(n, part)| of_shape(part, &mut |_| range(Some(n)))).collect();
            json!({ "type": "array", "prefixItems": parts, "minItems": parts.len(), "maxItems": parts.len() })
        }
        // What may be left out may also be written as nothing.
        Shape::Maybe(of) => of_shape(of, range),
        Shape::Line => json!({ "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/FullLine" }] }),
        Shape::Named(name) => json!({ "$ref": format!("#/$defs/{name}") }),
        Shape::Any => json!({}),
    }
}

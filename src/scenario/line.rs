//! How a client line is read and written: as a text alone, or as a text with what belongs to it. By hand, since an untagged enum would lose every reason and place.

use super::shape::{FullLine, Line};
use serde::de::value::MapAccessDeserializer;
use serde::de::{EnumAccess, MapAccess, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self, serializer.is_human_readable()) {
            (Line::Plain(say), true) => serializer.serialize_str(say),
            (Line::Full(line), true) => line.serialize(serializer),
            (Line::Plain(say), false) => serializer.serialize_newtype_variant("Line", 0, "Plain", say),
            (Line::Full(line), false) => serializer.serialize_newtype_variant("Line", 1, "Full", line),
        }
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() { deserializer.deserialize_any(Written) } else { deserializer.deserialize_enum("Line", &["Plain", "Full"], Stored) }
    }
}

struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Line;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a line: \"text\" or (say: \"text\", …)")
    }

    fn visit_str<E>(self, say: &str) -> Result<Line, E> {
        Ok(Line::Plain(say.to_owned()))
    }

    fn visit_string<E>(self, say: String) -> Result<Line, E> {
        Ok(Line::Plain(say))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Line, A::Error> {
        FullLine::deserialize(MapAccessDeserializer::new(map)).map(Line::Full)
    }
}

struct Stored;

impl<'de> Visitor<'de> for Stored {
    type Value = Line;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stored line")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Line, A::Error> {
        let (variant, access) = data.variant::<u32>()?;
        if variant == 0 { access.newtype_variant().map(Line::Plain) } else { access.newtype_variant().map(Line::Full) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parse::options;

    fn read(text: &str) -> Result<Vec<Line>, String> {
        options().from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_line_is_a_text_or_a_text_with_more() {
        let lines = read(r#"["Hm.", (say: "No.", id: "no", model: (say: "a", because: "b"))]"#).unwrap();
        assert_eq!((lines[0].say(), lines[1].say(), lines[1].id()), ("Hm.", "No.", Some("no")));
    }

    #[test]
    fn a_line_that_is_neither_says_what_a_line_is() {
        let error = read("[12]").unwrap_err();
        assert!(error.contains("a line"), "{error}");
        let error = read(r#"[(say: "x", sya: "y")]"#).unwrap_err();
        assert!(error.contains("sya") && error.contains("model"), "{error}");
    }

    #[test]
    fn lines_survive_both_forms() {
        let lines = read(r#"["Hm.", (say: "No.", feel: "tired", sets: ["x"])]"#).unwrap();
        assert_eq!(read(&options().to_string(&lines).unwrap()).unwrap(), lines);
        let stored = postcard::to_stdvec(&lines).unwrap();
        assert_eq!(postcard::from_bytes::<Vec<Line>>(&stored).unwrap(), lines);
    }
}

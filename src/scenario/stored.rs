//! The stored form of the scenarios in the binary, made by `build/stored.rs`: what `scenario.ron` says, without layout and comments, and its
//! patterns as tables. Read instead of the text when a scenario is opened to be played, since the first prompt waits for it.

use super::shape::ScenarioFile;
use crate::appraisal::codebook::PatternSet;
use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

static STORED: &[(&str, [&[u8]; 4])] = include!(concat!(env!("OUT_DIR"), "/stored_scenarios.rs"));

/// What is stored of one scenario.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored {
    file: &'static [u8],
    patterns: [&'static [u8]; 3],
}

impl Stored {
    /// What is stored of the scenario with this name.
    pub(super) fn of(name: &str) -> Option<Self> {
        let (_, [file, background, says, promises]) = STORED.iter().find(|(stored, _)| *stored == name)?;
        Some(Self { file, patterns: [background, says, promises] })
    }

    /// The scenario's file.
    pub(super) fn file(self) -> Option<ScenarioFile> {
        let mut rest = self.file;
        ScenarioFile::deserialize(&mut Reader { rest: &mut rest }).ok()
    }

    /// Patterns of the background, of `says`, of promises.
    pub(super) fn patterns(self) -> Option<[PatternSet; 3]> {
        let [background, says, promises] = self.patterns.map(PatternSet::stored);
        Some([background?, says?, promises?])
    }
}

/// Reads values, one after the other.
struct Reader<'a> {
    rest: &'a mut &'static [u8],
}

fn broken() -> Error {
    Error::custom("the stored form is not what the build wrote")
}

impl Reader<'_> {
    fn byte(&mut self) -> Result<u8, Error> {
        let (first, rest) = self.rest.split_first().ok_or_else(broken)?;
        *self.rest = rest;
        Ok(*first)
    }

    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn eight(&mut self) -> Result<[u8; 8], Error> {
        let (eight, rest) = self.rest.split_first_chunk().ok_or_else(broken)?;
        *self.rest = rest;
        Ok(*eight)
    }

    fn count(&mut self) -> Result<usize, Error> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
            shift += 7;
            if shift > 28 {
                return Err(broken());
            }
        }
    }

    fn text(&mut self) -> Result<&'static str, Error> {
        let length = self.count()?;
        let (text, rest) = self.rest.split_at_checked(length).ok_or_else(broken)?;
        *self.rest = rest;
        std::str::from_utf8(text).map_err(Error::custom)
    }

    /// A value of its kind, whatever the type wants: types that want something else than it is are refused by the visitor.
    fn any<V: Visitor<'static>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            b't' | b'w' => visitor.visit_borrowed_str(self.text()?),
            b'i' => {
                let whole = i64::from_le_bytes(self.eight()?);
                if let Ok(whole) = u64::try_from(whole) { visitor.visit_u64(whole) } else { visitor.visit_i64(whole) }
            }
            b'f' => visitor.visit_f64(f64::from_le_bytes(self.eight()?)),
            b'y' => visitor.visit_bool(true),
            b'n' => visitor.visit_bool(false),
            b'0' => visitor.visit_none(),
            b's' => visitor.visit_some(self),
            // The name of a struct says nothing that its type does not say.
            b'v' => {
                self.text()?;
                self.any(visitor)
            }
            b'l' => {
                let left = self.count()?;
                visitor.visit_seq(Inside { reader: self, left, key: None })
            }
            b'g' | b'm' if self.rest.is_empty() => Err(broken()),
            kind @ (b'g' | b'm') => {
                let left = self.count()?;
                visitor.visit_map(Inside { reader: self, left, key: Some(kind) })
            }
            _ => Err(broken()),
        }
    }
}

impl Deserializer<'static> for &mut Reader<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        self.any(visitor)
    }

    fn deserialize_option<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.peek() {
            Some(b'0' | b's') => self.any(visitor),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'static>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'static>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            b'w' => {
                let name = self.text()?;
                visitor.visit_enum(Variant { reader: self, name, unit: true })
            }
            b'v' => {
                let name = self.text()?;
                visitor.visit_enum(Variant { reader: self, name, unit: false })
            }
            _ => Err(broken()),
        }
    }

    forward_to_deserialize_any! {
        <V: Visitor<'static>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

/// What stands in a list, a group or a map.
struct Inside<'a, 'b> {
    reader: &'a mut Reader<'b>,
    left: usize,
    /// `g` where keys are names, `m` where they are values.
    key: Option<u8>,
}

impl SeqAccess<'static> for Inside<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'static>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl MapAccess<'static> for Inside<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'static>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        if self.key == Some(b'g') {
            seed.deserialize(BorrowedStrDeserializer::new(self.reader.text()?)).map(Some)
        } else {
            seed.deserialize(&mut *self.reader).map(Some)
        }
    }

    fn next_value_seed<V: DeserializeSeed<'static>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(&mut *self.reader)
    }
}

/// A variant of an enum: a word, or a word with something in brackets.
struct Variant<'a, 'b> {
    reader: &'a mut Reader<'b>,
    name: &'static str,
    unit: bool,
}

impl<'a, 'b> EnumAccess<'static> for Variant<'a, 'b> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'static>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name = seed.deserialize(BorrowedStrDeserializer::<Error>::new(self.name))?;
        Ok((name, self))
    }
}

impl VariantAccess<'static> for Variant<'_, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        if self.unit { Ok(()) } else { Err(broken()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'static>>(self, seed: T) -> Result<T::Value, Error> {
        if self.unit || self.reader.byte()? != b'l' || self.reader.count()? != 1 {
            return Err(broken());
        }
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'static>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        if self.unit { Err(broken()) } else { self.reader.any(visitor) }
    }

    fn struct_variant<V: Visitor<'static>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        if self.unit { Err(broken()) } else { self.reader.any(visitor) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Scenario, Shelf, patterns};

    #[test]
    fn what_is_stored_is_what_the_text_says() {
        for folder in Shelf::built_in().folders() {
            let name = folder.name();
            let stored = Stored::of(&name).unwrap_or_else(|| panic!("{name} is not stored"));
            let file = Scenario::file_by_its_text(folder).unwrap();
            let kept = stored.file().unwrap_or_else(|| panic!("{name}: the stored form cannot be read"));
            assert_eq!(kept, file, "{name}");
            let [background, says, promises] = stored.patterns().unwrap();
            assert!(patterns::background_of(&file, background) == patterns::background(&file).0, "{name}: background");
            assert!(says == patterns::says(&file).0, "{name}: says");
            assert!(promises == patterns::promises(&file).0, "{name}: promises");
        }
    }

    #[test]
    fn a_stored_form_that_is_cut_short_is_refused() {
        let whole = Stored::of("samantha").unwrap();
        for length in (0..whole.file.len()).step_by(whole.file.len() / 97) {
            assert!(Stored { file: &whole.file[..length], ..whole }.file().is_none(), "{length}");
        }
        assert!(Stored { patterns: [&whole.patterns[0][..100]; 3], ..whole }.patterns().is_none());
    }
}

//! The words as typed: tokens with byte spans, clauses, stems, gestures and silences. Pure and total: any text gives an utterance.

pub mod contraction;
pub mod key;
mod later;
pub mod marks;
pub mod neutral;
mod read;
pub mod lexicon_file;
mod spelling;
pub mod stem;
mod utterance;
mod vocabulary;

pub use crate::diagnostic::Span;
pub use key::{key, stem_key};
pub use later::Later;
pub use neutral::{neutralise, on_one_line};
pub use stem::stem;
pub use utterance::{Clause, End, Kind, PhraseHit, Sentence, Utterance, Word};
pub use vocabulary::{Known, class, class_number, feeling_name, has_phrases, look_up};

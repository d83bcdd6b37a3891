//! The words as typed: tokens with byte spans, clauses, stems, gestures and silences. Pure and total: any text gives an utterance.

pub mod contraction;
pub mod key;
pub mod neutral;
mod read;
pub mod stem;
mod utterance;

pub use crate::diagnostic::Span;
pub use key::{key, stem_key};
pub use neutral::{neutralise, on_one_line};
pub use stem::stem;
pub use utterance::{Clause, End, Kind, Sentence, Utterance, Word};

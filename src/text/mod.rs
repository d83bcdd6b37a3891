//! The words as typed: tokens with byte spans, clauses, stems, gestures and silences. Pure and total: any text gives an utterance.

pub mod neutral;

pub use crate::diagnostic::Span;
pub use neutral::{neutralise, on_one_line};

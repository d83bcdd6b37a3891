//! What the shape of a reply shows where no word does: questions without a question mark, reflections without a formula, orders, echoes.
//!
//! Each finding carries a rule's name (`structure.…`) like those of the codebook. After MITI 4.2.1 (how to parse a volley of utterances)
//! and the classes of AnnoMI.

mod form;
mod overlap;
mod role;
mod whole;

pub(super) use form::{Form, Part};
pub(super) use overlap::Overlap;
pub(super) use role::{Marks, Role, about, roles};
pub(super) use whole::findings;

use crate::text::Utterance;

/// The parts of a reply in order, each a sentence or the asking half of one.
pub(super) fn parts(reply: &Utterance) -> Vec<Part> {
    (0..reply.sentences().len()).flat_map(|sentence| form::parts_of(reply, sentence)).collect()
}

//! One reply, from words to appraisal.

use super::codebook::Codebook;
use super::{Appraisal, Background, Speaker, scores};
use crate::text::Utterance;
use std::collections::BTreeSet;

/// One earlier turn of the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Who spoke.
    pub speaker: Speaker,
    /// What was said.
    pub utterance: Utterance,
}

/// What a reply is heard against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What the client said last; an empty utterance where that is not known.
    pub client: &'a Utterance,
    /// The turns before it, oldest first. The client's last statement is not among them.
    pub earlier: &'a [Turn],
    /// What the scenario knows; `None` for replies from outside.
    pub background: Option<&'a Background>,
    /// Ids of the details that the client has told so far; `None` counts every detail as told.
    pub told: Option<&'a BTreeSet<String>>,
}

impl<'a> Context<'a> {
    /// A context of nothing but the client's last statement.
    #[must_use]
    pub fn of(client: &'a Utterance) -> Self {
        Self { client, earlier: &[], background: None, told: None }
    }
}

/// Says what a reply does, what it takes up, and how well. Never fails, and reads nothing but its arguments.
#[must_use]
pub fn appraise(codebook: &Codebook, reply: &Utterance, context: &Context) -> Appraisal {
    let mut appraisal = Appraisal { kind: reply.kind(), ..Appraisal::default() };
    let _ = codebook;
    appraisal.scores = scores::score(&appraisal, reply, context);
    appraisal
}

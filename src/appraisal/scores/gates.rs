//! Gates: what no sum of good words outweighs. Each holds a score down to a ceiling and says why.

use super::stream::Stream;
use crate::appraisal::Appraisal;
use crate::text::{Span, Utterance};

/// A ceiling on the three scales (5 is none), the words it stands on, and why.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    pub(super) most: [f64; 3],
    pub(super) span: Span,
    pub(super) because: &'static str,
}

/// Every gate that holds for a reply.
pub(super) fn gates(_stream: &Stream, _appraisal: &Appraisal, _reply: &Utterance) -> Vec<Gate> {
    Vec::new()
}

//! Three scores from acts and words, each with its evidence.
//!
//! A reply is taken apart into evidence (`stream`, `shape`, `evidence`), weighed (`network`), held by a few plain gates (`gates`), and told
//! (`telling`): at most six contributions a scale, which sum to the score. The weights are learnt from judged replies alone (`fit`).

mod evidence;
mod families;
mod fit;
mod gates;
mod layout;
mod network;
mod pack;
mod peers;
mod preamble;
mod quiet;
mod shape;
mod stream;
mod telling;

pub use families::MODEL;
pub use fit::{Example, fit};

use super::{Appraisal, Context, Scores};
use crate::text::{Kind, Span, Utterance};
use network::Network;
use std::borrow::Cow;
use std::sync::LazyLock;
use stream::Stream;

/// The scoring model with its weights.
#[derive(Clone, Debug)]
pub struct Scorer {
    network: Network,
}

impl Scorer {
    /// The weights in the binary.
    #[must_use]
    pub fn builtin() -> &'static Scorer {
        static BUILTIN: LazyLock<Scorer> = LazyLock::new(|| Scorer { network: Network::builtin() });
        &BUILTIN
    }

    /// Other weights, from the text that [`fit`] gives.
    ///
    /// # Errors
    /// A sentence that names the line that is no row of weights.
    pub fn with(weights: &str) -> Result<Scorer, String> {
        Network::read(weights).map(|network| Scorer { network })
    }

    /// The three scores of a reply, from its acts and words. Never fails.
    #[must_use]
    pub fn score(&self, appraisal: &Appraisal, reply: &Utterance, context: &Context) -> Scores {
        match reply.kind() {
            Kind::Speech => {
                let stream = Stream::of(reply, context.client);
                let evidence = evidence::gather(&stream, appraisal, reply, context);
                let mut groups = telling::Groups::of(reply, appraisal);
                let verdict = self.network.weigh(&evidence, |piece| groups.of_piece(piece));
                telling::tell(&verdict, &groups, &evidence, &stream, context)
            }
            Kind::Silence | Kind::Gesture => quiet::score(reply, context),
            Kind::Unintelligible => Scores::default(),
        }
    }
}

/// What of a reply is weighed, and the byte at which it begins: all of it, or what follows a polite opening.
#[must_use]
pub fn to_weigh<'r>(reply: &'r Utterance, context: &Context) -> (Cow<'r, Utterance>, usize) {
    match preamble::ends(reply, context).filter(|_| reply.kind() == Kind::Speech) {
        Some(from) => (Cow::Owned(Utterance::read(&reply.text()[from..])), from),
        None => (Cow::Borrowed(reply), 0),
    }
}

/// Scores with their evidence moved by this many bytes, from the part of a reply that was weighed to the reply.
#[must_use]
pub fn moved_by(mut scores: Scores, bytes: usize) -> Scores {
    for score in [&mut scores.empathy, &mut scores.non_judgment, &mut scores.listening].into_iter().flatten() {
        for reason in &mut score.because {
            reason.span = Span::new(reason.span.start + bytes, reason.span.end + bytes);
        }
    }
    scores
}

/// The three scores of a reply, from its acts and words, by the weights in the binary. Never fails.
#[must_use]
pub fn score(appraisal: &Appraisal, reply: &Utterance, context: &Context) -> Scores {
    Scorer::builtin().score(appraisal, reply, context)
}

/// A judged reply as [`fit`] needs it; `None` where it is not speech, which is scored by rule. `judged`: empathy, non-judgment, listening, 1 to 5.
#[must_use]
pub fn example(appraisal: &Appraisal, reply: &Utterance, context: &Context, writer: char, judged: [f32; 3]) -> Option<Example> {
    if reply.kind() != Kind::Speech {
        return None;
    }
    let stream = Stream::of(reply, context.client);
    let evidence = evidence::gather(&stream, appraisal, reply, context);
    let names = evidence::names(&stream, appraisal, reply, context);
    Some(Example { evidence, names, writer, judged, weight: 1.0 })
}

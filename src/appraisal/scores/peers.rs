//! A reply outside a session: somebody writes how life is, and a peer answers. There warmth, shared experience and interest are what readers
//! of such exchanges count (EPITOME: emotional reactions, interpretations, explorations; Sharma et al. 2020), while what was learnt from
//! consulting rooms says little. The weights here are set by hand.

use super::shape::family;
use super::stream::Stream;
use crate::appraisal::Context;
use crate::text::{End, Utterance, key};

/// How a reply among peers reads: each part 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Peer {
    /// Warm words.
    pub(super) warmth: f64,
    /// Speaks from the same experience.
    pub(super) shared: f64,
    /// Asks the other.
    pub(super) interest: f64,
    /// Tells what to do.
    pub(super) directs: f64,
    /// How much this reading counts, 0 to 1.
    pub(super) share: f64,
}

impl Peer {
    /// Points of empathy, 1 to 5.
    pub(super) fn points(self) -> f64 {
        1.0 + 0.7 * self.warmth + 1.5 * self.shared + 1.3 * self.interest - 0.2 * self.directs
    }
}

/// Share of the peers' reading in the score where the client writes of life as a whole, to nobody in particular; the model of the consulting
/// room keeps the rest.
const POST: f64 = 0.8;
/// Its share for another long answer without a session around it.
const ALONE: f64 = 0.5;
/// Fewer words (of the reply's) are what one says across a room, not a message.
const LONG_ANSWER: usize = 18;
/// Fewer words (of the client's) are a line of a conversation, not a message.
const MESSAGE: usize = 20;

const STATE: [&str; 8] = ["fear", "shame", "sad", "tired", "alone", "anger", "joy", "clinical"];
const STATES: [u8; STATE.len()] = {
    let mut states = [0; STATE.len()];
    let mut at = 0;
    while at < STATE.len() {
        states[at] = family(STATE[at]);
        at += 1;
    }
    states
};
const STOCK: u8 = family("stock");
const EXHORT: u8 = family("exhort");
const OWN_STORY: u8 = family("ownstory");
const ADVICE: u8 = family("advice");

/// Words that a message to nobody in particular is made of: life as a whole, how one is.
fn is_of_life(form: u64) -> bool {
    const KEYS: [u64; 22] = [
        key("life"),
        key("anymore"),
        key("feel"),
        key("feeling"),
        key("feels"),
        key("hate"),
        key("kill"),
        key("die"),
        key("dying"),
        key("dead"),
        key("suicide"),
        key("suicidal"),
        key("depressed"),
        key("depression"),
        key("anxiety"),
        key("happy"),
        key("living"),
        key("alive"),
        key("pain"),
        key("cry"),
        key("sleep"),
        key("help"),
    ];
    KEYS.contains(&form)
}

fn is_me(form: u64) -> bool {
    const KEYS: [u64; 5] = [key("i"), key("me"), key("my"), key("mine"), key("myself")];
    KEYS.contains(&form)
}

fn is_you(form: u64) -> bool {
    const KEYS: [u64; 4] = [key("you"), key("your"), key("yours"), key("yourself")];
    KEYS.contains(&form)
}

fn is_warm(form: u64) -> bool {
    const KEYS: [u64; 26] = [
        key("sorry"),
        key("hug"),
        key("hugs"),
        key("love"),
        key("care"),
        key("hope"),
        key("wish"),
        key("proud"),
        key("glad"),
        key("luck"),
        key("sucks"),
        key("awful"),
        key("terrible"),
        key("rough"),
        key("tough"),
        key("welcome"),
        key("bless"),
        key("deserve"),
        key("strong"),
        key("beautiful"),
        key("friend"),
        key("dear"),
        key("thanks"),
        key("worth"),
        key("heart"),
        key("alone"),
    ];
    KEYS.contains(&form)
}

/// Reads a reply as one among peers; `None` where it stands in a session.
pub(super) fn read(stream: &Stream, reply: &Utterance, context: &Context) -> Option<Peer> {
    if !context.earlier.is_empty() || context.background.is_some() || stream.client_words.is_empty() {
        return None;
    }
    let state = stream.client_words.iter().any(|word| is_of_life(word.form) || word.entry.families().iter().any(|family| STATES.contains(family)));
    let mine = stream.words.iter().filter(|word| is_me(word.form)).count();
    let warm = stream.words.iter().filter(|word| is_warm(word.form)).count() + usize::from(stream.has(STOCK)) + usize::from(stream.has(EXHORT));
    let own = usize::from(stream.has(OWN_STORY));
    let asks = reply.sentences().iter().any(|sentence| {
        let words = stream.words.get(sentence.first as usize..sentence.last as usize).unwrap_or_default();
        sentence.end == End::Question && (words.iter().any(|word| is_you(word.form)) || words.len() < 12)
    });
    let long = stream.words.len() >= LONG_ANSWER;
    // A short answer about the client alone is what one says across a room.
    let post = state && stream.client_words.len() >= MESSAGE && (long || mine > 0 || asks);
    if !post && !long {
        return None;
    }
    Some(Peer {
        warmth: (warm.min(2) as f64 / 2.0).sqrt(),
        shared: (mine.min(4) as f64 / 4.0 + 0.3 * own as f64).min(1.0),
        interest: f64::from(u8::from(asks)),
        directs: f64::from(u8::from(stream.has(ADVICE))),
        share: if post { POST } else { ALONE },
    })
}

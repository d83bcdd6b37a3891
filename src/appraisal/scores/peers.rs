//! A reply outside a session: somebody writes how life is, and a peer answers. There warmth, shared experience and interest are what readers
//! of such exchanges count (EPITOME: emotional reactions, interpretations, explorations; Sharma et al. 2020), while what was learnt from
//! consulting rooms says little. The weights here are set by hand.

use super::shape::family;
use super::stream::{Heard, Stream};
use crate::appraisal::Context;
use crate::text::{End, Utterance, key};

/// How a reply among peers reads: each part 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Peer {
    /// Warm words.
    pub(super) warmth: f64,
    /// Speaks from the same experience.
    pub(super) shared: f64,
    /// Says that it is the same, or that it is understood.
    pub(super) alike: f64,
    /// Asks the other.
    pub(super) interest: f64,
    /// How much this reading counts, 0 to 1.
    pub(super) share: f64,
}

impl Peer {
    /// Points of empathy, 1 to 5. EPITOME gives each of its three kinds up to two levels; among peers what is shared stands for understanding,
    /// a question shows interest, and a warm word alone says least.
    pub(super) fn points(self) -> f64 {
        1.2 + 1.6 * self.shared + 1.5 * self.interest + 0.3 * self.warmth + 0.4 * self.alike
    }
}

/// What speaks for a post, written to nobody in particular: words of life as a whole (each, up to three), an address to anybody, rough words,
/// length beyond what one says across a room; and against it: other people and numbers, of which what is told in a session is full.
const BY_LIFE: f64 = 0.3;
const BY_ANYBODY: f64 = 0.3;
const BY_ROUGH: f64 = 0.3;
const BY_LENGTH: f64 = 0.02;
const ACROSS_A_ROOM: usize = 12;
const MOST_LENGTH: usize = 25;
const BY_QUESTION: f64 = 0.2;
/// The reply: longer than a remark, and in the first person.
const REMARK: usize = 8;
const BY_ME: f64 = 0.2;
const BY_OTHERS: f64 = 0.25;
const BY_NUMBERS: f64 = 0.2;
/// Below the first nothing is read as among peers, from the second on everything.
const FROM: f64 = 0.38;
const TO: f64 = 0.6;

const NUMBER: u8 = family("number");
const STOCK: u8 = family("stock");
const EXHORT: u8 = family("exhort");
const OWN_STORY: u8 = family("ownstory");

/// Words that a message to nobody in particular is made of: life as a whole, how one is.
fn is_of_life(form: u64) -> bool {
    const KEYS: [u64; 63] = [
        key("life"),
        key("anymore"),
        key("feel"),
        key("feeling"),
        key("feels"),
        key("felt"),
        key("hate"),
        key("kill"),
        key("die"),
        key("dying"),
        key("dead"),
        key("suicide"),
        key("suicidal"),
        key("depressed"),
        key("depression"),
        key("depressing"),
        key("anxiety"),
        key("anxious"),
        key("happy"),
        key("happiness"),
        key("living"),
        key("alive"),
        key("live"),
        key("pain"),
        key("cry"),
        key("crying"),
        key("sleep"),
        key("help"),
        key("alone"),
        key("lonely"),
        key("loneliness"),
        key("tired"),
        key("sad"),
        key("sadness"),
        key("miserable"),
        key("numb"),
        key("empty"),
        key("worthless"),
        key("hopeless"),
        key("useless"),
        key("world"),
        key("wish"),
        key("myself"),
        key("existence"),
        key("exist"),
        key("therapist"),
        key("therapy"),
        key("meds"),
        key("medication"),
        key("everything"),
        key("motivation"),
        key("reason"),
        key("cope"),
        key("mental"),
        key("panic"),
        key("attacks"),
        key("thoughts"),
        key("struggling"),
        key("worse"),
        key("exhausted"),
        key("hurts"),
        key("hurt"),
        key("pointless"),
    ];
    KEYS.contains(&form)
}

/// Words that address everybody.
fn is_anybody(form: u64) -> bool {
    const KEYS: [u64; 8] = [key("anyone"), key("anybody"), key("everyone"), key("guys"), key("people"), key("someone"), key("somebody"), key("else")];
    KEYS.contains(&form)
}

/// Words of a place where nobody minds them.
fn is_rough(form: u64) -> bool {
    const KEYS: [u64; 10] =
        [key("fuck"), key("fucking"), key("shit"), key("shitty"), key("damn"), key("hell"), key("ugh"), key("idk"), key("lol"), key("crap")];
    KEYS.contains(&form)
}

/// Numbers that count nothing.
fn is_vague_number(form: u64) -> bool {
    const KEYS: [u64; 5] = [key("one"), key("once"), key("first"), key("half"), key("second")];
    KEYS.contains(&form)
}

/// Somebody told of.
fn is_other(form: u64) -> bool {
    const KEYS: [u64; 8] = [key("he"), key("she"), key("his"), key("her"), key("him"), key("they"), key("them"), key("their")];
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

/// "Me too", "same here", "been there", "I know how", "I understand": it is alike.
fn says_alike(words: &[Heard]) -> bool {
    const ALIKE: [u64; 7] = [key("same"), key("relate"), key("understand"), key("similar"), key("too"), key("feel"), key("felt")];
    words.windows(2).any(|two| is_me(two[0].form) && ALIKE.contains(&two[1].form))
        || words.iter().any(|word| word.form == key("same") || word.form == key("relate") || word.form == key("understand"))
        || words.windows(2).any(|two| two[0].form == key("been") && two[1].form == key("there"))
}

/// How much speaks for it that the client's words are a post and no part of a session.
fn post(stream: &Stream, context: &Context) -> f64 {
    let count = |is: fn(u64) -> bool| stream.client_words.iter().filter(|word| is(word.form)).count();
    let some = |is: bool, much: f64| if is { much } else { 0.0 };
    let numbers = stream.client_words.iter().any(|word| word.entry.families().contains(&NUMBER) && !is_vague_number(word.form));
    let asks = context.client.sentences().iter().any(|sentence| sentence.end == End::Question);
    BY_LIFE * count(is_of_life).min(3) as f64
        + some(count(is_anybody) > 0, BY_ANYBODY)
        + some(count(is_rough) > 0, BY_ROUGH)
        + BY_LENGTH * stream.client_words.len().saturating_sub(ACROSS_A_ROOM).min(MOST_LENGTH) as f64
        + some(asks, BY_QUESTION)
        + BY_LENGTH * stream.words.len().saturating_sub(REMARK).min(MOST_LENGTH) as f64
        + some(stream.words.iter().any(|word| is_me(word.form)), BY_ME)
        - BY_OTHERS * count(is_other).min(2) as f64
        - some(numbers, BY_NUMBERS)
}

/// Reads a reply as one among peers; `None` where it stands in a session.
pub(super) fn read(stream: &Stream, reply: &Utterance, context: &Context) -> Option<Peer> {
    if !context.earlier.is_empty() || context.background.is_some() || stream.client_words.is_empty() {
        return None;
    }
    let share = ((post(stream, context) - FROM) / (TO - FROM)).min(1.0);
    if share <= 0.0 {
        return None;
    }
    let mine = stream.words.iter().filter(|word| is_me(word.form)).count();
    let warm = stream.words.iter().filter(|word| is_warm(word.form)).count() + usize::from(stream.has(STOCK)) + usize::from(stream.has(EXHORT));
    let own = usize::from(stream.has(OWN_STORY));
    let asks = reply.sentences().iter().any(|sentence| {
        let words = stream.words.get(sentence.first as usize..sentence.last as usize).unwrap_or_default();
        sentence.end == End::Question && (words.iter().any(|word| is_you(word.form)) || words.len() < 12)
    });
    Some(Peer {
        warmth: warm.min(2) as f64 / 2.0,
        shared: (mine.min(5) as f64 / 5.0 + 0.2 * own as f64).min(1.0),
        alike: f64::from(u8::from(says_alike(&stream.words))),
        interest: f64::from(u8::from(asks)),
        share,
    })
}

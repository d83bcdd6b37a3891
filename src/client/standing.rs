//! What moves in a client, and nothing else: it is small, it is saved whole, and it does not grow with the length of a session.

use super::{RuptureStyle, State};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Something that was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The disclosure.
    pub id: String,
    /// 0 to 4.
    pub layer: u8,
    /// In which session.
    pub session: u32,
    /// In which turn.
    pub turn: u32,
}

/// A rupture that is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rupture {
    /// How it shows.
    pub style: RuptureStyle,
    /// 1 to 3.
    pub severity: u8,
    /// What opened it or made it worse, one sentence.
    pub because: String,
    /// The trainee has named an own part in it.
    pub owned: bool,
    /// It was explored or validated, so many times.
    pub explored: u8,
    /// What safety, bond, understood and agency lost by it, 0 to 1 each.
    pub lost: [f64; 4],
    /// Arousal when it opened; it does not fall below that until it is mended.
    pub arousal: f64,
}

/// A promise as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseStanding {
    /// Made, kept or broken.
    pub word: super::PromiseWord,
    /// The last session in which it can be kept.
    pub due: u32,
    /// It was made while a rupture was open: keeping it then earns nothing, so that hurt and repair never pay.
    pub made_while_hurt: bool,
    /// The session in which it was made, kept or broken last.
    #[serde(default)]
    pub in_session: u32,
}

/// Everything about a client that moves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The six qualities.
    pub state: State,
    /// The session it is in, 1, 2, 3 …
    pub session: u32,
    /// The last turn that was applied.
    pub turn: u32,
    /// What was told, in order.
    pub told: Vec<Told>,
    /// Flags that are set.
    pub flags: BTreeSet<String>,
    /// Promises by id.
    pub promises: BTreeMap<String, PromiseStanding>,
    /// The rupture that is open, if one is.
    pub rupture: Option<Rupture>,
    /// How many have opened so far.
    pub ruptures: u32,
    /// Steps of severity of all ruptures so far, up to a ceiling.
    pub scars: u8,
    /// How many were mended so far.
    pub repairs: u32,
    /// The client has ended the session.
    pub left: bool,
    /// Confidentiality was explained, with its limits.
    pub confidentiality: bool,
    /// Topics touched in this session.
    pub touched: BTreeSet<String>,
    /// Words used in this session that shut a gate.
    pub words: BTreeSet<String>,
    /// T at the start of this session.
    pub trust_at_start: f64,
    /// Acts of this session, a bit each.
    pub(super) did: u64,
    /// Acts of the last six ordinary turns, a bit each, newest first.
    pub(super) recent: [u64; 6],
    /// Rows of the last six ordinary turns, a bit each, newest first.
    pub(super) recent_rows: [u32; 6],
    /// Ordinary turns in a row with poor listening.
    pub(super) unheard: u8,
    /// Silences in a row.
    pub(super) silences: u8,
    /// Ordinary turns since the last check-in, counted up to a ceiling.
    pub(super) since_check_in: u8,
    /// After a repair: what stayed unrestored, until the next loss.
    pub(super) resilience: Option<[f64; 4]>,
}

/// The ceiling of the counter of turns since a check-in: from there on a check-in has its full value. Clinical.md: "more than one in eight turns loses value".
pub(super) const CHECK_IN_FULL: u8 = 8;

impl Standing {
    pub(super) fn at_start(temperament: &super::Temperament) -> Self {
        let state = temperament.start.clamped();
        Self {
            state,
            session: 1,
            turn: 0,
            told: Vec::new(),
            flags: BTreeSet::new(),
            promises: BTreeMap::new(),
            rupture: None,
            ruptures: 0,
            scars: 0,
            repairs: 0,
            left: false,
            confidentiality: false,
            touched: BTreeSet::new(),
            words: BTreeSet::new(),
            trust_at_start: state.trust(),
            did: 0,
            recent: [0; 6],
            recent_rows: [0; 6],
            unheard: 0,
            silences: 0,
            since_check_in: CHECK_IN_FULL,
            resilience: None,
        }
    }
}

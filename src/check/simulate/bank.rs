//! What simulated trainees say: templates by policy, with the situations they fit, and the words to fill them with. All of it is data in `bank/`.

use crate::scenario::expectation::Policy;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A situation that a trainee can see from where they sit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum When {
    /// The first reply of the first session.
    First,
    /// The first reply of a later session.
    Again,
    /// The client asked something.
    Asked,
    /// The client is hurt, and it has not been mended.
    Hurt,
    /// Nothing stands between the two.
    Whole,
    /// The client has just told something that was hard to tell.
    Told,
    /// The client's words carried feeling.
    Feeling,
    /// The client said four words or fewer.
    Short,
    /// The last three turns of the hour.
    Late,
}

/// A kind of reply, with its wordings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    /// All of these must hold.
    #[serde(default)]
    pub(super) when: Vec<When>,
    /// The client's line holds one of these words.
    #[serde(default)]
    pub(super) hears: Vec<String>,
    /// How often, against the other moves that fit.
    pub(super) weight: u32,
    /// Not again within so many turns.
    #[serde(default)]
    pub(super) every: u32,
    /// At most once a session.
    #[serde(default)]
    pub(super) once: bool,
    /// The wordings.
    say: Vec<String>,
    /// The wordings, taken apart.
    #[serde(skip)]
    pub(super) wordings: Vec<Wording>,
}

/// A wording: text and slots in turn.
pub(super) type Wording = Vec<Piece>;

/// A piece of a wording.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// As it stands.
    Text(String),
    /// To be filled; upper-case first letter where the flag is set.
    Slot(Slot, bool),
}

/// What can be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A clause of the client's last words, with the pronouns turned.
    Echo,
    /// A clause from some turns ago, with the pronouns turned.
    Earlier,
    /// A feeling that the client put into words.
    Feeling,
    /// A meaning that stands behind the words.
    Deep,
    /// Somebody or something the client named: "your sister", "the letter".
    Thing,
    /// A topic of the scenario: the one that is being talked about, or a near one.
    Topic,
    /// A topic of the scenario that has not been asked about yet.
    NewTopic,
    /// A topic that leads to something untold, as an attentive trainee would guess it; otherwise as [`Slot::NewTopic`].
    Heart,
    /// The client's last sentence, word for word.
    Last,
    /// The client's name.
    Name,
    /// Some words without sense.
    Noise,
}

const SLOTS: &[(&str, Slot)] = &[
    ("echo", Slot::Echo),
    ("earlier", Slot::Earlier),
    ("feeling", Slot::Feeling),
    ("deep", Slot::Deep),
    ("thing", Slot::Thing),
    ("topic", Slot::Topic),
    ("new_topic", Slot::NewTopic),
    ("heart", Slot::Heart),
    ("last", Slot::Last),
    ("name", Slot::Name),
    ("noise", Slot::Noise),
];

/// All a policy can say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Repertoire {
    #[cfg_attr(not(test), expect(dead_code, reason = "read so that the file says it, checked by the test"))]
    format: u32,
    policy: Policy,
    pub(super) moves: Vec<Move>,
    /// When nothing else can be filled.
    pub(super) otherwise: String,
}

/// A meaning behind the words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Implied {
    pub(super) hears: Vec<String>,
    pub(super) say: Vec<String>,
}

/// Words to fill templates with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    #[cfg_attr(not(test), expect(dead_code, reason = "read so that the file says it, checked by the test"))]
    format: u32,
    /// Words for a feeling, by the lexicon's family.
    pub(super) feelings: BTreeMap<String, Vec<String>>,
    pub(super) implied: Vec<Implied>,
    pub(super) noise: Vec<String>,
}

const WORDS: &str = include_str!("bank/words.ron");

const REPERTOIRES: &[&str] = &[
    include_str!("bank/skilled.ron"),
    include_str!("bank/good_novice.ron"),
    include_str!("bank/typical_novice.ron"),
    include_str!("bank/interrogator.ron"),
    include_str!("bank/open_only.ron"),
    include_str!("bank/formula.ron"),
    include_str!("bank/parrot.ron"),
    include_str!("bank/cheerleader.ron"),
    include_str!("bank/adviser.ron"),
    include_str!("bank/judger.ron"),
    include_str!("bank/silent.ron"),
    include_str!("bank/random_words.ron"),
];

/// Everything, read once.
pub(super) struct Bank {
    pub(super) words: Words,
    repertoires: Vec<Repertoire>,
}

impl Bank {
    /// The bank in the binary. A file in it that does not parse is an empty one; a test holds that all of them do.
    pub(super) fn get() -> &'static Self {
        static BANK: OnceLock<Bank> = OnceLock::new();
        BANK.get_or_init(|| {
            let repertoires = REPERTOIRES.iter().filter_map(|text| repertoire(text).ok()).collect();
            let empty = Words { format: 1, feelings: BTreeMap::new(), implied: Vec::new(), noise: Vec::new() };
            Bank { words: ron::from_str(WORDS).unwrap_or(empty), repertoires }
        })
    }

    /// What this policy can say.
    pub(super) fn of(&self, policy: Policy) -> Option<&Repertoire> {
        self.repertoires.iter().find(|repertoire| repertoire.policy == policy)
    }
}

fn repertoire(text: &str) -> Result<Repertoire, String> {
    let mut repertoire: Repertoire = ron::from_str(text).map_err(|error| error.to_string())?;
    for one in &mut repertoire.moves {
        one.wordings = one.say.iter().map(|say| wording(say)).collect::<Result<_, _>>()?;
    }
    Ok(repertoire)
}

/// Takes a template apart.
fn wording(say: &str) -> Result<Wording, String> {
    let mut pieces = Vec::new();
    let mut rest = say;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(|| format!("`{say}` opens a slot and does not close it"))?;
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        let lower = name.to_lowercase();
        let (_, slot) = SLOTS.iter().find(|(slot, _)| *slot == lower).ok_or_else(|| format!("`{name}` in `{say}` is no slot"))?;
        pieces.push(Piece::Slot(*slot, name.starts_with(char::is_uppercase)));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_has_a_repertoire_that_can_be_read() {
        for text in REPERTOIRES {
            let read = repertoire(text).expect(text);
            assert_eq!(read.format, 1);
        }
        let words: Words = ron::from_str(WORDS).unwrap();
        assert_eq!(words.format, 1);
        assert!(words.noise.len() > 100 && words.implied.len() >= 20);
        for policy in Policy::ALL {
            assert!(Bank::get().of(policy).is_some(), "{}", policy.name());
        }
    }

    #[test]
    fn good_trainees_and_novices_have_many_wordings() {
        for policy in [Policy::Skilled, Policy::GoodNovice, Policy::TypicalNovice] {
            let wordings: usize = Bank::get().of(policy).unwrap().moves.iter().map(|one| one.wordings.len()).sum();
            assert!(wordings >= 60, "{}: {wordings}", policy.name());
        }
    }
}

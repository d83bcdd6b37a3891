//! How clients sound (clinical.md, section 5, after 112 expert-written principles): advice, never an error. A supervisor may know better.

use crate::scenario::Scenario;
use crate::scenario::findings::walk::{Room, pools};
use crate::scenario::findings::{At, Finder};

/// Words of the trade that a client seldom uses of herself.
const CLINICAL: &[&str] = &[
    "trauma",
    "traumatic",
    "traumatised",
    "traumatized",
    "triggered",
    "trigger",
    "coping",
    "boundaries",
    "attachment",
    "dissociate",
    "dissociated",
    "dissociating",
    "hypervigilant",
    "hypervigilance",
    "avoidant",
    "codependent",
    "narcissist",
    "narcissistic",
    "gaslighting",
    "symptoms",
    "symptom",
    "diagnosis",
    "ptsd",
    "validated",
    "validating",
    "somatic",
    "dysregulated",
    "cognitive",
    "intrusive",
    "ruminate",
    "ruminating",
    "rumination",
    "self-care",
    "self-esteem",
    "inner child",
    "safe space",
    "support system",
    "toxic",
];
/// Plans that come too neatly.
const PLANS: &[&str] = &[
    "my plan is",
    "from now on i will",
    "from now on, i will",
    "i will start by",
    "step by step i",
    "i have decided that i will",
    "i'm committed to",
    "my goal is",
];
/// What therapists say.
const THERAPIST: &[&str] = &["it sounds like you", "i hear you", "what i'm hearing", "how does that make you feel", "thank you for sharing"];
/// A guarded client who says more than this in one go is not guarded. Our guess, from the lines of the shipped clients.
const GUARDED_WORDS: usize = 45;
/// Somebody who is asked one thing and closed answers in few sentences. Our guess.
const GUARDED_SENTENCES: usize = 5;
/// A client thanks in no more than this share of lines.
const THANKS: f64 = 0.05;

pub(super) fn find(scenario: &Scenario, finder: &mut Finder) {
    let (mut lines, mut thanks) = (0_usize, 0_usize);
    let thanked = |said: &str| ["thank you", "thanks"].iter().any(|word| holds(said, word));
    let mut all = 0_usize;
    pools(&scenario.file, &mut |pool, _, _| all += pool.lines.len());
    // The first few are anybody's manners.
    let allowed = ((all as f64 * THANKS) as usize).max(3);
    pools(&scenario.file, &mut |pool, at, _| {
        for (n, line) in pool.lines.iter().enumerate() {
            let entry = at.entry(n);
            let said = spoken(line.say()).to_lowercase();
            lines += 1;
            phrases(&said, &entry, finder);
            guarded(&said, pool.room, &entry, finder);
            if thanked(&said) {
                thanks += 1;
                if thanks > allowed {
                    finder.advice(
                        "K023",
                        &entry,
                        format!("the client says thanks in {thanks} of {lines} lines so far, of {all}"),
                        "let it show otherwise: clients who come to trust say more, not thanks",
                    );
                }
            }
        }
    });
}

fn phrases(said: &str, at: &At<'_>, finder: &mut Finder) {
    let mut words = said.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'');
    let single = words.find_map(|word| CLINICAL.iter().find(|clinical| **clinical == word));
    let phrase = || CLINICAL.iter().filter(|clinical| clinical.contains(' ')).find(|phrase| holds(said, phrase));
    if let Some(word) = single.or_else(phrase) {
        finder.advice("K020", at, format!("`{word}` is a word of the trade, in the client's mouth"), "say what it is like, in this person's own words");
    }
    if let Some(plan) = PLANS.iter().find(|plan| holds(said, plan)) {
        finder.advice(
            "K021",
            at,
            format!("`{plan}` is neater than people are when they speak"),
            "let the client hesitate, or contradict it in the next sentence",
        );
    }
    if let Some(phrase) = THERAPIST.iter().find(|phrase| holds(said, phrase)) {
        finder.advice("K024", at, format!("`{phrase}` is what therapists say"), "the client has come to be heard, not to hear");
    }
}

fn guarded(said: &str, room: Room, at: &At<'_>, finder: &mut Finder) {
    if room != Room::Guarded {
        return;
    }
    let words = said.split_whitespace().count();
    let sentences = said.split(['.', '?', '!']).filter(|part| part.split_whitespace().next().is_some()).count();
    if words > GUARDED_WORDS {
        finder.advice(
            "K022",
            at,
            format!("a guarded client says {words} words in one go"),
            format!("keep it under {GUARDED_WORDS}, and give the rest when trust has grown"),
        );
    } else if sentences > GUARDED_SENTENCES {
        finder.advice("K025", at, format!("a guarded client answers with {sentences} sentences"), "answer only what was asked");
    }
}

/// The words without the gestures.
fn spoken(text: &str) -> String {
    text.split('*').step_by(2).collect::<Vec<_>>().join(" ").replace('’', "'")
}

/// Whole words only.
pub(super) fn holds(text: &str, phrase: &str) -> bool {
    // Every line is looked through for every phrase, and hardly any holds one.
    memchr::memmem::find_iter(text.as_bytes(), phrase.as_bytes()).any(|at| {
        let inside = |c: char| c.is_alphanumeric() || c == '\'';
        !text[..at].chars().next_back().is_some_and(inside) && !text[at + phrase.len()..].chars().next().is_some_and(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gestures_are_not_speech_and_words_are_whole() {
        assert_eq!(spoken("*my plan is* no").trim(), "no");
        assert!(holds("my coping is fine", "coping") && !holds("my copings", "coping"));
    }
}

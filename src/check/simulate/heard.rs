//! What a simulated trainee takes from the client's words: clauses with the pronouns turned, feelings, what stands behind them, who was named.

use super::bank::Words;
use crate::text::{End, Utterance, feeling_name};

/// Clauses outside of this length in words make poor echoes.
const ECHO: std::ops::RangeInclusive<usize> = 3..=12;
/// Four words or fewer are a short answer.
const SHORT: usize = 4;

/// What was heard in one client line.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    /// Clauses, pronouns turned, lower case at the start.
    pub(super) echoes: Vec<String>,
    /// Feelings put into words.
    pub(super) feelings: Vec<String>,
    /// Meanings behind the words.
    pub(super) deep: Vec<String>,
    /// "your sister", "the letter".
    pub(super) things: Vec<String>,
    /// The last sentence as it was said.
    pub(super) last: String,
    /// The line ends with a question.
    pub(super) asked: bool,
    /// Few words.
    pub(super) short: bool,
    /// All words, lower case, for `hears`.
    pub(super) words: Vec<String>,
}

impl Heard {
    /// Listens to a client line.
    pub(super) fn of(line: &Utterance, words: &Words) -> Self {
        let mut heard = Self::default();
        let text = line.text();
        for clause in line.clauses() {
            let (first, last) = (clause.first as usize, clause.last as usize);
            if let Some(said) = text.get(line.span(first, last).start..line.span(first, last).end)
                && clause.end != End::Question
                && !line.words()[first..last].iter().any(|word| word.quoted)
                && let Some(echo) = echo(said)
            {
                heard.echoes.push(echo);
            }
        }
        for word in line.words() {
            if let Some(named) = feeling_name(word.feeling).and_then(|family| words.feelings.get(family)) {
                heard.feelings.extend(named.iter().cloned());
            }
        }
        heard.words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        for implied in &words.implied {
            if implied.hears.iter().any(|word| heard.words.contains(word)) {
                heard.deep.extend(implied.say.iter().cloned());
            }
        }
        heard.things = things(&heard.words);
        let sentence = line.sentences().last();
        heard.asked = sentence.is_some_and(|sentence| sentence.end == End::Question);
        heard.last = sentence
            .and_then(|sentence| {
                let span = line.span(sentence.first as usize, sentence.last as usize);
                text.get(span.start..span.end).map(str::to_owned)
            })
            .unwrap_or_default();
        heard.short = line.words().len() <= SHORT;
        heard
    }
}

/// A clause as one can say it back, or nothing where it would sound odd.
fn echo(said: &str) -> Option<String> {
    let mut words: Vec<&str> = said.split_whitespace().collect();
    while words.first().is_some_and(|word| ["and", "but", "because", "so", "well", "yes", "no", "or", "then", "just", "still"].contains(&bare(word).as_str())) {
        words.remove(0);
    }
    if !ECHO.contains(&words.len()) || !begins_well(words.first()?) || words.iter().any(|word| addresses(word)) {
        return None;
    }
    let mut echo = String::with_capacity(said.len() + 16);
    let mut mine = false;
    for (index, word) in words.iter().enumerate() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
        let bare = bare(word);
        let turned = turned(&bare, mine);
        mine = bare == "i";
        if index > 0 {
            echo.push(' ');
        }
        match turned {
            Some(turned) => echo.push_str(turned),
            None if index == 0 => echo.push_str(&bare),
            None => echo.push_str(word),
        }
    }
    Some(echo)
}

/// Lower case, straight apostrophes, no punctuation around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').replace('’', "'").to_lowercase()
}

/// Words with which a clause can stand behind "it sounds like".
fn begins_well(word: &str) -> bool {
    matches!(
        bare(word).as_str(),
        "i" | "i'm"
            | "i've"
            | "i'd"
            | "i'll"
            | "my"
            | "he"
            | "he's"
            | "she"
            | "she's"
            | "it"
            | "it's"
            | "that"
            | "that's"
            | "they"
            | "they're"
            | "we"
            | "we'd"
            | "nobody"
            | "everyone"
            | "everybody"
            | "people"
            | "someone"
            | "somebody"
            | "nothing"
            | "there's"
            | "there"
            | "the"
            | "this"
    )
}

/// The client speaks to the trainee: no echo.
fn addresses(word: &str) -> bool {
    matches!(bare(word).as_str(), "you" | "your" | "you're" | "you've" | "you'd" | "you'll" | "yours")
}

/// The word as the other person says it.
fn turned(word: &str, after_i: bool) -> Option<&'static str> {
    Some(match word {
        "i" | "me" => "you",
        "i'm" => "you're",
        "i've" => "you've",
        "i'd" => "you'd",
        "i'll" => "you'll",
        "my" => "your",
        "mine" => "yours",
        "myself" => "yourself",
        "am" => "are",
        "was" if after_i => "were",
        "wasn't" if after_i => "weren't",
        _ => return None,
    })
}

/// What the client named with "my" or "the", turned.
fn things(words: &[String]) -> Vec<String> {
    let function = ["own", "first", "last", "only", "same", "other", "best", "whole", "next", "way", "thing", "one", "time", "point", "lot", "most", "more"];
    let mut things = Vec::new();
    for pair in words.windows(2) {
        let determiner = match pair[0].as_str() {
            "my" => "your",
            "the" | "that" => "the",
            "her" => "her",
            "his" => "his",
            _ => continue,
        };
        let noun = &pair[1];
        let plain = noun.len() >= 4 && noun.chars().all(char::is_alphabetic) && !["ing", "ly", "ed"].iter().any(|end| noun.ends_with(end));
        if plain && !function.contains(&noun.as_str()) {
            things.push(format!("{determiner} {noun}"));
        }
    }
    things
}

/// A topic's name as it is said to the client: "her mother" → "your mother". `words` are the client's pronouns.
pub(super) fn addressed(name: &str, words: &[&str; 3]) -> String {
    let given: Vec<&str> = name.split_whitespace().collect();
    let mut addressed: Vec<String> = Vec::with_capacity(given.len());
    let mut after_subject = false;
    for (index, word) in given.iter().enumerate() {
        let bare = bare(word);
        let next = given.get(index + 1).map(|next| self::bare(next));
        let ends = next.as_deref().is_none_or(|next| ["and", "or", "here", "to", "in", "at", "from", "with"].contains(&next));
        let turned = if bare == words[0] {
            "you".to_owned()
        } else if bare == words[2] && !(ends && words[1] == words[2]) {
            "your".to_owned()
        } else if bare == words[1] || bare == words[2] {
            "you".to_owned()
        } else if ["herself", "himself", "themselves", "themself"].contains(&bare.as_str()) {
            "yourself".to_owned()
        } else if bare == "you" {
            "me".to_owned()
        } else if after_subject {
            second_person(word)
        } else {
            (*word).to_owned()
        };
        after_subject = bare == words[0];
        addressed.push(turned);
    }
    addressed.join(" ")
}

/// "comes" → "come".
fn second_person(verb: &str) -> String {
    match verb {
        "is" => "are".to_owned(),
        "was" => "were".to_owned(),
        "has" => "have".to_owned(),
        "does" => "do".to_owned(),
        "goes" => "go".to_owned(),
        _ if verb.ends_with('s') && !verb.ends_with("ss") => verb.trim_end_matches('s').to_owned(),
        _ => verb.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_said_back_with_the_pronouns_turned() {
        assert_eq!(echo("I was on my own with it").as_deref(), Some("you were on your own with it"));
        assert_eq!(echo("and nobody believed me").as_deref(), Some("nobody believed you"));
        assert_eq!(echo("Slept badly"), None);
        assert_eq!(echo("I don't know you"), None);
    }

    #[test]
    fn a_topic_is_named_to_the_client() {
        assert_eq!(addressed("her mother", &["she", "her", "her"]), "your mother");
        assert_eq!(addressed("what brought her", &["she", "her", "her"]), "what brought you");
        assert_eq!(addressed("what she said in that room", &["she", "her", "her"]), "what you said in that room");
        assert_eq!(addressed("his parents and where he comes from", &["he", "him", "his"]), "your parents and where you come from");
    }
}

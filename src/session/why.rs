//! Why this answer, and why not another: which reactions and gates were considered, which won, which nearly did and what they lacked.

use super::answer::{Choice, Chosen, beat_id};
use super::matching::{Facts, worded};
use crate::client::Client;
use std::fmt;

/// A reaction that did not answer.
#[derive(Clone, Debug, PartialEq)]
pub struct NotThis {
    /// The reaction.
    pub id: String,
    /// The condition that failed, with its value; or that a more specific one answered; or that all its lines were said.
    pub because: String,
}

/// A gate as it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct GateStood {
    /// The disclosure.
    pub id: String,
    /// 0 to 4.
    pub layer: u8,
    /// Everything that kept it shut; empty where it could open.
    pub missing: Vec<String>,
}

/// Why the last answer was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The beat that answered.
    pub won: String,
    /// How it was chosen.
    pub how: String,
    /// Reactions that held too, the heavier first.
    pub also: Vec<(String, u32)>,
    /// Reactions that nearly did: all but the later conditions held.
    pub nearly: Vec<NotThis>,
    /// Gates not yet told.
    pub gates: Vec<GateStood>,
}

/// How many near misses are worth reading.
const NEARLY: usize = 6;

impl Why {
    pub(super) fn of(choice: &Choice<'_, '_>, facts: &Facts<'_>, chosen: Option<&Chosen<'_>>, client: &Client) -> Self {
        let file = choice.file;
        let mut also = Vec::new();
        let mut nearly = Vec::new();
        for (at, held) in choice.considered() {
            let reaction = &file.reactions[at];
            match held {
                Ok(weight) => also.push((reaction.id.clone(), weight)),
                Err(fail) => {
                    let failed = worded(fail, &reaction.when, facts);
                    nearly.push((how_late(failed.condition), NotThis { id: reaction.id.clone(), because: failed.to_string() }));
                }
            }
        }
        also.sort_by_key(|fitted| std::cmp::Reverse(fitted.1));
        // What failed on a late condition had the words and the topic right: it nearly answered.
        nearly.sort_by_key(|missed| std::cmp::Reverse(missed.0));
        let gates = client
            .gates()
            .iter()
            .filter(|gate| !client.has_told(&gate.id))
            .map(|gate| GateStood { id: gate.id.clone(), layer: gate.layer, missing: client.why_not(&gate.id).iter().map(ToString::to_string).collect() })
            .collect();
        let won = chosen.map_or_else(|| "nothing".to_owned(), |chosen| beat_id(file, chosen.source));
        let how = chosen.map_or_else(String::new, |chosen| how(chosen));
        Self { won, how, also, nearly: nearly.into_iter().take(NEARLY).map(|(_, not)| not).collect(), gates }
    }
}

/// Conditions in the order in which they are looked at: a later one failing means that the earlier ones held.
fn how_late(condition: &str) -> usize {
    const ORDER: [&str; 26] = [
        "kind",
        "says",
        "topics",
        "after",
        "question",
        "asks",
        "about",
        "acts",
        "all",
        "none",
        "recalls",
        "mistakes",
        "hears",
        "accepts",
        "rupture",
        "flags",
        "not_flags",
        "told",
        "not_told",
        "band",
        "state",
        "empathy",
        "non_judgment",
        "listening",
        "sessions",
        "turns",
    ];
    ORDER.iter().position(|name| *name == condition).unwrap_or(0)
}

fn how(chosen: &Chosen<'_>) -> String {
    use super::answer::Source;
    match chosen.source {
        Source::Reaction(_) => "the most specific reaction with a line left",
        Source::Disclosure(_) => "a gate opened",
        Source::More(_) => "invited to go on with what was being told",
        Source::Refusal(_) => "asked for more than the gate allows",
        Source::Asked(_) => "the topic's answer to a question",
        Source::Met(_) => "the topic's answer to being met",
        Source::Promise(_) => "a promise was noticed",
        Source::Rupture(_) => "hurt and repair go before everything",
        Source::Fallback(_) => "nothing more specific had a line left",
    }
    .to_owned()
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "answered by `{}`: {}", self.won, self.how)?;
        for (id, weight) in self.also.iter().filter(|(id, _)| *id != self.won).take(4) {
            write!(f, "\nalso fitted: `{id}` (weight {weight})")?;
        }
        for not in &self.nearly {
            write!(f, "\nnot `{}`: {}", not.id, not.because)?;
        }
        for gate in &self.gates {
            if gate.missing.is_empty() {
                write!(f, "\ngate `{}` (layer {}): could open", gate.id, gate.layer)?;
            } else {
                write!(f, "\ngate `{}` (layer {}): {}", gate.id, gate.layer, gate.missing.join("; "))?;
            }
        }
        Ok(())
    }
}

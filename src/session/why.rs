//! Why this answer, and why not another: which reactions and gates were considered, which won and by which conditions, which nearly did and what
//! they lacked.

use super::answer::{Choice, Chosen, Source, beat_id};
use super::conditions::each;
use super::matching::Facts;
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
    /// Whether this reply asked at it.
    pub asked: bool,
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
    /// The conditions by which it won, where it is a reaction.
    pub by: Vec<String>,
    /// How many reactions were looked at.
    pub considered: usize,
    /// Reactions that held too and did not answer, the heavier first.
    pub also: Vec<NotThis>,
    /// Reactions that nearly did: all but one or two conditions held.
    pub nearly: Vec<NotThis>,
    /// Every reaction whose conditions did not all hold, with all that failed.
    pub others: Vec<NotThis>,
    /// Gates not yet told: the one that was asked at first, then those on the topic, then the rest.
    pub gates: Vec<GateStood>,
}

/// How many near misses are worth reading.
const NEARLY: usize = 5;
/// How many that held too.
const ALSO: usize = 4;
/// A reaction that lacks more conditions than this was not near.
const LACKS: usize = 2;

impl Why {
    pub(super) fn of(choice: &Choice<'_, '_>, facts: &Facts<'_>, chosen: Option<&Chosen<'_>>, client: &Client) -> Self {
        let file = choice.file;
        let winner = chosen.and_then(|chosen| if let Source::Reaction(at) = chosen.source { Some(at) } else { None });
        let (mut also, mut nearly, mut others, mut by) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let considered = choice.considered();
        let looked_at = considered.len();
        for (at, held) in considered {
            let Some(reaction) = file.reactions.get(at) else { continue };
            let (conditions, failed) = each(at, &reaction.when, facts);
            match held {
                Ok(_) if winner == Some(at) => by = conditions.into_iter().map(|held| held.what).collect(),
                Ok(weight) => {
                    let spent = choice.spent.fresh(&reaction.lines, reaction.in_order, choice.place, "line").is_none();
                    let because = if spent { "all its lines were said".to_owned() } else { format!("it held too (weight {weight}), and gave way") };
                    also.push((weight, NotThis { id: reaction.id.clone(), because }));
                }
                Err(_) => {
                    others.push(NotThis { id: reaction.id.clone(), because: failed.join("; ") });
                    if failed.len() > LACKS || conditions.is_empty() {
                        continue;
                    }
                    let near: u32 = conditions.iter().map(|held| held.weight).sum();
                    let met: Vec<&str> = conditions.iter().take(2).map(|held| held.what.as_str()).collect();
                    let because = format!("{} (held: {})", failed.join("; "), met.join(", "));
                    nearly.push(((std::cmp::Reverse(failed.len()), near), NotThis { id: reaction.id.clone(), because }));
                }
            }
        }
        also.sort_by_key(|fitted| std::cmp::Reverse(fitted.0));
        nearly.sort_by_key(|missed| std::cmp::Reverse(missed.0));
        Self {
            won: chosen.map_or_else(|| "nothing".to_owned(), |chosen| beat_id(file, chosen.source)),
            how: chosen.map_or_else(String::new, |chosen| how(chosen.source).to_owned()),
            by,
            considered: looked_at,
            also: also.into_iter().take(ALSO).map(|(_, not)| not).collect(),
            nearly: nearly.into_iter().take(NEARLY).map(|(_, not)| not).collect(),
            others,
            gates: gates(choice, facts, client),
        }
    }

    /// What there is to say of these reactions and gates, a line each.
    #[must_use]
    pub fn about(&self, ids: &[&str]) -> Vec<String> {
        let wanted = |id: &String| ids.contains(&id.as_str());
        let not = self.also.iter().chain(&self.others).filter(|not| wanted(&not.id)).map(|not| format!("not `{}`: {}", not.id, not.because));
        not.chain(self.gates.iter().filter(|gate| wanted(&gate.id)).map(ToString::to_string)).collect()
    }

    /// The script spoke instead of what was chosen.
    pub(super) fn script_spoke(&mut self) {
        self.how = format!("the script's `respond` chose the words; without it `{}` would have answered ({})", self.won, self.how);
        self.won = "script".to_owned();
        self.by.clear();
    }
}

fn gates(choice: &Choice<'_, '_>, facts: &Facts<'_>, client: &Client) -> Vec<GateStood> {
    let asked = choice.felt.refused.and_then(|at| choice.file.disclosures.get(at)).map(|told| told.id.as_str());
    let on = |topic: Option<&String>| topic.is_some_and(|topic| facts.named.contains(topic) || facts.carried == Some(topic));
    let mut gates: Vec<(u8, GateStood)> = client
        .gates()
        .iter()
        .filter(|gate| !client.has_told(&gate.id))
        .map(|gate| {
            let mut missing: Vec<String> = client.why_not(&gate.id).iter().map(ToString::to_string).collect();
            let asked = asked == Some(gate.id.as_str());
            if missing.is_empty() && !on(gate.topic.as_ref()) {
                missing.extend(gate.topic.as_ref().map(|topic| format!("nobody asked about its topic `{topic}`")));
            }
            let near = if asked {
                0
            } else if on(gate.topic.as_ref()) {
                1
            } else {
                2
            };
            (near, GateStood { id: gate.id.clone(), layer: gate.layer, asked, missing })
        })
        .collect();
    gates.sort_by_key(|(near, gate)| (*near, gate.layer));
    gates.into_iter().map(|(_, gate)| gate).collect()
}

const fn how(source: Source) -> &'static str {
    match source {
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
}

/// "gate `betrayal` (layer 4): needs openness .46, has .41; confidentiality not yet explained".
impl fmt::Display for GateStood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = if self.asked { ", asked at" } else { "" };
        let missing = if self.missing.is_empty() { "could open".to_owned() } else { self.missing.join("; ") };
        write!(f, "gate `{}` (layer {}{asked}): {missing}", self.id, self.layer)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "answered by `{}`: {}", self.won, self.how)?;
        if !self.by.is_empty() {
            write!(f, "\nby {}", self.by.join("; "))?;
        }
        if self.considered > 0 {
            write!(f, "\n{} reactions were considered", self.considered)?;
        }
        for not in &self.also {
            write!(f, "\nnot `{}`: {}", not.id, not.because)?;
        }
        for not in &self.nearly {
            write!(f, "\nnearly `{}`: {}", not.id, not.because)?;
        }
        for gate in &self.gates {
            write!(f, "\n{gate}")?;
        }
        Ok(())
    }
}

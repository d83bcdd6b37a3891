//! Deposit and withdraw: what was earned decides what can be asked for. One layer at a time, and asking too deep costs.

use super::change::{Missing, Opened, Refused};
use super::{Client, Gate, GateCondition};
use crate::appraisal::Act;

/// D at which layers 0 to 4 open by default (clinical.md, section 4, "Gates").
pub const DEFAULT_OPENS_AT: [f64; 5] = [0.0, 0.12, 0.22, 0.34, 0.46];
/// Asked so many layers deeper than the client is ready for is too deep (clinical.md, section 4, "Deposit and withdraw").
const TOO_DEEP: u8 = 2;
/// What being asked too deep costs in safety, before the speed of loss. [G]
pub(super) const TOO_DEEP_COST: f64 = 0.012;

impl Client {
    /// The deepest layer this client is ready to speak of now, by openness alone.
    #[must_use]
    pub fn ready_layer(&self) -> u8 {
        let openness = self.openness();
        (1..=4u8).rev().find(|layer| openness >= DEFAULT_OPENS_AT[usize::from(*layer)]).unwrap_or(0)
    }

    /// Why this gate would stay shut to an invitation on its topic now; empty where it would open.
    #[must_use]
    pub fn why_not(&self, gate: &str) -> Vec<Missing> {
        self.gate(gate).map_or_else(|| vec![Missing::NoSuchGate(gate.to_owned())], |gate| self.missing_for(gate))
    }

    /// The disclosures that an invitation on their topic would open now.
    #[must_use]
    pub fn ready_to_tell(&self) -> Vec<&Gate> {
        self.nature.gates.iter().filter(|gate| self.missing_for(gate).is_empty()).collect()
    }

    /// Every condition of a gate that does not hold.
    fn missing_for(&self, gate: &Gate) -> Vec<Missing> {
        let mut missing = Vec::new();
        if self.has_told(&gate.id) {
            missing.push(Missing::AlreadyTold);
        }
        let has = self.openness();
        if has < gate.opens_at {
            missing.push(Missing::Openness { needs: gate.opens_at, has });
        }
        if let Some(rupture) = &self.now.rupture {
            missing.push(Missing::RuptureOpen { severity: rupture.severity });
        }
        missing.extend(gate.needs.iter().filter_map(|condition| self.fails(condition)));
        missing
    }

    /// Why a condition does not hold.
    fn fails(&self, condition: &GateCondition) -> Option<Missing> {
        let now = &self.now;
        let missing = match condition {
            GateCondition::Touched(topic) if !now.touched.contains(topic) => Missing::NotTouched(topic.clone()),
            GateCondition::ConfidentialityExplained if !now.confidentiality => Missing::ConfidentialityUnexplained,
            GateCondition::SessionAtLeast(needs) if now.session < *needs => Missing::Session { needs: *needs, is: now.session },
            GateCondition::WordNotUsed(word) if now.words.contains(word) => Missing::WordUsed(word.clone()),
            GateCondition::Told(id) if !self.has_told(id) => Missing::NotTold(id.clone()),
            GateCondition::Flag(flag) if !now.flags.contains(flag) => Missing::FlagUnset(flag.clone()),
            GateCondition::Did(act) if now.did & super::habit::bit(*act) == 0 => Missing::NotDone(*act),
            _ => return None,
        };
        Some(missing)
    }

    /// Whether the trainee did this in this session.
    #[must_use]
    pub fn has_seen(&self, act: Act) -> bool {
        self.now.did & super::habit::bit(act) != 0
    }

    /// The gate that an invitation on these topics opens, or the one that it asked at in vain. Named topics come before carried ones, shallow
    /// layers before deep ones. Who asks for what is far too deep hears nothing else instead.
    pub(super) fn asked_at(&self, named: &[String], carried: &[String]) -> (Option<Opened>, Option<Refused>) {
        if let Some(gate) = self.too_deep(named) {
            let why = self.missing_for(gate);
            return (None, Some(Refused { gate: gate.id.clone(), layer: gate.layer, why, too_deep: true }));
        }
        let mut candidates: Vec<(u8, &Gate)> =
            self.nature.gates.iter().filter(|gate| !self.has_told(&gate.id)).filter_map(|gate| Some((nearness(gate, named, carried)?, gate))).collect();
        candidates.sort_by_key(|(near, gate)| (*near, gate.layer));
        let mut refused = None;
        for (near, gate) in candidates {
            let why = self.missing_for(gate);
            if why.is_empty() {
                return (Some(Opened { id: gate.id.clone(), layer: gate.layer }), None);
            }
            if refused.is_none() && near < ANY_TOPIC {
                refused = Some(Refused { gate: gate.id.clone(), layer: gate.layer, why, too_deep: false });
            }
        }
        (None, refused)
    }

    /// The gate of a named topic of which even the shallowest thing to tell lies two layers beyond what the client is ready for. What was told
    /// already counts, so that a client who has told more is never asked deeper by the same words.
    fn too_deep(&self, named: &[String]) -> Option<&Gate> {
        let shallowest = |topic: &String| self.nature.gates.iter().filter(|gate| gate.topic.as_ref() == Some(topic)).min_by_key(|gate| gate.layer);
        named.iter().filter_map(shallowest).find(|gate| self.layers_beyond(gate.layer) >= TOO_DEEP)
    }

    /// How far a layer lies beyond what the client is ready for.
    pub(super) fn layers_beyond(&self, layer: u8) -> u8 {
        layer.saturating_sub(self.ready_layer())
    }
}

/// A gate that any invitation leads to.
const ANY_TOPIC: u8 = 2;

/// 0: its topic was named; 1: it is carried on; 2: it has none; otherwise it is not asked at.
fn nearness(gate: &Gate, named: &[String], carried: &[String]) -> Option<u8> {
    match &gate.topic {
        None => Some(ANY_TOPIC),
        Some(topic) if named.contains(topic) => Some(0),
        Some(topic) if carried.contains(topic) => Some(1),
        Some(_) => None,
    }
}

/// Whether lower-case words hold a word or phrase, on word boundaries.
pub(super) fn says(said: &str, phrase: &str) -> bool {
    let phrase = phrase.to_lowercase();
    let inside = |c: char| c.is_alphanumeric() || c == '\'';
    !phrase.is_empty()
        && said.match_indices(phrase.as_str()).any(|(start, found)| {
            let before = said.get(..start).and_then(|text| text.chars().next_back());
            let after = said.get(start + found.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(inside) && !after.is_some_and(inside)
        })
}

//! The only way a client changes within a session: what was proposed is felt, torn or mended, told or kept back, and remembered.

use super::change::{Leaving, Opened, PromiseChange, Refused, RuptureChange};
use super::reaction::Reaction;
use super::step::{FOUR, Step};
use super::{Change, Client, PromiseWord, Quality, Shift};
use crate::appraisal::TrustFactor;

/// More steps than this change nothing any more.
const MANY_SCARS: u8 = 100;
/// What is left of safety, bond, understood and agency when the client walks out. [G]
const LEFT_BEHIND: f64 = 0.0;
/// One step worse, up to the worst.
fn worse(severity: u8) -> u8 {
    severity.saturating_add(1).min(3)
}

impl Client {
    /// What this reaction would do; the client stays as it is.
    #[must_use]
    pub fn preview(&self, reaction: &Reaction) -> Change {
        self.clone().apply(reaction.clone())
    }

    /// Does it. A client who has left does not change any more.
    pub fn apply(&mut self, reaction: Reaction) -> Change {
        if self.now.left {
            return self.unmoved();
        }
        let promises = self.now.promised(&reaction.noted.promises, self.now.session);
        self.settle(&reaction, promises)
    }

    /// Nothing happened.
    fn unmoved(&self) -> Change {
        let (state, trust, openness, guard) = (self.now.state, self.trust(), self.openness(), self.guard());
        Change { before: state, after: state, trust: (trust, trust), openness: (openness, openness), guard: (guard, guard), words: 1.0, ..Change::default() }
    }

    /// All of it, in order: tear or mend, feel, tell, remember.
    pub(super) fn settle(&mut self, reaction: &Reaction, promises: Vec<PromiseChange>) -> Change {
        let noted = &reaction.noted;
        let mut change = self.unmoved();
        let was_open = self.now.rupture.is_some();
        let broken = promises.iter().any(|promise| promise.word == PromiseWord::Broken);
        let mut step = Step::of(&reaction.felt, self.now.state, self.now.scars);
        let mended = self.tear_or_mend(reaction, step.raw, broken, &mut change);
        let closed = was_open || self.now.rupture.is_some();
        if closed {
            step.earn_nothing();
            self.now.made_while_hurt(&promises);
        }
        self.feel(&step, reaction, closed, &mut change.shifts);
        self.bear(&step, mended.as_ref(), &mut change.shifts);
        self.stir(&step, noted.is_turn, mended.as_ref(), &change.rupture);
        self.note_flags(reaction);
        if noted.is_turn {
            let (opened, refused) = self.asked(reaction);
            let opened = opened.filter(|_| !closed && !noted.overwhelmed && !reaction.withholds);
            self.told_or_refused(opened, refused, &mut change);
        }
        self.remember(reaction, closed);
        change.masked = self.pleases() && step.raw > super::repair::NOTICED && matches!(change.rupture, RuptureChange::None | RuptureChange::Lingers { .. });
        change.check_in = noted.check_in.then(|| self.reveals());
        change.overwhelmed = noted.overwhelmed;
        change.disengaged = noted.disengaged;
        change.promises = promises;
        change.words = if noted.is_turn { noted.words_factor } else { 1.0 };
        change.short_answer = if closed { 0.0 } else { noted.short };
        if reaction.ends && change.leaves.is_none() {
            self.now.left = true;
            change.leaves = Some(Leaving { because: "The client ended the session.".to_owned() });
        }
        change.after = self.now.state;
        change.trust.1 = self.trust();
        change.openness.1 = self.openness();
        change.guard.1 = self.guard();
        change
    }

    /// The reply, felt quality by quality; resilience saves part of the next loss; an open rupture keeps the account of what it cost.
    fn feel(&mut self, step: &Step, reaction: &Reaction, closed: bool, shifts: &mut Vec<Shift>) {
        let before = self.now.state;
        for felt in reaction.felt.iter().filter(|felt| !(closed && felt.amount > 0.0 && felt.quality != Quality::Arousal)) {
            let ceiling = if FOUR.contains(&felt.quality) { step.ceiling } else { 1.0 };
            let by = super::step::by(felt, before.get(felt.quality), ceiling);
            if by.abs() >= super::step::WORTH_TELLING {
                shifts.push(Shift { quality: felt.quality, by, because: felt.because.clone(), factor: felt.factor });
            }
        }
        for quality in FOUR.into_iter().chain([Quality::Hope]) {
            let value = step.moves(quality, before.get(quality));
            self.now.state.set(quality, value);
        }
        let Some(unrestored) = &mut self.now.resilience else { return };
        for (index, quality) in FOUR.into_iter().enumerate() {
            let (was, is) = (before.get(quality), self.now.state.get(quality));
            unrestored[index] = (step.moves(quality, was + unrestored[index]) - is).clamp(0.0, unrestored[index]);
            if is < was {
                let saved = ((1.0 - super::repair::RESILIENT) * (was - is)).min(unrestored[index]);
                self.now.state.set(quality, is + saved);
                unrestored[index] -= saved;
                if saved >= super::step::WORTH_TELLING {
                    let because = "What was mended once holds a little.".to_owned();
                    shifts.push(Shift { quality, by: saved, because, factor: Some(TrustFactor::RuptureAndRepair) });
                }
            }
        }
        if step.raw >= super::repair::NOTICED {
            self.now.resilience = None;
        }
    }

    /// The account of an open rupture grows; a mended one gives back its share.
    fn bear(&mut self, step: &Step, mended: Option<&(super::Rupture, f64)>, shifts: &mut Vec<Shift>) {
        if let Some((rupture, share)) = mended {
            let mut unrestored = rupture.lost;
            for (index, quality) in FOUR.into_iter().enumerate() {
                let back = share * rupture.lost[index];
                unrestored[index] -= back;
                self.now.state.set(quality, self.now.state.get(quality) + back);
                if back >= super::step::WORTH_TELLING {
                    let because = "It was mended, and most of what was lost is back.".to_owned();
                    shifts.push(Shift { quality, by: back, because, factor: Some(TrustFactor::RuptureAndRepair) });
                }
            }
            self.now.resilience = Some(unrestored);
        } else if let Some(rupture) = &mut self.now.rupture {
            for (index, quality) in FOUR.into_iter().enumerate() {
                rupture.lost[index] += (step.from.get(quality) - self.now.state.get(quality)).max(0.0);
            }
        }
    }

    /// Arousal: stirred or settled, drawn back to its usual level, and held up while a rupture is open.
    fn stir(&mut self, step: &Step, is_turn: bool, mended: Option<&(super::Rupture, f64)>, rupture: &RuptureChange) {
        let was = self.now.state.arousal;
        let mut arousal = step.moves(Quality::Arousal, was);
        if is_turn {
            let usual = self.nature.temperament.start.clamped().arousal;
            arousal += super::arousal::BACK * (usual - arousal);
        }
        if let RuptureChange::Opened { severity, .. } | RuptureChange::Worsened { severity, .. } = rupture {
            arousal += super::arousal::HURT * f64::from(*severity) * (1.0 - arousal);
        }
        let floor = self.now.rupture.as_ref().or(mended.map(|(rupture, _)| rupture)).map(|rupture| rupture.arousal);
        self.now.state.set(Quality::Arousal, arousal.max(floor.unwrap_or(0.0)));
    }

    /// A rupture opens, grows, lingers, softens or is mended. Returns the mended one with the share that is given back.
    fn tear_or_mend(&mut self, reaction: &Reaction, raw: f64, broken: bool, change: &mut Change) -> Option<(super::Rupture, f64)> {
        let noted = &reaction.noted;
        let Some(mut rupture) = self.now.rupture.take() else {
            if let Some(rupture) = self.torn_by(noted, raw, broken, reaction.ruptures) {
                change.rupture = RuptureChange::Opened { style: rupture.style, severity: rupture.severity, because: rupture.because.clone() };
                self.now.ruptures = self.now.ruptures.saturating_add(1);
                self.now.scars = self.now.scars.saturating_add(rupture.severity).min(MANY_SCARS);
                self.now.rupture = Some(rupture);
            }
            return None;
        };
        let open_hurt = noted.roadblock.clone().or_else(|| reaction.ruptures.map(|_| "This touched something sore again.".to_owned()));
        let because = open_hurt.clone().or_else(|| broken.then(|| "A promise was broken.".to_owned())).or_else(|| noted.avoids.clone());
        let hurt_openly = open_hurt.is_some();
        let the_last_straw = open_hurt.or_else(|| noted.belittles.clone()).filter(|_| rupture.severity >= 3);
        if let Some(because) = the_last_straw {
            self.now.left = true;
            change.leaves = Some(Leaving { because: because.clone() });
            change.rupture = RuptureChange::Left { because };
            self.take_back();
        } else if let Some(because) = because {
            let severity = worse(rupture.severity);
            rupture.because.clone_from(&because);
            if severity == rupture.severity && !hurt_openly {
                change.rupture = RuptureChange::Lingers { style: rupture.style, severity };
            } else {
                self.now.scars = self.now.scars.saturating_add(severity - rupture.severity.min(severity)).min(MANY_SCARS);
                rupture.severity = severity;
                rupture.style = reaction.ruptures.map_or_else(|| self.style_at(severity), |(style, _)| style);
                change.rupture = RuptureChange::Worsened { style: rupture.style, severity, because };
            }
        } else if noted.is_turn && rupture.mended_by(noted) {
            change.rupture = RuptureChange::Repaired { because: "An own part was named, and what happened was looked at together.".to_owned() };
            self.now.repairs = self.now.repairs.saturating_add(1);
            return Some((rupture, super::repair::gives_back(noted.warmth)));
        } else if noted.owns {
            change.rupture = RuptureChange::Softened { because: "An own part was named.".to_owned() };
        } else {
            change.rupture = RuptureChange::Lingers { style: rupture.style, severity: rupture.severity };
        }
        self.now.rupture = Some(rupture);
        None
    }

    /// Who walks out takes back what was given.
    fn take_back(&mut self) {
        for quality in FOUR {
            self.now.state.set(quality, self.now.state.get(quality) * LEFT_BEHIND);
        }
    }

    /// What an invitation, or a script, opens.
    fn asked(&self, reaction: &Reaction) -> (Option<Opened>, Option<Refused>) {
        if let Some(gate) = reaction.discloses.as_ref().and_then(|id| self.gate(id)) {
            let why = self.why_not(&gate.id);
            return if why.is_empty() {
                (Some(Opened { id: gate.id.clone(), layer: gate.layer }), None)
            } else {
                (None, Some(Refused { gate: gate.id.clone(), layer: gate.layer, why, too_deep: false }))
            };
        }
        if reaction.noted.invites { self.asked_at(&reaction.noted.topics, &reaction.noted.carried) } else { (None, None) }
    }

    /// It is told, or it was asked too deep, which costs safety and stirs.
    fn told_or_refused(&mut self, opened: Option<Opened>, refused: Option<Refused>, change: &mut Change) {
        if let Some(opened) = &opened {
            let told = super::Told { id: opened.id.clone(), layer: opened.layer, session: self.now.session, turn: self.now.turn };
            self.now.told.push(told);
        }
        if let Some(refused) = refused.as_ref().filter(|refused| refused.too_deep) {
            let cost = super::gate::TOO_DEEP_COST * self.base_loss_speed();
            let was = self.now.state.safety;
            let by = super::step::shaped(cost, was);
            self.now.state.set(Quality::Safety, was - by);
            if let Some([unrestored, ..]) = &mut self.now.resilience {
                let without = was + *unrestored;
                let left = (without - super::step::shaped(cost, without)).max(0.0) - self.now.state.safety;
                *unrestored = left.clamp(0.0, *unrestored);
            }
            let beyond = f64::from(self.layers_beyond(refused.layer));
            let arousal = self.now.state.arousal;
            self.now.state.set(Quality::Arousal, arousal + super::arousal::TOO_DEEP * beyond * (1.0 - arousal));
            let because = "It was asked too deep, too soon.".to_owned();
            change.shifts.push(Shift { quality: Quality::Safety, by: -by, because, factor: Some(TrustFactor::PatienceAndPace) });
        }
        change.opened = opened;
        change.refused = refused;
    }

    /// What conditions of gates go by.
    fn note_flags(&mut self, reaction: &Reaction) {
        let (now, noted) = (&mut self.now, &reaction.noted);
        for flag in &reaction.clears {
            now.flags.remove(flag);
        }
        now.flags.extend(reaction.sets.iter().cloned());
        now.touched.extend(noted.topics.iter().cloned());
        now.words.extend(noted.words.iter().cloned());
        now.did |= noted.acts;
        now.confidentiality |= noted.confidentiality;
        if noted.is_turn {
            now.turn = noted.turn;
        }
    }

    /// The windows of memory move on in ordinary turns and stand still while something is torn, so that an insult does not make a formula fresh again.
    fn remember(&mut self, reaction: &Reaction, closed: bool) {
        let (now, noted) = (&mut self.now, &reaction.noted);
        if closed || !noted.is_turn {
            return;
        }
        now.unheard = super::rupture::unheard(noted.listening, now.unheard);
        now.silences = if noted.silent { now.silences.saturating_add(1) } else { 0 };
        now.check_in_passed(noted.check_in);
        now.remember(noted.acts, noted.rows);
    }
}

//! What a reply would do to this client, now: scores, rows of the matrix and the moment, weighed by who the client is.

use super::moment::{Moment, PromiseWord, TimeCue};
use super::reaction::{Felt, Noted, Reaction};
use super::rows::{ROWS, row_of};
use super::scores::{WAYS, above_middle};
use super::{Client, Quality};
use crate::appraisal::{Act, Appraisal, Kind, Scale, TrustFactor as Row};

/// An act helps as far as the reply that holds it does: nothing at this score of non-judgment or listening, all of it from 3 on. Keywords earn nothing by themselves.
const NO_CREDIT: f64 = 1.5;
/// A disclosure is met from this empathy on (clinical.md, section 4, "A disclosure is a test").
const MET: f64 = 3.5;
/// Hope is realistic once trust has come this far, and early before (clinical.md, section 4: "realistic hope late"). [G]
const LATE: f64 = 0.30;
/// A step suggested with permission fits from this trust on (clinical.md, section 1, row 32). [G]
const STANDS: f64 = 0.35;
/// Asked for first, but before trust stands, a step is worth this. Not nothing, so that it wears off for every client alike.
const TOO_EARLY: f64 = 0.1;
/// A hindering act in a reply with both scores at this is not believed; with the lower at `POOR` it is wholly. [G]
const GOOD: f64 = 3.5;
const POOR: f64 = 2.0;
/// Saying again what stays confidential is worth this share of the first time. [G]
const SAID_AGAIN: f64 = 0.3;
/// In the last ten minutes the frame counts so much more. [G]
const LAST_MINUTES: f64 = 10.0;
const LATE_FRAME: f64 = 1.5;

/// Rows earned and eroded by one reply, each 0 to 1 (1.5 for the frame near the end).
struct Marks {
    earned: [f64; 32],
    eroded: [f64; 32],
    /// Rows that the reply speaks to, a bit each, whatever they are worth to this client now. They wear off by this, so that what earns nothing for
    /// a client who trusts less is not fresh later: of two clients who hear the same, the one who stood higher still does.
    touched: u32,
}

impl Marks {
    fn mark(&mut self, row: Row, earned: bool, strength: f64) {
        let side = if earned { &mut self.earned } else { &mut self.eroded };
        if let Some(place) = side.get_mut(row as usize) {
            *place = place.max(super::unit(strength));
        }
        if earned && strength > 0.0 {
            self.touch(row);
        }
    }

    /// The row is spoken to, and earns nothing by it.
    fn touch(&mut self, row: Row) {
        self.touched |= super::habit::row_bit(row);
    }

    fn scale(&mut self, row: Row, times: f64) {
        if let Some(place) = self.earned.get_mut(row as usize) {
            *place *= times;
        }
    }
}

impl Client {
    /// What the model proposes for this reply in this moment. Pure: nothing changes.
    #[must_use]
    pub fn weigh(&self, appraisal: &Appraisal, moment: &Moment) -> Reaction {
        let mut reaction = Reaction { noted: self.noted(appraisal, moment), ..Reaction::default() };
        if self.now.left || appraisal.kind == Kind::Unintelligible {
            return reaction;
        }
        // A sentence said again letter for letter answers nothing that was just said (clinical.md, section 3: "repeating the same formula earns less
        // each time"); losses stay.
        let gain = if reaction.noted.overwhelmed || moment.said_before { 0.0 } else { self.gain_speed(appraisal, moment) };
        let loss = self.loss_speed(appraisal, moment);
        self.feel_scores(appraisal, gain, loss, &mut reaction.felt);
        let marks = self.marks(appraisal, moment);
        reaction.noted.rows = self.feel_rows(&marks, appraisal, gain, loss, &mut reaction.felt);
        self.feel_the_moment(appraisal, moment, loss, &mut reaction);
        reaction
    }

    fn feel_scores(&self, appraisal: &Appraisal, gain: f64, loss: f64, felt: &mut Vec<Felt>) {
        let fresh = self.now.reply_freshness(appraisal);
        for way in WAYS {
            let points = if way.scale == Scale::NonJudgment { super::rupture::felt_judgment(appraisal) } else { appraisal.scores.points(way.scale) };
            let Some(points) = points else { continue };
            let x = above_middle(points);
            let amount = if x > 0.0 { way.a * x * gain * fresh } else { -way.a * x * x * loss };
            push(felt, way.quality, amount, if x > 0.0 { way.up } else { way.down }, Some(way.row), true);
        }
    }

    fn feel_rows(&self, marks: &Marks, appraisal: &Appraisal, gain: f64, loss: f64, felt: &mut Vec<Felt>) -> u32 {
        let gain = gain * credit(appraisal);
        let loss = loss * hinders(appraisal);
        for (index, feel) in ROWS.iter().enumerate() {
            let (up, down) = (marks.earned[index], marks.eroded[index]);
            if up > 0.0 {
                let fresh = self.now.row_freshness(feel.row);
                for (quality, a) in feel.earned {
                    push(felt, *quality, a * up * gain * fresh, feel.earns, Some(feel.row), true);
                }
            }
            if down > 0.0 {
                for (quality, a) in feel.eroded {
                    push(felt, *quality, -a * down * loss, feel.erodes, Some(feel.row), true);
                }
            }
        }
        marks.touched
    }

    /// Which rows the reply earns and erodes: by its acts, by what the codebook and the session saw, and by the moment.
    fn marks(&self, appraisal: &Appraisal, moment: &Moment) -> Marks {
        let mut marks = Marks { earned: [0.0; 32], eroded: [0.0; 32], touched: 0 };
        for found in &appraisal.acts {
            if let Some((row, earned)) = row_of(found.act) {
                marks.mark(row, earned, found.strength);
            }
        }
        for cue in &moment.cues {
            marks.mark(cue.row, cue.earned, cue.strength);
        }
        for recalled in &appraisal.recalled {
            marks.mark(Row::RememberingDetails, recalled.right, 1.0);
        }
        if !moment.asked_again.is_empty() {
            marks.mark(Row::RememberingDetails, false, 0.6);
        }
        if !appraisal.undertones.is_empty() {
            marks.mark(Row::HearingTheUnsaid, true, 1.0);
        }
        if !appraisal.fears_met.is_empty() {
            marks.mark(Row::FearOfJudgment, true, 1.0);
        }
        self.mark_disclosure(appraisal, moment, &mut marks);
        self.mark_frame(appraisal, moment, &mut marks);
        self.mark_timing(appraisal, moment, &mut marks);
        marks
    }

    /// A disclosure is a test: what comes next honours it, passes it over, or is what was feared.
    fn mark_disclosure(&self, appraisal: &Appraisal, moment: &Moment, marks: &mut Marks) {
        if !moment.after_disclosure {
            return;
        }
        let points = |scale| appraisal.scores.points(scale);
        let kind = points(Scale::NonJudgment).is_some_and(|points| points >= 3.0);
        if kind && points(Scale::Empathy).is_some_and(|points| points >= MET) && !appraisal.does(Act::TopicShift) {
            marks.mark(Row::VulnerabilityMet, true, 1.0);
        }
        if appraisal.does(Act::TopicShift) || appraisal.does(Act::Advice) {
            marks.mark(Row::VulnerabilityMet, false, 1.0);
        }
        if points(Scale::NonJudgment).is_some_and(|points| points < 2.0) {
            marks.mark(Row::FearOfJudgment, false, 1.0);
        }
    }

    /// Promises, time, and how the hour begins and ends.
    fn mark_frame(&self, appraisal: &Appraisal, moment: &Moment, marks: &mut Marks) {
        for promise in &moment.promises {
            if promise.word == PromiseWord::Kept && self.now.promise_is_open(&promise.id) {
                marks.touch(Row::Consistency);
                if self.now.promise_would_earn(&promise.id) {
                    marks.mark(Row::Consistency, true, 1.0);
                }
            }
        }
        match moment.time {
            Some(TimeCue::EndNamed) => marks.mark(Row::Boundaries, true, 0.8),
            Some(TimeCue::EndedAsAgreed) => marks.mark(Row::Consistency, true, 0.8),
            Some(TimeCue::Overran) => marks.mark(Row::Boundaries, false, 0.8),
            Some(TimeCue::CutShort) => marks.mark(Row::Consistency, false, 0.8),
            None => {}
        }
        if moment.minutes_left <= LAST_MINUTES {
            marks.scale(Row::Boundaries, LATE_FRAME);
        }
        if moment.turn == 1 && self.now.session > 1 {
            let recalls = appraisal.does(Act::CheckIn) || appraisal.does(Act::DetailRecall) || appraisal.recalled.iter().any(|detail| detail.right);
            marks.mark(Row::RitualAndContinuity, recalls, if recalls { 1.0 } else { 0.0 });
            if !moment.asked_again.is_empty() {
                marks.mark(Row::RitualAndContinuity, false, 1.0);
            }
        }
    }

    /// What depends on when it comes: check-ins, hope, steps, what was said before, silence.
    fn mark_timing(&self, appraisal: &Appraisal, moment: &Moment, marks: &mut Marks) {
        marks.scale(Row::CheckIns, self.now.check_in_worth());
        if appraisal.does(Act::CheckIn) && self.now.checks_in_too_often() {
            marks.mark(Row::CheckIns, false, 1.0);
        }
        if self.now.confidentiality {
            marks.scale(Row::Confidentiality, SAID_AGAIN);
        }
        if appraisal.kind == Kind::Silence && !self.silence_holds(moment) {
            marks.scale(Row::SilenceAndPresence, 0.0);
        }
        let early = self.trust() < LATE;
        if appraisal.does(Act::Hope) && early {
            marks.scale(Row::HopeAndMeaning, 0.0);
        }
        let asks_first = appraisal.does(Act::PermissionSeeking) || appraisal.does(Act::Collaboration);
        if asks_first && appraisal.does(Act::Information) {
            marks.mark(Row::FitAndTiming, true, if self.trust() >= STANDS { 1.0 } else { TOO_EARLY });
        }
    }

    /// What is felt beside scores and rows: arousal, silences that press or leave alone, early hope, agreement that hides.
    fn feel_the_moment(&self, appraisal: &Appraisal, moment: &Moment, loss: f64, reaction: &mut Reaction) {
        let felt = &mut reaction.felt;
        let (up, down) = self.stirred_by(appraisal, moment);
        push(felt, Quality::Arousal, up, "It stirred things up.", None, false);
        push(felt, Quality::Arousal, -down, "It let things settle.", None, false);
        if appraisal.kind == Kind::Silence && self.silence_presses(moment) {
            let because = "A question was left hanging at a bad moment.";
            push(felt, Quality::Safety, -super::silence::PRESSES * loss, because, Some(Row::SilenceAndPresence), false);
        }
        if reaction.noted.disengaged {
            for quality in [Quality::Bond, Quality::Agency] {
                let because = "One silence too many: nobody seemed to be there.";
                push(felt, quality, -super::silence::LEFT_ALONE * loss, because, Some(Row::SilenceAndPresence), true);
            }
        }
        if appraisal.does(Act::Hope) && self.trust() < LATE {
            push(felt, Quality::Hope, -0.02 * loss, "Hope came before there was ground for it.", Some(Row::HopeAndMeaning), false);
        }
        let agreed =
            appraisal.acts.iter().any(|found| matches!(found.act, Act::Advice | Act::FalseReassurance | Act::EvaluativePraise | Act::PrematureInterpretation));
        if agreed && self.pleases() {
            let because = "The client agreed, and did not feel understood.";
            push(felt, Quality::Understood, -super::mask::AGREED_TO * loss, because, Some(Row::Empathy), true);
        }
    }

    /// What memory takes from the turn.
    fn noted(&self, appraisal: &Appraisal, moment: &Moment) -> Noted {
        let silent = appraisal.kind == Kind::Silence;
        let (words_factor, short) = super::answer::length_after(appraisal);
        let mut noted = Noted {
            is_turn: true,
            turn: moment.turn,
            acts: super::habit::acts_of(appraisal),
            topics: moment.topics.clone(),
            carried: moment.carried.clone(),
            words: self.shutting_words(&moment.said),
            promises: moment.promises.clone(),
            invites: moment.invites,
            silent,
            after_disclosure: moment.after_disclosure,
            check_in: appraisal.does(Act::CheckIn),
            confidentiality: appraisal.does(Act::Confidentiality) && !appraisal.does(Act::Overpromise),
            overwhelmed: self.is_overwhelmed(),
            disengaged: silent && self.now.silences.saturating_add(1) >= super::silence::ALONE,
            words_factor,
            short,
            ..Noted::default()
        };
        super::rupture::note(&mut noted, appraisal);
        super::repair::note(&mut noted, appraisal);
        noted
    }

    /// The words of this reply that shut a gate.
    fn shutting_words(&self, said: &str) -> Vec<String> {
        let mut words = Vec::new();
        for gate in self.gates() {
            for condition in &gate.needs {
                if let super::GateCondition::WordNotUsed(word) = condition
                    && super::gate::says(said, word)
                    && !words.contains(word)
                {
                    words.push(word.clone());
                }
            }
        }
        words
    }
}

/// How far the acts of a reply are believed, 0 to 1: by the lower of non-judgment and listening. Scores that are none move nothing; a gesture or silence needs none.
pub(super) fn credit(appraisal: &Appraisal) -> f64 {
    if matches!(appraisal.kind, Kind::Gesture | Kind::Silence) {
        return 1.0;
    }
    let scores = [Scale::NonJudgment, Scale::Listening].into_iter().filter_map(|scale| appraisal.scores.points(scale));
    let lowest = scores.fold(f64::INFINITY, f64::min);
    if lowest.is_finite() { ((lowest - NO_CREDIT) / (3.0 - NO_CREDIT)).clamp(0.0, 1.0) } else { 0.0 }
}

/// How far a hindering act is believed, 0 to 1: not at all where non-judgment and listening are both good, wholly where one of them is poor. A rule that
/// fired on kind words costs nothing.
pub(super) fn hinders(appraisal: &Appraisal) -> f64 {
    let scores = [Scale::NonJudgment, Scale::Listening].into_iter().filter_map(|scale| appraisal.scores.points(scale));
    let lowest = scores.fold(f64::INFINITY, f64::min);
    if lowest.is_finite() { ((GOOD - lowest) / (GOOD - POOR)).clamp(0.0, 1.0) } else { 1.0 }
}

fn push(felt: &mut Vec<Felt>, quality: Quality, amount: f64, because: &str, factor: Option<Row>, may_rupture: bool) {
    if amount.is_finite() && amount != 0.0 {
        felt.push(Felt { quality, amount: amount.clamp(-1.0, 1.0), because: because.to_owned(), factor, authored: false, may_rupture });
    }
}

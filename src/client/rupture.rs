//! When something tears between the two. First signs are subtle; each further roadblock adds to it; at the worst the client goes.
//!
//! Safran and Muran's two markers (withdrawal, confrontation), the 3RS. Whether a reply tears depends on the reply and on what is fixed about
//! the client, never on how well things stand: a client who trusts more is not hurt sooner.

use super::reaction::Noted;
use super::standing::Rupture;
use super::{Client, RuptureStyle};
use crate::appraisal::{Act, Appraisal, FoundAct, Kind, Scale};

/// A turn whose losses weigh this much in T, before they meet the state, tears (clinical.md, section 4, "a large drop in one turn"). [G]
pub(super) const LARGE: f64 = 0.13;
/// From here a rupture opens at severity 2. [G]
const LARGER: f64 = 0.22;
/// From here it opens at severity 3. [G]
const LARGEST: f64 = 0.45;
/// A broken confidence or a roadblock right after a disclosure opens at this severity (clinical.md, section 4, "A disclosure is a test").
pub(super) const AFTER_DISCLOSURE: u8 = 2;
/// Listening at or below this is poor.
const POOR_LISTENING: f64 = 2.0;
/// Three turns of it tear (clinical.md, section 4, "Rupture").
pub(super) const UNHEARD: u8 = 3;
/// A judging act with non-judgment at or below this is an insult; without such an act it still feels like one, and makes an open rupture worse.
const OPEN_JUDGMENT: f64 = 1.5;
/// A roadblock act counts as one only where the score agrees: at or below this.
const SCORE_AGREES: f64 = 2.25;
/// An act found with less strength than this is a suspicion, not something that avoids.
const SURE: f64 = 0.5;
/// A judging act needs more: a client does not walk out over a suspicion.
const SURE_OF_JUDGMENT: f64 = 0.7;
/// So marked a judging act is believed even against a middling score: below this non-judgment it is an insult.
const PLAIN: f64 = 0.8;
const MIDDLING: f64 = 3.1;
/// Preaching with non-judgment at or below this hurts.
const PREACHED: f64 = 1.75;
/// What an insult counts as in non-judgment, at most.
const INSULT_COUNTS_AS: f64 = 1.5;

/// The roadblocks that hurt by themselves (Gordon's judging ones, and threat and breach).
fn hurts(act: Act) -> bool {
    matches!(act, Act::Blame | Act::Labelling | Act::Sarcasm | Act::Stereotype | Act::ConfidentialityBreach)
}

/// Preaching, waving away, doubting and warning hurt only where the score says so plainly; a proverb is clumsy, not cruel.
fn preaches(act: Act) -> bool {
    matches!(act, Act::Moralising | Act::Dismissal | Act::Disbelief | Act::Warning)
}

/// Whether a finding is a roadblock that hurts by itself: found surely and agreed to by the score, or found so plainly that a middling score does not excuse it.
fn judges(found: &FoundAct, judged: Option<f64>) -> bool {
    let agrees = |most: f64| judged.is_none_or(|points| points <= most);
    let preached = preaches(found.act) && found.strength >= SURE_OF_JUDGMENT && agrees(PREACHED);
    preached || hurts(found.act) && ((found.strength >= SURE_OF_JUDGMENT && agrees(SCORE_AGREES)) || (found.strength >= PLAIN && agrees(MIDDLING)))
}

/// Whether a reply insults: a judging act, and an open one by score or by its own plainness.
pub(super) fn insults(appraisal: &Appraisal) -> bool {
    let judged = appraisal.scores.points(Scale::NonJudgment);
    appraisal
        .acts
        .iter()
        .any(|found| judges(found, judged) && ((hurts(found.act) && found.strength >= PLAIN) || judged.is_some_and(|points| points <= OPEN_JUDGMENT)))
}

/// Non-judgment as it is felt: an insult counts as one, whatever stood beside it.
pub(super) fn felt_judgment(appraisal: &Appraisal) -> Option<f64> {
    let judged = appraisal.scores.points(Scale::NonJudgment)?;
    Some(if insults(appraisal) { judged.min(INSULT_COUNTS_AS) } else { judged })
}

/// What avoids: it makes an open rupture worse, and fails a disclosure.
fn avoids(act: Act) -> bool {
    matches!(
        act,
        Act::Defensiveness
            | Act::Advice
            | Act::Directing
            | Act::TopicShift
            | Act::Pressure
            | Act::FalseReassurance
            | Act::Moralising
            | Act::Dismissal
            | Act::Disbelief
            | Act::Warning
            | Act::Minimising
            | Act::WhyChallenge
            | Act::SelfFocus
            | Act::Interrogation
    )
}

/// What belittles: it opens nothing by itself, and at the worst it is the last straw. Advice and a changed topic are not; a client sits those out.
fn belittles(act: Act) -> bool {
    preaches(act) || act == Act::Minimising
}

/// The severity at which losses of this weight open a rupture.
pub(super) fn severity_of(raw: f64) -> u8 {
    if raw >= LARGEST {
        3
    } else if raw >= LARGER {
        2
    } else {
        1
    }
}

/// Poor listening this turn, good enough listening, or neither.
pub(super) fn unheard(listening: Option<f64>, so_far: u8) -> u8 {
    match listening {
        Some(points) if points <= POOR_LISTENING => so_far.saturating_add(1),
        Some(points) if points > POOR_LISTENING + SURE => 0,
        _ => so_far,
    }
}

/// Takes note of what tears: the roadblock, what avoids, and whether the trainee seems to hear at all.
pub(super) fn note(noted: &mut Noted, appraisal: &Appraisal) {
    if appraisal.kind != Kind::Speech {
        return;
    }
    let judged = appraisal.scores.points(Scale::NonJudgment);
    let agrees = judged.is_none_or(|points| points <= SCORE_AGREES);
    let unheard = appraisal.scores.points(Scale::Listening).is_none_or(|points| points <= SCORE_AGREES);
    noted.listening = appraisal.scores.points(Scale::Listening);
    for found in appraisal.acts.iter().filter(|found| found.strength >= SURE) {
        if judges(found, judged) {
            noted.roadblock.get_or_insert_with(|| found.because.clone().into_owned());
        }
        if belittles(found.act) && agrees {
            noted.belittles.get_or_insert_with(|| found.because.clone().into_owned());
        }
        if avoids(found.act) && (agrees || unheard) {
            noted.avoids_surely |= found.strength > SURE;
            noted.avoids.get_or_insert_with(|| found.because.clone().into_owned());
        }
    }
    if insults(appraisal) {
        noted.insulted.clone_from(&noted.roadblock);
    } else if judged.is_some_and(|points| points <= OPEN_JUDGMENT) {
        noted.avoids.get_or_insert_with(|| "It felt like being judged.".to_owned());
    }
}

impl Client {
    /// The style in which a rupture of this severity shows: a severe one may bring out the other (clinical.md, section 4).
    pub(super) fn style_at(&self, severity: u8) -> RuptureStyle {
        match (self.nature.temperament.style, severity) {
            (RuptureStyle::Withdraws, 3) => RuptureStyle::Confronts,
            (style, _) => style,
        }
    }

    /// What opens a rupture in this turn where none is open: style, severity and reason; the gravest trigger speaks.
    pub(super) fn torn_by(&self, noted: &Noted, raw: f64, broken: bool, authored: Option<(RuptureStyle, u8)>) -> Option<Rupture> {
        let mut worst: Option<(u8, Option<RuptureStyle>, String)> = None;
        let mut take = |severity: u8, style: Option<RuptureStyle>, because: &str| {
            if worst.as_ref().is_none_or(|(so_far, _, _)| severity > *so_far) {
                worst = Some((severity, style, because.to_owned()));
            }
        };
        if let Some((style, severity)) = authored {
            take(severity.clamp(1, 3), Some(style), "This touched something sore.");
        }
        if broken {
            take(super::promise::broken_severity(self.mistrust()), None, "A promise was broken.");
        }
        let reason = noted.roadblock.as_ref().or(noted.avoids.as_ref());
        if noted.after_disclosure
            && let Some(because) = reason
        {
            let sure = noted.roadblock.is_some() || noted.avoids_surely;
            take(if sure { AFTER_DISCLOSURE } else { 1 }, None, because);
        }
        if let Some(because) = &noted.insulted {
            take(severity_of(raw), None, because);
        }
        if raw >= LARGE {
            take(severity_of(raw), None, reason.map_or("Too much went wrong in one reply.", String::as_str));
        }
        if unheard(noted.listening, self.now.unheard) >= UNHEARD {
            take(1, None, "For three turns nobody seemed to listen.");
        }
        worst.map(|(severity, style, because)| Rupture {
            style: style.unwrap_or_else(|| self.style_at(severity)),
            severity,
            because,
            owned: false,
            explored: 0,
            lost: [0.0; 4],
            arousal: self.now.state.arousal,
        })
    }
}

//! From many small weights to a few sentences that a supervisor can sign: evidence is gathered by reason and by sentence, the largest are
//! told one by one, and the rest is told honestly as how the whole of it reads. The contributions of a score sum to it.

use super::evidence::{Evidence, NO_FINDING};
use super::families::REASONS;
use super::gates::{floor, gates};
use super::network::Verdict;
use super::peers;
use super::shape::reason;
use super::stream::Stream;
use crate::appraisal::{Act, Appraisal, Context, Contribution, Score, Scores};
use crate::text::{Span, Utterance};
use std::borrow::Cow;

/// Most contributions beside the start and the whole: more than a handful is not read.
const MOST_TOLD: usize = 4;
/// Less than this is not told by itself.
const LEAST_TOLD: f32 = 0.12;

const WHOLE: u8 = reason("whole");
const WORDING: u8 = reason("wording");
const START: u8 = reason("start");

/// What the consulting room hears in a reply counts among peers too, in part, above what any reply has.
const HEARD: f64 = 0.5;
const UNHEARD: f64 = 1.8;

const PEERS: &str = "Outside a session, warmth, shared experience and interest are what such a message can give.";

/// Evidence under one reason (for wording in one sentence, for the codebook's findings of one act).
struct Group {
    reason: u8,
    /// Number of the sentence, or of the act.
    part: u32,
    /// The finding, for acts.
    found: u16,
}

/// The groups of a reply's evidence.
pub(super) struct Groups<'a> {
    reply: &'a Utterance,
    appraisal: &'a Appraisal,
    /// The first is of evidence that is not told.
    groups: Vec<Group>,
    /// Group number; 0 is none yet.
    of_reason: [u16; REASONS.len()],
    of_act: [u16; Act::ALL.len()],
    of_sentence: Vec<u16>,
}

impl<'a> Groups<'a> {
    pub(super) fn of(reply: &'a Utterance, appraisal: &'a Appraisal) -> Self {
        let mut groups = Vec::with_capacity(32);
        groups.push(Group { reason: WHOLE, part: 0, found: NO_FINDING });
        let of_sentence = vec![0; reply.sentences().len().max(1)];
        Self { reply, appraisal, groups, of_reason: [0; REASONS.len()], of_act: [0; Act::ALL.len()], of_sentence }
    }

    /// The number of the group that a piece is told under: by reason, for wording by sentence, for the codebook's findings by act.
    pub(super) fn of_piece(&mut self, piece: &Evidence) -> usize {
        let (slot, part) = if piece.reason == WORDING {
            let sentence = self.reply.words().get(piece.place.0 as usize).map_or(0, |word| word.sentence as usize);
            (self.of_sentence.get_mut(sentence), sentence)
        } else {
            match self.appraisal.acts.get(usize::from(piece.found)).map(|found| found.act as usize) {
                Some(act) => (self.of_act.get_mut(act), act),
                None => (self.of_reason.get_mut(usize::from(piece.reason)), 0),
            }
        };
        let Some(slot) = slot else { return 0 };
        if *slot == 0 {
            *slot = u16::try_from(self.groups.len()).unwrap_or(0);
            self.groups.push(Group { reason: piece.reason, part: part as u32, found: piece.found });
        }
        usize::from(*slot)
    }
}

/// Tells a verdict.
pub(super) fn tell(verdict: &Verdict, groups: &Groups, evidence: &[Evidence], stream: &Stream, context: &Context) -> Scores {
    let Groups { reply, appraisal, .. } = *groups;
    let gates = gates(stream, appraisal, reply);
    let floor = floor(appraisal, reply);
    let peer = peers::read(stream, reply, context);
    let mut scores = [0, 1, 2].map(|scale| {
        let mut because = told(groups, verdict, evidence, scale);
        // What was not told by itself, so that the sum is exact.
        let raw = f64::from(verdict.raw[scale]);
        let start = f64::from(verdict.start[scale]);
        let rest = raw - start - because.iter().map(|told| told.points).sum::<f64>();
        because.push(contribution(WHOLE, scale, rest, reply.whole()));
        because.push(contribution(START, scale, start, reply.whole()));
        let mut points = raw;
        if let (0, Some(peer)) = (scale, peer) {
            // Between peers the model of the consulting room counts little: its part and the peers' part come to the score.
            let shift = peer.share * (peer.points() + HEARD * (raw - UNHEARD).max(0.0) - raw);
            because.push(Contribution { points: shift, span: reply.whole(), because: Cow::Borrowed(PEERS) });
            points += shift;
        }
        if let Some(floor) = floor.as_ref().filter(|floor| points < floor.least[scale]) {
            because.push(Contribution { points: floor.least[scale] - points, span: floor.span, because: Cow::Borrowed(floor.because) });
            points = floor.least[scale];
        }
        for gate in gates.iter().filter(|gate| gate.most[scale] < 5.0) {
            if points > gate.most[scale] {
                because.push(Contribution { points: gate.most[scale] - points, span: gate.span, because: Cow::Borrowed(gate.because) });
                points = gate.most[scale];
            }
        }
        because.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
        Some(Score { points: rounded(points), because })
    });
    Scores { empathy: scores[0].take(), non_judgment: scores[1].take(), listening: scores[2].take() }
}

/// To the scale and to two decimals: finer than readers tell apart, coarse enough to read.
fn rounded(points: f64) -> f64 {
    (points.clamp(1.0, 5.0) * 100.0).round() / 100.0
}

/// The largest groups that have a sentence for their direction.
fn told(groups: &Groups, verdict: &Verdict, evidence: &[Evidence], scale: usize) -> Vec<Contribution> {
    let Groups { reply, appraisal, .. } = *groups;
    let mut largest: Vec<(usize, &Group, f32)> = (groups.groups.iter().zip(&verdict.points).enumerate().skip(1))
        .map(|(number, (group, points))| (number, group, points[scale]))
        .filter(|(_, group, points)| points.abs() >= LEAST_TOLD && can_be_told(group, scale, *points, appraisal))
        .collect();
    largest.sort_by(|(_, a, a_points), (_, b, b_points)| b_points.abs().total_cmp(&a_points.abs()).then(a.reason.cmp(&b.reason)).then(a.part.cmp(&b.part)));
    largest.truncate(MOST_TOLD);
    let contributions = largest.into_iter().map(|(number, group, points)| match appraisal.acts.get(usize::from(group.found)) {
        Some(found) => Contribution { points: f64::from(points), span: found.span, because: in_a_sentence(&found.because).into() },
        None => {
            let span = if group.reason == WORDING { of_sentence(group, reply) } else { of_strongest(verdict, evidence, (number, points), scale, reply) };
            contribution(group.reason, scale, f64::from(points), span)
        }
    });
    // Room for what else is told: the start, the whole, the peers, the gates.
    let mut told = Vec::with_capacity(MOST_TOLD + 6);
    told.extend(contributions);
    told
}

/// A finding's reason as a whole sentence.
fn in_a_sentence(because: &str) -> String {
    if because.starts_with(char::is_uppercase) { because.to_owned() } else { format!("It {}.", because.trim_end_matches('.')) }
}

/// Whether a supervisor could sign it: there is a sentence for this direction, and no roadblock is told as a gain, no help as a loss.
fn can_be_told(group: &Group, scale: usize, points: f32, appraisal: &Appraisal) -> bool {
    match appraisal.acts.get(usize::from(group.found)) {
        Some(found) => {
            matches!(found.act, Act::OpenQuestion | Act::ClosedQuestion | Act::Information | Act::Structuring) || found.act.is_hindering() == (points < 0.0)
        }
        None => !sentence(group.reason, scale, points).is_empty(),
    }
}

fn of_sentence(group: &Group, reply: &Utterance) -> Span {
    let sentence = reply.sentences().get(group.part as usize);
    sentence.map_or_else(|| reply.whole(), |sentence| reply.span(sentence.first as usize, sentence.last as usize))
}

/// The words of a group's strongest piece; they show it only where the piece points the same way as the group.
fn of_strongest(verdict: &Verdict, evidence: &[Evidence], (group, points): (usize, f32), scale: usize, reply: &Utterance) -> Span {
    let strongest = verdict.strongest(group, scale).filter(|(strength, _)| strength * points > 0.0);
    let place = strongest.and_then(|(_, piece)| evidence.get(piece)).map_or((0, 0), |piece| piece.place);
    if place.1 > place.0 { reply.span(place.0 as usize, place.1 as usize) } else { reply.whole() }
}

fn sentence(reason: u8, scale: usize, points: f32) -> &'static str {
    REASONS.get(usize::from(reason)).map_or("", |(_, up, down)| if points >= 0.0 { up[scale] } else { down[scale] })
}

fn contribution(reason: u8, scale: usize, points: f64, span: Span) -> Contribution {
    Contribution { points, span, because: Cow::Borrowed(sentence(reason, scale, points as f32)) }
}

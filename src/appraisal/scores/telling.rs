//! From many small weights to a few sentences that a supervisor can sign: evidence is gathered by reason and by sentence, the largest are
//! told one by one, and the rest is told honestly as how the whole of it reads. The contributions of a score sum to it.

use super::evidence::Evidence;
use super::families::REASONS;
use super::gates::gates;
use super::layout::SCALES;
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

const PEERS: &str = "Outside a session, warmth, shared experience and interest are what such a message can give.";

/// Evidence under one reason (for wording in one sentence, for the codebook's findings of one act).
struct Group {
    reason: u8,
    /// Number of the sentence, or of the act.
    part: u32,
    /// The finding, for acts.
    found: u16,
    points: [f32; SCALES],
    /// The strongest piece on each scale: its points and its words.
    strongest: [(f32, (u32, u32)); SCALES],
}

/// Tells a verdict.
pub(super) fn tell(verdict: &Verdict, evidence: &[Evidence], stream: &Stream, appraisal: &Appraisal, reply: &Utterance, context: &Context) -> Scores {
    let groups = gather(verdict, evidence, appraisal, reply);
    let gates = gates(stream, appraisal, reply);
    let peer = peers::read(stream, reply, context);
    let mut scores = [0, 1, 2].map(|scale| {
        let mut because = told(&groups, scale, appraisal, reply);
        // What was not told by itself, so that the sum is exact.
        let raw = f64::from(verdict.raw[scale]);
        let start = f64::from(verdict.start[scale]);
        let rest = raw - start - because.iter().map(|told| told.points).sum::<f64>();
        because.push(contribution(WHOLE, scale, rest, reply.whole()));
        because.push(contribution(START, scale, start, reply.whole()));
        let mut points = raw;
        if let (0, Some(peer)) = (scale, peer) {
            // Between peers the model of the consulting room counts little: its part and the peers' part come to the score.
            let shift = peer.share * (peer.points() - raw);
            because.push(Contribution { points: shift, span: reply.whole(), because: Cow::Borrowed(PEERS) });
            points += shift;
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

fn gather(verdict: &Verdict, evidence: &[Evidence], appraisal: &Appraisal, reply: &Utterance) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::with_capacity(32);
    // Group number plus one: by reason, and for wording by sentence.
    let mut of_reason = [0usize; REASONS.len()];
    let mut of_act = [0usize; Act::ALL.len()];
    let mut of_sentence = vec![0usize; reply.sentences().len().max(1)];
    for share in &verdict.shares {
        let Some(piece) = evidence.get(share.evidence) else { continue };
        let act = appraisal.acts.get(usize::from(piece.found)).map(|found| found.act as usize);
        let sentence = reply.words().get(piece.place.0 as usize).map_or(0, |word| word.sentence as usize);
        let (slot, part) = match (piece.reason, act) {
            (WORDING, _) => (of_sentence.get_mut(sentence), sentence),
            (_, Some(act)) => (of_act.get_mut(act), act),
            _ => (of_reason.get_mut(usize::from(piece.reason)), 0),
        };
        let Some(slot) = slot else { continue };
        if *slot == 0 {
            groups.push(Group { reason: piece.reason, part: part as u32, found: piece.found, points: [0.0; SCALES], strongest: [(0.0, (0, 0)); SCALES] });
            *slot = groups.len();
        }
        let Some(group) = groups.get_mut(*slot - 1) else { continue };
        for scale in 0..SCALES {
            group.points[scale] += share.points[scale];
            if share.points[scale].abs() > group.strongest[scale].0.abs() {
                group.strongest[scale] = (share.points[scale], piece.place);
            }
        }
    }
    groups
}

/// The largest groups that have a sentence for their direction.
fn told(groups: &[Group], scale: usize, appraisal: &Appraisal, reply: &Utterance) -> Vec<Contribution> {
    let mut largest: Vec<&Group> = groups.iter().filter(|group| group.points[scale].abs() >= LEAST_TOLD && can_be_told(group, scale, appraisal)).collect();
    largest.sort_by(|a, b| b.points[scale].abs().total_cmp(&a.points[scale].abs()).then(a.reason.cmp(&b.reason)).then(a.part.cmp(&b.part)));
    largest.truncate(MOST_TOLD);
    largest
        .into_iter()
        .map(|group| {
            let points = f64::from(group.points[scale]);
            match appraisal.acts.get(usize::from(group.found)) {
                Some(found) => Contribution { points, span: found.span, because: in_a_sentence(&found.because).into() },
                None => contribution(group.reason, scale, points, span(group, scale, reply)),
            }
        })
        .collect()
}

/// A finding's reason as a whole sentence.
fn in_a_sentence(because: &str) -> String {
    if because.starts_with(char::is_uppercase) { because.to_owned() } else { format!("It {}.", because.trim_end_matches('.')) }
}

/// Whether a supervisor could sign it: there is a sentence for this direction, and no roadblock is told as a gain, no help as a loss.
fn can_be_told(group: &Group, scale: usize, appraisal: &Appraisal) -> bool {
    let points = group.points[scale];
    match appraisal.acts.get(usize::from(group.found)) {
        Some(found) => {
            matches!(found.act, Act::OpenQuestion | Act::ClosedQuestion | Act::Information | Act::Structuring) || found.act.is_hindering() == (points < 0.0)
        }
        None => !sentence(group.reason, scale, points).is_empty(),
    }
}

fn span(group: &Group, scale: usize, reply: &Utterance) -> Span {
    if group.reason == WORDING {
        return reply
            .sentences()
            .get(group.part as usize)
            .map_or_else(|| reply.whole(), |sentence| reply.span(sentence.first as usize, sentence.last as usize));
    }
    let (strength, (first, last)) = group.strongest[scale];
    // The strongest piece shows the words only where it points the same way as its reason.
    if last > first && strength * group.points[scale] > 0.0 { reply.span(first as usize, last as usize) } else { reply.whole() }
}

fn sentence(reason: u8, scale: usize, points: f32) -> &'static str {
    REASONS.get(usize::from(reason)).map_or("", |(_, up, down)| if points >= 0.0 { up[scale] } else { down[scale] })
}

fn contribution(reason: u8, scale: usize, points: f64, span: Span) -> Contribution {
    Contribution { points, span, because: Cow::Borrowed(sentence(reason, scale, points as f32)) }
}

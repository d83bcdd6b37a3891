//! The scoring model: every piece of evidence has a weight of its own on each scale, and weights on a few hidden readings that count only
//! where enough speaks for them. Given which readings are open, the score is a plain sum, so every piece's share in it can be told exactly.

use super::evidence::{Block, Evidence};
use super::layout::{HIDDEN, ROW, SCALES};
use super::pack::{HEAD, pack};
use std::borrow::Cow;

static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/model.bin"));

/// Length to which the words of a reply are brought, so that long replies do not shout; chosen by cross-validation.
pub(super) const WORDS_LENGTH: f32 = 6.0;
/// The same for patterns of sentence shape.
pub(super) const SHAPES_LENGTH: f32 = 5.0;

/// The model with its weights.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    bytes: Cow<'static, [u8]>,
    rows: usize,
    slots: usize,
    head: [f32; HEAD],
}

/// A piece of evidence that has weights.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// Index into the evidence.
    evidence: u32,
    /// The group that it is told under.
    group: u32,
    /// The number of its weights.
    row: u32,
    value: f32,
    /// The next piece of the same group, by its place among the known; [`NO_MORE`] for the last.
    next: u32,
}

/// No piece follows.
const NO_MORE: u32 = u32::MAX;

/// What the model makes of a reply.
#[derive(Clone, Debug)]
pub(super) struct Verdict<'a> {
    network: &'a Network,
    known: Vec<Known>,
    /// By group, its first piece.
    first: Vec<u32>,
    /// What a weight counts for on each scale, given which hidden readings are open.
    counts: [[f32; ROW]; SCALES],
    /// Raw scores: `start` and all groups together.
    pub(super) raw: [f32; SCALES],
    /// What no piece of evidence is responsible for.
    pub(super) start: [f32; SCALES],
    /// By group, what its evidence adds to the scales.
    pub(super) points: Vec<[f32; SCALES]>,
}

impl Verdict<'_> {
    /// The piece of a group that adds most to a scale, for or against: its points and its place in the evidence.
    pub(super) fn strongest(&self, group: usize, scale: usize) -> Option<(f32, usize)> {
        let mut strongest: Option<(f32, usize)> = None;
        let mut next = self.first.get(group).copied().unwrap_or(NO_MORE);
        while let Some(known) = self.known.get(next as usize) {
            next = known.next;
            let points = dot(&self.counts[scale], self.network.weights(known.row)) * known.value;
            if points.abs() > strongest.map_or(0.0, |(most, _)| most.abs()) {
                strongest = Some((points, known.evidence as usize));
            }
        }
        strongest
    }
}

/// Numbers that a processor adds side by side.
const LANES: usize = 8;

/// Sum of products, in lanes; the order of adding is fixed.
fn dot_in_lanes<T: Copy>(counts: &[f32; ROW], others: &[T; ROW], number: impl Fn(T) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    for (counts, others) in counts.as_chunks::<LANES>().0.iter().zip(others.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            lanes[lane] += counts[lane] * number(others[lane]);
        }
    }
    ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]))
}

fn dot(counts: &[f32; ROW], weights: &[[u8; 4]; ROW]) -> f32 {
    dot_in_lanes(counts, weights, f32::from_le_bytes)
}

/// Adds weights, so many times over.
fn add(sums: &mut [f32; ROW], weights: &[[u8; 4]; ROW], times: f32) {
    for (sums, weights) in sums.as_chunks_mut::<LANES>().0.iter_mut().zip(weights.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            sums[lane] += times * f32::from_le_bytes(weights[lane]);
        }
    }
}

fn number(bytes: &[u8], at: usize) -> f32 {
    bytes.get(at..at + 4).and_then(|four| four.first_chunk()).map_or(0.0, |four| f32::from_le_bytes(*four))
}

fn whole(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four))
}

/// The number of a key's row.
fn row_of(slots: &[[u8; 8]], key: u64) -> Option<u32> {
    let mask = slots.len().checked_sub(1)?;
    let check = (key >> 32) as u32;
    let mut slot = key as usize & mask;
    loop {
        let [a, b, c, d, row @ ..] = slots.get(slot)?;
        let row = u32::from_le_bytes(*row).checked_sub(1)?;
        if u32::from_le_bytes([*a, *b, *c, *d]) == check {
            return Some(row);
        }
        slot = (slot + 1) & mask;
    }
}

impl Network {
    /// The weights in the binary.
    pub(crate) fn builtin() -> Self {
        Self::over(Cow::Borrowed(BUILTIN))
    }

    /// Weights from the text of a weights file.
    ///
    /// # Errors
    /// A sentence that names the line at fault.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        pack(text).map(|(bytes, _)| Self::over(Cow::Owned(bytes)))
    }

    fn over(bytes: Cow<'static, [u8]>) -> Self {
        let mut head = [0.0; HEAD];
        for (at, to) in head.iter_mut().enumerate() {
            *to = number(&bytes, 8 + 4 * at);
        }
        Self { rows: whole(&bytes, 0) as usize, slots: whole(&bytes, 4) as usize, bytes, head }
    }

    /// Check and row number plus one, slot by slot.
    fn slots(&self) -> &[[u8; 8]] {
        let slots = self.bytes.get(8 + 4 * HEAD + 4 * ROW * self.rows..).map_or(&[][..], |bytes| bytes.as_chunks::<8>().0);
        slots.get(..self.slots).unwrap_or_default()
    }

    /// The weights of a row; the last number is how telling its feature is.
    fn weights(&self, row: u32) -> &[[u8; 4]; ROW] {
        let numbers = self.bytes.get(8 + 4 * HEAD..).map_or(&[][..], |bytes| bytes.as_chunks::<4>().0);
        numbers.as_chunks::<ROW>().0.get(row as usize).unwrap_or(&[[0; 4]; ROW])
    }

    /// Weighs the evidence of a reply. `group_of` says under which group a piece is told: weights are added up by group, since only groups are told.
    pub(super) fn weigh(&self, evidence: &[Evidence], mut group_of: impl FnMut(&Evidence) -> usize) -> Verdict<'_> {
        let mut known: Vec<Known> = Vec::with_capacity(evidence.len());
        let mut seen = vec![0u64; self.rows / 64 + 1];
        let mut squares = [0.0f32; 2];
        let mut groups = 0;
        let slots = self.slots();
        for (at, piece) in evidence.iter().enumerate() {
            let Some(row) = row_of(slots, piece.key) else { continue };
            let (word, bit) = (row as usize / 64, 1u64 << (row % 64));
            if seen[word] & bit != 0 {
                continue;
            }
            seen[word] |= bit;
            let value = piece.value * f32::from_le_bytes(self.weights(row)[ROW - 1]);
            match piece.block {
                Block::Words => squares[0] += value * value,
                Block::Shapes => squares[1] += value * value,
                _ => {}
            }
            let group = group_of(piece);
            groups = groups.max(group + 1);
            known.push(Known { evidence: at as u32, group: group as u32, row, value, next: NO_MORE });
        }
        let brought = [WORDS_LENGTH / (squares[0].sqrt() + 1e-6), SHAPES_LENGTH / (squares[1].sqrt() + 1e-6)];
        let mut sums = vec![[0.0f32; ROW]; groups];
        for known in &mut known {
            match evidence.get(known.evidence as usize).map(|piece| piece.block) {
                Some(Block::Words) => known.value *= brought[0],
                Some(Block::Shapes) => known.value *= brought[1],
                _ => {}
            }
            if let Some(sums) = sums.get_mut(known.group as usize) {
                add(sums, self.weights(known.row), known.value);
            }
        }
        self.verdict(known, &sums)
    }

    fn verdict(&self, mut known: Vec<Known>, groups: &[[f32; ROW]]) -> Verdict<'_> {
        let mut first = vec![NO_MORE; groups.len()];
        for (at, known) in known.iter_mut().enumerate().rev() {
            if let Some(first) = first.get_mut(known.group as usize) {
                known.next = std::mem::replace(first, at as u32);
            }
        }
        let (starts, rest) = self.head.split_at(HIDDEN);
        let (scale_starts, adds) = rest.split_at(SCALES);
        let mut sums = [0.0f32; ROW];
        for group in groups {
            sums.iter_mut().zip(group).for_each(|(sum, more)| *sum += more);
        }
        let mut counts = [[0.0f32; ROW]; SCALES];
        let mut start = [0.0; SCALES];
        for scale in 0..SCALES {
            counts[scale][scale] = 1.0;
            start[scale] = scale_starts[scale];
        }
        for unit in 0..HIDDEN {
            if sums[SCALES + unit] + starts[unit] > 0.0 {
                for scale in 0..SCALES {
                    let adds = adds[unit * SCALES + scale];
                    counts[scale][SCALES + unit] = adds;
                    start[scale] += adds * starts[unit];
                }
            }
        }
        let mut raw = start;
        let mut points = Vec::with_capacity(groups.len());
        for group in groups {
            let shares = std::array::from_fn(|scale| dot_in_lanes(&counts[scale], group, |sum| sum));
            raw.iter_mut().zip(&shares).for_each(|(raw, share)| *raw += share);
            points.push(shares);
        }
        Verdict { network: self, known, first, counts, raw, start, points }
    }
}

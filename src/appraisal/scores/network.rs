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

/// What one piece of evidence adds to the three scales.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) points: [f32; SCALES],
    /// Index into the evidence.
    pub(super) evidence: usize,
}

/// What the model makes of a reply.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// Raw scores: `start` and all shares together.
    pub(super) raw: [f32; SCALES],
    /// What no piece of evidence is responsible for.
    pub(super) start: [f32; SCALES],
    pub(super) shares: Vec<Share>,
}

/// Sum of products, in eight lanes that a processor can keep side by side; the order of adding is fixed.
fn dot(counts: &[f32; ROW], weights: &[u8]) -> f32 {
    const LANES: usize = 8;
    let mut lanes = [0.0f32; LANES];
    for (counts, weights) in counts.as_chunks::<LANES>().0.iter().zip(weights.as_chunks::<{ 4 * LANES }>().0) {
        for ((lane, count), four) in lanes.iter_mut().zip(counts).zip(weights.as_chunks::<4>().0) {
            *lane += count * f32::from_le_bytes(*four);
        }
    }
    lanes.iter().sum()
}

fn number(bytes: &[u8], at: usize) -> f32 {
    bytes.get(at..at + 4).and_then(|four| four.first_chunk()).map_or(0.0, |four| f32::from_le_bytes(*four))
}

fn whole(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four))
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

    fn row(&self, key: u64) -> Option<(usize, &[u8])> {
        if self.slots == 0 {
            return None;
        }
        let rows = 8 + 4 * HEAD;
        let table = rows + 4 * ROW * self.rows;
        let check = (key >> 32) as u32;
        let mut slot = key as usize & (self.slots - 1);
        loop {
            let row = whole(&self.bytes, table + 8 * slot + 4) as usize;
            if row == 0 {
                return None;
            }
            if whole(&self.bytes, table + 8 * slot) == check {
                let at = rows + 4 * ROW * (row - 1);
                return self.bytes.get(at..at + 4 * ROW).map(|bytes| (row - 1, bytes));
            }
            slot = (slot + 1) & (self.slots - 1);
        }
    }

    /// Weighs the evidence of a reply.
    pub(super) fn weigh(&self, evidence: &[Evidence]) -> Verdict {
        let mut known: Vec<(usize, &[u8], f32)> = Vec::with_capacity(evidence.len());
        let mut seen = vec![0u64; self.rows / 64 + 1];
        let mut squares = [0.0f32; 2];
        for (at, piece) in evidence.iter().enumerate() {
            let Some((row, weights)) = self.row(piece.key) else { continue };
            let (word, bit) = (row / 64, 1u64 << (row % 64));
            if seen[word] & bit != 0 {
                continue;
            }
            seen[word] |= bit;
            let value = piece.value * number(weights, 4 * (ROW - 1));
            match piece.block {
                Block::Words => squares[0] += value * value,
                Block::Shapes => squares[1] += value * value,
                _ => {}
            }
            known.push((at, weights, value));
        }
        let brought = [WORDS_LENGTH / (squares[0].sqrt() + 1e-6), SHAPES_LENGTH / (squares[1].sqrt() + 1e-6)];
        let mut sums = [0.0f32; ROW];
        for (at, weights, value) in &mut known {
            match evidence[*at].block {
                Block::Words => *value *= brought[0],
                Block::Shapes => *value *= brought[1],
                _ => {}
            }
            for (sum, four) in sums.iter_mut().zip(weights.as_chunks::<4>().0) {
                *sum += *value * f32::from_le_bytes(*four);
            }
        }
        self.verdict(&known, &sums)
    }

    fn verdict(&self, known: &[(usize, &[u8], f32)], sums: &[f32; ROW]) -> Verdict {
        let (starts, rest) = self.head.split_at(HIDDEN);
        let (scale_starts, adds) = rest.split_at(SCALES);
        // What a weight counts for on each scale, given which hidden readings are open.
        let mut counts = [[0.0f32; ROW]; SCALES];
        let mut verdict = Verdict::default();
        for scale in 0..SCALES {
            counts[scale][scale] = 1.0;
            verdict.start[scale] = scale_starts[scale];
        }
        for unit in 0..HIDDEN {
            if sums[SCALES + unit] + starts[unit] > 0.0 {
                for scale in 0..SCALES {
                    let adds = adds[unit * SCALES + scale];
                    counts[scale][SCALES + unit] = adds;
                    verdict.start[scale] += adds * starts[unit];
                }
            }
        }
        verdict.raw = verdict.start;
        verdict.shares.reserve(known.len());
        for (at, weights, value) in known {
            let mut points = [0.0f32; SCALES];
            for scale in 0..SCALES {
                points[scale] = dot(&counts[scale], weights) * value;
                verdict.raw[scale] += points[scale];
            }
            verdict.shares.push(Share { points, evidence: *at });
        }
        verdict
    }
}

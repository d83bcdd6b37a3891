//! Learning weights from judged replies: stochastic gradient descent (Adam; Kingma and Ba 2015) on squared error, in a fixed order, from a
//! fixed seed, with + − × ÷ and square roots only, so that the same data give the same bytes.

use super::evidence::{Block, Evidence};
use super::layout::{HIDDEN, ROW, SCALES};
use super::network::{SHAPES_LENGTH, WORDS_LENGTH};
use super::pack::{HEAD, text_of};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A judged reply as fitting needs it.
#[derive(Clone, Debug)]
pub struct Example {
    pub(super) evidence: Vec<Evidence>,
    pub(super) names: Vec<(u64, String)>,
    /// Who wrote it; what only one writer does is not learnt.
    pub writer: char,
    /// What the readers gave: empathy, non-judgment, listening.
    pub judged: [f32; SCALES],
    /// How much it counts; 1 for a reply as written.
    pub weight: f32,
}

impl Example {
    /// The same, counting so much.
    #[must_use]
    pub fn counting(self, weight: f32) -> Self {
        Self { weight, ..self }
    }
}

/// Fewest replies and fewest writers that a piece of evidence must come from.
const FEWEST_REPLIES: usize = 4;
const FEWEST_WRITERS: usize = 3;
/// Times through the data, replies a step, size of a step (falling to zero), weight decay, share of the evidence that is hidden from each
/// step, spread of the first hidden weights: all chosen by cross-validation over writers.
const ROUNDS: usize = 8;
const STEP_REPLIES: usize = 64;
const STEP: f32 = 2e-3;
const DECAY: f32 = 4.5e-2;
const HIDE: f32 = 0.3;
const SPREAD: f32 = 0.05;
/// Weight of families and of measures beside words, once each has spread 1; chosen by cross-validation.
const FAMILIES_WEIGHT: f32 = 0.3;
const MEASURES_WEIGHT: f32 = 0.4;
const ACTS_WEIGHT: f32 = 0.4;

/// A small generator of numbers (Vigna's splitmix64), so that fitting needs no other.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to 1.
    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 16_777_216.0
    }

    /// About normal, spread 1: the sum of twelve.
    fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.unit()).sum::<f32>() - 6.0
    }
}

/// What is known of a piece of evidence over all examples.
#[derive(Default)]
struct Column {
    replies: usize,
    writers: Vec<char>,
    sum: f64,
    squares: f64,
    block: Option<Block>,
}

/// The table of the evidence that is kept, with how telling each piece is.
struct Columns {
    index: BTreeMap<u64, usize>,
    telling: Vec<f32>,
    /// Mean value, for measures only: their weights count from the mean.
    mean: Vec<f32>,
}

/// Learns weights and gives the text of a weights file.
#[must_use]
pub fn fit(examples: &[Example], version: u32, names: bool) -> String {
    let columns = columns(examples);
    let rows: Vec<Vec<(usize, f32)>> = examples.iter().map(|example| row(example, &columns)).collect();
    let net = Net::learn(&rows, examples, columns.telling.len(), 20_261_124);
    net.text(&columns, examples, version, names)
}

fn columns(examples: &[Example]) -> Columns {
    let mut all: BTreeMap<u64, Column> = BTreeMap::new();
    // Rough copies are learnt from, and say nothing of how common a word is.
    let as_written = || examples.iter().filter(|example| example.weight >= 1.0);
    for example in as_written() {
        let mut seen: Vec<u64> = Vec::new();
        let mut keys: Vec<(u64, f32, Block)> = example.evidence.iter().map(|piece| (piece.key, piece.value, piece.block)).collect();
        keys.sort_unstable_by_key(|(key, _, _)| *key);
        for (key, value, block) in keys {
            if seen.last() == Some(&key) {
                continue;
            }
            seen.push(key);
            let column = all.entry(key).or_default();
            column.replies += 1;
            column.sum += f64::from(value);
            column.squares += f64::from(value * value);
            column.block = Some(block);
            if !column.writers.contains(&example.writer) {
                column.writers.push(example.writer);
            }
        }
    }
    let count = as_written().count() as f64;
    let mut out = Columns { index: BTreeMap::new(), telling: Vec::new(), mean: Vec::new() };
    for (key, column) in all {
        let Some(block) = column.block else { continue };
        if column.replies < FEWEST_REPLIES || column.writers.len() < FEWEST_WRITERS {
            continue;
        }
        let mean = column.sum / count;
        let spread = ((column.squares / count - mean * mean).max(0.0)).sqrt();
        let telling = match block {
            Block::Words | Block::Shapes => rarity(column.replies as f64 / count),
            Block::Families => f64::from(FAMILIES_WEIGHT) / (spread + 0.1),
            Block::Acts => f64::from(ACTS_WEIGHT) / (spread + 0.1),
            Block::Measures => f64::from(MEASURES_WEIGHT) / (spread + 1e-3),
        };
        out.index.insert(key, out.telling.len());
        out.telling.push(telling as f32);
        out.mean.push(if block == Block::Measures { mean as f32 } else { 0.0 });
    }
    out
}

/// How telling a piece is that this share of replies holds: −ln(share), by its series, so that it is the same on every machine.
fn rarity(share: f64) -> f64 {
    // ln x = ln(m · 2^e) with m in [0.5, 1): the series of atanh converges fast there.
    let (mut m, mut halvings) = (share, 0.0);
    while m < 0.5 {
        m *= 2.0;
        halvings += 1.0;
    }
    let y = (m - 1.0) / (m + 1.0);
    let (mut term, mut sum) = (y, 0.0);
    for at in 0..30 {
        sum += term / f64::from(2 * at + 1);
        term *= y * y;
    }
    halvings * std::f64::consts::LN_2 - 2.0 * sum
}

/// The values of an example as the model will see them.
fn row(example: &Example, columns: &Columns) -> Vec<(usize, f32)> {
    let mut seen = std::collections::BTreeSet::new();
    let mut out: Vec<(usize, f32, Block)> = Vec::new();
    for piece in &example.evidence {
        let Some(column) = columns.index.get(&piece.key) else { continue };
        if seen.insert(*column) {
            out.push((*column, piece.value * columns.telling[*column], piece.block));
        }
    }
    let length = |block: Block| out.iter().filter(|(_, _, of)| *of == block).map(|(_, value, _)| value * value).sum::<f32>().sqrt() + 1e-6;
    let brought = (WORDS_LENGTH / length(Block::Words), SHAPES_LENGTH / length(Block::Shapes));
    let mut row: Vec<(usize, f32)> = out
        .into_iter()
        .map(|(column, value, block)| match block {
            Block::Words => (column, value * brought.0),
            Block::Shapes => (column, value * brought.1),
            _ => (column, value),
        })
        .collect();
    // Measures count from their mean; one that is nought here is below it.
    for (column, mean) in columns.mean.iter().enumerate().filter(|(_, mean)| **mean != 0.0) {
        let shift = mean * columns.telling[column];
        match row.iter_mut().find(|(known, _)| *known == column) {
            Some((_, value)) => *value -= shift,
            None => row.push((column, -shift)),
        }
    }
    row
}

/// Weights in the making, with the running means of Adam.
struct Net {
    /// One row of [`ROW`] a column; the last number of a row is not used.
    rows: Vec<f32>,
    head: Vec<f32>,
}

struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Adam {
    fn of(count: usize) -> Self {
        Self { first: vec![0.0; count], second: vec![0.0; count] }
    }

    fn step(&mut self, weights: &mut [f32], slopes: &[f32], size: f32, first_part: f32, second_part: f32) {
        for (((weight, slope), first), second) in weights.iter_mut().zip(slopes).zip(&mut self.first).zip(&mut self.second) {
            let slope = slope + DECAY * *weight;
            *first += 0.1 * (slope - *first);
            *second += 0.001 * (slope * slope - *second);
            *weight -= size * (*first / first_part) / ((*second / second_part).sqrt() + 1e-8);
        }
    }
}

impl Net {
    fn learn(rows: &[Vec<(usize, f32)>], examples: &[Example], columns: usize, seed: u64) -> Self {
        let mut numbers = Numbers(seed);
        let mut net = Net { rows: vec![0.0; columns * ROW], head: vec![0.0; HEAD] };
        for row in net.rows.chunks_mut(ROW) {
            for weight in &mut row[SCALES..SCALES + HIDDEN] {
                *weight = numbers.normal() * SPREAD;
            }
        }
        net.head[..HIDDEN].fill(0.1);
        let total: f32 = examples.iter().map(|example| example.weight).sum();
        for scale in 0..SCALES {
            net.head[HIDDEN + scale] = examples.iter().map(|example| example.judged[scale] * example.weight).sum::<f32>() / total.max(1.0);
        }
        for weight in &mut net.head[HIDDEN + SCALES..] {
            *weight = numbers.normal() * 0.3;
        }
        let (mut of_rows, mut of_head) = (Adam::of(net.rows.len()), Adam::of(HEAD));
        let (mut row_slopes, mut head_slopes) = (vec![0.0f32; net.rows.len()], vec![0.0f32; HEAD]);
        // What is left of the running means' first value, nought, which they are to be freed of.
        let (mut first_left, mut second_left) = (1.0f32, 1.0f32);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        for round in 0..ROUNDS {
            for at in (1..order.len()).rev() {
                order.swap(at, (numbers.next() % (at as u64 + 1)) as usize);
            }
            let size = STEP * (1.0 - round as f32 / ROUNDS as f32);
            for step in order.chunks(STEP_REPLIES) {
                row_slopes.fill(0.0);
                head_slopes.fill(0.0);
                for at in step {
                    net.slopes(&rows[*at], &examples[*at], step.len(), &mut numbers, &mut row_slopes, &mut head_slopes);
                }
                (first_left, second_left) = (first_left * 0.9, second_left * 0.999);
                let (first_part, second_part) = (1.0 - first_left, 1.0 - second_left);
                of_rows.step(&mut net.rows, &row_slopes, size, first_part, second_part);
                // Where scores start is not pulled towards nought.
                let starts = [net.head[HIDDEN], net.head[HIDDEN + 1], net.head[HIDDEN + 2]];
                for (scale, start) in starts.iter().enumerate() {
                    head_slopes[HIDDEN + scale] -= DECAY * start;
                }
                of_head.step(&mut net.head, &head_slopes, size, first_part, second_part);
            }
        }
        net
    }

    fn slopes(&self, row: &[(usize, f32)], example: &Example, replies: usize, numbers: &mut Numbers, row_slopes: &mut [f32], head_slopes: &mut [f32]) {
        let kept: Vec<(usize, f32)> = row.iter().filter(|_| numbers.unit() >= HIDE).map(|(column, value)| (*column, value / (1.0 - HIDE))).collect();
        let mut sums = [0.0f32; ROW];
        for (column, value) in &kept {
            for (sum, weight) in sums.iter_mut().zip(&self.rows[column * ROW..(column + 1) * ROW]) {
                *sum += value * weight;
            }
        }
        let (starts, rest) = self.head.split_at(HIDDEN);
        let (scale_starts, adds) = rest.split_at(SCALES);
        let mut open = [0.0f32; HIDDEN];
        for unit in 0..HIDDEN {
            open[unit] = (sums[SCALES + unit] + starts[unit]).max(0.0);
        }
        let mut slope = [0.0f32; ROW];
        for scale in 0..SCALES {
            let given = scale_starts[scale] + sums[scale] + (0..HIDDEN).map(|unit| open[unit] * adds[unit * SCALES + scale]).sum::<f32>();
            slope[scale] = (given - example.judged[scale]) * example.weight / replies as f32;
            head_slopes[HIDDEN + scale] += slope[scale];
        }
        for unit in 0..HIDDEN {
            for scale in 0..SCALES {
                head_slopes[HIDDEN + SCALES + unit * SCALES + scale] += open[unit] * slope[scale];
                if open[unit] > 0.0 {
                    slope[SCALES + unit] += slope[scale] * adds[unit * SCALES + scale];
                }
            }
            head_slopes[unit] += slope[SCALES + unit];
        }
        for (column, value) in &kept {
            for (to, slope) in row_slopes[column * ROW..(column + 1) * ROW].iter_mut().zip(&slope) {
                *to += value * slope;
            }
        }
    }

    fn text(&self, columns: &Columns, examples: &[Example], version: u32, names: bool) -> String {
        let mut called: BTreeMap<u64, &str> = BTreeMap::new();
        if names {
            for (key, name) in examples.iter().flat_map(|example| &example.names) {
                called.entry(*key).or_insert(name);
            }
        }
        // Measures count from their mean in fitting; here the means move into the starts.
        let mut head = self.head.clone();
        for (column, mean) in columns.mean.iter().enumerate() {
            let shift = mean * columns.telling[column];
            let row = &self.rows[column * ROW..(column + 1) * ROW];
            for scale in 0..SCALES {
                head[HIDDEN + scale] -= shift * row[scale];
            }
            for unit in 0..HIDDEN {
                head[unit] -= shift * row[SCALES + unit];
            }
        }
        let mut out =
            format!("# Weights of the scoring model, fitted on the judged replies by `practicum fit-weights`. Do not edit by hand.\nversion {version}\nhead");
        for number in head {
            // Writing to a string does not fail.
            let _ = write!(out, " {number}");
        }
        out.push('\n');
        let mut lines: Vec<(&str, String)> = Vec::new();
        for (key, column) in &columns.index {
            let row = &self.rows[column * ROW..(column + 1) * ROW - 1];
            let most = row.iter().fold(0.0f32, |most, weight| most.max(weight.abs()));
            let scale = most / 127.0;
            let bytes: Vec<u8> = row.iter().map(|weight| if scale > 0.0 { (weight / scale).round() as i8 as u8 } else { 0 }).collect();
            let name = called.get(key).copied().unwrap_or("unnamed");
            lines.push((name, format!("{name} {key:x} {} {scale} {}\n", columns.telling[*column], text_of(&bytes))));
        }
        lines.sort();
        out.extend(lines.into_iter().map(|(_, line)| line));
        out
    }
}

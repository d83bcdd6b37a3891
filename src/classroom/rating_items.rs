//! Replies for a calibration hour: from a set of judged replies, good and bad ones mixed, with the engine's own scores beside them.

use super::event::Item;
use crate::appraisal::codebook::Codebook;
use crate::appraisal::{Context, Scale, Turn, appraise};
use crate::scoring::validity::{JudgedLine, SCALES};
use crate::text::{Later, Utterance, neutralise};

/// Longer ones are not read by a class on their phones.
const LONGEST: usize = 400;

/// So many replies, chosen by the seed: from the readers' lowest to their highest in equal parts, then mixed. `set` is JSON Lines as in the shipped
/// validity set; a line that cannot be read is passed over.
#[must_use]
pub fn items(set: &str, count: usize, seed: u64) -> Vec<Item> {
    let lines: Vec<&str> = set.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() || count == 0 {
        return Vec::new();
    }
    // A few dozen are read, not thousands: enough to choose low and high ones among.
    let mut seen = std::collections::BTreeSet::new();
    let mut read: Vec<JudgedLine> = Vec::new();
    for draw in 0..count as u64 * 12 {
        let at = (mixed(seed, draw) % lines.len() as u64) as usize;
        if seen.insert(at)
            && let Some(line) = lines.get(at).and_then(|line| serde_json::from_str::<JudgedLine>(line).ok())
            && line.reply.len() <= LONGEST
            && line.client.len() <= LONGEST
        {
            read.push(line);
        }
    }
    let sum = |line: &JudgedLine| line.median.all().iter().sum::<f64>();
    read.sort_by(|a, b| sum(a).total_cmp(&sum(b)).then_with(|| a.id.cmp(&b.id)));
    let most = read.len();
    let mut chosen: Vec<(u64, Item)> = (0..count.min(most))
        .filter_map(|at| read.get(at * most / count.min(most).max(1)))
        .enumerate()
        .map(|(at, line)| (mixed(seed ^ 0x51, at as u64), item(line)))
        .collect();
    chosen.sort_by_key(|(order, _)| *order);
    chosen.into_iter().map(|(_, item)| item).collect()
}

fn item(line: &JudgedLine) -> Item {
    let client = Utterance::read(&line.client);
    let earlier: Vec<Turn> = line.context.iter().map(|line| Turn { speaker: line.speaker, utterance: Later::of(&*line.text) }).collect();
    let context = Context { client: &client, earlier: &earlier, background: None, told: None };
    let appraisal = appraise(Codebook::builtin(), &Utterance::read(&line.reply), &context);
    Item {
        client: neutralise(&line.client).into_owned(),
        reply: neutralise(&line.reply).into_owned(),
        engine: SCALES.map(|(_, scale): (&str, Scale)| appraisal.scores.points(scale)),
    }
}

/// A fixed mixing of two numbers (SplitMix64's finish).
fn mixed(seed: u64, draw: u64) -> u64 {
    let mut value = seed.wrapping_add(draw.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

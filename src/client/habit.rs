//! The same thing said again earns less: a formula is soon heard as one.

use super::standing::Standing;
use crate::appraisal::{Act, Appraisal, TrustFactor};

/// What is left of a gain each time the same behaviour stood in the last six turns (clinical.md, section 4, "Gain").
pub(super) const AGAIN: f64 = 0.6;

/// A reply without any helping act has a habit of its own: bit 63, which no act uses.
const NOTHING: u64 = 1 << 63;

/// The bit of an act.
pub(super) fn bit(act: Act) -> u64 {
    1u64 << (act as u32).min(62)
}

/// The bit of a row.
pub(super) fn row_bit(row: TrustFactor) -> u32 {
    1u32 << (row as u32).min(31)
}

/// The acts of a reply, a bit each; bit 63 where none of them helps.
pub(super) fn acts_of(appraisal: &Appraisal) -> u64 {
    let acts = appraisal.acts.iter().fold(0, |acts, found| acts | bit(found.act));
    if appraisal.acts.iter().any(|found| found.act.is_facilitative()) { acts } else { acts | NOTHING }
}

/// .6 to the power of `times`, by multiplication alone.
fn worn(times: usize) -> f64 {
    (0..times).fold(1.0, |left, _| left * AGAIN)
}

impl Standing {
    /// How fresh this act is, 0 to 1: 1 where it did not stand in the last six ordinary turns.
    fn freshness(&self, act: u64) -> f64 {
        worn(self.recent.iter().filter(|turn| *turn & act != 0).count())
    }

    /// How fresh a row is, 0 to 1.
    pub(super) fn row_freshness(&self, row: TrustFactor) -> f64 {
        worn(self.recent_rows.iter().filter(|turn| *turn & row_bit(row) != 0).count())
    }

    /// How fresh a whole reply is, 0 to 1: by the most marked of its helping acts, which is what a client hears as "that again".
    pub(super) fn reply_freshness(&self, appraisal: &Appraisal) -> f64 {
        let helping = appraisal.acts.iter().filter(|found| found.act.is_facilitative());
        // The first of the most marked: ties go by the order of the words.
        let main = helping.reduce(|main, found| if found.strength > main.strength { found } else { main });
        self.freshness(main.map_or(NOTHING, |found| bit(found.act)))
    }

    /// The turn goes into the window of six.
    pub(super) fn remember(&mut self, acts: u64, rows: u32) {
        self.recent.rotate_right(1);
        self.recent[0] = acts;
        self.recent_rows.rotate_right(1);
        self.recent_rows[0] = rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_bit_of_its_own() {
        let all = Act::ALL.iter().fold(0u64, |all, act| all | bit(*act));
        assert_eq!(all.count_ones() as usize, Act::ALL.len());
        assert_eq!(all & NOTHING, 0);
        let rows = TrustFactor::ALL.iter().fold(0u32, |all, row| all | row_bit(*row));
        assert_eq!(rows.count_ones(), 32);
    }
}

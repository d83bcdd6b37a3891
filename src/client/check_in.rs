//! "How is this going for you?" gives a say and brings one hidden thing to light; asked every minute it is a tic.

use super::standing::{CHECK_IN_FULL, Standing};

/// Two in so few turns is "asking every minute" (clinical.md, section 1, row 18). [G]
const TIC: u8 = 3;

impl Standing {
    /// What a check-in is worth now, 0 to 1: all of it from the eighth turn on, a share before (clinical.md, section 4, "Check-ins").
    pub(super) fn check_in_worth(&self) -> f64 {
        let share = f64::from(self.since_check_in.min(CHECK_IN_FULL)) / f64::from(CHECK_IN_FULL);
        if self.since_check_in < TIC { 0.0 } else { share * share }
    }

    /// Whether a check-in now would come too often.
    pub(super) fn checks_in_too_often(&self) -> bool {
        self.since_check_in < TIC
    }

    /// An ordinary turn has passed.
    pub(super) fn check_in_passed(&mut self, asked: bool) {
        self.since_check_in = if asked { 0 } else { self.since_check_in.saturating_add(1).min(CHECK_IN_FULL) };
    }
}

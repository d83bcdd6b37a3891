//! What to show of a turn: the clearest finding that helped, then the clearest that hindered.

use crate::appraisal::{Act, FoundAct};

/// From here on a reply as a whole was not felt as judging: the rubric's neutral middle.
const NOT_JUDGING: f64 = 3.0;
/// A change of T that shows: half a point of a hundred.
const SHOWS: f64 = 0.005;

/// The clearest helping finding, then the clearest hindering one. Where trust fell over a roadblock, only that: a kind word for half of a hurtful sentence
/// would teach the wrong thing. Where trust rose on a reply that judged nobody, only what helped. `non_judgment` is 1 to 5; `moved` is the change of T.
#[must_use]
pub fn clearest(acts: &[FoundAct], non_judgment: Option<f64>, moved: f64) -> Vec<&FoundAct> {
    let strongest = |hindering: bool| {
        let side = acts.iter().filter(|found| found.act.is_hindering() == hindering && !found.because.is_empty());
        side.rev().max_by(|a, b| a.strength.total_cmp(&b.strength))
    };
    let (fell, rose) = (moved < 0.0, moved > SHOWS);
    let forgiven = rose && non_judgment.is_some_and(|points| points >= NOT_JUDGING);
    let hindering = strongest(true).filter(|_| !forgiven);
    let helping = strongest(false).filter(|found| hindering.is_none() || !(fell || is_small(found.act)));
    [helping, hindering].into_iter().flatten().collect()
}

/// Too little to set against a roadblock.
fn is_small(act: Act) -> bool {
    matches!(act, Act::Encourager | Act::ClosedQuestion | Act::Information)
}

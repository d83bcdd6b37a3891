//! The own impression beside the scores: trainees misjudge themselves, and what matters is whether the gap narrows.

use super::curve::Moved;
use crate::record::summary::Past;
use serde::Serialize;

/// One session that was rated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GapPoint {
    /// Which of the sessions, 0 and up.
    pub session: usize,
    /// Own rating less score, for each scale that has both: above 0 is kinder to oneself.
    pub by: [Option<f64>; 3],
    /// The mean size of the gap, whichever way.
    pub size: f64,
}

/// The gap over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// Sessions that were rated, in order.
    pub points: Vec<GapPoint>,
    /// The mean of own less score over all of them: above 0 is kinder to oneself.
    pub leaning: Option<f64>,
    /// The mean size in the first and in the last half.
    pub halves: Option<(f64, f64)>,
    /// Whether it is wider or narrower, by more than half a point of the scale's five.
    pub moved: Moved,
}

/// A change of the mean gap that a rater in whole points would notice. Our guess.
const NOTICED: f64 = 0.25;
/// Ratings in each half before anything is said.
const ENOUGH: usize = 2;

impl Gap {
    #[allow(clippy::cast_precision_loss)] // a person's ratings
    pub(super) fn of(past: &[Past]) -> Self {
        let points: Vec<GapPoint> = past.iter().enumerate().filter_map(|(session, one)| point(session, one)).collect();
        let mean = |points: &[GapPoint]| points.iter().map(|point| point.size).sum::<f64>() / points.len() as f64;
        let half = points.len() / 2;
        let halves = (half >= ENOUGH).then(|| (mean(&points[..half]), mean(&points[points.len() - half..])));
        let moved = match halves {
            None => Moved::TooFew,
            Some((first, last)) if last < first - NOTICED => Moved::Lower,
            Some((first, last)) if last > first + NOTICED => Moved::Higher,
            Some(_) => Moved::NotTellable,
        };
        let all: Vec<f64> = points.iter().flat_map(|point| point.by).flatten().collect();
        let leaning = (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64);
        Self { points, leaning, halves, moved }
    }
}

#[allow(clippy::cast_precision_loss)] // three at most
fn point(session: usize, past: &Past) -> Option<GapPoint> {
    let own = past.own?;
    let scores = [past.summary.empathy, past.summary.non_judgment, past.summary.listening];
    let by = [0, 1, 2].map(|scale| Some(own[scale]? - scores[scale]?));
    let sizes: Vec<f64> = by.iter().flatten().map(|gap: &f64| gap.abs()).collect();
    (!sizes.is_empty()).then(|| GapPoint { session, by, size: sizes.iter().sum::<f64>() / sizes.len() as f64 })
}

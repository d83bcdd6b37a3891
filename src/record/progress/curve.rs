//! A learning curve with an honest band.
//!
//! In plain words: the line is the mean of a session and of up to four before it. The band is two standard errors to either side: in nineteen cases of twenty
//! the true mean would lie inside it. How wide it is comes from how much the sessions of the window differ among themselves and how much the turns inside them
//! do, whichever is more. With fewer than three sessions only the turns inside are known, and the band is drawn half as wide again. A change is called one
//! only where the first sessions and the last ones differ by more than two standard errors of that difference; anything less may be chance.

use serde::Serialize;

/// Sessions in a window: a month of weekly practice. Fewer jump about, more hide what changes.
pub const WINDOW: usize = 5;
/// Two standard errors hold about 95 of 100 (normal approximation).
const ERRORS: f64 = 2.0;
/// From so many sessions on their own spread says something.
const KNOWN_FROM: usize = 3;
/// Where it does not, the band is this many times as wide. Our guess, after the t-distribution's width at few degrees of freedom.
const UNKNOWN: f64 = 1.5;

/// A session's mean on a scale, with how its turns spread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    pub(super) mean: f64,
    /// Turns it is the mean of; 0 where it is one figure.
    pub(super) turns: u32,
    /// Sum of squares about the mean.
    pub(super) squares: f64,
}

/// One session on a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The session's own mean.
    pub value: f64,
    /// The mean of the window that ends here.
    pub mean: f64,
    /// The band's lower and upper end; `None` where nothing says how wide it is.
    pub band: Option<(f64, f64)>,
}

/// Where something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moved {
    /// Too few sessions to say.
    TooFew,
    /// Any difference may be chance.
    NotTellable,
    /// Clearly higher.
    Higher,
    /// Clearly lower.
    Lower,
}

/// A curve over the sessions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// One entry a session; `None` where nothing could be scored.
    pub points: Vec<Option<Point>>,
    /// The last sessions beside the first ones.
    pub moved: Moved,
    /// The difference, and two standard errors of it.
    pub by: Option<(f64, f64)>,
}

impl Curve {
    pub(super) fn of(measured: &[Option<Measured>]) -> Self {
        let mut known: Vec<Measured> = Vec::new();
        let points = measured
            .iter()
            .map(|one| {
                known.push((*one)?);
                let window = known.get(known.len().saturating_sub(WINDOW)..)?;
                let (mean, error) = mean_of(window)?;
                Some(Point { value: (*one)?.mean, mean, band: error.map(|error| (mean - ERRORS * error, mean + ERRORS * error)) })
            })
            .collect();
        let (moved, by) = change(&known);
        Self { points, moved, by }
    }

    /// The last point there is.
    #[must_use]
    pub fn last(&self) -> Option<Point> {
        self.points.iter().rev().find_map(|point| *point)
    }
}

/// The mean of a window and its standard error.
#[allow(clippy::cast_precision_loss)] // at most five
fn mean_of(window: &[Measured]) -> Option<(f64, Option<f64>)> {
    let count = window.len() as f64;
    if window.is_empty() {
        return None;
    }
    let mean = window.iter().map(|one| one.mean).sum::<f64>() / count;
    // Of the mean of the window: the variances of the session means, added and divided by the square of their number.
    let inside: Option<f64> = window
        .iter()
        .map(|one| {
            let turns = f64::from(one.turns);
            (one.turns >= 2).then(|| one.squares / (turns - 1.0) / turns)
        })
        .sum::<Option<f64>>()
        .map(|sum| sum / (count * count));
    let among = (window.len() >= KNOWN_FROM).then(|| window.iter().map(|one| (one.mean - mean) * (one.mean - mean)).sum::<f64>() / (count - 1.0) / count);
    let error = match (inside, among) {
        (Some(inside), Some(among)) => Some(inside.max(among).sqrt()),
        (None, Some(among)) => Some(among.sqrt()),
        (Some(inside), None) => Some(UNKNOWN * inside.sqrt()),
        (None, None) => None,
    };
    Some((mean, error))
}

fn change(known: &[Measured]) -> (Moved, Option<(f64, f64)>) {
    let size = WINDOW.min(known.len() / 2);
    // One session beside another tells the client, not the trainee.
    if size < 2 {
        return (Moved::TooFew, None);
    }
    let (first, last) = (&known[..size], &known[known.len() - size..]);
    let (Some((before, Some(a))), Some((after, Some(b)))) = (mean_of(first), mean_of(last)) else { return (Moved::TooFew, None) };
    let (by, error) = (after - before, ERRORS * (a * a + b * b).sqrt());
    (moved(by, error), Some((by, error)))
}

fn moved(by: f64, error: f64) -> Moved {
    match () {
        () if by > error && by > 0.0 => Moved::Higher,
        () if -by > error && by < 0.0 => Moved::Lower,
        () => Moved::NotTellable,
    }
}

/// Whether a share of turns changed by more than chance: three standard errors of the difference of two shares. Some twenty acts are compared at once, and
/// with two one of them would seem to change by luck.
pub(super) fn shares_moved(before: (u32, u32), after: (u32, u32)) -> Moved {
    /// With fewer turns the approximation does not hold.
    const ENOUGH: u32 = 20;
    const MANY_AT_ONCE: f64 = 3.0;
    if before.1 < ENOUGH || after.1 < ENOUGH {
        return Moved::TooFew;
    }
    let share = |(times, of): (u32, u32)| f64::from(times) / f64::from(of);
    let variance = |pair: (u32, u32)| share(pair) * (1.0 - share(pair)).max(0.0) / f64::from(pair.1);
    moved(share(after) - share(before), MANY_AT_ONCE * (variance(before) + variance(after)).sqrt())
}

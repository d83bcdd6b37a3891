//! Where a class is, in figures: never by name, and only where five or more stand behind a figure.

use super::agreeing::ENOUGH;
use super::play::{Helped, Play};
use serde::Serialize;

/// Turns that a board shows: three long hours' worth; nobody reads more columns.
pub const TURNS_SHOWN: usize = 60;
/// A change of T under half a point of a hundred is none (as the feedback after a turn says "as before").
const SHOWS: f64 = 0.005;

/// Five figures of a spread.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quartiles {
    /// The lowest.
    pub least: f64,
    /// A quarter is below.
    pub lower: f64,
    /// Half is below.
    pub middle: f64,
    /// A quarter is above.
    pub upper: f64,
    /// The highest.
    pub most: f64,
    /// How many stand behind it.
    pub count: usize,
}

impl Quartiles {
    /// Of these values; `None` under five.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        if values.len() < ENOUGH {
            return None;
        }
        values.sort_by(f64::total_cmp);
        // Between two values in proportion (type 7, as spreadsheets do).
        let at = |share: f64| {
            let place = share * (values.len() - 1) as f64;
            let below = place as usize;
            let above = (below + 1).min(values.len() - 1);
            values[below] + (values[above] - values[below]) * (place - below as f64)
        };
        Some(Self { least: at(0.0), lower: at(0.25), middle: at(0.5), upper: at(0.75), most: at(1.0), count: values.len() })
    }
}

/// One turn over the class.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TurnBoard {
    /// 1, 2, 3 …
    pub turn: u32,
    /// T after it.
    pub trust: Quartiles,
    /// Where trust rose.
    pub rose: usize,
    /// Where it stayed.
    pub same: usize,
    /// Where it fell.
    pub fell: usize,
}

/// Where a class is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassBoard {
    /// Sessions in all.
    pub sessions: usize,
    /// With at least one turn.
    pub begun: usize,
    /// Closed.
    pub closed: usize,
    /// The sum of all turns.
    pub turns_in_all: usize,
    /// How many stand at turn 0, 1, 2 …; the last place holds all from there on. Counts only, so it is shown for any class.
    pub at_turn: Vec<usize>,
    /// Empathy, non-judgment, listening: the spread of each session's mean. `None` under five.
    pub scores: [Option<Quartiles>; 3],
    /// Where trust stands now. `None` under five.
    pub trust: Option<Quartiles>,
    /// Turn by turn, as far as five or more have come.
    pub turns: Vec<TurnBoard>,
    /// Ruptures that opened or grew, and were mended. `None` under five sessions with a turn.
    pub ruptures: Option<(usize, usize)>,
    /// What was taken back and looked at. `None` under five sessions with a turn.
    pub helped: Option<Helped>,
}

/// Places of the histogram of turns.
const PLACES: usize = 31;

impl ClassBoard {
    /// The board of these sessions.
    #[must_use]
    pub fn of(plays: &[&Play]) -> Self {
        let mut at_turn = vec![0; PLACES];
        let (mut closed, mut turns_in_all) = (0, 0);
        let mut helped = Helped::default();
        let (mut ruptures, mut repairs) = (0, 0);
        for play in plays {
            let turns = play.notes().len();
            at_turn[turns.min(PLACES - 1)] += 1;
            closed += usize::from(play.closed().is_some());
            turns_in_all += turns;
            let mine = play.helped();
            helped.undone += mine.undone;
            helped.hints += mine.hints;
            helped.looks += mine.looks;
            ruptures += play.notes().iter().filter(|note| note.ruptured.is_some()).count();
            repairs += play.notes().iter().filter(|note| note.repaired).count();
        }
        let begun = plays.len() - at_turn[0];
        let means: Vec<[Option<f64>; 3]> = plays.iter().map(|play| play.means()).collect();
        let enough = begun >= ENOUGH;
        Self {
            sessions: plays.len(),
            begun,
            closed,
            turns_in_all,
            at_turn,
            scores: [0, 1, 2].map(|scale| Quartiles::of(means.iter().filter_map(|means| means[scale]).collect())),
            trust: Quartiles::of(plays.iter().filter_map(|play| Some(play.trust()?.1)).collect()),
            turns: (0..TURNS_SHOWN).map_while(|at| turn_board(plays, at)).collect(),
            ruptures: enough.then_some((ruptures, repairs)),
            helped: enough.then_some(helped),
        }
    }

    /// Whether figures can be shown at all.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        self.begun >= ENOUGH
    }
}

fn turn_board(plays: &[&Play], at: usize) -> Option<TurnBoard> {
    let notes: Vec<_> = plays.iter().filter_map(|play| play.notes().get(at)).collect();
    let trust = Quartiles::of(notes.iter().map(|note| note.trust.1).collect())?;
    let rose = notes.iter().filter(|note| note.moved() >= SHOWS).count();
    let fell = notes.iter().filter(|note| note.moved() <= -SHOWS).count();
    Some(TurnBoard { turn: u32::try_from(at + 1).unwrap_or(u32::MAX), trust, rose, same: notes.len() - rose - fell, fell })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_give_no_figure_and_five_do() {
        assert_eq!(Quartiles::of(vec![1.0; 4]), None);
        let five = Quartiles::of(vec![5.0, 1.0, 3.0, 2.0, 4.0]).unwrap();
        assert_eq!((five.least, five.lower, five.middle, five.upper, five.most, five.count), (1.0, 2.0, 3.0, 4.0, 5.0, 5));
    }
}

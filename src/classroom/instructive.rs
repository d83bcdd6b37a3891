//! The five replies that a class learns most from: where trust rose most and where it fell most, without names.

use super::event::SeatId;
use super::play::{Play, TurnNote};
use std::collections::BTreeMap;

/// A reply worth a look.
#[derive(Clone, Debug, PartialEq)]
pub struct Instructive {
    /// What the client had said.
    pub answered: String,
    /// The reply.
    pub words: String,
    /// What it came to.
    pub note: TurnNote,
}

/// Three that helped and two that did not: one learns from both, and strengths come first.
const HELPED: usize = 3;
const HURT: usize = 2;
/// A change of T under one point of a hundred teaches nobody.
const SHOWS: f64 = 0.01;

/// The five, those that helped first; from these plays only, at most one a person on each side.
#[must_use]
pub fn instructive<'a>(plays: impl Iterator<Item = (SeatId, &'a Play)>) -> Vec<Instructive> {
    let mut best: BTreeMap<SeatId, [Option<(f64, Instructive)>; 2]> = BTreeMap::new();
    for (seat, play) in plays {
        let mut answered = play.first();
        for (input, note) in play.inputs().iter().zip(play.notes()) {
            let moved = note.moved();
            let side = usize::from(moved < 0.0);
            let mine = best.entry(seat).or_default();
            if moved.abs() >= SHOWS && !note.said.is_empty() && mine[side].as_ref().is_none_or(|(before, _)| moved.abs() > before.abs()) {
                mine[side] = Some((moved, Instructive { answered: answered.to_owned(), words: input.words.clone(), note: note.clone() }));
            }
            answered = &note.said;
        }
    }
    let side = |side: usize, most: usize| {
        let mut all: Vec<&(f64, Instructive)> = best.values().filter_map(|both| both[side].as_ref()).collect();
        all.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        let mut seen: Vec<String> = Vec::new();
        let mut chosen: Vec<Instructive> = Vec::new();
        for (_, one) in all {
            let words = one.words.trim().to_lowercase();
            if chosen.len() < most && !seen.contains(&words) {
                seen.push(words);
                chosen.push(one.clone());
            }
        }
        chosen
    };
    let mut five = side(0, HELPED);
    five.extend(side(1, HURT));
    five
}

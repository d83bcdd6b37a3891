//! The rows of the trust matrix over the sessions: which hold, which cost trust, which did not come up though the client was there to train them.

use super::curve::WINDOW;
use crate::appraisal::TrustFactor;
use crate::record::summary::Past;
use serde::Serialize;

/// How a row stands lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Earned far more often than lost.
    Holds,
    /// Both.
    Mixed,
    /// Lost more often than earned.
    Costs,
    /// A client trained it, and it did not come up.
    NotMet,
    /// It did not come up lately, and nobody was there to train it.
    Quiet,
}

/// One row over the sessions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RowLine {
    /// The row.
    pub row: TrustFactor,
    /// Its title.
    pub title: &'static str,
    /// Turns that earned it, in all sessions.
    pub earned: u32,
    /// Turns that lost it.
    pub lost: u32,
    /// The same in the recent sessions.
    pub recent: (u32, u32),
    /// Recent sessions in which it was earned.
    pub sessions: u32,
    /// Recent sessions that train it and in which it did not come up.
    pub not_met: u32,
    /// How it stands lately.
    pub standing: Standing,
}

/// Earned so many times for each loss, and a row holds.
const HOLDS: u32 = 4;

pub(super) fn of(past: &[Past]) -> Vec<RowLine> {
    let recent = past.get(past.len().saturating_sub(WINDOW)..).unwrap_or_default();
    TrustFactor::ALL.iter().filter_map(|row| line(*row, past, recent)).collect()
}

fn line(row: TrustFactor, past: &[Past], recent: &[Past]) -> Option<RowLine> {
    let name = row.name();
    let sum = |past: &[Past], lost: bool| {
        past.iter().filter_map(|one| if lost { one.summary.lost.get(name) } else { one.summary.earned.get(name) }).fold(0_u32, |sum, n| sum.saturating_add(*n))
    };
    let unmet = |past: &[Past]| past.iter().filter(|one| one.summary.not_met.iter().any(|not| not == name)).count();
    let (earned, lost) = (sum(past, false), sum(past, true));
    if earned + lost == 0 && unmet(past) == 0 {
        return None;
    }
    let lately = (sum(recent, false), sum(recent, true));
    let not_met = u32::try_from(unmet(recent)).unwrap_or(u32::MAX);
    let sessions = u32::try_from(recent.iter().filter(|one| one.summary.earned.contains_key(name)).count()).unwrap_or(u32::MAX);
    let standing = match lately {
        (0, 0) if not_met > 0 => Standing::NotMet,
        (0, 0) => Standing::Quiet,
        (earned, lost) if lost > earned => Standing::Costs,
        (earned, lost) if earned >= HOLDS * lost.max(1) || (lost == 0 && earned >= 2) => Standing::Holds,
        _ => Standing::Mixed,
    };
    Some(RowLine { row, title: row.title(), earned, lost, recent: lately, sessions, not_met, standing })
}

/// The rows that ask for practice, most of all first: those that cost more trust lately than they earned, then those that were there to be met and were not.
pub(super) fn weak(rows: &[RowLine]) -> Vec<&RowLine> {
    let costs = |line: &RowLine| line.recent.1 > 0 && line.recent.1 >= line.recent.0;
    let unmet = |line: &RowLine| line.not_met > 0 && line.recent == (0, 0);
    let mut weak: Vec<&RowLine> = rows.iter().filter(|line| costs(line) || unmet(line)).collect();
    // Sorting keeps the handbook's order among equals.
    weak.sort_by_key(|line| (!costs(line), std::cmp::Reverse(line.recent.1.saturating_sub(line.recent.0)), std::cmp::Reverse(line.not_met)));
    weak
}

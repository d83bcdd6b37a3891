//! The house's own lines. An author begins with one line and a name, and can play; where nothing is written yet, a plain line of the
//! house stands in, and `check` says so. So the smallest client that works has ten lines.

use super::parse::options;
use super::shape::{Beat, Closing, DebriefTexts, Fallbacks, Line, RuptureLines, ScenarioFile};
use serde::Deserialize;
use std::sync::OnceLock;

/// The lines, as `house.ron` holds them. They are read when a scenario first leaves something out; the shipped ones leave nothing out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct House {
    summary: String,
    setting: String,
    briefing: String,
    fallbacks: Fallbacks,
    rupture: RuptureLines,
    closing: Closing,
    debrief: DebriefTexts,
}

fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    // A test holds that the file is read; were it not, an empty pool is a finding like any other.
    HOUSE.get_or_init(|| options().from_str(include_str!("house.ron")).unwrap_or_default())
}

macro_rules! stand_in {
    ($($name:ident: $is:ty = $($path:ident).+;)*) => {
        $(pub(super) fn $name() -> $is {
            house().$($path).+.clone()
        })*
    };
}

stand_in! {
    summary: String = summary;
    setting: String = setting;
    briefing: String = briefing;
    fallbacks: Fallbacks = fallbacks;
    guarded: Beat = fallbacks.guarded;
    asked: Beat = fallbacks.asked;
    short: Beat = fallbacks.short;
    silence: Beat = fallbacks.silence;
    silence_too_long: Beat = fallbacks.silence_too_long;
    gesture: Beat = fallbacks.gesture;
    puzzled: Beat = fallbacks.puzzled;
    overwhelmed: Beat = fallbacks.overwhelmed;
    time_nearly_up: Beat = fallbacks.time_nearly_up;
    rupture: RuptureLines = rupture;
    withdrawal: [Beat; 3] = rupture.withdrawal;
    confrontation: [Beat; 3] = rupture.confrontation;
    lingering: Beat = rupture.lingering;
    softening: Beat = rupture.softening;
    repaired: Beat = rupture.repaired;
    leaves: Beat = rupture.leaves;
    closing: Closing = closing;
    debrief: DebriefTexts = debrief;
}

/// Whether these are lines of the house.
pub(in crate::scenario) fn are_ours(lines: &[Line]) -> bool {
    let house = house();
    let ours = |beat: &Beat| beat.lines == lines;
    let (rupture, closing) = (&house.rupture, &house.closing);
    !lines.is_empty()
        && (super::findings::walk::beats_of(&house.fallbacks).into_iter().any(|(_, beat)| ours(beat))
            || rupture.withdrawal.iter().chain(&rupture.confrontation).any(ours)
            || [&rupture.lingering, &rupture.softening, &rupture.repaired, &rupture.leaves].into_iter().any(ours)
            || [&closing.warm, &closing.middling, &closing.cold, &closing.hurt].into_iter().any(ours))
}

/// Which parts of a scenario are still the house's, as an author would name them.
pub(in crate::scenario) fn still_spoken(file: &ScenarioFile) -> Vec<String> {
    let mut found = Vec::new();
    let house = house();
    for ((name, beat), (_, ours)) in super::findings::walk::beats_of(&file.fallbacks).into_iter().zip(super::findings::walk::beats_of(&house.fallbacks)) {
        if beat == ours && !beat.lines.is_empty() {
            found.push(format!("fallbacks.{name}"));
        }
    }
    let (theirs, ours) = (&file.rupture, &house.rupture);
    for (name, same) in [
        ("withdrawal", theirs.withdrawal == ours.withdrawal),
        ("confrontation", theirs.confrontation == ours.confrontation),
        ("lingering", theirs.lingering == ours.lingering),
        ("softening", theirs.softening == ours.softening),
        ("repaired", theirs.repaired == ours.repaired),
        ("leaves", theirs.leaves == ours.leaves),
    ] {
        if same {
            found.push(format!("rupture.{name}"));
        }
    }
    if file.sessions.iter().any(|session| session.closing == house.closing) {
        found.push("closing".to_owned());
    }
    for (name, same) in [
        ("setting", file.setting == house.setting),
        ("briefing", file.briefing == house.briefing),
        ("summary", file.summary == house.summary),
        ("debrief", file.debrief == house.debrief),
    ] {
        if same {
            found.push(name.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_houses_lines_are_read_and_complete() {
        let read: Result<House, _> = options().from_str(include_str!("house.ron"));
        assert!(read.is_ok(), "{read:?}");
        let beats = super::super::findings::walk::beats_of(&house().fallbacks);
        assert_eq!(beats.iter().filter(|(_, beat)| beat.lines.is_empty()).map(|(name, _)| *name).collect::<Vec<_>>(), ["wary", "warming", "open"]);
    }
}

//! Curves, gaps, rows and courses as sentences.

use crate::record::progress::{Curve, Gap, Moved, RowLine, Standing};
use crate::scoring::percent;
use crate::session::course::{CourseEnd, Outcomes};

pub(super) const SCALE_NAMES: [&str; 3] = ["Empathy", "Non-judgment", "Listening"];

/// The method, as anyone may read it.
pub(super) const METHOD: &str = "How this is reckoned: the line is the mean of a session and of up to four before it. The band is two standard errors to either side, so in about nineteen \
cases of twenty the true mean lies inside it; it comes from how much the sessions differ among themselves and how much the turns in them do, whichever is more. A change is called one \
only where the first sessions and the last differ by more than that; of what you do, many things are compared at once, so there it takes three standard errors. Clients differ: a harder one lowers the line, and that is no step back. The scores are unsure by a few tenths, and \
they are for practice and reflection, never for grading.";

/// Where a curve went.
pub(super) fn curve_words(name: &str, curve: &Curve, numbers: bool) -> String {
    let Some(last) = curve.last() else { return format!("{name} could not be scored yet.") };
    let now = if !numbers {
        String::new()
    } else if let Some((low, high)) = last.band {
        format!("Lately {:.1} of 5; the band runs from {:.1} to {:.1}. ", last.mean, low.max(1.0), high.min(5.0))
    } else {
        format!("Lately {:.1} of 5. ", last.mean)
    };
    let by =
        |error: bool| curve.by.map_or_else(String::new, |(by, plus)| if error { format!(" (by {by:+.1}, give or take {plus:.1})") } else { String::new() });
    let moved = match curve.moved {
        Moved::TooFew => "Four sessions are needed before a change can be told from chance.".to_owned(),
        Moved::NotTellable => format!("No change from the first sessions to the last that could be told from chance{}.", by(numbers)),
        Moved::Higher => format!("Clearly higher than in the first sessions{}.", by(numbers)),
        Moved::Lower => format!("Clearly lower than in the first sessions{}.", by(numbers)),
    };
    format!("{now}{moved}")
}

/// How a row stands.
pub(super) fn standing_words(line: &RowLine) -> String {
    let (earned, lost) = line.recent;
    let turns = |n: u32| if n == 1 { "1 turn".to_owned() } else { format!("{n} turns") };
    match line.standing {
        Standing::Holds if lost == 0 => format!("it holds; {} earned trust lately", turns(earned)),
        Standing::Holds => format!("it holds; {} earned trust lately, {} cost it", turns(earned), turns(lost)),
        Standing::Mixed => format!("both; {} earned trust lately, {} cost it", turns(earned), turns(lost)),
        Standing::Costs if earned == 0 => format!("it cost trust lately, in {}", turns(lost)),
        Standing::Costs => format!("it cost trust lately, in {}, and earned it in {earned}", turns(lost)),
        Standing::NotMet => "a client was there to train it, and it did not come up lately".to_owned(),
        Standing::Quiet => "it did not come up lately".to_owned(),
    }
}

/// Own impression beside the scores.
pub(super) fn gap_words(gap: &Gap) -> String {
    let Some(leaning) = gap.leaning else {
        return "You have not rated yourself after a session yet. It takes three figures, and what it trains is to know how one comes across.".to_owned();
    };
    let way = if leaning > 0.25 {
        format!("On average you rate yourself {leaning:.1} higher than the scores do.")
    } else if leaning < -0.25 {
        format!("On average you rate yourself {:.1} lower than the scores do; you are stricter with yourself than a reader would be.", leaning.abs())
    } else {
        "On average your own impression and the scores lie close together.".to_owned()
    };
    let moved = match (gap.moved, gap.halves) {
        (Moved::Lower, Some((first, last))) => format!(" The gap narrows: {last:.1} lately, {first:.1} at first."),
        (Moved::Higher, Some((first, last))) => format!(" The gap has widened: {last:.1} lately, {first:.1} at first."),
        (_, Some((_, last))) => format!(" The gap is about as wide as at first, {last:.1}."),
        (_, None) => String::new(),
    };
    format!("{way}{moved}")
}

/// What came of a course: candour, what was agreed, coming back (clinical.md, section 1, at the end).
pub(super) fn course_words(outcomes: &Outcomes) -> String {
    let sessions = format!("{} of {} sessions", outcomes.sessions, outcomes.planned);
    let trust = format!("trust {} of 100, from {}", percent(outcomes.trust.1), percent(outcomes.trust.0));
    let told = format!("{} of {} layers told", outcomes.told, outcomes.layers);
    let agreed = match (outcomes.promises_kept, outcomes.promises_broken) {
        (0, 0) => "nothing was promised".to_owned(),
        (kept, broken) => format!("{kept} of {} promises kept", kept + broken),
    };
    let mended = match outcomes.ruptures {
        0 => String::new(),
        ruptures => format!(", {} of {ruptures} ruptures mended", outcomes.repairs),
    };
    let end = match outcomes.end {
        None => "it goes on",
        Some(CourseEnd::Completed) => "the client came back to the end",
        Some(CourseEnd::WalkedOut) => "the client walked out and did not come back",
        Some(CourseEnd::DroppedOut) => "the client did not come back",
        Some(CourseEnd::TakenOver) => "the supervisor took over",
    };
    format!("{sessions}; {trust}; {told}; {agreed}{mended}; {end}.")
}

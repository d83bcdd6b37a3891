//! Small types whose only job is good English: a score in words, a change in words, a quotation.

use crate::appraisal::Scale;
use crate::scoring::percent;
use crate::scoring::scorecard::MitiBand;
use crate::text::on_one_line;

/// A score in a word; `None` is "not scored". The words follow the rubric's anchors: 3 is neutral, 4 is what a supervisor hopes to hear.
#[must_use]
pub fn score(scale: Scale, points: Option<f64>) -> &'static str {
    match points {
        None => "not scored",
        Some(points) if points < 1.75 => match scale {
            Scale::NonJudgment => "hurtful",
            Scale::Empathy | Scale::Listening => "missing",
        },
        Some(points) if points < 2.5 => match scale {
            Scale::NonJudgment => "strained",
            Scale::Empathy | Scale::Listening => "thin",
        },
        Some(points) if points < 3.4 => "fair",
        Some(points) if points < 4.2 => "good",
        Some(_) => "very good",
    }
}

/// A score as a number of one decimal and a word: "4.2, very good"; only the word where numbers are not wanted.
#[must_use]
pub fn score_with(numbers: bool, scale: Scale, points: Option<f64>) -> String {
    match points {
        Some(value) if numbers => format!("{value:.1}, {}", score(scale, points)),
        _ => score(scale, points).to_owned(),
    }
}

/// A scale's name at the start of a line.
#[must_use]
pub const fn scale(scale: Scale) -> &'static str {
    match scale {
        Scale::Empathy => "Empathy",
        Scale::NonJudgment => "Non-judgment",
        Scale::Listening => "Listening",
    }
}

/// Where trust went, in words.
#[must_use]
pub fn trust_moved(before: f64, after: f64) -> &'static str {
    let by = after - before;
    match by.abs() {
        small if small < 0.005 => "as before",
        little if little < 0.03 => {
            if by > 0.0 {
                "a little higher"
            } else {
                "a little lower"
            }
        }
        clear if clear < 0.08 => {
            if by > 0.0 {
                "higher"
            } else {
                "lower"
            }
        }
        _ => {
            if by > 0.0 {
                "much higher"
            } else {
                "much lower"
            }
        }
    }
}

/// Trust as "35, down 5" (of 100), or in words where numbers are not wanted.
#[must_use]
pub fn trust(numbers: bool, before: f64, after: f64) -> String {
    if !numbers {
        return trust_moved(before, after).to_owned();
    }
    let (from, to) = (percent(before), percent(after));
    match to.cmp(&from) {
        std::cmp::Ordering::Less => format!("{to}, down {}", from - to),
        std::cmp::Ordering::Equal => format!("{to}, as before"),
        std::cmp::Ordering::Greater => format!("{to}, up {}", to - from),
    }
}

/// MITI's band in words.
#[must_use]
pub const fn miti(band: MitiBand) -> &'static str {
    match band {
        MitiBand::BelowFair => "below what the field calls fair",
        MitiBand::Fair => "what the field calls fair",
        MitiBand::Good => "what the field calls good",
    }
}

/// Words in quotation marks, on one line; a silence or gesture stands as it is.
#[must_use]
pub fn quoted(words: &str) -> String {
    let words = on_one_line(words);
    let bare = words.starts_with('(') && words.ends_with(')') || words.starts_with('*') && words.ends_with('*') && words.matches('*').count() == 2;
    if bare { words } else { format!("“{words}”") }
}

/// "none", "3", "all" of so many.
#[must_use]
pub fn share(count: u32, of: u32) -> String {
    match count {
        0 => "none".to_owned(),
        count if count == of && of > 1 => "all".to_owned(),
        count => count.to_string(),
    }
}

/// A quotation for a list: at most so many characters, cut at a word.
#[must_use]
pub fn briefly(words: &str, most: usize) -> String {
    let words = on_one_line(words);
    if words.chars().count() <= most {
        return words;
    }
    let cut: String = words.chars().take(most).collect();
    let end = cut.rfind(' ').filter(|end| *end > 0).unwrap_or(cut.len());
    format!("{} …", cut.get(..end).unwrap_or(&cut))
}

/// "in turn 3", "in turn 3 and 2 others".
#[must_use]
pub fn in_turns(turn: u32, times: u32) -> String {
    match times {
        0 | 1 => format!("turn {turn}"),
        2 => format!("turn {turn}, and once more"),
        more => format!("turn {turn}, and {} times more", more - 1),
    }
}

/// Words that open a sentence and are no names: they may stand small after a colon.
const OPENERS: &[&str] = &[
    "It",
    "A",
    "An",
    "The",
    "This",
    "That",
    "These",
    "There",
    "Two",
    "Three",
    "Several",
    "Some",
    "Something",
    "Asking",
    "Saying",
    "What",
    "Advice",
    "Praise",
    "Said",
    "Here",
];

/// A reason from the codebook as the end of a sentence after a colon: first letter small where it is no name, one full stop.
#[must_use]
pub fn reason(because: &str) -> String {
    let because = on_one_line(because);
    let because = because.trim_end_matches('.');
    let first = because.split(' ').next().unwrap_or_default();
    if OPENERS.contains(&first) {
        let mut chars = because.chars();
        let small: String = chars.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
        return format!("{small}{}.", chars.as_str());
    }
    format!("{because}.")
}

/// As a whole sentence: first letter large, one full stop at the end.
#[must_use]
pub fn sentence(text: &str) -> String {
    let text = on_one_line(text);
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().collect();
    sentence += chars.as_str();
    if !sentence.ends_with(['.', '?', '”', '…', '!']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_reads_as_the_contract_says() {
        assert_eq!(trust(true, 0.40, 0.35), "35, down 5");
        assert_eq!(trust(true, 0.351, 0.352), "35, as before");
        assert_eq!(trust(false, 0.40, 0.35), "lower");
    }

    #[test]
    fn a_reason_runs_on_after_its_colon() {
        assert_eq!(reason("It leaves the choice."), "it leaves the choice.");
        assert_eq!(reason("Samantha hears a label"), "Samantha hears a label.");
        assert_eq!((share(3, 3), share(0, 3), share(1, 1)), ("all".into(), "none".into(), "1".into()));
    }

    #[test]
    fn words_without_numbers_hold_no_digit() {
        for points in [None, Some(1.0), Some(2.0), Some(3.0), Some(4.0), Some(5.0)] {
            assert!(!score_with(false, Scale::NonJudgment, points).contains(|c: char| c.is_ascii_digit()));
        }
    }

    #[test]
    fn a_silence_is_not_put_in_quotation_marks() {
        assert_eq!(quoted("(silence)"), "(silence)");
        assert_eq!(quoted("*nods*"), "*nods*");
        assert_eq!(quoted("Go on."), "“Go on.”");
        assert_eq!(quoted("*nods* Go on. *nods*"), "“*nods* Go on. *nods*”");
    }
}

//! The trainee's own impression beside what the words show: the gap, kindly.

use super::{Page, word_for};
use crate::appraisal::Scale;
use crate::record::ratings::Rating;
use crate::scoring::scorecard::Scorecard;

/// Half a point apart is as close as two careful readers come.
const CLOSE: f64 = 0.5;

/// The section after the debrief. Empty where there is nothing to compare.
#[must_use]
pub fn own_beside(page: &Page, own: &Rating, card: &Scorecard) -> String {
    let gaps = gaps(own, card);
    let mut set = page.heading("Your own impression beside it");
    for (scale, own, shown) in &gaps {
        let name = word_for::scale(*scale);
        let line = if page.numbers {
            format!("{name}: you said {own:.0}, the words show {shown:.1}; {}.", apart(*own, *shown))
        } else {
            format!("{name}: {}.", apart(*own, *shown))
        };
        set += &page.hanging("  ", "    ", &line);
    }
    if !own.words.trim().is_empty() {
        set += &page.hanging("  ", "    ", &format!("You wrote: {}", word_for::quoted(&own.words)));
    }
    if !gaps.is_empty() {
        set += &page.paragraph(2, closing(&gaps));
    }
    set
}

/// The scales that both have, with both values.
#[must_use]
pub fn gaps(own: &Rating, card: &Scorecard) -> Vec<(Scale, f64, f64)> {
    let given = [(Scale::Empathy, own.empathy), (Scale::NonJudgment, own.non_judgment), (Scale::Listening, own.listening)];
    given.into_iter().filter_map(|(scale, own)| Some((scale, own?, card.on(scale)?.points))).collect()
}

fn apart(own: f64, shown: f64) -> &'static str {
    match own - shown {
        gap if gap.abs() <= CLOSE => "you see it as the words show it",
        gap if gap > 1.5 => "you came across less strongly than it felt from inside",
        gap if gap > 0.0 => "it felt a little stronger than it came across",
        gap if gap < -1.5 => "you are much harder on yourself than the words are",
        _ => "you are a little harder on yourself than the words are",
    }
}

fn closing(gaps: &[(Scale, f64, f64)]) -> &'static str {
    let all = |holds: fn(f64) -> bool| gaps.iter().all(|(_, own, shown)| holds(own - shown));
    if all(|gap| gap.abs() <= CLOSE) {
        "Seeing oneself as one is heard is a skill of its own, and here you did."
    } else if all(|gap| gap < CLOSE) {
        "Being hard on oneself is common in people who care. Look at the words that worked, and let them count."
    } else {
        "Nearly everyone is some way off when they begin; intention is felt from inside, and words are heard from outside. Looking at the gap is how it narrows."
    }
}

#[cfg(test)]
mod tests {
    use super::super::Paint;
    use super::*;
    use crate::scoring::scorecard::Mean;

    #[test]
    fn the_gap_is_shown_without_blame_and_what_was_skipped_is_left_out() {
        let page = Page::new(None, Paint::plain(), false);
        let own = Rating { empathy: Some(5.0), words: "too fast".into(), ..Rating::default() };
        let mean = Some(Mean { points: 2.0, turns: 4 });
        let set = own_beside(&page, &own, &Scorecard { empathy: mean, non_judgment: mean, listening: mean });
        assert!(set.contains("you said 5, the words show 2.0") && set.contains("“too fast”"), "{set}");
        assert!(!set.contains("Listening"), "{set}");
    }
}

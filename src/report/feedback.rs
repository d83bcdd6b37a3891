//! Feedback after a turn: the three scores and the words that did it. Feedback always comes; its form is a choice (clinical notes, section 6).

use super::{Page, word_for};
use crate::appraisal::{Act, FoundAct, Scale};
use crate::scoring::findings::clearest;
use crate::text::on_one_line;

/// When and how feedback comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Feedback {
    /// After each turn, with numbers.
    #[default]
    Each,
    /// After each turn, in words only.
    Words,
    /// Only in the debrief.
    End,
}

/// What a turn's feedback is made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TurnNews<'a> {
    /// As it was heard.
    pub heard: &'a str,
    /// Empathy, non-judgment, listening: 1 to 5 or none.
    pub scores: [Option<f64>; 3],
    /// The acts found.
    pub acts: &'a [FoundAct],
    /// T before and after; `None` where nothing moved.
    pub trust: Option<(f64, f64)>,
}

/// The feedback on a turn, set in on the page so that it stays beside the talk.
#[must_use]
pub fn feedback(page: &Page, news: &TurnNews<'_>) -> String {
    let scales = [Scale::Empathy, Scale::NonJudgment, Scale::Listening];
    if page.plain {
        let mut set = String::new();
        for (scale, points) in scales.into_iter().zip(news.scores) {
            set += &format!("{}: {}\n", word_for::scale(scale), word_for::score_with(page.numbers, scale, points));
        }
        if let Some((before, after)) = news.trust {
            set += &format!("Trust: {}\n", word_for::trust(page.numbers, before, after));
        }
        for found in findings(news) {
            set += &format!("Because: {}\n", finding(news.heard, found));
        }
        return set;
    }
    let mut facts: Vec<String> = Vec::new();
    if news.scores.iter().any(Option::is_some) {
        let one = |(scale, points)| format!("{} {}", word_for::scale(scale).to_lowercase(), word_for::score_with(page.numbers, scale, points));
        facts.extend(scales.into_iter().zip(news.scores).map(one));
    }
    if let Some((before, after)) = news.trust {
        facts.push(format!("trust {}", word_for::trust(page.numbers, before, after)));
    }
    // A fact stays on one line: its spaces are hard ones until it is set.
    let facts: Vec<String> = facts.iter().map(|fact| fact.replace(' ', "\u{a0}")).collect();
    let mut set = page.aside(6, &facts.join("\u{a0}· ")).replace('\u{a0}', " ");
    for found in findings(news) {
        let (mark, rest) = if found.act.is_hindering() { ("      − ", "        ") } else { ("      + ", "        ") };
        let lines = page.hanging(mark, rest, &finding(news.heard, found));
        set += &page.dressed(&lines, |paint, line| if found.act.is_hindering() { paint.care(line) } else { paint.good(line) });
    }
    set
}

fn findings<'a>(news: &TurnNews<'a>) -> Vec<&'a FoundAct> {
    clearest(news.acts, news.scores[1], news.trust.map_or(0.0, |(before, after)| after - before))
}

/// “you should”: tells her what to do.
fn finding(heard: &str, found: &FoundAct) -> String {
    let words = on_one_line(found.span.of(heard));
    let because = word_for::reason(&found.because);
    let wordless = matches!(found.act, Act::Silence | Act::Presence);
    if words.is_empty() || wordless { word_for::sentence(&because) } else { format!("{}: {because}", word_for::quoted(&words)) }
}

#[cfg(test)]
mod tests {
    use super::super::Paint;
    use super::*;
    use crate::text::Span;

    fn acts() -> Vec<FoundAct> {
        let found =
            |act, start, end, because: &'static str| FoundAct { act, rule: "r".into(), span: Span::new(start, end), because: because.into(), strength: 0.8 };
        vec![found(Act::Validation, 0, 16, "says that it makes sense"), found(Act::Advice, 18, 28, "tells the client what to do")]
    }

    const HEARD: &str = "That makes sense. You should call him.";

    #[test]
    fn what_helped_comes_before_what_hindered_with_its_words() {
        let page = Page::new(Some(80), Paint::plain(), false);
        let acts = acts();
        let news = TurnNews { heard: HEARD, scores: [Some(3.0), Some(2.0), None], acts: &acts, trust: Some((0.4, 0.42)) };
        let set = feedback(&page, &news);
        assert!(set.contains("trust 42, up 2"), "{set}");
        assert!(set.find("+ “That makes sense”").unwrap() < set.find("− “You should").unwrap(), "{set}");
    }

    #[test]
    fn a_roadblock_that_cost_trust_is_not_softened() {
        let page = Page::new(Some(80), Paint::plain(), false);
        let acts = acts();
        let news = TurnNews { heard: HEARD, scores: [Some(3.0), Some(2.0), None], acts: &acts, trust: Some((0.4, 0.35)) };
        let set = feedback(&page, &news);
        assert!(set.contains("− “You should") && !set.contains('+'), "{set}");
    }

    #[test]
    fn plain_feedback_is_labelled_lines() {
        let page = Page::new(None, Paint::plain(), true);
        let acts = acts();
        let news = TurnNews { heard: HEARD, scores: [Some(3.0), Some(2.0), None], acts: &acts, trust: Some((0.4, 0.35)) };
        let set = feedback(&page, &news);
        assert!(set.starts_with("Empathy: 3.0, fair\nNon-judgment: 2.0, strained\nListening: not scored\nTrust: 35, down 5\n"), "{set}");
    }

    #[test]
    fn in_words_no_digit_is_shown() {
        let page = Page { numbers: false, ..Page::new(Some(80), Paint::plain(), false) };
        let news = TurnNews { heard: HEARD, scores: [Some(3.0), Some(2.0), None], acts: &[], trust: Some((0.4, 0.35)) };
        assert!(!feedback(&page, &news).contains(|c: char| c.is_ascii_digit()));
    }
}

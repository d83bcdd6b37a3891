//! The moments of a session worth talking about: what went well, in the trainee's own words, and the two or three turns where it turned.

use super::act_words::word_on;
use super::{ModelReply, TurnRecord};
use crate::appraisal::{Act, Contribution, FoundAct, Scale};
use crate::text::Span;
use serde::Serialize;

/// Words of the trainee, and what they did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Words {
    /// As typed; a part of the reply, or the whole.
    pub quote: String,
    /// What they did: a phrase or a sentence.
    pub because: String,
}

impl Words {
    /// The whole reply, with nothing said about it.
    pub(super) fn whole(turn: &TurnRecord) -> Self {
        Self { quote: shorten(turn.heard.trim()), because: String::new() }
    }

    /// A part of the reply; the whole where the span does not fit it.
    pub(super) fn at(turn: &TurnRecord, span: Span, because: &str) -> Self {
        Self { quote: shorten(quoted(&turn.heard, span)), because: because.trim().trim_end_matches('.').to_owned() }
    }
}

/// The words that show an act.
pub(super) fn words_of_act(turn: &TurnRecord, found: &FoundAct) -> Words {
    let wordless = matches!(found.act, Act::Silence | Act::Presence);
    Words::at(turn, if wordless { Span::default() } else { found.span }, &found.because)
}

/// Something that went well.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Strength {
    /// The turn, 1 and up.
    pub turn: u32,
    /// What the trainee said.
    pub words: String,
    /// The act that carried it, if one did.
    pub act: Option<Act>,
    /// One sentence to the trainee.
    pub praise: String,
}

/// Which way a moment turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turned {
    /// Trust rose.
    Towards,
    /// Trust fell.
    Away,
}

/// A turn where the session turned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    /// The turn, 1 and up.
    pub turn: u32,
    /// Which way.
    pub turned: Turned,
    /// The client's words before.
    pub client_said: String,
    /// The whole reply.
    pub you_said: String,
    /// The words in it that did it.
    pub words: Words,
    /// T before and after, 0 to 1.
    pub trust: (f64, f64),
    /// A rupture opened or grew here.
    pub ruptured: bool,
    /// A rupture was mended here.
    pub repaired: bool,
    /// The layer told in answer, if one was.
    pub told_layer: Option<u8>,
    /// What the client answered.
    pub client_answered: String,
    /// What the client felt then and did not say; empty where the scenario is silent about it.
    pub felt: String,
    /// What one could say there, with its reason.
    pub model: Option<ModelReply>,
}

/// Three are enough to remember; issue 2 asks for two or three.
const MOMENTS: usize = 3;
/// As many quotations as fit a glance.
const STRENGTHS: usize = 3;
/// A change of T smaller than one point of a hundred is not a turning point.
const NOTICEABLE: f64 = 0.01;
/// A rupture counts as much as this fall of T for every step of severity, so that it is never left out.
const RUPTURE_WEIGHS: f64 = 0.08;
/// A repair likewise.
const REPAIR_WEIGHS: f64 = 0.06;
/// A layer told likewise, for every layer.
const LAYER_WEIGHS: f64 = 0.02;

/// The two or three moments where the session turned, in the order they happened. At least one of each direction where both exist.
#[must_use]
pub fn turning_moments(turns: &[TurnRecord]) -> Vec<Moment> {
    let mut ranked: Vec<(f64, usize)> =
        turns.iter().enumerate().map(|(index, turn)| (weight(turn), index)).filter(|(weight, _)| *weight >= NOTICEABLE).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let is_away = |index: usize| turns.get(index).is_some_and(|turn| turned(turn) == Turned::Away);
    let first_of = |away: bool| ranked.iter().map(|(_, index)| *index).find(|index| is_away(*index) == away);
    let mut chosen: Vec<usize> = [first_of(true), first_of(false)].into_iter().flatten().collect();
    // Moments in which the client thought something new go before more of the same.
    let felt = |index: usize| turns.get(index).map_or("", |turn| turn.feel.as_str());
    for same_again in [false, true] {
        for (_, index) in &ranked {
            let known = chosen.iter().any(|other| felt(*other) == felt(*index));
            if chosen.len() < MOMENTS && !chosen.contains(index) && (same_again || !known) {
                chosen.push(*index);
            }
        }
    }
    chosen.sort_unstable();
    chosen.into_iter().filter_map(|index| turns.get(index)).map(moment).collect()
}

/// What went well: the best turns, each with a different act, best first.
#[must_use]
pub fn strengths(turns: &[TurnRecord]) -> Vec<Strength> {
    let mut found: Vec<(f64, Strength)> = turns.iter().filter_map(strength).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.turn.cmp(&b.1.turn)));
    let mut chosen: Vec<Strength> = Vec::new();
    for (_, strength) in found {
        let repeated = chosen.iter().any(|other| other.act == strength.act || other.praise == strength.praise);
        if chosen.len() < STRENGTHS && !repeated {
            chosen.push(strength);
        }
    }
    chosen
}

fn weight(turn: &TurnRecord) -> f64 {
    let rupture = turn.ruptured.map_or(0.0, |mark| f64::from(mark.severity) * RUPTURE_WEIGHS);
    let repair = if turn.repaired { REPAIR_WEIGHS } else { 0.0 };
    let told = turn.disclosed.as_ref().map_or(0.0, |(_, layer)| f64::from(*layer) * LAYER_WEIGHS);
    (turn.trust.1 - turn.trust.0).abs() + rupture + repair + told
}

fn turned(turn: &TurnRecord) -> Turned {
    let fell = turn.trust.1 < turn.trust.0;
    if turn.ruptured.is_some() || (fell && !turn.repaired) { Turned::Away } else { Turned::Towards }
}

fn moment(turn: &TurnRecord) -> Moment {
    let turned = turned(turn);
    Moment {
        turn: turn.turn,
        turned,
        client_said: turn.answered.clone(),
        you_said: turn.heard.clone(),
        words: decisive_words(turn, turned),
        trust: turn.trust,
        ruptured: turn.ruptured.is_some(),
        repaired: turn.repaired,
        told_layer: turn.disclosed.as_ref().map(|(_, layer)| *layer),
        client_answered: turn.said.clone(),
        felt: turn.feel.clone(),
        model: turn.model.clone(),
    }
}

/// The words that turned it: the worst or the best act; otherwise what weighed most in the scores; otherwise the whole reply.
fn decisive_words(turn: &TurnRecord, turned: Turned) -> Words {
    let act = match turned {
        Turned::Away => turn.worst_act(),
        Turned::Towards => turn.best_act(),
    };
    if let Some(found) = act {
        return words_of_act(turn, found);
    }
    let sign = if turned == Turned::Away { -1.0 } else { 1.0 };
    let scores = &turn.appraisal.scores;
    let weighs = |contribution: &&Contribution| contribution.points * sign;
    let heaviest = [&scores.empathy, &scores.non_judgment, &scores.listening]
        .into_iter()
        .flatten()
        .flat_map(|score| &score.because)
        .filter(|contribution| weighs(contribution) > 0.0 && !contribution.because.is_empty())
        .max_by(|a, b| weighs(a).total_cmp(&weighs(b)));
    heaviest.map_or_else(|| Words::whole(turn), |found| Words::at(turn, found.span, &found.because))
}

/// From here on a score is worth praise: the rubric's 3 is the neutral middle.
const WORTH_PRAISE: f64 = 3.5;

/// Acts that are worth a word of praise by themselves, where nothing in the same reply speaks against it.
const SKILLED: &[Act] = &[
    Act::ComplexReflection,
    Act::Summary,
    Act::Validation,
    Act::Normalising,
    Act::EmotionNaming,
    Act::AutonomySupport,
    Act::Immediacy,
    Act::Apology,
    Act::DetailRecall,
];

/// A turn as a strength, with its merit: points above the middle, and trust gained (a hundredth of T counts as a tenth of a point).
fn strength(turn: &TurnRecord) -> Option<(f64, Strength)> {
    let scores = &turn.appraisal.scores;
    let points = |scale| scores.points(scale).unwrap_or(3.0);
    let above: f64 = [Scale::Empathy, Scale::NonJudgment, Scale::Listening].into_iter().map(|scale| points(scale) - 3.0).sum();
    let rose = turn.trust.1 - turn.trust.0;
    let best = turn.best_act();
    let skilled = best.is_some_and(|found| SKILLED.contains(&found.act));
    let good = points(Scale::Empathy).max(points(Scale::Listening)) >= WORTH_PRAISE || turn.repaired || rose >= NOTICEABLE || (skilled && above >= 0.0);
    let hindered = turn.worst_act().is_some() && points(Scale::NonJudgment) <= 3.0;
    if turn.is_setback() || hindered || rose < 0.0 || !good {
        return None;
    }
    let praise = match best {
        _ if turn.repaired => "You noticed that something had gone wrong between you, and you mended it.".to_owned(),
        Some(found) => word_on(found.act).to_owned(),
        None => "You stayed close to what was said.".to_owned(),
    };
    let words = Words::whole(turn).quote;
    let merit = above + rose * 10.0 + if turn.repaired { 1.0 } else { 0.0 };
    Some((merit, Strength { turn: turn.turn, words, act: best.map(|found| found.act), praise }))
}

impl TurnRecord {
    /// The hindering act that weighs most, if there is one.
    #[must_use]
    pub fn worst_act(&self) -> Option<&FoundAct> {
        self.strongest(|act| act.is_hindering())
    }

    /// The helping act that weighs most: a skilled one if there is one; encouragers, closed questions and information only where nothing else speaks.
    #[must_use]
    pub fn best_act(&self) -> Option<&FoundAct> {
        let small = |act: Act| matches!(act, Act::Encourager | Act::ClosedQuestion | Act::Information);
        self.strongest(|act| SKILLED.contains(&act))
            .or_else(|| self.strongest(|act| act.is_facilitative() && !small(act)))
            .or_else(|| self.strongest(Act::is_facilitative))
    }

    /// Whether the reply set things back: a rupture, or a roadblock on which trust fell.
    #[must_use]
    pub fn is_setback(&self) -> bool {
        self.ruptured.is_some() || (self.trust.1 < self.trust.0 && self.worst_act().is_some())
    }

    /// Whether a hindering act in it did no harm: trust rose, and the reply as a whole judged nobody.
    #[must_use]
    pub fn is_forgiven(&self) -> bool {
        self.trust.1 > self.trust.0 && self.appraisal.scores.points(Scale::NonJudgment).is_some_and(|points| points >= 3.0)
    }

    fn strongest(&self, wanted: impl Fn(Act) -> bool) -> Option<&FoundAct> {
        // Of two equally strong the first in the reply.
        self.appraisal.acts.iter().filter(|found| wanted(found.act)).rev().max_by(|a, b| a.strength.total_cmp(&b.strength))
    }
}

/// As long as a quotation may be before it is cut; three lines at 80 columns.
const QUOTE_CHARS: usize = 220;

/// The words at a span, widened by nothing; the whole reply where the span is empty or does not fit.
fn quoted(text: &str, span: Span) -> &str {
    let words = span.of(text).trim();
    if words.is_empty() { text.trim() } else { words }
}

/// A quotation that fits: cut at a word, with an ellipsis.
pub(super) fn shorten(words: &str) -> String {
    if words.chars().count() <= QUOTE_CHARS {
        return words.to_owned();
    }
    let cut: String = words.chars().take(QUOTE_CHARS).collect();
    let at_word = cut.rfind(' ').filter(|at| *at > 0).unwrap_or(cut.len());
    format!("{} …", cut.get(..at_word).unwrap_or(&cut).trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::examples::{fall, rise, silence, turn};
    use super::*;

    #[test]
    fn a_moment_shows_the_words_that_did_it_and_what_was_felt() {
        let moments = turning_moments(&[rise(1, 0.1, 0.12), fall(2, 0.12, 0.05)]);
        let fallen = moments.iter().find(|moment| moment.turned == Turned::Away).unwrap();
        assert_eq!(fallen.words.quote, "you should");
        assert!(!fallen.felt.is_empty());
    }

    #[test]
    fn at_most_three_moments_and_both_directions_among_them() {
        let mut turns: Vec<_> = (1..=40).map(|n| rise(n, 0.1, 0.2)).collect();
        turns.push(fall(41, 0.2, 0.18));
        let moments = turning_moments(&turns);
        assert_eq!(moments.len(), 3);
        assert!(moments.iter().any(|moment| moment.turned == Turned::Away));
        assert!(moments.is_sorted_by_key(|moment| moment.turn));
    }

    #[test]
    fn a_roadblock_is_never_praised() {
        assert!(strengths(&[fall(1, 0.3, 0.2), silence(2), turn(3, "You should leave him.")]).is_empty());
    }

    #[test]
    fn two_strengths_are_never_the_same_act() {
        let strengths = strengths(&[rise(1, 0.1, 0.12), rise(2, 0.12, 0.2), rise(3, 0.2, 0.21)]);
        assert_eq!(strengths.len(), 1);
        assert_eq!(strengths[0].turn, 2);
    }

    #[test]
    fn a_long_quotation_is_cut_at_a_word() {
        let long = "word ".repeat(100);
        let short = shorten(long.trim());
        assert!(short.ends_with("word …") && short.chars().count() <= QUOTE_CHARS + 2);
    }
}

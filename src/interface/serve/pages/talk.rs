//! A session on a page: what was said, what it came to, and where one types.

use crate::appraisal::Scale;
use crate::classroom::play::{Finding, Play, TurnNote};
use crate::classroom::room::Switches;
use crate::interface::serve::view::Part;
use crate::report::client_lines::{Part as Said, parts};
use crate::report::word_for;
use maud::{Markup, html};
use serde_json::json;

/// Turns that a page shows; earlier ones stand in the debrief.
const SHOWN: usize = 40;

/// How a session is shown.
#[derive(Clone, Copy)]
pub struct Showing<'a> {
    /// The client's name.
    pub client: &'a str,
    /// Who speaks: "You", or "The class".
    pub you: &'a str,
    /// Feedback with numbers.
    pub numbers: bool,
    /// Whether the feedback on a turn is shown.
    pub open: &'a dyn Fn(u32) -> bool,
    /// A prefix of the entries' ids, another for each session, so that none is taken for another's.
    pub prefix: &'a str,
}

/// The entries of the list: the opening, and one a turn.
#[must_use]
pub fn entries(play: &Play, showing: &Showing<'_>) -> Vec<Part> {
    let mut entries = Vec::new();
    let skipped = play.notes().len().saturating_sub(SHOWN);
    let first = if skipped > 0 {
        html! { p.small { "The first " (skipped) " turns stand in the debrief." } }
    } else {
        client(showing.client, play.first())
    };
    entries.push((format!("{}0", showing.prefix), first.into_string()));
    for (input, note) in play.inputs().iter().zip(play.notes()).skip(skipped) {
        let entry = html! {
            div.you { div.who { (showing.you) } div.said { (line(&input.words)) } }
            @if (showing.open)(note.turn) { (news(note, showing.numbers)) }
            (client(showing.client, &note.said))
        };
        entries.push((format!("{}{}", showing.prefix, note.turn), entry.into_string()));
    }
    if let Some(last) = play.last_words() {
        entries.push((format!("{}end", showing.prefix), client(showing.client, last).into_string()));
    }
    entries
}

/// What the client says.
#[must_use]
pub fn client(name: &str, words: &str) -> Markup {
    html! { @if !words.is_empty() { div.client { div.who { (name) } div.said { (line(words)) } } } }
}

/// Words and gestures.
#[must_use]
pub fn line(words: &str) -> Markup {
    html! { @for part in parts(words) { @match part { Said::Said(said) => { span { (said) } " " }, Said::Done(done) => { span.done { "*" (done) "*" } " " } } } }
}

/// What a turn came to.
#[must_use]
pub fn news(note: &TurnNote, numbers: bool) -> Markup {
    let scales = [Scale::Empathy, Scale::NonJudgment, Scale::Listening];
    let one = |(scale, points): (Scale, Option<f64>)| format!("{} {}", word_for::scale(scale).to_lowercase(), word_for::score_with(numbers, scale, points));
    let mut facts: Vec<String> = if note.scores.iter().any(Option::is_some) { scales.into_iter().zip(note.scores).map(one).collect() } else { Vec::new() };
    facts.push(format!("trust {}", word_for::trust(numbers, note.trust.0, note.trust.1)));
    html! { div.news { div { (facts.join(" · ")) } (findings(&note.findings)) } }
}

/// The words that did it.
#[must_use]
pub fn findings(findings: &[Finding]) -> Markup {
    html! {
        @for found in findings {
            @let because = word_for::reason(&found.because);
            div class=(if found.helps { "good" } else { "care" }) {
                (if found.helps { "+ " } else { "− " })
                @if found.words.is_empty() { (word_for::sentence(&because)) } @else { (word_for::quoted(&found.words)) ": " (because) }
            }
        }
    }
}

/// Where one types, and what else one can do. `spot` as an ask names it.
#[must_use]
pub fn compose(play: &Play, spot: &str, client: &str, switches: &Switches) -> Markup {
    let turn = play.inputs().len() + 1;
    let look = |at: &str| json!({"ask": "look", "spot": spot, "at": at});
    let spoken = turn > 1;
    html! {
        div.compose {
            form data-ask=(json!({"ask": "say", "spot": spot, "turn": turn})) {
                label for="words" { "What you say to " (client) span.small { " (*nods* is a gesture)" } }
                textarea #words name="words" rows="2" maxlength="1500" data-clear data-enter required {}
                div.row {
                    button.main { "Say it" }
                    (small(&json!({"ask": "say", "spot": spot, "turn": turn, "words": "(silence)"}), "Silence"))
                    @if switches.hints { (small(&look("hint"), "Hint")) }
                }
                details {
                    summary { "More" }
                    div.row {
                        @if switches.undo && spoken { (small(&json!({"ask": "undo", "spot": spot}), "Take my reply back")) }
                        @if switches.looks {
                            @if spoken { (small(&look("why"), "Why this score")) }
                            (small(&look("feel"), "What the client thinks"))
                            (small(&look("how"), "What stays unsaid"))
                        }
                        button.plain formnovalidate data-only data-keep data-ask=(json!({"ask": "end", "spot": spot})) data-sure="End the session and talk about it?" { "End the session" }
                    }
                }
            }
        }
    }
}

fn small(ask: &serde_json::Value, words: &str) -> Markup {
    html! { button.plain formnovalidate data-only data-keep data-ask=(ask) { (words) } }
}

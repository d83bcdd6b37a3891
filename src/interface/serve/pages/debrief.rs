//! The debrief on a page: the same that the REPL prints, from the same data.

use super::Shell;
use super::talk::line;
use crate::appraisal::Scale;
use crate::report::class_page::{NO_GRADES, one_trust};
use crate::report::word_for;
use crate::scoring::moments::{Moment, Turned};
use crate::scoring::{Debrief, ModelReply};
use maud::{Markup, html};

/// The page.
#[must_use]
pub fn page(debrief: &Debrief, numbers: bool) -> Markup {
    let shell = Shell { title: "Practicum: after the session", base: "", live: false, enter: false, class: "", wide: false };
    shell.around(
        &html! { h1 { "After the session with " (debrief.client) } span.small { a href="/seat" { "Back to the room" } } },
        &html! {
            p { @if numbers { (debrief.opening) } @else { (debrief.opening_in_words) } }
            @if debrief.turns > 0 { (body(debrief, numbers)) }
            p { a.button href="/seat" { "Back to the room" } }
        },
    )
}

/// Where there is nothing to talk about.
#[must_use]
pub fn none() -> Markup {
    let shell = Shell { title: "Practicum", base: "", live: false, enter: false, class: "", wide: false };
    shell.around(
        &html! { h1 { "Practicum" } },
        &html! { div.card { h2 { "There is no session to talk about yet" } p { "Or its scenario is not here any more." } p { a.button href="/seat" { "Back to the room" } } } },
    )
}

fn body(debrief: &Debrief, numbers: bool) -> Markup {
    html! {
        h2 { "What went well" }
        @if debrief.strengths.is_empty() { p { "There is no sentence to hold up today, and that happens. You stayed and tried, and that is the part that makes people better at it." } }
        @for strength in &debrief.strengths { div.card { p { (word_for::quoted(&strength.words)) " (turn " (strength.turn) ")" } p.good { (strength.praise) } } }
        @if !debrief.moments.is_empty() { h2 { "Where it turned" } }
        @for moment in &debrief.moments { (turned(moment, &debrief.client, numbers)) }
        h2 { "Your three scores" }
        ul.flat { @for scale in [Scale::Empathy, Scale::NonJudgment, Scale::Listening] {
            li { (word_for::scale(scale)) ": " (word_for::score_with(numbers, scale, debrief.scores.on(scale).map(|mean| mean.points))) }
        } }
        p.small { (NO_GRADES) }
        @if let Some(thing) = &debrief.one_thing {
            h2 { "One thing to change" }
            p { (thing.seen) " " (thing.try_next) }
            @if let Some(example) = &thing.example {
                div.card {
                    p { "In turn " (example.turn) ", after " (debrief.client) " had said " (word_for::quoted(&example.client_said)) ":" }
                    p { "You: " (word_for::quoted(&example.you_said)) }
                    (model("One could say", &example.instead))
                }
            }
        }
        h2 { "Trust" }
        @if numbers { (one_trust("own", debrief.trust.start, &debrief.trust.after)) } @else { p { "Trust is " (word_for::trust_moved(debrief.trust.start, debrief.trust.end)) "." } }
        @if !debrief.matrix.earned.is_empty() { h2 { "What earned trust" } ul.flat { @for row in debrief.matrix.earned.iter().take(8) { li.good { (row.title) " (" (word_for::in_turns(row.turn, row.times)) ")" } } } }
        @if !debrief.matrix.lost.is_empty() { h2 { "What cost trust" } ul.flat { @for row in debrief.matrix.lost.iter().take(8) { li.care { (row.title) " (" (word_for::in_turns(row.turn, row.times)) ")" } } } }
        @if let Some(rating) = &debrief.rating {
            h2 { "How " (debrief.client) " would rate it" }
            ul.flat { @for (name, rated) in [("Understood", &rating.understood), ("Goals", &rating.goals), ("Approach", &rating.approach), ("Overall", &rating.overall)] {
                li { (name) ": " @if numbers { (rated.points) " of 10. " } (word_for::quoted(&rated.words)) }
            } }
            @if let Some(mask) = &rating.mask { p.small { (mask) } }
        }
        @if !debrief.supervisor.trim().is_empty() { h2 { "A word about " (debrief.client) } p { (debrief.supervisor) } }
        @if !debrief.next.trim().is_empty() { h2 { "For next time" } p { (debrief.next) } }
    }
}

fn turned(moment: &Moment, client: &str, numbers: bool) -> Markup {
    let away = moment.turned == Turned::Away;
    html! {
        div.card {
            h3 class=(if away { "care" } else { "good" }) {
                "Turn " (moment.turn) ": "
                @if moment.repaired { "you mended what had come between you" } @else if moment.ruptured { "this hurt " (client) } @else if away { (client) " moved away" } @else { (client) " came closer" }
                "; trust " (word_for::trust(numbers, moment.trust.0, moment.trust.1))
            }
            p { (client) " had said: " (line(&moment.client_said)) }
            p { "You: " strong { (line(&moment.you_said)) } }
            @if !moment.words.because.trim().is_empty() { p { "What did it: " (word_for::reason(&moment.words.because)) } }
            @if !moment.felt.trim().is_empty() { p.small { "What " (client) " thought then and did not say: " (word_for::quoted(&moment.felt)) } }
            @if let Some(reply) = &moment.model { (model(if away { "One could say instead" } else { "Another way that works" }, reply)) }
        }
    }
}

fn model(lead: &str, reply: &ModelReply) -> Markup {
    html! { p { (lead) ": " (word_for::quoted(&reply.say)) @if !reply.because.trim().is_empty() { " " (word_for::sentence(&reply.because)) } } }
}

//! What a hint or a look behind the scene shows: the same that the REPL shows.

use crate::classroom::event::LookAt;
use crate::classroom::{Place, Room};
use crate::report::word_for;
use maud::{Markup, html};

/// The text; `None` where there is no session.
pub fn text(room: &mut Room, place: Place, at: LookAt) -> Option<Markup> {
    let mut play = room.play(place)?.clone();
    let numbers = room.switches.numbers;
    let note = play.notes().last().cloned();
    let session = play.session()?;
    let client = session.scenario().file.client.name.clone();
    let run = session.run();
    Some(match at {
        LookAt::Hint => html! {
            h2 { "One could say" }
            @if let Some(model) = &run.last().model { p { (word_for::quoted(&model.say)) } p { (word_for::sentence(&model.because)) } }
            @else { p { "There is no hint for this moment. Saying back what you heard, in words of your own, is seldom wrong." } }
        },
        LookAt::Feel => html! {
            h2 { "What " (client) " thinks and does not say" }
            @if run.last().feel.trim().is_empty() { p { (client) " could not say just now what this is like." } } @else { p { (word_for::quoted(&run.last().feel)) } }
        },
        LookAt::How => {
            let untold: Vec<_> = session.layers().into_iter().filter(|layer| !layer.told).collect();
            html! {
                h2 { "What " (client) " did not say, and what would have opened it" }
                @if untold.is_empty() { p { "Nothing stayed unsaid." } }
                ul.flat { @for layer in &untold {
                    li { "Layer " (layer.layer) ": " (word_for::sentence(if layer.unsaid.trim().is_empty() { "something kept back" } else { &layer.unsaid }))
                        @if !layer.opened_by.trim().is_empty() { br; span.small { "What opens it: " (word_for::reason(&layer.opened_by)) } } }
                } }
            }
        }
        LookAt::Why => {
            let page = crate::report::Page { numbers, ..crate::report::Page::new(None, crate::report::Paint::plain(), true) };
            let text = session.records().last().map(|record| crate::report::why::why_text(&page, &client, record)).unwrap_or_default();
            html! {
                h2 { "Why this score" }
                @if text.trim().is_empty() { p { "You have not said anything yet, so there is nothing to explain." } }
                @if let Some(note) = &note { (super::pages::talk::news(note, numbers)) }
                @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } }
            }
        }
    })
}

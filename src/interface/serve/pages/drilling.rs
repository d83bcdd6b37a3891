//! A drill on a page: what counts, the line to answer, the try, and what was found.

use super::talk::{client, line};
use crate::classroom::drilling::{Drilling, LastTry, drills};
use crate::drill::Why;
use crate::drill::shape::Before;
use crate::drill::{Book, News};
use crate::report::drill::name_of;
use crate::report::word_for;
use maud::{Markup, html};
use serde_json::json;

/// The skills, with how far one is in each.
#[must_use]
pub fn choose(book: Option<&Book>) -> Markup {
    html! {
        h2 { "Or practise one skill" }
        details {
            summary { "The twelve skills" }
            @for skill in drills().skills() {
                @let standing = book.map(|book| book.standing(skill.id())).unwrap_or_default();
                div.card {
                    h3 { (skill.title()) }
                    p { (skill.about()) }
                    @if standing.tries > 0 { p.small { "Level " (standing.level) ", " (standing.met) " of " (standing.tries) " first tries met." } }
                    (super::button(&json!({"ask": "drill", "skill": skill.id()}), "Practise this"))
                }
            }
        }
    }
}

/// The practice.
#[must_use]
pub fn page(drilling: &Drilling) -> (Markup, Markup) {
    let practice = drilling.practice();
    let stage = html! {
        h2 { (practice.skill().title()) ", level " (practice.level()) }
        p.small { (practice.skill().content_note()) " What you type here is not kept, only whether it met the criteria." }
        @if let Some(last) = &drilling.last { (found(last, drilling)) }
        @if let Some(offer) = drilling.offer() {
            div.card id=(format!("drill-{}", practice.tries())) {
                p.small { (offer.stimulus.who) @match offer.why { Why::Returns => " This one comes back from an earlier practice.", Why::OnceMore => " Once more; it does not count.", Why::Level => "" } }
                @for before in &offer.stimulus.before { @match before { Before::You(text) => p { "You: " (line(text)) }, Before::Client(text) => p { (name_of(offer.stimulus)) ": " (line(text)) } } }
                (client(name_of(offer.stimulus), &offer.stimulus.client))
                p { "What counts:" }
                ul { @for criterion in offer.file.criteria_of(offer.stimulus) { li { (criterion.say) } } }
            }
        } @else { p { "There is nothing more to practise in this skill." } }
    };
    let compose = html! {
        div.compose {
            @if let Some(offer) = drilling.offer() {
                form data-ask=(json!({"ask": "try"})) {
                    label for="words" { "What you would say to " (name_of(offer.stimulus)) }
                    textarea #words name="words" rows="2" maxlength="1500" data-clear data-enter required {}
                    div.row { button.main { "Try it" } button.plain formnovalidate data-only data-ask=(json!({"ask": "leave_drill"})) { "Enough for now" } }
                }
            } @else { (super::button(&json!({"ask": "leave_drill"}), "Enough for now")) }
        }
    };
    (stage, compose)
}

fn found(last: &LastTry, drilling: &Drilling) -> Markup {
    let stimulus = drilling.practice().skill().stimulus(&last.stimulus).map(|(_, stimulus)| stimulus);
    html! {
        div.card role="status" {
            @if !last.words.is_empty() { p { "You: " (line(&last.words)) } }
            @if let Some(verdict) = &last.verdict {
                p { strong { @if verdict.met { "Met." } @else { "Not yet." } } }
                @for strength in &verdict.strengths { p.good { "+ " @if !strength.words.is_empty() { (word_for::quoted(&strength.words)) ": " } (word_for::sentence(&strength.because)) } }
                @if let Some(change) = &verdict.change {
                    p { "One change: " @if !change.words.is_empty() && !change.what.is_empty() { (word_for::quoted(&change.words)) " is " (change.what) ". " } (word_for::sentence(&change.instead)) }
                }
            }
            @if let Some(model) = stimulus.and_then(|stimulus| stimulus.models.first()) { p.small { "One way to say it: " (word_for::quoted(&model.say)) " " (word_for::sentence(&model.because)) } }
            @match last.news {
                Some(News::Reached(level)) => p.good { "Level " (level) " is reached." },
                Some(News::Harder(level)) => p { "Then a harder one: level " (level) "." },
                Some(News::Easier(level)) => p { "Then an easier one: level " (level) ". That is how practice works, it is no step back." },
                None => {},
            }
            div.row role="group" aria-label="How hard was it" {
                @for (rating, words) in [("too_easy", "Too easy"), ("good", "About right"), ("too_hard", "Too hard")] { form data-ask=(json!({"ask": "rate", "rating": rating})) { button.plain { (words) } } }
            }
        }
    }
}

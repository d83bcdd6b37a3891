//! Three ratings from 1 to 5, for observers and for the calibration hour.

use crate::classroom::event::{Item, Marks};
use maud::{Markup, html};
use serde_json::{Value, json};

/// The three scales with what 1 and 5 mean (after the rubric of the validity set).
pub const SCALES: [(&str, &str); 3] = [
    ("Empathy", "1: misses or hurts the feeling. 5: names what was meant, also what was not said."),
    ("Non-judgment", "1: blames or belittles. 3: neutral. 5: says that it makes sense, and leaves the choice."),
    ("Listening", "1: leaves what was said. 5: shows by its words what was heard."),
];

/// The form. `id` keeps the fields of several apart.
#[must_use]
pub fn form(ask: &Value, id: &str, had: Option<Marks>, button: &str) -> Markup {
    html! {
        form data-ask=(ask) {
            @for (place, (name, means)) in SCALES.iter().enumerate() {
                fieldset {
                    legend { (name) }
                    p.small #(format!("{id}-{place}-means")) { (means) }
                    div.marks role="radiogroup" aria-label=(name) aria-describedby=(format!("{id}-{place}-means")) {
                        @for mark in 1..=5_u8 {
                            label { input type="radio" name=(format!("{id}-{place}")) value=(mark) data-kind="marks" data-place=(place) required checked[had.is_some_and(|had| had[place] == mark)]; (mark) }
                        }
                    }
                }
            }
            div.row { button.main { (button) } }
        }
    }
}

/// One item of a calibration hour, to rate.
#[must_use]
pub fn item(at: usize, of: usize, item: &Item, had: Option<Marks>) -> Markup {
    html! {
        div.card id=(format!("item-{at}")) {
            h2 { "Reply " (at + 1) " of " (of) }
            p { "The client said:" } blockquote { (item.client) }
            p { "The reply:" } blockquote { strong { (item.reply) } }
            (form(&json!({"ask": "mark", "item": at}), &format!("i{at}"), had, if had.is_some() { "Change my rating" } else { "Rate, and go on" }))
        }
    }
}

//! The pages: each a shell that is sent once, and a view that is kept up to date. Only these escaping templates write HTML.

pub mod debrief;
pub mod drilling;
pub mod instructor;
pub mod join;
pub mod rating;
pub mod student;
pub mod talk;
pub mod together;
pub mod wall;

use crate::classroom::Activity;
use crate::record::now;
use maud::{DOCTYPE, Markup, html};

/// A page around its main part.
pub struct Shell<'a> {
    /// For the browser's title.
    pub title: &'a str,
    /// Where its stream and its asks live: `/seat`, `/teach`, `/wall`; empty where there are none.
    pub base: &'a str,
    /// Whether it listens.
    pub live: bool,
    /// Whether a secret in the address's fragment opens it.
    pub enter: bool,
    /// A class for the body.
    pub class: &'a str,
    /// Whether the main part may be wide.
    pub wide: bool,
}

impl Shell<'_> {
    /// The whole page.
    #[must_use]
    pub fn around(&self, header: &Markup, main: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) }
                    link rel="icon" href="/static/icon.svg" type="image/svg+xml";
                    link rel="stylesheet" href=(concat!("/static/page.css?", env!("CARGO_PKG_VERSION")));
                    script defer src=(concat!("/static/page.js?", env!("CARGO_PKG_VERSION"))) {}
                }
                body class=[(!self.class.is_empty()).then_some(self.class)] data-base=(self.base) data-live[self.live] data-enter[self.enter] data-now=(now()) {
                    a.skip href="#main" { "To the page" }
                    header.top { (header) }
                    main #main class=[self.wide.then_some("wide")] tabindex="-1" {
                        noscript { p.care { "This page needs JavaScript: it shows what the class does as it happens. The script comes from this server only." } }
                        (main)
                    }
                }
            }
        }
    }
}

/// "1 person", "3 people".
#[must_use]
pub fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

/// A form with one button.
#[must_use]
pub fn button(ask: &serde_json::Value, words: &str) -> Markup {
    html! { form data-ask=(ask) { button { (words) } } }
}

/// As [`button`], the one to press next.
#[must_use]
pub fn main_button(ask: &serde_json::Value, words: &str) -> Markup {
    html! { form data-ask=(ask) { button.main { (words) } } }
}

/// As [`button`], asking once more before.
#[must_use]
pub fn sure_button(ask: &serde_json::Value, words: &str, sure: &str) -> Markup {
    html! { form data-ask=(ask) { button.plain data-sure=(sure) { (words) } } }
}

/// The clock of an activity. It advises and ends nothing.
#[must_use]
pub fn clock(activity: &Activity) -> Markup {
    html! { span data-start=(activity.started_at) data-minutes=[activity.plan.minutes] {} }
}

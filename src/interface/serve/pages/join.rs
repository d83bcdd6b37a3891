//! The first page: six symbols, and a seat.

use super::Shell;
use crate::interface::serve::hall::Hall;
use maud::{Markup, html};

/// The page; `code` is what the QR code brought along.
#[must_use]
pub fn page(code: Option<&str>) -> Markup {
    let code = code.and_then(crate::classroom::code::code_as_typed).unwrap_or_default();
    let shell = Shell { title: "Practicum: join", base: "", live: false, enter: false, class: "", wide: false };
    shell.around(
        &html! { h1 { "Practicum" } },
        &html! {
            div.card {
                h2 { "Join the room" }
                p { "Type the code from the projector. You need no account and give no name: you get one for this room." }
                form data-ask="{}" data-to="/join" {
                    label for="code" { "Code" }
                    input.code #code name="code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="12" required value=(code) autofocus;
                    div.row { button.main { "Join" } }
                }
                p.told #told role="status" {}
            }
            p.small {
                "What you type goes to the computer of your instructor and no further. Your instructor can see it, your class only where your instructor shows it, without names. "
                "It is for practice and reflection, never for grading, and it is no therapy."
            }
        },
    )
}

/// The page of instructor or projector before they are let in.
#[must_use]
pub fn locked(base: &str, who: &str) -> Markup {
    let shell = Shell { title: "Practicum", base, live: false, enter: true, class: "", wide: false };
    shell.around(
        &html! { h1 { "Practicum" } },
        &html! {
            div.card {
                h2 { "This is the page of the " (who) }
                p { "Open it by the whole link that the program printed in its terminal, or type the last part of that link, after the #." }
                form data-ask="{}" data-to=(format!("{base}/enter")) {
                    label for="secret" { "Secret" }
                    input #secret name="secret" type="password" autocomplete="off" maxlength="64" required;
                    div.row { button.main { "Open" } }
                }
                p.told #told role="status" {}
                p { a href="/" { "Students join here" } }
            }
        },
    )
}

/// The join address as a QR code.
#[must_use]
pub fn qr(hall: &Hall, code: &str) -> Markup {
    html! { div.qr { (super::super::qr::svg(&format!("{}?code={code}", hall.address.url()))) } }
}

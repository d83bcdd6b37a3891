//! What the client says and does: words wrapped to the window, gestures set apart on lines of their own.

use super::Page;
use crate::text::on_one_line;

/// A part of a client line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Said.
    Said(&'a str),
    /// Done: without the asterisks.
    Done(&'a str),
}

/// The parts of a line; empty ones are left out. An asterisk without its partner is only an asterisk.
#[must_use]
pub fn parts(line: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('*') {
        let Some((done, after)) = after.split_once('*') else { break };
        push(&mut parts, Part::Said(before));
        push(&mut parts, Part::Done(done));
        rest = after;
    }
    push(&mut parts, Part::Said(rest));
    parts
}

fn push<'a>(parts: &mut Vec<Part<'a>>, part: Part<'a>) {
    let (Part::Said(text) | Part::Done(text)) = part;
    let text = text.trim();
    if !text.is_empty() {
        parts.push(if matches!(part, Part::Said(_)) { Part::Said(text) } else { Part::Done(text) });
    }
}

/// A client line for the page. Plain: one line, `Client: *looks at the door* I don't know.` Otherwise the name on its own line, then words and gestures.
#[must_use]
pub fn client_line(page: &Page, name: &str, line: &str) -> String {
    if page.plain {
        return format!("Client: {}\n", on_one_line(line));
    }
    let mut set = format!("{}\n", page.paint.bold(&on_one_line(name)));
    for part in parts(line) {
        set += &match part {
            Part::Said(words) => page.paragraph(2, words),
            Part::Done(gesture) => page.aside(4, &format!("*{gesture}*")),
        };
    }
    set
}

#[cfg(test)]
mod tests {
    use super::super::Paint;
    use super::*;

    #[test]
    fn gestures_stand_apart_from_words() {
        let page = Page::new(Some(40), Paint::plain(), false);
        let line = client_line(&page, "Samantha", "*looks at the door* I don't know. *shrugs*");
        assert_eq!(line, "Samantha\n    *looks at the door*\n  I don't know.\n    *shrugs*\n");
    }

    #[test]
    fn a_lone_asterisk_is_only_an_asterisk() {
        assert_eq!(parts("5 * 3"), [Part::Said("5 * 3")]);
        assert_eq!(parts("**"), []);
    }

    #[test]
    fn plain_is_one_labelled_line_whatever_the_text() {
        let page = Page::new(Some(40), Paint::plain(), true);
        assert_eq!(client_line(&page, "Samantha", "*nods*\nYes.\r\n\u{1b}[2JNo."), "Client: *nods* Yes. No.\n");
    }
}

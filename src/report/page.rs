//! The page that words are set on: how wide, in colour or not, with numbers or without.

use super::Paint;
use crate::text::{neutralise, on_one_line};

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Columns to fill.
    pub width: usize,
    /// Colour or none.
    pub paint: Paint,
    /// For screen readers: labelled lines, no boxes, no charts, nothing wrapped.
    pub plain: bool,
    /// Whether scores and trust are shown as numbers beside the words.
    pub numbers: bool,
}

/// Longer lines are hard to read; typographers' upper end is 75 to 80.
const WIDEST: usize = 78;
/// Under this nothing can be set with an indent.
const NARROWEST: usize = 24;
/// Where the window's width is not known.
pub const USUAL_WIDTH: usize = 78;

impl Page {
    /// A page for a window of so many columns.
    #[must_use]
    pub fn new(columns: Option<usize>, paint: Paint, plain: bool) -> Self {
        let width = columns.map_or(USUAL_WIDTH, |columns| columns.saturating_sub(1).clamp(NARROWEST, WIDEST));
        Self { width, paint, plain, numbers: true }
    }

    /// A paragraph, wrapped and indented by so many columns; in plain form on one line without indent. Ends with a newline; empty text gives nothing.
    #[must_use]
    pub fn paragraph(&self, indent: usize, text: &str) -> String {
        self.hanging(&" ".repeat(indent), &" ".repeat(indent), text)
    }

    /// A paragraph whose first line starts with one mark and the others with another ("  + ", "    ").
    #[must_use]
    pub fn hanging(&self, first: &str, rest: &str, text: &str) -> String {
        if self.plain {
            let text = on_one_line(text);
            return if text.is_empty() { text } else { format!("{}{text}\n", first.trim_start()) };
        }
        let text = neutralise(text);
        if text.trim().is_empty() {
            return String::new();
        }
        let mut set = String::new();
        for (number, line) in text.trim().lines().enumerate() {
            let first = if number == 0 { first } else { rest };
            let options = textwrap::Options::new(self.width)
                .initial_indent(first)
                .subsequent_indent(rest)
                // Not after a slash or a hyphen: `/quit` stays whole.
                .word_separator(textwrap::WordSeparator::AsciiSpace)
                .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
                .word_splitter(textwrap::WordSplitter::NoHyphenation);
            set += textwrap::fill(line, options).trim_end();
            set.push('\n');
        }
        set
    }

    /// As [`Page::paragraph`], stepping back.
    #[must_use]
    pub fn aside(&self, indent: usize, text: &str) -> String {
        self.dressed(&self.paragraph(indent, text), |paint, line| paint.dim(line))
    }

    /// A heading with an empty line before it.
    #[must_use]
    pub fn heading(&self, text: &str) -> String {
        if self.plain { format!("\n{}:\n", on_one_line(text)) } else { format!("\n{}", self.dressed(&self.paragraph(0, text), |paint, line| paint.bold(line))) }
    }

    /// Each line dressed on its own, so that no colour runs over an indent or a newline.
    #[must_use]
    pub fn dressed(&self, text: &str, dress: impl Fn(Paint, &str) -> String) -> String {
        let mut dressed = String::with_capacity(text.len());
        for line in text.lines() {
            let bare = line.trim_start();
            dressed += line.get(..line.len() - bare.len()).unwrap_or_default();
            dressed += &dress(self.paint, bare);
            dressed.push('\n');
        }
        dressed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_page() {
        for columns in [10, 40, 80, 200] {
            let page = Page::new(Some(columns), Paint::plain(), false);
            let text = "It sounds as if you have been carrying this on your own for a very long time. ".repeat(9);
            for line in page.hanging("  + ", "    ", &text).lines() {
                assert!(line.chars().count() <= page.width, "{columns}: {line}");
            }
        }
    }

    #[test]
    fn a_plain_paragraph_is_one_line_without_indent() {
        let page = Page::new(Some(40), Paint::plain(), true);
        let text = "one two\nthree ".repeat(20);
        assert_eq!(page.paragraph(4, &text).lines().count(), 1);
        assert!(page.paragraph(4, &text).starts_with("one"));
    }

    #[test]
    fn what_steers_a_terminal_does_not_reach_the_page() {
        let page = Page::new(Some(40), Paint::plain(), false);
        assert_eq!(page.paragraph(0, "a\u{1b}[2Jb\u{202e}c"), "abc\n");
    }
}

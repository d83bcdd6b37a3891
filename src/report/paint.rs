//! Colour, dressing words that already say everything: state is never in colour alone.

use colored::Colorize;

/// Dresses words, or leaves them plain.
///
/// `colored` keeps one switch for the whole process; ours decides for each stream, so whoever makes a `Paint` that is on sets that switch once
/// (`colored::control::set_override(true)`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// With colour, or without.
    #[must_use]
    pub const fn new(on: bool) -> Self {
        Self { on }
    }

    /// No colour at all.
    #[must_use]
    pub const fn plain() -> Self {
        Self { on: false }
    }

    /// Whether it colours.
    #[must_use]
    pub const fn is_on(self) -> bool {
        self.on
    }

    /// For what steps back: gestures, hints, asides.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        if self.on && !text.is_empty() { text.dimmed().to_string() } else { text.to_owned() }
    }

    /// For names and headings.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        if self.on && !text.is_empty() { text.bold().to_string() } else { text.to_owned() }
    }

    /// For what went well.
    #[must_use]
    pub fn good(self, text: &str) -> String {
        if self.on && !text.is_empty() { text.green().to_string() } else { text.to_owned() }
    }

    /// For what needs a look.
    #[must_use]
    pub fn care(self, text: &str) -> String {
        if self.on && !text.is_empty() { text.yellow().to_string() } else { text.to_owned() }
    }
}

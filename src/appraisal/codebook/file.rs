//! The shape of a codebook file, as a supervisor writes it, and a rule as the engine keeps it.
//!
//! Also used by `build.rs`.

use crate::appraisal::{Act, TrustFactor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A whole `codebook/*.ron`.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodebookFile {
    /// Always 1 for now.
    pub format: u32,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// When a rule may fire, by what the client said last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleContext {
    /// Always.
    #[default]
    Any,
    /// The client's last statement named a feeling.
    AfterFeeling,
    /// The client's last statement told something personal: it speaks of oneself or one's own people in more than a few words.
    AfterDisclosure,
}

/// One rule: these words show this act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `family.name`, unique.
    pub id: String,
    /// What it shows.
    pub act: Act,
    /// How sure and how marked, 0 to 1.
    pub strength: f64,
    /// Where it comes from.
    pub source: String,
    /// Patterns; any of them.
    pub any: Vec<String>,
    /// Patterns that keep it from firing, found in the same clause.
    #[serde(default)]
    pub unless: Vec<String>,
    /// One phrase of why, that a trainee understands.
    pub because: String,
    /// Replies that it must find.
    pub matches: Vec<String>,
    /// Replies that it must not find.
    pub not: Vec<String>,
    /// Rows of the trust matrix beyond the act's own.
    #[serde(default)]
    pub factors: Vec<TrustFactor>,
    /// What the client must have said.
    #[serde(default)]
    pub context: RuleContext,
    /// A negation, quotation or report before it cancels it, where the act is a hindering one.
    #[serde(default = "yes")]
    pub negatable: bool,
    /// It must be the whole reply.
    #[serde(default)]
    pub whole: bool,
}

fn yes() -> bool {
    true
}

/// A rule as the engine keeps it: its patterns are compiled apart, its examples are run by the tests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompiledRule<'a> {
    /// `family.name`, unique.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// What it shows.
    pub act: Act,
    /// 0 to 1.
    pub strength: f64,
    /// One phrase of why.
    #[serde(borrow)]
    pub because: Cow<'a, str>,
    /// Rows of the trust matrix beyond the act's own.
    pub factors: Vec<TrustFactor>,
    /// What the client must have said.
    pub context: RuleContext,
    /// Whether a negation, quotation or report cancels it.
    pub negatable: bool,
    /// It must be the whole reply.
    pub whole: bool,
}

impl CompiledRule<'static> {
    /// What is kept of a rule.
    #[must_use]
    pub fn of(rule: &Rule) -> Self {
        Self {
            id: Cow::Owned(rule.id.clone()),
            act: rule.act,
            strength: rule.strength,
            because: Cow::Owned(rule.because.clone()),
            factors: rule.factors.clone(),
            context: rule.context,
            negatable: rule.negatable,
            whole: rule.whole,
        }
    }
}

//! The codebook: which words show which act. Written in RON for supervisors, compiled into the binary at build time, extendable per scenario.
#![doc = include_str!("../../../codebook/README.md")]

pub(crate) mod compile;
mod file;
pub(crate) mod heads;
pub(crate) mod matcher;
mod pattern;
pub(crate) mod program;
mod set;

pub use compile::PatternError;
pub use file::{CodebookFile, CompiledRule, Rule, RuleContext};
pub use pattern::Pattern;
pub use set::{PatternSet, PatternSetBuilder};

use pattern::BuiltinLexicon;
use rustc_hash::FxHashMap;
use set::Hit;
use std::sync::{LazyLock, OnceLock};

use super::TrustFactor;
use crate::text::{End, Utterance};

static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

/// The tables of the built-in patterns, made at build time.
mod tables {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// Compiled rules with their patterns.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    rules: Vec<CompiledRule<'static>>,
    /// Entry 2n: patterns of rule n. Entry 2n + 1: what keeps it from firing.
    patterns: PatternSet,
    /// The same for rules of a scenario.
    own: PatternSet,
    /// Built-in rules that a scenario's own replace, in order.
    replaced: Vec<u32>,
    /// The numbers of the rules with rows of their own, by id; made when first asked for.
    factors: OnceLock<FxHashMap<String, usize>>,
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
        static BUILTIN: LazyLock<Codebook> = LazyLock::new(|| Codebook {
            rules: postcard::from_bytes(RULES).unwrap_or_default(),
            patterns: builtin_patterns(),
            own: PatternSet::default(),
            replaced: Vec::new(),
            factors: OnceLock::new(),
        });
        &BUILTIN
    }

    /// The built-in codebook with a scenario's own rules: a rule with a known id replaces that rule, a new id adds one.
    /// Rules that cannot be used are left out and reported, all at once.
    #[must_use]
    pub fn with(files: &[CodebookFile]) -> (Codebook, Vec<CodebookError>) {
        let mut rules = Codebook::builtin().rules.clone();
        let mut own = PatternSet::builder();
        let mut replaced = Vec::new();
        let mut errors = Vec::new();
        for rule in files.iter().flat_map(|file| &file.rules) {
            let mut compiled = Vec::new();
            let before = errors.len();
            for (patterns, unless) in [(&rule.any, 0), (&rule.unless, 1)] {
                for pattern in patterns {
                    match compile::compile(pattern, &BuiltinLexicon) {
                        Ok(program) => compiled.push((unless, program)),
                        Err(error) => {
                            errors.push(CodebookError { rule: rule.id.clone(), pattern: Some(pattern.clone()), message: error.message, at: error.at })
                        }
                    }
                }
            }
            if rule.any.is_empty() {
                errors.push(CodebookError { rule: rule.id.clone(), pattern: None, message: "the rule has no pattern".to_owned(), at: 0 });
            }
            if errors.len() > before {
                continue;
            }
            let number = match rules.iter().position(|known| known.id == rule.id) {
                Some(number) => {
                    replaced.push(number as u32);
                    rules[number] = CompiledRule::of(rule);
                    number
                }
                None => {
                    rules.push(CompiledRule::of(rule));
                    rules.len() - 1
                }
            };
            for (unless, program) in compiled {
                own.push(2 * number + unless, &program);
            }
        }
        replaced.sort_unstable();
        (Codebook { rules, patterns: builtin_patterns(), own: own.build(), replaced, factors: OnceLock::new() }, errors)
    }

    /// The rules, in order.
    #[must_use]
    pub fn rules(&self) -> &[CompiledRule<'static>] {
        &self.rules
    }

    /// The rows of the trust matrix that a rule stands for beyond its act's own; none for what is no rule.
    #[must_use]
    pub fn factors(&self, rule: &str) -> &[TrustFactor] {
        let numbers = self.factors.get_or_init(|| {
            let with_rows = self.rules.iter().enumerate().filter(|(_, rule)| !rule.factors.is_empty());
            with_rows.map(|(number, rule)| (rule.id.to_string(), number)).collect()
        });
        numbers.get(rule).and_then(|number| self.rules.get(*number)).map_or(&[], |rule| &rule.factors[..])
    }

    /// Every place where a rule's patterns match and nothing in the same clause keeps it from firing.
    pub(super) fn hits(&self, said: &Utterance, client: &Utterance) -> Vec<(&CompiledRule<'static>, Hit)> {
        let mut all = self.patterns.hits(said, Some(client));
        if !self.replaced.is_empty() {
            all.retain(|hit| self.replaced.binary_search(&(hit.entry / 2)).is_err());
        }
        all.extend(self.own.hits(said, Some(client)));
        let mut out = Vec::new();
        let mut from = 0;
        while from < all.len() {
            let number = all[from].entry / 2;
            let to = all[from..].iter().position(|hit| hit.entry / 2 != number).map_or(all.len(), |more| from + more);
            let (fires, unless): (Vec<Hit>, Vec<Hit>) = all[from..to].iter().partition(|hit| hit.entry % 2 == 0);
            from = to;
            let Some(rule) = self.rules.get(number as usize) else { continue };
            out.extend(fires.into_iter().filter(|hit| !unless.iter().any(|other| share_clause(said, *hit, *other))).map(|hit| (rule, hit)));
        }
        out
    }
}

fn builtin_patterns() -> PatternSet {
    PatternSet {
        ops: tables::OPS.into(),
        patterns: tables::PATTERNS.into(),
        negative: tables::NEGATIVE.into(),
        heads: tables::HEADS.into(),
        open: tables::OPEN.into(),
        slots: tables::SLOTS.into(),
        by_class: tables::BY_CLASS.into(),
        rows: tables::ROWS.into(),
        chunks: tables::CHUNKS.into(),
        bits: tables::BITS.into(),
        waited_for: set::waited_for(tables::BY_CLASS),
    }
}

/// Whether two matches stand in one clause, or in clauses parted by nothing but a conjunction ("I wonder | if it …").
fn share_clause(said: &Utterance, a: Hit, b: Hit) -> bool {
    let clause = |word: u32| said.words().get(word as usize).map_or(0, |word| word.clause as usize);
    let goes_on = |clause: usize| said.clauses().get(clause).is_some_and(|clause| clause.end == End::Conjunction);
    let stretch = |hit: Hit| {
        let (mut from, mut to) = (clause(hit.first), clause(hit.last.saturating_sub(1)));
        while from > 0 && goes_on(from - 1) {
            from -= 1;
        }
        while goes_on(to) {
            to += 1;
        }
        (from, to)
    };
    let ((a_first, a_last), (b_first, b_last)) = (stretch(a), stretch(b));
    a_first <= b_last && b_first <= a_last
}

#[cfg(test)]
mod examples;

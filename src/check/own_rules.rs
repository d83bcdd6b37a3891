//! A scenario's own codebook rules: each example must match, and each counter-example must not.

use crate::appraisal::codebook::CodebookFile;
use crate::appraisal::{Context, appraise};
use crate::diagnostic::Diagnostic;
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::ROOT;
use crate::scenario::parse::parse;
use crate::scenario::{Folder, Scenario};
use crate::text::Utterance;

pub(super) fn find(folder: &Folder, scenario: &Scenario) -> Vec<Diagnostic> {
    let Ok(Some(source)) = folder.read("codebook.ron") else { return Vec::new() };
    let Ok(file) = parse::<CodebookFile>(&source, "CodebookFile") else { return Vec::new() };
    let mut finder = Finder::default();
    let nothing = Utterance::read("");
    let all = ROOT.field("rules");
    for (n, rule) in file.rules.iter().enumerate() {
        let at = all.entry(n);
        let fires = |reply: &str| {
            let reply = Utterance::read(reply);
            let appraisal = appraise(&scenario.codebook, &reply, &Context::of(&nothing));
            appraisal.acts.iter().any(|found| found.rule == rule.id)
        };
        let list = at.field("matches");
        for (k, reply) in rule.matches.iter().enumerate() {
            if !fires(reply) {
                finder.error(
                    "C003",
                    &list.entry(k),
                    format!("the rule `{}` does not find its own example", rule.id),
                    Some("widen a pattern of `any`, or change the example".to_owned()),
                );
            }
        }
        let list = at.field("not");
        for (k, reply) in rule.not.iter().enumerate() {
            if fires(reply) {
                finder.error(
                    "C004",
                    &list.entry(k),
                    format!("the rule `{}` finds what it must not", rule.id),
                    Some("narrow the pattern, or add one to `unless`".to_owned()),
                );
            }
        }
    }
    finder.placed(&source)
}

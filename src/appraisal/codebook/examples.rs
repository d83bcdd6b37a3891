//! Every rule of the codebook is tried on its own examples.

use super::{Codebook, CodebookFile, RuleContext};
use crate::appraisal::{Context, recognise};
use crate::text::Utterance;

fn files() -> Vec<(String, CodebookFile)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("codebook");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|ext| ext == "ron")).collect();
    paths.sort();
    let name = |path: &std::path::Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths
        .iter()
        .filter(|path| !name(path).starts_with("lexicon") && !name(path).starts_with("grammar"))
        .map(|path| (name(path), ron::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", name(path)))))
        .collect()
}

/// What the client has said where a rule asks for a context.
fn client_for(context: RuleContext) -> Utterance {
    Utterance::read(match context {
        RuleContext::Any => "",
        RuleContext::AfterFeeling | RuleContext::AfterDisclosure => "I never told anyone, I was so ashamed of what my brother did to me that I left.",
    })
}

#[test]
fn every_rule_finds_its_examples_and_not_the_others() {
    let codebook = Codebook::builtin();
    let mut failures = Vec::new();
    for (file, rules) in files() {
        for rule in rules.rules {
            let client = client_for(rule.context);
            let fires = |reply: &str| recognise(codebook, &Utterance::read(reply), &Context::of(&client)).acts.iter().any(|found| found.rule == rule.id);
            failures.extend(rule.matches.iter().filter(|reply| !fires(reply)).map(|reply| format!("{file}: {} does not find: {reply}", rule.id)));
            failures.extend(rule.not.iter().filter(|reply| fires(reply)).map(|reply| format!("{file}: {} finds, and must not: {reply}", rule.id)));
        }
    }
    assert!(failures.is_empty(), "{} examples fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_rule_has_examples_a_source_and_a_reason() {
    for (file, rules) in files() {
        assert_eq!(rules.format, 1, "{file}");
        for rule in rules.rules {
            assert!(
                !rule.matches.is_empty() && !rule.not.is_empty() && !rule.source.is_empty() && !rule.because.is_empty() && !rule.any.is_empty(),
                "{file}: {}",
                rule.id
            );
            assert!((0.0..=1.0).contains(&rule.strength), "{file}: {}", rule.id);
        }
    }
}

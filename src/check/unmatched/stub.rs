//! A reaction to paste: the conditions as far as the words give them, and places to fill in.

use super::groups::content;
use super::near::Near;
use crate::scenario::Scenario;
use crate::text::{End, Kind, Utterance, stem};
use std::collections::BTreeSet;

/// A pattern of more words than this fits one sentence only.
const WORDS: usize = 3;

/// The stub for replies that are alike, the most frequent first. `taken` are ids in use; the new one is added.
pub(super) fn stub(scenario: &Scenario, replies: &[&str], common: &BTreeSet<String>, near: Option<&Near>, taken: &mut BTreeSet<String>) -> String {
    let head = replies.first().copied().unwrap_or_default();
    let said = Utterance::read(head);
    let order = in_order(&said, common);
    let id = free_id(&order, taken);
    let when = when(&said, replies, &order);
    let client = &scenario.file.client.name;
    let leads = near.map(|near| format!("  leads_to: \"{}\",\n", near.topic)).unwrap_or_default();
    format!(
        "(\n  id: \"{id}\",\n  // Answers such as: {}\n  when: ({when}),\n  lines: [\n    \"…\", // what {client} says\n  ],\n  feel: \"…\", // what {client} thinks and does not say\n  \
         model: (say: \"…\", because: \"…\"), // a good reply to it\n{leads}),\n",
        crate::text::on_one_line(head)
    )
}

fn when(said: &Utterance, replies: &[&str], order: &[String]) -> String {
    match said.kind() {
        Kind::Gesture => return "kind: [gesture]".to_owned(),
        Kind::Silence => return "kind: [silence]".to_owned(),
        Kind::Unintelligible => return "kind: [unintelligible]".to_owned(),
        Kind::Speech => {}
    }
    let mut parts = Vec::new();
    // One word alone would answer far more than was meant: then each wording stands for itself.
    let patterns: BTreeSet<String> = if order.len() > 1 {
        BTreeSet::from([order.join(" .. ")])
    } else {
        replies.iter().take(super::groups::EXAMPLES).filter_map(|reply| as_said(&Utterance::read(reply))).collect()
    };
    if !patterns.is_empty() {
        let quoted: Vec<String> = patterns.iter().map(|pattern| format!("\"{pattern}\"")).collect();
        parts.push(format!("says: [{}]", quoted.join(", ")));
    }
    if said.sentences().iter().any(|sentence| sentence.end == End::Question) {
        parts.push("question: true".to_owned());
    }
    parts.join(", ")
}

/// The first words of the longest clause as a pattern, as they were said; at most six.
fn as_said(said: &Utterance) -> Option<String> {
    const MOST: usize = 6;
    let clause = said.clauses().iter().rev().max_by_key(|clause| clause.last - clause.first)?;
    let plain = |at: &usize| !said.form(*at).is_empty() && said.form(*at).chars().all(char::is_alphabetic);
    let words: Vec<&str> = (clause.first as usize..clause.last as usize).take_while(plain).take(MOST).map(|at| said.form(at)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The common words in the order in which the head has them, within one clause, as items of a pattern.
fn in_order(said: &Utterance, common: &BTreeSet<String>) -> Vec<String> {
    let mut best: Vec<String> = Vec::new();
    for clause in said.clauses() {
        let mut items: Vec<(String, usize)> = Vec::new();
        for at in clause.first as usize..clause.last as usize {
            let form = said.form(at);
            let fits = common.contains(stem(form).as_ref()) && form.chars().all(|c| c.is_alphabetic() || c == '\'') && !form.is_empty();
            // A gap in a pattern spans four words at most.
            let near = items.last().is_none_or(|(_, before)| at - before <= 5);
            if fits && near && items.len() < WORDS && !items.iter().any(|(item, _)| item.trim_end_matches('~') == form) {
                let loose = if form.contains('\'') { "" } else { "~" };
                items.push((format!("{form}{loose}"), at));
            }
        }
        if items.len() > best.len() {
            best = items.into_iter().map(|(item, _)| item).collect();
        }
    }
    best
}

/// `asked_about_football`, and with a number where there is one already.
fn free_id(order: &[String], taken: &mut BTreeSet<String>) -> String {
    let words: Vec<String> =
        order.iter().flat_map(|item| content(item).into_values()).map(|word| word.chars().filter(char::is_ascii_lowercase).collect()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    let base = if words.is_empty() { "answer".to_owned() } else { format!("about_{}", words.join("_")) };
    let id = std::iter::once(base.clone()).chain((2_u32..).map(|n| format!("{base}_{n}"))).find(|id| !taken.contains(id)).unwrap_or(base);
    taken.insert(id.clone());
    id
}

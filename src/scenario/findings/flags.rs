//! Flags: each that is asked for is set somewhere, each that is set is asked for.

use super::at::{At, Finder, ROOT};
use super::walk::pools;
use crate::client::GateCondition;
use crate::diagnostic::wording::did_you_mean_or_list;
use crate::scenario::shape::{Line, ScenarioFile};
use std::collections::BTreeSet;

pub(super) fn find(file: &ScenarioFile, script: Option<&str>, finder: &mut Finder) {
    // Names for the hint are flags only; of a script those that it sets or asks for by name.
    let (mut set_names, mut asked_names): (BTreeSet<&str>, BTreeSet<&str>) =
        script.map(|text| (in_calls(text, "flag("), in_calls(text, "has_flag("))).unwrap_or_default();
    // A script may set or ask for a flag by any of its texts.
    let in_script: BTreeSet<&str> = script.map(quoted).unwrap_or_default();
    let (mut set, mut asked): (BTreeSet<&str>, BTreeSet<&str>) = (in_script.clone(), in_script);
    each_set(file, &mut |flag, _, _| {
        set.insert(flag);
        set_names.insert(flag);
    });
    each_asked(file, &mut |flag, _, _| {
        asked.insert(flag);
        asked_names.insert(flag);
    });
    each_asked(file, &mut |flag, at, must| {
        if flag.starts_with(ONLY_BY_SCRIPT) {
            return;
        }
        if !set.contains(flag) {
            let hint = did_you_mean_or_list(flag, set_names.iter().copied(), "flags that are set")
                .unwrap_or_else(|| "set it with `sets: [\"…\"]` on a line or reaction".to_owned());
            if must {
                finder.error("S026", at, format!("the flag `{flag}` is asked for and never set"), Some(hint));
            } else {
                finder.warning("S026", at, format!("the flag `{flag}` is asked for and never set"), hint);
            }
        }
    });
    each_set(file, &mut |flag, at, sets| {
        if !asked.contains(flag) && sets {
            let hint = did_you_mean_or_list(flag, asked_names.iter().copied(), "flags that are asked for")
                .unwrap_or_else(|| "ask for it with `flags: [\"…\"]`, or take it out".to_owned());
            finder.warning("S027", at, format!("the flag `{flag}` is set and nothing asks for it"), hint);
        }
    });
}

/// A flag that is never set keeps a reaction for scripts, which say its lines by `line(id)`.
const ONLY_BY_SCRIPT: &str = "only_by_script";

fn each_set<'a>(file: &'a ScenarioFile, visit: &mut dyn FnMut(&'a str, &At<'_>, bool)) {
    pools(file, &mut |pool, at, _| {
        for (n, line) in pool.lines.iter().enumerate() {
            if let Line::Full(line) = line {
                list(&line.sets, &at.entry(n).field("sets"), &mut |flag, at| visit(flag, at, true));
            }
        }
    });
    let all = ROOT.field("reactions");
    for (n, reaction) in file.reactions.iter().enumerate() {
        list(&reaction.sets, &all.entry(n).field("sets"), &mut |flag, at| visit(flag, at, true));
    }
    let all = ROOT.field("sessions");
    for (n, session) in file.sessions.iter().enumerate() {
        let at = all.entry(n);
        list(&session.flags, &at.field("flags"), &mut |flag, at| visit(flag, at, false));
        let events = at.field("events");
        for (n, event) in session.events.iter().enumerate() {
            list(&event.sets, &events.entry(n).field("sets"), &mut |flag, at| visit(flag, at, true));
        }
        let recalls = at.field("recalls");
        for (n, recall) in session.recalls.iter().enumerate() {
            list(&recall.sets, &recalls.entry(n).field("sets"), &mut |flag, at| visit(flag, at, true));
        }
    }
}

/// The last argument: whether nothing happens unless the flag is set.
fn each_asked<'a>(file: &'a ScenarioFile, visit: &mut dyn FnMut(&'a str, &At<'_>, bool)) {
    let all = ROOT.field("reactions");
    for (n, reaction) in file.reactions.iter().enumerate() {
        let at = all.entry(n);
        let when = at.field("when");
        list(&reaction.when.flags, &when.field("flags"), &mut |flag, at| visit(flag, at, true));
        list(&reaction.when.not_flags, &when.field("not_flags"), &mut |flag, at| visit(flag, at, false));
        list(&reaction.clears, &at.field("clears"), &mut |flag, at| visit(flag, at, false));
    }
    let all = ROOT.field("sessions");
    for (n, session) in file.sessions.iter().enumerate() {
        let at = all.entry(n);
        let events = at.field("events");
        for (n, event) in session.events.iter().enumerate() {
            list(&event.flags, &events.entry(n).field("flags"), &mut |flag, at| visit(flag, at, true));
        }
        let recalls = at.field("recalls");
        for (n, recall) in session.recalls.iter().enumerate() {
            let since = recalls.entry(n);
            let since = since.field("since");
            list(&recall.since.flags, &since.field("flags"), &mut |flag, at| visit(flag, at, true));
            list(&recall.since.not_flags, &since.field("not_flags"), &mut |flag, at| visit(flag, at, false));
        }
    }
    let all = ROOT.field("disclosures");
    for (n, disclosure) in file.disclosures.iter().enumerate() {
        let at = all.entry(n);
        let needs = at.field("needs");
        for (n, need) in disclosure.needs.iter().enumerate() {
            if let GateCondition::Flag(flag) = need {
                visit(flag, &needs.entry(n), true);
            }
        }
    }
}

fn list<'a>(flags: &'a [String], at: &At<'_>, visit: &mut dyn FnMut(&'a str, &At<'_>)) {
    for (n, flag) in flags.iter().enumerate() {
        visit(flag, &at.entry(n));
    }
}

/// What stands between quotation marks in a script.
fn quoted(script: &str) -> BTreeSet<&str> {
    script.split('"').skip(1).step_by(2).collect()
}

/// The texts that a script gives to this function.
fn in_calls<'a>(script: &'a str, call: &str) -> BTreeSet<&'a str> {
    let own_name = |at: usize| !script[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
    let calls = script.match_indices(call).filter(|(at, _)| own_name(*at));
    calls.filter_map(|(at, _)| script[at + call.len()..].trim_start().strip_prefix('"')?.split('"').next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_given_to_the_function_is_a_flags_name() {
        let script = "if client.has_flag(\"told\") { return react().say(\"Hm.\").flag( \"again\" ); }";
        assert_eq!(in_calls(script, "flag("), BTreeSet::from(["again"]));
        assert_eq!(in_calls(script, "has_flag("), BTreeSet::from(["told"]));
    }
}

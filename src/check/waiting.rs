//! Gates that wait for a flag which can only be set after they were opened: found by letting everything happen that can.

use crate::client::GateCondition;
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::ROOT;
use crate::scenario::findings::walk::{Room, pools};
use crate::scenario::shape::{Line, ScenarioFile};
use std::collections::BTreeSet;

pub(super) fn find(file: &ScenarioFile, script: Option<&str>, finder: &mut Finder) {
    let can_be_set = everything_that_can_be(file, script);
    let is_set_somewhere = |flag: &str| {
        let mut set = file.reactions.iter().any(|reaction| reaction.sets.iter().any(|other| other == flag));
        pools(file, &mut |pool, _, _| set |= pool.lines.iter().any(|line| sets(line).iter().any(|other| other == flag)));
        set
    };
    let all = ROOT.field("disclosures");
    for (n, told) in file.disclosures.iter().enumerate() {
        let at = all.entry(n);
        let needs = at.field("needs");
        for (n, need) in told.needs.iter().enumerate() {
            // A flag that nobody sets at all is another finding.
            if let GateCondition::Flag(flag) = need
                && !can_be_set.contains(flag.as_str())
                && is_set_somewhere(flag)
            {
                finder.error(
                    "K001",
                    &needs.entry(n),
                    format!("the gate `{}` can never open: the flag `{flag}` is only set by what comes after it", told.id),
                    Some("set the flag by something that can happen before, or take the need out".to_owned()),
                );
            }
        }
    }
}

/// The flags that can be set, where every gate opens as soon as what it needs can be, and every reaction answers as soon as it may.
fn everything_that_can_be<'a>(file: &'a ScenarioFile, script: Option<&'a str>) -> BTreeSet<&'a str> {
    let mut flags: BTreeSet<&str> = script.map(|text| text.split('"').skip(1).step_by(2).collect()).unwrap_or_default();
    for session in &file.sessions {
        flags.extend(session.flags.iter().map(String::as_str));
        flags.extend(session.events.iter().flat_map(|event| &event.sets).map(String::as_str));
        flags.extend(session.recalls.iter().flat_map(|recall| &recall.sets).map(String::as_str));
    }
    pools(file, &mut |pool, _, _| {
        let of_a_reaction = pool.name.starts_with("the reaction");
        if pool.room != Room::Told && !of_a_reaction {
            flags.extend(pool.lines.iter().flat_map(sets).map(String::as_str));
        }
    });
    let mut told: BTreeSet<&str> = file.sessions.iter().flat_map(|session| &session.told).map(String::as_str).collect();
    loop {
        let before = (flags.len(), told.len());
        for disclosure in &file.disclosures {
            let can = disclosure.needs.iter().all(|need| match need {
                GateCondition::Told(id) => told.contains(id.as_str()),
                GateCondition::Flag(flag) => flags.contains(flag.as_str()),
                _ => true,
            });
            if can || told.contains(disclosure.id.as_str()) {
                told.insert(&disclosure.id);
                flags.extend(disclosure.lines.iter().chain(&disclosure.more).flat_map(sets).map(String::as_str));
            }
        }
        for reaction in &file.reactions {
            let when = &reaction.when;
            if when.told.iter().all(|id| told.contains(id.as_str())) && when.flags.iter().all(|flag| flags.contains(flag.as_str())) {
                flags.extend(reaction.sets.iter().chain(reaction.lines.iter().flat_map(sets)).map(String::as_str));
            }
        }
        if (flags.len(), told.len()) == before {
            return flags;
        }
    }
}

fn sets(line: &Line) -> &[String] {
    match line {
        Line::Plain(_) => &[],
        Line::Full(line) => &line.sets,
    }
}

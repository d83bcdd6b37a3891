//! Themes of risk are opt-in, and methods of self-harm never stand in a scenario (clinical.md, sections 5 and 7).

use super::voice::holds;
use crate::scenario::Scenario;
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::ROOT;
use crate::scenario::findings::walk::pools;

/// Words by which a client speaks of not wanting to live, or of hurting herself. In the sense of a checklist: rather one too many.
const RISK: &[&str] = &[
    "suicide",
    "suicidal",
    "kill myself",
    "killing myself",
    "end my life",
    "end it all",
    "take my own life",
    "self-harm",
    "self harm",
    "hurt myself",
    "hurting myself",
    "cut myself",
    "cutting myself",
    "better off dead",
    "don't want to live",
    "not want to live",
    "wish i was dead",
    "wish i were dead",
    "overdose",
    "no reason to live",
];
/// How it is done. Never written, whatever the scenario is marked as.
const METHODS: &[&str] = &[
    "hang myself",
    "hanged myself",
    "noose",
    "slit my wrists",
    "cut my wrists",
    "jump off",
    "jump from the",
    "in front of a train",
    "in front of the train",
    "took all the pills",
    "take all the pills",
    "took all my pills",
    "all the tablets",
    "exhaust pipe",
    "razor blade",
    "loaded gun",
    "shoot myself",
];

pub(super) fn find(scenario: &Scenario, finder: &mut Finder) {
    let file = &scenario.file;
    let mut at_risk = false;
    pools(file, &mut |pool, at, _| {
        for (n, line) in pool.lines.iter().enumerate() {
            let said = line.say().to_lowercase().replace('’', "'");
            let entry = at.entry(n);
            if let Some(method) = METHODS.iter().find(|method| holds(&said, method)) {
                finder.error(
                    "K013",
                    &entry,
                    format!("`{method}` says how it is done"),
                    Some("leave the method out, always: speak of the wish, the night, the person who was called".to_owned()),
                );
            }
            if let Some(theme) = RISK.iter().find(|theme| holds(&said, theme)) {
                at_risk = true;
                if !file.risk {
                    finder.error(
                        "K012",
                        &entry,
                        format!("`{theme}` is a theme of risk, and this scenario is not marked as one"),
                        Some("write `risk: true`, say it in the content note, and end it with the supervisor taking over; or take the line out".to_owned()),
                    );
                }
            }
        }
    });
    if file.risk && !at_risk {
        finder.advice(
            "K014",
            &ROOT.field("risk"),
            "the scenario is marked as one of risk and no line shows it",
            "take `risk: true` out, so that more trainees find it",
        );
    }
}

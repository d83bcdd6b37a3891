//! Progress for programs.

use super::ProgressReport;
use crate::report::when::iso;
use serde_json::{Value, json};

/// One object.
#[must_use]
pub fn progress_json(report: &ProgressReport) -> Value {
    let progress = &report.progress;
    let sessions: Vec<Value> = progress
        .sat
        .iter()
        .map(|sat| {
            let [empathy, non_judgment, listening] = sat.scores;
            json!({
                "session": sat.id, "scenario": sat.scenario, "number": sat.number, "since": iso(sat.since), "turns": sat.turns,
                "empathy": empathy, "non_judgment": non_judgment, "listening": listening, "trust": sat.trust,
            })
        })
        .collect();
    let [empathy, non_judgment, listening] = &progress.scales;
    let courses: Vec<Value> = report.courses.iter().map(|(name, outcomes)| json!({ "course": name, "outcomes": outcomes })).collect();
    let drills: serde_json::Map<String, Value> = report.book.skills().map(|(skill, standing)| (skill.to_owned(), json!(standing))).collect();
    json!({
        "person": report.person, "sessions": progress.sessions, "turns": progress.turns, "level": progress.level,
        "strengths": progress.strengths, "one_thing": progress.one_thing, "next": progress.next,
        "empathy": empathy, "non_judgment": non_judgment, "listening": listening, "trust_gain": progress.trust_gain,
        "rows": progress.rows, "acts": progress.acts, "gap": progress.gap, "courses": courses, "drills": drills, "each": sessions,
    })
}

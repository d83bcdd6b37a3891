//! Sessions as JSON: everything that was kept of them, and what came of it.

use super::SessionReport;
use crate::record::Fidelity;
use crate::report::when::iso;
use serde_json::{Value, json};

/// One session.
#[must_use]
pub fn session_json(report: &SessionReport) -> Value {
    let row = &report.revisit.row;
    let inputs: Vec<Value> = report
        .revisit
        .turns
        .iter()
        .map(|turn| {
            json!({"seq": turn.seq, "turn": turn.turn, "kind": turn.kind.name(), "at": iso(turn.at), "redacted": turn.redacted,
                "said": turn.input.as_ref().map(|input| &input.words), "events": turn.events})
        })
        .collect();
    json!({
        "id": row.id, "uuid": row.uuid, "person": report.person, "course": report.course, "scenario": row.scenario, "title": report.revisit.title,
        "client": report.revisit.client, "session": row.number, "digest": row.digest, "engine": row.engine, "opening": row.opening, "open": row.open,
        "reason": row.reason, "since": iso(row.since), "until": row.until.map(iso), "turns": row.turns,
        "replayed": report.revisit.fidelity == Fidelity::Identical, "summary": report.revisit.summary(), "ratings": report.ratings, "notes": report.notes,
        "debrief": report.debrief, "entries": inputs,
    })
}

//! Sessions as xAPI statements, one a line, in the order and after the rules of cmi5 (AICC, cmi5 1.0, sections 9 and 10): `initialized` first, `completed` always,
//! `passed` or `failed` with a score only where an instructor asks for it, `terminated` last. Names are opaque, ids are derived, so that the same session gives
//! the same statements.

use super::SessionReport;
use crate::report::when::iso;
use crate::scoring::scorecard::Scorecard;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const HOME: &str = "https://practicum.invalid";
const CATEGORY: &str = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
const MOVE_ON: &str = "https://w3id.org/xapi/cmi5/context/categories/moveon";
const SESSION: &str = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";
const MASTERY: &str = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";

const INITIALIZED: &str = "http://adlnet.gov/expapi/verbs/initialized";
const COMPLETED: &str = "http://adlnet.gov/expapi/verbs/completed";
const PASSED: &str = "http://adlnet.gov/expapi/verbs/passed";
const FAILED: &str = "http://adlnet.gov/expapi/verbs/failed";
const TERMINATED: &str = "http://adlnet.gov/expapi/verbs/terminated";

/// The statements of one closed session, one a line; none of one that is still open. `mastery` is the instructor's: the share of the scale, 0 to 1, from which
/// a session counts as passed.
#[must_use]
pub fn statements(report: &SessionReport, mastery: Option<f64>) -> Vec<Value> {
    let row = &report.revisit.row;
    if row.open {
        return Vec::new();
    }
    statements_of(
        &Sat {
            uuid: &row.uuid,
            person: &report.person,
            scenario: &row.scenario,
            number: row.number,
            title: &report.title(),
            since: row.since,
            until: row.until.unwrap_or(row.since),
            scores: &report.debrief.scores,
        },
        mastery,
    )
}

/// A session that was sat and closed, as far as statements tell of it.
#[derive(Clone, Copy, Debug)]
pub struct Sat<'a> {
    /// Its name, the same for ever.
    pub uuid: &'a str,
    /// Whose; only a name derived from it goes out.
    pub person: &'a str,
    /// The scenario's id.
    pub scenario: &'a str,
    /// Which session of it.
    pub number: u32,
    /// Its title.
    pub title: &'a str,
    /// Begun, in milliseconds since 1970.
    pub since: i64,
    /// Closed, likewise.
    pub until: i64,
    /// The three means.
    pub scores: &'a Scorecard,
}

/// The statements of a session, as [`statements`].
#[must_use]
pub fn statements_of(row: &Sat<'_>, mastery: Option<f64>) -> Vec<Value> {
    let session = Uuid::parse_str(row.uuid).unwrap_or_else(|_| Uuid::new_v5(&Uuid::NAMESPACE_URL, row.uuid.as_bytes()));
    let derived = |purpose: &str| Uuid::new_v5(&session, purpose.as_bytes()).to_string();
    let person = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{HOME}/people/{}", row.person.to_lowercase()).as_bytes());
    // A clock that was set back makes no time run backwards here.
    let (since, until) = (row.since, row.until.max(row.since));
    let seconds = (until - since) / 1000;
    let duration = format!("PT{seconds}S");
    let statement = |verb: &str, at: i64, result: Option<Value>, move_on: bool, mastery: Option<f64>| {
        let mut categories = vec![json!({"id": CATEGORY, "objectType": "Activity"})];
        if move_on {
            categories.push(json!({"id": MOVE_ON, "objectType": "Activity"}));
        }
        let mut extensions = json!({ SESSION: row.uuid });
        if let (Some(mastery), Some(fields)) = (mastery, extensions.as_object_mut()) {
            fields.insert(MASTERY.to_owned(), json!(mastery));
        }
        let name = verb.rsplit('/').next().unwrap_or_default();
        let mut statement = json!({
            "id": derived(name),
            "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": person.to_string()}},
            "verb": {"id": verb, "display": {"en": name}},
            "object": {
                "objectType": "Activity",
                "id": format!("{HOME}/scenarios/{}/session/{}", row.scenario, row.number),
                "definition": {"type": "http://adlnet.gov/expapi/activities/simulation", "name": {"en": row.title}},
            },
            "timestamp": iso(at),
            "context": {"registration": derived("registration"), "contextActivities": {"category": categories}, "extensions": extensions},
        });
        if let (Some(result), Some(fields)) = (result, statement.as_object_mut()) {
            fields.insert("result".to_owned(), result);
        }
        statement
    };
    let mut all = vec![statement(INITIALIZED, since, None, false, None)];
    all.push(statement(COMPLETED, until, Some(json!({"completion": true, "duration": duration})), true, None));
    if let (Some(mastery), Some(scaled)) = (mastery, scaled(row.scores)) {
        let success = scaled >= mastery;
        let result = json!({"success": success, "score": {"scaled": scaled}, "duration": duration});
        all.push(statement(if success { PASSED } else { FAILED }, until, Some(result), true, Some(mastery)));
    }
    all.push(statement(TERMINATED, until, Some(json!({"duration": duration})), false, None));
    all
}

/// The mean of the three scores on a scale from 0 to 1, to four places.
fn scaled(card: &Scorecard) -> Option<f64> {
    let means: Vec<f64> = [card.empathy, card.non_judgment, card.listening].into_iter().flatten().map(|mean| mean.points).collect();
    #[allow(clippy::cast_precision_loss)] // three at most
    let mean = means.iter().sum::<f64>() / means.len().max(1) as f64;
    (!means.is_empty()).then(|| (((mean - 1.0) / 4.0).clamp(0.0, 1.0) * 10_000.0).round() / 10_000.0)
}

/// Everything that keeps these lines from being statements in cmi5's order; empty where they are.
#[must_use]
pub fn problems(lines: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut ids = BTreeSet::new();
    let mut sessions: BTreeMap<String, Vec<(usize, String, String)>> = BTreeMap::new();
    for (number, line) in (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let value: Value = match serde_json::from_str(line) {
            Ok(value) => value,
            Err(error) => {
                problems.push(format!("line {number} is no JSON: {error}"));
                continue;
            }
        };
        problems.extend(of_statement(&value).into_iter().map(|problem| format!("line {number}: {problem}")));
        let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let id = text("/id");
        if Uuid::parse_str(&id).is_err() {
            problems.push(format!("line {number}: the id is no UUID"));
        } else if !ids.insert(id) {
            problems.push(format!("line {number}: the id was used before"));
        }
        sessions.entry(text("/context/registration")).or_default().push((number, text("/verb/id"), text("/timestamp")));
    }
    for (_, statements) in sessions {
        problems.extend(of_order(&statements));
    }
    problems
}

fn of_statement(value: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let mut needs = |holds: bool, problem: &str| {
        if !holds {
            problems.push(problem.to_owned());
        }
    };
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let verb = text("/verb/id");
    needs([INITIALIZED, COMPLETED, PASSED, FAILED, TERMINATED].contains(&verb), "the verb is none of cmi5's for a unit");
    needs(!text("/actor/account/homePage").is_empty() && !text("/actor/account/name").is_empty(), "the actor has no account");
    needs(value.pointer("/actor/mbox").is_none() && value.pointer("/actor/name").is_none(), "the actor is named in clear");
    needs(text("/object/id").starts_with("http"), "the object has no IRI");
    needs(text("/timestamp").parse::<jiff::Timestamp>().is_ok(), "the timestamp is none");
    needs(Uuid::parse_str(text("/context/registration")).is_ok(), "the registration is no UUID");
    needs(value.pointer("/context/extensions").is_some_and(|extensions| extensions.get(SESSION).is_some()), "the session id is missing");
    let categories: Vec<&str> = value
        .pointer("/context/contextActivities/category")
        .and_then(Value::as_array)
        .map(|all| all.iter().filter_map(|one| one.get("id")?.as_str()).collect())
        .unwrap_or_default();
    needs(categories.contains(&CATEGORY), "the category of cmi5 is missing");
    let judged = [PASSED, FAILED].contains(&verb);
    needs(categories.contains(&MOVE_ON) == (verb == COMPLETED || judged), "the category moveOn belongs to completed, passed and failed only");
    let scaled = value.pointer("/result/score/scaled").and_then(Value::as_f64);
    needs(value.pointer("/result/score").is_none() || judged, "a score belongs to passed and failed only");
    needs(scaled.is_none_or(|scaled| (0.0..=1.0).contains(&scaled)), "the scaled score is not between 0 and 1");
    needs(!judged || value.pointer("/result/success").and_then(Value::as_bool) == Some(verb == PASSED), "success does not fit the verb");
    needs(verb != COMPLETED || value.pointer("/result/completion").and_then(Value::as_bool) == Some(true), "completed without completion");
    let duration = text("/result/duration");
    needs(verb == INITIALIZED || (duration.starts_with('P') && duration.parse::<jiff::SignedDuration>().is_ok()), "the duration is no ISO 8601 duration");
    problems
}

fn of_order(statements: &[(usize, String, String)]) -> Vec<String> {
    let mut problems = Vec::new();
    let count = |verb: &str| statements.iter().filter(|(_, other, _)| other == verb).count();
    let first = statements.first();
    let last = statements.last();
    if first.is_some_and(|(_, verb, _)| verb != INITIALIZED) {
        problems.push(format!("line {}: a session begins with initialized", first.map_or(0, |(line, ..)| *line)));
    }
    if last.is_some_and(|(_, verb, _)| verb != TERMINATED) {
        problems.push(format!("line {}: a session ends with terminated", last.map_or(0, |(line, ..)| *line)));
    }
    let at = last.map_or(0, |(line, ..)| *line);
    for (verb, name) in [(INITIALIZED, "initialized"), (COMPLETED, "completed"), (TERMINATED, "terminated")] {
        if count(verb) != 1 {
            problems.push(format!("line {at}: a session has one {name}, and this one has {}", count(verb)));
        }
    }
    if count(PASSED) + count(FAILED) > 1 {
        problems.push(format!("line {at}: a session is passed or failed at most once"));
    }
    for pair in statements.windows(2) {
        if let [(_, _, before), (line, _, after)] = pair
            && after < before
        {
            problems.push(format!("line {line}: the time runs backwards"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(verb: &str, id: u8, more: &str) -> String {
        let move_on = if verb == "completed" || verb == "passed" { format!(",{{\"id\":\"{MOVE_ON}\"}}") } else { String::new() };
        format!(
            r#"{{"id":"00000000-0000-0000-0000-0000000000{id:02}","actor":{{"account":{{"homePage":"https://x","name":"y"}}}},"verb":{{"id":"http://adlnet.gov/expapi/verbs/{verb}"}},"object":{{"id":"https://x/a"}},"timestamp":"2026-01-01T00:00:0{id}.000Z","context":{{"registration":"00000000-0000-0000-0000-000000000099","extensions":{{"{SESSION}":"s"}},"contextActivities":{{"category":[{{"id":"{CATEGORY}"}}{move_on}]}}}}{more}}}"#
        )
    }

    #[test]
    fn the_order_is_cmi5s() {
        let (open, done, end) = (
            line("initialized", 1, ""),
            line("completed", 2, r#","result":{"completion":true,"duration":"PT1S"}"#),
            line("terminated", 3, r#","result":{"duration":"PT1S"}"#),
        );
        assert_eq!(problems(&format!("{open}\n{done}\n{end}\n")), Vec::<String>::new());
        assert!(problems(&format!("{done}\n{open}\n{end}\n")).iter().any(|problem| problem.contains("begins with initialized")));
        assert!(problems(&format!("{open}\n{end}\n")).iter().any(|problem| problem.contains("one completed")));
        let scored = line("completed", 2, r#","result":{"completion":true,"duration":"PT1S","score":{"scaled":0.5}}"#);
        assert!(problems(&format!("{open}\n{scored}\n{end}\n")).iter().any(|problem| problem.contains("a score belongs")));
        assert!(problems("{").iter().any(|problem| problem.contains("no JSON")));
    }
}

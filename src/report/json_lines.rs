//! Events as JSON Lines, in the contract's form: acts as in `score`, no times and no ids, the same bytes for the same session.

use crate::appraisal::FoundAct;
use crate::session::event::{Event, What};
use serde::Serialize;
use serde_json::Value;

/// An act as `score` writes it.
#[derive(Debug, Serialize)]
struct ActRow<'a> {
    act: crate::appraisal::Act,
    rule: &'a str,
    start: usize,
    end: usize,
    because: &'a str,
}

/// One line, without its newline.
#[must_use]
pub fn json_line(event: &Event) -> String {
    let Ok(mut value) = serde_json::to_value(event) else { return String::new() };
    if let (What::Appraised { acts, .. }, Value::Object(fields)) = (&event.what, &mut value) {
        let rows: Vec<ActRow<'_>> = acts.iter().map(row).collect();
        fields.insert("acts".to_owned(), serde_json::to_value(rows).unwrap_or_default());
    }
    value.to_string()
}

fn row(found: &FoundAct) -> ActRow<'_> {
    ActRow { act: found.act, rule: &found.rule, start: found.span.start, end: found.span.end, because: &found.because }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::Act;
    use crate::text::Span;

    #[test]
    fn acts_stand_as_in_score() {
        let acts = vec![FoundAct { act: Act::Advice, rule: "a.b".into(), span: Span::new(1, 4), because: "x".into(), strength: 0.5 }];
        let event = Event { turn: 3, what: What::Appraised { empathy: Some(3.5), non_judgment: None, listening: None, acts } };
        let line = json_line(&event);
        assert_eq!(
            line,
            r#"{"turn":3,"event":"appraised","empathy":3.5,"non_judgment":null,"listening":null,"acts":[{"act":"advice","rule":"a.b","start":1,"end":4,"because":"x"}]}"#
        );
    }
}

//! Sessions as CSV: one row a turn. No cell is a formula.

use super::SessionReport;
use crate::appraisal::Scale;
use crate::report::when::iso;
use crate::text::on_one_line;

const HEAD: [&str; 22] = [
    "session",
    "uuid",
    "person",
    "course",
    "scenario",
    "number",
    "since",
    "turn",
    "client_said",
    "you_said",
    "client_answered",
    "empathy",
    "non_judgment",
    "listening",
    "trust_before",
    "trust_after",
    "acts",
    "rupture",
    "repaired",
    "disclosed",
    "redacted",
    "rated_by_you",
];

/// All turns of these sessions.
#[must_use]
pub fn turns_csv(reports: &[SessionReport]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(HEAD);
    for report in reports {
        let row = &report.revisit.row;
        let own = report.own().map(|own| [own.empathy, own.non_judgment, own.listening].map(number).join(" ")).unwrap_or_default();
        let redacted: Vec<u32> = report.revisit.turns.iter().filter(|turn| turn.redacted).map(|turn| turn.turn).collect();
        for turn in &report.records {
            let points = |scale| number(turn.appraisal.scores.points(scale));
            let acts: Vec<&str> = turn.appraisal.acts.iter().map(|found| found.act.name()).collect();
            let cells = [
                row.id.to_string(),
                row.uuid.clone(),
                report.person.clone(),
                report.course.clone().unwrap_or_default(),
                row.scenario.clone(),
                row.number.to_string(),
                iso(row.since),
                turn.turn.to_string(),
                turn.answered.clone(),
                turn.heard.clone(),
                turn.said.clone(),
                points(Scale::Empathy),
                points(Scale::NonJudgment),
                points(Scale::Listening),
                format!("{:.4}", turn.trust.0),
                format!("{:.4}", turn.trust.1),
                acts.join(" "),
                turn.ruptured.map_or_else(String::new, |mark| mark.severity.to_string()),
                turn.repaired.to_string(),
                turn.disclosed.as_ref().map_or_else(String::new, |(id, _)| id.clone()),
                redacted.contains(&turn.turn).to_string(),
                own.clone(),
            ];
            let _ = writer.write_record(cells.map(|cell| harmless(&cell)));
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn number(points: Option<f64>) -> String {
    points.map_or_else(String::new, |points| format!("{points:.2}"))
}

/// A cell that a spreadsheet would calculate is led by an apostrophe (OWASP, "CSV injection").
#[must_use]
pub fn harmless(cell: &str) -> String {
    let cell = on_one_line(cell);
    let risky = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
    if risky { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=1+2"), "'=1+2");
        assert_eq!(harmless("@sum"), "'@sum");
        assert_eq!(harmless("-0.5"), "-0.5");
        assert_eq!(harmless("- no\nyes"), "'- no yes");
    }
}

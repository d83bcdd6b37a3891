//! Rating sheets as CSV files: one reply a row, three empty cells to fill in, no scores and no names.

use super::Error;
use crate::report::class_home::harmless;
use crate::scoring::sheet::{Filled, SCALES};
use std::collections::BTreeMap;
use std::path::Path;

/// A reply on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Tells nothing of whose it is.
    pub id: String,
    /// What was said before, oldest first, each line with its speaker.
    pub before: Vec<(bool, String)>,
    /// The client's last words.
    pub client: String,
    /// The reply to rate.
    pub reply: String,
    /// Marks; empty on a blank sheet.
    pub marks: [Option<f64>; 3],
}

const HEADS: [&str; 8] = ["id", "before", "client", "reply", SCALES[0], SCALES[1], SCALES[2], "note"];
/// How a line of the client is marked in `before`, and one of the trainee.
const SPEAKERS: [&str; 2] = ["Client: ", "Trainee: "];

/// The sheet's text.
#[must_use]
pub fn written(rows: &[Row]) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    // A writer into memory does not fail.
    let _ = table.write_record(HEADS);
    for row in rows {
        let before: Vec<String> =
            row.before.iter().map(|(client, text)| format!("{}{}", SPEAKERS[usize::from(!client)], crate::text::on_one_line(text))).collect();
        let mark = |which: usize| row.marks[which].map(crate::scoring::rubric::figure).unwrap_or_default();
        let before = before.join("\n");
        let _ = table.write_record([row.id.as_str(), &before, &harmless(&row.client), &harmless(&row.reply), &mark(0), &mark(1), &mark(2), ""]);
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Reads a sheet, blank or filled.
///
/// # Errors
/// A file that cannot be read, columns that are missing, a mark that is none.
pub fn read(path: &Path) -> Result<Vec<Row>, Error> {
    let name = path.display().to_string();
    let bytes = super::unmatched::read(path).map_err(|cause| Error::Unreadable { path: name.clone(), cause })?;
    let text = String::from_utf8_lossy(&bytes);
    parsed(text.trim_start_matches('\u{feff}')).map_err(|why| Error::unusable(format!("`{name}` is no rating sheet that I can read: {why}.")))
}

fn parsed(text: &str) -> Result<Vec<Row>, String> {
    // Spreadsheets of many countries write semicolons.
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let heads = table.headers().map_err(|error| error.to_string())?.clone();
    let column = |wanted: &str| heads.iter().position(|head| head.trim().eq_ignore_ascii_case(wanted)).ok_or_else(|| format!("there is no column `{wanted}`"));
    let [id, before, client, reply] = [column("id")?, column("before")?, column("client")?, column("reply")?];
    let scales = [column(SCALES[0])?, column(SCALES[1])?, column(SCALES[2])?];
    let mut rows = Vec::new();
    for (at, record) in table.records().enumerate() {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |column: usize| bare(record.get(column).unwrap_or_default());
        let mut marks = [None; 3];
        for (mark, column) in marks.iter_mut().zip(scales) {
            let text = record.get(column).unwrap_or_default().trim().replace(',', ".");
            if text.is_empty() {
                continue;
            }
            let value: f64 = text.parse().map_err(|_| format!("row {}: `{}` is no mark", at + 1, crate::text::on_one_line(&text)))?;
            if !(1.0..=5.0).contains(&value) {
                return Err(format!("row {}: {value} is not between 1 and 5", at + 1));
            }
            *mark = Some(value);
        }
        let before = record.get(before).unwrap_or_default().lines().filter_map(|line| {
            let said = |speaker: &str| line.strip_prefix(speaker).map(str::to_owned);
            said(SPEAKERS[0]).map(|text| (true, text)).or_else(|| said(SPEAKERS[1]).map(|text| (false, text)))
        });
        rows.push(Row { id: record.get(id).unwrap_or_default().trim().to_owned(), before: before.collect(), client: cell(client), reply: cell(reply), marks });
    }
    if rows.is_empty() { Err("it has no rows".to_owned()) } else { Ok(rows) }
}

/// Takes back the apostrophe that keeps a cell from starting a formula.
fn bare(cell: &str) -> String {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '|', '%'])).unwrap_or(cell).to_owned()
}

/// The marks by id, as agreement is reckoned from.
#[must_use]
pub fn filled(who: &str, rows: &[Row]) -> Filled {
    let marks: BTreeMap<String, [Option<f64>; 3]> = rows.iter().map(|row| (row.id.clone(), row.marks)).collect();
    (who.to_owned(), marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_comes_back_as_it_was_and_no_cell_starts_a_formula() {
        let row = Row {
            id: "r1".to_owned(),
            before: vec![(true, "I, \"well\"".to_owned()), (false, "Go on.".to_owned())],
            client: "=SUM(1)".to_owned(),
            reply: "-- I hear you, always; and then?".to_owned(),
            marks: [Some(3.5), None, Some(5.0)],
        };
        let text = written(std::slice::from_ref(&row));
        assert!(!text.contains(",=SUM"), "{text}");
        assert_eq!(parsed(&text).unwrap(), [row]);
    }

    #[test]
    fn semicolons_and_decimal_commas_are_read_and_what_is_wrong_is_said() {
        let text = "id;before;client;reply;empathy;non_judgment;listening\nr1;;Hm.;Oh.;2,5;;4\n";
        assert_eq!(parsed(text).unwrap()[0].marks, [Some(2.5), None, Some(4.0)]);
        for (text, why) in [
            ("id,client\na,b", "before"),
            ("id,before,client,reply,empathy,non_judgment,listening\nr1,,a,b,9,,", "between"),
            ("id,before,client,reply,empathy,non_judgment,listening\nr1,,a,b,good,,", "no mark"),
        ] {
            assert!(parsed(text).unwrap_err().contains(why), "{text}");
        }
    }
}

//! What a supervisor works with, from outside: assignments and what comes back, ratings beside the program, blind sheets.

use crate::cli::{own_folder, practicum, told};
use serde_json::Value;
use std::fs;

const TALK: &str = "It is for you as much as for me; you can read it whenever you like.\nIt sounds as if you have had to be careful whom you trust.\nWhat would you like to talk about?\n";

fn text(path: &std::path::Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn an_assignment_is_written_played_handed_in_and_collected() {
    let folder = tempfile::tempdir().expect("a folder");
    let assignment = text(&folder.path().join("week3.ron"));
    let (out, err, code) = told(&mut practicum(&["assign", "samantha", "--seed", "7", "--feedback", "end", "--task", "Stay with her.", "-o", &assignment]));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("play --assignment"), "{out}");
    let (_, err, code) = told(&mut practicum(&["assign", "samantha", "-o", &assignment]));
    assert_eq!((code, err.contains("do not overwrite")), (2, true), "{err}");

    let data = text(&own_folder());
    let (out, err, code) = told(practicum(&["--data-dir", &data, "play", "--assignment", &assignment, "--as", "Ada"]).write_stdin(TALK));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Stay with her.") && out.contains("What this assignment looks at") && out.contains("no mark"), "{out}");
    let (_, err, code) = told(practicum(&["play", "stefano", "--assignment", &assignment]).write_stdin(""));
    assert_eq!((code, err.contains("not with `stefano`")), (2, true), "{err}");

    let handed = folder.path().join("in");
    fs::create_dir(&handed).expect("a folder");
    let ada = text(&handed.join("ada.json"));
    let (out, err, code) = told(&mut practicum(&["--data-dir", &data, "export", "last", "--as", "Ada", "--format", "session", "--out", &ada]));
    assert_eq!(code, 0, "{err}{out}");
    let (out, err, code) = told(&mut practicum(&["collect", "--assignment", &assignment, &text(&handed)]));
    assert_eq!(code, 0, "{err}{out}");
    assert!(out.contains("replayed: the same") && out.contains("Ada") && out.contains("none of this is a mark"), "{out}");

    let forged = fs::read_to_string(&ada).expect("read").replace("careful whom", "careful of whom");
    fs::write(handed.join("eve.json"), forged).expect("written");
    fs::write(handed.join("nothing.json"), "{}").expect("written");
    let (out, _, code) = told(&mut practicum(&["collect", "--assignment", &assignment, "--format", "json", &text(&handed)]));
    let rows: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((code, rows.len()), (1, 3), "{out}");
    assert_eq!(rows.iter().map(|row| row["sound"] == true).collect::<Vec<_>>(), [true, false, false]);
    assert!(rows[1]["verdict"].as_str().is_some_and(|verdict| verdict.contains("changed after it was written")), "{}", rows[1]);
    let (csv, _, _) = told(&mut practicum(&["collect", "--assignment", &assignment, "--format", "csv", &text(&handed)]));
    assert!(csv.starts_with("trainee,file,verdict,turns,") && csv.lines().count() == 4, "{csv}");
}

#[test]
fn a_session_that_is_not_the_assignments_is_named_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let assignment = text(&folder.path().join("a.ron"));
    told(&mut practicum(&["assign", "samantha", "--seed", "7", "-o", &assignment]));
    let data = text(&own_folder());
    told(practicum(&["--data-dir", &data, "play", "samantha", "--seed", "8", "--as", "Bo"]).write_stdin(TALK));
    let file = text(&folder.path().join("bo.json"));
    told(&mut practicum(&["--data-dir", &data, "export", "last", "--as", "Bo", "--format", "session", "--out", &file]));
    let (out, _, code) = told(&mut practicum(&["collect", "--assignment", &assignment, "--plain", &file]));
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("its seed is 8, and the assignment's is 7"), "{out}");
}

#[test]
fn a_supervisor_rates_turns_and_sees_the_programs_reading_only_then() {
    let data = text(&own_folder());
    told(practicum(&["--data-dir", &data, "play", "samantha", "--no-save"]).write_stdin(""));
    let (_, err, code) = told(&mut practicum(&["--data-dir", &data, "review"]));
    assert_eq!((code, err.contains("Nothing has been kept")), (2, true), "{err}");
    told(practicum(&["--data-dir", &data, "play", "samantha"]).write_stdin(TALK));
    let (out, err, code) =
        told(practicum(&["--data-dir", &data, "review", "last", "--as", "Kim", "--plain"]).write_stdin("4 4 4 plain and honest\nsix\n5 - 5\n\n"));
    assert_eq!(code, 0, "{err}");
    let first = out.find("you 4, the program").expect("the program's reading");
    assert!(!out[..first].contains("the program "), "{out}");
    assert!(out.contains("Three marks") && out.contains("2 ratings kept"), "{out}");
    let (out, _, _) = told(&mut practicum(&["--data-dir", &data, "review", "last", "--show", "--format", "json"]));
    let kept: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(kept["ratings"].as_array().map(Vec::len), Some(2), "{out}");
    assert_eq!(kept["ratings"][0]["words"], "plain and honest");
}

#[test]
fn a_blind_sheet_holds_no_scores_and_filled_sheets_are_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let blank = folder.path().join("blank.csv");
    let (_, err, code) = told(&mut practicum(&["agree-sheet", "-n", "6", "--seed", "3", "-o", &text(&blank)]));
    assert_eq!(code, 0, "{err}");
    let (again, _, _) = told(&mut practicum(&["agree-sheet", "-n", "6", "--seed", "3"]));
    let sheet = fs::read_to_string(&blank).expect("read");
    assert_eq!(sheet, again);
    assert!(sheet.starts_with("id,before,client,reply,empathy,non_judgment,listening,note\n"), "{sheet}");
    for (who, add) in [("ann", 0), ("ben", 1)] {
        let mut table = csv::Reader::from_reader(sheet.as_bytes());
        let heads = table.headers().expect("heads").clone();
        let mut filled = csv::Writer::from_path(folder.path().join(format!("{who}.csv"))).expect("a file");
        filled.write_record(&heads).expect("written");
        for (at, row) in table.records().enumerate() {
            let row = row.expect("a row");
            let mark = (1 + (at + add) % 5).to_string();
            let cells: Vec<&str> = row.iter().enumerate().map(|(column, cell)| if (4..7).contains(&column) { mark.as_str() } else { cell }).collect();
            filled.write_record(cells).expect("written");
        }
        filled.flush().expect("written");
    }
    let files = ["ann", "ben"].map(|who| text(&folder.path().join(format!("{who}.csv"))));
    let (out, err, code) = told(&mut practicum(&["agree", &files[0], &files[1]]));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("ann with ben") && out.contains("ben with the program") && out.contains("2 raters"), "{out}");
    let (_, err, code) = told(&mut practicum(&["agree", &text(&blank), "/nowhere.csv"]));
    assert_eq!(code, 2, "{err}");
}

//! A class without a network: one terminal, and hand-ins on one board.

use crate::cli::{practicum, told};

#[test]
fn a_relay_in_one_terminal_goes_round_and_shows_its_ledger() {
    let typed =
        "Hello Samantha. I'm glad you're here.\nYou should try to trust people.\n/ledger\n/pass\nThat was too quick of me, I'm sorry.\n/undo\n/nosuch\n/quit\n";
    let (out, err, code) = told(practicum(&["class", "relay", "samantha", "--names", "Ana,Ben", "--plain"]).write_stdin(typed));
    assert_eq!((code, err.as_str()), (0, ""));
    for words in ["Client: ", "You should try", "Taken back", "There is no such command", "Promises and repairs", "After the session with Samantha"] {
        assert!(out.contains(words), "{words}: {out}");
    }
}

#[test]
fn a_fishbowl_in_one_terminal_compares_two_ways_and_counts_hands() {
    let typed = "You should calm down.\nIt sounds as if you are not sure about this room.\n/list\n/both 1 2\n/votes 1 4\n/say 9\n";
    let (out, err, code) = told(practicum(&["class", "fishbowl", "samantha", "--seats", "4", "--plain"]).write_stdin(typed));
    assert_eq!((code, err.as_str()), (0, ""));
    for words in ["If proposal 1 were said", "If proposal 2 were said", "Nothing was said yet", "There is no such proposal", "After the session with Samantha"]
    {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert!(out.matches("“It sounds as if you are not sure about this room.”").count() >= 2, "{out}");
}

#[test]
fn hand_ins_become_one_board_and_what_was_changed_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let data = at("data");
    let mut files = Vec::new();
    for number in 1..=6 {
        let name = format!("T{number}");
        let lines = format!("Hello.\nIt sounds as if that was lonely.\nWhat happened {number} years ago?\n");
        let (_, err, code) = told(practicum(&["--data-dir", &data, "play", "samantha", "--seed", "3", "--as", &name]).write_stdin(lines));
        assert_eq!(code, 0, "{err}");
        let (out, err, code) = told(&mut practicum(&["--data-dir", &data, "export", "last", "--as", &name, "--format", "session"]));
        assert_eq!(code, 0, "{err}");
        let file = at(&format!("{number}.json"));
        std::fs::write(&file, out).unwrap();
        files.push(file);
    }
    let output = at("class.html");
    let merge = |files: &[String]| {
        let mut args = vec!["class", "merge", "--output", &output, "--force"];
        args.extend(files.iter().map(String::as_str));
        told(&mut practicum(&args))
    };
    let (_, err, code) = merge(&files);
    assert!(code == 0 && err.contains("6 sessions on the board, 6 of them the same by replay"), "{err}");
    let page = std::fs::read_to_string(&output).unwrap();
    assert!(page.contains("Trust, turn by turn") && page.contains("no proof of who typed it") && !page.contains("<script"));
    let text = std::fs::read_to_string(&files[0]).unwrap();
    std::fs::write(&files[0], text.replacen("lonely", "lovely", 1)).unwrap();
    std::fs::write(&files[1], "no session").unwrap();
    files.push(files[2].clone());
    let (_, err, code) = merge(&files);
    assert!(code == 1 && err.contains("changed after it was written") && err.contains("no session") && err.contains("already, in another file"), "{err}");
    assert!(merge(&[at("missing.json")]).2 == 2);
}

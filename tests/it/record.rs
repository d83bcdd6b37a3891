//! What is kept, from outside: nothing acknowledged is lost, nothing is kept unasked, nothing forgotten is left, and what is damaged is told.
//!
//! `PRACTICUM_KILLS=1000 cargo test --test it record::killed` is the long form of the kill test; `PRACTICUM_TRUNCATIONS=all` tries every byte.

use crate::cli::{own_folder, practicum, told};
use practicum::record::{DataDir, Record, handin::HandIn, handin::Verdict, sessions, turns};
use practicum::scenario::Shelf;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

const TALK: [&str; 7] = [
    "Hello Samantha. This pad is for you as much as for me.",
    "It sounds as if what happens to your words afterwards matters to you.",
    "What was it like, the last time you trusted somebody with this?",
    "You should really try to trust people a bit more.",
    "I'm sorry, that was too quick of me. You had good reason to be careful.",
    "*nods*",
    "It sounds lonely, being the one who has to keep watch.",
];

fn kept_in(folder: &Path, args: &[&str], typed: &str) -> (String, String, i32) {
    told(practicum(args).env("PRACTICUM_DATA", folder).write_stdin(typed))
}

fn played(folder: &Path, more: &[&str]) -> (String, String, i32) {
    kept_in(folder, &[&["play", "samantha", "--seed", "7", "--format", "json"], more].concat(), &TALK.join("\n"))
}

fn record(folder: &Path) -> Record {
    Record::open(&DataDir::at(folder)).expect("a sound record").0
}

fn file(folder: &Path) -> PathBuf {
    folder.join(DataDir::FILE)
}

/// A session in progress, driven a line at a time.
struct Sitting {
    child: Child,
    keyboard: Option<ChildStdin>,
    screen: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Sitting {
    fn begin(folder: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("practicum"))
            .args([&["play", "samantha", "--seed", "7", "--format", "json"], more].concat())
            .env("PRACTICUM_DATA", folder)
            .env_remove("PRACTICUM_SCENARIOS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let keyboard = child.stdin.take();
        let screen = BufReader::new(child.stdout.take().expect("its output")).lines();
        Self { child, keyboard, screen }
    }

    /// Says a line and waits for the client; `None` where the program is gone.
    fn answered(&mut self, line: Option<&str>) -> Option<Vec<String>> {
        if let Some(line) = line {
            writeln!(self.keyboard.as_mut()?, "{line}").ok()?;
        }
        let mut told = Vec::new();
        loop {
            let line = self.screen.next()?.ok()?;
            let said = line.contains(r#""event":"client_said""#);
            told.push(line);
            if said {
                return Some(told);
            }
        }
    }

    fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal, as somebody would from a shell.
fn signal(name: &str, process: u32) {
    let _ = Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).stderr(Stdio::null()).status();
}

#[test]
fn killed_at_any_moment_no_acknowledged_turn_is_lost() {
    let kills: u64 = std::env::var("PRACTICUM_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(50);
    let folder = own_folder();
    let whole: Vec<String> = played(&own_folder(), &[]).0.lines().map(str::to_owned).collect();
    let mut luck = 0x2545_f491_4f6c_dd1d_u64;
    let mut acknowledged_in_all = 0;
    for kill in 0..kills {
        luck ^= luck << 13;
        luck ^= luck >> 7;
        luck ^= luck << 17;
        let mut sitting = Sitting::begin(&folder, &[]);
        let mut acknowledged = 0;
        let opened = sitting.answered(None).is_some();
        let until = luck % 8;
        // Half of them are killed between two turns, half in the middle of one.
        let pid = sitting.child.id();
        let killer = (luck & 256 == 0).then(|| {
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_micros(luck % 60_000));
                signal("KILL", pid);
            })
        });
        for line in TALK.iter().take(usize::try_from(until).unwrap_or(0)) {
            if sitting.answered(Some(line)).is_none() {
                break;
            }
            acknowledged += 1;
        }
        if let Some(killer) = killer {
            killer.join().expect("the killer ends");
        }
        sitting.kill();
        acknowledged_in_all += acknowledged;
        let record = record(&folder);
        let Some(last) = record.read(|read| sessions::of(read, None)).expect("readable").pop() else {
            assert!(!opened, "kill {kill}: a session was opened and is not kept");
            continue;
        };
        let kept = record.read(|read| turns::of(read, last.id)).expect("readable");
        assert!(last.turns >= acknowledged || !opened, "kill {kill}: {acknowledged} turns were acknowledged, {} are kept", last.turns);
        assert_eq!(kept.len() as u32, last.turns + 1, "kill {kill}");
        // What goes on from there is what would have been.
        if kill % 10 == 0 && last.turns > 0 {
            drop(record);
            let rest = TALK[last.turns as usize..].join("\n");
            let id = last.id.to_string();
            let (out, err, code) = kept_in(&folder, &["play", "samantha", "--format", "json", "--resume", &id], &rest);
            assert_eq!(code, 0, "{err}");
            assert_eq!(out.lines().collect::<Vec<_>>(), whole, "kill {kill}, resumed after turn {}", last.turns);
        }
    }
    assert!(acknowledged_in_all > 0);
}

#[test]
fn nothing_is_kept_where_nothing_is_to_be() {
    let folder = own_folder();
    let (_, err, code) = played(&folder, &["--no-save"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(!folder.exists());
    for args in [&["history"][..], &["history", "--format", "json"]] {
        let (_, _, code) = kept_in(&folder, args, "");
        assert_eq!(code, 0);
        assert!(!folder.exists(), "{args:?} made a folder");
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = own_folder();
    let mut sitting = Sitting::begin(&folder, &[]);
    sitting.answered(None).expect("it opens");
    sitting.answered(Some(TALK[0])).expect("it answers");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<PathBuf> = fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    sitting.kill();
}

#[test]
fn replay_is_the_same_byte_for_byte_and_so_is_a_session_that_is_handed_in() {
    let folder = own_folder();
    let (out, _, _) = played(&folder, &["--as", "Anna"]);
    let events: Vec<&str> = out.lines().filter(|line| !line.contains(r#""event":"debrief""#)).collect();
    let (again, err, code) = kept_in(&folder, &["replay", "1", "--format", "json"], "");
    assert_eq!(code, 0);
    assert!(err.contains("byte for byte"), "{err}");
    assert_eq!(again.lines().collect::<Vec<_>>(), events);
    let (handed, _, code) = kept_in(&folder, &["export", "1", "--format", "session"], "");
    assert_eq!(code, 0);
    let scenario = Shelf::built_in().open("samantha").expect("built in");
    assert_eq!(HandIn::read(&handed).expect("sealed").verify(&scenario), Verdict::Genuine);
    assert!(HandIn::read(&handed.replace("*nods*", "*smiles*")).is_err(), "a changed file keeps its seal");
}

#[test]
fn a_session_says_what_was_taken_back_and_looked_at() {
    let folder = own_folder();
    kept_in(&folder, &["play", "samantha"], "Hello.\nYou are silly.\n/undo\n/hint\n/notes slower\nIt sounds hard.\n");
    let record = record(&folder);
    let row = record.read(|read| sessions::of(read, None)).expect("readable").pop().expect("a session");
    let kept = record.read(|read| turns::of(read, row.id)).expect("readable");
    let kinds: Vec<&str> = kept.iter().map(|turn| turn.kind.name()).collect();
    assert_eq!(kinds, ["opening", "said", "said", "undone", "looked", "said", "closed"]);
    let said: Vec<String> = turns::inputs(&kept).expect("whole").into_iter().map(|input| input.words).collect();
    assert_eq!(said, ["Hello.", "It sounds hard."]);
    let (out, _, _) = kept_in(&folder, &["debrief", "last"], "");
    assert!(out.contains("slower"), "{out}");
}

#[test]
fn under_another_version_what_was_kept_is_shown_and_play_goes_on_from_the_snapshot() {
    let folder = own_folder();
    let mut sitting = Sitting::begin(&folder, &[]);
    sitting.answered(None).expect("it opens");
    for line in &TALK[..4] {
        sitting.answered(Some(line)).expect("it answers");
    }
    sitting.kill();
    rusqlite::Connection::open(file(&folder)).expect("sound").execute("UPDATE sessions SET engine = '0.0.1'", []).expect("changed");
    let (out, err, code) = kept_in(&folder, &["replay", "1"], "");
    assert_eq!(code, 0);
    assert!(out.contains("Not replayable from turn 1") && out.contains("0.0.1") && out.contains("trust people a bit more"), "{out}{err}");
    let (out, err, code) =
        kept_in(&folder, &["play", "samantha", "--resume", "--plain", "--feedback", "end"], "I'm sorry, that was too quick of me.\n/undo\nMm.\n");
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("Not replayable from turn 1"), "{err}");
    assert_eq!(out.split("\n\n").next().expect("talk").lines().filter(|line| line.starts_with("Client: ")).count(), 4, "{out}");
    let (out, _, _) = kept_in(&folder, &["debrief", "1"], "");
    assert!(out.contains("After the session with Samantha"), "{out}");
}

fn own_scenario(folder: &Path) -> PathBuf {
    let scenarios = folder.join("shelf").join("samantha");
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/samantha");
    fs::create_dir_all(&scenarios).expect("a folder");
    for name in ["scenario.ron", "client.rhai"] {
        if built_in.join(name).exists() {
            fs::copy(built_in.join(name), scenarios.join(name)).expect("copied");
        }
    }
    folder.join("shelf")
}

#[test]
fn a_changed_or_deleted_scenario_is_told_and_the_old_one_is_used() {
    let folder = own_folder();
    let shelf = own_scenario(&folder);
    let args = ["--scenarios", shelf.to_str().expect("UTF-8")];
    played(&folder, &args);
    let path = shelf.join("samantha/scenario.ron");
    let text = fs::read_to_string(&path).expect("readable");
    fs::write(&path, text.replacen("minutes_a_turn: ", "minutes_a_turn: 1", 1).replacen("briefing: \"", "briefing: \"Changed. ", 1)).expect("written");
    let (out, _, code) = kept_in(&folder, &[&["replay", "1"][..], &args].concat(), "");
    assert_eq!(code, 0);
    assert!(out.contains("byte for byte"), "{out}");
    fs::remove_dir_all(&shelf).expect("deleted");
    let (out, _, code) = kept_in(&folder, &["replay", "1"], "");
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("byte for byte"), "{out}");
}

#[test]
fn a_disk_that_cannot_be_written_to_is_told_before_the_first_turn_and_play_goes_on() {
    let folder = own_folder();
    fs::create_dir_all(folder.parent().expect("a parent")).expect("made");
    // A file where the folder should be: whoever runs the tests, it cannot be used.
    fs::write(&folder, "no folder").expect("written");
    let (out, err, code) = played(&folder, &[]);
    assert_eq!(code, 0);
    assert!(err.contains("cannot be kept") && err.contains("/keep"), "{err}");
    assert!(out.lines().filter(|line| line.contains("client_said")).count() >= TALK.len());
    let (_, err, code) = kept_in(&folder, &["history"], "");
    assert_eq!(code, 3, "{err}");
}

#[test]
fn a_newer_or_a_foreign_file_is_left_as_it_is() {
    let folder = own_folder();
    played(&folder, &[]);
    rusqlite::Connection::open(file(&folder)).expect("sound").pragma_update(None, "user_version", 999).expect("changed");
    let before = fs::read(file(&folder)).expect("readable");
    let (_, err, code) = played(&folder, &[]);
    assert_eq!(code, 0);
    assert!(err.contains("newer Practicum"), "{err}");
    assert_eq!(kept_in(&folder, &["history"], "").2, 3);
    assert!(before == fs::read(file(&folder)).expect("readable"));
    fs::write(file(&folder), "a shopping list, and nothing else at all").expect("written");
    let (_, err, _) = played(&folder, &[]);
    assert!(err.contains("no record of Practicum"), "{err}");
    assert_eq!(fs::read_to_string(file(&folder)).expect("readable"), "a shopping list, and nothing else at all");
}

#[test]
fn cut_off_at_any_byte_it_opens_says_so_and_keeps_the_damaged_file() {
    let folder = own_folder();
    played(&folder, &[]);
    let whole = fs::read(file(&folder)).expect("readable");
    let all = std::env::var("PRACTICUM_TRUNCATIONS").is_ok_and(|which| which == "all");
    let cuts: Vec<usize> = if all {
        (0..whole.len()).collect()
    } else {
        (0..100).step_by(13).chain((0..whole.len()).step_by(40_009)).chain([4095, 4096, 4097, whole.len() - 1]).collect()
    };
    for cut in cuts {
        let place = own_folder();
        fs::create_dir_all(&place).expect("made");
        fs::write(file(&place), &whole[..cut]).expect("written");
        let (mut record, notes) = Record::open(&DataDir::at(&place)).unwrap_or_else(|trouble| panic!("cut at {cut}: {trouble}"));
        assert!(notes.iter().any(|note| !matches!(note, practicum::record::Note::Moved(_))), "cut at {cut}: {notes:?}");
        if cut > 0 {
            let copy = fs::read(place.join("record.damaged-1.sqlite")).expect("kept");
            assert!(copy == whole[..cut], "cut at {cut}: the copy is another file");
        }
        record.write(|write| practicum::record::people::called(write, Some("Ben"), 1)).expect("it can be used");
        let sound: String = record.read(|read| read.query_row("PRAGMA integrity_check", [], |row| row.get(0))).expect("readable");
        assert_eq!(sound, "ok", "cut at {cut}");
        drop(record);
        fs::remove_dir_all(&place).expect("removed");
    }
}

#[test]
fn of_a_damaged_record_what_can_be_read_is_brought_back() {
    let folder = own_folder();
    for _ in 0..3 {
        played(&folder, &[]);
    }
    let whole = fs::read(file(&folder)).expect("readable");
    fs::write(file(&folder), &whole[..whole.len() - 4096]).expect("written");
    let (out, err, code) = kept_in(&folder, &["history"], "");
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("damaged") && err.contains("record.damaged-1.sqlite"), "{err}");
    assert!(out.contains("Samantha"), "{out}");
}

#[test]
fn two_processes_write_to_one_record_and_nothing_is_mixed() {
    let folder = own_folder();
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let folder = folder.clone();
            std::thread::spawn(move || (0..3).map(|_| played(&folder, &[])).collect::<Vec<_>>())
        })
        .collect();
    let outs: Vec<(String, String, i32)> = writers.into_iter().flat_map(|writer| writer.join().expect("it ends")).collect();
    assert!(outs.iter().all(|out| out.0 == outs[0].0 && out.2 == 0), "{:?}", outs.iter().map(|out| (&out.1, out.2)).collect::<Vec<_>>());
    let record = record(&folder);
    let rows = record.read(|read| sessions::of(read, None)).expect("readable");
    assert_eq!(rows.len(), 12);
    for row in rows {
        let kept = record.read(|read| turns::of(read, row.id)).expect("readable");
        assert_eq!(kept.iter().map(|turn| turn.seq).collect::<Vec<_>>(), (0..=TALK.len() as u32 + 1).collect::<Vec<_>>());
        let said: Vec<String> = turns::inputs(&kept).expect("whole").into_iter().map(|input| input.words).collect();
        assert_eq!(said, TALK);
    }
}

#[test]
fn a_session_that_somebody_sits_in_is_offered_to_nobody_else() {
    let folder = own_folder();
    let mut sitting = Sitting::begin(&folder, &[]);
    sitting.answered(None).expect("it opens");
    sitting.answered(Some(TALK[0])).expect("it answers");
    let (_, err, code) = kept_in(&folder, &["play", "samantha", "--resume", "1"], "Hello.");
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("another window"), "{err}");
    assert_eq!(kept_in(&folder, &["forget", "--session", "1"], "").2, 2);
    sitting.kill();
    let (_, err, code) = kept_in(&folder, &["play", "samantha", "--plain", "--feedback", "end"], "Hello.");
    assert_eq!(code, 0);
    assert!(err.contains("--resume 1"), "{err}");
}

#[test]
fn a_clock_that_jumps_back_changes_no_order() {
    let folder = own_folder();
    for _ in 0..3 {
        played(&folder, &[]);
    }
    let connection = rusqlite::Connection::open(file(&folder)).expect("sound");
    connection.execute_batch("UPDATE sessions SET since = 3000000000000 - id * 1000, until = 5; UPDATE turns SET at = 1000 - id").expect("changed");
    let (out, _, code) = kept_in(&folder, &["history", "--format", "json"], "");
    assert_eq!(code, 0);
    let listed: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(listed.as_array().expect("a list").iter().map(|row| row["id"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(kept_in(&folder, &["replay", "2"], "").0.contains("byte for byte"));
    let (statements, _, _) = kept_in(&folder, &["export", "all", "--format", "xapi"], "");
    let (found, _, code) = kept_in(&folder, &["export", "--check", "-"], &statements);
    assert_eq!(code, 0, "{found}");
}

#[test]
fn a_record_from_another_machine_is_used_and_said_once() {
    let (there, here) = (own_folder(), own_folder());
    played(&there, &[]);
    fs::create_dir_all(&here).expect("made");
    fs::copy(file(&there), file(&here)).expect("copied");
    let (out, err, _) = kept_in(&here, &["history"], "");
    assert!(err.contains("another place or machine") && out.contains("Samantha"), "{err}");
    assert_eq!(kept_in(&here, &["history"], "").1, "");
}

/// Every file of a folder, searched for words as they stand and as UTF-16.
fn found_anywhere(folder: &Path, words: &str) -> Vec<PathBuf> {
    let needle = words.as_bytes();
    let holds = |bytes: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
    fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).filter(|path| holds(&fs::read(path).unwrap_or_default())).collect()
}

#[test]
fn what_is_forgotten_is_in_no_file_any_more() {
    let canary = |number: u32| format!("canary{number} phrase qzx{number}w");
    let talk = |number: u32| {
        format!(
            "Hello.\nWe could talk about {}.\n/undo\nThis time about {}, then.\n/notes {} noted\nIt sounds hard.\n",
            canary(number),
            canary(number),
            canary(number)
        )
    };
    let folder = own_folder();
    for (number, more) in
        [(1, &["--as", "Anna"][..]), (2, &["--as", "Anna", "--course", "autumn"]), (3, &["--as", "Ben"]), (4, &["--as", "Cleo"]), (5, &["--as", "Dora"])]
    {
        let (_, _, code) = kept_in(&folder, &[&["play", "samantha", "--plain"], more].concat(), &talk(number));
        assert_eq!(code, 0);
        assert!(!found_anywhere(&folder, &canary(number)).is_empty(), "{number} was never there");
    }
    let forget = |args: &[&str], gone: u32| {
        let (out, err, code) = kept_in(&folder, &[&["forget"], args].concat(), "");
        assert_eq!(code, 0, "{out}{err}");
        assert_eq!(found_anywhere(&folder, &canary(gone)), Vec::<PathBuf>::new(), "{args:?}");
    };
    forget(&["--session", "1"], 1);
    forget(&["--course", "autumn", "--as", "anna"], 2);
    forget(&["--person", "Ben"], 3);
    assert!(!found_anywhere(&folder, &canary(4)).is_empty(), "forgetting took more than it should");
    rusqlite::Connection::open(file(&folder)).expect("sound").execute("UPDATE sessions SET since = 0 WHERE id = 4", []).expect("changed");
    forget(&["--older-than", "1y", "--as", "Cleo"], 4);
    // Words taken out of a turn: the scores stay, and the reply that was taken back in that turn goes too.
    let scores = |out: &str| serde_json::from_str::<serde_json::Value>(out).expect("JSON")[0]["empathy"].clone();
    let before = scores(&kept_in(&folder, &["history", "--as", "Dora", "--format", "json"], "").0);
    kept_in(&folder, &["forget", "--session", "5", "--turn", "2"], "");
    let holds: Vec<PathBuf> = found_anywhere(&folder, &format!("This time about {}", canary(5)));
    assert_eq!(holds, Vec::<PathBuf>::new());
    assert_eq!(found_anywhere(&folder, &format!("talk about {}", canary(5))), Vec::<PathBuf>::new());
    assert_eq!(scores(&kept_in(&folder, &["history", "--as", "Dora", "--format", "json"], "").0), before);
    let (out, _, _) = kept_in(&folder, &["replay", "5"], "");
    assert!(out.contains("Not replayable from turn 2") && out.contains("[taken out]"), "{out}");
    assert_eq!(kept_in(&folder, &["export", "5", "--format", "session"], "").2, 2);
    forget(&["--everything", "--as", "Dora"], 5);
}

#[test]
fn a_course_goes_on_with_the_same_client_until_it_is_over() {
    let folder = own_folder();
    let mut numbers = Vec::new();
    for _ in 0..12 {
        let (out, err, code) = kept_in(&folder, &["play", "samantha", "--course", "Autumn", "--format", "json"], &format!("{}\n/quit\n", TALK[..3].join("\n")));
        if code != 0 {
            assert_eq!(code, 2, "{err}");
            assert!(err.contains("is over"), "{err}");
            break;
        }
        let opened: serde_json::Value = serde_json::from_str(out.lines().next().expect("an event")).expect("JSON");
        numbers.push(opened["session"].as_u64().expect("a number"));
    }
    assert!(numbers.len() >= 3 && numbers[..3] == [1, 2, 3], "{numbers:?}");
    let (_, err, code) = kept_in(&folder, &["play", "stefano", "--course", "autumn"], "");
    assert_eq!(code, 2);
    assert!(err.contains("is with `samantha`"), "{err}");
    let (again, _, _) = kept_in(&folder, &["replay", "2"], "");
    assert!(again.contains("byte for byte"), "{again}");
}

#[test]
fn what_if_shows_both_branches_and_the_difference() {
    let folder = own_folder();
    played(&folder, &[]);
    let (out, _, code) = kept_in(&folder, &["replay", "1", "--at", "4", "--say", "You have good reason to be careful.", "--plain"], "");
    assert_eq!(code, 0);
    for part in ["As it was", "What if", "trust people a bit more", "good reason to be careful", "Trust would stand at", "would have told"] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert_eq!(kept_in(&folder, &["replay", "1", "--at", "99", "--say", "Hm."], "").2, 2);
}

#[test]
fn recall_asks_before_it_shows_and_keeps_the_answers() {
    let folder = own_folder();
    played(&folder, &[]);
    let (out, _, code) = kept_in(&folder, &["replay", "1", "--recall"], "uneasy feeling here\nwanted to help\n\n\n\n\n");
    assert_eq!(code, 0);
    let asked = out.find("What were you feeling just then?").expect("asked");
    let shown = out.find("thought and did not say").expect("shown");
    assert!(asked < shown, "{out}");
    let (out, _, _) = kept_in(&folder, &["debrief", "1"], "");
    assert!(out.contains("uneasy feeling here") && out.contains("wanted to help"), "{out}");
}

#[test]
fn what_is_exported_is_harmless_and_whole() {
    let folder = own_folder();
    kept_in(&folder, &["play", "samantha", "--plain", "--as", "Anna"], "=1+2 <script>alert(1)</script>\nHello | there *you*.\nIt sounds hard.\n");
    let export = |format: &str| {
        let (out, err, code) = kept_in(&folder, &["export", "last", "--as", "anna", "--format", format], "");
        assert_eq!(code, 0, "{format}: {err}");
        out
    };
    let page = export("html");
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
    for part in ["<svg", "<title id", "<desc id", "default-src 'none'", "@media print"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("src=") && !page.contains("href=\"http"), "the page needs something beside it");
    let table = export("csv");
    assert!(table.contains("'=1+2"), "{table}");
    assert!(export("markdown").contains("\\<script\\>"));
    let statements = export("xapi");
    assert!(!statements.contains("score") && !statements.contains("Anna") && !statements.contains("anna"), "{statements}");
    assert_eq!(statements, export("xapi"), "the same session gives the same statements");
    let data: serde_json::Value = serde_json::from_str(&export("json")).expect("JSON");
    assert_eq!(data["turns"], 3);
    let (all, _, code) = kept_in(&folder, &["export", "all", "--as", "Anna", "--format", "json"], "");
    assert_eq!(code, 0);
    let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
    assert_eq!(all["people"][0]["name"], "Anna");
    let (graded, _, _) = kept_in(&folder, &["export", "last", "--as", "Anna", "--format", "xapi", "--grade", "0.9"], "");
    assert!(graded.contains("verbs/failed") && graded.contains("scaled"), "{graded}");
}

#[test]
fn an_identifier_is_pointed_out_before_it_is_kept() {
    let folder = own_folder();
    let (_, err, code) = kept_in(&folder, &["play", "samantha", "--plain"], "You can ring me on +44 20 7946 0958.\n");
    assert_eq!(code, 0);
    assert!(err.contains("telephone number") && err.contains("--turn 1"), "{err}");
    let (_, err, _) = kept_in(&folder, &["play", "samantha", "--plain", "--no-save"], "You can ring me on +44 20 7946 0958.\n");
    assert_eq!(err, "");
}

#[test]
fn history_lists_and_finds_words() {
    let folder = own_folder();
    played(&folder, &["--as", "Anna"]);
    played(&folder, &["--as", "Ben"]);
    assert!(kept_in(&folder, &["history", "--as", "Anna", "keep watch"], "").0.contains("turn 7"));
    assert!(kept_in(&folder, &["history", "--as", "anna", "elephant"], "").0.contains("Nobody said that"));
    let (_, err, code) = kept_in(&folder, &["history"], "");
    assert_eq!(code, 2);
    assert!(err.contains("Anna") && err.contains("--as"), "{err}");
    let everybody: serde_json::Value = serde_json::from_str(&kept_in(&folder, &["history", "--everyone", "--format", "json"], "").0).expect("JSON");
    assert_eq!(everybody.as_array().map(Vec::len), Some(2));
    for args in [["debrief", "99"], ["replay", "x"], ["export", "0"]] {
        let (_, err, code) = kept_in(&folder, &args, "");
        assert_eq!(code, 2, "{args:?}");
        assert!(err.contains("practicum history"), "{err}");
    }
}

#[cfg(unix)]
#[test]
fn stopped_from_outside_the_record_is_whole_within_200_ms() {
    let folder = own_folder();
    for name in ["TERM", "HUP", "INT"] {
        let mut sitting = Sitting::begin(&folder, &[]);
        sitting.answered(None).expect("it opens");
        sitting.answered(Some(TALK[0])).expect("it answers");
        let since = Instant::now();
        signal(name, sitting.child.id());
        sitting.child.wait().expect("it ends");
        // On a busy machine the tests wait longer than the program does.
        assert!(since.elapsed() < Duration::from_millis(1_000), "{name} took {:?}", since.elapsed());
        let record = record(&folder);
        let last = record.read(|read| sessions::of(read, None)).expect("readable").pop().expect("kept");
        assert_eq!(last.turns, 1, "{name}");
    }
}

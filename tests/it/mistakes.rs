//! The pages of the codes are tests: the failing example yields the code, the mended one does not.

use super::scenario::sample_text;
use practicum::check::drills::look_at_drills;
use practicum::check::{codes, look};
use practicum::diagnostic::{Diagnostic, Severity};
use practicum::report::diagnostics::{drawn, plain};
use practicum::scenario::Folder;
use practicum::scenario::source::Source;
use std::collections::BTreeSet;

const SCRIPT: &str = include_str!("../sample/client.rhai");
const TRANSCRIPT: &str = include_str!("../sample/transcripts/heard.ron");

fn folder(kind: &str, example: &str, mended: &str) -> Folder {
    let mut files = vec![
        ("scenario.ron".to_owned(), sample_text()),
        ("client.rhai".to_owned(), SCRIPT.to_owned()),
        ("transcripts/heard.ron".to_owned(), TRANSCRIPT.to_owned()),
    ];
    match kind {
        "ron" => {
            assert!(files[0].1.contains(mended), "the sample does not hold:\n{mended}");
            files[0].1 = files[0].1.replacen(mended, example, 1);
        }
        "rhai" => files[1].1 = example.to_owned(),
        "transcript" => files[2].1 = example.to_owned(),
        "codebook" => files.push(("codebook.ron".to_owned(), example.to_owned())),
        other => panic!("an example is of no known kind: {other}"),
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Folder::in_memory("sample", &files)
}

/// The sample drill with the mended example replaced by the failing one.
fn drill_page(page: &codes::Page, fails: &str, mended: &str) -> Vec<String> {
    let sample = include_str!("../sample/drill.ron");
    if !sample.contains(mended) {
        return vec![format!("{}: the sample drill does not hold:\n{mended}", page.code)];
    }
    let look = |text: String| look_at_drills(vec![Ok(Source { file: "drills/sample.ron".into(), text })]).findings;
    let found = look(sample.replacen(mended, fails, 1));
    let mut wrong = Vec::new();
    match found.iter().find(|finding| finding.code == page.code) {
        None => wrong.push(format!("{} is not found:\n{fails}\nbut:\n{found:?}", page.code)),
        Some(finding) => {
            if finding.severity.name() != page.severity() || finding.span.is_none() || finding.hint.is_none() {
                wrong.push(format!("{} lacks a place or a hint, or its page names another severity: {finding:?}", page.code));
            }
        }
    }
    let found = look(sample.to_owned());
    if found.iter().any(|finding| finding.code == page.code) {
        wrong.push(format!("{} is still found when mended:\n{found:?}", page.code));
    }
    wrong
}

fn shown(folder: &Folder, findings: &[Diagnostic]) -> String {
    findings.iter().map(|finding| drawn(finding, folder.text_of(&finding.file).as_deref(), false)).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_page_fails_as_it_says_and_is_mended_as_it_says() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for page in codes::pages() {
        let (Some((kind, fails)), Some((_, mended))) = (page.example("Fails"), page.example("Mended")) else { panic!("{}", page.code) };
        if kind == "text" {
            continue;
        }
        tried += 1;
        if kind == "drill" {
            wrong.extend(drill_page(&page, fails, mended));
            continue;
        }
        let broken = folder(kind, fails, mended);
        let found = look(&broken, 0).findings;
        match found.iter().find(|finding| finding.code == page.code) {
            None => wrong.push(format!("{} is not found:\n{fails}\nbut:\n{}", page.code, shown(&broken, &found))),
            Some(finding) => {
                if finding.severity.name() != page.severity() {
                    wrong.push(format!("{} is {} and its page says {}", page.code, finding.severity.name(), page.severity()));
                }
                if finding.span.is_none() {
                    wrong.push(format!("{} has no place: {}", page.code, finding.message));
                }
                if finding.hint.is_none() {
                    wrong.push(format!("{} has no hint: {}", page.code, finding.message));
                }
            }
        }
        let sound = folder(kind, mended, mended);
        let found = look(&sound, 0).findings;
        if found.iter().any(|finding| finding.code == page.code) {
            wrong.push(format!("{} is still found when mended:\n{}", page.code, shown(&sound, &found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n----\n"));
    assert!(tried >= 45, "{tried}");
}

#[test]
fn every_code_that_is_given_has_a_page_and_every_page_a_code() {
    let mut given = BTreeSet::new();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut open = vec![std::path::PathBuf::from(root)];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap_or("");
                for part in text.split('"').skip(1).step_by(2) {
                    let is_code =
                        part.len() == 4 && part.starts_with(['F', 'R', 'S', 'C', 'H', 'K', 'T', 'D']) && part[1..].chars().all(|c| c.is_ascii_digit());
                    if is_code {
                        given.insert(part.to_owned());
                    }
                }
            }
        }
    }
    let pages: BTreeSet<String> = codes::pages().map(|page| page.code.to_owned()).collect();
    assert_eq!(given.difference(&pages).collect::<Vec<_>>(), Vec::<&String>::new(), "codes without a page");
    assert_eq!(pages.difference(&given).collect::<Vec<_>>(), Vec::<&String>::new(), "pages without a code");
}

#[test]
fn a_page_reads_well() {
    for page in codes::pages() {
        assert!(page.text.starts_with(&format!("# {}: ", page.code)), "{}", page.code);
        assert!(["error", "warning", "advice"].contains(&page.severity()), "{}", page.code);
        assert!(!page.text.contains('!') || page.text.contains("!["), "{}", page.code);
        assert!(!page.title().ends_with('.'), "{}", page.code);
    }
}

/// A folder of the collection: what the sound scenario is with this mistake made, under the name it should have.
fn collected(root: &std::path::Path, name: &str) -> Folder {
    let mut files: std::collections::BTreeMap<String, Vec<u8>> = std::collections::BTreeMap::new();
    for from in ["sound", name] {
        let folder = root.join(from);
        let mut open = vec![folder.clone()];
        while let Some(path) = open.pop() {
            for entry in std::fs::read_dir(path).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                let inside = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
                if inside == "without.txt" {
                    for gone in std::fs::read_to_string(&path).unwrap().lines() {
                        files.remove(gone);
                    }
                } else if inside != "expected.txt" {
                    files.insert(inside, std::fs::read(&path).unwrap());
                }
            }
        }
    }
    Folder::Memory("mara".to_owned(), files)
}

/// Every folder of `tests/mistakes/` is a mistake that authors make, and `expected.txt` is what they are told of it: errors and warnings,
/// and advice where the mistake is one of advice. `PRACTICUM_BLESS=1` writes what is told now.
#[test]
fn every_mistake_of_the_collection_is_told_as_expected_and_gone_when_mended() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let bless = std::env::var_os("PRACTICUM_BLESS").is_some();
    let told = |folder: &Folder, deep: u32| -> Vec<Diagnostic> { look(folder, deep).findings };
    let sound = collected(&root, "sound");
    let found: Vec<String> = told(&sound, 0).iter().filter(|finding| finding.severity != Severity::Advice).map(|finding| finding.one_line(None)).collect();
    assert!(found.is_empty(), "the sound one: {found:#?}");
    let mut names: Vec<String> = std::fs::read_dir(&root)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let (mut codes, mut wrong) = (BTreeSet::new(), Vec::new());
    for name in names.iter().filter(|name| *name != "sound") {
        let code = name.split('-').next().unwrap_or_default();
        let page = codes::page(code).unwrap_or_else(|error| panic!("{name}: {error}"));
        let folder = collected(&root, name);
        let deep = if code == "K015" { 3 } else { 0 };
        let findings = told(&folder, deep);
        if !findings.iter().any(|finding| finding.code == code) {
            wrong.push(format!("{name}: {code} is not found, but:\n{}", shown(&folder, &findings)));
            continue;
        }
        let is_mended = !told(&sound, deep).iter().any(|finding| finding.code == code);
        if !is_mended {
            wrong.push(format!("{name}: {code} is found in the sound one, too"));
        }
        let advice = page.severity() == "advice";
        let lines: String = findings
            .iter()
            .filter(|finding| finding.severity != Severity::Advice || (advice && finding.code == code))
            .map(|finding| plain(finding, folder.text_of(&finding.file).as_deref()) + "\n")
            .collect();
        let path = root.join(name).join("expected.txt");
        if bless {
            std::fs::write(&path, &lines).unwrap();
        } else if std::fs::read_to_string(&path).unwrap_or_default() != lines {
            wrong.push(format!("{name} is told as\n{lines}"));
        }
        codes.insert(code.to_owned());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n----\n"));
    assert!(codes.len() >= 45, "{}", codes.len());
}

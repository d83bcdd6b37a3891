//! Compiles `codebook/weights/` into tables: families of words, reasons, the weights of the scoring model. At run time nothing is parsed.

use crate::scores::layout::{ENTRY, FUNCTION, KEEPS_FORM, LONGEST_PHRASE, MOST_FAMILIES, NONE, STARTS_PHRASE, mix};
use crate::scores::pack::pack;
use crate::text::contraction::spelled_out;
use crate::text::{key, stem, stem_key};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Classes {
    format: u32,
    function: String,
    keeps_form: String,
    shape_order: String,
    classes: Vec<Class>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    name: String,
    reason: String,
    words: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Reasons {
    format: u32,
    reasons: Vec<Reason>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    name: String,
    up: Vec<String>,
    down: Vec<String>,
}

#[derive(Default, Clone)]
struct Entry {
    flags: u8,
    families: BTreeSet<u8>,
}

/// Writes `families.bin`, `model.bin` and `scores_module.rs` to the build's output folder.
pub fn compile_all() {
    println!("cargo:rerun-if-changed=codebook/weights");
    println!("cargo:rerun-if-changed=src/appraisal/scores/layout.rs");
    println!("cargo:rerun-if-changed=src/appraisal/scores/pack.rs");
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("codebook/weights");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let classes: Classes = read(&folder.join("classes.ron"));
    let reasons: Reasons = read(&folder.join("reasons.ron"));
    assert!(classes.format == 1 && reasons.format == 1, "codebook/weights: a newer format than this build reads");
    fs::write(out.join("families.bin"), families(&classes)).expect("the build's own folder can be written");
    let weights = fs::read_to_string(folder.join("weights.txt")).unwrap_or_default();
    let (model, version) = pack(&weights).unwrap_or_else(|error| panic!("codebook/weights/weights.txt: {error}"));
    fs::write(out.join("model.bin"), model).expect("the build's own folder can be written");
    fs::write(out.join("scores_module.rs"), module(&classes, &reasons, version)).expect("the build's own folder can be written");
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).expect("a file of the codebook can be read");
    ron::from_str(&text).unwrap_or_else(|error| panic!("{}:{error}", path.display()))
}

fn spelled(entry: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in entry.split('-').filter(|part| !part.is_empty()) {
        match spelled_out(part) {
            Some(spelled) => words.extend(spelled.iter().map(|word| (*word).to_owned())),
            None => words.push(part.trim_matches('\'').to_owned()),
        }
    }
    words
}

fn families(file: &Classes) -> Vec<u8> {
    assert!(file.classes.len() < usize::from(NONE), "too many families of words");
    let order: BTreeMap<u8, usize> = file
        .shape_order
        .split_whitespace()
        .enumerate()
        .filter_map(|(rank, name)| Some((file.classes.iter().position(|class| class.name == name)? as u8, rank)))
        .collect();
    let mut entries: BTreeMap<u64, Entry> = BTreeMap::new();
    for (number, class) in file.classes.iter().enumerate() {
        for word in class.words.split_whitespace() {
            let words = spelled(word);
            assert!(!words.is_empty() && words.len() <= LONGEST_PHRASE, "family {}: `{word}` has too many words", class.name);
            if let [one] = words.as_slice() {
                entries.entry(key(one)).or_default().families.insert(number as u8);
                if one.len() > 3 {
                    entries.entry(stem_key(&stem(one))).or_default().families.insert(number as u8);
                }
            } else {
                entries.entry(key(&words[0])).or_default().flags |= STARTS_PHRASE;
                let phrase = words.iter().fold(0, |before, word| mix(before, key(word)));
                entries.entry(phrase).or_default().families.insert(number as u8);
            }
        }
    }
    for (list, flag) in [(&file.function, FUNCTION), (&file.keeps_form, KEEPS_FORM)] {
        for word in list.split_whitespace().flat_map(spelled) {
            entries.entry(key(&word)).or_default().flags |= flag;
        }
    }
    let slots = (entries.len() * 2).next_power_of_two();
    let mut bytes = vec![0u8; slots * ENTRY];
    for (key, entry) in entries {
        let mut slot = key as usize & (slots - 1);
        while bytes[slot * ENTRY..slot * ENTRY + 8].iter().any(|byte| *byte != 0) {
            slot = (slot + 1) & (slots - 1);
        }
        let at = &mut bytes[slot * ENTRY..(slot + 1) * ENTRY];
        at[0..8].copy_from_slice(&key.to_le_bytes());
        let shape = entry.families.iter().copied().filter(|family| order.contains_key(family)).min_by_key(|family| order[family]).unwrap_or(NONE);
        at[8] = entry.flags;
        at[9] = shape;
        assert!(entry.families.len() <= MOST_FAMILIES, "a word belongs to more than {MOST_FAMILIES} families: {:?}", entry.families);
        at[10] = entry.families.len() as u8;
        for (to, family) in at[12..].iter_mut().zip(entry.families.iter()) {
            *to = *family;
        }
    }
    bytes
}

fn module(classes: &Classes, reasons: &Reasons, version: u32) -> String {
    let mut code = String::new();
    writeln!(code, "/// Which codebook and which weights the scores come from; named in every answer of `score`.\npub const MODEL: &str = \"codebook 1, weights {version}\";").expect("a string takes it");
    writeln!(
        code,
        "/// Names of the families, by number.\npub(super) const FAMILIES: [&str; {}] = {:?};",
        classes.classes.len(),
        classes.classes.iter().map(|class| &class.name).collect::<Vec<_>>()
    )
    .expect("a string takes it");
    let reason = |name: &str| reasons.reasons.iter().position(|reason| reason.name == name).unwrap_or_else(|| panic!("codebook/weights: no reason `{name}`"));
    writeln!(
        code,
        "/// The reason under which the evidence of a family is told.\npub(super) const REASON_OF: [u8; {}] = {:?};",
        classes.classes.len(),
        classes.classes.iter().map(|class| reason(&class.reason)).collect::<Vec<_>>()
    )
    .expect("a string takes it");
    writeln!(
        code,
        "/// Reasons: name, sentences for raising each scale, sentences for lowering it.\npub(super) const REASONS: [(&str, [&str; 3], [&str; 3]); {}] = [",
        reasons.reasons.len()
    )
    .expect("a string takes it");
    for reason in &reasons.reasons {
        writeln!(code, "({:?}, {:?}, {:?}),", reason.name, three(&reason.up), three(&reason.down)).expect("a string takes it");
    }
    code.push_str("];\n");
    code
}

/// One sentence for all scales, or one for each.
fn three(sentences: &[String]) -> [&str; 3] {
    match sentences {
        [] => ["", "", ""],
        [one] => [one, one, one],
        [a, b, c] => [a, b, c],
        _ => panic!("codebook/weights/reasons.ron: one sentence or three"),
    }
}

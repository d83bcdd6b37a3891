//! Embeds every scenario of `scenarios/` in the binary: each folder with a `scenario.ron`, with its script and transcripts.

use crate::appraisal::codebook::compile::Lexicon;
use crate::stored;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Writes `built_in_scenarios.rs` to the build's output folder: `&[(id, &[(path in the folder, bytes)])]`, in order of id.
///
/// Beside it `stored_scenarios.rs`: for each, the stored form of `scenario.ron` and the tables of its patterns (see `stored.rs`), so that the
/// first prompt waits for no parser.
pub fn embed(lexicon: &dyn Lexicon) {
    println!("cargo:rerun-if-changed=scenarios");
    for path in ["build/scenarios.rs", "build/stored.rs", "src/scenario/tree.rs", "src/scenario/tree", "src/diagnostic/span.rs"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut stored = String::from("&[\n");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut code = String::from("&[\n");
    for (id, folder) in folders(&root.join("scenarios")) {
        let mut files = BTreeMap::new();
        gather(&folder, "", &mut files);
        writeln!(code, "({id:?}, &[").expect("a string takes it");
        for (name, path) in files {
            writeln!(code, "  ({name:?}, include_bytes!({:?})),", path.display().to_string()).expect("a string takes it");
        }
        code.push_str("]),\n");
        if let Some(parts) = fs::read_to_string(folder.join("scenario.ron")).ok().and_then(|text| stored::store(&text, lexicon)) {
            write!(stored, "({id:?}, [").expect("a string takes it");
            for (part, bytes) in ["file", "background", "says", "promises"].iter().zip(parts) {
                let name = format!("{id}.{part}.bin");
                fs::write(out.join(&name), bytes).expect("the build's own folder can be written");
                write!(stored, "include_bytes!({:?}), ", out.join(&name).display().to_string()).expect("a string takes it");
            }
            stored.push_str("]),\n");
        }
    }
    code.push(']');
    stored.push(']');
    fs::write(out.join("stored_scenarios.rs"), stored).expect("the build's own folder can be written");
    fs::write(out.join("built_in_scenarios.rs"), code).expect("the build's own folder can be written");
}

fn folders(shelf: &Path) -> BTreeMap<String, PathBuf> {
    let Ok(entries) = fs::read_dir(shelf) else { return BTreeMap::new() };
    entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("scenario.ron").is_file())
        .filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), path)))
        .collect()
}

/// The files that a scenario is made of: RON and Rhai, one folder deep.
fn gather(folder: &Path, prefix: &str, files: &mut BTreeMap<String, PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let Some(name) = name.to_str() else { continue };
        if path.is_dir() && prefix.is_empty() {
            gather(&path, &format!("{name}/"), files);
        } else if path.extension().is_some_and(|ext| ext == "ron" || ext == "rhai") {
            files.insert(format!("{prefix}{name}"), path);
        }
    }
}

/// Embeds the pages of the codes: `&[(code, text)]`, in order of codes.
pub fn embed_code_pages() {
    println!("cargo:rerun-if-changed=src/check/codes");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut pages = BTreeMap::new();
    for entry in fs::read_dir(root.join("src/check/codes")).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ext| ext == "md")
            && let Some(code) = path.file_stem().and_then(|stem| stem.to_str())
        {
            pages.insert(code.to_owned(), path.display().to_string());
        }
    }
    let mut code = String::from("&[\n");
    for (name, path) in pages {
        writeln!(code, "({name:?}, include_str!({path:?})),").expect("a string takes it");
    }
    code.push(']');
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("code_pages.rs"), code).expect("the build's own folder can be written");
}

//! Embeds every `drills/*.ron` in the binary.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

/// Writes `built_in_drills.rs` to the build's output folder: `&[(file name, bytes)]`, in order of name.
pub fn embed() {
    println!("cargo:rerun-if-changed=drills");
    println!("cargo:rerun-if-changed=build/drills.rs");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let entries = fs::read_dir(root.join("drills")).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ext| ext == "ron")).collect();
    paths.sort();
    let mut code = String::from("&[\n");
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        writeln!(code, "({name:?}, include_bytes!({:?})),", path.display().to_string()).expect("a string takes it");
    }
    code.push(']');
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("built_in_drills.rs"), code).expect("the build's own folder can be written");
}

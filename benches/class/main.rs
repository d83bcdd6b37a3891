//! How large a class may be: `cargo bench --bench class`, with `CLASS_STUDENTS` (500) and `CLASS_SECONDS` (20; 600 is the whole ten minutes).

#![allow(clippy::print_stdout)]

mod load;

use std::path::Path;

fn main() {
    let number = |name: &str, usual: usize| std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual);
    let (students, seconds) = (number("CLASS_STUDENTS", 500), number("CLASS_SECONDS", 20));
    let folder = tempfile::tempdir().expect("a folder");
    let figures = load::run(Path::new(env!("CARGO_BIN_EXE_practicum")), folder.path(), students, seconds);
    println!("{students} students, a turn a second, {seconds} seconds");
    println!("joins        all in {:.0} ms, p99 {:.0} ms (wanted: 1000 ms)", figures.all_joined, figures.join_p99);
    println!("turns        {} acknowledged, {} errors (wanted: 0)", figures.turns, figures.errors);
    println!("a turn       p50 {:.1} ms, p99 {:.1} ms (wanted: 50 ms)", figures.turn_p50, figures.turn_p99);
    println!("last reached p99 {:.0} ms (wanted: 400 ms)", figures.last_reached_p99);
    println!("memory       {:.0} MiB (wanted: 256 MiB)", figures.memory);
    println!("killed       back in {:.0} ms (wanted: 2000 ms), {} turns lost (wanted: 0)", figures.back, figures.lost);
}

//! What a turn costs: reading, appraising, the whole of it with script, client and events; how far single turns lie apart; a scored reply; the
//! first prompt of a whole process; a long session's memory.
//!
//! `cargo bench --bench turn` runs all of it; `cargo bench --bench turn -- apart` only what has `apart` in its name.

#![allow(clippy::print_stdout, reason = "a bench tells its figures")]

use divan::{Bencher, black_box};
use practicum::appraisal::codebook::Codebook;
use practicum::appraisal::{Context, appraise};
use practicum::scenario::{Scenario, Shelf};
use practicum::session::{Opening, Session};
use practicum::text::Utterance;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

fn main() {
    divan::main();
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    for (name, measure) in
        [("turns_apart", turns_apart as fn()), ("replies_scored", replies_scored), ("first_prompt", first_prompt), ("ten_thousand_turns", ten_thousand_turns)]
    {
        if wanted.is_empty() || wanted.iter().any(|wanted| name.contains(wanted.as_str())) {
            measure();
        }
    }
}

const REPLIES: [&str; 10] = [
    "You sat there with it on your own, and nobody asked, so you stopped expecting anyone to.",
    "What was it like to hear that from somebody you had trusted?",
    "I understand. That must be hard.",
    "Have you tried writing it down? One of the things we often find is that it helps.",
    "So part of you wants to tell her, and part of you is sure she'd only worry.",
    "There's no hurry. You can tell me as much or as little as you like.",
    "Why didn't you say anything at the time?",
    "It makes sense that you'd check the door twice, after what happened.",
    "Mm-hm.",
    "What you say here stays between us, unless I was worried about somebody's safety, and I'd talk to you first.",
];

const CLIENT: &str = "I told her once. She wrote it down, I saw her write it down, and the next week my manager knew. *looks at the notepad* So.";

fn scenario(name: &str) -> Arc<Scenario> {
    Shelf::built_in().open(name).unwrap_or_else(|error| panic!("{error}"))
}

#[divan::bench]
fn read_ten_replies(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| REPLIES.map(|reply| Utterance::read(black_box(reply)).words().len()));
}

#[divan::bench]
fn appraise_ten_replies(bencher: Bencher<'_, '_>) {
    let client = Utterance::read(CLIENT);
    let replies = REPLIES.map(Utterance::read);
    bencher.bench_local(|| {
        let context = Context::of(&client);
        replies.iter().map(|reply| appraise(Codebook::builtin(), black_box(reply), &context).acts.len()).sum::<usize>()
    });
}

#[divan::bench(args = ["samantha", "stefano"])]
fn twenty_whole_turns(bencher: Bencher<'_, '_>, name: &str) {
    let scenario = scenario(name);
    bencher.bench_local(|| {
        let (mut session, _) = Session::open(Arc::clone(&scenario), Opening::default());
        (0..20).map(|turn| session.hear(black_box(REPLIES[turn % REPLIES.len()])).len()).sum::<usize>()
    });
}

#[divan::bench(args = ["samantha", "stefano"])]
fn load_a_scenario(name: &str) -> Arc<Scenario> {
    scenario(name)
}

fn at(sorted: &[Duration], share: f64) -> Duration {
    sorted[((sorted.len() - 1) as f64 * share) as usize]
}

/// Single turns, 500 sessions of twenty: the middle one, and the slowest in a hundred.
fn turns_apart() {
    for name in ["samantha", "stefano"] {
        let scenario = scenario(name);
        let mut turns = Vec::with_capacity(10_000);
        for seed in 0..500 {
            let (mut session, _) = Session::open(Arc::clone(&scenario), Opening { seed, ..Opening::default() });
            for turn in 0..20 {
                let before = Instant::now();
                let events = session.hear(REPLIES[(turn + seed as usize) % REPLIES.len()]).len();
                if events > 0 {
                    turns.push(before.elapsed());
                }
            }
        }
        turns.sort_unstable();
        println!("turns_apart {name}: {} turns, median {:?}, p99 {:?}", turns.len(), at(&turns, 0.5), at(&turns, 0.99));
    }
}

/// The shipped judged replies as `practicum score` scores them, from JSON to JSON, on all cores.
fn replies_scored() {
    let lines = include_bytes!("../data/validity/judged.jsonl");
    let count = lines.iter().filter(|byte| **byte == b'\n').count();
    let best = (0..5)
        .map(|_| {
            let before = Instant::now();
            practicum::interface::score::replies(lines.as_slice(), &mut std::io::sink()).expect("memory can be read");
            before.elapsed()
        })
        .min()
        .unwrap_or_default();
    println!("replies_scored: {:.0} a second", count as f64 / best.as_secs_f64());
}

/// From starting the program to the client's first line.
fn first_prompt() {
    let mut times: Vec<Duration> = (0..25)
        .map(|_| {
            let before = Instant::now();
            let mut child = Command::new(env!("CARGO_BIN_EXE_practicum"))
                .args(["play", "samantha", "--plain", "--feedback", "end", "--no-save"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program starts");
            let mut line = String::new();
            BufReader::new(child.stdout.take().expect("it was asked for")).read_line(&mut line).expect("a line comes");
            let took = before.elapsed();
            drop(child.stdin.take());
            child.wait().expect("it ends");
            took
        })
        .collect();
    times.sort_unstable();
    println!("first_prompt: least {:?}, median {:?}", times[0], at(&times, 0.5));
}

/// Memory of one session of ten thousand turns: after the first thousand, and at the end.
fn ten_thousand_turns() {
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<i64>().ok()).unwrap_or(0)
    };
    let (mut session, _) = Session::open(scenario("samantha"), Opening::default());
    let kind: Vec<&str> = REPLIES.iter().copied().filter(|reply| !reply.starts_with("Why")).collect();
    let mut early = 0;
    for turn in 0..10_000 {
        session.hear(kind[turn % kind.len()]);
        if turn == 1_000 {
            early = resident();
        }
    }
    println!("ten_thousand_turns: {} KiB more at the end than after a thousand; turn {}", resident() - early, session.run().turn_number());
}

//! What a turn costs: reading, appraising, and the whole of it with script, client and events.
//!
//! `cargo bench --bench turn`

use divan::{Bencher, black_box};
use practicum::appraisal::codebook::Codebook;
use practicum::appraisal::{Context, appraise};
use practicum::scenario::{Scenario, Shelf};
use practicum::session::{Opening, Session};
use practicum::text::Utterance;
use std::sync::Arc;

fn main() {
    divan::main();
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

//! What is said when: topics that nobody answers, reactions that another always goes before, pools that run dry, details that nobody tells.

use crate::appraisal::codebook::PatternSet;
use crate::scenario::Scenario;
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::ROOT;
use crate::scenario::findings::walk::pools;
use crate::scenario::shape::{Bands, Beat, ScenarioFile};
use crate::text::Utterance;
use std::collections::BTreeSet;

pub(super) fn find(scenario: &Scenario, finder: &mut Finder) {
    let file = &scenario.file;
    topics(file, finder);
    super::shadows::find(file, finder);
    dry(file, finder);
    untold_details(file, finder);
    leaks(file, finder);
}

fn topics(file: &ScenarioFile, finder: &mut Finder) {
    let all = ROOT.field("topics");
    for (n, topic) in file.topics.iter().enumerate() {
        let reactions = || file.reactions.iter().filter(|reaction| reaction.when.topics.contains(&topic.id));
        let at = all.entry(n);
        if is_empty(&topic.asked) && reactions().next().is_none() {
            finder.warning("K006", &at, format!("nobody answers a question about {}", topic.name), "fill `asked`, at least its `guarded` band");
        } else if is_empty(&topic.met) && reactions().all(|reaction| reaction.when.question == Some(true) || !reaction.when.asks.is_empty()) {
            finder.advice("K007", &at, format!("a reflection of {} is met by a fallback only", topic.name), "fill `met`, at least its `guarded` band");
        }
        let opens = file.disclosures.iter().any(|told| told.topic.as_deref() == Some(topic.id.as_str()) && told.layer > 1);
        if topic.refuses.is_empty() && opens {
            finder.advice(
                "K008",
                &at,
                format!("{} leads to a deeper layer, and there is no refusal", topic.name),
                "write in `refuses` how this client says no when it is asked too early",
            );
        }
    }
}

fn is_empty(bands: &Bands) -> bool {
    bands.guarded.is_empty() && bands.wary.is_empty() && bands.warming.is_empty() && bands.open.is_empty()
}

/// So many lines a pool needs that a trainee meets again and again in twenty turns. Our guess: a fallback answers one turn in six.
const FALLBACKS_NEEDED: usize = 4;
const UNKNOWN_NEEDED: usize = 3;

fn dry(file: &ScenarioFile, finder: &mut Finder) {
    let fallbacks = ROOT.field("fallbacks");
    let beats = &file.fallbacks;
    let mut below = 0;
    // Each pool is looked at with what it falls back on.
    for (name, beat) in [("guarded", &beats.guarded), ("wary", &beats.wary), ("warming", &beats.warming), ("open", &beats.open)] {
        // A spent band falls back to the next more guarded one.
        below += beat.lines.len();
        few(name, beat, below, FALLBACKS_NEEDED, &fallbacks, finder);
    }
    few("asked", &beats.asked, beats.asked.lines.len(), UNKNOWN_NEEDED, &fallbacks, finder);
}

fn few(name: &'static str, beat: &Beat, has: usize, needs: usize, at: &crate::scenario::findings::At<'_>, finder: &mut Finder) {
    if has < needs && !beat.lines.is_empty() {
        finder.warning(
            "K009",
            &at.field(name),
            format!("the fallback `{name}` has {has} lines to fall back on and runs dry within twenty turns"),
            format!("write {needs} or more"),
        );
    }
}

/// A detail that no line tells cannot be remembered.
fn untold_details(file: &ScenarioFile, finder: &mut Finder) {
    let mut set = PatternSet::builder();
    for (n, detail) in file.details.iter().enumerate() {
        for cue in &detail.cues {
            // What does not compile was told already.
            let _ = set.add(n, cue);
        }
    }
    let set = set.build();
    let mut told: BTreeSet<usize> = file.details.iter().enumerate().filter(|(_, detail)| detail.told_from.is_some()).map(|(n, _)| n).collect();
    let scenes = file.sessions.iter().map(|session| session.scene.as_str()).chain([file.briefing.as_str()]);
    let mut read = |text: &str| told.extend(set.find_all(&Utterance::read(text), None).into_iter().map(|(n, _)| n));
    scenes.for_each(&mut read);
    pools(file, &mut |pool, _, _| pool.lines.iter().for_each(|line| read(line.say())));
    let all = ROOT.field("details");
    for (n, detail) in file.details.iter().enumerate() {
        if !told.contains(&n) {
            finder.warning(
                "K010",
                &all.entry(n),
                format!("no line tells that {}", detail.fact.trim_end_matches('.')),
                "let the client say it somewhere, or write `told_from: 1`",
            );
        }
    }
}

/// A line outside the disclosures that shares this much of its longer words with one says it too early.
const LEAKS: f64 = 0.75;
/// Shorter tellings share their words by chance.
const LONG_ENOUGH: usize = 5;

fn leaks(file: &ScenarioFile, finder: &mut Finder) {
    let deep: Vec<(&str, BTreeSet<String>)> = file
        .disclosures
        .iter()
        .filter(|told| told.layer >= 2)
        .flat_map(|told| told.lines.iter().map(|line| (told.id.as_str(), words(line.say()))))
        .filter(|(_, words)| words.len() >= LONG_ENOUGH)
        .collect();
    pools(file, &mut |pool, at, _| {
        if matches!(pool.room, crate::scenario::findings::walk::Room::Told) {
            return;
        }
        for (n, line) in pool.lines.iter().enumerate() {
            let said = words(line.say());
            if said.len() < LONG_ENOUGH {
                continue;
            }
            for (id, told) in &deep {
                let shared = said.intersection(told).count();
                if shared as f64 >= LEAKS * told.len().min(said.len()) as f64 && !comes_after(file, &pool.name, id) {
                    finder.warning(
                        "K011",
                        &at.entry(n),
                        format!("this line of {} says what the gate `{id}` keeps", pool.name),
                        "hold it back here, or give the line the condition `told`",
                    );
                }
            }
        }
    });
}

/// Whether the pool is a reaction that answers only once this was told.
fn comes_after(file: &ScenarioFile, pool: &str, id: &str) -> bool {
    let owner = file.reactions.iter().find(|reaction| pool == format!("the reaction `{}`", reaction.id));
    owner.is_some_and(|reaction| {
        let own_lines = file.disclosures.iter().filter(|told| told.id == id).flat_map(|told| told.lines.iter().chain(&told.more)).filter_map(|line| line.id());
        reaction.when.told.iter().any(|told| told == id) || reaction.when.after.iter().any(|after| after == id || own_lines.clone().any(|line| line == after))
    })
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| word.chars().count() >= 4).map(str::to_lowercase).collect()
}

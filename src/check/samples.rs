//! The replies that an author says will open a gate, or leave it shut, go through the real recognition (after ChatScript's sample inputs).

use crate::appraisal::{Appraisal, Context, appraise};
use crate::client::{Client, GateCondition, Moment, Quality, State};
use crate::scenario::Scenario;
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::ROOT;
use crate::scenario::shape::Disclosure;
use crate::text::Utterance;

pub(super) fn find(scenario: &Scenario, finder: &mut Finder) {
    let all = ROOT.field("disclosures");
    for (n, disclosure) in scenario.file.disclosures.iter().enumerate() {
        let at = all.entry(n);
        if disclosure.opens_to.is_empty() && disclosure.layer > 0 {
            finder.warning(
                "K004",
                &at,
                format!("no sample shows what opens `{}`", disclosure.id),
                "add `opens_to: [\"…\"]` with replies that should; they are tried each time",
            );
        }
        let client = ready(scenario, disclosure);
        let before = last_line(scenario, disclosure);
        let list = at.field("opens_to");
        for (k, sample) in disclosure.opens_to.iter().enumerate() {
            let (appraisal, opened) = heard(scenario, disclosure, &client, &before, sample);
            if !opened {
                finder.warning(
                    "K002",
                    &list.entry(k),
                    format!("this reply does not open `{}`: {}", disclosure.id, why_not(disclosure, &appraisal, &client)),
                    "change the reply, or the cues of the topic",
                );
            }
        }
        let list = at.field("stays_shut_to");
        for (k, sample) in disclosure.stays_shut_to.iter().enumerate() {
            let (appraisal, opened) = heard(scenario, disclosure, &client, &before, sample);
            if opened {
                finder.warning(
                    "K003",
                    &list.entry(k),
                    format!("this reply opens `{}`: it is heard as {}", disclosure.id, acts_of(&appraisal)),
                    "change the reply, or add to `needs`",
                );
            }
        }
    }
}

/// A client who would tell exactly this: open, calm, everything else told, every need met.
fn ready(scenario: &Scenario, disclosure: &Disclosure) -> Client {
    let mut state = State::default();
    for quality in Quality::ALL {
        state.set(quality, if quality == Quality::Arousal { 0.3 } else { 0.95 });
    }
    let mut gates = scenario.gates.clone();
    for gate in &mut gates {
        gate.opens_at = gate.opens_at.min(0.8);
        // What was done earlier in the session is taken as done.
        gate.needs.retain(|need| !matches!(need, GateCondition::Did(_)));
    }
    let told: Vec<String> = scenario.file.disclosures.iter().filter(|other| other.id != disclosure.id).map(|other| other.id.clone()).collect();
    let flags: Vec<String> = disclosure.needs.iter().filter_map(|need| if let GateCondition::Flag(flag) = need { Some(flag.clone()) } else { None }).collect();
    let session = u32::try_from(scenario.file.sessions.len()).unwrap_or(1).max(1);
    let client = Client::new(scenario.file.temperament.clone(), gates.clone()).starting_at(session, state, &told, &flags);
    let mut standing = client.standing().clone();
    standing.confidentiality = true;
    standing.touched.extend(scenario.file.topics.iter().map(|topic| topic.id.clone()));
    Client::resume(scenario.file.temperament.clone(), gates, standing)
}

/// What the client said last: something on the topic, as the talk would have come to it.
fn last_line(scenario: &Scenario, disclosure: &Disclosure) -> Utterance {
    let topic = disclosure.topic.as_deref().and_then(|topic| scenario.topic(topic));
    let line = topic.and_then(|topic| [&topic.asked.open, &topic.asked.warming, &topic.asked.wary, &topic.asked.guarded].into_iter().flatten().next());
    Utterance::read(line.map_or("", |line| line.say()))
}

fn heard(scenario: &Scenario, disclosure: &Disclosure, client: &Client, before: &Utterance, sample: &str) -> (Appraisal, bool) {
    let utterance = Utterance::read(sample);
    let context = Context { client: before, earlier: &[], background: Some(&scenario.background), told: None };
    let appraisal = appraise(&scenario.codebook, &utterance, &context);
    let topics: Vec<String> = appraisal.topics.iter().map(|named| named.id.clone()).collect();
    let carried = if topics.is_empty() { disclosure.topic.iter().cloned().collect() } else { Vec::new() };
    let moment = Moment {
        session: client.standing().session,
        turn: 8,
        minutes_left: 25.0,
        topics,
        carried,
        invites: Moment::invites_in(&appraisal),
        said: sample.to_lowercase(),
        ..Moment::default()
    };
    let change = client.preview(&client.weigh(&appraisal, &moment));
    let opened = change.opened.is_some_and(|opened| opened.id == disclosure.id);
    (appraisal, opened)
}

fn why_not(disclosure: &Disclosure, appraisal: &Appraisal, client: &Client) -> String {
    if !Moment::invites_in(appraisal) {
        return format!("it asks for nothing more (heard as {})", acts_of(appraisal));
    }
    let named: Vec<&str> = appraisal.topics.iter().map(|named| named.id.as_str()).collect();
    if let Some(topic) = &disclosure.topic
        && !named.is_empty()
        && !named.contains(&topic.as_str())
    {
        return format!("it is about {}, not `{topic}`", crate::diagnostic::wording::any_of(named, 4));
    }
    let missing: Vec<String> = client.why_not(&disclosure.id).iter().map(ToString::to_string).collect();
    if missing.is_empty() { format!("it is heard as {}", acts_of(appraisal)) } else { missing.join(", ") }
}

fn acts_of(appraisal: &Appraisal) -> String {
    if appraisal.acts.is_empty() {
        return "nothing in particular".to_owned();
    }
    let mut names: Vec<&str> = appraisal.acts.iter().map(|found| found.act.name()).collect();
    names.dedup();
    names.iter().take(4).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

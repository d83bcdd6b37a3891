//! One run: a simulated trainee and a client, for as many sessions as the course has, unless the client leaves.

use super::bank::Bank;
use super::heard::{Heard, addressed};
use super::trainee::{Sight, Trainee};
use super::{Plan, Policy};
use crate::scenario::Scenario;
use crate::session::{CloseReason, Course, CourseEnd, Event, Opening, Session, What};
use crate::text::Utterance;
use rand::SeedableRng as _;
use rand::rngs::ChaCha8Rng;
use std::sync::Arc;

/// What all runs of one scenario share.
pub(super) struct Table {
    ids: Vec<String>,
    topics: Vec<String>,
    hearts: Vec<bool>,
    /// How many of the layers 1 to 4 the scenario has.
    pub(super) layers: usize,
}

impl Table {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let (he, him, his) = &scenario.file.client.pronouns;
        let words = [he.as_str(), him.as_str(), his.as_str()];
        Self {
            ids: scenario.file.topics.iter().map(|topic| topic.id.clone()).collect(),
            topics: scenario.file.topics.iter().map(|topic| addressed(&topic.name, &words)).collect(),
            hearts: scenario
                .file
                .topics
                .iter()
                .map(|topic| scenario.file.disclosures.iter().any(|told| told.layer > 0 && told.topic.as_ref() == Some(&topic.id)))
                .collect(),
            layers: (1..=4).filter(|layer| scenario.file.disclosures.iter().any(|told| told.layer == *layer)).count(),
        }
    }
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Outcome {
    /// T at the last close.
    pub(super) trust: f64,
    /// T after every turn, of all sessions in a row.
    pub(super) course: Vec<f64>,
    pub(super) layers: usize,
    pub(super) ruptures: u32,
    pub(super) left: bool,
    /// Did not come back to a later session, without having walked out.
    pub(super) dropped: bool,
    pub(super) turns: u32,
    /// Sum and count of the scores: empathy, non-judgment, listening.
    pub(super) scores: [(f64, u32); 3],
    /// Turns that only a fallback answered.
    pub(super) fallbacks: u32,
}

/// An insult and its repair, put into a run before this turn of the first session.
pub(super) type Inserted<'a> = (u32, &'a [&'a str]);

/// Somebody who looks on while trainees are simulated, and whose notes can be joined with those of others in any order.
pub trait Watch: Send + Sized {
    /// Whether anybody looks: what only a watcher needs is not gathered for nobody.
    const LOOKS: bool = true;

    /// A session was opened.
    fn opened(&mut self, _session: &Session, _events: &[Event]) {}
    /// A reply was heard; `before` is the client's line it answers, `on` the topic the talk was on.
    fn heard(&mut self, _policy: Policy, _reply: &str, _before: &str, _on: Option<&str>, _events: &[Event]) {}
    /// A session was closed.
    fn closed(&mut self, _session: &Session, _events: &[Event]) {}
    /// Joins what another saw.
    fn join(&mut self, _other: Self) {}
}

/// Nobody looks on.
impl Watch for () {
    const LOOKS: bool = false;
}

/// Plays one run.
pub(super) fn run<W: Watch>(
    scenario: &Arc<Scenario>,
    table: &Table,
    plan: &Plan,
    policy: Policy,
    number: u32,
    inserted: Option<Inserted<'_>>,
    watch: &mut W,
) -> Outcome {
    let bank = Bank::get();
    let mut outcome = Outcome::default();
    let Some(repertoire) = bank.of(policy) else { return outcome };
    let mut draw = generator(plan.seed, policy, number);
    let mut trainee = Trainee::new(bank, repertoire, &scenario.file.client.name, &table.topics, &table.hearts);
    let seed = plan.seed.wrapping_mul(1_000_003).wrapping_add(u64::from(number));
    let mut course = Course::begin(scenario, seed).of(plan.course);
    while let Some(opening) = course.open_next() {
        let number = opening.session;
        let turns = if plan.turns > 0 { plan.turns } else { scenario.session(number).map_or(20, |spec| spec.turns) };
        trainee.begin_session();
        let inserted = inserted.filter(|_| number == 1);
        let session = hour(scenario, table, opening, turns, &mut trainee, &mut draw, inserted, &mut outcome, (policy, &mut *watch));
        course.close(&session);
    }
    outcome.dropped = course.ended == Some(CourseEnd::DroppedOut);
    outcome
}

/// One session.
#[allow(clippy::too_many_arguments)]
fn hour<W: Watch>(
    scenario: &Arc<Scenario>,
    table: &Table,
    opening: Opening,
    turns: u32,
    trainee: &mut Trainee<'_>,
    draw: &mut ChaCha8Rng,
    inserted: Option<Inserted<'_>>,
    outcome: &mut Outcome,
    (policy, watch): (Policy, &mut W),
) -> Session {
    let number = opening.session;
    let (mut session, events) = Session::open(Arc::clone(scenario), opening);
    watch.opened(&session, &events);
    let opening = Utterance::read(said(&events));
    let mut told = false;
    // An insult and its repair take their turns out of the same hour.
    while session.run().turn_number() < turns {
        let turn = session.run().turn_number() + 1;
        if let Some((_, replies)) = inserted.filter(|(at, _)| *at == turn) {
            for reply in replies {
                let events = session.hear(reply);
                outcome.take(&events);
            }
        }
        let line = if session.run().turn_number() == 0 { &opening } else { session.run().heard_last() };
        let heard = Heard::of(line, &Bank::get().words);
        let on = session.run().topic().and_then(|id| table.ids.iter().position(|topic| topic == id));
        let hurt = session.run().client().rupture().is_some();
        let reply = trainee.says(&heard, on, Sight { turn, turns, session: number, hurt, told }, draw);
        let (before, topic) = (if W::LOOKS { line.text().to_owned() } else { String::new() }, on.and_then(|on| table.ids.get(on)));
        let events = session.hear(&reply);
        watch.heard(policy, &reply, &before, topic.map(String::as_str), &events);
        outcome.take(&events);
        outcome.turns += 1;
        outcome.course.push(session.run().client().trust());
        told = events.iter().any(|event| matches!(&event.what, What::Disclosed { layer, .. } if *layer > 0));
        if session.run().closed().is_some() {
            break;
        }
    }
    outcome.left |= session.run().closed() == Some(CloseReason::ClientLeft);
    let events = session.close(CloseReason::Ended);
    watch.closed(&session, &events);
    let client = session.run().client();
    outcome.trust = client.trust();
    outcome.layers = client.layers_told();
    outcome.ruptures = client.standing().ruptures;
    session
}

impl Outcome {
    fn take(&mut self, events: &[Event]) {
        for event in events {
            match &event.what {
                What::Appraised { empathy, non_judgment, listening, .. } => {
                    for (sum, score) in self.scores.iter_mut().zip([empathy, non_judgment, listening]) {
                        if let Some(points) = score {
                            sum.0 += points;
                            sum.1 += 1;
                        }
                    }
                }
                What::ClientSaid { fallback: true, .. } => self.fallbacks += 1,
                _ => {}
            }
        }
    }
}

/// What the client said last in these events.
fn said(events: &[Event]) -> &str {
    events
        .iter()
        .rev()
        .find_map(|event| match &event.what {
            What::ClientSaid { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .unwrap_or("")
}

fn generator(seed: u64, policy: Policy, number: u32) -> ChaCha8Rng {
    let mut key = [0_u8; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8] = policy as u8;
    key[12..16].copy_from_slice(&number.to_le_bytes());
    key[16..24].copy_from_slice(b"trainee\0");
    ChaCha8Rng::from_seed(key)
}

//! A session as it stands, small enough to be kept with every turn. Replay is exact and goes first; the snapshot is there for when replay cannot be: under another
//! engine version, or after words were taken out. What the snapshot does not hold (what was read back, what a script remembers) begins anew.

use super::event::{Event, What};
use super::opening::Opening;
use super::pool::Spent;
use super::run::{LastLine, Run};
use super::{Input, Session};
use crate::appraisal::{Act, Appraisal, Behaviour, FoundAct, InputKind, MainBehaviour, QuestionKind, ReflectionKind, Score, Scores};
use crate::client::{Client, Shift, Standing, State};
use crate::scenario::Scenario;
use crate::scenario::shape::TimeKept;
use crate::scoring::{CloseReason, RuptureMark, TurnRecord};
use crate::text::Later;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A session as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The turn that was heard last.
    pub turn: u32,
    /// The client.
    pub standing: Standing,
    /// Details that the client has told.
    #[serde(default)]
    pub told_details: BTreeSet<String>,
    /// What was said already.
    #[serde(default)]
    pub spent: Spent,
    /// What the client said last.
    pub last: LastLine,
    /// The topic that the talk is on.
    #[serde(default)]
    pub topic: Option<String>,
    /// The turn in which it was last spoken on.
    #[serde(default)]
    pub topic_at: u32,
    /// What is being told, and since which turn.
    #[serde(default)]
    pub telling: Option<(usize, u32)>,
    /// Details that the trainee brought back rightly in this session.
    #[serde(default)]
    pub recalled: BTreeSet<String>,
    /// How the time was kept so far.
    #[serde(default)]
    pub time: TimeKept,
    /// Trust at the opening, 0 to 1.
    pub start: f64,
    /// Why it closed, if it did.
    #[serde(default)]
    pub closed: Option<CloseReason>,
}

/// Where a session goes on that cannot be replayed from its opening.
#[derive(Debug)]
pub(super) struct Base {
    snapshot: Snapshot,
    records: Vec<TurnRecord>,
}

impl Base {
    /// The turn after which it goes on.
    pub(super) const fn turn(&self) -> u32 {
        self.snapshot.turn
    }

    pub(super) fn run(&self, scenario: &Scenario, opening: &Opening) -> Run {
        let Snapshot { turn, standing, told_details, spent, last, topic, topic_at, telling, recalled, time, start, closed } = self.snapshot.clone();
        let mut run = Run::new(scenario, opening);
        run.pass(turn);
        run.client = Client::resume(scenario.file.temperament.clone(), scenario.gates.clone(), standing);
        run.told_details = told_details;
        run.spent = spent;
        run.heard_last = Later::of(&*last.text);
        run.last = last;
        run.topic = topic;
        run.topic_at = topic_at;
        // The place in the scenario's list may be another one in a changed scenario.
        run.telling = telling.filter(|(at, _)| *at < scenario.file.disclosures.len());
        run.recalled.1 = recalled;
        run.time = time;
        run.start = start;
        run.closed = closed;
        run.records.clone_from(&self.records);
        run
    }
}

impl Run {
    /// The session as it stands.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            turn: self.turn_number(),
            standing: self.client.standing().clone(),
            told_details: self.told_details.clone(),
            spent: self.spent.clone(),
            last: self.last.clone(),
            topic: self.topic.clone(),
            topic_at: self.topic_at,
            telling: self.telling,
            recalled: self.recalled.1.clone(),
            time: self.time,
            start: self.start,
            closed: self.closed,
        }
    }
}

impl Session {
    /// Goes on from a snapshot: a session whose earlier turns are known by their events only, and are not played again.
    #[must_use]
    pub fn from_snapshot(scenario: Arc<Scenario>, opening: Opening, snapshot: Snapshot, earlier: &[Event]) -> Self {
        let base = Arc::new(Base { snapshot, records: records_of(earlier) });
        let run = base.run(&scenario, &opening);
        Self { scenario, opening, base: Some(base), inputs: Vec::new(), run }
    }

    /// The turn from which it can be replayed: 0 is the opening; a later one where it went on from a snapshot.
    #[must_use]
    pub fn replayable_from(&self) -> u32 {
        self.base.as_ref().map_or(0, |base| base.turn())
    }

    /// The session as after its first inputs, and nothing else known.
    pub(super) fn anew_with(&self, inputs: &[Input]) -> Self {
        match &self.base {
            None => Self::replay(Arc::clone(&self.scenario), self.opening.clone(), inputs).0,
            Some(base) => {
                let mut run = base.run(&self.scenario, &self.opening);
                for input in inputs {
                    run.hear(&self.scenario, &input.words, input.stopped);
                }
                Self { scenario: Arc::clone(&self.scenario), opening: self.opening.clone(), base: Some(Arc::clone(base)), inputs: inputs.to_vec(), run }
            }
        }
    }
}

/// Turns as their events tell them: without the parts that events leave out (what each word weighed, model replies).
#[must_use]
pub fn records_of(events: &[Event]) -> Vec<TurnRecord> {
    let mut records: Vec<TurnRecord> = Vec::new();
    let (mut said, mut feel) = (String::new(), String::new());
    let mut open = false;
    for event in events {
        match &event.what {
            What::Heard { text } => {
                records.push(TurnRecord {
                    turn: event.turn,
                    answered: std::mem::take(&mut said),
                    answered_feel: std::mem::take(&mut feel),
                    heard: text.clone(),
                    appraisal: Appraisal::default(),
                    before: State::default(),
                    after: State::default(),
                    trust: (0.0, 0.0),
                    shifts: Vec::new(),
                    ruptured: None,
                    repaired: false,
                    disclosed: None,
                    said: String::new(),
                    feel: String::new(),
                    model: None,
                });
                open = true;
            }
            What::ClientSaid { text, feel: thought, .. } => {
                (said, feel) = (text.clone(), thought.clone());
                if let Some(record) = records.last_mut().filter(|record| open && record.turn == event.turn) {
                    (record.said, record.feel) = (text.clone(), thought.clone());
                }
                open = false;
            }
            what => {
                if let Some(record) = records.last_mut().filter(|record| record.turn == event.turn) {
                    add(record, what);
                }
            }
        }
    }
    records
}

fn add(record: &mut TurnRecord, what: &What) {
    match what {
        What::Appraised { empathy, non_judgment, listening, acts } => record.appraisal = appraisal(*empathy, *non_judgment, *listening, acts),
        What::Shifted { before, after, trust, shifts } => shifted(record, *before, *after, *trust, shifts),
        What::Ruptured { style, severity, .. } => record.ruptured = Some(RuptureMark { style: *style, severity: *severity }),
        What::Repaired { .. } => record.repaired = true,
        What::Disclosed { id, layer } => record.disclosed = Some((id.clone(), *layer)),
        _ => {}
    }
}

fn appraisal(empathy: Option<f64>, non_judgment: Option<f64>, listening: Option<f64>, acts: &[FoundAct]) -> Appraisal {
    let score = |points: Option<f64>| points.map(|points| Score { points, because: Vec::new() });
    let scores = Scores { empathy: score(empathy), non_judgment: score(non_judgment), listening: score(listening) };
    Appraisal { acts: acts.to_vec(), scores, behaviour: behaviour(acts), ..Appraisal::default() }
}

/// What the acts tell of it.
fn behaviour(acts: &[FoundAct]) -> Behaviour {
    let did = |act| acts.iter().any(|found| found.act == act);
    let reflection = if did(Act::ComplexReflection) || did(Act::Summary) {
        Some(ReflectionKind::Complex)
    } else {
        did(Act::SimpleReflection).then_some(ReflectionKind::Simple)
    };
    let question = if did(Act::OpenQuestion) { Some(QuestionKind::Open) } else { did(Act::ClosedQuestion).then_some(QuestionKind::Closed) };
    let input = if did(Act::Advice) { Some(InputKind::Advice) } else { did(Act::Information).then_some(InputKind::Information) };
    let main = match (question, reflection, input) {
        (Some(_), ..) => MainBehaviour::Question,
        (_, Some(_), _) => MainBehaviour::Reflection,
        (.., Some(_)) => MainBehaviour::Input,
        _ => MainBehaviour::Other,
    };
    Behaviour { main, question, reflection, input }
}

fn shifted(record: &mut TurnRecord, before: State, after: State, trust: (f64, f64), shifts: &[Shift]) {
    (record.before, record.after, record.trust) = (before, after, trust);
    record.shifts = shifts.to_vec();
}

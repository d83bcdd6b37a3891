//! A session as it stands, and one turn of it: read, appraise, ask the script, let the client feel it, choose the answer, tell what happened.

use super::answer::{Choice, RuptureNow};
use super::choice::Place;
use super::course::{Carried, LastTime};
use super::ends::pass_the_days;
use super::event::{Event, What};
use super::matching::Facts;
use super::opening::Opening;
use super::pool::Spent;
use super::scripted::{HookUse, adjust};
use super::turn::{RECORDS, appraised, band_of, join, ruptured, session_spec, with_settings};
use super::why::Why;
use crate::appraisal::{Context, Scores, Turn, appraise_on};
use crate::client::{Client, RuptureChange};
use crate::scenario::Scenario;
use crate::scenario::shape::TimeKept;
use crate::scoring::{CloseReason, ModelReply, TurnRecord};
use crate::script::{Hook, Past};
use crate::text::{Kind, Later, Utterance, class};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A greeting belongs to the first two turns; later it is an odd thing to say. [G]
const GREETED_BY: u32 = 2;

/// What the client said last, and what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LastLine {
    /// Words and gestures.
    pub text: String,
    /// Ids that `after` may name: the line's own and its beat's.
    pub ids: Vec<String>,
    /// The beat it came from.
    pub beat: String,
    /// The thought behind it.
    pub feel: String,
    /// A good reply to it.
    pub model: Option<ModelReply>,
    /// Whether a layer from 1 on was told in it.
    pub disclosure: bool,
    /// Whether it was a short one ("Yeah.").
    pub short: bool,
}

/// A session as it stands.
#[derive(Clone)]
pub struct Run {
    pub(super) place: Place,
    pub(super) client: Client,
    pub(super) told_details: BTreeSet<String>,
    pub(super) spent: Spent,
    pub(super) last: LastLine,
    pub(super) heard_last: Later,
    pub(super) topic: Option<String>,
    /// The turn in which the client last spoke on it, or the trainee named it.
    pub(super) topic_at: u32,
    pub(super) telling: Option<(usize, u32)>,
    pub(super) earlier: Vec<Turn>,
    pub(super) history: Arc<Vec<Past>>,
    pub(super) records: Vec<TurnRecord>,
    pub(super) start: f64,
    /// Details brought back rightly: in earlier sessions, and in this one.
    pub(super) recalled: (BTreeSet<String>, BTreeSet<String>),
    pub(super) repairs_before: u32,
    pub(super) carried: Option<(LastTime, Option<String>)>,
    pub(super) time: TimeKept,
    pub(super) closed: Option<CloseReason>,
    pub(super) hooks: [HookUse; 5],
}

impl Run {
    /// Before the opening.
    pub(super) fn new(scenario: &Scenario, opening: &Opening) -> Self {
        let file = &scenario.file;
        let spec = session_spec(scenario, opening.session);
        let mut client = match &opening.carried {
            Some(carried) => Client::resume(file.temperament.clone(), scenario.gates.clone(), carried.standing.clone()),
            None => {
                let state = spec.and_then(|spec| spec.start).unwrap_or(file.temperament.start);
                let (told, flags) = spec.map_or((&[][..], &[][..]), |spec| (&spec.told[..], &spec.flags[..]));
                let (state, told, flags) = with_settings(state, told, flags, &opening.set);
                let client = Client::new(file.temperament.clone(), scenario.gates.clone());
                client.starting_at(opening.session, state, &told, &flags)
            }
        };
        if let Some(carried) = &opening.carried {
            pass_the_days(&mut client, carried, spec);
        }
        let session = spec.map_or(opening.session, |spec| spec.number);
        Self {
            place: Place { seed: opening.seed, session, turn: 0 },
            start: client.trust(),
            told_details: told_from(scenario, session, opening.carried.as_deref()),
            repairs_before: client.standing().repairs,
            client,
            spent: opening.carried.as_ref().map_or_else(Spent::default, |carried| Spent::since(carried.said.clone())),
            last: LastLine::default(),
            heard_last: Later::of(""),
            topic: None,
            topic_at: 0,
            telling: None,
            earlier: Vec::new(),
            history: Arc::default(),
            records: Vec::new(),
            recalled: (opening.carried.as_ref().map(|carried| carried.recalled.clone()).unwrap_or_default(), BTreeSet::new()),
            carried: opening.carried.as_ref().map(|carried| (carried.last.clone(), carried.event.clone())),
            time: TimeKept::default(),
            closed: None,
            hooks: [HookUse::default(); 5],
        }
    }

    /// So many turns count as passed.
    pub(super) fn pass(&mut self, turns: u32) {
        self.place.turn = turns;
    }

    /// One turn. The second value says whether the watchdog stopped the script.
    pub(super) fn hear(&mut self, scenario: &Scenario, words: &str, stopped: bool) -> (Vec<Event>, bool) {
        let (events, stopped, _) = self.turn(scenario, words, stopped, false);
        (events, stopped)
    }

    /// One turn, with everything that was considered.
    pub(super) fn hear_and_tell(&mut self, scenario: &Scenario, words: &str, stopped: bool) -> Option<Why> {
        self.turn(scenario, words, stopped, true).2
    }

    fn turn(&mut self, scenario: &Scenario, words: &str, stopped: bool, tell: bool) -> (Vec<Event>, bool, Option<Why>) {
        let file = &scenario.file;
        self.place.turn += 1;
        let utterance = Utterance::read(words);
        let context = Context { client: &self.heard_last, earlier: &self.earlier, background: Some(&scenario.background), told: Some(&self.told_details) };
        let mut appraisal = appraise_on(&scenario.codebook, &utterance, &context, self.topic.as_deref());
        if self.place.turn <= GREETED_BY && only_greets(&utterance, &file.client.name) {
            // "Hello." is neither good nor bad listening: there is nothing yet to listen to.
            appraisal.scores = Scores::default();
        }
        self.keep_near(file, &mut appraisal);
        let mut events = vec![self.event(What::Heard { text: words.to_owned() })];

        let says = scenario.says(&utterance, &self.heard_last);
        let elsewhere = self.asks_elsewhere(&utterance, &appraisal, &says);
        let moment = self.moment(scenario, words, &utterance, &appraisal, elsewhere);
        let mut reaction = self.client.weigh(&appraisal, &moment);
        let asked = self.ask_respond(scenario, words, moment.minutes_left, &appraisal, &reaction, stopped);
        self.count(&asked);
        if let Some(proposal) = &asked.proposal {
            if !proposal.adjusts.is_empty() {
                adjust(&mut appraisal.scores, proposal, utterance.whole());
                reaction = self.client.weigh(&appraisal, &moment);
            }
            proposal.add_to(&mut reaction);
        }
        events.push(self.event(appraised(&appraisal)));
        events.extend(asked.fault);

        let before = self.client.state();
        let trust_before = self.client.trust();
        let told_before: BTreeSet<String> = self.client.standing().told.iter().map(|told| told.id.clone()).collect();
        let mut change = self.client.apply(reaction);

        let band = band_of(self.client.openness());
        let felt = self.felt(scenario, &appraisal, &change, elsewhere);
        let named: Vec<String> = appraisal.topics.iter().map(|topic| topic.id.clone()).collect();
        let carried = if named.is_empty() { self.carried_topic().map(str::to_owned) } else { None };
        let (chosen, mut why) = {
            let flag = |name: &str| self.client.has_flag(name);
            let told = |id: &str| told_before.contains(id);
            let facts = Facts {
                appraisal: &appraisal,
                says: &says,
                named: &named,
                carried: carried.as_deref(),
                after: &self.last.ids,
                band,
                state: &self.client.state(),
                rupture: self.client.rupture().map(|rupture| rupture.style),
                repaired: matches!(felt.rupture, RuptureNow::Repaired),
                flag: &flag,
                told: &told,
                session: self.place.session,
                turn: self.place.turn,
            };
            let choice = Choice { file, facts: &facts, felt: &felt, place: self.place, spent: &self.spent };
            let chosen = choice.answer();
            let why = tell.then(|| Why::of(&choice, &facts, chosen.as_ref(), &self.client));
            (chosen, why)
        };

        let authored = self.authored(file, chosen.as_ref());
        if let Some(more) = authored {
            join(&mut change, more);
        }
        self.tell_change(&mut events, &change, before, trust_before);

        let record_before = std::mem::take(&mut self.last);
        let mut ends = change.leaves.is_some();
        let client_event = self.answer_event(scenario, chosen, asked.proposal.as_ref(), &appraisal, &mut ends);
        let (said, feel) = (self.last.text.clone(), self.last.feel.clone());
        if let (Some(why), "script") = (&mut why, self.last.beat.as_str()) {
            why.script_spoke();
        }
        events.push(client_event);

        self.disclosed(scenario, &change, &mut events);
        self.remember_for_script(scenario, words, &appraisal);
        self.recalled.1.extend(appraisal.recalled.iter().filter(|detail| detail.right).map(|detail| detail.detail.clone()));
        self.remember(scenario, utterance, &said);
        self.record(TurnRecord {
            turn: self.place.turn,
            answered: record_before.text,
            answered_feel: record_before.feel,
            heard: words.to_owned(),
            appraisal,
            before,
            after: self.client.state(),
            trust: (trust_before, self.client.trust()),
            shifts: change.shifts.clone(),
            ruptured: ruptured(&change.rupture),
            repaired: matches!(change.rupture, RuptureChange::Repaired { .. }),
            disclosed: change.opened.as_ref().map(|opened| (opened.id.clone(), opened.layer)),
            said,
            feel,
            model: record_before.model,
        });
        if ends {
            self.closed = Some(CloseReason::ClientLeft);
            events.push(self.event(What::SessionClosed { reason: CloseReason::ClientLeft }));
        }
        (events, asked.stopped, why)
    }

    /// Something was told: the script may add to it.
    fn disclosed(&mut self, scenario: &Scenario, change: &crate::client::Change, events: &mut Vec<Event>) {
        let Some(opened) = &change.opened else { return };
        let asked = self.ask(scenario, Hook::Disclosed, |script, client| script.disclosed(&opened.id, client));
        self.count(&asked);
        events.extend(asked.fault);
        self.feel_proposal(asked.proposal.as_ref());
    }

    /// How often each hook of the script was run so far, in the order of [`Hook::ALL`].
    #[must_use]
    pub fn hooks(&self) -> &[HookUse; 5] {
        &self.hooks
    }

    /// Why it closed, if it did.
    #[must_use]
    pub fn closed(&self) -> Option<CloseReason> {
        self.closed
    }

    /// The client as it stands.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What the client said last, taken apart.
    #[must_use]
    pub fn heard_last(&self) -> &Utterance {
        &self.heard_last
    }

    /// The topic that the talk is on.
    #[must_use]
    pub fn topic(&self) -> Option<&str> {
        self.topic.as_deref()
    }

    /// What the client said last.
    #[must_use]
    pub fn last(&self) -> &LastLine {
        &self.last
    }

    /// The turn that was heard last; 0 before the first.
    #[must_use]
    pub fn turn_number(&self) -> u32 {
        self.place.turn
    }

    /// Trust at the opening, 0 to 1.
    #[must_use]
    pub fn trust_at_start(&self) -> f64 {
        self.start
    }

    /// See [`super::Session::records`].
    #[must_use]
    pub fn records(&self) -> &[TurnRecord] {
        self.records.get(self.records.len().saturating_sub(RECORDS)..).unwrap_or_default()
    }

    /// See [`super::Session::keep_latest`].
    pub(super) fn keep_latest(&mut self, records: usize) {
        let gone = self.records.len().saturating_sub(records);
        self.records.drain(..gone);
    }
}

/// Whether a reply greets and does nothing else: greetings, the client's name, "there", "and".
fn only_greets(reply: &Utterance, name: &str) -> bool {
    let words = reply.words();
    let named = |at: usize| name.split_whitespace().any(|part| part.eq_ignore_ascii_case(reply.form(at)));
    let greeted = |at: usize| reply.is(at, class::GREETING) || named(at) || matches!(reply.form(at), "there" | "and" | "again" | "mr" | "mrs" | "ms");
    let inside =
        |at: usize| (0..at).any(|from| reply.phrases_at(from).iter().any(|phrase| phrase.class == class::GREETING && from + usize::from(phrase.words) > at));
    reply.kind() == Kind::Speech
        && !words.is_empty()
        && words.len() <= 8
        && (0..words.len()).any(|at| reply.is(at, class::GREETING))
        && (0..words.len()).all(|at| greeted(at) || inside(at))
}

/// Details that this client's trainee knows already when the session starts.
fn told_from(scenario: &Scenario, session: u32, carried: Option<&Carried>) -> BTreeSet<String> {
    let known = |detail: &&crate::scenario::shape::Detail| detail.told_from.is_some_and(|from| from <= session);
    let declared = scenario.file.details.iter().filter(known).map(|detail| detail.id.clone());
    declared.chain(carried.iter().flat_map(|carried| carried.details.iter().cloned())).collect()
}

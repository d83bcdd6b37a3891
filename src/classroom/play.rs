//! A session inside a room. It is an ordinary session; what each turn came to is noted beside it, so that a board needs no second scoring and a
//! server that was killed needs no replay before it shows the room again.

use crate::appraisal::Act;
use crate::scenario::Scenario;
use crate::scoring::findings::clearest;
use crate::session::{CloseReason, Event, Input, Opening, Session, What};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Words that did something, and what they did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// As typed; empty where it was no words (a silence).
    pub words: String,
    /// What they did.
    pub because: String,
    /// Whether the field counts it among what helps trust.
    pub helps: bool,
}

/// What one turn came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TurnNote {
    /// 1, 2, 3 …
    pub turn: u32,
    /// Empathy, non-judgment, listening: 1 to 5 or none.
    pub scores: [Option<f64>; 3],
    /// T before and after, 0 to 1.
    pub trust: (f64, f64),
    /// The clearest findings, at most two.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The client's answer.
    pub said: String,
    /// Promises by id, each `made`, `kept` or `broken`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promised: Vec<(String, String)>,
    /// A rupture opened or grew: its severity, 1 to 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruptured: Option<u8>,
    /// A rupture was mended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repaired: bool,
    /// The deepest layer that was told, 0 to 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<u8>,
    /// The scenario's script failed; its own table answered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fault: bool,
    /// It closed the session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<CloseReason>,
}

impl TurnNote {
    /// What these events of one turn come to.
    #[must_use]
    pub fn of(events: &[Event], trust_now: f64) -> Self {
        let mut note = Self { trust: (trust_now, trust_now), ..Self::default() };
        let (mut heard, mut found) = ("", &[][..]);
        for event in events {
            note.turn = event.turn;
            match &event.what {
                What::Heard { text } => heard = text,
                What::Appraised { empathy, non_judgment, listening, acts } => {
                    note.scores = [*empathy, *non_judgment, *listening];
                    found = acts;
                }
                What::Shifted { trust, .. } => note.trust = *trust,
                What::Ruptured { severity, .. } => note.ruptured = Some(*severity),
                What::Repaired { .. } => note.repaired = true,
                What::Disclosed { layer, .. } => note.told = note.told.max(Some(*layer)),
                What::Promised { id, state } => note.promised.push((id.clone(), state.clone())),
                What::ScriptFault { .. } => note.fault = true,
                What::ClientSaid { text, .. } => {
                    if !note.said.is_empty() {
                        note.said.push('\n');
                    }
                    note.said += text;
                }
                What::SessionClosed { reason } => note.closed = Some(*reason),
                _ => {}
            }
        }
        note.findings = clearest(found, note.scores[1], note.trust.1 - note.trust.0)
            .into_iter()
            .map(|found| Finding {
                words: if matches!(found.act, Act::Silence | Act::Presence) { String::new() } else { crate::text::on_one_line(found.span.of(heard)) },
                because: found.because.to_string(),
                helps: !found.act.is_hindering(),
            })
            .collect();
        note
    }

    /// How far T moved, −1 to 1.
    #[must_use]
    pub fn moved(&self) -> f64 {
        self.trust.1 - self.trust.0
    }
}

/// What was looked at, how often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Helped {
    /// Turns taken back.
    pub undone: u32,
    /// Hints asked for.
    pub hints: u32,
    /// Looks behind the scene: the client's thought, what stayed unsaid, why a reply was scored so.
    pub looks: u32,
}

/// A session inside a room.
#[derive(Clone)]
pub struct Play {
    /// With whom. `None` where the scenario is not on the shelf any more, or is another one than it was: then it can be read, and not gone on with.
    scenario: Option<Arc<Scenario>>,
    opening: Opening,
    first: String,
    inputs: Vec<Input>,
    notes: Vec<TurnNote>,
    helped: Helped,
    closed: Option<CloseReason>,
    last_words: Option<String>,
    live: Option<Box<Session>>,
}

/// Records that a session at work needs for the look at "why"; the rest comes back by replay when the debrief is due. 500 sessions of 200 records would
/// fill a laptop's memory.
const RECORDS_AT_WORK: usize = 6;
/// Turns whose words are kept at hand; the numbers of all are. More than twice a long hour.
const WORDS_AT_HAND: usize = 60;

impl Play {
    /// Opens the door. `first` is what the client says at it, where it is known already.
    #[must_use]
    pub fn open(scenario: Option<Arc<Scenario>>, opening: Opening, first: Option<String>) -> Self {
        let mut play = Self {
            scenario,
            opening,
            first: String::new(),
            inputs: Vec::new(),
            notes: Vec::new(),
            helped: Helped::default(),
            closed: None,
            last_words: None,
            live: None,
        };
        play.first = first.unwrap_or_else(|| play.scenario.clone().map_or_else(String::new, |scenario| first_line(&scenario, &play.opening)));
        play
    }

    /// A session that was sat elsewhere, from what came of it then: nothing is scored again.
    #[must_use]
    pub fn of_events(
        scenario: Option<Arc<Scenario>>,
        opening: Opening,
        inputs: &[Input],
        events: &[Event],
        closed: Option<CloseReason>,
        helped: Helped,
    ) -> Self {
        let first = events.iter().find_map(|event| if let (0, What::ClientSaid { text, .. }) = (event.turn, &event.what) { Some(text.clone()) } else { None });
        let mut play = Self::open(scenario, opening, Some(first.unwrap_or_default()));
        let mut trust = 0.0;
        for input in inputs {
            let turn = play.opening.after_turn + u32::try_from(play.inputs.len()).unwrap_or(u32::MAX).saturating_add(1);
            let mine: Vec<Event> =
                events.iter().filter(|event| event.turn == turn && !matches!(event.what, What::SessionClosed { .. } | What::Debrief { .. })).cloned().collect();
            let mut note = TurnNote::of(&mine, trust);
            note.turn = turn;
            trust = note.trust.1;
            play.said(input.clone(), note);
        }
        play.helped = helped;
        play.closed = closed;
        play
    }

    /// The client hears this. Returns what has to be written down; [`Play::said`] takes it in. `None` where nothing is heard any more.
    pub fn hear(&mut self, words: &str) -> Option<(Input, TurnNote)> {
        if self.closed.is_some() {
            return None;
        }
        let session = self.session()?;
        let events = session.hear(words);
        if events.is_empty() {
            return None;
        }
        let note = TurnNote::of(&events, session.run().client().trust());
        session.keep_latest(RECORDS_AT_WORK);
        Some((session.inputs().last()?.clone(), note))
    }

    /// What would be answered to this, without its being said: a branch.
    pub fn would_hear(&mut self, words: &str) -> Option<(Input, TurnNote)> {
        let mut branch = self.session()?.clone();
        let events = branch.hear(words);
        (!events.is_empty())
            .then(|| (branch.inputs().last().cloned(), TurnNote::of(&events, branch.run().client().trust())))
            .and_then(|(input, note)| Some((input?, note)))
    }

    /// Takes in a turn as it was written down.
    pub fn said(&mut self, input: Input, note: TurnNote) {
        self.closed = self.closed.or(note.closed);
        self.inputs.push(input);
        self.notes.push(note);
        if let Some(old) = self.notes.len().checked_sub(WORDS_AT_HAND + 1).and_then(|at| self.notes.get_mut(at)) {
            old.said = String::new();
            old.findings = Vec::new();
        }
        self.check_live();
    }

    /// Takes the last turn back.
    pub fn undone(&mut self) {
        self.inputs.pop();
        self.notes.pop();
        self.helped.undone += 1;
        self.live = None;
    }

    /// Whether a turn can be taken back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.inputs.is_empty() && self.closed.is_none()
    }

    /// The trainee looked at a hint, or behind the scene.
    pub fn looked(&mut self, hint: bool) {
        if hint {
            self.helped.hints += 1;
        } else {
            self.helped.looks += 1;
        }
    }

    /// What the client says to the end. Returns it, to be written down; [`Play::ended`] takes it in.
    pub fn end(&mut self) -> Option<String> {
        if self.closed.is_some() {
            return None;
        }
        let Some(session) = self.session() else { return Some(String::new()) };
        let mut closing = session.clone();
        let said = |event: &Event| if let What::ClientSaid { text, .. } = &event.what { Some(text.clone()) } else { None };
        Some(closing.close(CloseReason::Ended).iter().find_map(said).unwrap_or_default())
    }

    /// Takes in the end as it was written down.
    pub fn ended(&mut self, last_words: String) {
        self.closed = Some(self.closed.unwrap_or(CloseReason::Ended));
        self.last_words = Some(last_words).filter(|words| !words.is_empty());
        // A closed session is not gone on with: its memory is better used by others.
        self.live = None;
    }

    /// The session at work; after a restart it is played once more from what was said. `None` where the scenario is gone.
    pub fn session(&mut self) -> Option<&mut Session> {
        if self.live.is_none() {
            let scenario = self.scenario.clone()?;
            let (mut session, _) = Session::replay(scenario, self.opening.clone(), &self.inputs);
            session.keep_latest(RECORDS_AT_WORK);
            self.live = Some(Box::new(session));
        }
        self.live.as_deref_mut()
    }

    /// The whole session with all its records, closed as it was: for the debrief.
    #[must_use]
    pub fn whole(&self) -> Option<Session> {
        let (mut session, _) = Session::replay(self.scenario.clone()?, self.opening.clone(), &self.inputs);
        if let Some(reason) = self.closed {
            session.close(reason);
        }
        Some(session)
    }

    fn check_live(&mut self) {
        if self.live.as_ref().is_some_and(|live| live.inputs().len() != self.inputs.len()) {
            self.live = None;
        }
    }

    /// With whom, where the scenario is at hand.
    #[must_use]
    pub fn scenario(&self) -> Option<&Arc<Scenario>> {
        self.scenario.as_ref()
    }

    /// How it was opened.
    #[must_use]
    pub fn opening(&self) -> &Opening {
        &self.opening
    }

    /// What the client said at the door.
    #[must_use]
    pub fn first(&self) -> &str {
        &self.first
    }

    /// What was said, in order.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// What each turn came to, in order.
    #[must_use]
    pub fn notes(&self) -> &[TurnNote] {
        &self.notes
    }

    /// What was taken back and looked at.
    #[must_use]
    pub fn helped(&self) -> Helped {
        self.helped
    }

    /// Why it closed, if it did.
    #[must_use]
    pub fn closed(&self) -> Option<CloseReason> {
        self.closed
    }

    /// What the client said to the end.
    #[must_use]
    pub fn last_words(&self) -> Option<&str> {
        self.last_words.as_deref()
    }

    /// T at the opening and now, 0 to 1. `None` before the first turn.
    #[must_use]
    pub fn trust(&self) -> Option<(f64, f64)> {
        Some((self.notes.first()?.trust.0, self.notes.last()?.trust.1))
    }

    /// The mean of each score over the turns that have one.
    #[must_use]
    pub fn means(&self) -> [Option<f64>; 3] {
        [0, 1, 2].map(|scale| {
            let points: Vec<f64> = self.notes.iter().filter_map(|note| note.scores[scale]).collect();
            (!points.is_empty()).then(|| points.iter().sum::<f64>() / points.len() as f64)
        })
    }
}

/// What the client says at the door.
#[must_use]
pub fn first_line(scenario: &Arc<Scenario>, opening: &Opening) -> String {
    let (_, events) = Session::open(Arc::clone(scenario), opening.clone());
    let said = |event: &Event| if let What::ClientSaid { text, .. } = &event.what { Some(text.clone()) } else { None };
    events.iter().find_map(said).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Shelf;

    fn samantha() -> Play {
        Play::open(Shelf::built_in().open("samantha").ok(), Opening::default(), None)
    }

    #[test]
    fn what_is_noted_is_what_the_session_said() {
        let mut play = samantha();
        let mut beside = Session::open(Shelf::built_in().open("samantha").unwrap(), Opening::default()).0;
        for words in ["I'm glad you're here.", "You should trust people more.", "That was too quick of me, I'm sorry."] {
            let (input, note) = play.hear(words).unwrap();
            play.said(input, note);
            beside.hear(words);
        }
        let records: Vec<_> = beside.records().iter().map(|record| (record.trust, record.said.clone())).collect();
        let notes: Vec<_> = play.notes().iter().map(|note| (note.trust, note.said.clone())).collect();
        assert_eq!(notes, records);
        assert_eq!(play.whole().unwrap().debrief().turns, 3);
    }

    #[test]
    fn a_play_that_lost_its_session_goes_on_as_if_it_had_not() {
        let (mut kept, mut lost) = (samantha(), samantha());
        for words in ["Take your time.", "It sounds as if that was lonely.", "Who else knows?"] {
            let (input, note) = kept.hear(words).unwrap();
            kept.said(input.clone(), note.clone());
            assert_eq!(lost.hear(words).unwrap().1, note);
            lost.said(input, note);
            lost.live = None;
        }
    }

    #[test]
    fn a_branch_changes_nothing() {
        let mut play = samantha();
        let tried = play.would_hear("You should calm down.").unwrap();
        assert!(play.notes().is_empty());
        assert_eq!(play.hear("You should calm down.").unwrap(), tried);
    }
}

//! Transcripts as regression tests: each is played straight, and once more through save and load; what differs is said in words.

use crate::appraisal::{Act, Scale};
use crate::client::PromiseWord;
use crate::scenario::Scenario;
use crate::scenario::transcript::{HOLDS_WITHIN, Moves, TranscriptFile, TranscriptTurn};
use crate::scoring::{CloseReason, TurnRecord};
use crate::session::{Course, Event, HookUse, Input, Opening, Session, Setting, What, Why};
use std::fmt;
use std::sync::Arc;

/// One thing that should have come of a turn and did not.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The turn; `None` is the end.
    pub turn: Option<u32>,
    /// What was said.
    pub say: String,
    /// What should have come of it.
    pub expected: String,
    /// What came of it.
    pub found: String,
    /// Why it came out so, where that can be told.
    pub why: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.turn {
            Some(turn) => writeln!(f, "turn {turn}, \"{}\"", self.say)?,
            None => writeln!(f, "at the end")?,
        }
        write!(f, "  - {}\n  + {}", self.expected, self.found)?;
        for line in &self.why {
            write!(f, "\n    {line}")?;
        }
        Ok(())
    }
}

/// What came of a transcript.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Everything that differs; empty is a pass.
    pub differences: Vec<Difference>,
    /// Every event of the session, for coverage.
    pub events: Vec<Event>,
    /// What was asked of the script, for coverage.
    pub hooks: [HookUse; 5],
    /// What happened, written as the transcript would be: for `--accept`.
    pub happened: TranscriptFile,
}

/// Plays a transcript on its scenario.
#[must_use]
pub fn play(scenario: &Arc<Scenario>, transcript: &TranscriptFile) -> Outcome {
    if transcript.hours.is_empty() { one_session(scenario, transcript, opening_of(transcript)).0 } else { course(scenario, transcript) }
}

/// A whole course: each hour as one session, the course saved and loaded between them.
fn course(scenario: &Arc<Scenario>, transcript: &TranscriptFile) -> Outcome {
    let mut course = Course::begin(scenario, transcript.seed);
    let mut all = Outcome { differences: Vec::new(), events: Vec::new(), hooks: [HookUse::default(); 5], happened: transcript.clone() };
    for (at, hour) in transcript.hours.iter().enumerate() {
        let Some(opening) = course.open_next() else {
            let expected = format!("session {} takes place", at + 1);
            all.differences.push(Difference { turn: None, say: String::new(), expected, found: format!("{:?}", course.ended), why: Vec::new() });
            break;
        };
        let played = TranscriptFile { turns: hour.turns.clone(), ends: hour.ends.clone(), hours: Vec::new(), session: opening.session, ..transcript.clone() };
        let (outcome, session) = one_session(scenario, &played, opening);
        course.close(&session);
        let mut found = outcome.differences;
        let lines: Vec<&String> = outcome.events.iter().filter_map(said).collect();
        for (name, wanted, line) in [("opens", &hour.opens, lines.first()), ("closes", &hour.closes, lines.last())] {
            let line = line.map_or("", |line| line.as_str());
            if !wanted.is_empty() && !wanted.iter().any(|part| plain(line).contains(&plain(part))) {
                let expected = format!("{name}: any of {}", list(wanted.iter().map(String::as_str)));
                found.push(Difference { turn: None, say: String::new(), expected, found: format!("{name}: {line}"), why: Vec::new() });
            }
        }
        if let Some(wanted) = hour.ends.as_ref().and_then(|end| end.returns)
            && wanted != course.ended.is_none()
        {
            let (expected, found_so) = (format!("returns: {wanted}"), format!("returns: {} ({:?})", course.ended.is_none(), course.ended));
            found.push(Difference { turn: None, say: String::new(), expected, found: found_so, why: Vec::new() });
        }
        all.differences.extend(found.into_iter().map(|mut difference| {
            difference.say = format!("session {}: {}", at + 1, difference.say);
            difference
        }));
        if let Some(hour) = all.happened.hours.get_mut(at) {
            hour.turns = outcome.happened.turns;
            hour.ends = outcome.happened.ends;
        }
        all.events.extend(outcome.events);
        for (sum, hook) in all.hooks.iter_mut().zip(outcome.hooks) {
            sum.ran += hook.ran;
            sum.proposed += hook.proposed;
            sum.failed += hook.failed;
        }
        match serde_json::to_string(&course).ok().and_then(|saved| serde_json::from_str::<Course>(&saved).ok()) {
            Some(again) if again == course => course = again,
            _ => all.differences.push(Difference {
                turn: None,
                say: "save and load".to_owned(),
                expected: "the same course".to_owned(),
                found: "another one".to_owned(),
                why: Vec::new(),
            }),
        }
    }
    all
}

fn said(event: &Event) -> Option<&String> {
    match &event.what {
        What::ClientSaid { text, .. } => Some(text),
        _ => None,
    }
}

fn one_session(scenario: &Arc<Scenario>, transcript: &TranscriptFile, opening: Opening) -> (Outcome, Session) {
    let (mut session, mut events) = Session::open(Arc::clone(scenario), opening.clone());
    let mut differences = Vec::new();
    let mut happened = transcript.clone();
    for (at, turn) in transcript.turns.iter().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let told = session.hear(&turn.say);
        if told.is_empty() {
            differences.push(Difference {
                turn: Some(number),
                say: turn.say.clone(),
                expected: "the client is there to hear it".to_owned(),
                found: "the session is closed: the client has left".to_owned(),
                why: Vec::new(),
            });
            break;
        }
        let seen = Seen::of(&session, &told);
        let found = seen.differences(turn, scenario);
        if !found.is_empty() {
            let why = session.why().map(|why| reasons(&why, turn)).unwrap_or_default();
            differences.extend(found.into_iter().map(|(expected, found)| Difference {
                turn: Some(number),
                say: turn.say.clone(),
                expected,
                found,
                why: why.clone(),
            }));
        }
        happened.turns[at] = seen.as_turn(turn);
        events.extend(told);
    }
    let still_open = session.run().closed().is_none();
    events.extend(session.close(CloseReason::Ended));
    let reason = if still_open { CloseReason::Ended } else { CloseReason::ClientLeft };
    differences.extend(end_differences(&session, transcript, reason));
    if let Some(end) = &mut happened.ends {
        let trust = session.run().client().trust();
        if end.trust.is_some_and(|(least, most)| trust < least || trust > most) {
            end.trust = Some((floor(trust - 0.03), floor(trust + 0.03)));
        }
        end.told.retain(|id| session.run().client().has_told(id));
        end.not_told.retain(|id| !session.run().client().has_told(id));
        end.reason = end.reason.map(|_| reason);
    }
    differences.extend(through_save_and_load(scenario, &opening, session.inputs(), &events, still_open));
    (Outcome { differences, events, hooks: *session.run().hooks(), happened }, session)
}

/// How a transcript opens its session.
#[must_use]
pub fn opening_of(transcript: &TranscriptFile) -> Opening {
    let mut set: Vec<Setting> = transcript.set.iter().map(|(quality, value)| Setting::Quality(*quality, *value)).collect();
    set.extend(transcript.flags.iter().cloned().map(Setting::Flag));
    set.extend(transcript.told.iter().cloned().map(Setting::Told));
    Opening { seed: transcript.seed, session: transcript.session, set, ..Opening::default() }
}

/// What came of one turn.
struct Seen<'a> {
    record: &'a TurnRecord,
    ids: &'a [String],
    fallback: bool,
    ruptures: bool,
    repairs: bool,
    leaves: bool,
}

impl<'a> Seen<'a> {
    fn of(session: &'a Session, events: &[Event]) -> Self {
        let any = |wanted: &dyn Fn(&What) -> bool| events.iter().any(|event| wanted(&event.what));
        Self {
            record: session.records().last().unwrap_or(NOTHING.get_or_init(nothing)),
            ids: &session.run().last().ids,
            fallback: any(&|what| matches!(what, What::ClientSaid { fallback: true, .. })),
            ruptures: any(&|what| matches!(what, What::Ruptured { .. })),
            repairs: any(&|what| matches!(what, What::Repaired { .. })),
            leaves: any(&|what| matches!(what, What::SessionClosed { reason: CloseReason::ClientLeft })),
        }
    }

    fn moved(&self) -> Moves {
        match self.record.trust.1 - self.record.trust.0 {
            by if by > HOLDS_WITHIN => Moves::Rises,
            by if by < -HOLDS_WITHIN => Moves::Falls,
            _ => Moves::Holds,
        }
    }

    /// Pairs of what was expected and what was found.
    fn differences(&self, turn: &TranscriptTurn, scenario: &Scenario) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let acts = &self.record.appraisal;
        let heard = list(acts.acts.iter().map(|act| act.act.name()));
        let missing: Vec<Act> = turn.heard.iter().copied().filter(|act| !acts.does(*act)).collect();
        if !missing.is_empty() {
            found.push((format!("heard: {}", list(missing.iter().map(|act| act.name()))), format!("heard: {heard}")));
        }
        for act in turn.not_heard.iter().filter(|act| acts.does(**act)) {
            found.push((format!("not heard: {act}"), format!("heard: {heard}")));
        }
        if let Some(wanted) = turn.trust.filter(|wanted| *wanted != self.moved()) {
            let (before, after) = self.record.trust;
            found.push((format!("trust: {wanted:?}"), format!("trust: {:?} ({before:.3} to {after:.3})", self.moved())));
        }
        for (name, range, scale) in [
            ("empathy", turn.empathy, Scale::Empathy),
            ("non_judgment", turn.non_judgment, Scale::NonJudgment),
            ("listening", turn.listening, Scale::Listening),
        ] {
            let Some((least, most)) = range else { continue };
            let points = acts.scores.points(scale);
            if points.is_none_or(|points| points < least || points > most) {
                let is = points.map_or_else(|| "none".to_owned(), |points| format!("{points:.2}"));
                found.push((format!("{name}: {least} to {most}"), format!("{name}: {is}")));
            }
        }
        if !turn.client.is_empty() && !turn.client.iter().any(|wanted| plain(&self.record.said).contains(&plain(wanted))) {
            found.push((format!("client: any of {}", list(turn.client.iter().map(String::as_str))), format!("client: {}", self.record.said)));
        }
        let beat_held = |wanted: &String| self.ids.contains(wanted) || (wanted == "fallback" && self.fallback);
        if !turn.beat.is_empty() && !turn.beat.iter().any(beat_held) {
            let known = turn.beat.iter().all(|id| scenario.names(id));
            let hint = if known { "" } else { " (the scenario has no such beat)" };
            found.push((
                format!("beat: any of {}{hint}", list(turn.beat.iter().map(String::as_str))),
                format!("beat: {}, {}", list(self.ids.iter().map(String::as_str)), self.record.said),
            ));
        }
        let told = self.record.disclosed.as_ref().map(|(id, _)| id.as_str());
        if turn.discloses.is_some() && turn.discloses.as_deref() != told {
            found.push((format!("discloses: {}", turn.discloses.as_deref().unwrap_or("")), format!("discloses: {}", told.unwrap_or("nothing"))));
        }
        for (name, wanted, is) in [("ruptures", turn.ruptures, self.ruptures), ("repairs", turn.repairs, self.repairs), ("leaves", turn.leaves, self.leaves)] {
            if let Some(wanted) = wanted.filter(|wanted| *wanted != is) {
                found.push((format!("{name}: {wanted}"), format!("{name}: {is}")));
            }
        }
        found
    }

    /// The same fields as the author gave, with what happened.
    fn as_turn(&self, turn: &TranscriptTurn) -> TranscriptTurn {
        let range = |range: Option<(f64, f64)>, scale| {
            let (least, most) = range?;
            let points = self.record.appraisal.scores.points(scale)?;
            Some(if points < least || points > most { (floor(points - 0.3).max(1.0), floor(points + 0.3).min(5.0)) } else { (least, most) })
        };
        let mut now = turn.clone();
        now.heard.retain(|act| self.record.appraisal.does(*act));
        now.not_heard.retain(|act| !self.record.appraisal.does(*act));
        now.trust = turn.trust.map(|_| self.moved());
        now.empathy = range(turn.empathy, Scale::Empathy);
        now.non_judgment = range(turn.non_judgment, Scale::NonJudgment);
        now.listening = range(turn.listening, Scale::Listening);
        if !turn.client.is_empty() && !turn.client.iter().any(|wanted| plain(&self.record.said).contains(&plain(wanted))) {
            now.client = vec![self.record.said.clone()];
        }
        if !turn.beat.is_empty() && !turn.beat.iter().any(|id| self.ids.contains(id)) {
            now.beat = vec![if self.fallback { "fallback".to_owned() } else { self.ids.last().cloned().unwrap_or_default() }];
        }
        now.discloses = turn.discloses.as_ref().and(self.record.disclosed.as_ref().map(|(id, _)| id.clone()));
        now.ruptures = turn.ruptures.map(|_| self.ruptures);
        now.repairs = turn.repairs.map(|_| self.repairs);
        now.leaves = turn.leaves.map(|_| self.leaves);
        now
    }
}

static NOTHING: std::sync::OnceLock<TurnRecord> = std::sync::OnceLock::new();

fn nothing() -> TurnRecord {
    TurnRecord {
        turn: 0,
        answered: String::new(),
        answered_feel: String::new(),
        heard: String::new(),
        appraisal: crate::appraisal::Appraisal::default(),
        before: crate::client::State::default(),
        after: crate::client::State::default(),
        trust: (0.0, 0.0),
        shifts: Vec::new(),
        ruptured: None,
        repaired: false,
        disclosed: None,
        said: String::new(),
        feel: String::new(),
        model: None,
    }
}

fn end_differences(session: &Session, transcript: &TranscriptFile, reason: CloseReason) -> Vec<Difference> {
    let Some(end) = &transcript.ends else { return Vec::new() };
    let client = session.run().client();
    let mut found = Vec::new();
    let mut differ = |expected: String, is: String, why: Vec<String>| {
        found.push(Difference { turn: None, say: String::new(), expected, found: is, why });
    };
    if let Some((least, most)) = end.trust {
        let trust = client.trust();
        if trust < least || trust > most {
            differ(format!("trust: {least} to {most}"), format!("trust: {trust:.3}"), Vec::new());
        }
    }
    for id in end.told.iter().filter(|id| !client.has_told(id)) {
        let why = client.why_not(id).iter().map(|missing| format!("gate `{id}`: {missing}")).collect();
        differ(format!("told: {id}"), format!("`{id}` was not told"), why);
    }
    for id in end.not_told.iter().filter(|id| client.has_told(id)) {
        differ(format!("not told: {id}"), format!("`{id}` was told"), Vec::new());
    }
    let promises = &client.standing().promises;
    for (name, ids, word) in [("kept", &end.kept, PromiseWord::Kept), ("broken", &end.broken, PromiseWord::Broken)] {
        for id in ids.iter().filter(|id| promises.get(*id).is_none_or(|promise| promise.word != word)) {
            let is = promises.get(id).map_or_else(|| "never made".to_owned(), |promise| format!("{:?}", promise.word).to_lowercase());
            differ(format!("{name}: {id}"), format!("`{id}` is {is}"), Vec::new());
        }
    }
    if let Some(wanted) = end.reason.filter(|wanted| *wanted != reason) {
        differ(format!("reason: {wanted:?}"), format!("reason: {reason:?}"), Vec::new());
    }
    found
}

/// Save and load: the inputs as JSON and back, replayed, must give the same events.
fn through_save_and_load(scenario: &Arc<Scenario>, opening: &Opening, inputs: &[Input], events: &[Event], closed: bool) -> Option<Difference> {
    let saved = serde_json::to_string(&(opening, inputs)).ok()?;
    let (opening, inputs): (Opening, Vec<Input>) = serde_json::from_str(&saved).ok()?;
    let (mut session, mut again) = Session::replay(Arc::clone(scenario), opening, &inputs);
    if closed {
        again.extend(session.close(CloseReason::Ended));
    }
    let first = again.iter().zip(events).find(|(a, b)| a != b).map(|(a, b)| (Some(a.turn), format!("{:?}", b.what), format!("{:?}", a.what)));
    let (turn, expected, found) = match first {
        Some(differs) => differs,
        None if again.len() == events.len() => return None,
        None => (None, format!("{} events", events.len()), format!("{} events after save and load", again.len())),
    };
    Some(Difference { turn, say: "save and load".to_owned(), expected, found, why: Vec::new() })
}

/// What won and why, then what was expected and why it did not; where nothing of the kind was expected, what came near.
fn reasons(why: &Why, turn: &TranscriptTurn) -> Vec<String> {
    /// As many lines as are read under one difference.
    const LINES: usize = 8;
    let expected: Vec<&str> = turn.beat.iter().map(String::as_str).chain(turn.discloses.as_deref()).collect();
    let mut told = vec![format!("answered by `{}`: {}", why.won, why.how)];
    if !why.by.is_empty() {
        told.push(format!("by {}", why.by.join("; ")));
    }
    let about = why.about(&expected);
    if about.is_empty() {
        told.extend(why.nearly.iter().take(2).map(|not| format!("nearly `{}`: {}", not.id, not.because)));
        told.extend(why.gates.iter().filter(|gate| gate.asked).map(ToString::to_string));
    } else {
        told.extend(about);
    }
    told.truncate(LINES);
    told
}

/// Two decimals.
fn floor(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Lower case, straight quotes, single spaces.
fn plain(text: &str) -> String {
    let straight = text.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201c}', '\u{201d}'], "\"").to_lowercase();
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let joined = items.collect::<Vec<_>>().join(", ");
    if joined.is_empty() { "nothing".to_owned() } else { joined }
}

//! How an hour begins and how it ends: the first line with what is left of last time, the last line with what became of the promises.

use super::course::{Carried, LastTime};
use super::event::{Event, What};
use super::run::Run;
use super::scripted::line_of;
use super::turn::{MINUTES_NEARLY_UP, promised, session_spec};
use crate::client::{Client, PromiseChange, PromiseWord, Quality, Reaction, RuptureChange};
use crate::scenario::Scenario;
use crate::scenario::shape::{AlsoKept, Beat, Line, Model, Recall, SessionSpec, Since, TimeKept};
use crate::scoring::CloseReason;
use crate::script::{Hook, Script};
use std::collections::BTreeSet;

/// What an hour that the trainee broke off costs in safety by the next one (clinical.md, section 1, row 13: "starts and ends as agreed"). [G]
const BROKEN_OFF: f64 = -0.02;

/// The days between two sessions, as the client lives them: what belongs to the next session's scene, the one event, and an hour broken off.
pub(super) fn pass_the_days(client: &mut Client, carried: &Carried, spec: Option<&SessionSpec>) {
    let event = carried.event.as_ref().and_then(|id| spec?.events.iter().find(|event| event.id == *id));
    let mut shifts: Vec<(Quality, f64, String)> = spec.map(|spec| spec.between.clone()).unwrap_or_default();
    shifts.extend(event.iter().flat_map(|event| event.shifts.iter().cloned()));
    if carried.last.time == TimeKept::Early {
        shifts.push((Quality::Safety, BROKEN_OFF, "The last hour was broken off.".to_owned()));
    }
    client.between_sessions(&shifts);
    if let Some(event) = event.filter(|event| !event.sets.is_empty()) {
        let mut happened = Reaction::default();
        happened.sets.clone_from(&event.sets);
        client.apply(happened);
    }
}

/// A first or last line with what belongs to it.
struct Speaks<'a> {
    line: Line,
    feel: &'a str,
    model: Option<&'a Model>,
}

impl Run {
    /// The first line.
    pub(super) fn open(&mut self, scenario: &Scenario) -> Vec<Event> {
        let mut events = vec![self.event(What::SessionOpened {
            scenario: scenario.file.id.clone(),
            digest: scenario.digest.clone(),
            engine: crate::ENGINE_VERSION.to_owned(),
            seed: self.place.seed,
            session: self.place.session,
        })];
        let Some(spec) = session_spec(scenario, self.place.session) else { return events };
        let kept = self.kept_by_coming(scenario);
        events.extend(kept.iter().map(|promise| self.event(promised(promise.id.clone(), promise.word))));
        let mut said = None;
        let mut proposals = Vec::new();
        if self.place.session > 1 {
            proposals.push(self.ask(scenario, Hook::BetweenSessions, Script::between_sessions));
        }
        proposals.push(self.ask(scenario, Hook::Opening, Script::opening));
        for asked in proposals {
            self.count(&asked);
            events.extend(asked.fault);
            self.feel_proposal(asked.proposal.as_ref());
            said = asked.proposal.and_then(|proposal| line_of(scenario, self, &proposal)).or(said);
        }
        let beat = self.opening_beat(spec);
        let first = said.map(|line| Speaks { line, feel: &beat.feel, model: beat.model.as_ref() });
        let first = first.or_else(|| self.recalls(spec, &kept)).or_else(|| {
            let line = self.spent.fresh(&beat.lines, false, self.place, "opening").or(beat.lines.first())?.clone();
            Some(Speaks { line, feel: &beat.feel, model: beat.model.as_ref() })
        });
        let Some(first) = first else { return events };
        let more = self.notices(scenario, &kept, true).or_else(|| self.mentions(spec));
        events.push(self.say_all(scenario, None, &first.line, more.as_ref(), "opening", first.feel, first.model, false));
        for line in more.iter().chain([&first.line]) {
            self.sets_of(line);
        }
        events
    }

    fn opening_beat<'a>(&self, spec: &'a SessionSpec) -> &'a Beat {
        /// Trust from which a later session opens warmly, and below which coldly. Stated in the scenario's shape.
        const WARM: f64 = 0.35;
        const COLD: f64 = 0.2;
        let trust = self.client.trust();
        match (&spec.opening_warm, &spec.opening_cold) {
            (Some(warm), _) if trust >= WARM => warm,
            (_, Some(cold)) if trust < COLD => cold,
            _ => &spec.opening,
        }
    }

    /// Promises that this session keeps by taking place.
    fn kept_by_coming(&mut self, scenario: &Scenario) -> Vec<PromiseChange> {
        if self.carried.is_none() {
            return Vec::new();
        }
        let ids = self.open_promises(scenario, |kept, _| kept == AlsoKept::NextSession);
        if ids.is_empty() { Vec::new() } else { self.client.keep_promises(&ids).promises }
    }

    /// Promises that stand and are kept otherwise than by words, as far as `which` says; the number is the session in which they are due.
    fn open_promises(&self, scenario: &Scenario, which: impl Fn(AlsoKept, u32) -> bool) -> Vec<String> {
        let standing = &self.client.standing().promises;
        let open = |spec: &&crate::scenario::shape::PromiseSpec| {
            let made = standing.get(&spec.id).filter(|standing| standing.word == PromiseWord::Made);
            made.is_some_and(|made| spec.also_kept.is_some_and(|kept| which(kept, made.due)))
        };
        scenario.file.promises.iter().filter(open).map(|spec| spec.id.clone()).collect()
    }

    /// Promises about the time that stand while the hour runs over.
    pub(super) fn overrun(&self, scenario: &Scenario) -> Vec<String> {
        self.open_promises(scenario, |kept, _| kept == AlsoKept::OnTime)
    }

    /// What of last time the client begins with.
    fn recalls<'a>(&self, spec: &'a SessionSpec, kept: &[PromiseChange]) -> Option<Speaks<'a>> {
        let (last, event) = self.carried.as_ref()?;
        let trust = self.client.trust();
        let flag = |name: &str| self.client.has_flag(name);
        spec.recalls.iter().filter(|recall| holds(&recall.since, last, event.as_deref(), kept, trust, &flag)).find_map(|recall: &Recall| {
            let line = self.spent.fresh(&recall.lines, false, self.place, "recall")?.clone();
            let line = with_sets(line, &recall.sets);
            Some(Speaks { line, feel: &recall.feel, model: recall.model.as_ref() })
        })
    }

    /// What the client says of a promise that was kept or broken without a word: a broken one first.
    fn notices(&self, scenario: &Scenario, promises: &[PromiseChange], at_the_start: bool) -> Option<Line> {
        let purpose = if at_the_start { "opening:promise" } else { "closing:promise" };
        let broken = promises.iter().find(|promise| promise.word == PromiseWord::Broken);
        let promise = broken.or_else(|| promises.iter().find(|promise| promise.word == PromiseWord::Kept))?;
        let spec = scenario.promise(&promise.id)?;
        let beat = if promise.word == PromiseWord::Kept { &spec.kept } else { &spec.broken };
        self.spent.fresh(&beat.lines, false, self.place, purpose).cloned()
    }

    /// What happened in between, where the client mentions it.
    fn mentions(&self, spec: &SessionSpec) -> Option<Line> {
        let id = self.carried.as_ref()?.1.as_ref()?;
        let event = spec.events.iter().find(|event| event.id == *id)?;
        self.spent.fresh(&event.lines, false, self.place, "between").cloned()
    }

    fn sets_of(&mut self, line: &Line) {
        if let Line::Full(full) = line
            && !full.sets.is_empty()
        {
            let mut said = Reaction::default();
            said.sets.clone_from(&full.sets);
            self.client.apply(said);
        }
    }

    /// Ends the session: a last line, `session_closed`.
    pub(super) fn close(&mut self, scenario: &Scenario, reason: CloseReason) -> Vec<Event> {
        if self.closed.is_some() {
            return Vec::new();
        }
        self.closed = Some(reason);
        self.time = self.time_kept(scenario, reason);
        let mut events = Vec::new();
        let session = self.client.standing().session;
        let time = self.time;
        let kept = self.open_promises(scenario, |kept, due| match kept {
            AlsoKept::OnTime => time == TimeKept::OnTime && due <= session,
            AlsoKept::Unbroken => due <= session,
            AlsoKept::NextSession => false,
        });
        // An hour that stops early runs over nothing, and shows nothing either; who comes next time is not known yet.
        let void = self.open_promises(scenario, |kept, _| kept == AlsoKept::OnTime && time == TimeKept::Early);
        let change = self.client.close_session(&kept, &void);
        for promise in &change.promises {
            events.push(self.event(promised(promise.id.clone(), promise.word)));
        }
        if let RuptureChange::Opened { style, severity, because } = &change.rupture {
            events.push(self.event(What::Ruptured { style: *style, severity: *severity, because: because.clone() }));
        }
        if self.place.turn > 0
            && reason == CloseReason::Ended
            && let Some(spec) = session_spec(scenario, self.place.session)
        {
            let (beat, name) = self.closing_beat(spec);
            let asked = self.ask(scenario, Hook::Closing, Script::closing);
            self.count(&asked);
            events.extend(asked.fault);
            let said = asked.proposal.and_then(|proposal| line_of(scenario, self, &proposal));
            let line = said.or_else(|| self.spent.fresh(&beat.lines, false, self.place, "closing").or(beat.lines.first()).cloned());
            if let Some(line) = line {
                let notices = self.notices(scenario, &change.promises, false);
                events.push(self.say_all(scenario, notices.as_ref(), &line, None, name, &beat.feel, beat.model.as_ref(), false));
            }
        }
        events.push(self.event(What::SessionClosed { reason }));
        events
    }

    fn closing_beat<'a>(&self, spec: &'a SessionSpec) -> (&'a Beat, &'static str) {
        /// Trust that rose by more than this made it a good hour, one that fell by more a bad one. Our guess: what a chart shows.
        const CLEARLY: f64 = 0.03;
        let moved = self.client.trust() - self.start;
        if self.client.rupture().is_some() {
            (&spec.closing.hurt, "closing_hurt")
        } else if moved > CLEARLY {
            (&spec.closing.warm, "closing_warm")
        } else if moved < -CLEARLY || self.client.trust() < 0.1 {
            (&spec.closing.cold, "closing_cold")
        } else {
            (&spec.closing.middling, "closing_middling")
        }
    }

    /// How the hour kept its time; a client who walks out is not the trainee's clock.
    fn time_kept(&self, scenario: &Scenario, reason: CloseReason) -> TimeKept {
        let left = self.minutes_left(scenario);
        if left < 0.0 {
            TimeKept::Over
        } else if left > MINUTES_NEARLY_UP && matches!(reason, CloseReason::Ended | CloseReason::InputClosed) {
            TimeKept::Early
        } else {
            TimeKept::OnTime
        }
    }

    /// This session as the next one recalls it.
    pub(super) fn last_time(&self, scenario: &Scenario, session: u32) -> LastTime {
        let standing = self.client.standing();
        let promises = |word: PromiseWord, now: bool| {
            let which = |(_, promise): &(&String, &crate::client::PromiseStanding)| promise.word == word && (!now || promise.in_session == standing.session);
            standing.promises.iter().filter(which).map(|(id, _)| id.clone()).collect::<Vec<_>>()
        };
        LastTime {
            session,
            trust: (self.start, self.client.trust()),
            told: standing.told.iter().filter(|told| told.session == standing.session).map(|told| told.id.clone()).collect(),
            touched: standing.touched.iter().cloned().collect(),
            recalled: self.recalled.1.iter().cloned().collect(),
            rupture: standing.rupture.as_ref().map(|rupture| rupture.severity),
            repaired: standing.repairs > self.repairs_before,
            promised: promises(PromiseWord::Made, false),
            kept: promises(PromiseWord::Kept, true),
            broken: promises(PromiseWord::Broken, true),
            time: if self.closed.is_some() { self.time } else { self.time_kept(scenario, CloseReason::Ended) },
        }
    }

    /// Details that the client has told, in this session or before.
    #[must_use]
    pub fn details_told(&self) -> &BTreeSet<String> {
        &self.told_details
    }

    /// Details that the trainee has brought back rightly, in this session or before.
    #[must_use]
    pub fn details_recalled(&self) -> BTreeSet<String> {
        self.recalled.0.union(&self.recalled.1).cloned().collect()
    }

    /// Marks of the lines that were said.
    pub(super) fn said(&self) -> BTreeSet<u64> {
        self.spent.marks()
    }
}

/// Whether the session before was so.
fn holds(since: &Since, last: &LastTime, event: Option<&str>, kept: &[PromiseChange], trust: f64, flag: &dyn Fn(&str) -> bool) -> bool {
    let any = |wanted: &[String], found: &[String]| wanted.is_empty() || wanted.iter().any(|id| found.contains(id));
    let kept_now = |id: &String| kept.iter().any(|promise| promise.word == PromiseWord::Kept && promise.id == *id);
    any(&since.told, &last.told)
        && any(&since.touched, &last.touched)
        && any(&since.recalled, &last.recalled)
        && since.rupture.is_none_or(|wanted| wanted == last.rupture.is_some())
        && since.repaired.is_none_or(|wanted| wanted == (last.repaired && last.rupture.is_none()))
        && any(&since.promised, &last.promised)
        && (since.kept.is_empty() || since.kept.iter().any(|id| last.kept.contains(id) || kept_now(id)))
        && any(&since.broken, &last.broken)
        && (since.time.is_empty() || since.time.contains(&last.time))
        && (since.events.is_empty() || event.is_some_and(|event| since.events.iter().any(|id| id == event)))
        && since.flags.iter().all(|name| flag(name))
        && !since.not_flags.iter().any(|name| flag(name))
        && since.trust.is_none_or(|(least, most)| least <= trust && trust <= most)
}

/// The line, with more flags that saying it sets.
fn with_sets(line: Line, sets: &[String]) -> Line {
    if sets.is_empty() {
        return line;
    }
    let mut full = match line {
        Line::Plain(say) => crate::scenario::shape::FullLine { say, id: None, feel: None, model: None, sets: Vec::new() },
        Line::Full(full) => full,
    };
    full.sets.extend(sets.iter().cloned());
    Line::Full(full)
}

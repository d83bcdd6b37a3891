//! The steps of one turn: what surrounds the reply, what it did to the client, what is said, what is remembered.

use super::answer::{Chosen, Felt, RuptureNow, Source, beat_id};
use super::event::{Event, What};
use super::matching;
use super::opening::Setting;
use super::run::{LastLine, Run};
use super::scripted::line_of;
use crate::appraisal::{Act, Appraisal, Asks, FoundAct, Kind, Person, Scale, Speaker, Turn};
use crate::client::{Change, Cue, Moment, PromiseHeard, PromiseWord, Quality, Reaction, RuptureChange, State, TimeCue};
use crate::scenario::Scenario;
use crate::scenario::shape::{Band, Line, Model, ScenarioFile, SessionSpec};
use crate::scoring::{RuptureMark, TurnRecord};
use crate::script::Proposal;
use crate::text::{End, Utterance};

/// Turns that are read again when a reply is appraised; what was said longer ago is remembered as details and topics.
const READ_BACK: usize = 12;
/// Turns whose records are kept for the debrief: ten sessions' worth in one, so that memory stays flat however long somebody types.
pub(super) const RECORDS: usize = 200;
/// How many turns after a disclosure an invitation still leads on with it. Our guess: the client has moved on after three.
const TELLING: u32 = 3;
/// The session says so when this much is left. Clinical handbook, "Session time".
pub(super) const MINUTES_NEARLY_UP: f64 = 10.0;

impl Run {
    /// An undertone can be heard only near where it sounds.
    pub(super) fn keep_near(&self, file: &ScenarioFile, appraisal: &mut Appraisal) {
        let here = |id: &String| self.last.ids.contains(id) || self.topic.as_ref() == Some(id) || appraisal.topics.iter().any(|topic| topic.id == *id);
        let sounds = |id: &str| {
            let near = file.undertones.iter().find(|undertone| undertone.id == id).map_or(&[][..], |undertone| &undertone.near[..]);
            near.is_empty() || near.iter().any(here)
        };
        let kept: Vec<bool> = appraisal.undertones.iter().map(|named| sounds(&named.id)).collect();
        let mut kept = kept.into_iter();
        appraisal.undertones.retain(|_| kept.next().unwrap_or(true));
    }

    pub(super) fn event(&self, what: What) -> Event {
        Event { turn: self.place.turn, what }
    }

    /// Whether the trainee said just this a few turns ago. A short word, a nod or a silence may come again.
    fn said_before(&self, words: &str, utterance: &Utterance) -> bool {
        /// "Go on.", "Tell me more." are said again and again, and rightly. Our guess.
        const A_SENTENCE: usize = 4;
        utterance.kind() == Kind::Speech
            && utterance.words().len() >= A_SENTENCE
            && self.earlier.iter().any(|turn| turn.speaker == Speaker::Therapist && turn.utterance.text().trim() == words.trim())
    }

    /// What the words alone do not say.
    pub(super) fn moment(&self, scenario: &Scenario, words: &str, utterance: &Utterance, appraisal: &Appraisal, elsewhere: bool) -> Moment {
        let topics: Vec<String> = appraisal.topics.iter().map(|topic| topic.id.clone()).collect();
        let carried = if topics.is_empty() { self.carried_topic().map(str::to_owned).into_iter().collect() } else { Vec::new() };
        let minutes_left = self.minutes_left(scenario);
        let names_the_end = appraisal.does(Act::Boundary) || appraisal.does(Act::Structuring);
        let time = if minutes_left < 0.0 {
            Some(TimeCue::Overran)
        } else if names_the_end && minutes_left <= MINUTES_NEARLY_UP {
            Some(TimeCue::EndNamed)
        } else {
            None
        };
        let mut promises = Vec::new();
        for (at, word) in scenario.promises_in(utterance, &self.heard_last) {
            let Some(spec) = scenario.file.promises.get(at) else { continue };
            promises.push(PromiseHeard { id: spec.id.clone(), word, due_in: spec.due_in });
        }
        if minutes_left < 0.0 {
            promises.extend(self.overrun(scenario).into_iter().map(|id| PromiseHeard { id, word: PromiseWord::Broken, due_in: 0 }));
        }
        Moment {
            session: self.place.session,
            turn: self.place.turn,
            said_before: self.said_before(words, utterance),
            minutes_left,
            topics,
            carried,
            after_feeling: self.last.disclosure || self.heard_last.words().iter().any(|word| word.feeling > 0),
            after_disclosure: self.last.disclosure,
            after_question: self.heard_last.sentences().last().is_some_and(|sentence| sentence.end == End::Question),
            invites: Moment::invites_in(appraisal) && !elsewhere,
            promises,
            said: words.to_lowercase(),
            cues: cues(scenario, appraisal),
            asked_again: appraisal.asked_again.iter().map(|detail| detail.id.clone()).collect(),
            time,
        }
    }

    /// The topic that a reply without one is on: it holds while the client has just spoken on it, and fades.
    pub(super) fn carried_topic(&self) -> Option<&str> {
        /// So many turns after it was last spoken on. Our guess: the next, and one that went by.
        const HOLDS: u32 = 2;
        self.topic.as_deref().filter(|_| self.place.turn <= self.topic_at + HOLDS)
    }

    /// Whether the reply asks for something of its own, and not for more of what was being told: "How old are you?", "When was that?", "What did she
    /// say?" Such a question names no topic, and has words that are neither the client's nor those with which one asks for more; or it asks after
    /// somebody else.
    pub(super) fn asks_elsewhere(&self, reply: &Utterance, appraisal: &Appraisal, says: &[(usize, usize)]) -> bool {
        let Some(asks) = appraisal.asks.filter(|_| appraisal.kind == Kind::Speech && appraisal.topics.is_empty()) else { return false };
        let pointed = matches!(asks, Asks::Who | Asks::When | Asks::Where | Asks::HowMuch | Asks::Which);
        let of_others = appraisal.about == Some(Person::Third) && !matches!(asks, Asks::YesNo);
        of_others || ((pointed || !says.is_empty()) && !self.only_asks_for_more(reply))
    }

    /// Whether a question has no content of its own: what it is like, what it means, what else, or the client's own words.
    fn only_asks_for_more(&self, reply: &Utterance) -> bool {
        const MORE: [&str; 44] = [
            "like",
            "feel",
            "felt",
            "feeling",
            "feels",
            "more",
            "happen",
            "happened",
            "happening",
            "mean",
            "means",
            "meant",
            "tell",
            "telling",
            "say",
            "go",
            "going",
            "think",
            "thinking",
            "part",
            "parts",
            "hard",
            "hardest",
            "difficult",
            "worst",
            "want",
            "know",
            "bit",
            "moment",
            "been",
            "share",
            "talk",
            "sense",
            "understand",
            "hear",
            "experience",
            "describe",
            "else",
            "come",
            "comes",
            "up",
            "mind",
            "right",
            "now",
        ];
        (0..reply.words().len()).filter(|at| reply.words()[*at].is_content()).all(|at| {
            let stem = reply.words()[at].stem;
            MORE.contains(&reply.form(at)) || self.heard_last.words().iter().any(|word| word.stem == stem)
        })
    }

    /// Minutes left of the hour; below 0 it overruns.
    #[must_use]
    pub fn minutes_left(&self, scenario: &Scenario) -> f64 {
        let turns = session_spec(scenario, self.place.session).map_or(20, |spec| spec.turns);
        (f64::from(turns) - f64::from(self.place.turn)) * scenario.file.minutes_a_turn
    }

    /// What the reply did, as far as it decides the answer.
    pub(super) fn felt(&self, scenario: &Scenario, appraisal: &Appraisal, change: &Change, elsewhere: bool) -> Felt {
        let file = &scenario.file;
        let place_of = |id: &str| file.disclosures.iter().position(|told| told.id == id);
        let promise = change.promises.iter().find_map(|promise| {
            let at = file.promises.iter().position(|spec| spec.id == promise.id)?;
            match promise.word {
                PromiseWord::Kept => Some((at, true)),
                PromiseWord::Broken => Some((at, false)),
                PromiseWord::Made => None,
            }
        });
        Felt {
            opened: change.opened.as_ref().and_then(|opened| place_of(&opened.id)),
            refused: change.refused.as_ref().and_then(|refused| place_of(&refused.gate)),
            rupture: rupture_now(&change.rupture),
            overwhelmed: change.overwhelmed,
            too_silent: appraisal.kind == Kind::Silence && (change.disengaged || silence_hurt(change)),
            short: !self.last.short && !matching::asked(appraisal) && self.place.happens("short", change.short_answer),
            promise,
            telling: self.telling.filter(|(_, until)| self.place.turn <= *until && !elsewhere).map(|(at, _)| at),
        }
    }

    /// What the scenario's own table adds: flags, shifts, an authored rupture.
    pub(super) fn authored(&mut self, file: &ScenarioFile, chosen: Option<&Chosen<'_>>) -> Option<Change> {
        let chosen = chosen?;
        let mut more = Reaction::default();
        if let Line::Full(full) = chosen.line {
            more.sets.extend(full.sets.iter().cloned());
        }
        if let Source::Reaction(at) = chosen.source {
            let spec = file.reactions.get(at)?;
            more.sets.extend(spec.sets.iter().cloned());
            more.clears.extend(spec.clears.iter().cloned());
            for (quality, by, because) in &spec.shifts {
                more.shift(*quality, *by, because.clone());
            }
            if let Some((style, severity)) = spec.ruptures {
                more.rupture(style, severity);
            }
            more.ends = spec.ends;
        }
        (more != Reaction::default()).then(|| self.client.apply(more))
    }

    /// Events of what changed.
    pub(super) fn tell_change(&self, events: &mut Vec<Event>, change: &Change, before: State, trust_before: f64) {
        events.push(self.event(What::Shifted {
            before,
            after: self.client.state(),
            trust: (trust_before, self.client.trust()),
            shifts: change.shifts.clone(),
        }));
        match &change.rupture {
            RuptureChange::Opened { style, severity, because } | RuptureChange::Worsened { style, severity, because } => {
                events.push(self.event(What::Ruptured { style: *style, severity: *severity, because: because.clone() }));
            }
            RuptureChange::Repaired { because } => events.push(self.event(What::Repaired { because: because.clone() })),
            RuptureChange::None | RuptureChange::Lingers { .. } | RuptureChange::Softened { .. } | RuptureChange::Left { .. } => {}
        }
        if let Some(opened) = &change.opened {
            events.push(self.event(What::Disclosed { id: opened.id.clone(), layer: opened.layer }));
        }
        for promise in &change.promises {
            events.push(self.event(promised(promise.id.clone(), promise.word)));
        }
    }

    /// The client's answer: what the script wants said, else what was chosen.
    pub(super) fn answer_event(
        &mut self,
        scenario: &Scenario,
        chosen: Option<Chosen<'_>>,
        proposal: Option<&Proposal>,
        appraisal: &Appraisal,
        ends: &mut bool,
    ) -> Event {
        let file = &scenario.file;
        // A client who is hurt, leaves or tells something is not talked over by a script.
        // One that opens the rupture itself has the words for it.
        let tears = proposal.is_some_and(|proposal| proposal.ruptures.is_some());
        let free = chosen.as_ref().is_none_or(|chosen| match chosen.source {
            Source::Rupture("leaves") | Source::Disclosure(_) => false,
            Source::Rupture(_) => tears,
            _ => true,
        });
        if let Some((proposal, line)) = proposal.filter(|_| free).and_then(|proposal| Some((proposal, line_of(scenario, self, proposal)?))) {
            let feel = proposal.feels.clone().unwrap_or_default();
            return self.say(scenario, &line, "script", &feel, None, false);
        }
        let Some(chosen) = chosen else {
            return self.say(scenario, &Line::Plain("*is silent*".to_owned()), "silent", "", None, true);
        };
        if let Source::Reaction(at) = chosen.source {
            *ends |= file.reactions.get(at).is_some_and(|spec| spec.ends);
        }
        let beat = beat_id(file, chosen.source);
        let line = chosen.line.clone();
        let event = self.say(scenario, &line, &beat, chosen.feel, chosen.model, chosen.fallback);
        self.follow(file, &chosen, appraisal);
        event
    }

    /// Where the talk stands after this answer: the topic, and what can be gone on with.
    fn follow(&mut self, file: &ScenarioFile, chosen: &Chosen<'_>, appraisal: &Appraisal) {
        if let Some(topic) = chosen.topic.map(str::to_owned).or_else(|| appraisal.topics.last().map(|topic| topic.id.clone())) {
            self.topic = Some(topic);
            self.topic_at = self.place.turn;
        } else if chosen.source == Source::Fallback("short") {
            // "Yeah." stays where the talk was.
            self.topic_at = self.topic_at.max(self.place.turn.saturating_sub(1));
        }
        self.last.short = matches!(chosen.source, Source::Fallback("short"));
        match chosen.source {
            Source::Disclosure(at) | Source::More(at) => {
                self.telling = Some((at, self.place.turn + TELLING));
                let layer = file.disclosures.get(at).map_or(0, |told| told.layer);
                self.last.disclosure = layer > 0 && matches!(chosen.source, Source::Disclosure(_));
            }
            Source::Rupture(_) => self.telling = None,
            _ => {}
        }
    }

    /// Says a line, with the clock where ten minutes are left.
    pub(super) fn say(&mut self, scenario: &Scenario, line: &Line, beat: &str, feel: &str, model: Option<&Model>, fallback: bool) -> Event {
        self.say_all(scenario, None, line, None, beat, feel, model, fallback)
    }

    /// Says a line with another before or after it; the middle one gives the ids.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn say_all(
        &mut self,
        scenario: &Scenario,
        before: Option<&Line>,
        line: &Line,
        after: Option<&Line>,
        beat: &str,
        feel: &str,
        model: Option<&Model>,
        fallback: bool,
    ) -> Event {
        let mut text = String::new();
        for line in before.into_iter().chain([line]).chain(after) {
            self.spent.say(line);
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line.say());
        }
        if self.nearly_up(scenario) {
            let beat = &scenario.file.fallbacks.time_nearly_up;
            if let Some(clock) = self.spent.fresh(&beat.lines, false, self.place, "clock").cloned() {
                self.spent.say(&clock);
                text.push(' ');
                text.push_str(clock.say());
            }
        }
        let mut ids: Vec<String> = [before, Some(line), after].into_iter().flatten().filter_map(Line::id).map(str::to_owned).collect();
        ids.push(beat.to_owned());
        self.last = LastLine { text: text.clone(), ids, beat: beat.to_owned(), feel: feel.to_owned(), model: model.cloned(), disclosure: false, short: false };
        self.event(What::ClientSaid { text, beat: beat.to_owned(), feel: feel.to_owned(), fallback })
    }

    /// Whether this is the turn at whose end ten minutes are left.
    fn nearly_up(&self, scenario: &Scenario) -> bool {
        let left = self.minutes_left(scenario);
        self.place.turn > 1 && left <= MINUTES_NEARLY_UP && left + scenario.file.minutes_a_turn > MINUTES_NEARLY_UP
    }

    /// Both lines become what the next reply is read against.
    pub(super) fn remember(&mut self, scenario: &Scenario, reply: Utterance, said: &str) {
        let line = scenario.hear_line(said);
        for detail in &line.details {
            if !self.told_details.contains(detail) {
                self.told_details.insert(detail.clone());
            }
        }
        let heard = std::mem::replace(&mut self.heard_last, line.words.clone());
        while self.earlier.len() + 2 > READ_BACK {
            self.earlier.remove(0);
        }
        self.earlier.push(Turn { speaker: Speaker::Client, utterance: heard });
        self.earlier.push(Turn { speaker: Speaker::Therapist, utterance: reply.into() });
    }

    pub(super) fn record(&mut self, turn: TurnRecord) {
        // Old ones go many at a time: moving all the others up for each would cost more than the turn itself.
        if self.records.len() >= RECORDS + RECORDS / 8 {
            self.records.drain(..=RECORDS / 8);
        }
        self.records.push(turn);
    }
}

/// Rows of the trust matrix that the codebook's rules stand for beyond their acts' own.
fn cues(scenario: &Scenario, appraisal: &Appraisal) -> Vec<Cue> {
    let of = |found: &FoundAct| {
        // What an act costs stands in its own row already; a second row by the same words is felt as half of it. [G]
        let earned = found.act.is_facilitative();
        let strength = if earned { found.strength } else { 0.5 * found.strength };
        scenario.codebook.factors(&found.rule).iter().map(move |row| Cue { row: *row, earned, strength }).collect::<Vec<_>>()
    };
    appraisal.acts.iter().flat_map(of).collect()
}

/// The specification of this session; of the last one where there are fewer.
pub(super) fn session_spec(scenario: &Scenario, number: u32) -> Option<&SessionSpec> {
    let sessions = &scenario.file.sessions;
    sessions.iter().find(|spec| spec.number == number).or(sessions.last())
}

/// The declared start with what was set on top of it.
pub(super) fn with_settings(state: State, told: &[String], flags: &[String], set: &[Setting]) -> (State, Vec<String>, Vec<String>) {
    let (mut state, mut told, mut flags) = (state, told.to_vec(), flags.to_vec());
    for setting in set {
        match setting {
            Setting::Trust(value) => {
                for quality in [Quality::Safety, Quality::Bond, Quality::Understood, Quality::Agency] {
                    state.set(quality, *value);
                }
            }
            Setting::Quality(quality, value) => state.set(*quality, *value),
            Setting::Flag(flag) => flags.push(flag.clone()),
            Setting::Told(id) => told.push(id.clone()),
        }
    }
    (state, told, flags)
}

/// The band of an openness D, with the bounds of the scenario's shape.
#[must_use]
pub fn band_of(openness: f64) -> Band {
    match openness {
        d if d < 0.12 => Band::Guarded,
        d if d < 0.22 => Band::Wary,
        d if d < 0.34 => Band::Warming,
        _ => Band::Open,
    }
}

pub(super) fn rupture_now(change: &RuptureChange) -> RuptureNow {
    match change {
        RuptureChange::None => RuptureNow::None,
        RuptureChange::Opened { style, severity, .. } | RuptureChange::Worsened { style, severity, .. } => RuptureNow::Hurt(*style, *severity),
        RuptureChange::Lingers { .. } => RuptureNow::Lingers,
        RuptureChange::Softened { .. } => RuptureNow::Softened,
        RuptureChange::Repaired { .. } => RuptureNow::Repaired,
        RuptureChange::Left { .. } => RuptureNow::Left,
    }
}

pub(super) fn ruptured(change: &RuptureChange) -> Option<RuptureMark> {
    match change {
        RuptureChange::Opened { style, severity, .. } | RuptureChange::Worsened { style, severity, .. } => {
            Some(RuptureMark { style: *style, severity: *severity })
        }
        _ => None,
    }
}

/// A silence that cost something was the wrong one.
fn silence_hurt(change: &Change) -> bool {
    change.after.safety < change.before.safety || change.after.bond < change.before.bond
}

pub(super) fn promised(id: String, word: PromiseWord) -> What {
    let state = match word {
        PromiseWord::Made => "made",
        PromiseWord::Kept => "kept",
        PromiseWord::Broken => "broken",
    };
    What::Promised { id, state: state.to_owned() }
}

pub(super) fn appraised(appraisal: &Appraisal) -> What {
    What::Appraised {
        empathy: appraisal.scores.points(Scale::Empathy),
        non_judgment: appraisal.scores.points(Scale::NonJudgment),
        listening: appraisal.scores.points(Scale::Listening),
        acts: appraisal.acts.clone(),
    }
}

/// What came of the table's own reaction is added to what the client felt.
pub(super) fn join(change: &mut Change, more: Change) {
    change.after = more.after;
    change.trust.1 = more.trust.1;
    change.openness.1 = more.openness.1;
    change.guard.1 = more.guard.1;
    change.shifts.extend(more.shifts);
    if matches!(more.rupture, RuptureChange::Opened { .. } | RuptureChange::Worsened { .. } | RuptureChange::Left { .. }) {
        change.rupture = more.rupture;
    }
    change.leaves = change.leaves.take().or(more.leaves);
}

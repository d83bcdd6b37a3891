//! Asking the script: what it sees, and what becomes of what it proposes.

use super::choice::Place;
use super::event::{Event, What};
use super::run::Run;
use crate::appraisal::{Appraisal, Contribution, Scale, Scores};
use crate::client::{Client, Reaction};
use crate::scenario::Scenario;
use crate::scenario::shape::Line;
use crate::script::{ClientView, Fault, Hook, Luck, Past, Proposal, Says, Script, TurnView};
use crate::text::Span;
use std::sync::Arc;

/// Earlier turns that a script sees: two sessions' worth, so that memory stays flat.
const HISTORY: usize = 40;

/// How often a hook of the script was run in a session, and what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HookUse {
    /// Times it ran.
    pub ran: u32,
    /// Times it proposed something.
    pub proposed: u32,
    /// Times it failed.
    pub failed: u32,
}

/// What became of asking the script.
#[derive(Default)]
pub(super) struct Asked {
    /// The hook, where the script has it and it was run.
    pub(super) ran: Option<Hook>,
    pub(super) proposal: Option<Proposal>,
    /// The fault, as an event.
    pub(super) fault: Option<Event>,
    /// The watchdog stopped it: a clock decided, so that replay must take the record's word for it.
    pub(super) stopped: bool,
}

impl Run {
    /// Asks a hook that sees the client only.
    pub(super) fn ask(&self, scenario: &Scenario, hook: Hook, call: impl FnOnce(&Script, ClientView) -> Result<Option<Proposal>, Fault>) -> Asked {
        let Some(script) = scenario.script.as_ref().filter(|script| script.has(hook)) else { return Asked::default() };
        self.asked(hook, call(script, self.client_view(self.client.clone())))
    }

    /// Asks `respond`: it sees the client as the reply, weighed without it, leaves them.
    pub(super) fn ask_respond(&self, scenario: &Scenario, words: &str, minutes_left: f64, appraisal: &Appraisal, reaction: &Reaction, stopped: bool) -> Asked {
        let Some(script) = scenario.script.as_ref().filter(|script| script.has(Hook::Respond)) else { return Asked::default() };
        if stopped {
            let what = What::ScriptFault { hook: Hook::Respond.name().to_owned(), message: STOPPED.to_owned() };
            return Asked { ran: Some(Hook::Respond), proposal: None, fault: Some(self.event(what)), stopped: true };
        }
        let mut felt = self.client.clone();
        felt.apply(reaction.clone());
        let turn = TurnView {
            number: self.place.turn,
            minutes_left,
            text: words.into(),
            appraisal: Arc::new(appraisal.clone()),
            carried: if appraisal.topics.is_empty() { self.topic.as_deref().map(Arc::from) } else { None },
            history: Arc::clone(&self.history),
        };
        self.asked(Hook::Respond, script.respond(turn, self.client_view(felt)))
    }

    /// Counts what the script was asked and answered, for coverage.
    pub(super) fn count(&mut self, asked: &Asked) {
        let Some(hook) = asked.ran else { return };
        let used = &mut self.hooks[hook as usize];
        used.ran += 1;
        used.proposed += u32::from(asked.proposal.is_some());
        used.failed += u32::from(asked.fault.is_some());
    }

    fn asked(&self, hook: Hook, answer: Result<Option<Proposal>, Fault>) -> Asked {
        let ran = Some(hook);
        match answer {
            Ok(proposal) => Asked { ran, proposal, fault: None, stopped: false },
            Err(fault) => {
                let message = if fault.by_watchdog { STOPPED.to_owned() } else { fault.to_string() };
                let event = self.event(What::ScriptFault { hook: fault.hook.to_owned(), message });
                Asked { ran, proposal: None, fault: Some(event), stopped: fault.by_watchdog }
            }
        }
    }

    fn client_view(&self, client: Client) -> ClientView {
        ClientView {
            client: Arc::new(client),
            session: self.place.session,
            turn: self.place.turn,
            last_beat: self.last.ids.first().map_or("", String::as_str).into(),
            last_line: self.last.text.as_str().into(),
            luck: luck(self.place),
        }
    }

    /// The script sees this turn from the next one on.
    pub(super) fn remember_for_script(&mut self, scenario: &Scenario, words: &str, appraisal: &Appraisal) {
        if !scenario.script.as_ref().is_some_and(|script| script.has(Hook::Respond)) {
            return;
        }
        let history = Arc::make_mut(&mut self.history);
        if history.len() == HISTORY {
            history.remove(0);
        }
        history.push(Past {
            number: self.place.turn,
            text: words.to_owned(),
            acts: appraisal.acts.iter().map(|found| found.act).collect(),
            topics: appraisal.topics.iter().map(|topic| topic.id.clone()).collect(),
            scores: [Scale::Empathy, Scale::NonJudgment, Scale::Listening].map(|scale| appraisal.scores.points(scale)),
            answer: self.last.text.clone(),
            beat: self.last.ids.first().cloned().unwrap_or_default(),
        });
    }

    /// What a hook outside a turn proposes is felt at once.
    pub(super) fn feel_proposal(&mut self, proposal: Option<&Proposal>) {
        if let Some(proposal) = proposal {
            let mut reaction = Reaction::default();
            proposal.add_to(&mut reaction);
            self.client.apply(reaction);
        }
    }
}

/// The same words on every machine, however long the script took.
const STOPPED: &str = "the script took too long and was stopped; the scenario's own table answered";

/// The line that a proposal asks for: a line of the scenario by its id, a fresh one of a reaction by its id, or its own words.
pub(super) fn line_of(scenario: &Scenario, run: &Run, proposal: &Proposal) -> Option<Line> {
    match proposal.says.as_ref()? {
        Says::Words(words) => Some(Line::Plain(words.clone())),
        Says::Line(id) => scenario.line(id).cloned().or_else(|| {
            let reaction = scenario.reaction(id)?;
            run.spent.fresh(&reaction.lines, reaction.in_order, run.place, "script").cloned()
        }),
    }
}

/// A script moves scores, with its reasons, within 1 to 5.
pub(super) fn adjust(scores: &mut Scores, proposal: &Proposal, whole: Span) {
    for (scale, by, because) in &proposal.adjusts {
        let score = match scale {
            Scale::Empathy => &mut scores.empathy,
            Scale::NonJudgment => &mut scores.non_judgment,
            Scale::Listening => &mut scores.listening,
        };
        let Some(score) = score.as_mut().filter(|_| by.is_finite()) else { continue };
        let moved = (score.points + by).clamp(1.0, 5.0);
        score.because.push(Contribution { points: moved - score.points, span: whole, because: because.clone().into() });
        score.points = moved;
    }
}

fn luck(place: Place) -> Luck {
    let draw = |seed, session, turn, purpose: &str, below| Place { seed, session, turn }.draw(purpose, below);
    Luck { seed: place.seed, session: place.session, turn: place.turn, draw }
}

//! Every hook is rehearsed: rhai finds an unknown function or a wrong argument only when it runs it. Each act, each phrase that the
//! script listens for, a guarded, an open and a hurt client, with no flag and with all of them.

use crate::appraisal::{Act, Appraisal, Asks, FoundAct, Kind, Named, Recalled, Score, Scores};
use crate::client::{Client, Quality, Reaction, RuptureStyle, State};
use crate::diagnostic::{Diagnostic, Span};
use crate::scenario::Scenario;
use crate::scenario::source::Source;
use crate::script::{ClientView, Fault, Hook, Luck, Past, Proposal, Says, Script, TurnView};
use std::sync::Arc;

pub(super) fn find(scenario: &Scenario, source: &Source) -> Vec<Diagnostic> {
    let Some(script) = &scenario.script else { return Vec::new() };
    let mut rehearsal = Rehearsal { scenario, source, found: Vec::new() };
    let clients = clients(scenario, &source.text);
    for client in &clients {
        rehearsal.take(Hook::Opening, script.opening(client.clone()));
        rehearsal.take(Hook::Closing, script.closing(client.clone()));
        rehearsal.take(Hook::BetweenSessions, script.between_sessions(client.clone()));
        for told in &scenario.file.disclosures {
            rehearsal.take(Hook::Disclosed, script.disclosed(&told.id, client.clone()));
        }
    }
    if script.has(Hook::Respond) {
        respond(script, &clients, &mut rehearsal);
    }
    rehearsal.found
}

fn respond(script: &Script, clients: &[ClientView], rehearsal: &mut Rehearsal<'_>) {
    for turn in turns(rehearsal.scenario, &rehearsal.source.text) {
        for client in clients {
            rehearsal.take(Hook::Respond, script.respond(turn.clone(), client.clone()));
        }
    }
}

struct Rehearsal<'a> {
    scenario: &'a Scenario,
    source: &'a Source,
    found: Vec<Diagnostic>,
}

impl Rehearsal<'_> {
    fn take(&mut self, hook: Hook, answer: Result<Option<Proposal>, Fault>) {
        let finding = match answer {
            Err(fault) => Some(fault.finding(&self.source.text)),
            Ok(proposal) => proposal.and_then(|proposal| self.unknown(hook, &proposal)),
        };
        if let Some(finding) = finding
            && !self.found.contains(&finding)
        {
            self.found.push(finding);
        }
    }

    /// Ids that were put together while running.
    fn unknown(&self, hook: Hook, proposal: &Proposal) -> Option<Diagnostic> {
        let note = |what: &str, id: &str| {
            Diagnostic::error("H017", &self.source.file, format!("`{}` proposes the {what} `{id}`, which is not there", hook.name()))
                .at(hook_at(&self.source.text, hook))
                .hint("look at the ids in `scenario.ron`")
        };
        if let Some(Says::Line(id)) = &proposal.says
            && self.scenario.line(id).is_none()
            && self.scenario.reaction(id).is_none()
        {
            return Some(note("line", id));
        }
        let told = proposal.discloses.as_ref()?;
        self.scenario.disclosure(told).is_none().then(|| note("disclosure", told))
    }
}

/// Where a hook begins.
fn hook_at(text: &str, hook: Hook) -> Span {
    let wanted = format!("fn {}", hook.name());
    text.find(&wanted).map_or(Span::new(0, 0), |at| Span::new(at + 3, at + wanted.len()))
}

fn clients(scenario: &Scenario, script: &str) -> Vec<ClientView> {
    let file = &scenario.file;
    let all = |value: f64| {
        let mut state = State::default();
        for quality in Quality::ALL {
            state.set(quality, value);
        }
        state
    };
    // Any text of the script may be the name of a flag.
    let flags: Vec<String> = script.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    let told: Vec<String> = file.disclosures.iter().map(|told| told.id.clone()).collect();
    let sessions = file.sessions.len() as u32;
    let mut clients = Vec::new();
    for (state, session, turn) in [(file.temperament.start, 1, 0), (all(0.05), 1, 3), (all(0.95), sessions.max(1), 12)] {
        for (told, flags) in [(&[][..], &[][..]), (&told[..], &flags[..])] {
            clients.push(Client::new(file.temperament.clone(), scenario.gates.clone()).starting_at(session, state, told, flags));
        }
        let _ = turn;
    }
    let mut hurt = Client::new(file.temperament.clone(), scenario.gates.clone());
    let mut reaction = Reaction::default();
    reaction.rupture(RuptureStyle::Confronts, 3);
    let _ = hurt.apply(reaction);
    clients.push(hurt);
    let luck = Luck { seed: 1, session: 1, turn: 1, draw: |_, _, _, purpose, below| purpose.len() % below.max(1) };
    clients
        .into_iter()
        .enumerate()
        .map(|(n, client)| {
            let session = client.standing().session;
            ClientView { client: Arc::new(client), session, turn: n as u32 * 3, last_beat: "opening".into(), last_line: "So. What now?".into(), luck }
        })
        .collect()
}

fn turns(scenario: &Scenario, script: &str) -> Vec<TurnView> {
    let past = |number: u32, acts: Vec<Act>| Past {
        number,
        text: "earlier".into(),
        acts,
        topics: scenario.file.topics.iter().map(|topic| topic.id.clone()).collect(),
        scores: [Some(4.5), Some(1.5), Some(3.0)],
        answer: "Hm.".into(),
        beat: "opening".into(),
    };
    let history = Arc::new(vec![past(1, Act::ALL.to_vec()), past(2, Act::ALL.to_vec()), past(3, Act::ALL.to_vec())]);
    let said = super::script_words::said_in(script);
    let everything = said.join(", ");
    let view = |text: &str, appraisal: Appraisal, history: &Arc<Vec<Past>>| TurnView {
        number: 4,
        minutes_left: 8.0,
        text: text.into(),
        appraisal: Arc::new(appraisal),
        carried: scenario.file.topics.first().map(|topic| topic.id.as_str().into()),
        history: Arc::clone(history),
    };
    let none = Arc::new(Vec::new());
    let mut turns = vec![
        view("", reply(scenario, &[], 1.0, Kind::Silence), &none),
        view("*nods*", reply(scenario, &[], 3.0, Kind::Gesture), &none),
        view("zxq", reply(scenario, &[], 3.0, Kind::Unintelligible), &none),
        view(&everything, reply(scenario, Act::ALL, 5.0, Kind::Speech), &history),
        view(&everything, reply(scenario, Act::ALL, 1.0, Kind::Speech), &history),
    ];
    for act in Act::ALL {
        turns.push(view("What is it like?", reply(scenario, &[*act], 4.0, Kind::Speech), &none));
    }
    for words in &said {
        turns.push(view(words, reply(scenario, &[], 3.0, Kind::Speech), &none));
        turns.push(view(words, reply(scenario, &[Act::OpenQuestion], 3.0, Kind::Speech), &history));
    }
    for asks in [Asks::What, Asks::Who, Asks::When, Asks::Where, Asks::Why, Asks::How, Asks::HowMuch, Asks::YesNo, Asks::Which] {
        turns.push(view("What is it like?", Appraisal { asks: Some(asks), ..reply(scenario, &[Act::OpenQuestion], 3.0, Kind::Speech) }, &none));
    }
    turns
}

fn reply(scenario: &Scenario, acts: &[Act], points: f64, kind: Kind) -> Appraisal {
    let score = || Some(Score { points, because: Vec::new() });
    let span = Span::default();
    let file = &scenario.file;
    let named = |id: &String| Named { id: id.clone(), span };
    let scored = kind == Kind::Speech;
    Appraisal {
        kind,
        acts: acts.iter().map(|&act| FoundAct { act, rule: "rehearsal".into(), span, because: "rehearsal".into(), strength: 0.9 }).collect(),
        scores: if scored { Scores { empathy: score(), non_judgment: score(), listening: score() } } else { Scores::default() },
        topics: if scored { file.topics.iter().map(|topic| named(&topic.id)).collect() } else { Vec::new() },
        recalled: file.details.iter().flat_map(|detail| [true, false].map(|right| Recalled { detail: detail.id.clone(), right, span })).collect(),
        undertones: file.undertones.iter().map(|undertone| named(&undertone.id)).collect(),
        fears_met: file.fears.iter().map(|fear| named(&fear.id)).collect(),
        ..Appraisal::default()
    }
}

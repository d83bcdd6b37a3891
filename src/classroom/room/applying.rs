//! How each event changes a room.

use super::{Room, Scenarios, Seat, Standing, Touched};
use crate::classroom::activity::{Activity, Bowl, Calibration, Everyone, Fishbowl, Group, Proposal, Relay, Stage, State, Triad};
use crate::classroom::agreeing::agreement;
use crate::classroom::drilling::Drilling;
use crate::classroom::event::{Format, Happened, LookAt, Place, Plan, RoomEvent, SeatId};
use crate::classroom::instructive::instructive;
use crate::classroom::names::pseudonym;
use crate::classroom::play::Play;
use crate::scenario::Scenario;
use crate::session::Opening;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many browsers of one instructor, or projectors, are remembered; an earlier one has to come in again.
const BROWSERS: usize = 8;
/// The latest of each seat's own sessions are kept at hand; the log has all.
const PRACTICES: usize = 5;

impl Room {
    /// Takes an event in. Never fails: an event that does not fit changes nothing.
    pub fn apply(&mut self, event: RoomEvent) -> Touched {
        self.seq = event.seq;
        let at = event.at;
        if matches!(event.what, Happened::Debriefed | Happened::Finished | Happened::RoomClosed)
            && let Some(activity) = &mut self.activity
        {
            activity.ended_at = activity.ended_at.or(Some(at));
        }
        match event.what {
            Happened::RoomOpened { code, seed } => {
                self.code = code;
                self.seed = seed;
                self.opened_at = at;
                Touched::All
            }
            Happened::SecretsSet { teach, wall } => {
                self.doors.teach = teach;
                self.doors.wall = wall;
                Touched::Nobody
            }
            Happened::TeacherEntered { token } => remember(&mut self.doors.teachers, token),
            Happened::WallEntered { token } => remember(&mut self.doors.walls, token),
            Happened::Switched { what, on } => {
                self.switches.set(what, on);
                Touched::All
            }
            Happened::Joined { .. } | Happened::Rotated { .. } | Happened::Approved { .. } | Happened::Removed { .. } | Happened::Consented { .. } => {
                self.apply_to_seat(event.what)
            }
            Happened::Started { plan } => self.start(plan, at),
            Happened::PracticeStarted { seat, plan } => {
                let play = self.open_play(&plan);
                let mine = self.practice.entry(seat).or_default();
                mine.push(play);
                if mine.len() > PRACTICES {
                    mine.remove(0);
                }
                Touched::Seats(vec![seat])
            }
            Happened::DrillBegun { seat, skill } => {
                let book = self.books.get(&seat).cloned().unwrap_or_default();
                if let Some(drilling) = Drilling::begin(&skill, book) {
                    self.drilling.insert(seat, drilling);
                }
                Touched::Seats(vec![seat])
            }
            Happened::DrillTried { seat, tried } => {
                if let Some(drilling) = self.drilling.get_mut(&seat) {
                    drilling.tried(&tried);
                }
                self.books.entry(seat).or_default().add(tried);
                Touched::Seats(vec![seat])
            }
            Happened::DrillRated { seat, rating } => {
                if let Some(drilling) = self.drilling.get_mut(&seat) {
                    drilling.rated(rating);
                }
                self.books.entry(seat).or_default().rate(rating);
                Touched::Seats(vec![seat])
            }
            Happened::DrillLeft { seat } => {
                self.drilling.remove(&seat);
                Touched::Seats(vec![seat])
            }
            Happened::RoomClosed => {
                self.closed = true;
                self.finish();
                Touched::All
            }
            Happened::Finished => {
                self.finish();
                Touched::All
            }
            Happened::Debriefed => self.debrief(),
            Happened::Stepped { step } => {
                if let Some(activity) = &mut self.activity
                    && let Stage::Debrief(at) = &mut activity.stage
                {
                    *at = step;
                }
                Touched::All
            }
            what => self.apply_to_play(what),
        }
    }

    fn apply_to_seat(&mut self, what: Happened) -> Touched {
        match what {
            Happened::Joined { seat, token, waiting } => {
                let standing = if waiting { Standing::Waiting } else { Standing::In };
                let name = pseudonym(self.seed, seat);
                self.seats.insert(seat, Seat { id: seat, name, token, standing, consent: None, label: String::new() });
                if !waiting {
                    self.sit_down(seat);
                }
                Touched::Seats(vec![seat])
            }
            Happened::Rotated { seat, token } => self.with_seat(seat, |seat| seat.token = token),
            Happened::Approved { seat } => {
                let touched = self.with_seat(seat, |seat| seat.standing = Standing::In);
                self.sit_down(seat);
                touched
            }
            Happened::Removed { seat } => {
                self.with_seat(seat, |seat| seat.standing = Standing::Removed);
                if let Some(Activity { state: State::Relay(relay), .. }) = &mut self.activity
                    && relay.whose() == Some(seat)
                {
                    self.pass_on();
                }
                Touched::All
            }
            Happened::Consented { seat, yes, label } => self.with_seat(seat, |seat| {
                seat.consent = Some(yes);
                seat.label = label;
            }),
            _ => Touched::Nobody,
        }
    }

    fn with_seat(&mut self, seat: SeatId, change: impl FnOnce(&mut Seat)) -> Touched {
        if let Some(seat) = self.seats.get_mut(&seat) {
            change(seat);
        }
        Touched::Seats(vec![seat])
    }

    /// Somebody comes into the room: what goes on takes them in.
    fn sit_down(&mut self, seat: SeatId) {
        let Some(activity) = self.activity.as_mut().filter(|activity| activity.is_running()) else { return };
        match &mut activity.state {
            State::Everyone(everyone) => {
                let scenario = fitting(&mut self.scenarios, &activity.plan);
                everyone.plays.entry(seat).or_insert_with(|| Play::open(scenario, opening(&activity.plan), Some(activity.plan.first.clone())));
            }
            State::Relay(relay) if !relay.order.contains(&seat) => relay.order.push(seat),
            State::Triad(triad) if triad.of(seat).is_none() => {
                if let Some(group) = triad.groups.iter_mut().min_by_key(|group| group.seats.len()) {
                    group.seats.push(seat);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, plan: Plan, at: i64) -> Touched {
        self.finish();
        if let Some(before) = self.activity.take() {
            self.past.push(before);
        }
        let seats: Vec<SeatId> = self.present().map(|seat| seat.id).collect();
        let scenario = fitting(&mut self.scenarios, &plan);
        let play = || Play::open(scenario.clone(), opening(&plan), Some(plan.first.clone()));
        let state = match plan.format {
            Format::Everyone => State::Everyone(Everyone { plays: seats.iter().map(|seat| (*seat, play())).collect(), ..Everyone::default() }),
            Format::Fishbowl => State::Fishbowl(Fishbowl { play: play(), proposals: Vec::new(), bowl: Bowl::Gathering }),
            Format::Relay => State::Relay(Relay { play: play(), order: seats, at: 0, said_by: Vec::new() }),
            Format::Triad => {
                let group = |seats: &Vec<SeatId>| Group { seats: seats.clone(), round: 0, play: play(), observed: BTreeMap::new(), earlier: Vec::new() };
                State::Triad(Triad { groups: plan.groups.iter().map(group).collect() })
            }
            Format::Calibration => State::Calibration(Calibration::default()),
        };
        let named = |name: &dyn Fn(&Scenario) -> &str| scenario.as_ref().map_or_else(|| plan.scenario.clone(), |scenario| name(scenario).to_owned());
        let (title, client) = (named(&|scenario| &scenario.file.title), named(&|scenario| &scenario.file.client.name));
        let number = u32::try_from(self.past.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.activity = Some(Activity { number, plan, title, client, started_at: at, ended_at: None, stage: Stage::Running, state });
        Touched::All
    }

    fn open_play(&mut self, plan: &Plan) -> Play {
        Play::open(fitting(&mut self.scenarios, plan), opening(plan), Some(plan.first.clone()))
    }

    fn debrief(&mut self) -> Touched {
        let consenting: BTreeSet<SeatId> = self.present().filter(|seat| seat.consent == Some(true)).map(|seat| seat.id).collect();
        if let Some(activity) = self.activity.as_mut().filter(|activity| activity.is_running()) {
            activity.stage = Stage::Debrief(0);
            match &mut activity.state {
                State::Everyone(everyone) => {
                    everyone.instructive = instructive(everyone.plays.iter().filter(|(seat, _)| consenting.contains(seat)).map(|(seat, play)| (*seat, play)));
                }
                State::Calibration(calibration) => calibration.agreement = agreement(&activity.plan.items, calibration),
                _ => {}
            }
        }
        Touched::All
    }

    fn finish(&mut self) {
        if let Some(activity) = &mut self.activity {
            activity.stage = Stage::Over;
        }
    }

    fn apply_to_play(&mut self, what: Happened) -> Touched {
        match what {
            Happened::Said { place, by, input, note } => {
                if let Some(play) = self.play_mut(place) {
                    play.said(input, note);
                }
                self.after_turn(place, by)
            }
            Happened::Undone { place } => {
                if let Some(play) = self.play_mut(place) {
                    play.undone();
                }
                if let Some(Activity { state: State::Relay(relay), .. }) = &mut self.activity
                    && place == Place::Wall
                {
                    relay.said_by.pop();
                }
                self.touched_by(place)
            }
            Happened::Looked { place, at } => {
                if let Some(play) = self.play_mut(place) {
                    play.looked(at == LookAt::Hint);
                }
                Touched::Board
            }
            Happened::PlayEnded { place, last } => {
                if let Some(play) = self.play_mut(place) {
                    play.ended(last);
                }
                self.touched_by(place)
            }
            other => self.apply_to_format(other),
        }
    }

    fn after_turn(&mut self, place: Place, by: Option<SeatId>) -> Touched {
        if let (Place::Wall, Some(activity)) = (place, &mut self.activity) {
            match &mut activity.state {
                State::Fishbowl(fishbowl) => {
                    fishbowl.proposals.clear();
                    fishbowl.bowl = Bowl::Gathering;
                }
                State::Relay(relay) => {
                    relay.said_by.push(by);
                    self.pass_on();
                }
                _ => {}
            }
        }
        self.touched_by(place)
    }

    /// The relay's turn goes to the next student who is in the room.
    fn pass_on(&mut self) {
        let present: BTreeSet<SeatId> = self.present().map(|seat| seat.id).collect();
        if let Some(Activity { state: State::Relay(relay), .. }) = &mut self.activity {
            let count = relay.order.len();
            let next = (1..=count).map(|step| (relay.at + step) % count.max(1)).find(|at| relay.order.get(*at).is_some_and(|seat| present.contains(seat)));
            relay.at = next.unwrap_or(relay.at);
        }
    }

    fn touched_by(&self, place: Place) -> Touched {
        match place {
            Place::Own(seat) | Place::Practice(seat) => Touched::Seats(vec![seat]),
            Place::Wall => Touched::All,
            Place::Group(group) => match self.activity.as_ref().map(|activity| &activity.state) {
                Some(State::Triad(triad)) => Touched::Seats(triad.groups.get(group).map(|group| group.seats.clone()).unwrap_or_default()),
                _ => Touched::Board,
            },
        }
    }

    fn apply_to_format(&mut self, what: Happened) -> Touched {
        let Some(activity) = &mut self.activity else { return Touched::Nobody };
        match (what, &mut activity.state) {
            (Happened::Proposed { seat, words }, State::Fishbowl(fishbowl)) => {
                match fishbowl.proposals.iter_mut().find(|proposal| proposal.seat == seat) {
                    Some(mine) => mine.words = words,
                    None => fishbowl.proposals.push(Proposal { seat, words }),
                }
                Touched::Seats(vec![seat])
            }
            (Happened::VoteCalled { on }, State::Fishbowl(fishbowl)) => {
                fishbowl.bowl = Bowl::Voting(on, BTreeMap::new());
                Touched::All
            }
            (Happened::Voted { seat, proposal }, State::Fishbowl(fishbowl)) => {
                if let Bowl::Voting(_, votes) = &mut fishbowl.bowl {
                    votes.insert(seat, proposal);
                }
                Touched::Seats(vec![seat])
            }
            (Happened::Branched { branches }, State::Fishbowl(fishbowl)) => {
                fishbowl.bowl = Bowl::Branches(branches);
                Touched::All
            }
            (Happened::Gathering, State::Fishbowl(fishbowl)) => {
                fishbowl.bowl = Bowl::Gathering;
                Touched::All
            }
            (Happened::Passed, State::Relay(_)) => {
                self.pass_on();
                Touched::All
            }
            (Happened::RolesMoved { group }, State::Triad(triad)) => {
                let scenario = fitting(&mut self.scenarios, &activity.plan);
                let Some(group) = triad.groups.get_mut(group) else { return Touched::Nobody };
                let fresh = Play::open(scenario, opening(&activity.plan), Some(activity.plan.first.clone()));
                let before = std::mem::replace(&mut group.play, fresh);
                group.earlier.push((before, std::mem::take(&mut group.observed)));
                group.round += 1;
                Touched::Seats(group.seats.clone())
            }
            (Happened::Observed { group, seat, turn, marks }, State::Triad(triad)) => {
                let Some(group) = triad.groups.get_mut(group) else { return Touched::Nobody };
                group.observed.entry(turn).or_default().insert(seat, marks);
                Touched::Seats(group.seats.clone())
            }
            (Happened::Marked { seat: Some(seat), item, marks }, State::Calibration(calibration)) => {
                calibration.marks.entry(seat).or_default().insert(item, marks);
                Touched::Seats(vec![seat])
            }
            (Happened::Marked { seat: None, item, marks }, State::Calibration(calibration)) => {
                calibration.instructor.insert(item, marks);
                Touched::Board
            }
            (Happened::Released { reply, shown }, State::Everyone(everyone)) => {
                if shown {
                    everyone.released.insert(reply);
                } else {
                    everyone.released.remove(&reply);
                }
                Touched::All
            }
            _ => Touched::Nobody,
        }
    }
}

fn remember(tokens: &mut Vec<String>, token: String) -> Touched {
    tokens.push(token);
    if tokens.len() > BROWSERS {
        tokens.remove(0);
    }
    Touched::Nobody
}

/// The plan's scenario, where it is still the one that it was.
fn fitting(scenarios: &mut Scenarios, plan: &Plan) -> Option<Arc<Scenario>> {
    if plan.scenario.is_empty() {
        return None;
    }
    scenarios.get(&plan.scenario).filter(|scenario| scenario.digest == plan.digest)
}

/// How the plan's sessions are opened.
fn opening(plan: &Plan) -> Opening {
    Opening { seed: plan.seed, session: plan.session, ..Opening::default() }
}

//! A room: its seats, what is switched on, what goes on in it. It changes by events only, so that its log is the room.

mod applying;

use super::activity::{Activity, State};
use super::drilling::Drilling;
use super::event::{Place, RoomEvent, SeatId, Switch};
use super::play::Play;
use crate::drill::Book;
use crate::scenario::{Scenario, Shelf};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The scenarios of a room: opened once, shared by all its sessions.
#[derive(Clone, Debug, Default)]
pub struct Scenarios {
    shelf: Shelf,
    opened: BTreeMap<String, Arc<Scenario>>,
}

impl Scenarios {
    /// From this shelf.
    #[must_use]
    pub const fn from(shelf: Shelf) -> Self {
        Self { shelf, opened: BTreeMap::new() }
    }

    /// The scenario with this id; `None` where there is none, or it is broken.
    pub fn get(&mut self, id: &str) -> Option<Arc<Scenario>> {
        if let Some(scenario) = self.opened.get(id) {
            return Some(Arc::clone(scenario));
        }
        // Only by its name: a path typed into a form is no scenario of this room.
        if !self.shelf.names().iter().any(|name| name == id) {
            return None;
        }
        let scenario = self.shelf.open(id).ok()?;
        self.opened.insert(id.to_owned(), Arc::clone(&scenario));
        Some(scenario)
    }

    /// The shelf.
    #[must_use]
    pub const fn shelf(&self) -> &Shelf {
        &self.shelf
    }
}

/// Whether a seat is in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Waits to be let in.
    Waiting,
    /// In the room.
    In,
    /// Was removed.
    Removed,
}

/// A seat.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Its number.
    pub id: SeatId,
    /// The assigned pseudonym.
    pub name: String,
    /// The hash of its token.
    pub token: String,
    /// Whether it is in the room.
    pub standing: Standing,
    /// The answer to the question of consent; `None` before it was answered.
    pub consent: Option<bool>,
    /// What the instructor asked for to know them by; empty unless they consented and gave it.
    pub label: String,
}

/// What is switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switches {
    /// New people can join.
    pub door: bool,
    /// Who joins waits.
    pub approving: bool,
    /// Turns can be taken back.
    pub undo: bool,
    /// Hints.
    pub hints: bool,
    /// Looks behind the scene.
    pub looks: bool,
    /// Numbers in feedback.
    pub numbers: bool,
    /// Self-paced practice.
    pub practice: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self { door: true, approving: false, undo: true, hints: true, looks: true, numbers: true, practice: true }
    }
}

impl Switches {
    /// Whether this one is on.
    #[must_use]
    pub const fn is_on(&self, what: Switch) -> bool {
        match what {
            Switch::Door => self.door,
            Switch::Approving => self.approving,
            Switch::Undo => self.undo,
            Switch::Hints => self.hints,
            Switch::Looks => self.looks,
            Switch::Numbers => self.numbers,
            Switch::Practice => self.practice,
        }
    }

    fn set(&mut self, what: Switch, on: bool) {
        match what {
            Switch::Door => self.door = on,
            Switch::Approving => self.approving = on,
            Switch::Undo => self.undo = on,
            Switch::Hints => self.hints = on,
            Switch::Looks => self.looks = on,
            Switch::Numbers => self.numbers = on,
            Switch::Practice => self.practice = on,
        }
    }
}

/// Hashes of what opens the doors of instructor and projector.
#[derive(Clone, Debug, Default)]
pub struct Doors {
    /// The instructor's secret.
    pub teach: String,
    /// The projector's secret.
    pub wall: String,
    /// Tokens of instructors who came in, latest last.
    pub teachers: Vec<String>,
    /// Tokens of projectors, latest last.
    pub walls: Vec<String>,
}

/// Who has to see something new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Nobody.
    Nobody,
    /// Instructor and projector.
    Board,
    /// These seats, and the board.
    Seats(Vec<SeatId>),
    /// Everybody.
    All,
}

/// A room.
#[derive(Clone)]
pub struct Room {
    pub(super) scenarios: Scenarios,
    /// Events so far.
    pub seq: u64,
    /// The code that joins it.
    pub code: String,
    /// The seed of its names and of what it starts.
    pub seed: u64,
    /// Milliseconds since 1970.
    pub opened_at: i64,
    /// Whether it is closed.
    pub closed: bool,
    /// What is switched on.
    pub switches: Switches,
    /// Secrets and tokens.
    pub doors: Doors,
    /// The seats, removed ones too.
    pub seats: BTreeMap<SeatId, Seat>,
    /// What goes on, or went on last.
    pub activity: Option<Activity>,
    /// What went on before.
    pub past: Vec<Activity>,
    /// Each seat's own sessions, latest last.
    pub practice: BTreeMap<SeatId, Vec<Play>>,
    /// Each seat's practice of a skill.
    pub drilling: BTreeMap<SeatId, Drilling>,
    /// Each seat's book of tries.
    pub books: BTreeMap<SeatId, Book>,
}

impl Room {
    /// A room before its first event.
    #[must_use]
    pub fn new(scenarios: Scenarios) -> Self {
        Self {
            scenarios,
            seq: 0,
            code: String::new(),
            seed: 0,
            opened_at: 0,
            closed: false,
            switches: Switches::default(),
            doors: Doors::default(),
            seats: BTreeMap::new(),
            activity: None,
            past: Vec::new(),
            practice: BTreeMap::new(),
            drilling: BTreeMap::new(),
            books: BTreeMap::new(),
        }
    }

    /// A room from its log.
    #[must_use]
    pub fn from_log(scenarios: Scenarios, log: impl IntoIterator<Item = RoomEvent>) -> Self {
        let mut room = Self::new(scenarios);
        for event in log {
            room.apply(event);
        }
        room
    }

    /// The seats that are in the room, in order.
    pub fn present(&self) -> impl Iterator<Item = &Seat> {
        self.seats.values().filter(|seat| seat.standing == Standing::In)
    }

    /// The scenarios that can be sat with here.
    pub fn scenarios(&mut self) -> &mut Scenarios {
        &mut self.scenarios
    }

    /// The seat whose token has this hash, unless it was removed.
    #[must_use]
    pub fn seat_of(&self, token_hash: &str) -> Option<&Seat> {
        self.seats.values().find(|seat| seat.token == token_hash && seat.standing != Standing::Removed)
    }

    /// The session at a place.
    #[must_use]
    pub fn play(&self, place: Place) -> Option<&Play> {
        match (place, self.activity.as_ref().map(|activity| &activity.state)) {
            (Place::Practice(seat), _) => self.practice.get(&seat)?.last(),
            (Place::Own(seat), Some(State::Everyone(everyone))) => everyone.plays.get(&seat),
            (Place::Wall, Some(State::Fishbowl(fishbowl))) => Some(&fishbowl.play),
            (Place::Wall, Some(State::Relay(relay))) => Some(&relay.play),
            (Place::Group(group), Some(State::Triad(triad))) => triad.groups.get(group).map(|group| &group.play),
            _ => None,
        }
    }

    pub(super) fn play_mut(&mut self, place: Place) -> Option<&mut Play> {
        match (place, self.activity.as_mut().map(|activity| &mut activity.state)) {
            (Place::Practice(seat), _) => self.practice.get_mut(&seat)?.last_mut(),
            (Place::Own(seat), Some(State::Everyone(everyone))) => everyone.plays.get_mut(&seat),
            (Place::Wall, Some(State::Fishbowl(fishbowl))) => Some(&mut fishbowl.play),
            (Place::Wall, Some(State::Relay(relay))) => Some(&mut relay.play),
            (Place::Group(group), Some(State::Triad(triad))) => triad.groups.get_mut(group).map(|group| &mut group.play),
            _ => None,
        }
    }
}

//! What all connections share: the room, who is to be told when it changes, how much each may ask. Everything that changes the room goes through
//! [`Hall::happen`], so that the log has it before anybody sees it.

use super::keeper::Keeper;
use super::limits::{Guesses, Pace};
use crate::classroom::code::{code_as_typed, hash_of, token_from};
use crate::classroom::event::Item;
use crate::classroom::{Ask, Happened, Room, RoomEvent, SeatId, Standing, Touched, Who, rating_items};
use crate::record::now;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// More than the largest class of the issue; beyond it nobody is told apart on a board any more.
pub const SEATS: usize = 600;

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A student's.
    Seat(SeatId),
    /// An instructor's.
    Instructor,
    /// A projector's.
    Wall,
}

/// What happened at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    /// In, or in the lobby: the token to come back with.
    Joined(String),
    /// Not, for this reason.
    Refused(String),
}

/// What all share.
pub struct Hall {
    inner: Mutex<Inner>,
    keeper: Keeper,
    /// Rings when everybody has to look.
    all: watch::Sender<u64>,
    /// Rings when instructor and projector have to look.
    board: watch::Sender<u64>,
    /// Turns true when the server closes.
    closing: watch::Sender<bool>,
    /// How people come here: told on the pages.
    pub address: Address,
}

/// How people come here.
#[derive(Clone, Debug, Default)]
pub struct Address {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// What is typed: `192.168.1.20:7878`.
    pub host: String,
    /// Every host that is ours, as browsers write it in `Host`.
    pub allowed: Vec<String>,
}

impl Address {
    /// The address that students type.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}/", self.scheme, self.host)
    }
}

struct Inner {
    room: Room,
    bells: BTreeMap<SeatId, watch::Sender<u64>>,
    online: BTreeMap<SeatId, usize>,
    pace: Pace,
    guesses: Guesses,
}

impl Hall {
    /// A hall for this room.
    #[must_use]
    pub fn new(room: Room, keeper: Keeper, address: Address) -> Arc<Self> {
        let inner = Inner { room, bells: BTreeMap::new(), online: BTreeMap::new(), pace: Pace::default(), guesses: Guesses::default() };
        Arc::new(Self { inner: Mutex::new(inner), keeper, all: watch::channel(0).0, board: watch::channel(0).0, closing: watch::channel(false).0, address })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // A panic elsewhere leaves the room as its last event left it; the class goes on.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the room.
    pub fn look<T>(&self, look: impl FnOnce(&mut Room) -> T) -> T {
        look(&mut self.inner().room)
    }

    /// The writer.
    #[must_use]
    pub fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// Takes an event in: written, applied, told. Returns its number.
    fn happen(&self, inner: &mut Inner, what: Happened) -> u64 {
        let event = RoomEvent { seq: inner.room.seq + 1, at: now(), what };
        let seq = event.seq;
        self.keeper.keep(event.clone());
        let touched = inner.room.apply(event);
        self.ring(inner, &touched, seq);
        seq
    }

    fn ring(&self, inner: &Inner, touched: &Touched, seq: u64) {
        match touched {
            Touched::Nobody => return,
            Touched::Board => {}
            Touched::Seats(seats) => {
                for bell in seats.iter().filter_map(|seat| inner.bells.get(seat)) {
                    bell.send_replace(seq);
                }
            }
            Touched::All => {
                self.all.send_replace(seq);
            }
        }
        self.board.send_replace(seq);
    }

    /// An event from the server itself.
    pub fn write(&self, what: Happened) -> u64 {
        self.happen(&mut self.inner(), what)
    }

    /// Something is asked. The number of the last event that came of it, or a sentence.
    ///
    /// # Errors
    /// The sentence, and whether it was only too fast.
    pub fn ask(&self, who: Who, ask: Ask) -> Result<u64, (String, bool)> {
        let mut inner = self.inner();
        let seat = if let Who::Seat(seat) = who { seat } else { 0 };
        if !inner.pace.allows(seat, now()) && who != Who::Instructor {
            return Err(("That was faster than anyone speaks. Wait a moment, and send it again.".into(), true));
        }
        let events = inner.room.ask(who, ask, &items).map_err(|refusal| (refusal.0, false))?;
        let mut seq = inner.room.seq;
        for event in events {
            seq = self.happen(&mut inner, event);
        }
        Ok(seq)
    }

    /// Somebody would like to join.
    pub fn join(&self, typed: &str, from: IpAddr, before: Option<&str>) -> (Door, u64) {
        let mut inner = self.inner();
        let now = now();
        let refused = |why: &str| (Door::Refused(why.to_owned()), 0);
        let (waits, capped) = (inner.guesses.wait(from, now), inner.guesses.at_the_cap(now));
        if code_as_typed(typed).as_deref() != Some(inner.room.code.as_str()) {
            inner.guesses.wrong(from, now);
            let slow = if waits > 0 { " Look at it closely, and wait a minute before you try again." } else { "" };
            return refused(&format!("This code opens no room here. It has six letters and digits, and stands on the projector.{slow}"));
        }
        if inner.room.closed {
            return refused("This room is closed.");
        }
        let Some(token) = fresh_token() else { return refused("This machine gives no random numbers just now, so nobody can be let in.") };
        // Who is in already comes back to their own seat, with a new token.
        if let Some(seat) = before.and_then(|before| inner.room.seat_of(&hash_of(before))).map(|seat| seat.id) {
            let seq = self.happen(&mut inner, Happened::Rotated { seat, token: hash_of(&token) });
            return (Door::Joined(token), seq);
        }
        if !inner.room.switches.door {
            return refused("The door of this room is closed. Ask your instructor to open it.");
        }
        if inner.room.seats.values().filter(|seat| seat.standing != Standing::Removed).count() >= SEATS {
            return refused("Every seat in this room is taken.");
        }
        let seat = inner.room.seats.last_key_value().map_or(1, |(last, _)| last + 1);
        let waiting = inner.room.switches.approving || capped || waits > 0;
        let seq = self.happen(&mut inner, Happened::Joined { seat, token: hash_of(&token), waiting });
        (Door::Joined(token), seq)
    }

    /// An instructor or a projector comes in by its secret.
    pub fn enter(&self, role: Role, secret: &str, from: IpAddr) -> Door {
        let mut inner = self.inner();
        let now = now();
        let wait = inner.guesses.wait(from, now);
        if wait > 0 {
            return Door::Refused(format!("Too many wrong links came from here. Try again in {} seconds.", wait / 1000 + 1));
        }
        let right = match role {
            Role::Instructor => &inner.room.doors.teach,
            Role::Wall => &inner.room.doors.wall,
            Role::Seat(_) => return Door::Refused("Students join with the code.".into()),
        };
        if right.is_empty() || hash_of(secret) != *right {
            inner.guesses.wrong(from, now);
            return Door::Refused("This link is not the one that the program printed last. Copy it once more from the terminal.".into());
        }
        let Some(token) = fresh_token() else { return Door::Refused("This machine gives no random numbers just now.".into()) };
        let hash = hash_of(&token);
        self.happen(&mut inner, if role == Role::Wall { Happened::WallEntered { token: hash } } else { Happened::TeacherEntered { token: hash } });
        Door::Joined(token)
    }

    /// The seat of this token.
    #[must_use]
    pub fn seat_of(&self, token: &str) -> Option<SeatId> {
        self.inner().room.seat_of(&hash_of(token)).map(|seat| seat.id)
    }

    /// Whether this token is an instructor's, or a projector's.
    #[must_use]
    pub fn is(&self, role: Role, token: &str) -> bool {
        let hash = hash_of(token);
        let doors = &self.inner().room.doors;
        match role {
            Role::Instructor => doors.teachers.contains(&hash),
            Role::Wall => doors.walls.contains(&hash) || doors.teachers.contains(&hash),
            Role::Seat(_) => false,
        }
    }

    /// The bells that a page listens to: its own and everybody's.
    pub fn bells(&self, role: Role) -> (watch::Receiver<u64>, watch::Receiver<u64>) {
        let own = match role {
            Role::Seat(seat) => self.inner().bells.entry(seat).or_insert_with(|| watch::channel(0).0).subscribe(),
            Role::Instructor | Role::Wall => self.board.subscribe(),
        };
        (own, self.all.subscribe())
    }

    /// Turns true when the server closes.
    #[must_use]
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Streams end now.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// A page of this seat opened (true) or closed. At most four at a time: the oldest browser tab of a seat is no reason to fill the server.
    pub fn page(&self, seat: SeatId, opened: bool) -> bool {
        /// A phone, a laptop, and one of each that was not closed properly.
        const PAGES: usize = 4;
        let mut inner = self.inner();
        let pages = inner.online.entry(seat).or_default();
        if opened && *pages >= PAGES {
            return false;
        }
        *pages = if opened { *pages + 1 } else { pages.saturating_sub(1) };
        if *pages == usize::from(opened) {
            let seq = inner.room.seq;
            self.board.send_replace(seq);
        }
        true
    }

    /// Seats with an open page.
    #[must_use]
    pub fn online(&self) -> Vec<SeatId> {
        self.inner().online.iter().filter(|(_, pages)| **pages > 0).map(|(seat, _)| *seat).collect()
    }
}

/// 128 bits from the system.
#[must_use]
pub fn fresh_token() -> Option<String> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).ok()?;
    Some(token_from(random))
}

fn items(count: usize, seed: u64) -> Vec<Item> {
    rating_items::items(crate::interface::agree::VALIDITY_SET, count, seed)
}

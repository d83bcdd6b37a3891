//! Everything that changes a room is an event in its log. A server that was killed reads the log and has the room again, word for word.

use super::play::TurnNote;
use crate::drill::{Rating, Tried};
use crate::session::Input;
use serde::{Deserialize, Serialize};

/// A seat's number: 1, 2, 3 … in the order of joining.
pub type SeatId = u32;

/// One line of a room's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomEvent {
    /// 1, 2, 3 …
    pub seq: u64,
    /// Milliseconds since 1970, for the advisory clock and for people; nothing is decided by it.
    pub at: i64,
    /// What happened.
    pub what: Happened,
}

/// The format of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// All sit with the same client, from the same seed.
    Everyone,
    /// One client on the wall; all propose, the class or the instructor picks.
    Fishbowl,
    /// One client on the wall; each turn by the next student.
    Relay,
    /// Groups of three with rotating roles.
    Triad,
    /// All rate the same replies, blind.
    Calibration,
}

impl Format {
    /// All of them, in the order in which an instructor reads them.
    pub const ALL: [Self; 5] = [Self::Everyone, Self::Fishbowl, Self::Relay, Self::Triad, Self::Calibration];

    /// Its name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everyone => "Everyone",
            Self::Fishbowl => "Fishbowl",
            Self::Relay => "Relay",
            Self::Triad => "Triads",
            Self::Calibration => "Calibration hour",
        }
    }

    /// What it is, in one sentence.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Everyone => "All sit with the same client at the same time, each on their own screen; the board shows where the class is.",
            Self::Fishbowl => "One client on the projector: everybody proposes a reply, the class votes or you pick, and the client answers.",
            Self::Relay => "One client on the projector: each turn is said by the next student, with promises and repairs on the wall.",
            Self::Triad => "Groups of three: one speaks, one reads the client, one observes and rates before the program does; then the roles move on.",
            Self::Calibration => "All rate the same replies without seeing each other's ratings; then you look at where you differ.",
        }
    }
}

/// Which session of a room is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// This seat's own, in the activity "Everyone".
    Own(SeatId),
    /// The latest of this seat's self-paced ones.
    Practice(SeatId),
    /// The one on the wall (fishbowl, relay).
    Wall,
    /// A group's (triads): 0, 1, 2 …
    Group(usize),
}

/// What an instructor can switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// New people can join.
    Door,
    /// Who joins waits until the instructor lets them in.
    Approving,
    /// Turns can be taken back.
    Undo,
    /// Hints can be asked for.
    Hints,
    /// Looks behind the scene: the client's thoughts, what stayed unsaid, why a reply was scored so.
    Looks,
    /// Feedback after a turn shows numbers; otherwise words only.
    Numbers,
    /// Students can practise on their own while no activity runs.
    Practice,
}

/// Where a look went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookAt {
    /// A model reply.
    Hint,
    /// The client's thought.
    Feel,
    /// What stayed unsaid.
    How,
    /// Why the last reply was scored as it was.
    Why,
}

/// A reply to rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What the client had said.
    pub client: String,
    /// The reply.
    pub reply: String,
    /// The engine's three scores, 1 to 5 or none.
    pub engine: [Option<f64>; 3],
}

/// What starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The format.
    pub format: Format,
    /// The scenario's id; empty for a calibration hour.
    pub scenario: String,
    /// The scenario's digest when it started.
    pub digest: String,
    /// Which session of the scenario.
    pub session: u32,
    /// The seed of every choice.
    pub seed: u64,
    /// What the clock advises; it ends nothing.
    pub minutes: Option<u32>,
    /// What the client says at the door.
    pub first: String,
    /// Replies to rate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// Who sits in which group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Vec<SeatId>>,
}

/// Three marks, each 1 to 5: empathy, non-judgment, listening.
pub type Marks = [u8; 3];

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "happened", rename_all = "snake_case")]
pub enum Happened {
    /// The room opens.
    RoomOpened {
        /// The code that joins it.
        code: String,
        /// The seed of its names.
        seed: u64,
    },
    /// The doors of instructor and projector have new secrets.
    SecretsSet {
        /// Hash of the instructor's.
        teach: String,
        /// Hash of the projector's.
        wall: String,
    },
    /// An instructor came in: the hash of the token that was given out.
    TeacherEntered {
        /// The hash.
        token: String,
    },
    /// A projector came in.
    WallEntered {
        /// The hash.
        token: String,
    },
    /// Somebody joined.
    Joined {
        /// The new seat.
        seat: SeatId,
        /// The hash of its token.
        token: String,
        /// Whether it waits to be let in.
        waiting: bool,
    },
    /// A seat got a new token.
    Rotated {
        /// Whose.
        seat: SeatId,
        /// The hash.
        token: String,
    },
    /// A seat was let in.
    Approved {
        /// Whose.
        seat: SeatId,
    },
    /// A seat was removed.
    Removed {
        /// Whose.
        seat: SeatId,
    },
    /// Somebody answered the question of consent.
    Consented {
        /// Who.
        seat: SeatId,
        /// The answer.
        yes: bool,
        /// What the instructor asked for to know them by; may be empty.
        label: String,
    },
    /// Something was switched.
    Switched {
        /// What.
        what: Switch,
        /// To what.
        on: bool,
    },
    /// An activity starts.
    Started {
        /// What it is.
        plan: Plan,
    },
    /// A turn: what was said and what it came to.
    Said {
        /// Where.
        place: Place,
        /// By whom, where it was a student.
        by: Option<SeatId>,
        /// The words.
        input: Input,
        /// What it came to.
        note: TurnNote,
    },
    /// The last turn was taken back.
    Undone {
        /// Where.
        place: Place,
    },
    /// Somebody looked at a hint or behind the scene.
    Looked {
        /// Where.
        place: Place,
        /// At what.
        at: LookAt,
    },
    /// A session was ended.
    PlayEnded {
        /// Where.
        place: Place,
        /// What the client said to the end; may be empty.
        last: String,
    },
    /// A student begins a practice of one skill.
    DrillBegun {
        /// Who.
        seat: SeatId,
        /// The skill.
        skill: String,
    },
    /// A try at a drill. What was typed is not part of it.
    DrillTried {
        /// Who.
        seat: SeatId,
        /// The try.
        tried: Tried,
    },
    /// How hard the last try felt.
    DrillRated {
        /// Who.
        seat: SeatId,
        /// The rating.
        rating: Rating,
    },
    /// The practice of a skill is left.
    DrillLeft {
        /// Who.
        seat: SeatId,
    },
    /// A student begins a session of their own.
    PracticeStarted {
        /// Who.
        seat: SeatId,
        /// With whom.
        plan: Plan,
    },
    /// Fishbowl: a student proposes a reply, in place of an earlier one.
    Proposed {
        /// Who.
        seat: SeatId,
        /// The reply.
        words: String,
    },
    /// Fishbowl: the class votes on these proposals.
    VoteCalled {
        /// Their numbers.
        on: Vec<usize>,
    },
    /// Fishbowl: a vote, in place of an earlier one.
    Voted {
        /// Who.
        seat: SeatId,
        /// For which proposal.
        proposal: usize,
    },
    /// Fishbowl: two proposals are tried side by side.
    Branched {
        /// The two, each with what it came to.
        branches: Vec<Branch>,
    },
    /// Fishbowl: proposals are gathered anew.
    Gathering,
    /// Relay: the turn goes to the next student.
    Passed,
    /// Triads: the roles move on, with a fresh start.
    RolesMoved {
        /// Whose.
        group: usize,
    },
    /// Triads: the observer's marks for a turn.
    Observed {
        /// Which group.
        group: usize,
        /// Who.
        seat: SeatId,
        /// Of the current round.
        turn: u32,
        /// The marks.
        marks: Marks,
    },
    /// Calibration: marks for an item; without a seat the instructor's.
    Marked {
        /// Who.
        seat: Option<SeatId>,
        /// Which item, from 0.
        item: usize,
        /// The marks.
        marks: Marks,
    },
    /// The debrief begins.
    Debriefed,
    /// The debrief shows another step.
    Stepped {
        /// From 0.
        step: usize,
    },
    /// Everyone: one of the replies worth a look is shown.
    Released {
        /// Which, from 0.
        reply: usize,
        /// Shown, or not any more.
        shown: bool,
    },
    /// The activity is over.
    Finished,
    /// The room closes.
    RoomClosed,
}

/// A proposal that was tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// Its number.
    pub proposal: usize,
    /// The words as they were heard.
    pub input: Input,
    /// What it came to.
    pub note: TurnNote,
}

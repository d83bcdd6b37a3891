//! What people ask of a room, who may ask it, and what comes of it: events, or a plain sentence why not.

mod instructor;
mod shared;
mod student;

use super::event::{Format, Happened, Item, LookAt, Marks, SeatId, Switch};
use super::room::Room;
use crate::drill::Rating;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A student.
    Seat(SeatId),
    /// An instructor.
    Instructor,
}

/// Which session a student means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// Their own in the activity.
    Own,
    /// Their self-paced one.
    Practice,
    /// The one on the wall.
    Wall,
    /// Their group's.
    Group,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// Instructor: let somebody in.
    Approve {
        /// Whom.
        seat: SeatId,
    },
    /// Instructor: let all in who wait.
    ApproveAll,
    /// Instructor: remove somebody.
    Remove {
        /// Whom.
        seat: SeatId,
    },
    /// Instructor: switch something.
    Set {
        /// What.
        what: Switch,
        /// To what.
        on: bool,
    },
    /// Instructor: start an activity.
    Start {
        /// Which format.
        format: Format,
        /// With whom.
        #[serde(default)]
        scenario: String,
        /// Which session.
        #[serde(default = "one")]
        session: u32,
        /// What the clock advises.
        #[serde(default)]
        minutes: Option<u32>,
        /// The seed; by default the room's own, another for each activity.
        #[serde(default)]
        seed: Option<u64>,
        /// How many replies to rate.
        #[serde(default)]
        items: Option<usize>,
    },
    /// Instructor: begin the debrief.
    Debrief,
    /// Instructor: another step of it.
    Step {
        /// From 0.
        to: usize,
    },
    /// Instructor: show a reply worth a look, or hide it again.
    Release {
        /// Which.
        reply: usize,
        /// Shown or not.
        shown: bool,
    },
    /// Instructor: the activity is over.
    Finish,
    /// Instructor: close the room.
    CloseRoom,
    /// Instructor, fishbowl: let the class vote, on these or on all.
    CallVote {
        /// Numbers of proposals.
        #[serde(default)]
        on: Vec<usize>,
    },
    /// Instructor, fishbowl: say this proposal. After a vote without a number: the one with most votes.
    Pick {
        /// Its number.
        #[serde(default)]
        proposal: Option<usize>,
    },
    /// Instructor, fishbowl: try two side by side.
    TryBoth {
        /// Their numbers.
        both: Vec<usize>,
    },
    /// Instructor, fishbowl: gather proposals again.
    Gather,
    /// Instructor, relay: the next student.
    Pass,
    /// Student: the answer to the question of consent.
    Consent {
        /// The answer.
        yes: bool,
        /// What to be known by, where they like.
        #[serde(default)]
        label: String,
    },
    /// Say this to the client.
    Say {
        /// Where.
        spot: Spot,
        /// The words.
        words: String,
        /// The turn that this is meant to be, where the page knows it: a reply sent twice is then heard once.
        #[serde(default)]
        turn: Option<u32>,
    },
    /// Take the last turn back.
    Undo {
        /// Where.
        spot: Spot,
    },
    /// Look at a hint or behind the scene.
    Look {
        /// Where.
        spot: Spot,
        /// At what.
        at: LookAt,
    },
    /// End the session.
    End {
        /// Where.
        spot: Spot,
    },
    /// Student: begin a session of one's own.
    Practise {
        /// With whom.
        scenario: String,
        /// Which session.
        #[serde(default = "one")]
        session: u32,
        /// The seed; by default drawn from the room's.
        #[serde(default)]
        seed: Option<u64>,
    },
    /// Student: practise one skill.
    Drill {
        /// Which.
        skill: String,
    },
    /// Student: a try at the drill that is offered.
    Try {
        /// The reply.
        words: String,
    },
    /// Student: how hard the last try felt.
    Rate {
        /// The rating.
        rating: Rating,
    },
    /// Student: leave the practice of a skill.
    LeaveDrill,
    /// Student, fishbowl: propose a reply.
    Propose {
        /// The reply.
        words: String,
    },
    /// Student, fishbowl: vote.
    Vote {
        /// For which proposal.
        proposal: usize,
    },
    /// Triads: move the roles on.
    Rotate,
    /// Student, triads: the observer's marks.
    Observe {
        /// Of which turn.
        turn: u32,
        /// The marks.
        marks: Marks,
    },
    /// Calibration: marks for an item.
    Mark {
        /// Which, from 0.
        item: usize,
        /// The marks.
        marks: Marks,
    },
}

const fn one() -> u32 {
    1
}

/// Why something was not done, in a sentence for the person who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn no<T>(sentence: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(sentence.into()))
}

/// The longest reply in a class, in bytes (safety notes, "Classroom server").
pub const LONGEST_REPLY: usize = 4096;
/// The longest label.
const LONGEST_LABEL: usize = 64;
/// A vote on more than a handful is no vote: nobody reads ten replies on a projector.
pub const SHORTLIST: usize = 6;
/// Calibration: between ten and twenty replies fit an hour.
const ITEMS: std::ops::RangeInclusive<usize> = 10..=20;

impl Ask {
    /// Whether a student may ask this at all.
    #[must_use]
    pub const fn is_for_students(&self) -> bool {
        matches!(
            self,
            Self::Consent { .. }
                | Self::Say { .. }
                | Self::Undo { .. }
                | Self::Look { .. }
                | Self::End { .. }
                | Self::Practise { .. }
                | Self::Drill { .. }
                | Self::Try { .. }
                | Self::Rate { .. }
                | Self::LeaveDrill
                | Self::Propose { .. }
                | Self::Vote { .. }
                | Self::Rotate
                | Self::Observe { .. }
                | Self::Mark { .. }
        )
    }

    /// Whether an instructor may ask this at all.
    #[must_use]
    pub const fn is_for_instructors(&self) -> bool {
        matches!(self, Self::Mark { .. } | Self::Say { spot: Spot::Wall, .. } | Self::Undo { spot: Spot::Wall } | Self::End { spot: Spot::Wall })
            || !self.is_for_students()
    }
}

impl Room {
    /// What comes of this. Nothing has changed in the room yet: [`Room::apply`] takes the events in. `items` are replies for a calibration hour,
    /// looked up only where they are needed.
    ///
    /// # Errors
    /// A sentence for the person who asked.
    pub fn ask(&mut self, who: Who, ask: Ask, items: &dyn Fn(usize, u64) -> Vec<Item>) -> Result<Vec<Happened>, Refusal> {
        let allowed = match who {
            Who::Seat(_) => ask.is_for_students(),
            Who::Instructor => ask.is_for_instructors(),
        };
        if !allowed {
            return no("This is not yours to do here.");
        }
        if self.closed {
            return no("This room is closed. Nothing that was said is lost.");
        }
        match who {
            Who::Seat(seat) => self.asked_by_student(seat, ask),
            Who::Instructor => self.asked_by_instructor(ask, items),
        }
    }
}

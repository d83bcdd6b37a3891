//! What a class does together: one of five formats, with a start, a clock that only advises, and a debrief that the instructor steers.

use super::agreeing::Agreement;
use super::event::{Branch, Format, Marks, Plan, SeatId};
use super::instructive::Instructive;
use super::play::Play;
use std::collections::{BTreeMap, BTreeSet};

/// How far an activity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// At work.
    Running,
    /// The debrief, at this step.
    Debrief(usize),
    /// Over.
    Over,
}

/// An activity.
#[derive(Clone)]
pub struct Activity {
    /// 1, 2, 3 … in this room.
    pub number: u32,
    /// How it was started.
    pub plan: Plan,
    /// The scenario's title; empty for a calibration hour.
    pub title: String,
    /// The client's name; empty for a calibration hour.
    pub client: String,
    /// Milliseconds since 1970.
    pub started_at: i64,
    /// When the debrief began, or it was ended without one.
    pub ended_at: Option<i64>,
    /// How far it is.
    pub stage: Stage,
    /// What is particular to its format.
    pub state: State,
}

/// What is particular to a format.
#[derive(Clone)]
pub enum State {
    /// Everyone.
    Everyone(Everyone),
    /// Fishbowl.
    Fishbowl(Fishbowl),
    /// Relay.
    Relay(Relay),
    /// Triads.
    Triad(Triad),
    /// Calibration hour.
    Calibration(Calibration),
}

/// All with the same client.
#[derive(Clone, Default)]
pub struct Everyone {
    /// One session a seat.
    pub plays: BTreeMap<SeatId, Play>,
    /// The replies worth a look, found when the debrief began.
    pub instructive: Vec<Instructive>,
    /// Those that are shown.
    pub released: BTreeSet<usize>,
}

/// A proposed reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Whose.
    pub seat: SeatId,
    /// The words.
    pub words: String,
}

/// Where a fishbowl stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Bowl {
    /// Proposals come in.
    #[default]
    Gathering,
    /// The class votes on these; each seat's vote.
    Voting(Vec<usize>, BTreeMap<SeatId, usize>),
    /// Two are tried side by side.
    Branches(Vec<Branch>),
}

/// One client on the wall, many proposals.
#[derive(Clone)]
pub struct Fishbowl {
    /// The session.
    pub play: Play,
    /// Proposals of this turn; their place is their number.
    pub proposals: Vec<Proposal>,
    /// Where it stands.
    pub bowl: Bowl,
}

impl Fishbowl {
    /// Votes by proposal, in the order of the shortlist.
    #[must_use]
    pub fn tally(&self) -> Vec<(usize, usize)> {
        let Bowl::Voting(on, votes) = &self.bowl else { return Vec::new() };
        on.iter().map(|number| (*number, votes.values().filter(|vote| *vote == number).count())).collect()
    }

    /// This seat's proposal of this turn.
    #[must_use]
    pub fn proposal_of(&self, seat: SeatId) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.seat == seat)
    }
}

/// One client on the wall, each turn by the next student.
#[derive(Clone)]
pub struct Relay {
    /// The session.
    pub play: Play,
    /// The order; who joins late goes to its end.
    pub order: Vec<SeatId>,
    /// Whose turn it is: a place in the order.
    pub at: usize,
    /// Who said each turn; `None` where it was the instructor.
    pub said_by: Vec<Option<SeatId>>,
}

impl Relay {
    /// Whose turn it is.
    #[must_use]
    pub fn whose(&self) -> Option<SeatId> {
        self.order.get(self.at).copied()
    }
}

/// Groups of three.
#[derive(Clone, Default)]
pub struct Triad {
    /// The groups.
    pub groups: Vec<Group>,
}

impl Triad {
    /// The group of a seat.
    #[must_use]
    pub fn of(&self, seat: SeatId) -> Option<usize> {
        self.groups.iter().position(|group| group.seats.contains(&seat))
    }
}

/// A role in a triad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Speaks to the client.
    Therapist,
    /// Reads the client's words aloud and knows the thought behind them.
    ClientReader,
    /// Watches, and rates before the engine's reading is shown.
    Observer,
}

/// One group.
#[derive(Clone)]
pub struct Group {
    /// Who sits in it, in the order in which the roles go round.
    pub seats: Vec<SeatId>,
    /// 0, 1, 2 …: how often the roles have moved.
    pub round: usize,
    /// The session of this round.
    pub play: Play,
    /// The observers' marks of this round, by turn and seat.
    pub observed: BTreeMap<u32, BTreeMap<SeatId, Marks>>,
    /// Earlier rounds.
    pub earlier: Vec<(Play, BTreeMap<u32, BTreeMap<SeatId, Marks>>)>,
}

impl Group {
    /// The role of a seat in this round. In a group of two there is no reader; from four on there are more observers.
    #[must_use]
    pub fn role_of(&self, seat: SeatId) -> Option<Role> {
        let place = self.seats.iter().position(|other| *other == seat)?;
        let of = self.seats.len();
        Some(match (place + of - self.round % of) % of {
            0 => Role::Therapist,
            1 if of > 2 => Role::ClientReader,
            _ => Role::Observer,
        })
    }

    /// Whether the engine's reading of a turn is shown: an observer has rated it, or there is nobody to.
    #[must_use]
    pub fn is_open(&self, turn: u32) -> bool {
        self.seats.len() < 2 || self.observed.contains_key(&turn)
    }
}

/// All rate the same.
#[derive(Clone, Default)]
pub struct Calibration {
    /// Marks by seat and item.
    pub marks: BTreeMap<SeatId, BTreeMap<usize, Marks>>,
    /// The instructor's.
    pub instructor: BTreeMap<usize, Marks>,
    /// How far all agree; worked out when the debrief begins.
    pub agreement: Option<Agreement>,
}

impl Activity {
    /// The session on the wall, where the format has one.
    #[must_use]
    pub fn wall(&self) -> Option<&Play> {
        match &self.state {
            State::Fishbowl(fishbowl) => Some(&fishbowl.play),
            State::Relay(relay) => Some(&relay.play),
            _ => None,
        }
    }

    /// The steps of its debrief, as headings.
    #[must_use]
    pub const fn steps(&self) -> &'static [&'static str] {
        match self.plan.format {
            Format::Everyone => {
                &["Where the class got to", "Trust, turn by turn", "The three scores", "Where it turned", "Replies worth a look", "To take with you"]
            }
            Format::Fishbowl => &["Trust, turn by turn", "Turn by turn, once more", "To take with you"],
            Format::Relay => &["Trust, turn by turn", "Promises and repairs", "Turn by turn, once more", "To take with you"],
            Format::Triad => &["Where the groups got to", "What the observers saw", "To take with you"],
            Format::Calibration => &["How far we agree", "Where we differ most", "To take with you"],
        }
    }

    /// Whether it is at work.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.stage == Stage::Running
    }
}

/// Groups of three from these seats, in their order; one or two left over go to the first groups.
#[must_use]
pub fn groups_of_three(seats: &[SeatId]) -> Vec<Vec<SeatId>> {
    let count = (seats.len() / 3).max(usize::from(!seats.is_empty()));
    let mut groups: Vec<Vec<SeatId>> = seats.chunks(3).take(count).map(<[SeatId]>::to_vec).collect();
    for (left, seat) in seats.iter().skip(count * 3).enumerate() {
        if let Some(group) = groups.get_mut(left % count.max(1)) {
            group.push(*seat);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_three_or_four_and_nobody_is_left_alone() {
        assert_eq!(groups_of_three(&[1, 2, 3, 4, 5, 6, 7]), [vec![1, 2, 3, 7], vec![4, 5, 6]]);
        assert_eq!(groups_of_three(&[1, 2, 3, 4, 5]), [vec![1, 2, 3, 4, 5]]);
        assert_eq!(groups_of_three(&[1, 2]), [vec![1, 2]]);
        assert!(groups_of_three(&[]).is_empty());
    }

    #[test]
    fn roles_go_round_until_everybody_has_had_each() {
        let mut group = Group {
            seats: vec![4, 5, 6],
            round: 0,
            play: Play::open(None, crate::session::Opening::default(), Some(String::new())),
            observed: BTreeMap::new(),
            earlier: Vec::new(),
        };
        let mut had: BTreeMap<SeatId, Vec<Role>> = BTreeMap::new();
        for round in 0..3 {
            group.round = round;
            for seat in [4, 5, 6] {
                had.entry(seat).or_default().extend(group.role_of(seat));
            }
        }
        for roles in had.values() {
            for role in [Role::Therapist, Role::ClientReader, Role::Observer] {
                assert!(roles.contains(&role), "{roles:?}");
            }
        }
        assert_eq!(group.role_of(9), None);
    }
}

//! What people ask of a room, who may ask it, and what comes of it: events, or a plain sentence why not.

use super::activity::{Activity, Bowl, Role, Stage, State, groups_of_three};
use super::event::{Branch, Format, Happened, Item, LookAt, Marks, Place, Plan, SeatId, Switch};
use super::play::first_line;
use super::room::{Room, Standing};
use crate::session::Opening;
use crate::text::{neutralise, on_one_line};
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

    fn asked_by_student(&mut self, seat: SeatId, ask: Ask) -> Result<Vec<Happened>, Refusal> {
        match self.seats.get(&seat).map(|seat| seat.standing) {
            Some(Standing::In) => {}
            Some(Standing::Waiting) if matches!(ask, Ask::Consent { .. }) => {}
            Some(Standing::Waiting) => return no("You are still in the lobby. Your instructor lets you in."),
            _ => return no("You are not in this room any more."),
        }
        match ask {
            Ask::Consent { yes, label } => {
                let label = if yes { cut(&on_one_line(&label), LONGEST_LABEL) } else { String::new() };
                Ok(vec![Happened::Consented { seat, yes, label }])
            }
            Ask::Say { spot, words, turn } => {
                let place = self.place(seat, spot)?;
                self.may_speak(seat, place)?;
                self.say(place, Some(seat), &words, turn)
            }
            Ask::Undo { spot } => {
                let place = self.place(seat, spot)?;
                if !self.switches.undo {
                    return no("Taking a reply back is switched off in this room.");
                }
                if place == Place::Wall {
                    return no("Only your instructor takes back what was said on the wall.");
                }
                self.may_speak(seat, place)?;
                self.undo(place)
            }
            Ask::Look { spot, at } => {
                let place = self.place(seat, spot)?;
                let on = if at == LookAt::Hint { self.switches.hints } else { self.switches.looks };
                if !on {
                    return no(if at == LookAt::Hint { "Hints are switched off in this room." } else { "Looking behind the scene is switched off in this room." });
                }
                self.may_look(seat, place)?;
                if self.play(place).is_none() {
                    return no("There is no session to look at.");
                }
                Ok(vec![Happened::Looked { place, at }])
            }
            Ask::End { spot } => {
                let place = self.place(seat, spot)?;
                if place == Place::Wall {
                    return no("Only your instructor ends the hour on the wall.");
                }
                self.may_speak(seat, place)?;
                self.end(place)
            }
            Ask::Practise { scenario, session, seed } => self.practise(seat, &scenario, session, seed),
            Ask::Propose { words } => self.propose(seat, &words),
            Ask::Vote { proposal } => self.vote(seat, proposal),
            Ask::Rotate => {
                let Some(Activity { state: State::Triad(triad), stage: Stage::Running, .. }) = &self.activity else { return no("There are no groups now.") };
                let group = triad.of(seat).ok_or_else(|| Refusal("You are in no group yet.".into()))?;
                Ok(vec![Happened::RolesMoved { group }])
            }
            Ask::Observe { turn, marks } => self.observe(seat, turn, marks),
            Ask::Mark { item, marks } => self.mark(Some(seat), item, marks),
            _ => no("This is not yours to do here."),
        }
    }

    fn asked_by_instructor(&mut self, ask: Ask, items: &dyn Fn(usize, u64) -> Vec<Item>) -> Result<Vec<Happened>, Refusal> {
        match ask {
            Ask::Approve { seat } => match self.seats.get(&seat).map(|seat| seat.standing) {
                Some(Standing::Waiting) => Ok(vec![Happened::Approved { seat }]),
                _ => no("Nobody waits on this seat."),
            },
            Ask::ApproveAll => {
                let waiting = self.seats.values().filter(|seat| seat.standing == Standing::Waiting);
                Ok(waiting.map(|seat| Happened::Approved { seat: seat.id }).collect())
            }
            Ask::Remove { seat } => match self.seats.get(&seat).map(|seat| seat.standing) {
                Some(Standing::Waiting | Standing::In) => Ok(vec![Happened::Removed { seat }]),
                _ => no("Nobody sits on this seat."),
            },
            Ask::Set { what, on } => Ok(vec![Happened::Switched { what, on }]),
            Ask::Start { format, scenario, session, minutes, seed, items: count } => self.start_plan(format, &scenario, session, minutes, seed, count, items),
            Ask::Debrief => match &self.activity {
                Some(activity) if activity.is_running() => Ok(vec![Happened::Debriefed]),
                _ => no("Nothing is at work that could be debriefed."),
            },
            Ask::Step { to } => match &self.activity {
                Some(Activity { stage: Stage::Debrief(_), .. }) => {
                    let last = self.activity.as_ref().map_or(0, |activity| activity.steps().len().saturating_sub(1));
                    Ok(vec![Happened::Stepped { step: to.min(last) }])
                }
                _ => no("The debrief has not begun."),
            },
            Ask::Release { reply, shown } => match &self.activity {
                Some(Activity { state: State::Everyone(everyone), stage: Stage::Debrief(_), .. }) if reply < everyone.instructive.len() => {
                    Ok(vec![Happened::Released { reply, shown }])
                }
                _ => no("There is no such reply to show."),
            },
            Ask::Finish => match &self.activity {
                Some(activity) if activity.stage != Stage::Over => Ok(vec![Happened::Finished]),
                _ => no("Nothing is at work."),
            },
            Ask::CloseRoom => Ok(vec![Happened::RoomClosed]),
            Ask::CallVote { on } => self.call_vote(on),
            Ask::Pick { proposal } => self.pick(proposal),
            Ask::TryBoth { both } => self.try_both(&both),
            Ask::Gather => match self.bowl()? {
                (Bowl::Gathering, _) => no("Proposals are being gathered already."),
                _ => Ok(vec![Happened::Gathering]),
            },
            Ask::Pass => match &self.activity {
                Some(Activity { state: State::Relay(_), stage: Stage::Running, .. }) => Ok(vec![Happened::Passed]),
                _ => no("There is no relay now."),
            },
            Ask::Say { words, turn, .. } => {
                self.running()?;
                self.say(Place::Wall, None, &words, turn)
            }
            Ask::Undo { .. } => {
                self.running()?;
                self.undo(Place::Wall)
            }
            Ask::End { .. } => {
                self.running()?;
                self.end(Place::Wall)
            }
            Ask::Mark { item, marks } => self.mark(None, item, marks),
            _ => no("This is not yours to do here."),
        }
    }

    fn running(&self) -> Result<&Activity, Refusal> {
        match &self.activity {
            Some(activity) if activity.is_running() => Ok(activity),
            _ => no("Nothing is at work just now."),
        }
    }

    /// The place that a student means; only ever one of their own.
    fn place(&self, seat: SeatId, spot: Spot) -> Result<Place, Refusal> {
        Ok(match spot {
            Spot::Own => Place::Own(seat),
            Spot::Practice => Place::Practice(seat),
            Spot::Wall => Place::Wall,
            Spot::Group => match &self.activity {
                Some(Activity { state: State::Triad(triad), .. }) => Place::Group(triad.of(seat).ok_or_else(|| Refusal("You are in no group yet.".into()))?),
                _ => return no("There are no groups now."),
            },
        })
    }

    fn may_speak(&self, seat: SeatId, place: Place) -> Result<(), Refusal> {
        if let Place::Practice(_) = place {
            return Ok(());
        }
        let activity = self.running()?;
        match (&activity.state, place) {
            (State::Everyone(_), Place::Own(_)) => Ok(()),
            (State::Relay(relay), Place::Wall) if relay.whose() == Some(seat) => Ok(()),
            (State::Relay(_), Place::Wall) => no("It is another student's turn. Yours will come."),
            (State::Fishbowl(_), Place::Wall) => no("Here you propose; the class or your instructor picks."),
            (State::Triad(triad), Place::Group(group)) => match triad.groups.get(group).and_then(|group| group.role_of(seat)) {
                Some(Role::Therapist) => Ok(()),
                _ => no("In this round somebody else in your group speaks."),
            },
            _ => no("There is no session of yours to speak in."),
        }
    }

    fn may_look(&self, seat: SeatId, place: Place) -> Result<(), Refusal> {
        match place {
            // On the wall a look behind the scene would be everybody's.
            Place::Wall => no("On the wall nobody looks behind the scene."),
            Place::Group(_) => self.may_speak(seat, place),
            Place::Own(_) | Place::Practice(_) => Ok(()),
        }
    }

    fn say(&mut self, place: Place, by: Option<SeatId>, words: &str, turn: Option<u32>) -> Result<Vec<Happened>, Refusal> {
        let words = checked(words)?;
        let Some(play) = self.play_mut(place) else { return no("There is no session to speak in.") };
        if play.closed().is_some() {
            return no("This session is over.");
        }
        let next = play.inputs().len() + 1;
        if let Some(turn) = turn
            && usize::try_from(turn) != Ok(next)
        {
            return no("This reply was meant for an earlier moment: the page has been brought up to date.");
        }
        match play.hear(&words) {
            Some((input, note)) => Ok(vec![Happened::Said { place, by, input, note }]),
            None => no("This scenario is not here any more, or is not the one it was. The hour can be read, but not gone on with."),
        }
    }

    fn undo(&mut self, place: Place) -> Result<Vec<Happened>, Refusal> {
        match self.play(place) {
            Some(play) if play.can_undo() => Ok(vec![Happened::Undone { place }]),
            _ => no("There is nothing to take back."),
        }
    }

    fn end(&mut self, place: Place) -> Result<Vec<Happened>, Refusal> {
        match self.play_mut(place).and_then(super::play::Play::end) {
            Some(last) => Ok(vec![Happened::PlayEnded { place, last }]),
            None => no("There is no session to end."),
        }
    }

    /// A plan with this client; the sentence where there is none.
    fn plan(&mut self, format: Format, scenario: &str, session: u32, seed: u64) -> Result<Plan, Refusal> {
        let Some(found) = self.scenarios.get(scenario) else {
            return no(format!("There is no client `{}` to sit with here.", cut(&on_one_line(scenario), 40)));
        };
        if found.session(session).is_none() {
            return no(format!("{} has no session {session}.", found.file.client.name));
        }
        let opening = Opening { seed, session, ..Opening::default() };
        let first = first_line(&found, &opening);
        Ok(Plan {
            format,
            scenario: scenario.to_owned(),
            digest: found.digest.clone(),
            session,
            seed,
            minutes: None,
            first,
            items: Vec::new(),
            groups: Vec::new(),
        })
    }

    #[allow(clippy::too_many_arguments)] // one form, one line
    fn start_plan(
        &mut self,
        format: Format,
        scenario: &str,
        session: u32,
        minutes: Option<u32>,
        seed: Option<u64>,
        count: Option<usize>,
        items: &dyn Fn(usize, u64) -> Vec<Item>,
    ) -> Result<Vec<Happened>, Refusal> {
        if self.activity.as_ref().is_some_and(|activity| activity.stage != Stage::Over) {
            return no("Something is going on already. Finish it first.");
        }
        let seed = seed.unwrap_or_else(|| (self.seed % 100_000).wrapping_add(self.past.len() as u64 + 1));
        let mut plan = if format == Format::Calibration {
            let count = count.unwrap_or(*ITEMS.start()).clamp(*ITEMS.start(), *ITEMS.end());
            let items = items(count, seed);
            if items.is_empty() {
                return no("There are no replies to rate.");
            }
            Plan { format, scenario: String::new(), digest: String::new(), session: 1, seed, minutes: None, first: String::new(), items, groups: Vec::new() }
        } else {
            self.plan(format, scenario, session, seed)?
        };
        plan.minutes = minutes.filter(|minutes| *minutes > 0).map(|minutes| minutes.min(600));
        let seats: Vec<SeatId> = self.present().map(|seat| seat.id).collect();
        if format == Format::Triad {
            if seats.is_empty() {
                return no("Nobody is in the room yet, so there are no groups to make.");
            }
            plan.groups = groups_of_three(&seats);
        }
        Ok(vec![Happened::Started { plan }])
    }

    fn practise(&mut self, seat: SeatId, scenario: &str, session: u32, seed: Option<u64>) -> Result<Vec<Happened>, Refusal> {
        if !self.switches.practice {
            return no("Practising on your own is switched off in this room.");
        }
        if self.activity.as_ref().is_some_and(Activity::is_running) {
            return no("The class is at work together just now. Afterwards you can practise on your own again.");
        }
        let had = self.practice.get(&seat).map_or(0, Vec::len) as u64;
        let seed = seed.unwrap_or_else(|| self.seed.wrapping_add(u64::from(seat) * 1009 + had * 31) % 100_000);
        let plan = self.plan(Format::Everyone, scenario, session, seed)?;
        Ok(vec![Happened::PracticeStarted { seat, plan }])
    }

    fn bowl(&self) -> Result<(&Bowl, &[super::activity::Proposal]), Refusal> {
        match &self.activity {
            Some(Activity { state: State::Fishbowl(fishbowl), stage: Stage::Running, .. }) => Ok((&fishbowl.bowl, &fishbowl.proposals)),
            _ => no("There is no fishbowl now."),
        }
    }

    fn propose(&self, seat: SeatId, words: &str) -> Result<Vec<Happened>, Refusal> {
        let words = checked(words)?;
        if !matches!(self.bowl()?.0, Bowl::Gathering) {
            return no("The proposals for this moment are in. The next moment comes soon.");
        }
        if self.activity.as_ref().and_then(Activity::wall).is_some_and(|play| play.closed().is_some()) {
            return no("This session is over.");
        }
        Ok(vec![Happened::Proposed { seat, words }])
    }

    fn vote(&self, seat: SeatId, proposal: usize) -> Result<Vec<Happened>, Refusal> {
        match self.bowl()?.0 {
            Bowl::Voting(on, _) if on.contains(&proposal) => Ok(vec![Happened::Voted { seat, proposal }]),
            Bowl::Voting(..) => no("This proposal is not among those to vote on."),
            _ => no("There is no vote now."),
        }
    }

    fn call_vote(&self, on: Vec<usize>) -> Result<Vec<Happened>, Refusal> {
        let (_, proposals) = self.bowl()?;
        let mut on: Vec<usize> = if on.is_empty() { (0..proposals.len()).collect() } else { on };
        on.retain(|number| *number < proposals.len());
        on.sort_unstable();
        on.dedup();
        if on.len() < 2 {
            return no("A vote needs at least two proposals.");
        }
        if on.len() > SHORTLIST {
            return no(format!("Nobody can choose among so many: tick up to {SHORTLIST} of them first."));
        }
        Ok(vec![Happened::VoteCalled { on }])
    }

    fn pick(&mut self, proposal: Option<usize>) -> Result<Vec<Happened>, Refusal> {
        let (bowl, proposals) = self.bowl()?;
        let chosen = match (proposal, bowl) {
            (Some(number), _) => Some(number),
            (None, Bowl::Voting(on, votes)) => {
                let count = |number: &usize| votes.values().filter(|vote| *vote == number).count();
                // Of two with as many votes the earlier proposal: it waited longer.
                on.iter().copied().filter(|_| !votes.is_empty()).max_by_key(|number| (count(number), std::cmp::Reverse(*number)))
            }
            _ => None,
        };
        let Some(found) = chosen.and_then(|number| proposals.get(number)) else { return no("There is no such proposal; or nobody has voted yet.") };
        let (words, by) = (found.words.clone(), found.seat);
        self.say(Place::Wall, Some(by), &words, None)
    }

    fn try_both(&mut self, both: &[usize]) -> Result<Vec<Happened>, Refusal> {
        let (_, proposals) = self.bowl()?;
        let chosen: Vec<(usize, String)> = both.iter().filter_map(|number| Some((*number, proposals.get(*number)?.words.clone()))).collect();
        let [(a, _), (b, _)] = chosen.as_slice() else { return no("Tick exactly two proposals to try them side by side.") };
        if a == b {
            return no("Tick exactly two proposals to try them side by side.");
        }
        let Some(play) = self.play_mut(Place::Wall) else { return no("There is no session on the wall.") };
        let tried = chosen.iter().filter_map(|(proposal, words)| play.would_hear(words).map(|(input, note)| Branch { proposal: *proposal, input, note }));
        let branches: Vec<Branch> = tried.collect();
        if branches.len() == 2 { Ok(vec![Happened::Branched { branches }]) } else { no("This session is over.") }
    }

    fn observe(&self, seat: SeatId, turn: u32, marks: Marks) -> Result<Vec<Happened>, Refusal> {
        let marks = checked_marks(marks)?;
        let Some(Activity { state: State::Triad(triad), stage: Stage::Running, .. }) = &self.activity else { return no("There are no groups now.") };
        let Some((number, group)) = triad.of(seat).and_then(|number| Some((number, triad.groups.get(number)?))) else { return no("You are in no group yet.") };
        if group.role_of(seat) != Some(Role::Observer) {
            return no("In this round somebody else in your group observes.");
        }
        if !group.play.notes().iter().any(|note| note.turn == turn) {
            return no("This turn was taken back, or has not been spoken yet.");
        }
        if group.observed.get(&turn).is_some_and(|observed| observed.contains_key(&seat)) {
            return no("You have rated this turn already, and have seen the program's reading since.");
        }
        Ok(vec![Happened::Observed { group: number, seat, turn, marks }])
    }

    fn mark(&self, seat: Option<SeatId>, item: usize, marks: Marks) -> Result<Vec<Happened>, Refusal> {
        let marks = checked_marks(marks)?;
        let Some(Activity { state: State::Calibration(_), stage: Stage::Running, plan, .. }) = &self.activity else {
            return no("There is nothing to rate now.");
        };
        if item >= plan.items.len() {
            return no("There is no such reply to rate.");
        }
        Ok(vec![Happened::Marked { seat, item, marks }])
    }
}

/// Words that can be said: harmless, neither nothing nor too much.
fn checked(words: &str) -> Result<String, Refusal> {
    if words.len() > LONGEST_REPLY {
        return no("That is more than anyone can take in at once. Say it in fewer words, or in two turns.");
    }
    let words = neutralise(words).trim().to_owned();
    if words.is_empty() { no("Nothing was typed. For a silence, use the button “Silence”.") } else { Ok(words) }
}

fn checked_marks(marks: Marks) -> Result<Marks, Refusal> {
    if marks.iter().all(|mark| (1..=5).contains(mark)) { Ok(marks) } else { no("Each of the three ratings is a number from 1 to 5.") }
}

/// Cut on a character boundary.
fn cut(text: &str, most: usize) -> String {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

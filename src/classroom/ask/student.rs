//! What a student asks, and whether it is theirs to ask just now.

use super::shared::{checked, checked_marks, cut};
use super::{Ask, LONGEST_LABEL, Refusal, Spot, no};
use crate::classroom::activity::{Activity, Bowl, Role, Stage, State};
use crate::classroom::event::{Format, Happened, LookAt, Marks, Place, SeatId};
use crate::classroom::room::{Room, Standing};
use crate::text::on_one_line;

impl Room {
    pub(super) fn asked_by_student(&mut self, seat: SeatId, ask: Ask) -> Result<Vec<Happened>, Refusal> {
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
                    return no(if at == LookAt::Hint {
                        "Hints are switched off in this room."
                    } else {
                        "Looking behind the scene is switched off in this room."
                    });
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
            Ask::Drill { skill } => self.drill(seat, skill),
            Ask::Try { words } => self.try_drill(seat, &words),
            Ask::Rate { rating } => match self.drilling.get(&seat) {
                Some(drilling) if drilling.last.is_some() => Ok(vec![Happened::DrillRated { seat, rating }]),
                _ => no("There is nothing to rate yet."),
            },
            Ask::LeaveDrill => Ok(vec![Happened::DrillLeft { seat }]),
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

    /// The place that a student means; only ever one of their own.
    pub(super) fn place(&self, seat: SeatId, spot: Spot) -> Result<Place, Refusal> {
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

    pub(super) fn may_speak(&self, seat: SeatId, place: Place) -> Result<(), Refusal> {
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

    pub(super) fn may_look(&self, seat: SeatId, place: Place) -> Result<(), Refusal> {
        match place {
            // On the wall a look behind the scene would be everybody's.
            Place::Wall => no("On the wall nobody looks behind the scene."),
            Place::Group(_) => self.may_speak(seat, place),
            Place::Own(_) | Place::Practice(_) => Ok(()),
        }
    }

    /// Whether somebody may practise alone just now.
    pub(super) fn alone(&self) -> Result<(), Refusal> {
        if !self.switches.practice {
            return no("Practising on your own is switched off in this room.");
        }
        if self.activity.as_ref().is_some_and(Activity::is_running) {
            return no("The class is at work together just now. Afterwards you can practise on your own again.");
        }
        Ok(())
    }

    pub(super) fn practise(&mut self, seat: SeatId, scenario: &str, session: u32, seed: Option<u64>) -> Result<Vec<Happened>, Refusal> {
        self.alone()?;
        let had = self.practice.get(&seat).map_or(0, Vec::len) as u64;
        let seed = seed.unwrap_or_else(|| self.seed.wrapping_add(u64::from(seat) * 1009 + had * 31) % 100_000);
        let plan = self.plan(Format::Everyone, scenario, session, seed)?;
        Ok(vec![Happened::PracticeStarted { seat, plan }])
    }

    pub(super) fn drill(&self, seat: SeatId, skill: String) -> Result<Vec<Happened>, Refusal> {
        self.alone()?;
        if crate::classroom::drilling::drills().skill(&skill).is_none() {
            return no("There is no such skill to practise here.");
        }
        Ok(vec![Happened::DrillBegun { seat, skill }])
    }

    pub(super) fn try_drill(&mut self, seat: SeatId, words: &str) -> Result<Vec<Happened>, Refusal> {
        self.alone()?;
        let words = checked(words)?;
        let Some(drilling) = self.drilling.get_mut(&seat) else { return no("Choose a skill first.") };
        match drilling.judge(&words) {
            Some(Some(tried)) => Ok(vec![Happened::DrillTried { seat, tried }]),
            Some(None) => no("I could not read that as a reply, so it does not count. Say it as you would say it to a person."),
            None => no("There is nothing more to practise in this skill."),
        }
    }

    pub(super) fn propose(&self, seat: SeatId, words: &str) -> Result<Vec<Happened>, Refusal> {
        let words = checked(words)?;
        if !matches!(self.bowl()?.0, Bowl::Gathering) {
            return no("The proposals for this moment are in. The next moment comes soon.");
        }
        if self.activity.as_ref().and_then(Activity::wall).is_some_and(|play| play.closed().is_some()) {
            return no("This session is over.");
        }
        Ok(vec![Happened::Proposed { seat, words }])
    }

    pub(super) fn vote(&self, seat: SeatId, proposal: usize) -> Result<Vec<Happened>, Refusal> {
        match self.bowl()?.0 {
            Bowl::Voting(on, _) if on.contains(&proposal) => Ok(vec![Happened::Voted { seat, proposal }]),
            Bowl::Voting(..) => no("This proposal is not among those to vote on."),
            _ => no("There is no vote now."),
        }
    }

    pub(super) fn observe(&self, seat: SeatId, turn: u32, marks: Marks) -> Result<Vec<Happened>, Refusal> {
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
}

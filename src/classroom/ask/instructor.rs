//! What an instructor asks.

use super::{Ask, ITEMS, Refusal, SHORTLIST, no};
use crate::classroom::activity::{Activity, Bowl, Stage, State, groups_of_three};
use crate::classroom::event::{Branch, Format, Happened, Item, Place, Plan, SeatId};
use crate::classroom::room::{Room, Standing};

impl Room {
    pub(super) fn asked_by_instructor(&mut self, ask: Ask, items: &dyn Fn(usize, u64) -> Vec<Item>) -> Result<Vec<Happened>, Refusal> {
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

    #[allow(clippy::too_many_arguments)] // one form, one line
    pub(super) fn start_plan(
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

    pub(super) fn call_vote(&self, on: Vec<usize>) -> Result<Vec<Happened>, Refusal> {
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

    pub(super) fn pick(&mut self, proposal: Option<usize>) -> Result<Vec<Happened>, Refusal> {
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

    pub(super) fn try_both(&mut self, both: &[usize]) -> Result<Vec<Happened>, Refusal> {
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
}

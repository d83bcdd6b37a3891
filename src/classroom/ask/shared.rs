//! What students and instructors ask alike.

use super::{LONGEST_REPLY, Refusal, no};
use crate::classroom::activity::{Activity, Bowl, Proposal, Stage, State};
use crate::classroom::event::{Format, Happened, Marks, Place, Plan, SeatId};
use crate::classroom::play::{Play, first_line};
use crate::classroom::room::Room;
use crate::session::Opening;
use crate::text::{neutralise, on_one_line};

impl Room {
    pub(super) fn running(&self) -> Result<&Activity, Refusal> {
        match &self.activity {
            Some(activity) if activity.is_running() => Ok(activity),
            _ => no("Nothing is at work just now."),
        }
    }

    pub(super) fn say(&mut self, place: Place, by: Option<SeatId>, words: &str, turn: Option<u32>) -> Result<Vec<Happened>, Refusal> {
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

    pub(super) fn undo(&mut self, place: Place) -> Result<Vec<Happened>, Refusal> {
        match self.play(place) {
            Some(play) if play.can_undo() => Ok(vec![Happened::Undone { place }]),
            _ => no("There is nothing to take back."),
        }
    }

    pub(super) fn end(&mut self, place: Place) -> Result<Vec<Happened>, Refusal> {
        match self.play_mut(place).and_then(Play::end) {
            Some(last) => Ok(vec![Happened::PlayEnded { place, last }]),
            None => no("There is no session to end."),
        }
    }

    /// A plan with this client; the sentence where there is none.
    pub(super) fn plan(&mut self, format: Format, scenario: &str, session: u32, seed: u64) -> Result<Plan, Refusal> {
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

    pub(super) fn bowl(&self) -> Result<(&Bowl, &[Proposal]), Refusal> {
        match &self.activity {
            Some(Activity { state: State::Fishbowl(fishbowl), stage: Stage::Running, .. }) => Ok((&fishbowl.bowl, &fishbowl.proposals)),
            _ => no("There is no fishbowl now."),
        }
    }

    pub(super) fn mark(&self, seat: Option<SeatId>, item: usize, marks: Marks) -> Result<Vec<Happened>, Refusal> {
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
pub(super) fn checked(words: &str) -> Result<String, Refusal> {
    if words.len() > LONGEST_REPLY {
        return no("That is more than anyone can take in at once. Say it in fewer words, or in two turns.");
    }
    let words = neutralise(words).trim().to_owned();
    if words.is_empty() { no("Nothing was typed. For a silence, use the button “Silence”.") } else { Ok(words) }
}

pub(super) fn checked_marks(marks: Marks) -> Result<Marks, Refusal> {
    if marks.iter().all(|mark| (1..=5).contains(mark)) { Ok(marks) } else { no("Each of the three ratings is a number from 1 to 5.") }
}

/// Cut on a character boundary.
pub(super) fn cut(text: &str, most: usize) -> String {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

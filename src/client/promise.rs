//! Promises are noted when they are made. Kept, they are the strongest sign of reliability; broken, they open a rupture.

use super::change::PromiseChange;
use super::moment::{PromiseHeard, PromiseWord};
use super::standing::{PromiseStanding, Standing};

/// A promise broken weighs 1, or 2 for a client who gave little in advance (clinical.md, section 4, "Rupture").
pub(super) fn broken_severity(mistrust: f64) -> u8 {
    if mistrust > 0.5 { 2 } else { 1 }
}

impl Standing {
    /// Whether naming this promise as kept earns something: it was made, not yet kept, and not made to mend a hurt.
    pub(super) fn promise_would_earn(&self, id: &str) -> bool {
        self.promises.get(id).is_some_and(|standing| standing.word == PromiseWord::Made && !standing.made_while_hurt)
    }

    /// Whether this promise was made and is still to be kept.
    pub(super) fn promise_is_open(&self, id: &str) -> bool {
        self.promises.get(id).is_some_and(|standing| standing.word == PromiseWord::Made)
    }

    /// Takes note of what was said about promises; what was never made can be neither kept nor broken.
    pub(super) fn promised(&mut self, heard: &[PromiseHeard], session: u32) -> Vec<PromiseChange> {
        let mut changes = Vec::new();
        for promise in heard {
            let standing = self.promises.get(&promise.id).copied();
            let open = standing.is_some_and(|standing| standing.word == PromiseWord::Made);
            // What was settled in an earlier session can be promised anew; twice in one hour it is only said again.
            let anew = standing.is_none_or(|standing| !open && standing.in_session < session);
            let (word, made_while_hurt) = match (promise.word, standing) {
                (PromiseWord::Made, _) if anew => (PromiseWord::Made, false),
                (PromiseWord::Kept | PromiseWord::Broken, Some(standing)) if open => (promise.word, standing.made_while_hurt),
                _ => continue,
            };
            let due = standing.filter(|_| !anew).map_or(session.saturating_add(promise.due_in), |standing| standing.due);
            self.promises.insert(promise.id.clone(), PromiseStanding { word, due, made_while_hurt, in_session: session });
            changes.push(PromiseChange { id: promise.id.clone(), word });
        }
        changes
    }

    /// Promises made in a turn that tears, or while something is torn, mend at best; keeping them earns nothing.
    pub(super) fn made_while_hurt(&mut self, changes: &[PromiseChange]) {
        for change in changes.iter().filter(|change| change.word == PromiseWord::Made) {
            if let Some(standing) = self.promises.get_mut(&change.id) {
                standing.made_while_hurt = true;
            }
        }
    }

    /// What happened keeps these, where they were made and are still open.
    pub(super) fn keep(&mut self, ids: &[String]) -> Vec<PromiseChange> {
        let session = self.session;
        let mut changes = Vec::new();
        for (id, standing) in &mut self.promises {
            if standing.word == PromiseWord::Made && ids.contains(id) {
                (standing.word, standing.in_session) = (PromiseWord::Kept, session);
                changes.push(PromiseChange { id: id.clone(), word: PromiseWord::Kept });
            }
        }
        changes
    }

    /// Promises that were due by this session and were not kept are broken now.
    pub(super) fn break_due(&mut self, session: u32) -> Vec<PromiseChange> {
        let mut changes = Vec::new();
        for (id, standing) in &mut self.promises {
            if standing.word == PromiseWord::Made && standing.due <= session {
                (standing.word, standing.in_session) = (PromiseWord::Broken, session);
                changes.push(PromiseChange { id: id.clone(), word: PromiseWord::Broken });
            }
        }
        changes
    }
}

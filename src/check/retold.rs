//! The same words on a new version of a scenario: what the client says and feels otherwise now.

use crate::scoring::TurnRecord;
use crate::session::Session;
use std::fmt;

/// A turn that comes out otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retold {
    /// Which; 0 is the opening.
    pub turn: u32,
    /// What is said to the client in it.
    pub heard: String,
    /// What is otherwise: was and is, as words.
    pub changes: Vec<(String, String)>,
}

impl fmt::Display for Retold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.turn == 0 {
            write!(f, "the opening")?
        } else {
            write!(f, "turn {}, \"{}\"", self.turn, self.heard)?
        }
        for (was, is) in &self.changes {
            write!(f, "\n  - {was}\n  + {is}")?;
        }
        Ok(())
    }
}

/// T that moved by less is the same for the eye: half a point of a hundred.
const SEEN: f64 = 0.005;

/// What is otherwise in `now`, turn by turn. Both heard the same words.
#[must_use]
pub fn retold(before: &Session, now: &Session) -> Vec<Retold> {
    let (old, new) = (before.records(), now.records());
    let mut found = Vec::new();
    let first = |session: &Session| session.records().first().map_or_else(|| session.run().last().text.clone(), |record| record.answered.clone());
    let (was, is) = (first(before), first(now));
    if was != is {
        found.push(Retold { turn: 0, heard: String::new(), changes: vec![(format!("client: {was}"), format!("client: {is}"))] });
    }
    for (was, is) in old.iter().zip(new) {
        let changes = changes(was, is);
        if !changes.is_empty() {
            found.push(Retold { turn: is.turn, heard: is.heard.clone(), changes });
        }
    }
    if let Some(unheard) = old.get(new.len()) {
        let left = ("the client was still there".to_owned(), "the client has left before this".to_owned());
        found.push(Retold { turn: unheard.turn, heard: unheard.heard.clone(), changes: vec![left] });
    }
    found
}

fn changes(was: &TurnRecord, is: &TurnRecord) -> Vec<(String, String)> {
    let mut changes = Vec::new();
    let mut differ = |name: &str, was: String, is: String| {
        if was != is {
            changes.push((format!("{name}: {was}"), format!("{name}: {is}")));
        }
    };
    let acts = |record: &TurnRecord| record.appraisal.acts.iter().map(|found| found.act.name()).collect::<Vec<_>>().join(", ");
    let told = |record: &TurnRecord| record.disclosed.as_ref().map_or("nothing", |(id, _)| id).to_owned();
    let rupture = |record: &TurnRecord| match (&record.ruptured, record.repaired) {
        (Some(mark), _) => format!("severity {}", mark.severity),
        (None, true) => "mended".to_owned(),
        (None, false) => "none".to_owned(),
    };
    differ("heard", acts(was), acts(is));
    differ("told", told(was), told(is));
    differ("rupture", rupture(was), rupture(is));
    differ("client", was.said.clone(), is.said.clone());
    if (was.trust.1 - is.trust.1).abs() >= SEEN {
        differ("trust after it", format!("{:.3}", was.trust.1), format!("{:.3}", is.trust.1));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Folder, Scenario, Shelf};
    use crate::session::{Opening, Session};
    use std::collections::BTreeMap;
    use std::sync::Arc;

    fn session(scenario: &Arc<Scenario>, words: &[&str]) -> Session {
        let (mut session, _) = Session::open(Arc::clone(scenario), Opening::default());
        for said in words {
            session.hear(said);
        }
        session
    }

    #[test]
    fn a_line_that_was_rewritten_is_told_with_its_turn_and_the_rest_is_not() {
        let folder = Shelf::built_in().folder("samantha").unwrap();
        let text = folder.read("scenario.ron").unwrap().unwrap().text;
        let script = folder.read("client.rhai").unwrap().unwrap().text;
        let before = Shelf::built_in().open("samantha").unwrap();
        let words = ["What brings you here today?", "That sounds hard."];
        let old = session(&before, &words);
        let said = old.records()[0].said.clone();
        let changed = text.replace(&said, "Something else altogether.");
        assert_ne!(text, changed, "{said}");
        let files = BTreeMap::from([("scenario.ron".to_owned(), changed.into_bytes()), ("client.rhai".to_owned(), script.into_bytes())]);
        let shelf = Shelf::empty().with(Folder::Memory("samantha".to_owned(), files));
        let now = shelf.open("samantha").unwrap_or_else(|error| panic!("{error}"));
        let new = session(&now, &words);
        let found = retold(&old, &new);
        assert_eq!(found[0].turn, 1);
        assert!(found[0].to_string().contains("+ client: Something else altogether."), "{}", found[0]);
        assert!(retold(&old, &old.clone()).is_empty());
    }
}

//! Deliberate practice in the browser: the drills of the terminal, one practice a seat. What was typed is not kept, only whether it met the criteria.

use crate::drill::set::Drills;
use crate::drill::{Book, News, Rating, Tried};
use crate::drill::{Offer, Practice};
use crate::drill::{Verdict, judge};
use std::sync::OnceLock;

/// The drills in the binary, read once.
#[must_use]
pub fn drills() -> &'static Drills {
    static DRILLS: OnceLock<Drills> = OnceLock::new();
    DRILLS.get_or_init(Drills::built_in)
}

/// The last try, as the page shows it.
#[derive(Clone, Debug)]
pub struct LastTry {
    /// What was tried.
    pub stimulus: String,
    /// The reply, in memory only; empty after a restart.
    pub words: String,
    /// What was found; `None` after a restart.
    pub verdict: Option<Verdict>,
    /// What it changed.
    pub news: Option<News>,
}

/// One seat's practice.
#[derive(Clone, Debug)]
pub struct Drilling {
    practice: Practice<'static>,
    /// The last try of this practice.
    pub last: Option<LastTry>,
    /// First tries and those met, in this practice.
    pub tally: (u32, u32),
    pending: Option<(String, Verdict)>,
}

impl Drilling {
    /// Begins a practice of a skill with this book; `None` where there is no such skill.
    #[must_use]
    pub fn begin(skill: &str, book: Book) -> Option<Self> {
        let drills = drills();
        Some(Self { practice: Practice::begin(drills, drills.skill(skill)?, book, false, None), last: None, tally: (0, 0), pending: None })
    }

    /// The practice.
    #[must_use]
    pub const fn practice(&self) -> &Practice<'static> {
        &self.practice
    }

    /// What is offered now.
    #[must_use]
    pub fn offer(&self) -> Option<Offer<'static>> {
        self.practice.next()
    }

    /// Looks at a try: what is to be written down, `Some(None)` where it cannot be read as a reply, `None` where nothing is offered.
    pub(super) fn judge(&mut self, words: &str) -> Option<Option<Tried>> {
        let offer = self.offer()?;
        let verdict = judge(offer.file, offer.stimulus, words);
        if verdict.unreadable {
            return Some(None);
        }
        let (tried, _) = self.practice.clone().tried(&offer, verdict.met);
        self.pending = Some((words.to_owned(), verdict));
        Some(Some(tried))
    }

    /// Takes a try in as it was written down.
    pub(super) fn tried(&mut self, tried: &Tried) {
        let Some(offer) = self.offer() else { return };
        let (_, news) = self.practice.tried(&offer, tried.met);
        if tried.first {
            self.tally.0 += 1;
            self.tally.1 += u32::from(tried.met);
        }
        let (words, verdict) = self.pending.take().map_or((String::new(), None), |(words, verdict)| (words, Some(verdict)));
        self.last = Some(LastTry { stimulus: tried.stimulus.clone(), words, verdict, news });
    }

    /// Takes a rating in.
    pub(super) fn rated(&mut self, rating: Rating) {
        let news = self.practice.rated(rating);
        if let Some(last) = &mut self.last {
            last.news = news.or(last.news);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_try_that_is_written_down_moves_the_practice_as_it_would_in_a_terminal() {
        let skill = drills().skills()[0].id();
        let mut drilling = Drilling::begin(skill, Book::default()).unwrap();
        let first = drilling.offer().unwrap().stimulus.id.clone();
        let tried = drilling.judge("It sounds as if that was lonely.").unwrap().unwrap();
        assert_eq!(drilling.offer().unwrap().stimulus.id, first, "nothing moves before it is written down");
        drilling.tried(&tried);
        assert_eq!((drilling.tally.0, tried.stimulus), (1, first.clone()));
        assert_ne!(drilling.offer().unwrap().stimulus.id, first);
        let mut again = Drilling::begin(skill, Book::default()).unwrap();
        again.tried(&Tried { rating: None, ..drilling_tried(&drilling, &first) });
        assert_eq!(again.offer().unwrap().stimulus.id, drilling.offer().unwrap().stimulus.id);
    }

    fn drilling_tried(drilling: &Drilling, stimulus: &str) -> Tried {
        let met = drilling.last.as_ref().and_then(|last| last.verdict.as_ref()).is_some_and(|verdict| verdict.met);
        Tried { practice: 1, skill: drilling.practice().skill().id().into(), stimulus: stimulus.into(), level: 1, met, first: true, rating: None }
    }
}

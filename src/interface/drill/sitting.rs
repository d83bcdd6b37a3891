//! One practice at the keyboard or behind a pipe: offers, hears, tells, asks how hard it was.

use super::commands::{self, Command, Typed, parse};
use super::kept::Kept;
use super::{Args, next};
use crate::drill::{Drills, News, Offer, Practice, Rating, judge, suggest};
use crate::interface::play::Form;
use crate::interface::repl::lines::{Lines, Read};
use crate::interface::repl::words;
use crate::interface::{Error, Globals, Out, play};
use crate::report::Page;
use crate::report::drill as set;
use serde_json::{Value, json};
use std::io::Write;

/// One practice at the keyboard or behind a pipe.
pub(super) struct Sitting<'a> {
    pub(super) args: &'a Args,
    pub(super) globals: &'a Globals,
    pub(super) drills: &'a Drills,
    pub(super) practice: Practice<'a>,
    pub(super) kept: Kept,
    pub(super) page: Page,
    pub(super) person: bool,
    /// First tries, and those of them that met the criteria.
    pub(super) first: u32,
    pub(super) met: u32,
    /// What is to be answered now.
    pub(super) offer: Option<Offer<'a>>,
    /// What was answered last, and whether its rating is still open.
    pub(super) last: Option<(Offer<'a>, bool)>,
}

/// A sitting of more tries than this is long; it is said once. Deliberate practice is done in short stretches of high attention.
const LONG: u32 = 15;

impl<'a> Sitting<'a> {
    fn json(&self) -> bool {
        self.args.format == Form::Json
    }

    fn tell(&self, text: &str, out: &mut Out) -> Result<(), Error> {
        if !self.json() {
            write!(out, "{text}")?;
        }
        Ok(())
    }

    fn event(&self, event: &Value, out: &mut Out) -> Result<(), Error> {
        if self.json() {
            writeln!(out, "{event}")?;
        }
        Ok(())
    }

    pub(super) fn run(&mut self, lines: &mut dyn Lines, out: &mut Out) -> Result<(), Error> {
        let opened = json!({
            "event": "drill_opened", "practice": self.practice.number(), "skill": self.practice.skill().id(), "title": self.practice.skill().title(),
            "level": self.practice.level(),
        });
        self.event(&opened, out)?;
        self.tell(&set::introduction(&self.page, &self.practice), out)?;
        if self.person {
            self.tell(&self.page.aside(2, "/help shows what can be typed besides a reply; /quit ends."), out)?;
        }
        self.offer_next(out)?;
        while self.offer.is_some() {
            out.flush()?;
            let prompt = match (self.person, self.page.plain) {
                (false, _) => "",
                (true, true) => "You: ",
                (true, false) => "> ",
            };
            let line = match next(lines, prompt)? {
                Read::Line(line) | Read::Cut(line) => line,
                Read::Interrupted | Read::End => break,
            };
            match parse(&line) {
                Typed::Blank => {}
                Typed::Said(said) => self.tried(&said, lines, out)?,
                Typed::Command(Command::Quit) => break,
                Typed::Command(command) => self.obey(command, out)?,
                Typed::Unknown(typed, near) => {
                    let hint = if near.is_empty() { "/help lists what there is".to_owned() } else { format!("did you mean {}", near.join(" or ")) };
                    self.tell(&self.page.aside(2, &format!("{typed} is no command here; {hint}.")), out)?;
                }
            }
            if self.args.tries.is_some_and(|most| self.practice.tries() >= most) {
                break;
            }
        }
        self.close(out)
    }

    fn offer_next(&mut self, out: &mut Out) -> Result<(), Error> {
        let before = self.offer.take();
        self.offer = self.practice.next();
        self.show(before, out)
    }

    /// Shows what is to be answered, with its criteria where they are not those just read.
    fn show(&self, before: Option<Offer<'a>>, out: &mut Out) -> Result<(), Error> {
        let Some(offer) = self.offer else { return self.tell(&self.page.paragraph(2, "This skill has no lines to practise yet."), out) };
        let number = self.practice.tries() + 1;
        self.event(&set::stimulus_json(&offer, number), out)?;
        if self.args.tries.is_none_or(|most| number <= most) {
            self.tell(&set::stimulus(&self.page, &offer, number), out)?;
            let said = |offer: &Offer<'_>| offer.file.criteria_of(offer.stimulus).map(|criterion| criterion.say.clone()).collect::<Vec<_>>();
            if before.as_ref().map(said) != Some(said(&offer)) {
                self.tell(&set::criteria(&self.page, offer.file, offer.stimulus), out)?;
            }
        }
        Ok(())
    }

    fn tried(&mut self, said: &str, lines: &mut dyn Lines, out: &mut Out) -> Result<(), Error> {
        let Some(offer) = self.offer else { return Ok(()) };
        let verdict = judge(offer.file, offer.stimulus, said);
        self.event(&set::verdict_json(&offer, &verdict), out)?;
        self.tell(&set::feedback(&self.page, offer.stimulus, &verdict), out)?;
        if verdict.unreadable {
            return Ok(());
        }
        let (tried, news) = self.practice.tried(&offer, verdict.met);
        self.first += u32::from(tried.first);
        self.met += u32::from(tried.first && tried.met);
        self.kept.keep(&tried, out);
        self.last = Some((offer, tried.first));
        self.moved(news, out)?;
        if self.person && tried.first {
            self.ask(lines, out)?;
        }
        if self.person && self.practice.tries() == LONG {
            self.tell(&self.page.aside(2, "That is a good stretch for one sitting. /quit keeps it as it is; the rest waits."), out)?;
        }
        if self.args.tries.is_some_and(|most| self.practice.tries() >= most) {
            return Ok(());
        }
        self.offer_next(out)
    }

    /// At a terminal the difficulty is asked for after each first try; any other answer is left alone.
    fn ask(&mut self, lines: &mut dyn Lines, out: &mut Out) -> Result<(), Error> {
        out.flush()?;
        let read = next(lines, "  Too easy, good, or too hard? (e, g, h; Enter goes on) ")?;
        let Read::Line(line) = read else { return Ok(()) };
        let rating = match line.trim().to_lowercase().trim_start_matches('/') {
            "e" | "easy" | "too easy" => Rating::TooEasy,
            "h" | "hard" | "too hard" => Rating::TooHard,
            "g" | "good" => Rating::Good,
            _ => return Ok(()),
        };
        self.rate(rating, out)
    }

    fn rate(&mut self, rating: Rating, out: &mut Out) -> Result<(), Error> {
        if !self.last.as_ref().is_some_and(|(_, open)| *open) {
            return self.tell(&self.page.aside(2, "There is nothing to rate just now; first a try."), out);
        }
        if let Some((_, open)) = &mut self.last {
            *open = false;
        }
        let news = self.practice.rated(rating);
        self.kept.rate(rating, out);
        self.event(&json!({ "event": "rated", "rating": rating }), out)?;
        self.moved(news, out)
    }

    fn moved(&self, news: Option<News>, out: &mut Out) -> Result<(), Error> {
        let Some(news) = news.filter(|_| self.args.level.is_none()) else { return Ok(()) };
        self.event(&json!({ "event": "moved", "news": news }), out)?;
        self.tell(&set::news(&self.page, news), out)
    }

    fn obey(&mut self, command: Command, out: &mut Out) -> Result<(), Error> {
        match command {
            Command::Rate(rating) => {
                let level = self.practice.level();
                self.rate(rating, out)?;
                // The next line was offered before the rating came; another level needs another line.
                if self.practice.level() != level { self.offer_next(out) } else { Ok(()) }
            }
            Command::Again => {
                let Some((last, _)) = self.last else { return self.tell(&self.page.aside(2, "There is nothing to try again yet."), out) };
                let before = self.offer.replace(Offer { first: false, why: crate::drill::Why::OnceMore, ..last });
                self.show(before, out)
            }
            Command::Skip => {
                if let Some(offer) = self.offer {
                    self.practice.skip(&offer);
                }
                self.offer_next(out)
            }
            Command::Criteria => match self.offer {
                Some(offer) => self.tell(&set::criteria(&self.page, offer.file, offer.stimulus), out),
                None => Ok(()),
            },
            Command::Help => self.tell(&commands::help(&self.page), out),
            Command::Card => self.tell(&words::card(&self.page, &play::card(self.globals)), out),
            Command::Pause => self.tell(&self.page.aside(2, "A pause. Nothing is running; answer whenever you like."), out),
            Command::Quit => Ok(()),
        }
    }

    fn close(&mut self, out: &mut Out) -> Result<(), Error> {
        let next = suggest(self.drills, self.practice.book());
        let standing = self.practice.book().standing(self.practice.skill().id());
        let returns: Vec<Value> = self.practice.book().due(self.practice.number() + 1).iter().map(|(skill, id)| json!({ "skill": skill, "id": id })).collect();
        let closed = json!({
            "event": "drill_closed", "tries": self.practice.tries(), "first": self.first, "met": self.met, "standing": standing, "returns": returns,
            "next": next.as_ref().map(|next| json!({ "skill": next.skill.id(), "because": next.because })),
        });
        self.event(&closed, out)?;
        self.tell(&set::closing(&self.page, &self.practice, self.first, self.met, next.as_ref()), out)?;
        Ok(out.flush()?)
    }
}

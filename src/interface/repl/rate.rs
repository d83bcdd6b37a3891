//! Before the debrief, the trainee's own impression: trainees misjudge themselves (self to expert ICC .25, clinical notes, section 6), and seeing the gap is
//! what narrows it. Everything here can be skipped.

use super::lines::{Lines, Read};
use super::{Repl, read};
use crate::interface::play::SelfRating;
use crate::interface::{Error, Out};
use crate::record::identifiers::{Identifier, names_from};
use crate::record::ratings::{Rating, SELF};
use crate::record::{identifiers, sessions, settings};
use std::io::Write;

/// Under this a session is a beginning, and there is nothing to rate.
const WORTH_RATING: u32 = 3;
/// The remembered choice.
const CHOICE: &str = "self_rating";

/// What an answer means.
enum Answer {
    Points(f64),
    Skipped,
    Never,
    Enough,
}

impl Repl {
    /// Three numbers and a sentence, where the trainee likes to give them.
    pub(super) fn ask_own_rating(&mut self, lines: &mut dyn Lines, out: &mut Out) -> Result<Option<Rating>, Error> {
        if self.session.run().turn_number().saturating_sub(self.session.opening().after_turn) < WORTH_RATING || !self.wants_to_rate(out)? {
            return Ok(None);
        }
        writeln!(out)?;
        self.aside(
            "Before we look at it together, your own impression: from 1 (hardly) to 5 (very well). Enter skips a question, - skips them all, and never means that I will not ask again.",
            out,
        )?;
        let client = self.client.clone();
        let mut points = [None; 3];
        let questions = ["How well did you feel with {}? ", "How free of judgment were you? ", "How well did you listen? "];
        for (question, points) in questions.iter().zip(&mut points) {
            match ask(&question.replace("{}", &client), lines, out)? {
                Answer::Points(given) => *points = Some(given),
                Answer::Skipped => {}
                Answer::Enough => return Ok(None),
                Answer::Never => {
                    self.remember(SelfRating::Skip, out)?;
                    self.aside("I will not ask again. `--self-rating ask` brings the questions back.", out)?;
                    return Ok(None);
                }
            }
        }
        let words = match read(lines, "In one sentence, what stays with you? ")? {
            Read::Line(line) if line.trim() != "-" => crate::text::on_one_line(&line),
            _ => String::new(),
        };
        let [empathy, non_judgment, listening] = points;
        let rating = Rating { turn: 0, who: SELF.to_owned(), empathy, non_judgment, listening, words };
        if rating.words.is_empty() && points == [None; 3] {
            return Ok(None);
        }
        self.keep_it(out, |keeper, _| keeper.rate(&rating))?;
        Ok(Some(rating))
    }

    /// As the command line says, which is remembered; otherwise as it was remembered; otherwise yes.
    fn wants_to_rate(&mut self, out: &mut Out) -> Result<bool, Error> {
        if let Some(choice) = self.self_rating {
            self.remember(choice, out)?;
            return Ok(choice == SelfRating::Ask);
        }
        let remembered = self.keeper.as_ref().and_then(|keeper| {
            let id = keeper.session();
            let read = keeper.record().read(|read| {
                let Some(row) = sessions::by_id(read, id)? else { return Ok(None) };
                settings::get(read, row.person, CHOICE)
            });
            read.ok().flatten()
        });
        Ok(remembered.as_deref() != Some("skip"))
    }

    fn remember(&mut self, choice: SelfRating, out: &mut Out) -> Result<(), Error> {
        let value = if choice == SelfRating::Ask { "ask" } else { "skip" };
        self.keep_it(out, |keeper, _| {
            let id = keeper.session();
            keeper.record_mut().write(|write| sessions::by_id(write, id)?.map_or(Ok(()), |row| settings::set(write, row.person, CHOICE, value)))
        })
    }

    /// Words that could tell who somebody is are pointed out before they are kept; each sort once, so that it does not nag. True where a person is asked first:
    /// then nothing was said yet.
    pub(super) fn points_out(&mut self, words: &str, out: &mut Out) -> Result<bool, Error> {
        let Some(keeper) = &self.keeper else { return Ok(false) };
        let names = keeper.record().path().parent().map(names_from).unwrap_or_default();
        let found: Vec<Identifier> = identifiers::found_in(words, &names).into_iter().filter(|found| !self.pointed_out.contains(&found.sort)).collect();
        if found.is_empty() {
            return Ok(false);
        }
        let (session, turn) = (keeper.session(), self.session.run().turn_number() + 1);
        self.pointed_out.extend(found.iter().map(|found| found.sort));
        let what: Vec<String> = found.iter().map(|found| format!("{} ({})", found.sort.name(), crate::text::on_one_line(&found.words))).collect();
        let what = what.join(" and ");
        if self.view.person {
            self.aside(
                &format!(
                    "Your reply holds {what}, and it would be kept. It has not been said yet: type it anew without it, or press Enter to say it as it is. \
                     I will not ask about this again today."
                ),
                out,
            )?;
            self.held = Some(words.to_owned());
            return Ok(true);
        }
        out.note(&format!("practicum: turn {turn} holds {what}; `practicum forget --session {session} --turn {turn}` takes its words out of what is kept."));
        Ok(false)
    }
}

fn ask(question: &str, lines: &mut dyn Lines, out: &mut Out) -> Result<Answer, Error> {
    loop {
        let line = match read(lines, question)? {
            Read::Line(line) => line,
            Read::Cut(_) => String::new(),
            Read::Interrupted | Read::End => return Ok(Answer::Enough),
        };
        let typed = line.trim().replace(',', ".").to_lowercase();
        match typed.as_str() {
            "" => return Ok(Answer::Skipped),
            "-" | "skip" | "/quit" => return Ok(Answer::Enough),
            "never" => return Ok(Answer::Never),
            _ => {}
        }
        if let Ok(points) = typed.parse::<f64>()
            && (1.0..=5.0).contains(&points)
        {
            return Ok(Answer::Points(points));
        }
        writeln!(out, "A number from 1 to 5, please, or Enter to skip.")?;
        out.flush()?;
    }
}

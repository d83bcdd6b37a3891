//! `review ID`: a supervisor rates turns of a kept session, blind first; then the program's reading stands beside.

use super::list::Format;
use super::repl::lines::{Lines, PipedLines, Read};
use super::{Error, Exit, Globals, Out, kept};
use crate::appraisal::Scale;
use crate::diagnostic::wording::counted;
use crate::record::now;
use crate::record::ratings::{self, Rating, SELF};
use crate::report::Page;
use crate::report::client_lines::client_line;
use crate::report::word_for;
use crate::scoring::TurnRecord;
use crate::scoring::sheet::{Filled, pairs};
use std::collections::BTreeMap;
use std::io::Write;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The session's number in `history`; `last` is the latest
    #[arg(default_value = "last", value_name = "ID")]
    id: String,
    /// The supervisor's name, under which the ratings are kept
    #[arg(long = "as", value_name = "NAME", default_value = "supervisor")]
    who: String,
    /// Only this turn; may be given again
    #[arg(long, value_name = "N")]
    turn: Vec<u32>,
    /// Show the ratings that are kept, and rate nothing
    #[arg(long)]
    show: bool,
    /// For people or for programs (with --show)
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Labelled lines: for screen readers
    #[arg(long)]
    plain: bool,
}

/// Runs the command.
///
/// # Errors
/// Where there is no such session, or the record cannot be used.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    if args.who.trim().is_empty() || args.who == SELF {
        return Err(Error::unusable("Ratings need the supervisor's name: --as NAME."));
    }
    let mut kept = kept::expect(globals, out)?;
    let row = kept.session(&args.id, None)?;
    let (revisit, _) = kept.revisit(&row, globals)?;
    let turns = revisit.records();
    let page = out.page(args.plain);
    let before = kept.record.read(|read| ratings::of(read, row.id))?;
    if args.show || args.format == Format::Json {
        return shown(&page, args, &before, &turns, out);
    }
    let wanted: Vec<&TurnRecord> = turns.iter().filter(|turn| args.turn.is_empty() || args.turn.contains(&turn.turn)).collect();
    if wanted.is_empty() {
        return Err(Error::unusable(format!("The session has {} turns, and none of those.", turns.len())));
    }
    write!(out, "{}", page.paragraph(0, &format!("Session {} with {}, {} to rate. Three marks from 1 to 5: empathy, non-judgment, listening, such as 4 3 5 (- leaves one out). Enter passes, b goes back, q stops.", row.id, revisit.client, counted(wanted.len(), "turn"))))?;
    let mut lines = PipedLines::new(std::io::stdin().lock());
    let mut at = 0;
    while let Some(turn) = wanted.get(at) {
        write!(out, "\n{}", client_line(&page, &revisit.client, &turn.answered))?;
        write!(out, "{}", page.hanging(if args.plain { "Trainee: " } else { "> " }, "  ", &turn.heard))?;
        write!(out, "turn {}: ", turn.turn)?;
        out.flush()?;
        let line = match lines.next("").map_err(|cause| Error::surroundings("I could not read what was typed", cause))? {
            Read::Line(line) | Read::Cut(line) => line,
            Read::Interrupted | Read::End => break,
        };
        match line.trim() {
            "q" | "quit" | "/quit" => break,
            "b" => {
                at = at.saturating_sub(1);
                continue;
            }
            "" => {}
            marks => match read_marks(marks) {
                Err(why) => {
                    writeln!(out, "{why}")?;
                    continue;
                }
                Ok((marks, words)) => {
                    let [empathy, non_judgment, listening] = marks;
                    let rating = Rating { turn: turn.turn, who: args.who.clone(), empathy, non_judgment, listening, words };
                    kept.record.write(|write| ratings::keep(write, row.id, &rating, now()))?;
                    write!(out, "{}", beside(&page, &marks, turn))?;
                }
            },
        }
        at += 1;
    }
    let after = kept.record.read(|read| ratings::of(read, row.id))?;
    writeln!(out)?;
    shown(&page, args, &after, &turns, out)
}

/// "4 3 5 and a sentence": marks, then words.
fn read_marks(typed: &str) -> Result<([Option<f64>; 3], String), String> {
    let mut marks = [None; 3];
    let mut rest = typed.trim();
    for mark in &mut marks {
        let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if word != "-" {
            let value: f64 = word.replace(',', ".").parse().map_err(|_| "Three marks from 1 to 5, such as 4 3 5; - leaves one out.".to_owned())?;
            if !(1.0..=5.0).contains(&value) {
                return Err(format!("{value} is not between 1 and 5."));
            }
            *mark = Some(value);
        }
        rest = after.trim_start();
    }
    Ok((marks, crate::text::on_one_line(rest)))
}

fn engine(turn: &TurnRecord) -> [Option<f64>; 3] {
    [Scale::Empathy, Scale::NonJudgment, Scale::Listening].map(|scale| turn.appraisal.scores.points(scale))
}

/// The program's reading beside the rater's, with the words that did it where they are far apart.
fn beside(page: &Page, marks: &[Option<f64>; 3], turn: &TurnRecord) -> String {
    /// From here on a difference is worth a reason.
    const FAR: f64 = 1.0;
    let scores = &turn.appraisal.scores;
    let mut set = String::new();
    for (mark, (scale, score)) in
        marks.iter().zip([(Scale::Empathy, &scores.empathy), (Scale::NonJudgment, &scores.non_judgment), (Scale::Listening, &scores.listening)])
    {
        let Some(mark) = mark else { continue };
        let program = score.as_ref().map_or_else(|| "none".to_owned(), |score| format!("{:.1}", score.points));
        let mut line = format!("{}: you {}, the program {program}", word_for::scale(scale), crate::scoring::rubric::figure(*mark));
        if let Some(score) = score.as_ref().filter(|score| (score.points - mark).abs() >= FAR) {
            let strongest = score.because.iter().filter(|part| !part.because.is_empty()).max_by(|a, b| a.points.abs().total_cmp(&b.points.abs()));
            if let Some(part) = strongest {
                line += &format!(", since {}", word_for::reason(&part.because));
            }
        }
        set += &page.hanging("  ", "    ", &line);
    }
    set
}

/// What is kept, and how far it agrees with the program.
fn shown(page: &Page, args: &Args, ratings: &[Rating], turns: &[TurnRecord], out: &mut Out) -> Result<Exit, Error> {
    let program: Filled = ("the program".to_owned(), turns.iter().map(|turn| (turn.turn.to_string(), engine(turn))).collect());
    let mut raters: BTreeMap<&str, BTreeMap<String, [Option<f64>; 3]>> = BTreeMap::new();
    for rating in ratings.iter().filter(|rating| rating.turn > 0) {
        raters.entry(&rating.who).or_default().insert(rating.turn.to_string(), [rating.empathy, rating.non_judgment, rating.listening]);
    }
    let mut sheets: Vec<Filled> = raters.into_iter().map(|(who, marks)| (who.to_owned(), marks)).collect();
    sheets.push(program);
    let agreed = pairs(&sheets);
    if args.format == Format::Json {
        let beside: Vec<_> = turns.iter().map(|turn| serde_json::json!({"turn": turn.turn, "program": engine(turn)})).collect();
        writeln!(out, "{}", serde_json::json!({"ratings": ratings, "turns": beside, "pairs": agreed}))?;
        return Ok(Exit::Fine);
    }
    let rated = ratings.iter().filter(|rating| rating.turn > 0).count();
    if rated == 0 {
        write!(out, "{}", page.paragraph(0, "No turn of this session has been rated yet."))?;
        return Ok(Exit::Fine);
    }
    write!(out, "{}", page.paragraph(0, &format!("{} kept.", counted(rated, "rating"))))?;
    for pair in &agreed {
        let line =
            format!("{} with {}, {}: {:.1} apart on average over {} turns", pair.one, pair.other, pair.scale.replace('_', "-"), pair.distance, pair.replies);
        write!(out, "{}", page.hanging("  ", "    ", &line))?;
    }
    Ok(Exit::Fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_with_a_gap_and_a_sentence() {
        assert_eq!(read_marks("4 - 3,5 stays with her"), Ok(([Some(4.0), None, Some(3.5)], "stays with her".to_owned())));
        assert!(read_marks("4 3").is_err() && read_marks("good").is_err() && read_marks("6 1 1").is_err());
    }
}

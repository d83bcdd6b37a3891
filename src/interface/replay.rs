//! `replay ID`: a session once more, turn by turn; what if something else had been said; recalled as in interpersonal process recall (Kagan).

use super::play::Form;
use super::repl::lines::{Lines, PipedLines, Read};
use super::{Error, Exit, Globals, Out, kept};
use crate::record::notes::{self, NoteKind, NoteRow};
use crate::record::{Fidelity, Revisit, now};
use crate::report::json_lines::json_line;
use crate::report::replay::{Branch, client_side, header, recalled_at, turn_text, what_if_text};
use crate::report::word_for;
use crate::scenario::Scenario;
use crate::session::{Session, What};
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The session's number in `history`; `last` is the latest
    #[arg(default_value = "last", value_name = "ID")]
    pub id: String,
    /// Who you are, for `last`
    #[arg(long = "as", value_name = "NAME")]
    pub trainee: Option<String>,
    /// What if: from this turn on something else is said
    #[arg(long, value_name = "N", requires = "say")]
    pub at: Option<u32>,
    /// What is said instead; given again, the next turn too
    #[arg(long, value_name = "WORDS", requires = "at")]
    pub say: Vec<String>,
    /// What if: after that, say what was said then
    #[arg(long, requires = "at")]
    pub go_on: bool,
    /// Stop at the moments where it turned, and ask what you felt and wanted before showing the client's side
    #[arg(long, conflicts_with_all = ["at", "feel"])]
    pub recall: bool,
    /// Show with each turn what the client thought
    #[arg(long)]
    pub feel: bool,
    /// For people, or one event a line
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Form,
    /// Labelled lines: for screen readers
    #[arg(long)]
    pub plain: bool,
}

/// Goes through a session again.
///
/// # Errors
/// Where there is no such session or turn, or a stream fails.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let mut kept = kept::expect(globals, out)?;
    let row = kept.session(&args.id, args.trainee.as_deref())?;
    let (revisit, now) = kept.revisit(&row, globals)?;
    if let Some(at) = args.at {
        return what_if(args, at, &revisit, out);
    }
    // What comes out differently though nothing changed is a finding; the rest is no fault of anyone's.
    let exit = if matches!(revisit.fidelity, Fidelity::Differs { .. }) { Exit::Findings } else { Exit::Fine };
    if args.format == Form::Json {
        out.note(&format!("practicum: {}", revisit.fidelity));
        for event in revisit.events().iter().filter(|event| !matches!(event.what, What::Looked { .. })) {
            writeln!(out, "{}", json_line(event))?;
        }
        return Ok(exit);
    }
    let page = out.page(args.plain);
    write!(out, "{}", header(&page, &revisit, scenario_now(&revisit, now.as_ref())))?;
    if args.recall {
        recall(args, &revisit, &mut kept, out)?;
    } else if io::stdin().is_terminal() && out.is_terminal() {
        step_through(args, &revisit, out)?;
    } else {
        for number in 0..=turns(&revisit) {
            write!(out, "{}", turn_text(&page, &revisit, number, args.feel))?;
        }
    }
    Ok(exit)
}

/// What has become of the scenario.
fn scenario_now(revisit: &Revisit, now: Option<&Arc<Scenario>>) -> crate::report::replay::ScenarioNow {
    use crate::report::replay::ScenarioNow as Is;
    match now {
        None => Is::Gone,
        Some(now) if now.digest == revisit.row.digest => Is::Same,
        Some(_) => Is::Changed,
    }
}

fn turns(revisit: &Revisit) -> usize {
    revisit.records().len()
}

/// At a terminal: one turn at a time.
fn step_through(args: &Args, revisit: &Revisit, out: &mut Out) -> Result<(), Error> {
    let page = out.page(args.plain);
    let mut lines = PipedLines::new(io::stdin().lock());
    write!(
        out,
        "{}",
        page.aside(0, "Enter goes on, b goes back, a number goes to that turn, /feel shows what the client thought, /why explains the scores, q leaves.")
    )?;
    let last = turns(revisit);
    let records = revisit.records();
    let mut at = 0;
    write!(out, "{}", turn_text(&page, revisit, at, args.feel))?;
    loop {
        write!(out, "{}", if at == last { "(the end) > " } else { "> " })?;
        out.flush()?;
        let typed = match lines.next("").map_err(|cause| Error::surroundings("I could not read what was typed", cause))? {
            Read::Line(line) | Read::Cut(line) => line.trim().to_lowercase(),
            Read::Interrupted | Read::End => return Ok(()),
        };
        match typed.as_str() {
            "" | "n" if at == last => return Ok(()),
            "" | "n" => at += 1,
            "b" => at = at.saturating_sub(1),
            "q" | "/quit" | "quit" => return Ok(()),
            "/feel" | "feel" | "f" => {
                write!(out, "{}", client_side(&page, revisit, at))?;
                continue;
            }
            "/why" | "why" | "w" => {
                let text = at.checked_sub(1).and_then(|index| records.get(index)).map(|turn| crate::report::why::why_text(&page, &revisit.client, turn));
                write!(out, "{}", text.unwrap_or_else(|| page.aside(2, "Nothing was said yet.")))?;
                continue;
            }
            number => match number.parse::<usize>() {
                Ok(number) if number <= last => at = number,
                _ => {
                    write!(out, "{}", page.aside(2, &format!("There are turns 0 to {last}; Enter goes on, b goes back, q leaves.")))?;
                    continue;
                }
            },
        }
        write!(out, "{}", turn_text(&page, revisit, at, args.feel))?;
    }
}

/// Stops at the moments, asks, and only then shows the client's side. The answers are kept with the session.
fn recall(args: &Args, revisit: &Revisit, kept: &mut kept::Kept, out: &mut Out) -> Result<(), Error> {
    let page = out.page(args.plain);
    let mut lines = PipedLines::new(io::stdin().lock());
    let debrief = revisit.debrief();
    if debrief.moments.is_empty() {
        write!(out, "{}", page.paragraph(0, "There is no moment in it that stands out enough to recall."))?;
        return Ok(());
    }
    write!(
        out,
        "{}",
        page.paragraph(
            0,
            "Go back into the room for a moment. I show you where you were, and ask what you felt and what you wanted just then; there is no wrong answer, and Enter leaves a question out. Then you see the other side. Your answers are kept with the session."
        )
    )?;
    for moment in &debrief.moments {
        write!(out, "{}", recalled_at(&page, &revisit.client, moment))?;
        for (kind, question) in [(NoteKind::Felt, "What were you feeling just then? "), (NoteKind::Wanted, "What did you want, or want to say? ")] {
            write!(out, "{question}")?;
            out.flush()?;
            let words = match lines.next("").map_err(|cause| Error::surroundings("I could not read what was typed", cause))? {
                Read::Line(line) | Read::Cut(line) => crate::text::on_one_line(&line),
                Read::Interrupted | Read::End => {
                    writeln!(out)?;
                    return Ok(());
                }
            };
            if !io::stdin().is_terminal() {
                writeln!(out, "{words}")?;
            }
            if !words.is_empty() {
                let note = NoteRow { turn: moment.turn, kind, words };
                let kept = kept.record.write(|write| notes::keep(write, revisit.row.id, &note, now()));
                if let Err(trouble) = kept {
                    out.note(&format!("practicum: this answer could not be kept: {}.", crate::text::on_one_line(&trouble.to_string())));
                }
            }
        }
        write!(out, "{}", client_side(&page, revisit, moment.turn as usize))?;
        if let Some(model) = &moment.model {
            write!(out, "{}", page.paragraph(2, &format!("One could say: {} {}", word_for::quoted(&model.say), word_for::sentence(&model.because))))?;
        }
    }
    write!(out, "\n{}", page.paragraph(0, "What was felt and not said, on both sides, is often what the next session can begin with."))?;
    Ok(())
}

/// Both branches side by side, with the same seed.
fn what_if(args: &Args, at: u32, revisit: &Revisit, out: &mut Out) -> Result<Exit, Error> {
    let Some(session) = &revisit.session else {
        return Err(Error::unusable(format!("{} So there is no other branch to play.", revisit.fidelity)));
    };
    let first = session.opening().after_turn + 1;
    let last = session.run().turn_number();
    if at < first || at > last.max(first) {
        return Err(Error::unusable(format!("Session {} has turns {first} to {last}; --at says which of them to say differently.", revisit.row.id)));
    }
    let index = (at - first) as usize;
    let said: Vec<String> = args.say.clone();
    let then = session.inputs().iter().skip(index + said.len()).map(|input| input.words.clone());
    let words: Vec<String> = said.iter().cloned().chain(then.take(if args.go_on { usize::MAX } else { 0 })).collect();
    let Some((head, rest)) = words.split_first() else { return Err(Error::unusable("--say says what is said instead.")) };
    let (mut branch, mut events) = session.what_if(at, head);
    for words in rest {
        events.extend(branch.hear(words));
    }
    let until = branch.run().turn_number();
    let as_it_was = as_it_was(session, until);
    if args.format == Form::Json {
        for event in &events {
            writeln!(out, "{}", json_line(event))?;
        }
        return Ok(Exit::Fine);
    }
    let page = out.page(args.plain);
    let (then, now) = (Branch::of(&as_it_was, at), Branch::of(&branch, at));
    write!(out, "{}", what_if_text(&page, &revisit.client, at, &then, &now))?;
    Ok(Exit::Fine)
}

/// The session as it was after this turn.
fn as_it_was(session: &Session, turn: u32) -> Session {
    let inputs = turn.saturating_sub(session.opening().after_turn) as usize;
    let inputs = &session.inputs()[..inputs.min(session.inputs().len())];
    Session::replay(Arc::clone(session.scenario()), session.opening().clone(), inputs).0
}

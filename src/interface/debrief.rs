//! `debrief ID`: the talk after a session, once more.

use super::list::Format;
use super::{Error, Exit, Globals, Out, kept};
use crate::record::notes::{self, NoteKind};
use crate::record::ratings::{self, SELF};
use crate::record::{Fidelity, sessions};
use crate::report::debrief::debrief_text;
use crate::report::own_rating::own_beside;
use crate::report::when::when;
use std::io::Write;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The session's number in `history`; `last` is the latest
    #[arg(default_value = "last", value_name = "ID")]
    pub id: String,
    /// Who you are, for `last`
    #[arg(long = "as", value_name = "NAME")]
    pub trainee: Option<String>,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// In words, without numbers
    #[arg(long)]
    pub words: bool,
    /// Labelled lines: for screen readers
    #[arg(long)]
    pub plain: bool,
}

/// Shows the debrief of a session that was kept.
///
/// # Errors
/// Where there is no such session, or the record cannot be used.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let kept = kept::expect(globals, out)?;
    let row = kept.session(&args.id, args.trainee.as_deref())?;
    let (revisit, _) = kept.revisit(&row, globals)?;
    let debrief = revisit.debrief();
    if revisit.fidelity != Fidelity::Identical {
        out.note(&format!("practicum: {}", revisit.fidelity));
    }
    if args.format == Format::Json {
        writeln!(out, "{}", serde_json::to_string(&debrief).map_err(std::io::Error::from)?)?;
        return Ok(Exit::Fine);
    }
    let page = crate::report::Page { numbers: !args.words, ..out.page(args.plain) };
    let unfinished = if row.open { " It was broken off, so this is how it stood." } else { "" };
    write!(out, "{}", page.aside(0, &format!("Session {} of {}.{unfinished}", row.id, when(row.since))))?;
    write!(out, "{}", debrief_text(&page, &debrief))?;
    let ratings = kept.record.read(|read| ratings::of(read, row.id))?;
    if let Some(own) = ratings.iter().find(|rating| rating.turn == 0 && rating.who == SELF) {
        write!(out, "{}", own_beside(&page, own, &debrief.scores))?;
    }
    let notes = kept.record.read(|read| notes::of(read, row.id))?;
    if !notes.is_empty() {
        let lines: String = notes
            .iter()
            .map(|note| {
                let lead = match note.kind {
                    NoteKind::Note => String::new(),
                    NoteKind::Felt => format!("Recalled, turn {}, what you felt: ", note.turn),
                    NoteKind::Wanted => format!("Recalled, turn {}, what you wanted: ", note.turn),
                };
                page.hanging("  - ", "    ", &format!("{lead}{}", note.words))
            })
            .collect();
        write!(out, "{}{lines}", page.heading("Your notes"))?;
    }
    if out.is_terminal() && !args.plain {
        let more = kept.record.read(|read| sessions::by_id(read, row.id))?.is_some();
        if more {
            write!(out, "\n{}", page.aside(2, &format!("practicum replay {} goes through it turn by turn; --recall asks what you felt and wanted.", row.id)))?;
        }
    }
    Ok(Exit::Fine)
}

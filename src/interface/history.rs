//! `history`: what was kept, as a list; with words, where they were said.

use super::list::Format;
use super::{Error, Exit, Globals, Out, kept};
use crate::record::search::{Hit, search};
use crate::record::sessions::{self, SessionRow};
use crate::record::{Revisit, Summary, courses, scenarios};
use crate::report::history::{Entry, history_text};
use crate::report::when::iso;
use std::io::Write;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only sessions in which these words were said or written
    pub words: Vec<String>,
    /// Whose sessions
    #[arg(long = "as", value_name = "NAME")]
    pub trainee: Option<String>,
    /// Everybody's sessions on this machine
    #[arg(long, conflicts_with = "trainee")]
    pub everyone: bool,
    /// Only sessions with this scenario
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// Labelled lines: for screen readers
    #[arg(long)]
    pub plain: bool,
}

/// Lists what was kept.
///
/// # Errors
/// Where the record cannot be used, or there is nobody of this name.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let Some(kept) = kept::open(globals, out)? else {
        return nothing(args, out);
    };
    let person = if args.everyone { None } else { Some(kept.person(args.trainee.as_deref())?.id) };
    let mut rows = kept.record.read(|read| sessions::of(read, person))?;
    rows.retain(|row| (row.turns > 0 || !row.open) && args.scenario.as_ref().is_none_or(|wanted| *wanted == row.scenario));
    let words = args.words.join(" ");
    let mut hits: Vec<Option<Hit>> = Vec::new();
    if words.trim().is_empty() {
        hits.resize_with(rows.len(), || None);
    } else {
        let found = kept.record.read(|read| search(read, &words))?;
        rows.retain(|row| found.contains_key(&row.id));
        hits.extend(rows.iter().map(|row| found.get(&row.id).cloned()));
    }
    let mut entries = Vec::with_capacity(rows.len());
    for (row, hit) in rows.into_iter().zip(hits) {
        entries.push(entry(&kept, row, hit, args.everyone)?);
    }
    match args.format {
        Format::Json => {
            let rows: Vec<serde_json::Value> = entries.iter().map(json).collect();
            writeln!(out, "{}", serde_json::to_string(&rows).map_err(std::io::Error::from)?)?;
        }
        Format::Text if entries.is_empty() => {
            let page = out.page(args.plain);
            let text = if words.trim().is_empty() { "Nothing has been kept here yet." } else { "Nobody said that in any session that was kept." };
            write!(out, "{}", page.paragraph(0, text))?;
        }
        Format::Text => {
            let page = out.page(args.plain);
            write!(out, "{}", history_text(&page, &entries))?;
            if out.is_terminal() {
                write!(out, "\n{}", page.paragraph(0, "practicum debrief ID talks about one of them again, and practicum replay ID goes through it."))?;
            }
        }
    }
    Ok(Exit::Fine)
}

fn nothing(args: &Args, out: &mut Out) -> Result<Exit, Error> {
    match args.format {
        Format::Json => writeln!(out, "[]")?,
        Format::Text => {
            let page = out.page(args.plain);
            write!(out, "{}", page.paragraph(0, "Nothing has been kept here yet. practicum play samantha begins a session, and keeps it."))?;
        }
    }
    Ok(Exit::Fine)
}

fn entry(kept: &kept::Kept, row: SessionRow, hit: Option<Hit>, everyone: bool) -> Result<Entry, Error> {
    let course = match row.course {
        Some(id) => kept.record.read(|read| courses::by_id(read, id))?.map(|course| course.name),
        None => None,
    };
    let client = kept.record.read(|read| scenarios::naming(read, &row.digest))?.map_or_else(|| row.scenario.clone(), |(client, _)| client);
    let summary: Option<Summary> = match row.summary.as_deref() {
        Some(json) => serde_json::from_str(json).ok(),
        // Only sessions that were broken off are played again for it.
        None => Revisit::of(&kept.record, row.id, None)?.map(|revisit| revisit.summary()),
    };
    let person = everyone.then(|| kept.name_of(row.person));
    Ok(Entry { row, client, course, person, summary: summary.unwrap_or_default(), hit })
}

fn json(entry: &Entry) -> serde_json::Value {
    let Entry { row, client, course, person, summary, hit } = entry;
    let mut value = serde_json::json!({
        "id": row.id, "uuid": row.uuid, "scenario": row.scenario, "client": client, "session": row.number, "course": course, "open": row.open,
        "reason": row.reason, "since": iso(row.since), "until": row.until.map(iso), "turns": row.turns, "seed": row.opening.seed, "digest": row.digest,
        "engine": row.engine, "empathy": summary.empathy, "non_judgment": summary.non_judgment, "listening": summary.listening,
        "trust": [summary.trust.0, summary.trust.1], "layers": summary.layers.0, "ruptures": summary.ruptures, "repairs": summary.repairs,
    });
    if let (Some(fields), Some(person)) = (value.as_object_mut(), person) {
        fields.insert("person".to_owned(), person.clone().into());
    }
    if let (Some(fields), Some(hit)) = (value.as_object_mut(), hit) {
        fields.insert("found".to_owned(), serde_json::json!({"turn": hit.turn, "speaker": hit.speaker, "text": hit.text, "times": hit.times}));
    }
    value
}

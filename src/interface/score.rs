//! `practicum score`: replies or whole sessions from outside, JSON Lines in, JSON Lines out, in the same order.
//!
//! Whatever has arrived is scored and written before more is read, so a program can ask one question at a time; memory does
//! not grow with the input. A line that cannot be used yields an error row in its place.

mod row;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Error, Exit, Globals, Out};
use crate::appraisal::Speaker;
use crate::scoring::measures::{Measuring, SessionMeasures};
use row::{answer, plain};

/// Scores replies or whole transcripts from outside
#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSON Lines, one reply a line: {"id":"a1","client":"…","reply":"…"}; `-` or nothing is standard input
    file: Option<PathBuf>,
    /// Score whole sessions: rows {"session":"s1","speaker":"therapist","text":"…"} in order; one answer a session
    #[arg(long)]
    sessions: bool,
}

/// Runs the command.
///
/// # Errors
/// The file cannot be read, or the answers cannot be written.
pub fn run(args: &Args, _globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let score: fn(Box<dyn Read>, &mut Out) -> io::Result<bool> = if args.sessions { sessions } else { replies };
    let clean = match args.file.as_deref().filter(|file| *file != Path::new("-")) {
        None => score(Box::new(io::stdin().lock()), out)?,
        Some(path) => {
            let file = File::open(path).map_err(|error| Error::Unreadable { path: path.display().to_string(), cause: error })?;
            score(Box::new(file), out)?
        }
    };
    Ok(if clean { Exit::Fine } else { Exit::Findings })
}

/// Longest line that is read, in bytes: a hundred times the longest reply that anyone has typed. Our guess.
const LONGEST_LINE: usize = 1 << 20;
/// Lines scored together on all cores, when as many have arrived.
const BATCH: usize = 512;
/// Below this many lines the second core costs more than it brings.
const WORTH_SHARING: usize = 16;
#[derive(Deserialize)]
struct SessionRow<'a> {
    #[serde(borrow)]
    session: &'a RawValue,
    speaker: Speaker,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct ErrorRow<'a> {
    line: usize,
    error: &'a str,
}

fn write_row(out: &mut Vec<u8>, row: &impl Serialize) {
    if serde_json::to_writer(&mut *out, row).is_ok() {
        out.push(b'\n');
    }
}

fn write_error(out: &mut Vec<u8>, line: usize, error: &str) {
    write_row(out, &ErrorRow { line, error });
}

/// A line as it arrived.
enum Arrived {
    Line(String),
    NotText,
    TooLong(usize),
}

/// Reads lines with a cap, never holding more than a line and a buffer.
struct Lines<R> {
    from: BufReader<R>,
    ended: bool,
}

impl<R: Read> Lines<R> {
    fn new(from: R) -> Self {
        Self { from: BufReader::with_capacity(1 << 18, from), ended: false }
    }

    /// The lines that have arrived, at least one and at most `most`; empty at the end. Only the first may wait.
    fn arrived(&mut self, most: usize) -> io::Result<Vec<Arrived>> {
        let mut lines = Vec::new();
        while lines.len() < most && !self.ended {
            match self.line()? {
                Some(line) => lines.push(line),
                None => self.ended = true,
            }
            if memchr::memchr(b'\n', self.from.buffer()).is_none() {
                break;
            }
        }
        Ok(lines)
    }

    fn line(&mut self) -> io::Result<Option<Arrived>> {
        let mut line = Vec::new();
        let mut length = 0;
        loop {
            let held = match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                held => held?,
            };
            if held.is_empty() {
                if length == 0 {
                    return Ok(None);
                }
                break;
            }
            let (taken, whole) = memchr::memchr(b'\n', held).map_or((held.len(), false), |at| (at + 1, true));
            length += taken;
            if length <= LONGEST_LINE {
                line.extend_from_slice(&held[..taken]);
            } else {
                line = Vec::new();
            }
            self.from.consume(taken);
            if whole {
                break;
            }
        }
        if length > LONGEST_LINE {
            return Ok(Some(Arrived::TooLong(length)));
        }
        Ok(Some(String::from_utf8(line).map_or(Arrived::NotText, Arrived::Line)))
    }
}

/// Why a line cannot be used, where it cannot be read at all; `None` for a blank one.
fn text_of(arrived: &Arrived) -> Result<Option<&str>, String> {
    match arrived {
        Arrived::Line(line) => {
            let line = line.trim_start_matches('\u{feff}').trim();
            Ok((!line.is_empty()).then_some(line))
        }
        Arrived::NotText => Err("this line is not UTF-8 text; save the file as UTF-8".to_owned()),
        Arrived::TooLong(bytes) => Err(format!("this line has {bytes} bytes; at most {LONGEST_LINE} are read")),
    }
}

/// Scores replies as they arrive. Returns whether every line could be used.
///
/// # Errors
/// Where reading or writing fails.
pub fn replies(from: impl Read, to: &mut impl Write) -> io::Result<bool> {
    let mut lines = Lines::new(from);
    let mut number = 0;
    let mut clean = true;
    loop {
        let batch = lines.arrived(BATCH)?;
        if batch.is_empty() {
            return Ok(clean);
        }
        let first = number + 1;
        number += batch.len();
        let score = |(at, arrived): (usize, &Arrived)| {
            let mut out = Vec::new();
            let done = text_of(arrived).and_then(|line| line.map_or(Ok(()), |line| answer(line, &mut out)));
            if let Err(error) = &done {
                write_error(&mut out, first + at, error);
            }
            (out, done.is_ok())
        };
        let rows: Vec<(Vec<u8>, bool)> = if batch.len() < WORTH_SHARING {
            batch.iter().enumerate().map(score).collect()
        } else {
            batch.par_iter().enumerate().with_min_len(WORTH_SHARING).map(score).collect()
        };
        for (row, used) in rows {
            clean &= used;
            to.write_all(&row)?;
        }
        to.flush()?;
    }
}

/// Scores whole sessions, one row a session in the order of their first lines. Returns whether every line could be used.
///
/// # Errors
/// Where reading or writing fails.
pub fn sessions(from: impl Read, to: &mut impl Write) -> io::Result<bool> {
    let mut lines = Lines::new(from);
    let mut number = 0;
    let mut clean = true;
    let mut open: Vec<(String, Measuring<'static>)> = Vec::new();
    let mut place: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
    loop {
        let batch = lines.arrived(BATCH)?;
        if batch.is_empty() {
            break;
        }
        for arrived in &batch {
            number += 1;
            let row = text_of(arrived).and_then(|line| line.map(serde_json::from_str::<SessionRow<'_>>).transpose().map_err(|error| plain_session(&error)));
            match row {
                Ok(None) => {}
                Ok(Some(row)) => {
                    let name = row.session.get();
                    let at = *place.entry(name.to_owned()).or_insert_with(|| {
                        open.push((name.to_owned(), Measuring::default()));
                        open.len() - 1
                    });
                    open[at].1.hear(row.speaker, &row.text);
                }
                Err(error) => {
                    clean = false;
                    let mut out = Vec::new();
                    write_error(&mut out, number, &error);
                    to.write_all(&out)?;
                }
            }
        }
    }
    for (name, measuring) in open {
        let mut out = Vec::new();
        let name = RawValue::from_string(name).map_err(io::Error::other)?;
        let measures = measuring.measures();
        let bands = measures.in_words();
        write_row(&mut out, &SessionAnswer { session: &name, measures, bands });
        to.write_all(&out)?;
    }
    to.flush()?;
    Ok(clean)
}

#[derive(Serialize)]
struct SessionAnswer<'a> {
    session: &'a RawValue,
    #[serde(flatten)]
    measures: SessionMeasures,
    /// The same in words: bands, and that a short session's ratios are uncertain.
    bands: Vec<String>,
}

fn plain_session(error: &serde_json::Error) -> String {
    format!(
        "{}; a session row has `session`, `speaker` (`client` or `therapist`) and `text`",
        plain(error).split(';').next().unwrap_or("this line cannot be used")
    )
}

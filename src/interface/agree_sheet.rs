//! `agree-sheet`: blind rating sheets for people, and `agree` on filled ones: how far raters agree with each other and with the program.

use super::sheet_file::{Row, filled, read, written};
use super::unmatched::kept_in;
use super::{Error, Exit, Globals, Out};
use crate::appraisal::codebook::Codebook;
use crate::appraisal::{Context, Scale, Speaker, Turn, appraise};
use crate::record::handin::HandIn;
use crate::scoring::sheet::{apart, pairs};
use crate::scoring::validity::JudgedLine;
use crate::session::Session;
use crate::text::{Later, Utterance, neutralise};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Sessions to take replies from: session files (`practicum export --format session`) or transcripts (`/keep`); without any, the shipped validity set
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How many replies
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=2000))]
    replies: u32,
    /// The same seed gives the same replies in the same order: give each rater the same sheet
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The scenario of transcripts
    #[arg(long, value_name = "SCENARIO")]
    scenario: Option<String>,
    /// The file to write; otherwise standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// So many lines before the client's last are on the sheet.
const BEFORE: usize = 4;

/// Runs the command.
///
/// # Errors
/// A file that cannot be used or written.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let mut rows = if args.files.is_empty() { shipped() } else { Vec::new() };
    for path in &args.files {
        rows.extend(session_rows(path, args.scenario.as_deref(), globals)?);
    }
    let count = usize::try_from(args.replies).unwrap_or(usize::MAX);
    let mut order: Vec<(u64, usize)> = (0..rows.len()).map(|at| (mixed(args.seed, at as u64), at)).collect();
    order.sort_unstable();
    let chosen: Vec<Row> =
        order.into_iter().take(count).enumerate().map(|(place, (_, at))| Row { id: format!("r{:03}", place + 1), ..rows[at].clone() }).collect();
    if chosen.is_empty() {
        return Err(Error::unusable("There is no reply to rate in these files."));
    }
    let text = written(&chosen);
    match &args.output {
        Some(path) => {
            std::fs::write(path, text).map_err(|cause| Error::surroundings(format!("I could not write `{}`", path.display()), cause))?;
            out.note(&format!("{} replies are in {}. Give each rater a copy; `practicum agree` reads the filled ones.", chosen.len(), path.display()));
        }
        None => write!(out, "{text}")?,
    }
    Ok(Exit::Fine)
}

fn shipped() -> Vec<Row> {
    let lines = super::agree::VALIDITY_SET.lines().filter_map(|line| serde_json::from_str::<JudgedLine>(line).ok());
    let row = |line: JudgedLine| {
        let before: Vec<(bool, String)> = line.context.iter().map(|said| (said.speaker == Speaker::Client, said.text.clone())).collect();
        Row { id: String::new(), before: last(&before), client: line.client, reply: line.reply, marks: [None; 3] }
    };
    lines.map(row).collect()
}

fn last(before: &[(bool, String)]) -> Vec<(bool, String)> {
    before[before.len().saturating_sub(BEFORE)..].to_vec()
}

/// The replies of a session with what was said before them.
fn session_rows(path: &Path, scenario: Option<&str>, globals: &Globals) -> Result<Vec<Row>, Error> {
    let name = path.display().to_string();
    let (scenario, opening, inputs) = if path.extension().is_some_and(|ending| ending == "ron") {
        let named = scenario.ok_or_else(|| Error::unusable(format!("`{name}` is a transcript and does not say its scenario; add --scenario.")))?;
        let (opening, inputs) = kept_in(path)?.into_iter().next().unwrap_or_default();
        (globals.open(named)?, opening, inputs)
    } else {
        let bytes = super::unmatched::read(path).map_err(|cause| Error::Unreadable { path: name.clone(), cause })?;
        let handed = HandIn::read(&String::from_utf8_lossy(&bytes)).map_err(|error| Error::unusable(format!("`{name}`: {error}.")))?;
        (globals.open(&handed.scenario)?, handed.opening, handed.inputs)
    };
    let (session, _) = Session::replay(scenario, opening, &inputs);
    let mut before: Vec<(bool, String)> = Vec::new();
    let mut rows = Vec::new();
    for record in session.records() {
        rows.push(Row { id: String::new(), before: last(&before), client: record.answered.clone(), reply: record.heard.clone(), marks: [None; 3] });
        before.push((true, record.answered.clone()));
        before.push((false, record.heard.clone()));
    }
    Ok(rows)
}

/// A fixed mixing of two numbers (SplitMix64's finish).
fn mixed(seed: u64, at: u64) -> u64 {
    let mut value = seed.wrapping_add(at.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// What the program would score, from the words on the sheet.
fn engine(row: &Row) -> [Option<f64>; 3] {
    let client = Utterance::read(&row.client);
    let speaker = |client: bool| if client { Speaker::Client } else { Speaker::Therapist };
    let earlier: Vec<Turn> = row.before.iter().map(|(client, text)| Turn { speaker: speaker(*client), utterance: Later::of(text.as_str()) }).collect();
    let context = Context { client: &client, earlier: &earlier, background: None, told: None };
    let scores = appraise(Codebook::builtin(), &Utterance::read(&row.reply), &context).scores;
    [Scale::Empathy, Scale::NonJudgment, Scale::Listening].map(|scale| scores.points(scale))
}

/// `agree SHEET.csv…`: every rater with every other, and with the program.
///
/// # Errors
/// A sheet that cannot be read, sheets that are not the same, or standard output that cannot be written to.
pub fn agree(files: &[PathBuf], json: bool, out: &mut Out) -> Result<Exit, Error> {
    let mut sheets = Vec::new();
    let mut first: Option<Vec<Row>> = None;
    for path in files {
        let rows = read(path)?;
        let who = path.file_stem().map(|stem| neutralise(&stem.to_string_lossy()).into_owned()).unwrap_or_default();
        sheets.push(filled(&who, &rows));
        let same = |a: &[Row], b: &[Row]| a.iter().all(|row| b.iter().all(|other| other.id != row.id || other.reply == row.reply));
        if let Some(first) = first.as_ref().filter(|first| !same(first, &rows)) {
            let _ = first;
            return Err(Error::unusable(format!("`{}` is another sheet than `{}`: under one id stand different replies.", path.display(), files[0].display())));
        }
        first.get_or_insert(rows);
    }
    let rows = first.unwrap_or_default();
    sheets.push(("the program".to_owned(), rows.iter().map(|row| (row.id.clone(), engine(row))).collect()));
    let (pairs, apart) = (pairs(&sheets), apart(&sheets));
    if json {
        writeln!(out, "{}", serde_json::json!({"pairs": pairs, "apart": apart}))?;
        return Ok(Exit::Fine);
    }
    let raters: BTreeSet<&str> = sheets.iter().map(|(who, _)| who.as_str()).collect();
    writeln!(out, "{} replies, {} raters and the program.\n", rows.len(), raters.len() - 1)?;
    if pairs.is_empty() {
        writeln!(out, "No two of them rated the same replies yet: fill in the columns empathy, non_judgment and listening with 1 to 5.")?;
        return Ok(Exit::Fine);
    }
    writeln!(out, "{:<38} {:<13} {:>7} {:>9} {:>6} {:>6} {:>9}", "who with whom", "scale", "replies", "Spearman", "kappa", "ICC", "distance")?;
    for pair in &pairs {
        let who = format!("{} with {}", pair.one, pair.other);
        writeln!(out, "{who:<38} {:<13} {:>7} {:>9.2} {:>6.2} {:>6.2} {:>9.2}", pair.scale, pair.replies, pair.spearman, pair.kappa, pair.icc, pair.distance)?;
    }
    let wide: Vec<_> = apart.iter().filter(|one| one.by >= 1.5).take(5).collect();
    if !wide.is_empty() {
        writeln!(out, "\nFurthest apart, for talking about:")?;
    }
    for one in wide {
        let marks: Vec<String> = one.marks.iter().map(|(who, mark)| format!("{who} {mark:.1}")).collect();
        writeln!(out, "  {} on {}: {}", one.id, one.scale, marks.join(", "))?;
        if let Some(row) = rows.iter().find(|row| row.id == one.id) {
            writeln!(out, "    client: {}\n    reply:  {}", neutralise(&row.client), neutralise(&row.reply))?;
        }
    }
    writeln!(out, "\nkappa is weighted; ICC is for single raters (2,1). Under .4 little, .4 to .6 fair, from .75 good agreement (Cicchetti 1994).")?;
    Ok(Exit::Fine)
}

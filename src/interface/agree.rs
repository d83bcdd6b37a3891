//! `agree`: how far the scores agree with readers. Without a file, on the shipped validity set, writer by writer: each writer's replies are
//! scored by weights that were learnt from the other writers only.

use super::list::Format;
use super::{Error, Exit, Globals, Out};
use crate::appraisal::scores::Scorer;
use crate::scoring::validity::{Judged, Report, Scored, across_writers, compare, read};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// The shipped validity set. See `data/validity/README.md` for where it comes from.
pub const VALIDITY_SET: &str = include_str!("../../data/validity/judged.jsonl");

/// How far the scores agree with readers
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Judged replies, one JSON object a line as in data/validity/judged.jsonl; `-` is standard input; or rating sheets (.csv) that people filled in. Without a file: the shipped set, scored across writers
    files: Vec<PathBuf>,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Show this many of the widest disagreements
    #[arg(long, default_value_t = 0, value_name = "N")]
    errors: usize,
}

/// Runs the command.
///
/// # Errors
/// A file that cannot be read or is no set of judged replies.
pub fn run(args: &Args, _globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    if !args.files.is_empty() && args.files.iter().all(|file| file.extension().is_some_and(|ending| ending == "csv")) {
        return super::agree_sheet::agree(&args.files, args.format == Format::Json, out);
    }
    let (set, scored) = if args.files.is_empty() {
        let set = parsed(VALIDITY_SET, Path::new("the shipped validity set"))?;
        let scored = across_writers(&set);
        (set, scored)
    } else {
        let mut set = Vec::new();
        for file in &args.files {
            set.extend(parsed(&text(file)?, file)?);
        }
        let scored = Scored::by(Scorer::builtin(), &set, |_| true);
        (set, scored)
    };
    let report = compare(&set, &scored);
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string(&report).map_err(std::io::Error::from)?)?,
        Format::Text => tell(&report, args.files.is_empty(), out)?,
    }
    widest(&set, &scored, args.errors, out)?;
    Ok(Exit::Fine)
}

fn text(file: &Path) -> Result<String, Error> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().read_to_string(&mut text).map(|_| ())
    } else {
        std::fs::read_to_string(file).map(|read| text = read)
    };
    read.map_err(|cause| Error::Unreadable { path: file.display().to_string(), cause })?;
    Ok(text)
}

fn parsed(text: &str, file: &Path) -> Result<Vec<Judged>, Error> {
    read(text).map_err(|(line, why)| Error::unusable(format!("{}:{line}: {why}", file.display())))
}

fn tell(report: &Report, shipped: bool, out: &mut Out) -> Result<(), Error> {
    writeln!(out, "Agreement with a careful reader of the rubric, not with people or experts: the replies were written and rated by language models.")?;
    if shipped {
        writeln!(out, "{} replies of {} writers; each writer was scored by weights learnt from the others.\n", report.replies, report.writers)?;
    } else {
        writeln!(out, "{} replies of {} writers, scored by the weights in this program.\n", report.replies, report.writers)?;
    }
    writeln!(out, "{:<14}{:>9}{:>8}{:>7}{:>10}{:>22}", "scale", "Spearman", "kappa", "ICC", "distance", "far pairs in order")?;
    for (name, scale) in &report.scales {
        writeln!(
            out,
            "{:<14}{:>9.3}{:>8.3}{:>7.3}{:>10.2}{:>13.3} of {:>5}",
            name, scale.spearman, scale.quadratic_kappa, scale.icc, scale.mean_distance, scale.pairs_right, scale.pairs
        )?;
    }
    if let Some(sessions) = report.sessions {
        writeln!(out, "\nSessions: Spearman {sessions:.3} between `overall` and the readers' mark of the whole session.")?;
    }
    writeln!(out, "Scores that are none: {:.1} in 100.", report.null_share * 100.0)?;
    writeln!(out, "\nThese scores are for practice and reflection, never for grading people.")?;
    Ok(())
}

fn widest(set: &[Judged], scored: &Scored, count: usize, out: &mut Out) -> Result<(), Error> {
    let mut gaps: Vec<(f64, usize, usize)> = Vec::new();
    for (at, (judged, scores)) in set.iter().zip(&scored.replies).enumerate() {
        for (scale, (mark, score)) in judged.line.median.all().into_iter().zip(scores).enumerate() {
            gaps.push(((mark - score.unwrap_or(3.0)).abs(), at, scale));
        }
    }
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (_, at, scale) in gaps.into_iter().take(count) {
        let line = &set[at].line;
        let score = scored.replies[at][scale].map_or("none".to_owned(), |score| format!("{score:.1}"));
        writeln!(
            out,
            "\n{} {}: readers {}, ours {score}\n  client: {}\n  reply:  {}",
            line.id,
            crate::scoring::validity::SCALES[scale].0,
            line.median.all()[scale],
            line.client,
            line.reply
        )?;
    }
    Ok(())
}

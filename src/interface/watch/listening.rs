//! One ear for three things: what was saved, what was typed, and Ctrl-C.

use crate::interface::repl::lines::{Lines, PipedLines, Read};
use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// An editor writes a file in several steps; what comes within this time is one save. Long enough for slow disks, short enough not to be noticed.
const ONE_SAVE: Duration = Duration::from_millis(200);

/// What came.
#[derive(Debug)]
pub(super) enum News {
    /// Files were saved.
    Saved(Vec<PathBuf>),
    /// A line was typed.
    Typed(String),
    /// Nothing more will be typed.
    InputEnds,
    /// Ctrl-C, or a signal to end.
    Interrupted,
    /// The watching itself has trouble.
    Trouble(String),
}

/// Keeps the watch going while it lives.
pub(super) type Watching = Debouncer<RecommendedWatcher, RecommendedCache>;

/// Listens. The lines of standard input are read only where somebody may type.
pub(super) fn listen(path: &Path, typed: bool) -> Result<(Receiver<News>, Watching), (String, io::Error)> {
    let (send, news) = channel();
    let here = path.display().to_string();
    let failed = |error: notify_debouncer_full::notify::Error| (format!("I could not watch `{here}`"), io::Error::other(error.to_string()));
    let saves = send.clone();
    let mut debouncer = new_debouncer(ONE_SAVE, None, move |result| tell_saves(&saves, result)).map_err(failed)?;
    let folder = if path.is_file() { path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")) } else { path };
    debouncer.watch(folder, RecursiveMode::Recursive).map_err(failed)?;
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).map_err(|cause| ("I could not listen for Ctrl-C".to_owned(), cause))?;
    let interrupted = send.clone();
    thread::spawn(move || {
        for _ in signals.forever() {
            if interrupted.send(News::Interrupted).is_err() {
                return;
            }
        }
    });
    if typed {
        thread::spawn(move || read_lines(&send));
    }
    Ok((news, debouncer))
}

fn tell_saves(send: &Sender<News>, result: DebounceEventResult) {
    match result {
        Ok(events) => {
            let touched = events.iter().filter(|event| !event.kind.is_access()).flat_map(|event| event.paths.iter());
            let paths: BTreeSet<PathBuf> = touched.filter(|path| counts(path)).cloned().collect();
            if !paths.is_empty() {
                // Nobody listens any more only when the program ends.
                let _ = send.send(News::Saved(paths.into_iter().collect()));
            }
        }
        Err(errors) => {
            for error in errors {
                let _ = send.send(News::Trouble(format!("watching has trouble: {error}")));
            }
        }
    }
}

/// Scenario, script, codebook, transcripts; not what editors leave beside them.
fn counts(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '#']));
    !hidden && path.extension().is_some_and(|extension| extension == "ron" || extension == "rhai")
}

fn read_lines(send: &Sender<News>) {
    let mut lines = PipedLines::new(io::stdin().lock());
    loop {
        let news = match lines.next("") {
            Ok(Read::Line(line) | Read::Cut(line)) => News::Typed(line),
            Ok(Read::Interrupted) => News::Interrupted,
            Ok(Read::End) | Err(_) => News::InputEnds,
        };
        let ends = matches!(news, News::InputEnds);
        if send.send(news).is_err() || ends {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_beside_a_file_is_no_save() {
        for name in ["scenario.ron", "a/client.rhai", "transcripts/x.ron"] {
            assert!(counts(Path::new(name)), "{name}");
        }
        for name in [".scenario.ron.swp", "#scenario.ron", "scenario.ron~", "README.md", "4913", ".scenario.ron"] {
            assert!(!counts(Path::new(name)), "{name}");
        }
    }
}

//! The terminal itself: Ctrl-C in its plain form, and signals from outside that must not leave it broken.

use super::lines::{LONGEST, Lines, PipedLines, Read};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Keeps the terminal's settings, and puts them back when the program is told to stop from outside: without it, SIGTERM in the middle of a line would leave
/// the shell without echo.
pub fn restore_when_stopped() {
    let Ok(before) = tcgetattr(rustix::stdio::stdin()) else { return };
    let Ok(mut signals) = Signals::new([SIGTERM, SIGHUP]) else { return };
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            restore(&before);
            // As the shell reports a process that a signal ended.
            std::process::exit(128 + signal);
        }
    });
}

fn restore(before: &Termios) {
    // Nothing can be done, and nobody told, where a terminal that hangs up refuses.
    let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, before);
    // Bracketed paste off, cursor shown, on a line of its own.
    let _ = io::stderr().write_all(b"\x1b[?2004l\x1b[?25h\r\n");
}

/// Lines of a terminal without an editor: `--plain` and `TERM=dumb`. No cursor tricks; the terminal's own line editing works.
#[derive(Debug)]
pub struct PlainLines {
    read: Receiver<io::Result<Read>>,
    ask: Sender<()>,
}

impl PlainLines {
    /// Starts listening to keyboard and Ctrl-C.
    ///
    /// # Errors
    /// Where the signal cannot be caught.
    pub fn new() -> io::Result<Self> {
        let (told, read) = channel();
        let (ask, asked) = channel();
        let mut signals = Signals::new([SIGINT])?;
        let interrupted = told.clone();
        thread::spawn(move || {
            for _ in signals.forever() {
                if interrupted.send(Ok(Read::Interrupted)).is_err() {
                    return;
                }
            }
        });
        // One line is read each time one is wanted, so that nothing typed is swallowed at the end.
        thread::spawn(move || {
            let mut lines = PipedLines::new(io::stdin().lock());
            while asked.recv().is_ok() {
                let line = lines.next("");
                let over = matches!(line, Ok(Read::End) | Err(_));
                if told.send(line).is_err() || over {
                    return;
                }
            }
        });
        Ok(Self { read, ask })
    }
}

impl Lines for PlainLines {
    fn next(&mut self, prompt: &str) -> io::Result<Read> {
        let mut out = io::stdout().lock();
        out.write_all(prompt.as_bytes())?;
        out.flush()?;
        drop(out);
        // After Ctrl-C the reader still waits for the line it was asked for.
        let _ = self.ask.send(());
        self.read.recv().unwrap_or(Ok(Read::End)).map(|read| match read {
            Read::Line(line) if line.len() > LONGEST => Read::Cut(line),
            read => read,
        })
    }
}

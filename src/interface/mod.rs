//! What people type at: the command line, the REPL, the files and streams behind them.
//!
//! One command, one file: each has `Args` (what can be typed) and `run(args, globals, out)` (what happens). To add a command, add its file here and
//! one variant in [`cli::Command`].

pub mod agree;
pub mod agree_sheet;
pub mod assign;
pub mod assignment;
pub mod check;
pub mod class;
pub mod cli;
pub mod collect;
pub mod completions;
pub mod debrief;
pub mod drill;
pub mod error;
pub mod export;
pub mod fit_weights;
pub mod fmt;
pub mod forget;
pub mod history;
pub mod keeping;
pub mod kept;
pub mod graph;
pub mod list;
pub mod manual;
pub mod new;
pub mod out;
pub mod play;
pub mod progress;
pub mod reference;
pub mod repl;
pub mod replay;
pub mod review;
pub mod score;
pub mod sheet_file;
pub mod serve;
pub mod show;
pub mod simulate;
pub mod test;
pub mod unmatched;
pub mod watch;
pub mod welcome;

pub use cli::Globals;
pub use error::{Error, Exit};
pub use out::Out;

use std::io::Write;
use std::process::ExitCode;

/// The whole program: reads the command line, runs the command, words what went wrong, gives the exit code.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match cli::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(exit) => return exit.into(),
    };
    let mut out = Out::for_process(cli.globals.color);
    let result = cli::dispatch(cli, &mut out);
    let flushed = out.flush();
    let result = result.and_then(|exit| flushed.map(|()| exit).map_err(Error::from));
    match result {
        Ok(exit) => exit.into(),
        Err(error) if error.is_broken_pipe() => Exit::Fine.into(),
        Err(error) => {
            out.complain(&error);
            error.exit().into()
        }
    }
}

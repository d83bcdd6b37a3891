//! Reading a line where there is no line editor: from a pipe, a file, or a terminal in its plain form. Any bytes are read; nothing stops the session.

use std::io::{self, BufRead};

/// What came in.
#[derive(Debug)]
pub enum Read {
    /// A line, without its end.
    Line(String),
    /// A line longer than [`LONGEST`]: its beginning. The rest was skipped.
    Cut(String),
    /// Ctrl-C.
    Interrupted,
    /// No more input.
    End,
}

/// Where lines come from.
pub trait Lines {
    /// The next line. A prompt is shown only where a person types.
    ///
    /// # Errors
    /// Where the input cannot be read.
    fn next(&mut self, prompt: &str) -> io::Result<Read>;
}

/// As much of a line as is read: what a session hears of a reply, and no more, so that nothing is left out unsaid.
pub const LONGEST: usize = crate::session::LONGEST_REPLY;

/// Lines of any reader, without a prompt.
#[derive(Debug)]
pub struct PipedLines<R> {
    input: R,
    started: bool,
}

impl<R: BufRead> PipedLines<R> {
    /// Reads lines from here.
    pub const fn new(input: R) -> Self {
        Self { input, started: false }
    }

    /// The next line as it is; `None` at the end.
    fn read(&mut self) -> io::Result<Option<(Vec<u8>, bool)>> {
        let mut line = Vec::new();
        let (mut cut, mut any) = (false, false);
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                return Ok(any.then_some((line, cut)));
            }
            any = true;
            let end = memchr::memchr(b'\n', chunk);
            let words = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or(chunk);
            let room = LONGEST.saturating_sub(line.len());
            cut |= words.len() > room;
            line.extend_from_slice(words.get(..room.min(words.len())).unwrap_or(words));
            let used = words.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some((line, cut)));
            }
        }
    }
}

impl<R: BufRead> Lines for PipedLines<R> {
    fn next(&mut self, _prompt: &str) -> io::Result<Read> {
        let Some((bytes, cut)) = self.read()? else { return Ok(Read::End) };
        let mut bytes = bytes.as_slice();
        if !self.started {
            self.started = true;
            // A byte order mark that some editors put first.
            bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        }
        bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes).into_owned();
        Ok(if cut { Read::Cut(text) } else { Read::Line(text) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Read> {
        let mut lines = PipedLines::new(io::BufReader::with_capacity(7, bytes));
        std::iter::from_fn(|| match lines.next("").unwrap() {
            Read::End => None,
            read => Some(read),
        })
        .collect()
    }

    #[test]
    fn lines_end_in_either_way_and_the_last_needs_no_end() {
        let read = all("\u{feff}one\r\ntwo\nthree".as_bytes());
        let texts: Vec<_> = read.iter().map(|read| if let Read::Line(text) = read { text.as_str() } else { "?" }).collect();
        assert_eq!(texts, ["one", "two", "three"]);
    }

    #[test]
    fn bytes_that_are_no_text_do_not_stop_the_session() {
        let read = all(b"a\xff\xfeb\n\0\nok\n");
        assert_eq!(read.len(), 3);
        assert!(matches!(&read[0], Read::Line(text) if text.starts_with('a') && text.ends_with('b')));
    }

    #[test]
    fn the_notice_states_the_cap() {
        assert!(crate::interface::repl::words::TOO_LONG.contains(&format!("({} KiB", LONGEST / 1024)));
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut_and_the_next_is_whole() {
        let mut bytes = vec![b'x'; 1 << 20];
        bytes.extend_from_slice(b"\nnext\n");
        let read = all(&bytes);
        assert!(matches!(&read[0], Read::Cut(text) if text.len() == LONGEST));
        assert!(matches!(&read[1], Read::Line(text) if text == "next"));
    }
}

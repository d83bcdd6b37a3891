//! From characters to words: one pass, left to right, that never fails.

use super::contraction::{SPELLED_OUT, its_means_it_is};
use super::marks::{APART, CONJUNCTION, FILLER, OPENER, STARTS_PHRASE, UNKNOWN};
use super::spelling;
use super::utterance::{Clause, End, Kind, PhraseHit, Sentence, Utterance, Word};
use super::vocabulary::{Known, find, look_up, phrases_at};
use super::{Span, key, stem, stem_key};

/// A gesture or a quotation longer than this (in bytes) is taken for a forgotten closing mark.
const LONGEST_ASIDE: usize = 400;

/// Longest false start (in letters) before the word itself: `w-where`, `wh-what`.
const FALSE_START: usize = 2;

pub(super) fn read(text: &str) -> Utterance {
    let mut reader = Reader {
        text,
        out: Utterance {
            text: text.to_owned(),
            // Room for what most texts need, so that nothing has to be moved while reading.
            normal: String::with_capacity(text.len() + 16),
            words: Vec::with_capacity(text.len() / 5 + 4),
            clauses: Vec::with_capacity(text.len() / 32 + 2),
            sentences: Vec::with_capacity(text.len() / 64 + 2),
            ..Utterance::default()
        },
        clause_from: 0,
        sentence_from: 0,
        sentence_clause: 0,
        quote_until: None,
        letters: 0,
        latin: 0,
        phrase_starts: Vec::new(),
        fillers: Vec::new(),
    };
    reader.run();
    reader.finish()
}

struct Reader<'a> {
    text: &'a str,
    out: Utterance,
    clause_from: usize,
    sentence_from: usize,
    sentence_clause: usize,
    quote_until: Option<usize>,
    letters: usize,
    latin: usize,
    /// Words that phrases begin with.
    phrase_starts: Vec<u32>,
    /// "um" and the like: words only where there are no others.
    fillers: Vec<(Span, u32)>,
}

impl Reader<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if self.quote_until.is_some_and(|until| at >= until) {
                self.quote_until = None;
            }
            let byte = bytes[at];
            at = if byte.is_ascii_alphanumeric() || (byte >= 0x80 && self.char_at(at).is_some_and(in_word)) {
                self.word(at)
            } else if byte >= 0x80 {
                self.wide_mark(at)
            } else {
                self.mark(at, byte)
            };
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    /// A word from here on; returns where it ends.
    fn word(&mut self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let start = self.out.normal.len();
        let mut at = from;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                let (mut end, mut letters) = (at, 0);
                while let Some(byte) = bytes.get(end)
                    && IN_WORD[usize::from(*byte)] != 0
                {
                    letters += usize::from(IN_WORD[usize::from(*byte)] - 1);
                    end += 1;
                }
                self.letters += letters;
                self.latin += letters;
                let lower = self.out.normal.len();
                self.out.normal.push_str(&self.text[at..end]);
                self.out.normal[lower..].make_ascii_lowercase();
                at = end;
            } else if byte == b'\'' || byte == b'`' {
                if at > from && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
                    self.out.normal.push('\'');
                    at += 1;
                } else {
                    break;
                }
            } else if byte >= 0x80 {
                let Some(c) = self.char_at(at) else { break };
                if is_apostrophe(c) {
                    let after = at + c.len_utf8();
                    if at > from && bytes.get(after).is_some_and(u8::is_ascii_alphanumeric) {
                        self.out.normal.push('\'');
                        at = after;
                        continue;
                    }
                    break;
                }
                if is_invisible(c) {
                    at += c.len_utf8();
                } else if in_word(c) {
                    self.letters += 1;
                    self.latin += usize::from(is_latin(c));
                    self.out.normal.extend(c.to_lowercase());
                    at += c.len_utf8();
                } else {
                    break;
                }
            } else {
                break;
            }
        }
        self.push_word(Span::new(from, at), start);
        at
    }

    /// Adds the normal form that begins at `start` in the buffer as one word, or as the words it stands for.
    fn push_word(&mut self, span: Span, start: usize) {
        let form = &self.out.normal[start..];
        let mut found = find(key(form));
        let filler = found.is_some_and(|known| known.marks & FILLER != 0);
        if filler && !self.joined(span.start) {
            self.fillers.push((span, start as u32));
            return;
        }
        if self.stutters(span.start, start) {
            self.unsay();
        }
        if !filler && found.is_none_or(|known| known.marks & APART != 0 && known.spelled == 0) && self.mend_slip(span, start) {
            found = find(key(&self.out.normal[start..]));
        }
        if let Some((_, words)) = found.and_then(|known| SPELLED_OUT.get(usize::from(known.spelled).checked_sub(1)?)) {
            self.out.normal.truncate(start);
            for word in *words {
                let from = self.out.normal.len();
                self.out.normal.push_str(word);
                self.add(span, from, None);
            }
            return;
        }
        if let Some(owner) = self.out.normal[start..].strip_suffix("'s").filter(|owner| !owner.is_empty()).map(str::len) {
            self.out.normal.truncate(start + owner);
            found = None;
        }
        self.add(span, start, found);
    }

    /// A slip of the keyboard is heard as the word that was meant; a name inside a sentence is left alone. The form is one that the
    /// vocabulary does not know. Tells whether something was mended.
    fn mend_slip(&mut self, span: Span, start: usize) -> bool {
        let form = &self.out.normal[start..];
        let mut typed = span.of(self.text).chars();
        let is_name = self.out.words.len() > self.sentence_from && typed.next().is_some_and(char::is_uppercase) && typed.next().is_some_and(char::is_lowercase);
        if is_name || !spelling::can_be_a_slip(form) || look_up(stem_key(&stem(form))).is_some() || spelling::is_english(form) {
            return false;
        }
        let Some(meant) = spelling::meant(form) else { return false };
        self.out.normal.truncate(start);
        self.out.normal.push_str(&meant);
        true
    }

    /// Adds one word; `found` is what the vocabulary says of it, where that was looked up already.
    fn add(&mut self, span: Span, from: usize, found: Option<Known>) {
        let from = self.mend_its(from);
        let form = &self.out.normal[from..];
        let key = key(form);
        let found = found.or_else(|| find(key));
        let mut marks = found.map_or(0, |known| known.marks);
        let known = found.filter(|known| known.marks & APART == 0).unwrap_or_else(|| {
            let stem = stem_key(&stem(form));
            let of_stem = look_up(stem);
            if of_stem.is_none() {
                marks |= UNKNOWN;
            }
            Known { stem, ..of_stem.unwrap_or_default() }
        });
        if marks & STARTS_PHRASE != 0 {
            self.phrase_starts.push(self.out.words.len() as u32);
        }
        let word = Word {
            span,
            key,
            stem: known.stem,
            classes: known.classes,
            synonyms: known.synonyms,
            feeling: known.feeling,
            feeling_strength: known.strength,
            clause: self.out.clauses.len() as u32,
            sentence: self.out.sentences.len() as u32,
            quoted: self.quote_until.is_some(),
            marks,
            norm: (from as u32, self.out.normal.len() as u32),
        };
        self.out.words.push(word);
    }

    /// Whether the word at this byte is hyphened to the one before or after it (`uh-huh`).
    fn joined(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        (at > 0 && bytes[at - 1] == b'-') || bytes[at..].iter().find(|byte| !byte.is_ascii_alphanumeric()) == Some(&b'-')
    }

    /// Whether the words of the last stretch are said again (`you're-you're`, `I-I`, `wh-what`); `start` is where the new form begins in the buffer.
    fn stutters(&self, at: usize, start: usize) -> bool {
        let Some(last) = self.out.words.last() else { return false };
        let hyphened = at > 0 && last.span.end + 1 == at && self.text.as_bytes()[at - 1] == b'-';
        let (before, now) = (last.span.of(self.text).to_lowercase(), &self.out.normal[start..]);
        hyphened && (before == now || (before.len() <= FALSE_START && now.len() > before.len() && now.starts_with(&before)))
    }

    /// Takes back the words of the last stretch.
    fn unsay(&mut self) {
        let Some(stretch) = self.out.words.last().map(|word| word.span) else { return };
        while self.out.words.len() > self.clause_from && self.out.words.last().is_some_and(|word| word.span == stretch) {
            self.out.words.pop();
            let left = self.out.words.len() as u32;
            self.phrase_starts.retain(|start| *start < left);
        }
    }

    /// `its not` was meant as `it's not`; `from` is where the word after it begins in the buffer.
    fn mend_its(&mut self, from: usize) -> usize {
        let Some(last) = self.out.words.len().checked_sub(1) else { return from };
        if self.out.words[last].key != const { key("its") } || !its_means_it_is(&self.out.normal[from..]) {
            return from;
        }
        let before = self.out.words[last];
        let (start, middle) = (before.norm.0, before.norm.0 + 2);
        // `its` becomes `it`; `is` gets a form of its own in the buffer, before the word that follows.
        let own = self.out.normal[from..].to_owned();
        self.out.normal.truncate(from);
        self.out.normal.push_str("is");
        let is = (from as u32, from as u32 + 2);
        self.out.normal.push_str(&own);
        let word = &mut self.out.words[last];
        let as_known = |form: &str| {
            let known = look_up(key(form)).unwrap_or_default();
            Word { key: key(form), stem: stem_key(form), classes: known.classes, synonyms: 0, feeling: 0, feeling_strength: 0, marks: known.marks, ..before }
        };
        *word = Word { norm: (start, middle), ..as_known("it") };
        self.out.words.push(Word { norm: is, ..as_known("is") });
        from + 2
    }

    /// An ASCII character that is not part of a word; returns where reading goes on.
    fn mark(&mut self, at: usize, byte: u8) -> usize {
        let bytes = self.text.as_bytes();
        match byte {
            b'*' => self.aside(at, b'*'),
            b'(' => self.aside(at, b')'),
            b'[' => self.aside(at, b']'),
            b'.' | b'!' | b'?' => self.stop(at),
            b',' | b';' | b':' => {
                let inside_number = at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
                if !inside_number {
                    self.end_clause(End::Comma);
                }
                at + 1
            }
            b'\n' => {
                self.end_sentence(End::None);
                at + 1
            }
            b'-' => self.dash(at),
            b'"' => self.quote(at, '"', '"'),
            b'\'' => {
                if self.text[at..].starts_with("'cause") {
                    let start = self.out.normal.len();
                    self.out.normal.push_str("'cause");
                    self.push_word(Span::new(at, at + 6), start);
                    at + 6
                } else if at == 0 || !bytes[at - 1].is_ascii_alphanumeric() {
                    self.quote(at, '\'', '\'')
                } else {
                    at + 1
                }
            }
            _ => at + 1,
        }
    }

    fn wide_mark(&mut self, at: usize) -> usize {
        let Some(c) = self.char_at(at) else { return at + 1 };
        match c {
            '…' => self.stop(at),
            '“' => self.quote(at, '“', '”'),
            '„' => self.quote(at, '„', '“'),
            '«' => self.quote(at, '«', '»'),
            '‘' => self.quote(at, '‘', '’'),
            '—' | '–' => {
                self.broken(at + c.len_utf8());
                at + c.len_utf8()
            }
            '？' => {
                self.end_sentence(End::Question);
                at + c.len_utf8()
            }
            '。' | '！' => {
                self.end_sentence(End::Period);
                at + c.len_utf8()
            }
            _ => at + c.len_utf8(),
        }
    }

    /// A run of `.`, `!`, `?`, `…`.
    fn stop(&mut self, from: usize) -> usize {
        let (mut at, mut dots, mut question, mut exclamation, mut ellipsis) = (from, 0, false, false, false);
        while let Some(c) = self.char_at(at) {
            match c {
                '.' => dots += 1,
                '?' => question = true,
                '!' => exclamation = true,
                '…' => ellipsis = true,
                ' ' if self.text[at..].starts_with(" .") && dots > 0 => {}
                _ => break,
            }
            at += c.len_utf8();
        }
        let trails = ellipsis || dots >= 2;
        if question {
            self.end_sentence(End::Question);
        } else if trails {
            let goes_on = self.next_letter(at).is_some_and(char::is_lowercase);
            if goes_on { self.end_clause(End::Comma) } else { self.end_sentence(End::Trail) }
        } else if exclamation {
            self.end_sentence(End::Exclamation);
        } else if self.ends_a_sentence(from, at) {
            self.end_sentence(End::Period);
        }
        at
    }

    fn next_letter(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().take(40).find(|c| c.is_alphanumeric())
    }

    /// Whether a single full stop ends a sentence, rather than standing in a number, an address or an abbreviation.
    fn ends_a_sentence(&self, from: usize, after: usize) -> bool {
        if let Some(next) = self.char_at(after)
            && (next.is_ascii_digit() || next.is_lowercase())
        {
            return false;
        }
        let last = self.out.words.len().checked_sub(1).filter(|last| self.out.words[*last].span.end == from);
        !last.is_some_and(|last| matches!(self.out.form(last), "dr" | "mr" | "mrs" | "ms" | "st" | "eg" | "vs" | "prof"))
    }

    fn dash(&mut self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while bytes.get(at) == Some(&b'-') {
            at += 1;
        }
        let joins = at - from == 1 && from > 0 && !bytes[from - 1].is_ascii_whitespace() && bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace());
        if !joins && from > 0 {
            self.broken(at);
        }
        at
    }

    fn broken(&mut self, after: usize) {
        let next = self.text.get(after..).and_then(|rest| rest.trim_start().chars().next());
        let over = next.is_none_or(char::is_uppercase) && !self.text[after..].trim_start().starts_with("I ");
        if over { self.end_sentence(End::Break) } else { self.end_clause(End::Comma) }
    }

    /// Marks what stands up to the closing mark as quoted, unless it is the whole text.
    fn quote(&mut self, at: usize, open: char, close: char) -> usize {
        let inside = at + open.len_utf8();
        if self.quote_until.is_some() {
            return inside;
        }
        let rest = &self.text[inside..];
        let mut found = None;
        for (offset, c) in rest.char_indices() {
            if offset > LONGEST_ASIDE || c == '\n' {
                break;
            }
            if c == close {
                let next = rest[offset + c.len_utf8()..].chars().next();
                if next.is_none_or(|n| !n.is_alphanumeric()) && offset > 0 {
                    found = Some(inside + offset);
                    break;
                }
            }
        }
        if let Some(until) = found {
            let whole = self.out.words.is_empty() && !self.text[until + close.len_utf8()..].chars().any(char::is_alphanumeric);
            if !whole {
                self.quote_until = Some(until);
                self.end_clause(End::Comma);
            }
        }
        inside
    }

    /// `*nods*`, `(silence)`, `[looks up]`: a gesture or a silence; otherwise the words inside are read as words.
    fn aside(&mut self, at: usize, close: u8) -> usize {
        let bytes = self.text.as_bytes();
        let inside = at + 1;
        let end = bytes[inside..].iter().take(LONGEST_ASIDE).position(|b| *b == close || *b == b'\n');
        let Some(end) = end.map(|offset| inside + offset).filter(|end| bytes[*end] == close && *end > inside) else {
            return inside;
        };
        let span = Span::new(inside, end);
        match aside_kind(span.of(self.text), close == b'*') {
            Some(Kind::Silence) => self.out.silences.push(span),
            Some(Kind::Gesture) => self.out.gestures.push(span),
            // Square brackets hold what a transcriber notes: "[inaudible 00:01:40]", "[laughter]".
            _ if close == b']' => {}
            _ => return inside,
        }
        end + 1
    }

    fn end_clause(&mut self, end: End) {
        let (from, to) = (self.clause_from, self.out.words.len());
        if from == to {
            return;
        }
        self.split_at_conjunctions(from, to);
        let first = self.clause_from as u32;
        self.out.clauses.push(Clause { first, last: to as u32, end, sentence: self.out.sentences.len() as u32 });
        self.clause_from = to;
    }

    /// "… and you", "… but it": a conjunction before a new subject begins a new clause.
    fn split_at_conjunctions(&mut self, from: usize, to: usize) {
        let mut first = from;
        for at in from..to {
            let clause = self.out.clauses.len() as u32;
            let marked = |word: usize, mark| self.out.words[word].marks & mark != 0;
            if at > first && at + 1 < to && marked(at, CONJUNCTION) && marked(at + 1, OPENER) && !marked(at - 1, CONJUNCTION) {
                self.out.clauses.push(Clause { first: first as u32, last: at as u32, end: End::Conjunction, sentence: self.out.sentences.len() as u32 });
                first = at;
                self.out.words[at].clause = clause + 1;
            } else {
                self.out.words[at].clause = clause;
            }
        }
        self.clause_from = first;
    }

    fn end_sentence(&mut self, end: End) {
        if self.out.words.len() == self.sentence_from {
            return;
        }
        self.end_clause(end);
        let last_clause = self.out.clauses.len();
        if let Some(clause) = self.out.clauses.last_mut() {
            clause.end = end;
        }
        let (first, last) = (self.sentence_from as u32, self.out.words.len() as u32);
        self.out.sentences.push(Sentence { first, last, end, first_clause: self.sentence_clause as u32, last_clause: last_clause as u32 });
        self.sentence_from = self.out.words.len();
        self.sentence_clause = last_clause;
    }

    fn find_phrases(&mut self) {
        for first in std::mem::take(&mut self.phrase_starts) {
            for phrase in phrases_at(&self.out.words[first as usize..]) {
                self.out.phrases.push(PhraseHit {
                    first,
                    words: phrase.words.len() as u16,
                    class: phrase.class,
                    feeling: phrase.feeling,
                    strength: phrase.strength,
                });
            }
        }
    }

    /// Nonsense, or a language that is not read: two words or more, and more than half of them known to nobody. A name is no such word.
    fn is_foreign(&self) -> bool {
        let words = self.out.words.len();
        let strange = (0..words)
            .filter(|at| self.out.words[*at].marks & UNKNOWN != 0)
            .filter(|at| {
                let form = self.out.form(*at);
                let letters = form.chars().all(char::is_alphabetic);
                let named = *at > 0 && self.out.words[*at].span.of(self.text).starts_with(char::is_uppercase);
                letters && !named && !spelling::is_english(form)
            })
            .count();
        words >= 2 && strange * 2 > words
    }

    fn finish(mut self) -> Utterance {
        self.end_sentence(End::None);
        if self.out.words.is_empty() && !self.fillers.is_empty() {
            for (span, from) in std::mem::take(&mut self.fillers) {
                let start = self.out.normal.len();
                let form: String = self.out.normal[from as usize..].chars().take_while(|c| c.is_alphabetic()).take(span.end - span.start).collect();
                self.out.normal.push_str(&form);
                self.add(span, start, None);
            }
            self.end_sentence(End::None);
        }
        self.find_phrases();
        self.out.kind = if !self.out.words.is_empty() {
            if self.letters > 0 && self.latin * 2 >= self.letters && !self.is_foreign() { Kind::Speech } else { Kind::Unintelligible }
        } else if !self.out.gestures.is_empty() {
            Kind::Gesture
        } else if !self.out.silences.is_empty() {
            Kind::Silence
        } else if self.text.chars().all(|c| c.is_whitespace() || matches!(c, '.' | '…' | '-' | '–' | '—')) {
            let trimmed = self.text.trim();
            let start = self.text.len() - self.text.trim_start().len();
            self.out.silences.push(Span::new(start, start + trimmed.len()));
            Kind::Silence
        } else {
            Kind::Unintelligible
        };
        self.out
    }
}

/// By ASCII byte: 2 is a letter, 1 a digit, 0 ends a word.
static IN_WORD: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() as u8 + byte.is_ascii_alphabetic() as u8;
        byte += 1;
    }
    table
};

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_invisible(c) || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '’' | '‘' | 'ʼ' | '´' | '′')
}

fn is_latin(c: char) -> bool {
    c < '\u{250}' || ('\u{300}'..='\u{36f}').contains(&c) || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

/// Whether the words between marks are a silence or a gesture. Asterisks may also stress a word (`*really*`), brackets may hold an aside.
fn aside_kind(inside: &str, starred: bool) -> Option<Kind> {
    let lower = inside.trim().to_lowercase();
    if lower.is_empty() {
        return None;
    }
    if lower.chars().all(|c| matches!(c, '.' | '…' | ' ')) {
        return Some(Kind::Silence);
    }
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let first = words.next()?;
    if lower
        .split_whitespace()
        .any(|word| matches!(word.trim_matches(|c: char| !c.is_alphanumeric()), "silence" | "silent" | "pause" | "pauses" | "silently" | "quiet" | "quietly"))
        && lower.split_whitespace().count() <= 6
    {
        return Some(Kind::Silence);
    }
    let waits = matches!(first, "waits" | "waiting") && lower.split_whitespace().count() <= 3;
    if waits {
        return Some(Kind::Silence);
    }
    let adverb_then_verb = first.ends_with("ly") && words.next().is_some_and(is_gesture_verb);
    let gesture = is_gesture_verb(first) || adverb_then_verb;
    let sure = gesture && (starred || is_bodily(first) || adverb_then_verb);
    sure.then_some(Kind::Gesture)
}

fn is_gesture_verb(word: &str) -> bool {
    is_bodily(word)
        || (word.len() > 3
            && ((word.ends_with('s')
                && !word.ends_with("ss")
                && !matches!(word, "this" | "always" | "yours" | "hers" | "theirs" | "ours" | "was" | "has" | "does" | "perhaps"))
                || (word.ends_with("ing") && !matches!(word, "something" | "nothing" | "anything" | "everything" | "feeling"))))
}

fn is_bodily(word: &str) -> bool {
    matches!(
        word,
        "nod"
            | "nods"
            | "nodding"
            | "smile"
            | "smiles"
            | "smiling"
            | "lean"
            | "leans"
            | "leaning"
            | "sigh"
            | "sighs"
            | "sits"
            | "sit"
            | "sitting"
            | "looks"
            | "looking"
            | "glances"
            | "shrugs"
            | "laughs"
            | "offers"
            | "hands"
            | "pours"
            | "puts"
            | "turns"
            | "moves"
            | "breathes"
            | "breathing"
            | "tilts"
            | "softens"
            | "shakes"
            | "frowns"
            | "checks"
            | "writes"
            | "opens"
            | "closes"
            | "dims"
            | "pushes"
            | "slides"
            | "stays"
            | "listens"
            | "holds"
            | "gestures"
            | "points"
            | "gesture"
            | "warm"
            | "gentle"
            | "soft"
            | "eye"
            | "leaning-in"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        let said = Utterance::read(text);
        (0..said.words().len()).map(|word| said.form(word).to_owned()).collect()
    }

    #[test]
    fn contractions_are_spelled_out_over_one_stretch() {
        let said = Utterance::read("I don’t know.");
        assert_eq!(forms("I don’t know."), ["i", "do", "not", "know"]);
        assert_eq!(said.words()[1].span, said.words()[2].span);
        assert_eq!(said.words()[1].span.of(said.text()), "don’t");
    }

    #[test]
    fn gestures_and_silences_are_not_words() {
        assert_eq!(Utterance::read("*nods*").kind(), Kind::Gesture);
        assert_eq!(Utterance::read("(silence)").kind(), Kind::Silence);
        assert_eq!(Utterance::read("...").kind(), Kind::Silence);
        assert_eq!(Utterance::read("…").kind(), Kind::Silence);
        assert_eq!(Utterance::read("").kind(), Kind::Silence);
        assert_eq!(Utterance::read("?!").kind(), Kind::Unintelligible);
        assert_eq!(Utterance::read("*leans in* Go on.").kind(), Kind::Speech);
        assert_eq!(forms("You *really* tried."), ["you", "really", "tried"]);
    }

    #[test]
    fn another_script_is_not_readable() {
        assert_eq!(Utterance::read("Я не знаю").kind(), Kind::Unintelligible);
        assert_eq!(Utterance::read("我不知道").kind(), Kind::Unintelligible);
        assert_eq!(Utterance::read("Ich verstehe dich gar nicht mehr").kind(), Kind::Unintelligible);
        assert_eq!(Utterance::read("asdf qwer zxcv").kind(), Kind::Unintelligible);
        assert_eq!(Utterance::read("Hello Oluwaseun Adeyemi").kind(), Kind::Speech);
        assert_eq!(Utterance::read("i cant imgine how hrd tht was for yu").kind(), Kind::Speech);
    }

    #[test]
    fn clauses_end_as_typed() {
        let said = Utterance::read("You tried, and it hurt. Why did you go?");
        let ends: Vec<End> = said.clauses().iter().map(|clause| clause.end).collect();
        assert_eq!(ends, [End::Comma, End::Period, End::Question]);
        assert_eq!(said.sentences().len(), 2);
    }

    #[test]
    fn quoted_words_are_marked() {
        let said = Utterance::read("He said \"you are lazy\" to you.");
        let quoted: Vec<&str> = said.words().iter().enumerate().filter(|(_, word)| word.quoted).map(|(at, _)| said.form(at)).collect();
        assert_eq!(quoted, ["you", "are", "lazy"]);
    }
}

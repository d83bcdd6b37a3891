//! A reply as the scoring model reads it: words (masked where the client said them), pairs of words, patterns of sentence shape,
//! families of words. Each piece of evidence knows which words it stands on.

use super::families::{self, Entry, FAMILIES};
use super::layout::{ALL, ASKED, EXCLAIMED, FIRST, LAST, NONE, OWN, VIEWS, mix};
use crate::text::{End, Utterance, key};

const SAID: u64 = key("<said>");
const NUMBER: u64 = key("<number>");
const BEGIN: u64 = key("<begin>");
const COMMA: u64 = key("<,>");
const CLOSE: u64 = key("<end>");
const SHAPE: u64 = key("<shape>");

/// No word stands there: the token is a mark.
pub(super) const NO_WORD: u32 = u32::MAX;

/// The kind of a piece of evidence; kinds are weighed apart, since there are so many more patterns than words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word.
    Word,
    /// Two words.
    Pair,
    /// One to three words by their families and endings.
    Shape,
}

/// A piece of evidence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) key: u64,
    pub(super) kind: Kind,
    /// First token.
    pub(super) from: u32,
    /// How many tokens.
    pub(super) tokens: u8,
}

/// A word or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) atom: u64,
    pub(super) shape: u64,
    /// Index of the word, or [`NO_WORD`].
    pub(super) word: u32,
}

/// A word of the reply, with what the table knows of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard {
    pub(super) entry: Entry,
    /// Key of its form.
    pub(super) form: u64,
    /// Key of its stem.
    pub(super) stem: u64,
    /// Carries meaning of its own.
    pub(super) content: bool,
    /// The client said it.
    pub(super) said: bool,
}

/// A reply taken apart for scoring.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub(super) words: Vec<Heard>,
    pub(super) tokens: Vec<Token>,
    pub(super) pieces: Vec<Piece>,
    /// Times a family occurs, by family and view.
    pub(super) counts: Vec<[u8; VIEWS]>,
    /// First words of a family: first, one past the last.
    pub(super) places: Vec<(u32, u32)>,
    /// Stems of the client's content words.
    pub(super) client: Vec<u64>,
    /// Words of the client with what the table knows of them.
    pub(super) client_words: Vec<Heard>,
}

impl Stream {
    /// Takes a reply apart, against what the client said last.
    pub(super) fn of(reply: &Utterance, client: &Utterance) -> Self {
        let mut stream = Stream { counts: vec![[0; VIEWS]; FAMILIES.len()], places: vec![(0, 0); FAMILIES.len()], ..Stream::default() };
        stream.client_words = client.words().iter().map(|word| heard(word.key, word.stem, &[])).collect();
        stream.client = stream.client_words.iter().filter(|word| word.content).map(|word| word.stem).collect();
        stream.words = reply.words().iter().map(|word| heard(word.key, word.stem, &stream.client)).collect();
        stream.tokens(reply);
        stream.pieces();
        stream.families(reply);
        stream
    }

    fn mark(&mut self, mark: u64) {
        self.tokens.push(Token { atom: mark, shape: mark, word: NO_WORD });
    }

    fn tokens(&mut self, reply: &Utterance) {
        self.tokens.reserve(reply.words().len() + 8);
        self.mark(BEGIN);
        for clause in reply.clauses() {
            for at in clause.first..clause.last {
                let Some(word) = self.words.get(at as usize).copied() else { continue };
                let number = reply.form(at as usize).starts_with(|c: char| c.is_ascii_digit());
                let atom = match word {
                    _ if number => NUMBER,
                    Heard { said: true, .. } => SAID,
                    Heard { entry, form, .. } if entry.keeps_form() => form,
                    Heard { stem, .. } => stem,
                };
                let shape = if number { NUMBER } else { shape_of(&word, reply.form(at as usize)) };
                self.tokens.push(Token { atom, shape, word: at });
            }
            match clause.end {
                End::Conjunction => {}
                End::Comma => self.mark(COMMA),
                end => self.mark(end_mark(end)),
            }
        }
        self.mark(CLOSE);
    }

    fn pieces(&mut self) {
        self.pieces.reserve(self.tokens.len() * 5);
        let mut push = |key, kind, from: usize, tokens| self.pieces.push(Piece { key, kind, from: from as u32, tokens });
        for (from, first) in self.tokens.iter().enumerate() {
            push(mix(1, first.atom), Kind::Word, from, 1);
            let mut shape = mix(3, first.shape);
            push(shape, Kind::Shape, from, 1);
            if let Some(second) = self.tokens.get(from + 1) {
                push(mix(mix(2, first.atom), second.atom), Kind::Pair, from, 2);
                shape = mix(shape, second.shape);
                push(shape, Kind::Shape, from, 2);
            }
            if let Some(third) = self.tokens.get(from + 2) {
                push(mix(shape, third.shape), Kind::Shape, from, 3);
            }
        }
    }

    fn families(&mut self, reply: &Utterance) {
        let keys: Vec<u64> = reply.words().iter().map(|word| word.key).collect();
        let last = reply.sentences().len().saturating_sub(1);
        for (number, sentence) in reply.sentences().iter().enumerate() {
            let mut views = [true, true, sentence.end == End::Question, sentence.end == End::Exclamation, number == 0, number == last && number > 0];
            for at in sentence.first as usize..sentence.last as usize {
                let Some(word) = self.words.get(at).copied() else { continue };
                views[OWN] = !word.said;
                self.count(&word.entry, &views, at, 1);
                if word.entry.starts_phrase() {
                    views[OWN] = true;
                    let keys = keys.get(at..sentence.last as usize).unwrap_or_default();
                    families::phrases(keys, |words, entry| self.count(&entry, &views, at, words));
                }
            }
        }
    }

    fn count(&mut self, entry: &Entry, views: &[bool; VIEWS], at: usize, words: usize) {
        for family in entry.families() {
            let Some(counts) = self.counts.get_mut(usize::from(*family)) else { continue };
            let place = &mut self.places[usize::from(*family)];
            if counts[ALL] == 0 || words > (place.1 - place.0) as usize {
                *place = (at as u32, (at + words) as u32);
            }
            for view in [ALL, OWN, ASKED, EXCLAIMED, FIRST, LAST] {
                counts[view] = counts[view].saturating_add(u8::from(views[view]));
            }
        }
    }

    /// Whether a family occurs at all.
    pub(super) fn has(&self, family: u8) -> bool {
        self.counts.get(usize::from(family)).is_some_and(|counts| counts[ALL] > 0)
    }
}

fn heard(form: u64, stem: u64, client: &[u64]) -> Heard {
    let entry = families::of_word(form, stem);
    let content = !entry.is_function();
    Heard { entry, form, stem, content, said: content && client.contains(&stem) }
}

/// What a word shows to patterns of sentence shape: itself where it holds the sentence together, else its family, else its ending.
fn shape_of(word: &Heard, form: &str) -> u64 {
    if word.entry.is_function() {
        return word.form;
    }
    let shape = match word.entry.shape {
        NONE => match form {
            _ if form.len() > 5 && form.ends_with("ing") => 1,
            _ if form.len() > 4 && form.ends_with("ed") => 2,
            _ if form.len() > 4 && form.ends_with("ly") => 3,
            _ if form.len() > 3 && form.ends_with('s') => 4,
            _ => 0,
        },
        family => 8 + u64::from(family),
    };
    mix(SHAPE, shape * 2 + u64::from(word.said))
}

fn end_mark(end: End) -> u64 {
    const MARKS: [u64; 6] = [key("<.>"), key("<?>"), key("<!>"), key("<...>"), key("<-->"), key("<|>")];
    MARKS[match end {
        End::Period => 0,
        End::Question => 1,
        End::Exclamation => 2,
        End::Trail => 3,
        End::Break => 4,
        End::None | End::Comma | End::Conjunction => 5,
    }]
}

/// The name of a piece of evidence, for the weights file.
pub(super) fn name(stream: &Stream, reply: &Utterance, piece: &Piece) -> String {
    let mut name = match piece.kind {
        Kind::Word => "word:",
        Kind::Pair => "pair:",
        Kind::Shape => "shape:",
    }
    .to_owned();
    for (at, token) in stream.tokens.iter().skip(piece.from as usize).take(usize::from(piece.tokens)).enumerate() {
        if at > 0 {
            name.push('_');
        }
        let form = reply.form(token.word as usize);
        match (token.atom, piece.kind) {
            (NUMBER, _) => name.push_str("<number>"),
            (BEGIN, _) => name.push_str("<begin>"),
            (COMMA, _) => name.push_str("<,>"),
            (CLOSE, _) => name.push_str("<end>"),
            _ if token.word == NO_WORD => name.push_str("<stop>"),
            (_, Kind::Shape) => name.push_str(&shape_name(stream, token, form)),
            (SAID, _) => name.push_str("<said>"),
            _ => name.push_str(&word_name(stream, token, form)),
        }
    }
    name
}

fn word_name(stream: &Stream, token: &Token, form: &str) -> String {
    match stream.words.get(token.word as usize) {
        Some(word) if word.entry.keeps_form() => form.to_owned(),
        _ => crate::text::stem(form).into_owned(),
    }
}

fn shape_name(stream: &Stream, token: &Token, form: &str) -> String {
    let Some(word) = stream.words.get(token.word as usize) else { return form.to_owned() };
    if word.entry.is_function() {
        return form.to_owned();
    }
    let said = if word.said { "*" } else { "" };
    match FAMILIES.get(usize::from(word.entry.shape)) {
        Some(family) => format!("<{family}>{said}"),
        None => format!("<{}>{said}", ["ing", "ed", "ly", "s"].into_iter().find(|end| form.ends_with(end)).unwrap_or("")),
    }
}

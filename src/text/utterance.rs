//! What was said, taken apart once: words with their place in the text, clauses, sentences, gestures, silences.

use super::Span;
use serde::{Deserialize, Serialize};

/// The shape of what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words (with or without gestures).
    #[default]
    Speech,
    /// Only gestures.
    Gesture,
    /// Only silence.
    Silence,
    /// Words that are in no language the engine reads, or no words at all.
    Unintelligible,
}

/// How a clause or a sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum End {
    /// The text simply stops.
    #[default]
    None,
    /// A full stop.
    Period,
    /// A question mark (also `?!` and `!?`).
    Question,
    /// An exclamation mark.
    Exclamation,
    /// Trails off: `…`.
    Trail,
    /// Broken off: `--`, a dash.
    Break,
    /// A comma, semicolon or colon: the sentence goes on.
    Comma,
    /// A conjunction begins a new clause: the sentence goes on.
    Conjunction,
}

impl End {
    /// Whether a sentence ends here.
    #[must_use]
    pub const fn ends_sentence(self) -> bool {
        !matches!(self, End::Comma | End::Conjunction)
    }
}

/// One word for matching. A contraction is two words over one stretch of text (`don't` is `do` and `not`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text as typed.
    pub span: Span,
    /// The number of its lower-cased form.
    pub key: u64,
    /// The number of its stem.
    pub stem: u64,
    /// Lexicon classes it belongs to, one bit each.
    pub classes: u128,
    /// Synonym family; 0 is none.
    pub synonyms: u16,
    /// Feeling family; 0 is none.
    pub feeling: u8,
    /// How strong the feeling is, 0 to 5; 0 is no feeling.
    pub feeling_strength: u8,
    /// Index into [`Utterance::clauses`].
    pub clause: u32,
    /// Index into [`Utterance::sentences`].
    pub sentence: u32,
    /// Stands between quotation marks.
    pub quoted: bool,
    /// Bits of [`super::marks`].
    pub(super) marks: u8,
    /// First byte of the form in the buffer of normal forms.
    pub(super) norm: (u32, u32),
}

impl Word {
    /// Whether the word by itself belongs to a lexicon class.
    #[must_use]
    pub const fn is(&self, class: u8) -> bool {
        class < 128 && self.classes & (1 << class) != 0
    }

    /// Whether it carries content of its own: it is no function word.
    #[must_use]
    pub const fn is_content(&self) -> bool {
        !self.is(super::class::FUNCTION)
    }
}

/// Words that belong together between commas, conjunctions and sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// First word.
    pub first: u32,
    /// One past the last word.
    pub last: u32,
    /// How it ends.
    pub end: End,
    /// Index into [`Utterance::sentences`].
    pub sentence: u32,
}

/// A phrase of the lexicon in an utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhraseHit {
    /// Its first word.
    pub first: u32,
    /// How many words it has.
    pub words: u16,
    /// The class it belongs to.
    pub class: u8,
    /// Feeling family; 0 is none.
    pub feeling: u8,
    /// How strong the feeling is.
    pub strength: u8,
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First word.
    pub first: u32,
    /// One past the last word.
    pub last: u32,
    /// How it ends.
    pub end: End,
    /// First clause.
    pub first_clause: u32,
    /// One past the last clause.
    pub last_clause: u32,
}

/// What was said or done in one turn.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Utterance {
    pub(super) text: String,
    pub(super) normal: String,
    pub(super) words: Vec<Word>,
    pub(super) clauses: Vec<Clause>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) phrases: Vec<PhraseHit>,
    pub(super) gestures: Vec<Span>,
    pub(super) silences: Vec<Span>,
    pub(super) kind: Kind,
}

impl Utterance {
    /// Takes a text apart. Total: any text gives an utterance, and every span stands on character boundaries of the text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        super::read::read(text)
    }

    /// The text as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Speech, gesture, silence, or nothing readable.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The words, in order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The clauses, in order.
    #[must_use]
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The sentences, in order.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Phrases of the lexicon, in order of their first word.
    #[must_use]
    pub fn phrases(&self) -> &[PhraseHit] {
        &self.phrases
    }

    /// Phrases of the lexicon that begin at this word.
    #[must_use]
    pub fn phrases_at(&self, word: usize) -> &[PhraseHit] {
        if self.phrases.is_empty() {
            return &[];
        }
        let from = self.phrases.partition_point(|phrase| (phrase.first as usize) < word);
        let rest = &self.phrases[from..];
        &rest[..rest.iter().take_while(|phrase| phrase.first as usize == word).count()]
    }

    /// Whether a word, or a phrase that begins at it, belongs to a lexicon class.
    #[must_use]
    pub fn is(&self, word: usize, class: u8) -> bool {
        self.words.get(word).is_some_and(|word| word.is(class)) || self.phrases_at(word).iter().any(|phrase| phrase.class == class)
    }

    /// `*nods*`, without the asterisks or brackets.
    #[must_use]
    pub fn gestures(&self) -> &[Span] {
        &self.gestures
    }

    /// `(silence)`, `...` where it stands for a silence.
    #[must_use]
    pub fn silences(&self) -> &[Span] {
        &self.silences
    }

    /// The lower-cased form of a word, apostrophes straight; empty for an index that is none.
    #[must_use]
    pub fn form(&self, word: usize) -> &str {
        self.words.get(word).and_then(|word| self.normal.get(word.norm.0 as usize..word.norm.1 as usize)).unwrap_or("")
    }

    /// The stretch of text from one word up to, not including, another; empty where there are none.
    #[must_use]
    pub fn span(&self, first: usize, last: usize) -> Span {
        match self.words.get(first..last) {
            Some([]) | None => Span::default(),
            Some([one]) => one.span,
            Some([head, .., tail]) => head.span.join(tail.span),
        }
    }

    /// The stretch from the first word to the last, or the whole text where there is no word.
    #[must_use]
    pub fn whole(&self) -> Span {
        if self.words.is_empty() { Span::new(0, self.text.len()) } else { self.span(0, self.words.len()) }
    }
}

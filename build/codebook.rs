//! Compiles `codebook/*.ron` and `codebook/words.txt` into tables: words with stems and classes, phrases, rules, programs. At run time nothing is parsed.

use crate::appraisal::codebook::compile::{self, Lexicon};
use crate::appraisal::codebook::file::{CodebookFile, CompiledRule};
use crate::appraisal::codebook::program::{LISTS, Programs, Tables};
use crate::text::contraction::{SPELLED_OUT, spelled_out};
use crate::text::key::pair_key;
use crate::text::lexicon_file::LexiconFile;
use crate::text::marks::{APART, MARKED, STARTS_PHRASE};
use crate::text::{key, stem, stem_key};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Bytes of one entry of the word table; `src/text/vocabulary.rs` reads the same layout.
const ENTRY: usize = 40;

#[derive(Clone, Default)]
struct Known {
    stem: u64,
    classes: u128,
    synonyms: u16,
    feeling: u8,
    strength: u8,
    commonness: u8,
    marks: u8,
    spelled: u8,
}

/// The words of the lexicon, while the build lasts.
#[derive(Default)]
pub struct Table {
    class_names: Vec<String>,
    feelings: Vec<String>,
    words: BTreeMap<String, Known>,
    /// By key of the stem.
    stems: BTreeMap<u64, Known>,
    /// Words of the phrase, class, feeling, strength.
    phrases: BTreeSet<(Vec<String>, u8, u8, u8)>,
}

/// Writes `vocabulary.bin`, `vocabulary_slots.bin`, `vocabulary_module.rs`, `rules.bin` and `tables.rs` to the build's output folder.
pub fn compile_all() -> Table {
    println!("cargo:rerun-if-changed=codebook");
    for path in ["build", "src/text", "src/appraisal/codebook", "src/appraisal/act.rs", "src/appraisal/matrix.rs"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let (lexica, codebooks) = read_all(&root.join("codebook"));
    let mut table = Table::default();
    table.words_by_use(&fs::read_to_string(root.join("codebook/words.txt")).unwrap_or_default());
    for lexicon in &lexica {
        table.take_in(lexicon);
    }
    for rule in codebooks.iter().flat_map(|file| &file.rules) {
        table.words_of(rule.any.iter().chain(&rule.unless));
    }
    table.join_stems();
    table.words_apart();
    let (rules, programs) = table.rules(&codebooks);
    let (entries, slots) = table.bytes();
    write(&out, "vocabulary.bin", &entries);
    write(&out, "vocabulary_slots.bin", &slots);
    write(&out, "vocabulary_module.rs", table.code().as_bytes());
    write(&out, "rules.bin", &postcard::to_stdvec(&rules).expect("plain data"));
    write(&out, "tables.rs", tables_code(&programs.finish()).as_bytes());
    table
}

fn tables_code(tables: &Tables) -> String {
    let mut code = String::new();
    let mut table = |name: &str, kind: &str, body: String| writeln!(code, "pub(super) static {name}: &[{kind}] = &{body};").expect("a string takes it");
    table("OPS", "u64", format!("{:?}", tables.ops));
    table("PATTERNS", "(u32, u32)", format!("{:?}", tables.patterns));
    table("NEGATIVE", "bool", format!("{:?}", tables.negative));
    table("HEADS", "u32", format!("{:?}", tables.heads));
    table("OPEN", "u64", format!("{:?}", tables.open));
    table("SLOTS", "(u64, u32)", format!("{:?}", tables.slots));
    table("BY_CLASS", "(u32, u32)", format!("{:?}", tables.by_class));
    table("ROWS", &format!("[u32; {}]", LISTS + 1), format!("{:?}", tables.rows));
    table("CHUNKS", "u16", format!("{:?}", tables.chunks));
    table("BITS", "u64", format!("{:?}", tables.bits));
    code
}

fn write(out: &Path, name: &str, bytes: &[u8]) {
    fs::write(out.join(name), bytes).expect("the build's own folder can be written");
}

fn read_all(folder: &Path) -> (Vec<LexiconFile>, Vec<CodebookFile>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default();
    paths.sort();
    let (mut lexica, mut codebooks) = (Vec::new(), Vec::new());
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ext| ext == "ron")) {
        let text = fs::read_to_string(path).expect("a file of the codebook can be read");
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("lexicon") || name.starts_with("grammar") {
            lexica.push(ron::from_str(&text).unwrap_or_else(|error| panic!("codebook/{name}:{error}")));
        } else {
            codebooks.push(ron::from_str(&text).unwrap_or_else(|error| panic!("codebook/{name}:{error}")));
        }
    }
    (lexica, codebooks)
}

/// The words that an entry of the lexicon is read as: as the reader of utterances reads them.
fn read_words(entry: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in entry.to_lowercase().replace('’', "'").split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|part| !part.is_empty()) {
        match spelled_out(part) {
            Some(spelled) => words.extend(spelled.iter().map(|word| (*word).to_owned())),
            None => words.push(part.strip_suffix("'s").unwrap_or(part).trim_matches('\'').to_owned()),
        }
    }
    words
}

impl Table {
    fn words_by_use(&mut self, list: &str) {
        for (rank, word) in list.lines().map(str::trim).filter(|word| !word.is_empty() && !word.starts_with('#')).enumerate() {
            let commonness = 255 - 22 * (rank as u32 + 1).ilog2().min(11) as u8;
            let known = self.know(word);
            known.commonness = known.commonness.max(commonness);
        }
    }

    /// The words that patterns name are words, however rare.
    fn words_of<'a>(&mut self, patterns: impl Iterator<Item = &'a String>) {
        for pattern in patterns {
            for part in pattern
                .split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '|' | '?' | '~' | '$' | '^' | '*'))
                .filter(|part| !part.contains(['<', '>', '.']))
            {
                for word in read_words(part).iter().filter(|word| !word.is_empty()) {
                    self.know(word);
                }
            }
        }
    }

    fn know(&mut self, word: &str) -> &mut Known {
        self.words.entry(word.to_owned()).or_insert_with(|| Known { stem: stem_key(&stem(word)), ..Known::default() })
    }

    fn class_number(&mut self, name: &str) -> u8 {
        if let Some(at) = self.class_names.iter().position(|known| known == name) {
            return at as u8;
        }
        assert!(self.class_names.len() < 128, "the lexicon has more than 128 classes, `{name}` is one too many");
        self.class_names.push(name.to_owned());
        (self.class_names.len() - 1) as u8
    }

    fn take_in(&mut self, file: &LexiconFile) {
        for (name, entries) in &file.classes {
            let class = self.class_number(name);
            for entry in entries {
                self.enter(entry, class, 0, 0);
            }
        }
        for family in &file.feelings {
            let feeling = match self.feelings.iter().position(|known| *known == family.family) {
                Some(at) => at as u8 + 1,
                None => {
                    self.feelings.push(family.family.clone());
                    self.feelings.len() as u8
                }
            };
            let (all, own) = (self.class_number("feeling"), self.class_number(&family.family));
            for entry in &family.words {
                self.enter(entry, all, feeling, family.strength);
                self.enter(entry, own, feeling, family.strength);
            }
        }
        for group in &file.synonyms {
            let number = self.words.values().map(|known| known.synonyms).max().unwrap_or(0) + 1;
            for word in group {
                if let [one] = read_words(word).as_slice() {
                    let known = self.know(one);
                    if known.synonyms == 0 {
                        known.synonyms = number;
                    }
                }
            }
        }
    }

    fn enter(&mut self, entry: &str, class: u8, feeling: u8, strength: u8) {
        let (entry, stemmed) = entry.strip_suffix('~').map_or((entry, false), |entry| (entry, true));
        let words = read_words(entry);
        match words.as_slice() {
            [] => panic!("an entry of a lexicon class is empty"),
            [word] => {
                let known = if stemmed { self.stems.entry(stem_key(&stem(word))).or_default() } else { self.know(word) };
                known.classes |= 1 << class;
                if feeling != 0 && known.feeling == 0 {
                    known.feeling = feeling;
                    known.strength = strength;
                }
                if stemmed {
                    self.know(word);
                }
            }
            _ => {
                self.know(&words[0]).marks |= STARTS_PHRASE;
                self.phrases.insert((words, class, feeling, strength));
            }
        }
    }

    /// What was said of a stem holds for every known word of it; and a stem is as common as its most common word.
    fn join_stems(&mut self) {
        for known in self.words.values_mut() {
            if let Some(of_stem) = self.stems.get(&known.stem) {
                known.classes |= of_stem.classes;
                if known.feeling == 0 {
                    known.feeling = of_stem.feeling;
                    known.strength = of_stem.strength;
                }
            }
            let of_stem = self.stems.entry(known.stem).or_default();
            of_stem.commonness = of_stem.commonness.max(known.commonness);
        }
        // Words of one stem are synonyms of each other's synonyms.
        let mut groups: BTreeMap<u64, u16> = BTreeMap::new();
        for known in self.words.values() {
            if known.synonyms != 0 {
                groups.entry(known.stem).or_insert(known.synonyms);
            }
        }
        for known in self.words.values_mut() {
            if known.synonyms == 0 {
                known.synonyms = groups.get(&known.stem).copied().unwrap_or(0);
            }
        }
        for (stem, known) in &mut self.stems {
            known.stem = *stem;
            known.synonyms = groups.get(stem).copied().unwrap_or(0);
        }
    }

    fn rules(&self, codebooks: &[CodebookFile]) -> (Vec<CompiledRule<'static>>, Programs) {
        let (mut rules, mut programs) = (Vec::new(), Programs::default());
        let mut ids = BTreeSet::new();
        for rule in codebooks.iter().flat_map(|file| &file.rules) {
            assert!(ids.insert(rule.id.clone()), "the codebook has two rules `{}`", rule.id);
            let entry = 2 * rules.len() as u32;
            for (patterns, entry) in [(&rule.any, entry), (&rule.unless, entry + 1)] {
                for pattern in patterns {
                    match compile::compile(pattern, self) {
                        Ok(program) => programs.push(entry, &program),
                        Err(error) => panic!("codebook rule `{}`, pattern `{pattern}`, byte {}: {}", rule.id, error.at, error.message),
                    }
                }
            }
            rules.push(CompiledRule::of(rule));
        }
        (rules, programs)
    }

    /// Contractions, hesitation, and the words between clauses. What is no word of the lexicon is in the table for its mark alone.
    fn words_apart(&mut self) {
        let mut mark = |word: &str, marks: u8, spelled: usize| {
            let known = self.words.entry(word.to_owned()).or_insert_with(|| Known { stem: stem_key(&stem(word)), marks: APART, ..Known::default() });
            known.marks |= marks;
            known.spelled = known.spelled.max(u8::try_from(spelled).expect("there are fewer contractions"));
        };
        for (marks, words) in MARKED {
            words.iter().for_each(|word| mark(word, marks, 0));
        }
        for (number, (forms, _)) in SPELLED_OUT.iter().enumerate() {
            forms.iter().for_each(|form| mark(form, 0, number + 1));
        }
    }

    /// By their first two words, the longest first.
    fn sorted_phrases(&self) -> Vec<(Vec<String>, u8, u8, u8)> {
        let keys = |words: &[String]| words.iter().map(|word| key(word)).collect::<Vec<_>>();
        let mut phrases: Vec<_> = self.phrases.iter().cloned().collect();
        phrases.sort_by_cached_key(|(words, class, ..)| (first_pair(words), std::cmp::Reverse(words.len()), keys(words), *class));
        phrases
    }

    /// The word table, the commonest words first, so that they lie together; and the slots that lead to it: open addressing, a power of two,
    /// at most half full, each the number of an entry plus one. Little-endian.
    fn bytes(&self) -> (Vec<u8>, Vec<u8>) {
        let entries: BTreeMap<u64, &Known> =
            self.words.iter().map(|(word, known)| (key(word), known)).chain(self.stems.iter().map(|(stem, known)| (*stem, known))).collect();
        let mut entries: Vec<(u64, &Known)> = entries.into_iter().collect();
        entries.sort_by_key(|(key, known)| (std::cmp::Reverse(known.commonness), *key));
        let size = (entries.len() * 2).next_power_of_two();
        let mut slots = vec![0u32; size];
        let mut bytes = vec![0u8; entries.len() * ENTRY];
        for (number, (key, known)) in entries.into_iter().enumerate() {
            let mut slot = key as usize & (size - 1);
            while slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = number as u32 + 1;
            let entry = &mut bytes[number * ENTRY..(number + 1) * ENTRY];
            entry[0..8].copy_from_slice(&key.to_le_bytes());
            entry[8..16].copy_from_slice(&known.stem.to_le_bytes());
            entry[16..32].copy_from_slice(&known.classes.to_le_bytes());
            entry[32..34].copy_from_slice(&known.synonyms.to_le_bytes());
            entry[34..39].copy_from_slice(&[known.feeling, known.strength, known.commonness, known.marks, known.spelled]);
        }
        (bytes, slots.iter().flat_map(|slot| slot.to_le_bytes()).collect())
    }

    fn code(&self) -> String {
        let mut code = String::from(
            "/// The classes of the lexicon by name and number.\n#[allow(clippy::unreadable_literal)]\npub mod class {\n/// Classes by number.\npub const NAMES: &[&str] = &[",
        );
        for name in &self.class_names {
            write!(code, "{name:?}, ").expect("a string takes it");
        }
        code.push_str("];\n/// Families of feelings; family n stands at index n - 1.\npub const FEELINGS: &[&str] = &[");
        for name in &self.feelings {
            write!(code, "{name:?}, ").expect("a string takes it");
        }
        code.push_str("];\n");
        for (number, name) in self.class_names.iter().enumerate() {
            let constant = name.to_uppercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            writeln!(code, "/// `<{name}>`\npub const {constant}: u8 = {number};").expect("a string takes it");
        }
        let with_phrases = self.phrases.iter().fold(0u128, |all, (_, class, ..)| all | 1 << class);
        writeln!(code, "/// Classes that hold phrases, one bit each.\npub const WITH_PHRASES: u128 = {with_phrases};").expect("a string takes it");
        code.push_str("/// Phrases of the lexicon, sorted by their first two words.\npub(super) const PHRASES: &[super::Phrase] = &[\n");
        let phrases = self.sorted_phrases().into_iter();
        let phrases = phrases.map(|(words, class, feeling, strength)| (words.iter().map(|word| key(word)).collect::<Vec<_>>(), class, feeling, strength));
        let mut pairs: Vec<(u64, u16)> = Vec::new();
        for (at, (words, class, feeling, strength)) in phrases.enumerate() {
            let pair = pair_key(words[0], words[1]);
            if pairs.last().is_none_or(|(last, _)| *last != pair) {
                pairs.push((pair, u16::try_from(at).expect("there are fewer phrases")));
            }
            writeln!(code, "super::Phrase {{ words: &{words:?}, class: {class}, feeling: {feeling}, strength: {strength} }},").expect("a string takes it");
        }
        writeln!(
            code,
            "];\n/// The first two words of phrases, sorted, and where those phrases stand.\npub(super) const PAIRS: &[(u64, u16)] = &{pairs:?};\n}}"
        )
        .expect("a string takes it");
        code
    }
}

fn first_pair(words: &[String]) -> u64 {
    pair_key(key(&words[0]), key(&words[1]))
}

impl Lexicon for Table {
    fn class(&self, name: &str) -> Option<u8> {
        self.class_names.iter().position(|known| known == name).map(|at| at as u8)
    }

    fn commonness(&self, wanted: u64) -> u8 {
        if let Some(known) = self.stems.get(&wanted) {
            return known.commonness;
        }
        self.words.iter().find(|(word, _)| key(word) == wanted).map_or(0, |(_, known)| known.commonness)
    }

    fn has_phrases(&self, class: u8) -> bool {
        self.phrases.iter().any(|(_, of, ..)| *of == class)
    }
}

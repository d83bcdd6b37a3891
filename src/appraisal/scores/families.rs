//! Families of words that a supervisor listens for: one look-up a word, one a possible phrase.

use super::layout::{ENTRY, FUNCTION, KEEPS_FORM, LONGEST_PHRASE, MOST_FAMILIES, NONE, STARTS_PHRASE, mix};

include!(concat!(env!("OUT_DIR"), "/scores_module.rs"));

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/families.bin"));

/// What the table knows of a word, a stem or a phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Bits of `layout`.
    pub(super) flags: u8,
    /// The family that it shows to patterns of sentence shape; `NONE` where it shows none.
    pub(super) shape: u8,
    count: u8,
    families: [u8; MOST_FAMILIES],
}

impl Entry {
    /// Nothing is known.
    pub(super) const UNKNOWN: Entry = Entry { flags: 0, shape: NONE, count: 0, families: [NONE; MOST_FAMILIES] };

    /// Numbers of the families.
    pub(super) fn families(&self) -> &[u8] {
        &self.families[..usize::from(self.count).min(MOST_FAMILIES)]
    }

    pub(super) fn is_function(&self) -> bool {
        self.flags & FUNCTION != 0
    }

    pub(super) fn keeps_form(&self) -> bool {
        self.flags & (FUNCTION | KEEPS_FORM) != 0
    }

    pub(super) fn starts_phrase(&self) -> bool {
        self.flags & STARTS_PHRASE != 0
    }
}

/// The entry under a key, if there is one.
pub(super) fn look_up(key: u64) -> Option<Entry> {
    let slots = TABLE.len() / ENTRY;
    if slots == 0 {
        return None;
    }
    let mut slot = key as usize & (slots - 1);
    loop {
        let entry: &[u8; ENTRY] = TABLE.get(slot * ENTRY..)?.first_chunk()?;
        let found = u64::from_le_bytes(*entry.first_chunk()?);
        if found == key {
            return Some(Entry { flags: entry[8], shape: entry[9], count: entry[10], families: *entry[12..].first_chunk()? });
        }
        if found == 0 {
            return None;
        }
        slot = (slot + 1) & (slots - 1);
    }
}

/// A word: by its form, or else by its stem.
pub(super) fn of_word(form: u64, stem: u64) -> Entry {
    match look_up(form) {
        Some(entry) if entry.count > 0 || entry.is_function() => entry,
        Some(entry) => match look_up(stem) {
            Some(of_stem) => Entry { flags: entry.flags, ..of_stem },
            None => entry,
        },
        None => look_up(stem).unwrap_or(Entry::UNKNOWN),
    }
}

/// Every phrase that begins at the first of these keys: how many words it has, and its entry.
pub(super) fn phrases(keys: &[u64], mut found: impl FnMut(usize, Entry)) {
    let Some(first) = keys.first() else { return };
    let mut joined = mix(0, *first);
    for (at, key) in keys.iter().enumerate().take(LONGEST_PHRASE).skip(1) {
        joined = mix(joined, *key);
        if let Some(entry) = look_up(joined) {
            found(at + 1, entry);
        }
    }
}

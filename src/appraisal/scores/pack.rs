//! Weights as text, for people and version control, to weights as bytes, for the model.
//!
//! Also used by `build.rs`, so this file names nothing but the layout.
// Shared with the build script, where nothing is reachable from outside.
#![allow(unreachable_pub)]

use super::layout::{HIDDEN, ROW, SCALES};

/// Numbers before the rows: a start for every hidden unit, a start for every scale, and what each hidden unit adds to each scale.
pub const HEAD: usize = HIDDEN + SCALES + HIDDEN * SCALES;

/// `version N`, `head` with its numbers, then one line a feature: name, key, how telling it is, scale, and the weights as signed bytes in base 64.
///
/// The bytes are: number of rows, number of slots, head, rows, slots (check and row number plus one); all little-endian.
///
/// # Errors
/// A sentence that names the line that is no row of weights.
pub fn pack(text: &str) -> Result<(Vec<u8>, u32), String> {
    let mut version = 0;
    let mut other_size = false;
    let mut head: Vec<f32> = Vec::new();
    let mut rows: Vec<f32> = Vec::new();
    let mut keys: Vec<u64> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let bad = || format!("line {}: not a row of weights", number + 1);
        let mut parts = line.split(' ');
        match parts.next() {
            Some("version") => version = parts.next().and_then(|n| n.parse().ok()).ok_or_else(bad)?,
            Some("head") => {
                for part in parts {
                    head.push(part.parse::<f32>().map_err(|_| bad())?);
                }
            }
            Some("" | "#") | None => {}
            Some(_name) => {
                let (Some(key), Some(telling), Some(scale), Some(packed)) = (parts.next(), parts.next(), parts.next(), parts.next()) else { return Err(bad()) };
                let bytes = unpack(packed);
                if bytes.len() != ROW - 1 {
                    other_size = true;
                    continue;
                }
                let (telling, scale) = (telling.parse::<f32>().map_err(|_| bad())?, scale.parse::<f32>().map_err(|_| bad())?);
                keys.push(u64::from_str_radix(key, 16).map_err(|_| bad())?);
                rows.extend(bytes.iter().map(|byte| f32::from(*byte as i8) * scale));
                rows.push(telling);
            }
        }
    }
    if head.len() != HEAD || other_size {
        // No weights yet, or weights of another size: the model then says nothing, and fitting can begin.
        head = vec![0.0; HEAD];
        rows.clear();
        keys.clear();
    }
    let slots = (keys.len() * 2 + 1).next_power_of_two();
    let mut table = vec![(0u32, 0u32); slots];
    for (row, key) in keys.iter().enumerate() {
        let mut slot = *key as usize & (slots - 1);
        while table[slot].1 != 0 {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = ((*key >> 32) as u32, row as u32 + 1);
    }
    let mut bytes = Vec::with_capacity(8 + 4 * (head.len() + rows.len()) + 8 * slots);
    bytes.extend_from_slice(&(keys.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&(slots as u32).to_le_bytes());
    for number in head.iter().chain(&rows) {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    for (check, row) in table {
        bytes.extend_from_slice(&check.to_le_bytes());
        bytes.extend_from_slice(&row.to_le_bytes());
    }
    Ok((bytes, version))
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as text.
#[must_use]
pub fn text_of(bytes: &[u8]) -> String {
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..=three.len() {
            out.push(LETTERS[(bits >> (18 - 6 * at)) as usize & 63] as char);
        }
    }
    out
}

fn unpack(text: &str) -> Vec<u8> {
    let (mut bits, mut held, mut out) = (0u32, 0u32, Vec::new());
    for byte in text.bytes() {
        let Some(value) = LETTERS.iter().position(|letter| *letter == byte) else { continue };
        bits = (bits << 6) | value as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

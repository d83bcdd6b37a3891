//! The code that joins a room, and secrets that open a door. Randomness comes in from outside: here it is only given a form.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Digits and capitals without what is mistaken for something else on a projector: no 0, 1, I, L, O (safety notes, "Classroom server": 31 symbols).
const SYMBOLS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// 31 to the sixth are 887 million: with guesses backed off, nobody guesses into a class.
pub const CODE_LENGTH: usize = 6;

/// A code from random bytes. Bytes from 248 on are passed over, so that no symbol comes more often; `None` where too few bytes remain.
#[must_use]
pub fn code_from(random: &[u8]) -> Option<String> {
    let fair = random.iter().filter(|byte| usize::from(**byte) < SYMBOLS.len() * 8);
    let code: String = fair.take(CODE_LENGTH).map(|byte| char::from(SYMBOLS[usize::from(*byte) % SYMBOLS.len()])).collect();
    (code.len() == CODE_LENGTH).then_some(code)
}

/// A code as it was typed: capitals or not, with spaces or hyphens or not. `None` where it cannot be one.
#[must_use]
pub fn code_as_typed(typed: &str) -> Option<String> {
    let code: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '\t')).take(CODE_LENGTH + 1).map(|c| c.to_ascii_uppercase()).collect();
    (code.len() == CODE_LENGTH && code.bytes().all(|byte| SYMBOLS.contains(&byte))).then_some(code)
}

/// 16 random bytes as 32 hexadecimal digits: a secret or a token of 128 bits.
#[must_use]
pub fn token_from(random: [u8; 16]) -> String {
    hex(&random)
}

/// What is kept of a token: nobody who reads the record can sit on a seat with it.
#[must_use]
pub fn hash_of(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_six_symbols_that_nobody_mistakes() {
        let code = code_from(&[0, 255, 30, 31, 62, 100, 247, 9]).unwrap();
        assert_eq!(code.len(), 6);
        assert!(!code.contains(['0', '1', 'I', 'L', 'O']));
        assert_eq!(code_from(&[255; 40]), None);
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(code_as_typed(" k7m-2qx "), Some("K7M2QX".to_owned()));
        for wrong in ["", "K7M2Q", "K7M2QXX", "K7M2Q0", "<script>", "ＫＫＫＫＫＫ"] {
            assert_eq!(code_as_typed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_token_is_kept_as_its_hash_only() {
        let token = token_from([7; 16]);
        assert_eq!(token.len(), 32);
        assert_eq!(hash_of(&token).len(), 64);
        assert!(!hash_of(&token).contains(&token));
    }
}

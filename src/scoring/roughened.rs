//! A reply as it comes from a tired hand: letters slip, marks and capitals are missing. The weights are learnt from such copies as well, at less
//! weight, so that a score does not hang on a full stop; the tests of robustness use the same hands.

/// The text with every n-th letter or so changed with the next, left out, doubled, or become its neighbour on the keyboard.
#[must_use]
pub fn slipped(text: &str, every: u64, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d;
    let mut letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at + 1 < letters.len() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        if letters[at].is_ascii_alphabetic() && (state >> 33).is_multiple_of(every) {
            match (state >> 60) % 4 {
                0 if letters[at + 1].is_ascii_alphabetic() => {
                    letters.swap(at, at + 1);
                    at += 1;
                }
                1 => {
                    letters.remove(at);
                }
                2 => {
                    letters.insert(at, letters[at]);
                    at += 1;
                }
                _ => letters[at] = neighbour(letters[at]),
            }
        }
        at += 1;
    }
    letters.into_iter().collect()
}

/// The key beside a letter on the keyboard.
fn neighbour(letter: char) -> char {
    for row in ["qwertyuiop", "asdfghjkl", "zxcvbnm"] {
        if let Some(at) = row.find(letter.to_ascii_lowercase()) {
            let other = if at + 1 < row.len() { at + 1 } else { at - 1 };
            return char::from(row.as_bytes()[other]);
        }
    }
    letter
}

/// The text without marks and capitals, as dictation leaves it.
#[must_use]
pub fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !".,!?;:—–…\"".contains(*c)).collect::<String>().to_lowercase()
}

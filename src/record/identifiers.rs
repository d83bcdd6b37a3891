//! Words that could tell who a real person is: telephone numbers, e-mail addresses, full dates of the past, and names from a list. They are pointed out before
//! anything is kept. Nothing is taken out by itself: in a training session most of it is invented.

use std::path::Path;

/// What kind it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A date of birth, or a date that could be one.
    Birth,
    /// A name from the list.
    Name,
}

impl Sort {
    /// With its article.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "what looks like a telephone number",
            Self::Email => "what looks like an e-mail address",
            Self::Birth => "what looks like a date of birth",
            Self::Name => "a name from your list",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// What kind it is.
    pub sort: Sort,
    /// As typed.
    pub words: String,
}

/// Digits in a telephone number: seven at least in a city, fifteen at most anywhere (ITU E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Every word with an `@` that reads like an address.
fn emails(words: &str) -> Vec<String> {
    let part = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_one = |word: &String| {
        let Some((who, place)) = word.split_once('@') else { return false };
        let end = place.rsplit('.').next().unwrap_or_default();
        !who.is_empty() && who.chars().all(part) && place.contains('.') && place.chars().all(part) && end.len() >= 2 && end.chars().all(char::is_alphabetic)
    };
    words.split_whitespace().map(trimmed).filter(is_one).collect()
}

/// Stretches of digits and what stands between digits of one number.
fn stretches(words: &str) -> Vec<&str> {
    let between = |c: char| c.is_ascii_digit() || " ()./-+".contains(c);
    words.split(|c| !between(c)).map(|part| part.trim_matches(|c: char| !c.is_ascii_digit() && c != '+')).filter(|part| !part.is_empty()).collect()
}

fn is_phone(stretch: &str) -> bool {
    let digits = stretch.bytes().filter(u8::is_ascii_digit).count();
    // Years and counts in a row ("1, 2 3") stand apart by more than one sign.
    DIGITS.contains(&digits) && !stretch.contains("  ")
}

/// 3.4.1987, 03/04/87, 1987-04-03.
fn is_date(stretch: &str) -> bool {
    let parts: Vec<&str> = stretch.split(['.', '/', '-']).collect();
    let [first, second, third] = parts[..] else { return false };
    let number = |part: &str, from: u32, to: u32| part.parse::<u32>().is_ok_and(|number| (from..=to).contains(&number));
    let year = |part: &str| is_year(part) || (part.len() == 2 && number(part, 0, 99));
    (number(first, 1, 31) && number(second, 1, 31) && year(third)) || (is_year(first) && number(second, 1, 12) && number(third, 1, 31))
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// "3rd of April 1987", "April 3, 1987".
fn written_dates(words: &str) -> Vec<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const FULL: [&str; 12] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let bare: Vec<&str> =
        words.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(|word| !word.eq_ignore_ascii_case("of")).collect();
    let month = |word: &str| {
        let small = word.to_lowercase();
        MONTHS.contains(&small.as_str()) || FULL.contains(&small.as_str()) || small == "sept"
    };
    let day = |word: &str| word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().is_ok_and(|day| (1..=31).contains(&day)) && word.len() <= 4;
    let is_one = |three: &&[&str]| ((day(three[0]) && month(three[1])) || (month(three[0]) && day(three[1]))) && is_year(three[2]);
    bare.windows(3).filter(is_one).map(|three| three.join(" ")).collect()
}

/// Everything in these words that could tell who somebody is. `names` are whole words or phrases; large and small letters do not matter.
#[must_use]
pub fn found_in(words: &str, names: &[String]) -> Vec<Identifier> {
    let mut found = Vec::new();
    if words.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@') {
        let of = |sort| move |words: String| Identifier { sort, words };
        found.extend(emails(words).into_iter().map(of(Sort::Email)));
        for stretch in stretches(words) {
            let pieces: Vec<&str> = stretch.split(' ').collect();
            if let Some(date) = pieces.iter().find(|piece| is_date(piece)) {
                found.push(Identifier { sort: Sort::Birth, words: (*date).to_owned() });
            } else if is_phone(stretch) {
                found.push(Identifier { sort: Sort::Phone, words: stretch.to_owned() });
            }
        }
        found.extend(written_dates(words).into_iter().map(of(Sort::Birth)));
    }
    let small = words.to_lowercase();
    for name in names {
        let at_word = |at: usize| {
            let before = small[..at].chars().next_back();
            let after = small[at + name.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        };
        if small.match_indices(name.as_str()).any(|(at, _)| at_word(at)) {
            found.push(Identifier { sort: Sort::Name, words: name.clone() });
        }
    }
    found
}

/// The names in `names.txt` of the data folder, one a line; none where there is no such file.
#[must_use]
pub fn names_from(folder: &Path) -> Vec<String> {
    /// A list longer than this is no list of names.
    const MOST: u64 = 1 << 20;
    let path = folder.join("names.txt");
    if std::fs::metadata(&path).map_or(true, |about| about.len() > MOST) {
        return Vec::new();
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().map(|line| line.trim().to_lowercase()).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorts(words: &str) -> Vec<Sort> {
        found_in(words, &["anna berg".to_owned(), "ute".to_owned()]).into_iter().map(|found| found.sort).collect()
    }

    #[test]
    fn what_could_tell_who_somebody_is_is_found() {
        assert_eq!(sorts("You can ring me on +44 20 7946 0958."), [Sort::Phone]);
        assert_eq!(sorts("Write to sam.o'neil@example.org if you like."), [Sort::Email]);
        for born in ["born on 3.4.1987", "on 1987-04-03", "the 3rd of April 1987", "April 3, 1987", "03/04/87"] {
            assert_eq!(sorts(born), [Sort::Birth], "{born}");
        }
        assert_eq!(sorts("Is that ANNA Berg?"), [Sort::Name]);
    }

    #[test]
    fn ordinary_talk_holds_nothing() {
        for words in ["We have 50 minutes, until ten to four.", "In 2019 you moved, at 14.", "a minute, brute force", "1, 2, 3, 4", "It was 24/7."] {
            assert_eq!(sorts(words), [], "{words}");
        }
    }
}

//! How a session is opened: seed, number, and what is set beforehand ("start anywhere").

use super::course::Carried;
use crate::client::Quality;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How a session is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// The seed of every choice.
    pub seed: u64,
    /// 1, 2, 3 …; a number the scenario does not have opens its last one.
    pub session: u32,
    /// Set before the first line.
    #[serde(default)]
    pub set: Vec<Setting>,
    /// So many turns count as passed: the clock and conditions on turns stand accordingly. The first reply is then turn n + 1.
    #[serde(default)]
    pub after_turn: u32,
    /// What an earlier session left; without it the scenario's declared state.
    #[serde(default)]
    pub carried: Option<Box<Carried>>,
}

impl Default for Opening {
    fn default() -> Self {
        Self { seed: 1, session: 1, set: Vec::new(), after_turn: 0, carried: None }
    }
}

/// One thing set beforehand: `trust=0.6`, `arousal=0.3`, `flag:told_of_sister`, `told:the_letter`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// Safety, bond, understood and agency together, 0 to 1.
    Trust(f64),
    /// One quality, 0 to 1.
    Quality(Quality, f64),
    /// A flag.
    Flag(String),
    /// A disclosure that counts as told.
    Told(String),
}

/// A setting that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingError {
    /// What was given.
    pub given: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` cannot be set: {}; write trust=0.6, a quality such as arousal=0.3 (safety, bond, understood, agency, arousal, hope), flag:NAME or told:NAME",
            self.given, self.reason
        )
    }
}

impl std::error::Error for SettingError {}

impl FromStr for Setting {
    type Err = SettingError;

    fn from_str(given: &str) -> Result<Self, SettingError> {
        let wrong = |reason| SettingError { given: given.to_owned(), reason };
        let given = given.trim();
        if let Some(flag) = given.strip_prefix("flag:") {
            return if flag.is_empty() { Err(wrong("the flag has no name")) } else { Ok(Self::Flag(flag.to_owned())) };
        }
        if let Some(told) = given.strip_prefix("told:") {
            return if told.is_empty() { Err(wrong("the disclosure has no name")) } else { Ok(Self::Told(told.to_owned())) };
        }
        let (name, value) = given.split_once('=').ok_or_else(|| wrong("there is no `=` and no value"))?;
        let value: f64 = value.trim().parse().map_err(|_| wrong("the value is not a number"))?;
        if !(0.0..=1.0).contains(&value) {
            return Err(wrong("the value is not between 0 and 1"));
        }
        let quality = match name.trim() {
            "trust" => return Ok(Self::Trust(value)),
            "safety" => Quality::Safety,
            "bond" => Quality::Bond,
            "understood" => Quality::Understood,
            "agency" => Quality::Agency,
            "arousal" => Quality::Arousal,
            "hope" => Quality::Hope,
            _ => return Err(wrong("there is no such quality")),
        };
        Ok(Self::Quality(quality, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_are_typed() {
        assert_eq!("trust=0.6".parse(), Ok(Setting::Trust(0.6)));
        assert_eq!("arousal=.3".parse(), Ok(Setting::Quality(Quality::Arousal, 0.3)));
        assert_eq!("flag:told_of_sister".parse(), Ok(Setting::Flag("told_of_sister".to_owned())));
    }

    #[test]
    fn what_cannot_be_set_says_what_can() {
        for given in ["trust", "trust=2", "trust=NaN", "mood=0.2", "flag:", "told:"] {
            let error = given.parse::<Setting>().expect_err(given).to_string();
            assert!(error.contains(given) && error.contains("trust=0.6"), "{error}");
        }
    }
}

//! The conditions of a reaction one by one, for telling why and why not. The choice itself stops at the first that fails; whoever asks why wants
//! to know how near it was.

use super::matching::{Facts, Fail, holds, worded};
use crate::scenario::shape::When;

/// A condition that held, in words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    /// "`topics` mother".
    pub(super) what: String,
    /// What it weighs in the choice.
    pub(super) weight: u32,
}

/// Every condition of a reaction: those that held, and those that failed with their values.
pub(super) fn each(reaction: usize, when: &When, facts: &Facts<'_>) -> (Vec<Held>, Vec<String>) {
    let (mut held, mut failed) = (Vec::new(), Vec::new());
    for (fail, alone) in parts(when) {
        match holds(reaction, &alone, facts) {
            Ok(weight) => {
                let met = worded(fail, &alone, facts);
                held.push(Held { what: format!("`{}` {}", met.condition, met.needs), weight });
            }
            Err(fail) => failed.push(worded(fail, &alone, facts).to_string()),
        }
    }
    (held, failed)
}

/// Each condition that is given, alone.
fn parts(when: &When) -> Vec<(Fail, When)> {
    let mut parts = Vec::new();
    macro_rules! list {
        ($($field:ident => $fail:ident),* $(,)?) => {$(
            if !when.$field.is_empty() {
                parts.push((Fail::$fail, When { $field: when.$field.clone(), ..When::default() }));
            }
        )*};
    }
    macro_rules! option {
        ($($field:ident => $fail:ident),* $(,)?) => {$(
            if when.$field.is_some() {
                parts.push((Fail::$fail, When { $field: when.$field, ..When::default() }));
            }
        )*};
    }
    list!(kind => Kind, says => Says, topics => Topics, after => After);
    option!(question => Question);
    list!(asks => Asks, about => About, acts => Acts, all => All, none => None, recalls => Recalls, mistakes => Mistakes, hears => Hears, accepts => Accepts);
    option!(rupture => Rupture);
    list!(flags => Flags, not_flags => NotFlags, told => Told, not_told => NotTold, band => Band, state => State);
    option!(empathy => Empathy, non_judgment => NonJudgment, listening => Listening);
    list!(sessions => Sessions);
    option!(turns => Turns);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_condition_is_forgotten() {
        // Every field of `when`, given: each must come back as a part of its own.
        let text = "(says: [\"x\"], topics: [\"t\"], asks: [what], question: true, about: [client], acts: [advice], all: [advice], none: [advice], kind: [silence], \
                    recalls: [\"d\"], mistakes: [\"d\"], hears: [\"u\"], accepts: [\"f\"], after: [\"l\"], band: [open], state: [(safety, 0.0, 1.0)], empathy: (1.0, 5.0), \
                    non_judgment: (1.0, 5.0), listening: (1.0, 5.0), rupture: open, flags: [\"a\"], not_flags: [\"a\"], told: [\"a\"], not_told: [\"a\"], sessions: [1], turns: (1, 2))";
        let when: When = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME).from_str(text).unwrap();
        assert_eq!(parts(&when).len(), 26);
        let given = serde_json::to_value(&when).unwrap().as_object().unwrap().len();
        assert_eq!(given, 26, "a new field of `when` needs a part");
    }
}

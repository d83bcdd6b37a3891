//! The numbers of a scenario and between what they may lie: `check` holds them, the reference and the machine form show them.

/// Between what a number may lie, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The type that holds it, by its name in the reference.
    pub of: &'static str,
    /// The field.
    pub field: &'static str,
    /// Which part, where the field holds several in round brackets; from 0.
    pub part: Option<usize>,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

macro_rules! ranges {
    ($($name:ident: $of:literal $field:literal $($part:literal)? = $least:literal to $most:literal;)*) => {
        $(#[allow(missing_docs)] pub const $name: Range = Range { of: $of, field: $field, part: part!($($part)?), least: $least, most: $most };)*
        /// All of them.
        pub const ALL: &[Range] = &[$($name),*];
    };
}

macro_rules! part {
    () => {
        None
    };
    ($n:literal) => {
        Some($n)
    };
}

ranges! {
    LEVEL: "ScenarioFile" "level" = 1.0 to 5.0;
    MINUTES_A_TURN: "ScenarioFile" "minutes_a_turn" = 0.5 to 15.0;
    MISTRUST: "Temperament" "mistrust" = 0.0 to 1.0;
    CREDULITY: "Temperament" "credulity" = 0.0 to 1.0;
    WINDOW: "Temperament" "window" = 0.0 to 1.0;
    PACE: "Temperament" "pace" = 0.5 to 2.0;
    LOSS: "Temperament" "loss" = 0.5 to 5.0;
    TIMES: "Sensitivity" "times" = 0.25 to 4.0;
    SAFETY: "State" "safety" = 0.0 to 1.0;
    BOND: "State" "bond" = 0.0 to 1.0;
    UNDERSTOOD: "State" "understood" = 0.0 to 1.0;
    AGENCY: "State" "agency" = 0.0 to 1.0;
    AROUSAL: "State" "arousal" = 0.0 to 1.0;
    HOPE: "State" "hope" = 0.0 to 1.0;
    LAYER: "Disclosure" "layer" = 0.0 to 4.0;
    OPENS_AT: "Disclosure" "opens_at" = 0.0 to 1.0;
    TURNS: "SessionSpec" "turns" = 1.0 to 200.0;
    BETWEEN: "SessionSpec" "between" 1 = -0.5 to 0.5;
    EVENT_SHIFT: "BetweenEvent" "shifts" 1 = -0.2 to 0.2;
    SINCE_TRUST: "Since" "trust" = 0.0 to 1.0;
    SHIFT: "ReactionSpec" "shifts" 1 = -0.2 to 0.2;
    SEVERITY: "ReactionSpec" "ruptures" 1 = 1.0 to 3.0;
    STATE_LEAST: "When" "state" 1 = 0.0 to 1.0;
    STATE_MOST: "When" "state" 2 = 0.0 to 1.0;
    WHEN_EMPATHY: "When" "empathy" = 1.0 to 5.0;
    WHEN_NON_JUDGMENT: "When" "non_judgment" = 1.0 to 5.0;
    WHEN_LISTENING: "When" "listening" = 1.0 to 5.0;
    TURN_EMPATHY: "TranscriptTurn" "empathy" = 1.0 to 5.0;
    TURN_NON_JUDGMENT: "TranscriptTurn" "non_judgment" = 1.0 to 5.0;
    TURN_LISTENING: "TranscriptTurn" "listening" = 1.0 to 5.0;
    END_TRUST: "TranscriptEnd" "trust" = 0.0 to 1.0;
    SET: "TranscriptFile" "set" 1 = 0.0 to 1.0;
    TRUST_LEAST: "Expectation" "trust_at_least" = 0.0 to 1.0;
    TRUST_MOST: "Expectation" "trust_at_most" = 0.0 to 1.0;
    LAYERS_LEAST: "Expectation" "layers_at_least" = 0.0 to 4.0;
    LAYERS_MOST: "Expectation" "layers_at_most" = 0.0 to 4.0;
    LEAVES_LEAST: "Expectation" "leaves_at_least" = 0.0 to 1.0;
    LEAVES_MOST: "Expectation" "leaves_at_most" = 0.0 to 1.0;
    STRENGTH: "Rule" "strength" = 0.0 to 1.0;
}

/// The ranges of a field: one, or one for each part of it.
pub fn of_field<'a>(of: &'a str, field: &'a str) -> impl Iterator<Item = &'static Range> + 'a {
    ALL.iter().filter(move |range| range.of == of && range.field == field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::schema::{Shape, schema};

    #[test]
    fn every_range_belongs_to_a_field_that_there_is() {
        for range in ALL {
            let field = schema().fields(range.of).iter().find(|field| field.name == range.field);
            assert!(field.is_some(), "{}.{}", range.of, range.field);
        }
    }

    /// A number without a range is one that nobody looks at: these are counted or checked against the scenario itself.
    #[test]
    fn every_fraction_has_a_range() {
        fn fractions(shape: &Shape) -> bool {
            match shape {
                Shape::Number => true,
                Shape::List(of) | Shape::Maybe(of) | Shape::Several(of, _) => fractions(of),
                Shape::Tuple(parts) => parts.iter().any(fractions),
                _ => false,
            }
        }
        let mut open = vec!["ScenarioFile", "TranscriptFile", "CodebookFile"];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(name) = open.pop() {
            if !seen.insert(name) {
                continue;
            }
            for field in schema().fields(name) {
                assert!(!fractions(&field.is) || of_field(name, &field.name).next().is_some(), "{name}.{}", field.name);
                field.is.named(&mut |other| open.push(schema().types.get_key_value(other).map_or("", |(name, _)| name.as_str())));
            }
        }
    }
}

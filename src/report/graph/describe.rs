//! Words on the boxes: conditions, counts, shares.

use crate::check::coverage::Reached;
use crate::client::{Gate, GateCondition};
use crate::diagnostic::wording::counted;
use crate::scenario::shape::Topic;

/// ".34": openness as the handbook writes it.
pub(super) fn openness(value: f64) -> String {
    let text = format!("{value:.2}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}

/// What a gate needs besides openness and topic, a line each.
pub(super) fn needs(gate: &Gate) -> Vec<String> {
    gate.needs
        .iter()
        .map(|need| match need {
            GateCondition::Touched(topic) => format!("topic {topic} touched"),
            GateCondition::ConfidentialityExplained => "confidentiality explained".to_owned(),
            GateCondition::SessionAtLeast(number) => format!("session {number} or later"),
            GateCondition::WordNotUsed(word) => format!("“{word}” not said"),
            GateCondition::Told(id) => format!("{id} told"),
            GateCondition::Flag(flag) => format!("flag {flag}"),
            GateCondition::Did(act) => format!("{} done", act.name().replace('_', " ")),
        })
        .collect()
}

/// "12 asked, 8 met, 3 refuse": the lines of a topic.
pub(super) fn lines_of(topic: &Topic) -> String {
    let count = |bands: &crate::scenario::shape::Bands| bands.guarded.len() + bands.wary.len() + bands.warming.len() + bands.open.len();
    let parts = [(count(&topic.asked), "asked"), (count(&topic.met), "met"), (topic.refuses.len(), "refused")];
    let told: Vec<String> = parts.iter().filter(|(lines, _)| *lines > 0).map(|(lines, name)| format!("{lines} {name}")).collect();
    if told.is_empty() { "no lines of its own".to_owned() } else { format!("lines: {}", told.join(", ")) }
}

/// The sentence under the title.
pub(super) fn looked(reached: Option<&Reached>) -> String {
    let Some(reached) = reached else { return String::new() };
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    format!("Shaded by what simulated trainees reached in {} ({}).", counted(number(reached.sessions), "session"), counted(number(reached.turns), "turn"))
}

/// "512 times", "once", "never reached".
pub(super) fn times(times: u64) -> String {
    match times {
        0 => "never reached".to_owned(),
        1 => "reached once".to_owned(),
        times => format!("reached {} times", grouped(times)),
    }
}

/// "12,345".
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut set = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            set.push(',');
        }
        set.push(digit);
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_openness_has_no_zero_before_its_point() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(999), "999");
        assert_eq!(openness(0.34), ".34");
        assert_eq!(openness(1.0), "1.00");
    }
}

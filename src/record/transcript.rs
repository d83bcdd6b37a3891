//! A session written down for people: a transcript that an author can read, change and run as a test.

use crate::client::Quality;
use crate::session::{Session, Setting};
use crate::text::on_one_line;

/// The transcript's text: what was said, with the client's answers beside it as comments. `practicum test --accept` adds what should come of it.
#[must_use]
pub fn written(title: &str, session: &Session) -> String {
    let opening = session.opening();
    let client = &session.scenario().file.client.name;
    let mut text = format!("(\n  format: 1,\n  title: {},\n  session: {},\n  seed: {},\n", quoted(title), opening.session, opening.seed);
    text += &beforehand(&opening.set);
    text += "  turns: [\n";
    let records = session.records();
    let first_known = session.inputs().len().saturating_sub(records.len());
    for (index, input) in session.inputs().iter().enumerate() {
        let record = index.checked_sub(first_known).and_then(|index| records.get(index));
        if let Some(record) = record {
            text += &format!("    // {client}: {}\n", on_one_line(&record.answered));
        }
        text += &format!("    (say: {}),\n", quoted(&input.words));
    }
    text += &format!("    // {client}: {}\n  ],\n)\n", on_one_line(&session.run().last().text));
    text
}

/// What was set before the opening.
fn beforehand(settings: &[Setting]) -> String {
    let (mut set, mut flags, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for setting in settings {
        match setting {
            Setting::Trust(value) => set.extend(TRUSTED.iter().map(|quality| format!("({}, {value:?})", quality.name()))),
            Setting::Quality(quality, value) => set.push(format!("({}, {value:?})", quality.name())),
            Setting::Flag(flag) => flags.push(quoted(flag)),
            Setting::Told(id) => told.push(quoted(id)),
        }
    }
    let lists = [("set", set), ("flags", flags), ("told", told)];
    lists.iter().filter(|(_, list)| !list.is_empty()).map(|(name, list)| format!("  {name}: [{}],\n", list.join(", "))).collect()
}

/// A string as RON reads it. Other control characters cannot come here: the words were neutralised.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}

/// The four qualities that `trust=…` sets together.
const TRUSTED: [Quality; 4] = [Quality::Safety, Quality::Bond, Quality::Understood, Quality::Agency];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_comes_back_as_it_was() {
        for text in ["I'm \"glad\"", "a\\b", "one\ntwo\tthree", "naïve 🙂"] {
            assert_eq!(ron::from_str::<String>(&quoted(text)).unwrap(), text);
        }
    }
}

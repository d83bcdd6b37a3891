//! `/keep NAME`: the session as a transcript, in a file that an author can read, change and run as a test.

use crate::client::Quality;
use crate::session::{Session, Setting};
use crate::text::on_one_line;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes the transcript to `NAME.ron` in the current folder. An existing file is never overwritten.
///
/// # Errors
/// One sentence for the trainee, where it cannot be kept.
pub fn keep(name: &str, session: &Session) -> Result<PathBuf, String> {
    if name.is_empty() {
        return Err("Give it a name: /keep first-try, for instance.".to_owned());
    }
    let path = path_for(name).ok_or_else(|| "A name of letters, digits, - and _ works everywhere; this one does not.".to_owned())?;
    let text = written(name, session);
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|cause| {
        if cause.kind() == std::io::ErrorKind::AlreadyExists {
            format!("{} is there already, and I do not overwrite it. Take another name.", path.display())
        } else {
            format!("I could not write {} ({cause}). The session itself is not touched by that; another folder or name may work.", path.display())
        }
    })?;
    file.write_all(text.as_bytes()).map_err(|cause| format!("I could not write all of {} ({cause}).", path.display()))?;
    Ok(std::path::absolute(&path).unwrap_or(path))
}

/// `first-try` → `first-try.ron`. Only a plain name: nothing outside the folder is written to.
fn path_for(name: &str) -> Option<PathBuf> {
    let stem = name.strip_suffix(".ron").unwrap_or(name);
    let plain = !stem.is_empty() && stem.len() <= 100 && stem.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    plain.then(|| Path::new(stem).with_extension("ron"))
}

/// The transcript's text: what was said, with the client's answers beside it as comments. `practicum test --accept` adds what should come of it.
fn written(name: &str, session: &Session) -> String {
    let opening = session.opening();
    let client = &session.scenario().file.client.name;
    let title = name.strip_suffix(".ron").unwrap_or(name).replace(['-', '_'], " ");
    let mut text = format!("(\n  format: 1,\n  title: {},\n  session: {},\n  seed: {},\n", quoted(&title), opening.session, opening.seed);
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

    #[test]
    fn a_name_stays_in_its_folder() {
        assert_eq!(path_for("first-try"), Some(PathBuf::from("first-try.ron")));
        assert_eq!(path_for("first-try.ron"), Some(PathBuf::from("first-try.ron")));
        for name in ["", "../x", "/etc/x", "a b", ".ron", "a/b", "a\u{202e}b"] {
            assert_eq!(path_for(name), None, "{name}");
        }
    }
}

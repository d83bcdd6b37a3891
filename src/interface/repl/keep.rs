//! `/keep NAME`: the session as a transcript, in a file that an author can read, change and run as a test.

use crate::record::transcript::written;
use crate::session::Session;
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
    let title = name.strip_suffix(".ron").unwrap_or(name).replace(['-', '_'], " ");
    let text = written(&title, session);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_folder() {
        assert_eq!(path_for("first-try"), Some(PathBuf::from("first-try.ron")));
        assert_eq!(path_for("first-try.ron"), Some(PathBuf::from("first-try.ron")));
        for name in ["", "../x", "/etc/x", "a b", ".ron", "a/b", "a\u{202e}b"] {
            assert_eq!(path_for(name), None, "{name}");
        }
    }
}

//! Good English for findings: "`a`, `b` or `c`", "did you mean", "1 turn".

/// "`a`", "`a` or `b`", "`a`, `b` or `c`"; at most `most` of them, then "…".
#[must_use]
pub fn any_of<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    if words.len() > most {
        let shown: Vec<String> = words[..most].iter().map(|word| format!("`{word}`")).collect();
        return format!("{} …", shown.join(", "));
    }
    match words.as_slice() {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", first.join(", "))
        }
    }
}

/// "a, b and c".
#[must_use]
pub fn all_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// "1 turn", "3 turns".
#[must_use]
pub fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// The names nearest to a mistyped one, nearest first; empty where none is near enough to be meant.
#[must_use]
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let typed_lower = typed.to_lowercase();
    // Typing costs grow with the name's length: each fault is worth about three letters.
    let allowed = (typed.chars().count() / 3).clamp(1, 4);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let distance = strsim::osa_distance(&typed_lower, &lower);
            let holds = typed_lower.chars().count() >= 4 && (lower.contains(&typed_lower) || typed_lower.contains(&lower));
            (distance <= allowed || (holds && lower.chars().count() >= 3)).then_some((distance, name))
        })
        .collect();
    near.sort();
    near.dedup();
    near.truncate(3);
    near.into_iter().map(|(_, name)| name).collect()
}

/// "did you mean `x`?", where something is near enough.
#[must_use]
pub fn did_you_mean<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = nearest(typed, names);
    (!near.is_empty()).then(|| format!("did you mean {}?", any_of(near, 3)))
}

/// "did you mean `x`?", or else what there is.
#[must_use]
pub fn did_you_mean_or_list<'a>(typed: &str, names: impl IntoIterator<Item = &'a str> + Clone, what: &str) -> Option<String> {
    did_you_mean(typed, names.clone()).or_else(|| {
        let listed = any_of(names, 8);
        (!listed.is_empty()).then(|| format!("{what}: {listed}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_as_english() {
        assert_eq!(any_of(["a"], 8), "`a`");
        assert_eq!(any_of(["a", "b", "c"], 8), "`a`, `b` or `c`");
        assert_eq!(any_of(["a", "b", "c"], 2), "`a`, `b` …");
        assert_eq!((counted(1, "turn"), counted(2, "turn")), ("1 turn".into(), "2 turns".into()));
    }

    #[test]
    fn a_slip_of_the_finger_finds_its_name_and_nonsense_finds_none() {
        assert_eq!(nearest("tpoics", ["topics", "details"]), ["topics"]);
        assert_eq!(nearest("samanta", ["samantha", "stefano"]), ["samantha"]);
        assert!(nearest("zzzzzz", ["samantha", "stefano"]).is_empty());
        assert_eq!(did_you_mean("tpoics", ["topics"]).as_deref(), Some("did you mean `topics`?"));
    }
}

//! Reactions in the shadow of another: whenever the later could answer, the earlier can too, and is heard first, until its lines are said.

use crate::scenario::findings::Finder;
use crate::scenario::findings::at::ROOT;
use crate::scenario::shape::{RuptureWhen, ScenarioFile, When};

pub(super) fn find(file: &ScenarioFile, finder: &mut Finder) {
    let all = ROOT.field("reactions");
    for (n, reaction) in file.reactions.iter().enumerate() {
        let Some(earlier) = file.reactions[..n].iter().find(|earlier| always_before(&earlier.when, &reaction.when)) else { continue };
        let what = if earlier.when == reaction.when { "asks for the same as" } else { "never answers before" };
        finder.warning(
            "K005",
            &all.entry(n).field("when"),
            format!("`{}` {what} `{}`, which stands before it and fits whenever this one does", reaction.id, earlier.id),
            "put the narrower one first, add a condition to it, or join their lines",
        );
    }
}

/// Whether the earlier holds whenever the later does, and never weighs less. Between equals the one written first answers; each further
/// condition adds weight, so only reactions that give the same kinds of conditions can stand in each other's shadow.
fn always_before(earlier: &When, later: &When) -> bool {
    // The length of the words found is weight, too: only the very same words find the same.
    earlier.says == later.says
        && any_of(&earlier.topics, &later.topics)
        && any_of(&earlier.asks, &later.asks)
        && earlier.question == later.question
        && any_of(&earlier.about, &later.about)
        && any_of(&earlier.acts, &later.acts)
        && same(&earlier.all, &later.all)
        && none_of(&earlier.none, &later.none)
        && any_of(&earlier.kind, &later.kind)
        && any_of(&earlier.recalls, &later.recalls)
        && any_of(&earlier.mistakes, &later.mistakes)
        && any_of(&earlier.hears, &later.hears)
        && any_of(&earlier.accepts, &later.accepts)
        && any_of(&earlier.after, &later.after)
        && any_of(&earlier.band, &later.band)
        && states(&earlier.state, &later.state)
        && within(earlier.empathy, later.empathy)
        && within(earlier.non_judgment, later.non_judgment)
        && within(earlier.listening, later.listening)
        && ruptures(earlier.rupture, later.rupture)
        && same(&earlier.flags, &later.flags)
        && none_of(&earlier.not_flags, &later.not_flags)
        && same(&earlier.told, &later.told)
        && none_of(&earlier.not_told, &later.not_told)
        && any_of(&earlier.sessions, &later.sessions)
        && within(earlier.turns, later.turns)
}

/// Of lists in which any entry will do: the earlier holds all of the later's.
fn any_of<T: PartialEq>(earlier: &[T], later: &[T]) -> bool {
    earlier.is_empty() == later.is_empty() && later.iter().all(|entry| earlier.contains(entry))
}

/// Of lists in which no entry may hold: the earlier forbids nothing that the later allows.
fn none_of<T: PartialEq>(earlier: &[T], later: &[T]) -> bool {
    earlier.is_empty() == later.is_empty() && earlier.iter().all(|entry| later.contains(entry))
}

/// Of lists in which all entries must hold, each with its weight.
fn same<T: PartialEq>(earlier: &[T], later: &[T]) -> bool {
    earlier.len() == later.len() && later.iter().all(|entry| earlier.contains(entry)) && earlier.iter().all(|entry| later.contains(entry))
}

fn within<T: PartialOrd>(earlier: Option<(T, T)>, later: Option<(T, T)>) -> bool {
    match (earlier, later) {
        (None, None) => true,
        (Some(wide), Some(narrow)) => wide.0 <= narrow.0 && narrow.1 <= wide.1,
        _ => false,
    }
}

fn states<Q: PartialEq>(earlier: &[(Q, f64, f64)], later: &[(Q, f64, f64)]) -> bool {
    earlier.len() == later.len() && earlier.iter().zip(later).all(|(wide, narrow)| wide.0 == narrow.0 && wide.1 <= narrow.1 && narrow.2 <= wide.2)
}

fn ruptures(earlier: Option<RuptureWhen>, later: Option<RuptureWhen>) -> bool {
    let is_open = |when| matches!(when, Some(RuptureWhen::Withdrawal | RuptureWhen::Confrontation));
    earlier == later || (earlier == Some(RuptureWhen::Open) && is_open(later))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisal::{Act, Asks};

    fn when(topics: &[&str], acts: &[Act]) -> When {
        When { topics: topics.iter().map(|topic| (*topic).to_owned()).collect(), acts: acts.to_vec(), ..When::default() }
    }

    #[test]
    fn a_narrower_one_after_a_wider_one_never_answers_first() {
        let wide = when(&["mother"], &[Act::Advice, Act::Directing]);
        assert!(always_before(&wide, &when(&["mother"], &[Act::Advice])));
        assert!(!always_before(&when(&["mother"], &[Act::Advice]), &wide));
        assert!(always_before(&When { turns: Some((1, 9)), ..wide.clone() }, &When { turns: Some((2, 3)), ..wide.clone() }));
        assert!(always_before(
            &When { rupture: Some(RuptureWhen::Open), ..When::default() },
            &When { rupture: Some(RuptureWhen::Withdrawal), ..When::default() }
        ));
    }

    #[test]
    fn one_condition_more_goes_before() {
        let wide = when(&["mother"], &[]);
        assert!(!always_before(&wide, &When { asks: vec![Asks::Why], ..wide.clone() }));
        assert!(!always_before(&wide, &when(&["work"], &[])));
        assert!(!always_before(&When { none: vec![Act::Advice, Act::Blame], ..wide.clone() }, &When { none: vec![Act::Advice], ..wide }));
    }
}

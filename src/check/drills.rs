//! Drills: what a reader of the file sees, and what only shows when its samples go through the real recognition.

use super::looked::Looked;
use crate::appraisal::codebook::PatternSet;
use crate::diagnostic::wording::did_you_mean_or_list;
use crate::diagnostic::{Diagnostic, Severity};
use crate::drill::judge;
use crate::drill::set::read;
use crate::drill::shape::{Criterion, Cued, DrillFile, Stimulus};
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::{At, ROOT};
use crate::scenario::source::Source;
use crate::text::feeling_name;

/// Fewer stimuli than this and the same ones come round before a trainee has forgotten the model replies.
const ENOUGH: usize = 12;

/// Looks at drill files.
#[must_use]
pub fn look_at_drills(sources: Vec<Result<Source, Vec<Diagnostic>>>) -> Looked {
    let mut looked = Looked { drills: sources.len(), ..Looked::default() };
    for source in sources {
        let found = match &source {
            Ok(source) => match read(source) {
                Ok(file) => findings(source, &file),
                Err(found) => found,
            },
            Err(found) => found.clone(),
        };
        if let (Ok(source), false) = (&source, found.is_empty()) {
            looked.texts.insert(source.file.clone(), source.text.clone());
        }
        looked.findings.extend(found);
    }
    looked.findings.sort_by(|a, b| (a.severity, &a.file, a.span).cmp(&(b.severity, &b.file, b.span)));
    looked
}

/// Everything about one file.
#[must_use]
pub fn findings(source: &Source, file: &DrillFile) -> Vec<Diagnostic> {
    let mut finder = Finder::default();
    whole(file, &mut finder);
    let list = ROOT.field("criteria");
    for (n, criterion) in file.criteria.iter().enumerate() {
        criterion_alone(criterion, &list.entry(n), &mut finder);
    }
    let all = ROOT.field("stimuli");
    for (n, stimulus) in file.stimuli.iter().enumerate() {
        let at = all.entry(n);
        if file.stimuli[..n].iter().any(|other| other.id == stimulus.id) {
            finder.error("D002", &at.field("id"), format!("there is another stimulus `{}`", stimulus.id), Some("give one of them another id".to_owned()));
        }
        one(file, stimulus, &at, &mut finder);
        samples(file, stimulus, &at, &mut finder);
    }
    finder.placed(source)
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn whole(file: &DrillFile, finder: &mut Finder) {
    if !is_id(&file.skill) {
        let hint = "use small letters, digits and `_`, as in `open_question`".to_owned();
        finder.error("D001", &ROOT.field("skill"), format!("`{}` cannot be the name of a skill", file.skill), Some(hint));
    }
    for (text, name) in [(&file.title, "title"), (&file.about, "about"), (&file.source, "source")] {
        if text.trim().is_empty() {
            finder.error("D004", &ROOT.field(name), format!("`{name}` is empty"), Some("a trainee reads it before the first try".to_owned()));
        }
    }
    if file.teaches.is_empty() {
        finder.warning("D016", &ROOT.field("teaches"), "it trains no row of the trust matrix", "name the rows, so that a weak one can lead here");
    }
    if file.stimuli.len() < ENOUGH {
        let n = file.stimuli.len();
        finder.note(
            "D013",
            Severity::Advice,
            &ROOT.field("stimuli"),
            format!("there are {n} stimuli here; after {ENOUGH} the same ones no longer come round in one sitting"),
            Some("write more, on every level from 1 to 5".to_owned()),
        );
    }
}

/// What can be said of a criterion without its stimulus.
fn criterion_alone(criterion: &Criterion, at: &At<'_>, finder: &mut Finder) {
    if criterion.say.trim().is_empty() {
        finder.error("D004", &at.field("say"), "the criterion is not said", Some("say it as the trainee should read it before the try".to_owned()));
    }
    if !criterion.asks_something() {
        finder.error(
            "D006",
            at,
            "the criterion is in words only; nothing can be looked for",
            Some("add a sign (`does`, `says`, `hears` …), what spoils it (`without`), or a least score".to_owned()),
        );
    }
    for (name, asked) in [("at_least", criterion.at_least), ("or_at_least", criterion.or_at_least)] {
        if let Some((_, points)) = asked
            && !(1.0..=5.0).contains(&points)
        {
            finder.error("D015", &at.field(name), format!("no reply can come to {points} points"), Some("scores run from 1 to 5".to_owned()));
        }
    }
    patterns(&criterion.says, &at.field("says"), finder);
    patterns(&criterion.without_words, &at.field("without_words"), finder);
}

fn patterns(list: &[String], at: &At<'_>, finder: &mut Finder) {
    for (n, pattern) in list.iter().enumerate() {
        if let Err(error) = PatternSet::builder().add(0, pattern) {
            let hint = "a plain phrase always works; `practicum reference patterns` shows the rest".to_owned();
            finder.error("D014", &at.entry(n), format!("the pattern `{pattern}` cannot be read: {}", error.message), Some(hint));
        }
    }
}

fn one(file: &DrillFile, stimulus: &Stimulus, at: &At<'_>, finder: &mut Finder) {
    if !is_id(&stimulus.id) {
        let hint = "use small letters, digits and `_`".to_owned();
        finder.error("D001", &at.field("id"), format!("`{}` cannot be an id", stimulus.id), Some(hint));
    }
    if !(1..=5).contains(&stimulus.level) {
        finder.error("D003", &at.field("level"), format!("there is no level {}", stimulus.level), Some("levels run from 1 to 5".to_owned()));
    }
    for (text, name) in [(&stimulus.who, "who"), (&stimulus.client, "client")] {
        if text.trim().is_empty() {
            finder.error("D004", &at.field(name), format!("`{name}` is empty"), Some("a trainee reads it before the try".to_owned()));
        }
    }
    if stimulus.client.matches('*').count() % 2 == 1 {
        finder.error("D004", &at.field("client"), "a gesture is not closed", Some("put it between two asterisks: `*looks away*`".to_owned()));
    }
    if file.criteria_of(stimulus).next().is_none() {
        finder.error("D005", at, format!("nothing is asked of a reply to `{}`", stimulus.id), Some("add `criteria` here or to the file".to_owned()));
    }
    let own = [("criteria", &stimulus.criteria), ("also", &stimulus.also)];
    for (name, list) in own {
        let list_at = at.field(name);
        for (n, criterion) in list.iter().enumerate() {
            criterion_alone(criterion, &list_at.entry(n), finder);
        }
    }
    for criterion in file.criteria_of(stimulus) {
        possible(criterion, stimulus, at, finder);
    }
    let families: Vec<&str> = (1..=u8::MAX).map_while(feeling_name).collect();
    let feels = at.field("feels");
    for (n, felt) in stimulus.feels.iter().enumerate() {
        if !families.contains(&felt.as_str()) {
            let hint = did_you_mean_or_list(felt, families.iter().copied(), "the lexicon has");
            finder.error("D007", &feels.entry(n), format!("the lexicon has no feelings of the family `{felt}`"), hint);
        }
    }
    cued(&stimulus.undertones, &at.field("undertones"), finder);
    cued(&stimulus.points, &at.field("points"), finder);
}

fn cued(list: &[Cued], at: &At<'_>, finder: &mut Finder) {
    for (n, one) in list.iter().enumerate() {
        let at = at.entry(n);
        if one.cues.is_empty() || one.about.trim().is_empty() {
            let hint = "give `about` in a supervisor's words, and cues that take it up".to_owned();
            finder.error("D004", &at, format!("`{}` cannot be recognised or not be told", one.id), Some(hint));
        }
        patterns(&one.cues, &at.field("cues"), finder);
    }
}

/// Whether a criterion can be met at this stimulus at all.
fn possible(criterion: &Criterion, stimulus: &Stimulus, at: &At<'_>, finder: &mut Finder) {
    let other_signs = !criterion.does.is_empty() || !criterion.says.is_empty() || !criterion.kinds.is_empty() || criterion.or_at_least.is_some();
    let hears = usize::from(criterion.hears) <= stimulus.undertones.len() && criterion.hears > 0;
    let takes_up = usize::from(criterion.takes_up) <= stimulus.points.len() && criterion.takes_up > 0;
    let names = criterion.names_feeling && !stimulus.feels.is_empty();
    if criterion.has_signs() && !other_signs && !hears && !takes_up && !names {
        finder.error(
            "D008",
            at,
            format!("`{}` has too little for its criteria: \"{}\" can never be met", stimulus.id, criterion.say),
            Some("add `feels`, `undertones` or `points`, or give the stimulus criteria of its own".to_owned()),
        );
    }
}

/// Samples and model replies, through the real recognition.
fn samples(file: &DrillFile, stimulus: &Stimulus, at: &At<'_>, finder: &mut Finder) {
    for (list, name) in [(&stimulus.meets, "meets"), (&stimulus.misses, "misses")] {
        if list.is_empty() {
            let hint = format!("add `{name}: [\"…\"]`; they are tried each time");
            finder.warning("D011", &at.field(name), format!("`{}` has no samples of replies that its criteria should tell apart", stimulus.id), hint);
        }
    }
    let list = at.field("meets");
    for (n, reply) in stimulus.meets.iter().enumerate() {
        if let Some(why) = unmet(file, stimulus, reply) {
            let hint = "mend the criteria or the cues, or change the sample";
            finder.warning("D009", &list.entry(n), format!("this reply should meet the criteria of `{}` and does not: {why}", stimulus.id), hint);
        }
    }
    let list = at.field("misses");
    for (n, reply) in stimulus.misses.iter().enumerate() {
        if unmet(file, stimulus, reply).is_none() {
            let hint = "say in a criterion what spoils it, or change the sample";
            finder.warning("D010", &list.entry(n), format!("this reply should not meet the criteria of `{}` and does", stimulus.id), hint);
        }
    }
    if stimulus.models.is_empty() {
        let hint = "add `models: [(say: \"…\", because: \"…\")]`; modelling teaches more than feedback alone";
        finder.warning("D012", &at.field("models"), format!("there is no model reply for `{}`", stimulus.id), hint);
    }
    let list = at.field("models");
    for (n, model) in stimulus.models.iter().enumerate() {
        if let Some(why) = unmet(file, stimulus, &model.say) {
            let hint = "a trainee will read it as the example: mend it, or the criteria";
            finder.warning("D012", &list.entry(n), format!("the model reply for `{}` does not meet its own criteria: {why}", stimulus.id), hint);
        }
    }
}

/// Why a reply does not meet the criteria; `None` where it does.
fn unmet(file: &DrillFile, stimulus: &Stimulus, reply: &str) -> Option<String> {
    let verdict = judge(file, stimulus, reply);
    if verdict.met {
        return None;
    }
    if verdict.unreadable {
        return Some("it cannot be read".to_owned());
    }
    let first = verdict.criteria.iter().find(|judged| !judged.met)?;
    let acts: Vec<String> = verdict.appraisal.acts.iter().map(|found| format!("{} {:.2}", found.act.name(), found.strength)).collect();
    let scores: Vec<String> = verdict.scores.iter().map(|score| score.map_or_else(|| "–".to_owned(), |score| format!("{score:.1}"))).collect();
    let words = if first.words.is_empty() { String::new() } else { format!(" (\"{}\")", first.words) };
    Some(format!("\"{}\"{words}; {} Heard: {}; scores {}", first.criterion, first.because, acts.join(", "), scores.join(" / ")))
}

//! Drills made readable: the list of skills, a stimulus with its criteria, the feedback on a try. Strengths first, one change, the model reply last.

use super::Page;
use super::client_lines::client_line;
use super::word_for::{briefly, quoted, sentence};
use crate::diagnostic::wording::counted;
use crate::drill::shape::{Before, DrillFile, Stimulus};
use crate::drill::{Book, CRITERION, Drills, News, Offer, Practice, Skill, Suggestion, Verdict, Why};
use crate::text::on_one_line;
use serde_json::{Value, json};

/// The longest quotation of a trainee's own words in feedback.
const QUOTED: usize = 70;

/// All skills with where the trainee stands; the suggested one is named at the end.
#[must_use]
pub fn overview(page: &Page, drills: &Drills, book: &Book, suggested: Option<&Suggestion<'_>>) -> String {
    let mut set = page.heading("Skills to practise");
    let due = book.due(book.practices() + 1);
    for (number, skill) in drills.skills().iter().enumerate() {
        let waiting = due.iter().filter(|(due, _)| *due == skill.id()).count();
        let standing = standing(book, skill, waiting);
        set += &if page.plain {
            format!("{}. {}, {}: {standing}\n", number + 1, skill.id(), skill.title())
        } else {
            page.hanging(&format!("  {:>2}  ", number + 1), "      ", &format!("{} ({}): {standing}", skill.title(), skill.id()))
        };
    }
    if let Some(suggestion) = suggested {
        set += "\n";
        set += &page.paragraph(0, &format!("Next I would take {}. {}", suggestion.skill.id(), suggestion.because));
    }
    set
}

fn standing(book: &Book, skill: &Skill, waiting: usize) -> String {
    let standing = book.standing(skill.id());
    let returns = if waiting == 0 { String::new() } else { format!(" {} due to come back.", counted(waiting, "line")) };
    let so_far = match (standing.tries, standing.reached) {
        (0, _) => "not yet practised.".to_owned(),
        (tries, 0) => format!("{}, working on level {}.", counted(tries as usize, "try").replace("trys", "tries"), standing.level),
        (_, 5) => "level 5 reached, the highest.".to_owned(),
        (_, reached) => format!("level {reached} reached, working on level {}.", standing.level),
    };
    format!("{so_far}{returns}")
}

/// What is practised, before the first stimulus.
#[must_use]
pub fn introduction(page: &Page, practice: &Practice<'_>) -> String {
    let skill = practice.skill();
    let mut set = page.heading(&format!("{}, level {}", skill.title(), practice.level()));
    set += &page.paragraph(2, skill.about());
    set += &page.paragraph(2, skill.content_note());
    set +=
        &page.aside(2, &format!("Met {CRITERION} times in a row, and the level is reached. What you type here is not kept, only whether it met the criteria."));
    set
}

/// The criteria of a stimulus, as they stand before the try.
#[must_use]
pub fn criteria(page: &Page, file: &DrillFile, stimulus: &Stimulus) -> String {
    let mut set = String::new();
    if !page.plain {
        set += &page.aside(2, "What counts:");
    }
    for criterion in file.criteria_of(stimulus) {
        set += &if page.plain {
            format!("Criterion: {}\n", on_one_line(&criterion.say))
        } else {
            page.dressed(&page.hanging("    · ", "      ", &criterion.say), |paint, line| paint.dim(line))
        };
    }
    set
}

/// A stimulus: why it comes, who speaks, what was said before, the line to answer.
#[must_use]
pub fn stimulus(page: &Page, offer: &Offer<'_>, number: u32) -> String {
    let stimulus = offer.stimulus;
    let why = match offer.why {
        Why::Level => String::new(),
        Why::Returns => " This one comes back from an earlier practice.".to_owned(),
        Why::OnceMore => " Once more, now that you have heard one way to say it; it does not count.".to_owned(),
    };
    let mut set = String::new();
    if page.plain {
        set += &format!("Drill {number}: {}, level {}.{why}\nWho: {}\n", offer.skill.title(), stimulus.level, on_one_line(&stimulus.who));
    } else {
        set += "\n";
        set += &page.aside(0, &format!("{number} · {} · level {}.{why}", offer.skill.title(), stimulus.level));
        set += &page.paragraph(0, &stimulus.who);
    }
    let name = name_of(stimulus);
    for before in &stimulus.before {
        set += &match (before, page.plain) {
            (Before::You(text), false) => page.aside(2, &format!("You: {text}")),
            (Before::Client(text), false) => page.aside(2, &format!("{name}: {text}")),
            (Before::You(text), true) => format!("Before, you: {}\n", on_one_line(text)),
            (Before::Client(text), true) => format!("Before, client: {}\n", on_one_line(text)),
        };
    }
    set += &client_line(page, name, &stimulus.client);
    set
}

/// The name at the head of `who`: "Denise, 44, cooks in a school" → "Denise".
#[must_use]
pub fn name_of(stimulus: &Stimulus) -> &str {
    stimulus.who.split([',', '.', ';']).next().unwrap_or("Client").trim()
}

/// The feedback on a try.
#[must_use]
pub fn feedback(page: &Page, stimulus: &Stimulus, verdict: &Verdict) -> String {
    if verdict.unreadable {
        return page.paragraph(
            2,
            "I could not read that as a reply, so it does not count. Say it as you would say it to a person; `/help` shows what else can be typed.",
        );
    }
    let mut set = String::new();
    let head = if verdict.met { "Met." } else { "Not yet." };
    set += &if page.plain { format!("{head}\n") } else { format!("\n{}", page.dressed(&page.paragraph(2, head), |paint, line| paint.bold(line))) };
    for strength in &verdict.strengths {
        let words = if strength.words.is_empty() { String::new() } else { format!("{}: ", quoted(&briefly(&strength.words, QUOTED))) };
        set += &page.hanging("  + ", "    ", &format!("{words}{}", after(&words, &strength.because)));
    }
    if let Some(change) = &verdict.change {
        let about = match (change.words.is_empty(), change.what.is_empty()) {
            (false, false) => format!("{} is {}. ", quoted(&briefly(&change.words, QUOTED)), change.what),
            (true, false) => format!("It is {}. ", change.what),
            _ => String::new(),
        };
        set += &page.hanging("  → ", "    ", &format!("One change: {about}{}", sentence(&change.instead)));
    }
    if let Some(model) = stimulus.models.first() {
        let one = if verdict.met { "Another way to say it" } else { "One way to say it" };
        set += &page.hanging("  ", "    ", &format!("{one}: {} ({})", quoted(&model.say), model.because));
    }
    if !stimulus.implies.is_empty() {
        set += &page.aside(2, &format!("Under the line: {}.", stimulus.implies.trim_end_matches('.')));
    }
    set
}

/// After a colon a sentence goes on small.
fn after(words: &str, because: &str) -> String {
    if words.is_empty() {
        return sentence(because);
    }
    let because = sentence(because);
    let mut chars = because.chars();
    match chars.next() {
        Some(first) if !because.starts_with("I ") => format!("{}{}", first.to_lowercase(), chars.as_str()),
        _ => because,
    }
}

/// What a try or a rating changed.
#[must_use]
pub fn news(page: &Page, news: News) -> String {
    let words = match news {
        News::Reached(5) => format!("{CRITERION} in a row on level 5, the highest. This skill is yours; it comes back now and then, so that it stays."),
        News::Reached(level) => format!("{CRITERION} in a row: level {level} is reached. The next ones are of level {}; /quit is a good end too.", level + 1),
        News::Harder(level) => format!("Then a harder one: level {level}."),
        News::Easier(level) => format!("Then an easier one: level {level}. That is how practice works, it is no step back."),
    };
    page.paragraph(2, &words)
}

/// The end of a practice.
#[must_use]
pub fn closing(page: &Page, practice: &Practice<'_>, first: u32, met: u32, next: Option<&Suggestion<'_>>) -> String {
    if practice.tries() == 0 {
        return page.paragraph(0, "Nothing was tried this time. The lines wait for you.");
    }
    let mut set = page.heading("This practice");
    let standing = practice.book().standing(practice.skill().id());
    let tried = if first == 1 { "1 line".to_owned() } else { format!("{first} lines") };
    set += &page
        .paragraph(2, &format!("{tried} answered for the first time, {met} of them met. {}", level_words(standing.level, standing.streak, standing.reached)));
    let back = practice.book().due(practice.number() + 1).len();
    if back > 0 {
        let lines = if back == 1 { "1 line comes".to_owned() } else { format!("{back} lines come") };
        set += &page.paragraph(2, &format!("{lines} back in the next practice, so that what was weak gets its turn again."));
    }
    if let Some(next) = next {
        set += &page.paragraph(2, &format!("Next time: practicum drill {}. {}", next.skill.id(), next.because));
    }
    set
}

fn level_words(level: u8, streak: u32, reached: u8) -> String {
    match (reached, streak) {
        (5, _) => "Level 5 is reached.".to_owned(),
        (0, 0) => format!("You are working on level {level}."),
        (reached, 0) => format!("Level {reached} is reached; you are working on level {level}."),
        (_, streak) => format!("You are working on level {level}, with {streak} of {CRITERION} in a row."),
    }
}

/// A stimulus for programs.
#[must_use]
pub fn stimulus_json(offer: &Offer<'_>, number: u32) -> Value {
    let stimulus = offer.stimulus;
    let before: Vec<Value> = stimulus
        .before
        .iter()
        .map(|before| match before {
            Before::You(text) => json!({ "speaker": "therapist", "text": on_one_line(text) }),
            Before::Client(text) => json!({ "speaker": "client", "text": on_one_line(text) }),
        })
        .collect();
    let criteria: Vec<&str> = offer.file.criteria_of(stimulus).map(|criterion| criterion.say.as_str()).collect();
    json!({
        "event": "stimulus", "number": number, "skill": offer.skill.id(), "id": stimulus.id, "level": stimulus.level, "why": offer.why, "counts": offer.first,
        "who": stimulus.who, "before": before, "client": stimulus.client, "criteria": criteria,
    })
}

/// A verdict for programs.
#[must_use]
pub fn verdict_json(offer: &Offer<'_>, verdict: &Verdict) -> Value {
    let [empathy, non_judgment, listening] = verdict.scores;
    json!({
        "event": "judged", "skill": offer.skill.id(), "id": offer.stimulus.id, "met": verdict.met, "unreadable": verdict.unreadable,
        "criteria": verdict.criteria, "strengths": verdict.strengths, "change": verdict.change,
        "empathy": empathy, "non_judgment": non_judgment, "listening": listening,
        "acts": verdict.appraisal.acts, "model": offer.stimulus.models.first(), "implies": offer.stimulus.implies,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Paint;
    use super::*;
    use crate::drill::judge;

    fn sample() -> DrillFile {
        crate::scenario::parse::options().from_str(include_str!("../../tests/sample/drill.ron")).unwrap()
    }

    fn said(reply: &str) -> String {
        let file = sample();
        feedback(&Page::new(Some(100), Paint::plain(), true), &file.stimuli[0], &judge(&file, &file.stimuli[0], reply))
    }

    #[test]
    fn strengths_come_first_then_one_change_then_the_model() {
        let text = said("You sound exhausted. You should sleep more.");
        let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
        assert!(place("Not yet.") < place("+ ") && place("+ ") < place("One change") && place("One change") < place("One way to say it"));
        assert_eq!(text.matches("One change").count(), 1);
    }

    #[test]
    fn rudeness_gets_no_invented_praise_and_nonsense_no_verdict() {
        assert!(!said("That's your own fault, stop whining.").contains("+ "));
        assert!(said("asdf qwer zxcv").contains("does not count"));
    }
}

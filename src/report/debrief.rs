//! The debrief as text: strengths first, then the turning moments, the scores, one thing to change, trust as a chart, the matrix, the client's own rating.

use super::chart::trust_chart;
use super::{Page, word_for};
use crate::appraisal::Scale;
use crate::scoring::change::OneThing;
use crate::scoring::matrix_rows::{Matrix, MatrixRow};
use crate::scoring::moments::{Moment, Strength, Turned};
use crate::scoring::rating::{ClientRating, Rated};
use crate::scoring::scorecard::{Counts, Scorecard};
use crate::scoring::{CloseReason, Debrief, Layer, ModelReply};

/// The whole debrief.
#[must_use]
pub fn debrief_text(page: &Page, debrief: &Debrief) -> String {
    let heading = page.heading(&format!("After the session with {}", debrief.client));
    let mut set = if page.plain { heading } else { underlined(page, heading.trim(), &debrief.client) };
    set += &page.paragraph(0, &opening(page, debrief));
    if debrief.turns == 0 {
        return set;
    }
    set += &page.heading("What went well");
    set += &strengths(page, &debrief.strengths, debrief);
    set += &moments(page, &debrief.moments, &debrief.client);
    set += &page.heading("Your three scores");
    set += &scores(page, &debrief.scores);
    if let Some(thing) = &debrief.one_thing {
        set += &page.heading("One thing to change");
        set += &one_thing(page, thing, &debrief.client);
    }
    set += &page.heading("Trust over the session");
    let letters: Vec<(u32, char)> = debrief.moments.iter().zip('a'..).map(|(moment, letter)| (moment.turn, letter)).collect();
    set += &trust_chart(page, debrief.trust.start, &debrief.trust.after, &letters);
    set += &page.heading("What earned trust, and what cost it");
    set += &matrix(page, &debrief.matrix);
    if let Some(rating) = &debrief.rating {
        set += &page.heading(&format!("How {} would rate it", debrief.client));
        set += &client_rating(page, rating);
    }
    if page.numbers {
        set += &page.heading("In counts");
        set += &counts(page, &debrief.counts);
    }
    set += &told(page, debrief);
    set += &last_words(page, debrief);
    set
}

/// What stayed unsaid, and what would have opened it. Shown only when asked for.
#[must_use]
pub fn how_text(page: &Page, client: &str, layers: &[Layer]) -> String {
    let untold: Vec<&Layer> = layers.iter().filter(|layer| !layer.told).collect();
    if untold.is_empty() {
        return page.paragraph(0, &format!("Nothing stayed unsaid: {client} has told you everything that could be told here."));
    }
    let mut set = page.heading(&format!("What {client} did not say, and what would have opened it"));
    for layer in untold {
        let what = if layer.unsaid.trim().is_empty() { "something kept back" } else { layer.unsaid.trim() };
        set += &page.hanging("  ", "    ", &word_for::sentence(&format!("layer {}: {what}", layer.layer)));
        if !layer.opened_by.trim().is_empty() {
            set += &page.paragraph(4, &format!("What opens it: {}", word_for::reason(&layer.opened_by)));
        }
    }
    set
}

/// The first heading, with a line below it: the talk is over, another part begins.
fn underlined(page: &Page, heading: &str, client: &str) -> String {
    let width = unicode_width::UnicodeWidthStr::width(format!("After the session with {client}").as_str());
    format!("{heading}\n{}\n\n", page.paint.dim(&"─".repeat(width.min(page.width))))
}

/// The opening in the form that the page shows: without figures where numbers are not wanted.
fn opening(page: &Page, debrief: &Debrief) -> String {
    if page.numbers {
        return debrief.opening.clone();
    }
    debrief.opening_in_words.clone()
}

fn strengths(page: &Page, strengths: &[Strength], debrief: &Debrief) -> String {
    if strengths.is_empty() {
        let kind = if debrief.reason == CloseReason::ClientLeft || debrief.turns >= 4 {
            "There is no sentence to hold up today, and that happens. You stayed and tried, and you are reading this, which is the part that makes people better at it."
        } else {
            "It was too short for a sentence to stand out. You made a start, and starting is the hard part."
        };
        return page.paragraph(2, kind);
    }
    let mut set = String::new();
    for strength in strengths {
        let lines = page.hanging("  + ", "    ", &format!("{} (turn {})", word_for::quoted(&strength.words), strength.turn));
        set += &page.dressed(&lines, |paint, line| paint.good(line));
        set += &page.paragraph(4, &strength.praise);
    }
    set
}

fn moments(page: &Page, moments: &[Moment], client: &str) -> String {
    if moments.is_empty() {
        return String::new();
    }
    let mut set = page.heading(if moments.len() == 1 { "Where it turned" } else { "Where it turned most" });
    for (moment, letter) in moments.iter().zip('a'..) {
        set += &page.hanging(&format!("  {letter}  "), "     ", &moment_title(page, moment, client));
        set += &page.paragraph(5, &format!("{client} had said: {}", word_for::quoted(&moment.client_said)));
        set += &page.paragraph(5, &format!("You: {}", word_for::quoted(&moment.you_said)));
        set += &page.paragraph(5, &what_did_it(moment));
        if !moment.felt.trim().is_empty() {
            set += &page.aside(5, &format!("What {client} thought then and did not say: {}", word_for::quoted(&moment.felt)));
        }
        if let Some(model) = &moment.model {
            let lead = if moment.turned == Turned::Away { "One could say instead" } else { "Another way that works" };
            set += &page.paragraph(5, &model_reply(lead, model));
        }
    }
    set
}

fn moment_title(page: &Page, moment: &Moment, client: &str) -> String {
    let trust = format!("trust {}", word_for::trust(page.numbers, moment.trust.0, moment.trust.1));
    let what = if moment.repaired {
        format!("you mended what had come between you; {trust}")
    } else if moment.ruptured {
        format!("this hurt {client}, and a rupture opened or grew; {trust}")
    } else if let Some(layer) = moment.told_layer.filter(|layer| *layer >= 1) {
        let depth = if layer >= 3 { "something that hardly anyone knows" } else { "something that had been kept back" };
        format!("{client} told you {depth}; {trust}")
    } else if moment.turned == Turned::Away {
        format!("{client} moved away; {trust}")
    } else {
        format!("{client} came closer; {trust}")
    };
    format!("Turn {}: {what}.", moment.turn)
}

fn what_did_it(moment: &Moment) -> String {
    let because = &moment.words.because;
    if because.trim().is_empty() {
        return String::new();
    }
    if moment.words.quote == moment.you_said.trim() {
        return format!("What did it: {}", word_for::reason(because));
    }
    format!("What did it: {}: {}", word_for::quoted(&moment.words.quote), word_for::reason(because))
}

fn model_reply(lead: &str, model: &ModelReply) -> String {
    let because = model.because.trim();
    let said = format!("{lead}: {}", word_for::quoted(&model.say));
    if because.is_empty() { said } else { format!("{said} {}", word_for::sentence(because)) }
}

fn scores(page: &Page, card: &Scorecard) -> String {
    let mut set = String::new();
    for scale in [Scale::Empathy, Scale::NonJudgment, Scale::Listening] {
        let name = word_for::scale(scale);
        let value = word_for::score_with(page.numbers, scale, card.on(scale).map(|mean| mean.points));
        set += &if page.plain { format!("{name}: {value}\n") } else { format!("  {name:<14}{value}\n") };
    }
    if page.numbers {
        set += &page.aside(2, "Means over the session, from 1 to 5. They are for practice and reflection, never for grading.");
    }
    set
}

fn one_thing(page: &Page, thing: &OneThing, client: &str) -> String {
    let mut set = page.paragraph(2, &format!("{} {}", thing.seen, thing.try_next));
    if let Some(example) = &thing.example {
        set += &page.paragraph(2, &format!("For example in turn {}, after {} had said {}:", example.turn, client, word_for::quoted(&example.client_said)));
        set += &page.paragraph(4, &format!("You: {}", word_for::quoted(&example.you_said)));
        set += &page.paragraph(4, &model_reply("One could say", &example.instead));
    }
    set
}

/// As many rows of each kind as are read; the JSON form has them all.
const ROWS_SHOWN: usize = 8;
/// A row is a line or two.
const ROW_CHARS: usize = 72;
/// A choice of what to practise next, not a list of what was missed.
const NOT_MET_SHOWN: usize = 6;

fn matrix(page: &Page, matrix: &Matrix) -> String {
    let mut set = String::new();
    set += &rows(page, "Earned", &matrix.earned, "+");
    set += &rows(page, "Lost", &matrix.lost, "−");
    if !matrix.not_met.is_empty() {
        let names: Vec<String> = matrix.not_met.iter().take(NOT_MET_SHOWN).map(|factor| factor.title().to_lowercase()).collect();
        let more = match matrix.not_met.len().saturating_sub(NOT_MET_SHOWN) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        set += &page.paragraph(2, &format!("Not met yet, and good to practise with this client: {}{more}.", names.join("; ")));
    }
    if set.is_empty() {
        set = page.paragraph(2, "No row of the trust matrix was touched yet.");
    }
    set
}

fn rows(page: &Page, name: &str, rows: &[MatrixRow], mark: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut shown: Vec<&MatrixRow> = rows.iter().collect();
    // Most frequent first; the handbook's order among equals.
    shown.sort_by_key(|row| std::cmp::Reverse(row.times));
    let mut set = page.paragraph(2, &format!("{name}:"));
    for row in shown.iter().take(ROWS_SHOWN) {
        let mark = if page.plain { String::new() } else { format!("  {mark} ") };
        let words = if row.words.is_empty() { String::new() } else { format!(": {}", word_for::quoted(&word_for::briefly(&row.words, ROW_CHARS))) };
        set += &page.hanging(&mark, "    ", &format!("{} ({}){words}", row.title, word_for::in_turns(row.turn, row.times)));
    }
    if let Some(more) = shown.len().checked_sub(ROWS_SHOWN).filter(|more| *more > 0) {
        set += &page.aside(4, &format!("and {more} more"));
    }
    set
}

fn client_rating(page: &Page, rating: &ClientRating) -> String {
    let mut set = String::new();
    for (name, rated) in [("Understood", &rating.understood), ("Goals", &rating.goals), ("Approach", &rating.approach), ("Overall", &rating.overall)] {
        set += &rating_line(page, name, rated);
    }
    if let Some(mask) = &rating.mask {
        set += &page.aside(2, mask);
    }
    set
}

fn rating_line(page: &Page, name: &str, rated: &Rated) -> String {
    let words = word_for::quoted(&rated.words);
    if !page.numbers {
        return page.hanging("  ", "    ", &format!("{name}: {words}"));
    }
    // "4" and "4.5": a whole number needs no ".0".
    page.hanging("  ", "    ", &format!("{name}: {} of 10. {words}", rated.points))
}

fn counts(page: &Page, counts: &Counts) -> String {
    // A band on a handful of sentences would be an accident.
    let band = |band| if counts.uncertain { String::new() } else { format!(", {}", word_for::miti(band)) };
    let mut facts = vec![format!(
        "{}, {} of which added meaning; {}, {} of which open.",
        counted(counts.reflections, "reflection"),
        word_for::share(counts.complex_reflections, counts.reflections),
        counted(counts.questions, "question"),
        word_for::share(counts.open_questions, counts.questions)
    )];
    if let Some(ratio) = counts.reflection_to_question {
        facts.push(format!("Reflections to questions: {:.1} to 1{}.", ratio.value, band(ratio.band)));
    }
    if let Some(share) = counts.complex_share {
        facts.push(format!("Share of reflections that added meaning: {:.0} %{}.", share.value * 100.0, band(share.band)));
    }
    if let Some(relational) = counts.relational {
        facts.push(format!("Warmth and partnership, as far as words show it: {:.1} of 5{}.", relational.value, band(relational.band)));
    }
    facts.push(format!(
        "Replies that affirmed, asked leave or left the choice: {}. Replies that advised, warned, pressed or blamed: {}.",
        word_for::share(counts.adherent, 0),
        word_for::share(counts.non_adherent, 0)
    ));
    if let Some(share) = counts.talk_share {
        facts.push(format!("You spoke {:.0} % of the words.", share * 100.0));
    }
    facts.push(if counts.uncertain {
        "This was short: one sentence more or less would change these ratios, so they are given without a band.".to_owned()
    } else {
        "These are bands from research (MITI 4.2.1), no marks: of 110 published demonstrations of good practice, about half reach one reflection to a question."
            .to_owned()
    });
    facts.iter().map(|fact| page.paragraph(2, fact)).collect()
}

fn counted(count: u32, one: &str) -> String {
    crate::diagnostic::wording::counted(count as usize, one)
}

fn told(page: &Page, debrief: &Debrief) -> String {
    if debrief.layers.of == 0 {
        return String::new();
    }
    let untold = debrief.layers.of - debrief.layers.told.min(debrief.layers.of);
    let words = match (debrief.layers.told, untold) {
        (0, _) => format!("{} has kept the deeper things back so far.", debrief.client),
        (_, 0) => format!("{} has told you all of it.", debrief.client),
        (told, _) => format!("{} has told you {told} of {} deeper things.", debrief.client, debrief.layers.of),
    };
    page.paragraph(2, &words)
}

fn last_words(page: &Page, debrief: &Debrief) -> String {
    let mut set = String::new();
    if !debrief.supervisor.trim().is_empty() {
        set += &page.heading(&format!("A word about {}", debrief.client));
        set += &page.paragraph(2, &debrief.supervisor);
    }
    if !debrief.next.trim().is_empty() {
        set += &page.heading("For next time");
        set += &page.paragraph(2, &debrief.next);
    }
    set
}

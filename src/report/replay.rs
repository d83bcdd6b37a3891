//! A session once more, as text: its turns, the client's side of one, two branches beside each other.

use super::client_lines::client_line;
use super::feedback::{TurnNews, feedback};
use super::when::when;
use super::{Page, word_for};
use crate::appraisal::Scale;
use crate::record::Revisit;
use crate::scoring::moments::Moment;
use crate::scoring::{TurnRecord, percent};
use crate::session::{Session, What};

/// What has become of the scenario since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScenarioNow {
    /// It is as it was.
    Same,
    /// It is another version.
    Changed,
    /// It is not on the shelf any more.
    Gone,
}

/// Digest and version, and whether replay came out the same.
#[must_use]
pub fn header(page: &Page, revisit: &Revisit, now: ScenarioNow) -> String {
    let row = &revisit.row;
    let mut set = page.heading(&format!("Session {} with {}, {}", row.id, revisit.client, when(row.since))).trim_start_matches('\n').to_owned();
    let digest = row.digest.get(..16).unwrap_or(&row.digest);
    set += &page.aside(0, &format!("Session {} of {}, seed {}, scenario {digest}…, Practicum {}.", row.number, row.scenario, row.opening.seed, row.engine));
    let held = revisit.scenario.is_some();
    match now {
        ScenarioNow::Same => {}
        ScenarioNow::Changed if held => set += &page.aside(0, "The scenario has changed since. It is replayed as it was then, which was kept."),
        ScenarioNow::Gone if held => set += &page.aside(0, "The scenario is not on the shelf any more. It is replayed as it was then, which was kept."),
        ScenarioNow::Changed | ScenarioNow::Gone => set += &page.aside(0, "The scenario is not here any more as it was then."),
    }
    set += &page.aside(0, &revisit.fidelity.to_string());
    set
}

/// Turn n with its answer and its feedback; 0 is the opening.
#[must_use]
pub fn turn_text(page: &Page, revisit: &Revisit, number: usize, feel: bool) -> String {
    let records = revisit.records();
    let gap = if page.plain { "" } else { "\n" };
    let Some(index) = number.checked_sub(1) else {
        let opening = revisit
            .turns
            .first()
            .and_then(|turn| turn.events.iter().find_map(|event| if let What::ClientSaid { text, .. } = &event.what { Some(text) } else { None }));
        let mut set = opening.map_or_else(String::new, |text| format!("{gap}{}", client_line(page, &revisit.client, text)));
        if feel {
            set += &client_side(page, revisit, 0);
        }
        return set;
    };
    let Some(turn) = records.get(index) else { return String::new() };
    let scores = [Scale::Empathy, Scale::NonJudgment, Scale::Listening].map(|scale| turn.appraisal.scores.points(scale));
    let news = TurnNews { heard: &turn.heard, scores, acts: &turn.appraisal.acts, trust: Some(turn.trust) };
    let mark = if page.plain { format!("Turn {}. You: ", turn.turn) } else { format!("{:>3} > ", turn.turn) };
    let mut set = format!("{gap}{}", page.hanging(&mark, "      ", &turn.heard));
    set += &feedback(page, &news);
    set += &format!("{gap}{}", client_line(page, &revisit.client, &turn.said));
    if feel {
        set += &client_side(page, revisit, number);
    }
    set
}

/// What the client thought with the answer to turn n, and what it did to them.
#[must_use]
pub fn client_side(page: &Page, revisit: &Revisit, number: usize) -> String {
    let client = &revisit.client;
    let records = revisit.records();
    let thought = |feel: &str| {
        if feel.trim().is_empty() {
            format!("{client} could not have said what that was like.")
        } else {
            format!("What {client} thought and did not say: {}", word_for::quoted(feel))
        }
    };
    let Some(turn) = number.checked_sub(1).and_then(|index| records.get(index)) else {
        let feel = revisit
            .turns
            .first()
            .and_then(|turn| turn.events.iter().find_map(|event| if let What::ClientSaid { feel, .. } = &event.what { Some(feel.as_str()) } else { None }));
        return page.aside(2, &thought(feel.unwrap_or_default()));
    };
    let mut set = page.aside(2, &thought(&turn.feel));
    set += &page.aside(2, &format!("Trust: {}.", word_for::trust(page.numbers, turn.trust.0, turn.trust.1)));
    let mut reasons: Vec<&str> = turn.shifts.iter().map(|shift| shift.because.as_str()).filter(|because| !because.trim().is_empty()).collect();
    reasons.dedup();
    for because in reasons.into_iter().take(3) {
        set += &page.aside(4, &word_for::sentence(because));
    }
    set
}

/// The moment that is recalled: what had been said, what was answered, and nothing else.
#[must_use]
pub fn recalled_at(page: &Page, client: &str, moment: &Moment) -> String {
    let mut set = page.heading(&format!("Turn {}", moment.turn));
    set += &page.hanging("  ", "    ", &format!("{client}: {}", word_for::quoted(&moment.client_said)));
    set += &page.hanging("  ", "    ", &format!("You: {}", word_for::quoted(&moment.you_said)));
    set += &page.hanging("  ", "    ", &format!("{client}: {}", word_for::quoted(&moment.client_answered)));
    set
}

/// One branch of a what-if.
#[derive(Clone, Debug)]
pub struct Branch {
    turns: Vec<TurnRecord>,
    trust: f64,
    told: Vec<(String, u8)>,
    untold: Vec<String>,
    left: bool,
}

impl Branch {
    /// A session from this turn on.
    #[must_use]
    pub fn of(session: &Session, from: u32) -> Self {
        let layers = session.layers();
        Self {
            turns: session.records().iter().filter(|turn| turn.turn >= from).cloned().collect(),
            trust: session.run().client().trust(),
            told: layers.iter().filter(|layer| layer.told && layer.layer >= 1).map(|layer| (layer.id.clone(), layer.layer)).collect(),
            untold: layers.iter().filter(|layer| !layer.told).map(|layer| layer.id.clone()).collect(),
            left: session.run().closed().is_some(),
        }
    }

    fn deepest(&self) -> String {
        match self.told.len() {
            0 => "nothing that was kept back".to_owned(),
            1 => "one thing that was kept back".to_owned(),
            more => format!("{more} things that were kept back"),
        }
    }
}

/// Under this width two columns are no longer read.
const SIDE_BY_SIDE: usize = 64;

/// Both branches, and the difference between them.
#[must_use]
pub fn what_if_text(page: &Page, client: &str, at: u32, then: &Branch, now: &Branch) -> String {
    let mut set = page.heading(&format!("What if, from turn {at} on")).trim_start_matches('\n').to_owned();
    let answered = now.turns.first().map_or("", |turn| turn.answered.as_str());
    set += &page.hanging("  ", "    ", &format!("{client} had said: {}", word_for::quoted(answered)));
    set += if page.plain { "" } else { "\n" };
    let left = column("As it was", client, &then.turns);
    let right = column("What if", client, &now.turns);
    set += &if page.plain || page.width < SIDE_BY_SIDE {
        left.iter().chain(&right).map(|line| page.hanging("  ", "    ", line)).collect()
    } else {
        beside(page.width, &left, &right)
    };
    set += &difference(page, client, then, now);
    set
}

fn column(title: &str, client: &str, turns: &[TurnRecord]) -> Vec<String> {
    let mut lines = vec![format!("{title}:")];
    for turn in turns {
        lines.push(format!("You: {}", turn.heard));
        let scores = [Scale::Empathy, Scale::NonJudgment, Scale::Listening]
            .map(|scale| format!("{} {}", word_for::scale(scale).to_lowercase(), word_for::score(scale, turn.appraisal.scores.points(scale))));
        lines.push(format!("{} · trust {}", scores.join(" · "), word_for::trust(true, turn.trust.0, turn.trust.1)));
        lines.push(format!("{client}: {}", turn.said));
        lines.push(String::new());
    }
    if turns.is_empty() {
        lines.push("The session had ended.".to_owned());
    }
    lines
}

/// Two columns, each wrapped on its own; the paragraphs of both begin on one line.
fn beside(width: usize, left: &[String], right: &[String]) -> String {
    let wide = (width - 3) / 2;
    let wrapped = |text: Option<&String>| -> Vec<String> {
        let text = crate::text::neutralise(text.map_or("", String::as_str)).into_owned();
        if text.is_empty() { Vec::new() } else { textwrap::wrap(&text, wide).into_iter().map(std::borrow::Cow::into_owned).collect() }
    };
    let mut set = String::new();
    for row in 0..left.len().max(right.len()) {
        let (left, right) = (wrapped(left.get(row)), wrapped(right.get(row)));
        for line in 0..left.len().max(right.len()).max(1) {
            let (here, there) = (left.get(line).map_or("", String::as_str), right.get(line).map_or("", String::as_str));
            let pad = wide.saturating_sub(unicode_width::UnicodeWidthStr::width(here));
            set += format!("{here}{} │ {there}", " ".repeat(pad)).trim_end();
            set.push('\n');
        }
    }
    set
}

fn difference(page: &Page, client: &str, then: &Branch, now: &Branch) -> String {
    let mut set = page.heading("The difference");
    let (was, is) = (percent(then.trust), percent(now.trust));
    let trust = match is.cmp(&was) {
        std::cmp::Ordering::Greater => format!("{} higher", is - was),
        std::cmp::Ordering::Less => format!("{} lower", was - is),
        std::cmp::Ordering::Equal => "the same".to_owned(),
    };
    set += &page.hanging("  ", "    ", &format!("Trust would stand at {is} of 100 instead of {was}: {trust}."));
    let more: Vec<&str> = now.told.iter().filter(|(id, _)| then.untold.contains(id)).map(|(id, _)| id.as_str()).collect();
    let fewer: Vec<&str> = then.told.iter().filter(|(id, _)| now.untold.contains(id)).map(|(id, _)| id.as_str()).collect();
    set += &page.hanging(
        "  ",
        "    ",
        &match (more.is_empty(), fewer.is_empty()) {
            (true, true) => format!("{client} would have told the same: {}.", now.deepest()),
            (false, true) => format!("{client} would have told more: {}.", more.join(", ").replace('_', " ")),
            (true, false) => format!("{client} would not have told: {}.", fewer.join(", ").replace('_', " ")),
            (false, false) => {
                format!("{client} would have told {}, and not {}.", more.join(", ").replace('_', " "), fewer.join(", ").replace('_', " "))
            }
        },
    );
    if now.left && !then.left {
        set += &page.hanging("  ", "    ", &format!("{client} would have ended the session."));
    }
    if then.left && !now.left {
        set += &page.hanging("  ", "    ", &format!("{client} would still be there."));
    }
    set
}

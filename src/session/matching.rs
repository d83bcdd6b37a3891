//! Which reaction answers: every condition that is given must hold, and the most specific match wins. What was asked weighs more
//! than the mood it was asked in: words before topic, topic before question form, question form before acts, acts before state.

use crate::appraisal::{Appraisal, Asks};
use crate::client::{RuptureStyle, State};
use crate::scenario::shape::{Band, RuptureWhen, When};
use std::fmt;

/// What holds at this turn, after the client felt the reply.
pub struct Facts<'a> {
    /// The reply.
    pub appraisal: &'a Appraisal,
    /// Indices of reactions one of whose `says` was found, ascending, with the length of the match in bytes.
    pub says: &'a [(usize, usize)],
    /// Topics the reply names.
    pub named: &'a [String],
    /// The topic carried on from the client's last line, where the reply names none.
    pub carried: Option<&'a str>,
    /// Ids of the client's last line and where it came from.
    pub after: &'a [String],
    /// How open the client is.
    pub band: Band,
    /// The state.
    pub state: &'a State,
    /// An open rupture.
    pub rupture: Option<RuptureStyle>,
    /// Whether one was mended just now.
    pub repaired: bool,
    /// Whether a flag is set.
    pub flag: &'a dyn Fn(&str) -> bool,
    /// Whether a disclosure was told before this turn.
    pub told: &'a dyn Fn(&str) -> bool,
    /// 1, 2, 3 …
    pub session: u32,
    /// 1, 2, 3 …
    pub turn: u32,
}

/// What a kind of condition weighs. Their order is the rule of the handbook ("topic, person and question form decide before mood
/// does"); the distances are our guess, wide enough that three lesser conditions do not outweigh a greater one.
mod weigh {
    pub(super) const SAYS: u32 = 2000;
    pub(super) const TOPIC: u32 = 600;
    pub(super) const CARRIED_TOPIC: u32 = 350;
    pub(super) const HEARD: u32 = 650;
    pub(super) const AFTER: u32 = 450;
    pub(super) const ASKS: u32 = 250;
    pub(super) const ABOUT: u32 = 100;
    pub(super) const QUESTION: u32 = 60;
    pub(super) const ACT: u32 = 150;
    pub(super) const KIND: u32 = 150;
    pub(super) const RUPTURE: u32 = 60;
    pub(super) const HISTORY: u32 = 40;
    pub(super) const SCORE: u32 = 40;
    /// Written for this very hour: it goes before what fits any hour.
    pub(super) const HOUR: u32 = 150;
    pub(super) const MOOD: u32 = 25;
}

/// From here on a reaction answers the very words, and goes before moods, refusals and short answers.
pub const ANSWERS_THE_WORDS: u32 = weigh::SAYS;

/// The condition that kept a reaction from answering, with the value it met.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed {
    /// The field of `when`.
    pub condition: &'static str,
    /// What it asked for.
    pub needs: String,
    /// What there was.
    pub has: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` needs {}, has {}", self.condition, self.needs, self.has)
    }
}

/// How specifically the conditions hold, and how many of them did; or the first that does not.
pub fn holds(reaction: usize, when: &When, facts: &Facts<'_>) -> Result<u32, Fail> {
    let mut weight = 0;
    let heard = facts.appraisal;
    if !when.kind.is_empty() {
        need(when.kind.contains(&heard.kind), Fail::Kind)?;
        weight += weigh::KIND;
    }
    if !when.says.is_empty() {
        let found = facts.says.iter().find(|(at, _)| *at == reaction).ok_or(Fail::Says)?;
        weight += weigh::SAYS + u32::try_from(found.1.min(200)).unwrap_or(0);
    }
    if !when.topics.is_empty() {
        if when.topics.iter().any(|topic| facts.named.contains(topic)) {
            weight += weigh::TOPIC;
        } else if facts.carried.is_some_and(|carried| when.topics.iter().any(|topic| topic == carried)) {
            weight += weigh::CARRIED_TOPIC;
        } else {
            return Err(Fail::Topics);
        }
    }
    if !when.after.is_empty() {
        need(when.after.iter().any(|id| facts.after.contains(id)), Fail::After)?;
        weight += weigh::AFTER;
    }
    let asked = asked(heard);
    if let Some(wanted) = when.question {
        need(wanted == asked, Fail::Question)?;
        weight += weigh::QUESTION;
    }
    if !when.asks.is_empty() {
        need(heard.asks.is_some_and(|asks| when.asks.contains(&asks)), Fail::Asks)?;
        weight += weigh::ASKS;
    }
    if !when.about.is_empty() {
        need(heard.about.is_some_and(|about| when.about.contains(&about)), Fail::About)?;
        weight += weigh::ABOUT;
    }
    if !when.acts.is_empty() {
        need(when.acts.iter().any(|act| heard.does(*act)), Fail::Acts)?;
        weight += weigh::ACT;
    }
    if !when.all.is_empty() {
        need(when.all.iter().all(|act| heard.does(*act)), Fail::All)?;
        weight += weigh::ACT * u32::try_from(when.all.len()).unwrap_or(1);
    }
    if !when.none.is_empty() {
        need(!when.none.iter().any(|act| heard.does(*act)), Fail::None)?;
        weight += weigh::HISTORY;
    }
    for (wanted, right, fail) in [(&when.recalls, true, Fail::Recalls), (&when.mistakes, false, Fail::Mistakes)] {
        if !wanted.is_empty() {
            need(heard.recalled.iter().any(|recalled| recalled.right == right && wanted.contains(&recalled.detail)), fail)?;
            weight += weigh::HEARD;
        }
    }
    for (wanted, named, fail) in [(&when.hears, &heard.undertones, Fail::Hears), (&when.accepts, &heard.fears_met, Fail::Accepts)] {
        if !wanted.is_empty() {
            need(named.iter().any(|named| wanted.contains(&named.id)), fail)?;
            weight += weigh::HEARD;
        }
    }
    if let Some(wanted) = when.rupture {
        need(rupture_is(wanted, facts), Fail::Rupture)?;
        weight += weigh::RUPTURE;
    }
    if !when.flags.is_empty() {
        need(when.flags.iter().all(|flag| (facts.flag)(flag)), Fail::Flags)?;
        weight += weigh::HISTORY * u32::try_from(when.flags.len()).unwrap_or(1);
    }
    if !when.not_flags.is_empty() {
        need(!when.not_flags.iter().any(|flag| (facts.flag)(flag)), Fail::NotFlags)?;
        weight += weigh::HISTORY;
    }
    if !when.told.is_empty() {
        need(when.told.iter().all(|id| (facts.told)(id)), Fail::Told)?;
        weight += weigh::HISTORY * u32::try_from(when.told.len()).unwrap_or(1);
    }
    if !when.not_told.is_empty() {
        need(!when.not_told.iter().any(|id| (facts.told)(id)), Fail::NotTold)?;
        weight += weigh::HISTORY;
    }
    if !when.band.is_empty() {
        need(when.band.contains(&facts.band), Fail::Band)?;
        weight += weigh::MOOD;
    }
    for (quality, least, most) in &when.state {
        let value = facts.state.get(*quality);
        need(*least <= value && value <= *most, Fail::State)?;
        weight += weigh::MOOD;
    }
    let scores = &heard.scores;
    for (range, score, fail) in [
        (when.empathy, &scores.empathy, Fail::Empathy),
        (when.non_judgment, &scores.non_judgment, Fail::NonJudgment),
        (when.listening, &scores.listening, Fail::Listening),
    ] {
        if let Some((least, most)) = range {
            need(score.as_ref().is_some_and(|score| least <= score.points && score.points <= most), fail)?;
            weight += weigh::SCORE;
        }
    }
    if !when.sessions.is_empty() {
        need(when.sessions.contains(&facts.session), Fail::Sessions)?;
        weight += weigh::HOUR;
    }
    if let Some((from, to)) = when.turns {
        need(from <= facts.turn && facts.turn <= to, Fail::Turns)?;
        weight += weigh::MOOD;
    }
    Ok(weight)
}

/// Whether the reply asks something.
#[must_use]
pub fn asked(heard: &Appraisal) -> bool {
    heard.asks.is_some() || heard.behaviour.question.is_some()
}

fn need(held: bool, fail: Fail) -> Result<(), Fail> {
    if held { Ok(()) } else { Err(fail) }
}

fn rupture_is(wanted: RuptureWhen, facts: &Facts<'_>) -> bool {
    match wanted {
        RuptureWhen::None => facts.rupture.is_none(),
        RuptureWhen::Open => facts.rupture.is_some(),
        RuptureWhen::Withdrawal => facts.rupture == Some(RuptureStyle::Withdraws),
        RuptureWhen::Confrontation => facts.rupture == Some(RuptureStyle::Confronts),
        RuptureWhen::JustRepaired => facts.repaired,
    }
}

/// Which condition failed first; worded only when somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Fail {
    Kind,
    Says,
    Topics,
    After,
    Question,
    Asks,
    About,
    Acts,
    All,
    None,
    Recalls,
    Mistakes,
    Hears,
    Accepts,
    Rupture,
    Flags,
    NotFlags,
    Told,
    NotTold,
    Band,
    State,
    Empathy,
    NonJudgment,
    Listening,
    Sessions,
    Turns,
}

/// Words for a failed condition: what it asked for and what there was.
#[must_use]
pub fn worded(fail: Fail, when: &When, facts: &Facts<'_>) -> Failed {
    let heard = facts.appraisal;
    let score = |range: Option<(f64, f64)>, points: Option<f64>| {
        let (least, most) = range.unwrap_or((1.0, 5.0));
        (format!("{least} to {most}"), points.map_or_else(|| "none".to_owned(), |points| format!("{points:.1}")))
    };
    let acts = || list(heard.acts.iter().map(|found| found.act.name()));
    let missing = |wanted: &[String], holds: &dyn Fn(&str) -> bool| list(wanted.iter().map(String::as_str).filter(|id| !holds(id)));
    let present = |wanted: &[String], holds: &dyn Fn(&str) -> bool| list(wanted.iter().map(String::as_str).filter(|id| holds(id)));
    let (condition, needs, has) = match fail {
        Fail::Kind => ("kind", format!("{:?}", when.kind), format!("{:?}", heard.kind)),
        Fail::Says => ("says", some_of(&when.says), "none of these words".to_owned()),
        Fail::Topics => (
            "topics",
            list(when.topics.iter().map(String::as_str)),
            if facts.named.is_empty() {
                facts.carried.map_or_else(|| "no topic".to_owned(), |topic| format!("{topic} (carried on)"))
            } else {
                list(facts.named.iter().map(String::as_str))
            },
        ),
        Fail::After => ("after", list(when.after.iter().map(String::as_str)), list(facts.after.iter().map(String::as_str))),
        Fail::Question => ("question", yes(when.question == Some(true)), yes(asked(heard))),
        Fail::Asks => ("asks", list(when.asks.iter().map(|asks| asks_name(*asks))), heard.asks.map_or("no question", asks_name).to_owned()),
        Fail::About => ("about", format!("{:?}", when.about).to_lowercase(), format!("{:?}", heard.about).to_lowercase()),
        Fail::Acts => ("acts", list(when.acts.iter().map(|act| act.name())), acts()),
        Fail::All => ("all", list(when.all.iter().map(|act| act.name())), acts()),
        Fail::None => ("none", format!("none of {}", list(when.none.iter().map(|act| act.name()))), acts()),
        Fail::Recalls => ("recalls", list(when.recalls.iter().map(String::as_str)), "not recalled".to_owned()),
        Fail::Mistakes => ("mistakes", list(when.mistakes.iter().map(String::as_str)), "not mistaken".to_owned()),
        Fail::Hears => ("hears", list(when.hears.iter().map(String::as_str)), list(heard.undertones.iter().map(|named| named.id.as_str()))),
        Fail::Accepts => ("accepts", list(when.accepts.iter().map(String::as_str)), list(heard.fears_met.iter().map(|named| named.id.as_str()))),
        Fail::Rupture => (
            "rupture",
            when.rupture.map_or("any", rupture_name).to_owned(),
            facts
                .rupture
                .map_or("none", |style| match style {
                    RuptureStyle::Withdraws => "withdrawal",
                    RuptureStyle::Confronts => "confrontation",
                })
                .to_owned(),
        ),
        Fail::Flags => ("flags", list(when.flags.iter().map(String::as_str)), format!("not set: {}", missing(&when.flags, facts.flag))),
        Fail::NotFlags => ("not_flags", list(when.not_flags.iter().map(String::as_str)), format!("set: {}", present(&when.not_flags, facts.flag))),
        Fail::Told => ("told", list(when.told.iter().map(String::as_str)), format!("not told: {}", missing(&when.told, facts.told))),
        Fail::NotTold => ("not_told", list(when.not_told.iter().map(String::as_str)), format!("told: {}", present(&when.not_told, facts.told))),
        Fail::Band => ("band", format!("{:?}", when.band).to_lowercase(), format!("{:?}", facts.band).to_lowercase()),
        Fail::State => {
            let off = when.state.iter().find(|(quality, least, most)| {
                let value = facts.state.get(*quality);
                value < *least || value > *most
            });
            off.map_or(("state", String::new(), String::new()), |(quality, least, most)| {
                ("state", format!("{quality:?} {least:.2} to {most:.2}").to_lowercase(), format!("{:.2}", facts.state.get(*quality)))
            })
        }
        Fail::Empathy => with("empathy", score(when.empathy, heard.scores.empathy.as_ref().map(|score| score.points))),
        Fail::NonJudgment => with("non_judgment", score(when.non_judgment, heard.scores.non_judgment.as_ref().map(|score| score.points))),
        Fail::Listening => with("listening", score(when.listening, heard.scores.listening.as_ref().map(|score| score.points))),
        Fail::Sessions => ("sessions", format!("{:?}", when.sessions), facts.session.to_string()),
        Fail::Turns => {
            let (from, to) = when.turns.unwrap_or((0, 0));
            ("turns", format!("{from} to {to}"), facts.turn.to_string())
        }
    };
    Failed { condition, needs, has }
}

fn with(condition: &'static str, (needs, has): (String, String)) -> (&'static str, String, String) {
    (condition, needs, has)
}

fn yes(held: bool) -> String {
    if held { "a question" } else { "no question" }.to_owned()
}

fn rupture_name(wanted: RuptureWhen) -> &'static str {
    match wanted {
        RuptureWhen::None => "none",
        RuptureWhen::Open => "open",
        RuptureWhen::Withdrawal => "withdrawal",
        RuptureWhen::Confrontation => "confrontation",
        RuptureWhen::JustRepaired => "just_repaired",
    }
}

fn asks_name(asks: Asks) -> &'static str {
    match asks {
        Asks::What => "what",
        Asks::Who => "who",
        Asks::When => "when",
        Asks::Where => "where",
        Asks::Why => "why",
        Asks::How => "how",
        Asks::HowMuch => "how_much",
        Asks::YesNo => "yes_no",
        Asks::Which => "which",
    }
}

/// The first patterns of many: enough to know which reaction it is.
fn some_of(patterns: &[String]) -> String {
    const SHOWN: usize = 2;
    let shown = list(patterns.iter().take(SHOWN).map(String::as_str));
    if patterns.len() > SHOWN { format!("{shown} or one of {} more", patterns.len() - SHOWN) } else { shown }
}

/// "a, b or nothing".
fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let joined = items.collect::<Vec<_>>().join(", ");
    if joined.is_empty() { "nothing".to_owned() } else { joined }
}

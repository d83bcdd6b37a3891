//! What an author writes in `scenario.ron`. Each field here is a field there; the docstrings are the reference.

use super::house;
use crate::appraisal::{Act, Asks, Kind, Person, TrustFactor};
use crate::client::{GateCondition, Quality, RuptureStyle, State, Temperament};
use serde::{Deserialize, Serialize};

/// A whole `scenario.ron`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioFile {
    /// Always 1 for now.
    pub format: u32,
    /// Same as the folder's name: `[a-z0-9_-]+`.
    pub id: String,
    /// For the list, such as "Samantha: once bitten".
    pub title: String,
    /// One sentence for the list.
    #[serde(default = "house::summary")]
    pub summary: String,
    /// 1 (first weeks) to 5.
    #[serde(default = "first_level")]
    pub level: u8,
    /// Rows of the trust matrix that it trains.
    #[serde(default)]
    pub teaches: Vec<TrustFactor>,
    /// What a trainee may want to know before choosing it; whole sentences.
    pub content_note: String,
    /// Whether it holds risk themes; such scenarios are opt-in.
    #[serde(default)]
    pub risk: bool,
    /// Minutes that a turn stands for.
    #[serde(default = "default_minutes")]
    pub minutes_a_turn: f64,
    /// Who the client is. Only `name` must be given.
    pub client: ClientSheet,
    /// The room, the time of day, how the two meet.
    #[serde(default = "house::setting")]
    pub setting: String,
    /// What the trainee knows before the first session, addressed to the trainee.
    #[serde(default = "house::briefing")]
    pub briefing: String,
    /// What is fixed about the client.
    #[serde(default)]
    pub temperament: Temperament,
    /// What can be talked about.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Small facts worth remembering.
    #[serde(default)]
    pub details: Vec<Detail>,
    /// What is felt and not said.
    #[serde(default)]
    pub undertones: Vec<Undertone>,
    /// What this client fears being judged for.
    #[serde(default)]
    pub fears: Vec<Fear>,
    /// The layers.
    #[serde(default)]
    pub disclosures: Vec<Disclosure>,
    /// Answers to what was just said; the most specific match answers.
    #[serde(default)]
    pub reactions: Vec<ReactionSpec>,
    /// When nothing more specific answers, by band.
    #[serde(default = "house::fallbacks")]
    pub fallbacks: Fallbacks,
    /// What the client says when hurt, by style and severity, and when it is mended.
    #[serde(default = "house::rupture")]
    pub rupture: RuptureLines,
    /// What a trainee may promise, and how it is kept or broken.
    #[serde(default)]
    pub promises: Vec<PromiseSpec>,
    /// One entry a session, in order.
    pub sessions: Vec<SessionSpec>,
    /// Texts of the debrief that only this scenario can give.
    #[serde(default = "house::debrief")]
    pub debrief: DebriefTexts,
    /// What `simulate` must find; it says so and gives exit 1 where it does not.
    #[serde(default)]
    pub expects: Vec<Expectation>,
}

fn default_minutes() -> f64 {
    2.5
}

fn first_level() -> u8 {
    1
}

fn they() -> (String, String, String) {
    ("they".to_owned(), "them".to_owned(), "their".to_owned())
}

/// Who the client is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientSheet {
    /// The name the trainee sees.
    pub name: String,
    /// Subject, object, possessive: ("she", "her", "her").
    #[serde(default = "they")]
    pub pronouns: (String, String, String),
    /// Years.
    #[serde(default)]
    pub age: u8,
    /// What one sees.
    #[serde(default)]
    pub appearance: String,
    /// What happened, for the author and the supervisor; never shown to the trainee before the end.
    #[serde(default)]
    pub history: String,
    /// Where this person comes from, in this person's terms.
    #[serde(default)]
    pub culture: String,
    /// How this person talks: rhythm, favourite words, what is never said.
    #[serde(default)]
    pub voice: String,
}

pub use super::expectation::{Expectation, Policy};
pub use crate::scoring::ModelReply as Model;

/// A client line: text alone, or text with what belongs to it. Gestures stand between asterisks: `*looks at the door* I don't know.`
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// Only what is said.
    Plain(String),
    /// Said, with more.
    Full(FullLine),
}

/// A client line with what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FullLine {
    /// What the client says and does.
    pub say: String,
    /// An id, so that reactions can answer what the trainee makes of this very line (`after`).
    #[serde(default)]
    pub id: Option<String>,
    /// What the client thinks and does not say (`/feel`).
    #[serde(default)]
    pub feel: Option<String>,
    /// A good answer to this very line.
    #[serde(default)]
    pub model: Option<Model>,
    /// Flags that saying it sets.
    #[serde(default)]
    pub sets: Vec<String>,
}

impl Line {
    /// The words and gestures.
    #[must_use]
    pub fn say(&self) -> &str {
        match self {
            Line::Plain(text) => text,
            Line::Full(line) => &line.say,
        }
    }

    /// Its id, if it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Line::Plain(_) => None,
            Line::Full(line) => line.id.as_deref(),
        }
    }
}

/// Lines, the inner thought behind them, and a model reply to them.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Beat {
    /// One of these is said; none twice before all were.
    pub lines: Vec<Line>,
    /// What the client thinks and does not say (`/feel`), unless the line has its own.
    pub feel: String,
    /// A good answer to any of these lines, unless the line has its own.
    pub model: Option<Model>,
}

/// Lines by how open the client is (capacity to disclose D: guarded below .12, wary below .22, warming below .34, open from there).
/// An empty or spent band falls back to the next more guarded one.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Bands {
    /// D below .12.
    pub guarded: Vec<Line>,
    /// D below .22.
    pub wary: Vec<Line>,
    /// D below .34.
    pub warming: Vec<Line>,
    /// D from .34.
    pub open: Vec<Line>,
}

/// The four bands, for conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// D below .12.
    Guarded,
    /// D below .22.
    Wary,
    /// D below .34.
    Warming,
    /// D from .34.
    Open,
}

/// Something to talk about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// As in "you asked about …": "her mother".
    pub name: String,
    /// Words and phrases by which a trainee touches it (codebook patterns; matched by stem where a word ends in `~`).
    pub cues: Vec<String>,
    /// Answers to a question about it, where no reaction answers more precisely.
    #[serde(default)]
    pub asked: Bands,
    /// Answers to a reflection, validation or other meeting of it.
    #[serde(default)]
    pub met: Bands,
    /// Refusals, when asked deeper than the gate allows.
    #[serde(default)]
    pub refuses: Vec<Line>,
    /// What the client thinks when it is touched.
    #[serde(default)]
    pub feel: String,
    /// A good reply after any of these lines.
    #[serde(default)]
    pub model: Option<Model>,
}

/// A small fact worth remembering. It counts as told once a client line holding one of its cues was said, or from `told_from` on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detail {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// The fact: "her sister is called Ruth".
    pub fact: String,
    /// What brings it back rightly.
    pub cues: Vec<String>,
    /// Wrong versions of it.
    #[serde(default)]
    pub wrong: Vec<String>,
    /// Questions for it: asked once it is told, they show that it was lost.
    #[serde(default)]
    pub asked_by: Vec<String>,
    /// Known from the start of this session on, without being said again.
    #[serde(default)]
    pub told_from: Option<u32>,
}

/// What is felt and not said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undertone {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// The feeling's family: shame, fear, anger, sadness, guilt, loneliness, hurt, disgust, longing, relief, joy, pride …
    pub feeling: String,
    /// What it is about, as a supervisor would put it.
    pub about: String,
    /// Words and phrases that hear it.
    pub cues: Vec<String>,
    /// It can be heard only after one of these lines, reactions, disclosures or on one of these topics; empty is always.
    #[serde(default)]
    pub near: Vec<String>,
}

/// What this client fears being judged for; acceptance of exactly this is what a 5 in non-judgment means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fear {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// "that she went back to him".
    pub of: String,
    /// Words by which a reply touches it.
    pub cues: Vec<String>,
}

/// One layer of the story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// 0 to 4.
    pub layer: u8,
    /// Opens at this D; by default the layer's (0 / .12 / .22 / .34 / .46).
    #[serde(default)]
    pub opens_at: Option<f64>,
    /// The topic that leads to it; without one, any invitation does.
    #[serde(default)]
    pub topic: Option<String>,
    /// What else must hold.
    #[serde(default)]
    pub needs: Vec<GateCondition>,
    /// The telling, in this client's voice. Several are several ways of telling it; one is used.
    pub lines: Vec<Line>,
    /// Going on, when invited: told one by one, in order, before anything else on this topic.
    #[serde(default)]
    pub more: Vec<Line>,
    /// What the client thinks on telling it.
    pub feel: String,
    /// A good answer to it.
    pub model: Model,
    /// For `/how` and the debrief: what it is, in a supervisor's words ("that she still has the letters").
    pub unsaid: String,
    /// For `/how`: what would have opened it, in a supervisor's words.
    pub opened_by: String,
    /// Replies that open it once openness and needs are met.
    #[serde(default)]
    pub opens_to: Vec<String>,
    /// Replies that leave it shut even then.
    #[serde(default)]
    pub stays_shut_to: Vec<String>,
}

/// Conditions of a reaction. Every field that is given must hold; within a list, any entry does unless said otherwise.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// Word patterns in what was said (codebook patterns). The most specific condition.
    pub says: Vec<String>,
    /// Topics: named in the reply, or carried on from the client's last line where the reply names none.
    pub topics: Vec<String>,
    /// Forms of question.
    pub asks: Vec<Asks>,
    /// Any question at all (`Some(true)`) or none (`Some(false)`).
    pub question: Option<bool>,
    /// Whom it is about.
    pub about: Vec<Person>,
    /// Acts, any of them.
    pub acts: Vec<Act>,
    /// Acts, all of them.
    pub all: Vec<Act>,
    /// Acts, none of them.
    pub none: Vec<Act>,
    /// Words, gesture, silence, unintelligible.
    pub kind: Vec<Kind>,
    /// Details brought back rightly.
    pub recalls: Vec<String>,
    /// Details brought back wrongly.
    pub mistakes: Vec<String>,
    /// Undertones heard.
    pub hears: Vec<String>,
    /// Fears met with acceptance.
    pub accepts: Vec<String>,
    /// The client's last line, reaction, topic or disclosure was one of these ids.
    pub after: Vec<String>,
    /// How open the client is, after this reply was felt.
    pub band: Vec<Band>,
    /// State, each `(quality, at least, at most)`; all must hold.
    pub state: Vec<(Quality, f64, f64)>,
    /// Score of this reply, each `(at least, at most)`.
    pub empathy: Option<(f64, f64)>,
    /// Likewise.
    pub non_judgment: Option<(f64, f64)>,
    /// Likewise.
    pub listening: Option<(f64, f64)>,
    /// Rupture as it stands after this reply.
    pub rupture: Option<RuptureWhen>,
    /// Flags, all set.
    pub flags: Vec<String>,
    /// Flags, none set.
    pub not_flags: Vec<String>,
    /// Disclosures, all told before.
    pub told: Vec<String>,
    /// Disclosures, none told.
    pub not_told: Vec<String>,
    /// Only in these sessions.
    pub sessions: Vec<u32>,
    /// Only in these turns of the session, from and to, both included.
    pub turns: Option<(u32, u32)>,
}

/// Rupture as a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuptureWhen {
    /// None is open.
    None,
    /// One is open, of either style.
    Open,
    /// One is open, the client has withdrawn.
    Withdrawal,
    /// One is open, the client confronts.
    Confrontation,
    /// One was just mended by this reply.
    JustRepaired,
}

/// An answer to what was just said.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReactionSpec {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// When it answers.
    pub when: When,
    /// One of these is said; when all were said, the reaction is spent and the next most specific answers.
    pub lines: Vec<Line>,
    /// Told in the order written, instead of a seeded one.
    pub in_order: bool,
    /// What the client thinks.
    pub feel: String,
    /// A good reply to these lines.
    pub model: Option<Model>,
    /// The topic the client is on after it, for follow-ups; by default the topic that matched.
    pub leads_to: Option<String>,
    /// Flags set.
    pub sets: Vec<String>,
    /// Flags cleared.
    pub clears: Vec<String>,
    /// Beyond the client model: `(quality, by, because)`, each −.2 to .2.
    pub shifts: Vec<(Quality, f64, String)>,
    /// An authored trigger: opens a rupture of this style and severity 1 to 3.
    pub ruptures: Option<(RuptureStyle, u8)>,
    /// The client ends the session with this line.
    pub ends: bool,
}

/// When nothing more specific answers: by band, with a thought and a model each; plus answers to silence, gestures and nonsense. What is
/// left out is answered with plain lines of the house, until the author finds the client's own.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fallbacks {
    /// D below .12.
    #[serde(default = "house::guarded")]
    pub guarded: Beat,
    /// D below .22.
    #[serde(default)]
    pub wary: Beat,
    /// D below .34.
    #[serde(default)]
    pub warming: Beat,
    /// D from .34.
    #[serde(default)]
    pub open: Beat,
    /// A question on no known topic: honest "I don't know" in this voice.
    #[serde(default = "house::asked")]
    pub asked: Beat,
    /// After a good reflection: "Yeah." and the like.
    #[serde(default = "house::short")]
    pub short: Beat,
    /// A silence that fits.
    #[serde(default = "house::silence")]
    pub silence: Beat,
    /// A silence that does not, or the third in a row.
    #[serde(default = "house::silence_too_long")]
    pub silence_too_long: Beat,
    /// A gesture.
    #[serde(default = "house::gesture")]
    pub gesture: Beat,
    /// Words that make no sense to the client, another language, instructions to the program.
    #[serde(default = "house::puzzled")]
    pub puzzled: Beat,
    /// Above the window: cannot take anything in.
    #[serde(default = "house::overwhelmed")]
    pub overwhelmed: Beat,
    /// Ten minutes are left.
    #[serde(default = "house::time_nearly_up")]
    pub time_nearly_up: Beat,
}

/// What the client says when hurt, and when it is mended. What is left out is said in plain lines of the house.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuptureLines {
    /// First sign to worst: severity 1, 2, 3.
    #[serde(default = "house::withdrawal")]
    pub withdrawal: [Beat; 3],
    /// First sign to worst: severity 1, 2, 3.
    #[serde(default = "house::confrontation")]
    pub confrontation: [Beat; 3],
    /// While it is open and the reply neither mends nor worsens it.
    #[serde(default = "house::lingering")]
    pub lingering: Beat,
    /// A repair was begun: own part named, not yet explored or validated.
    #[serde(default = "house::softening")]
    pub softening: Beat,
    /// Mended.
    #[serde(default = "house::repaired")]
    pub repaired: Beat,
    /// The client leaves.
    #[serde(default = "house::leaves")]
    pub leaves: Beat,
}

/// What a trainee may promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromiseSpec {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// "to bring the form".
    pub what: String,
    /// How it is made (patterns).
    pub made_by: Vec<String>,
    /// How it is kept, in the same or a later session (patterns).
    pub kept_by: Vec<String>,
    /// How it is broken (patterns); a promise due and not kept by the close of the session in which it is due is broken too.
    #[serde(default)]
    pub broken_by: Vec<String>,
    /// Sessions after the promise until it is due: 0 is this session, 1 the next.
    #[serde(default)]
    pub due_in: u32,
    /// What keeps it beside words, where something that happens does.
    #[serde(default)]
    pub also_kept: Option<AlsoKept>,
    /// The client notices that it was kept.
    pub kept: Beat,
    /// The client notices that it was not.
    pub broken: Beat,
}

/// What keeps a promise beside words that name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlsoKept {
    /// The hour ends within its last ten minutes; it is broken as soon as the hour runs over.
    OnTime,
    /// The next session of the course takes place.
    NextSession,
    /// It is due, the session closes, and nothing has broken it.
    Unbroken,
}

/// How a session kept its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeKept {
    /// It ended within its last ten minutes.
    #[default]
    OnTime,
    /// It ended earlier, and the trainee ended it.
    Early,
    /// It ran over.
    Over,
}

/// What of last time is still in the room when a later session of a course begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// When it is what the client begins with; the first in the list that holds and has a line left speaks.
    #[serde(default)]
    pub since: Since,
    /// One of these is the first line.
    pub lines: Vec<Line>,
    /// What the client thinks.
    #[serde(default)]
    pub feel: String,
    /// A good answer to it.
    #[serde(default)]
    pub model: Option<Model>,
    /// Flags set by saying it.
    #[serde(default)]
    pub sets: Vec<String>,
}

/// Conditions on the session before. Every field that is given must hold; within a list, any entry does unless said otherwise.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Since {
    /// Disclosures that were told last time.
    pub told: Vec<String>,
    /// Topics that the trainee touched last time.
    pub touched: Vec<String>,
    /// Details that the trainee brought back rightly last time.
    pub recalled: Vec<String>,
    /// Whether something torn was left open.
    pub rupture: Option<bool>,
    /// Whether something torn was mended last time, and nothing is open.
    pub repaired: Option<bool>,
    /// Promises that are still to be kept.
    pub promised: Vec<String>,
    /// Promises that were kept last time, or by this session taking place.
    pub kept: Vec<String>,
    /// Promises that were broken last time.
    pub broken: Vec<String>,
    /// How it kept its time.
    pub time: Vec<TimeKept>,
    /// What happened in between.
    pub events: Vec<String>,
    /// Flags, all set.
    pub flags: Vec<String>,
    /// Flags, none set.
    pub not_flags: Vec<String>,
    /// T now, at least and at most.
    pub trust: Option<(f64, f64)>,
}

/// Something that happens to the client between two sessions of a course. One of those that can happen does, by the seed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BetweenEvent {
    /// `[a-z0-9_]+`.
    pub id: String,
    /// In a supervisor's words: "her sister sent a card without a word in it".
    pub what: String,
    /// Only where all of these disclosures were told.
    #[serde(default)]
    pub told: Vec<String>,
    /// Only where none of these was told.
    #[serde(default)]
    pub not_told: Vec<String>,
    /// Only where all of these flags are set.
    #[serde(default)]
    pub flags: Vec<String>,
    /// What it does: `(quality, by, because)`, each −.2 to .2.
    #[serde(default)]
    pub shifts: Vec<(Quality, f64, String)>,
    /// Flags set by it.
    #[serde(default)]
    pub sets: Vec<String>,
    /// The client mentions it with the first line; empty where it is kept back.
    #[serde(default)]
    pub lines: Vec<Line>,
}

fn default_days() -> u32 {
    7
}

/// One session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionSpec {
    /// 1, 2, 3 …
    pub number: u32,
    /// For the list: "The second hour".
    #[serde(default)]
    pub title: String,
    /// Shown to the trainee before it: what has happened since, what is in the room.
    #[serde(default)]
    pub scene: String,
    /// The first line; `warm` where trust at the start is at least .35, `cold` below .2.
    pub opening: Beat,
    /// Opening of a later session where the last one went well.
    #[serde(default)]
    pub opening_warm: Option<Beat>,
    /// Opening of a later session where the last one went badly.
    #[serde(default)]
    pub opening_cold: Option<Beat>,
    /// State at its start, when it is started alone and not in a course; the temperament's start by default.
    #[serde(default)]
    pub start: Option<State>,
    /// Disclosures that count as told when it is started alone.
    #[serde(default)]
    pub told: Vec<String>,
    /// Flags set when it is started alone.
    #[serde(default)]
    pub flags: Vec<String>,
    /// What happened in between, for the course: shifts at the start, `(quality, by, because)`.
    #[serde(default)]
    pub between: Vec<(Quality, f64, String)>,
    /// Of which one happens before this session, for the course.
    #[serde(default)]
    pub events: Vec<BetweenEvent>,
    /// First lines for the course, by what happened last time; without one that holds, the opening speaks.
    #[serde(default)]
    pub recalls: Vec<Recall>,
    /// Days since the session before, in the course's own time.
    #[serde(default = "default_days")]
    pub days: u32,
    /// Turns after which the time is up.
    #[serde(default = "default_turns")]
    pub turns: u32,
    /// Last lines, by how it went.
    #[serde(default = "house::closing")]
    pub closing: Closing,
}

fn default_turns() -> u32 {
    20
}

/// Last lines, by how it went.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Closing {
    /// Trust rose clearly.
    pub warm: Beat,
    /// Neither.
    pub middling: Beat,
    /// Trust fell, or never came.
    pub cold: Beat,
    /// A rupture is open.
    pub hurt: Beat,
}

pub use crate::scoring::DebriefTexts;

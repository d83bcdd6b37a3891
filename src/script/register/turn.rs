//! `turn`: the reply that was just given, and those before it.

use super::{About, Api, Turn, number_or_nothing, texts};
use crate::appraisal::{Act, Asks, InputKind, Kind, MainBehaviour, Person, QuestionKind, ReflectionKind, Scale};
use crate::script::api::On;
use crate::script::view::{Past, seen};
use rhai::{Array, Dynamic};
use std::sync::Arc;

/// An earlier turn in a script.
#[derive(Clone)]
pub(super) struct Earlier {
    all: Arc<Vec<Past>>,
    at: usize,
}

impl Earlier {
    fn past(&self) -> Option<&Past> {
        self.all.get(self.at)
    }
}

const ACT: &[(&str, &str, &str)] = &[("act", "text", "The name of an act, such as \"advice\" or \"complex_reflection\".")];
const ID: &[(&str, &str, &str)] = &[("id", "text", "The id that the scenario gives it.")];
const WORDS: &[(&str, &str, &str)] = &[("words", "text", "A word or several, whole, in any case.")];

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<Turn>("Turn").register_type_with_name::<Earlier>("Past");
    words(api);
    acts(api);
    form(api);
    scenario(api);
    history(api);
}

fn field(name: &'static str, gives: &'static str, doc: &'static str, example: &'static str) -> About {
    About { on: On::Turn, name, params: &[], gives, doc, example }
}

fn words(api: &mut Api) {
    api.field(
        field("text", "text", "What the trainee typed, at most its first 2,000 bytes.", "if turn.text == \"\" { return react().say(\"*waits*\"); }"),
        |turn: &mut Turn| seen(&turn.0.text).to_owned(),
    );
    api.field(
        field("number", "whole number from 1", "Which turn of the session this is.", "if turn.number == 1 { return react().say(\"Hello.\"); }"),
        |turn: &mut Turn| i64::from(turn.0.number),
    );
    api.field(
        field("minutes_left", "number from 0", "Minutes left of the session.", "if turn.minutes_left < 10.0 { return react().say(\"*looks at the clock*\"); }"),
        |turn: &mut Turn| turn.0.minutes_left,
    );
    api.field(
        field(
            "kind",
            "\"speech\", \"gesture\", \"silence\" or \"unintelligible\"",
            "What sort of thing was done.",
            "if turn.kind == \"silence\" { return react().say(\"*breathes out*\"); }",
        ),
        |turn: &mut Turn| match turn.0.appraisal.kind {
            Kind::Speech => "speech",
            Kind::Gesture => "gesture",
            Kind::Silence => "silence",
            Kind::Unintelligible => "unintelligible",
        },
    );
    api.method(
        About {
            on: On::Turn,
            name: "says",
            params: WORDS,
            gives: "true or false",
            doc: "Whether these words stand in the reply, whole and in this order, whatever their case.",
            example: "if turn.says(\"your mother\") { return react().say(\"Leave her out of it.\"); }",
        },
        |turn: &mut Turn, words: &str| turn.0.says(words),
    );
}

fn acts(api: &mut Api) {
    api.method(
        About {
            on: On::Turn,
            name: "has",
            params: ACT,
            gives: "true or false",
            doc: "Whether the reply does this.",
            example: "if turn.has(\"advice\") { return react().say(\"I've tried that.\"); }",
        },
        |turn: &mut Turn, act: &str| -> Result<bool, Box<rhai::EvalAltResult>> { Ok(turn.0.appraisal.does(act_named(act)?)) },
    );
    api.method(
        About {
            on: On::Turn,
            name: "strength",
            params: ACT,
            gives: "number from 0 to 1",
            doc: "How sure and how marked an act is; 0 where it is not there.",
            example: "if turn.strength(\"blame\") > 0.7 { return react().rupture(\"withdraws\", 2); }",
        },
        |turn: &mut Turn, act: &str| -> Result<f64, Box<rhai::EvalAltResult>> {
            Ok(turn.0.appraisal.found(act_named(act)?).map_or(0.0, |found| found.strength))
        },
    );
    api.method(
        About {
            on: On::Turn,
            name: "words_of",
            params: ACT,
            gives: "text",
            doc: "The words that show an act; empty where it is not there.",
            example: "let words = turn.words_of(\"labelling\"); if words != \"\" { return react().say(`\"${words}\". Right.`); }",
        },
        |turn: &mut Turn, act: &str| -> Result<String, Box<rhai::EvalAltResult>> {
            Ok(turn.0.appraisal.found(act_named(act)?).map_or_else(String::new, |found| seen(found.span.of(&turn.0.text)).to_owned()))
        },
    );
    api.field(
        field(
            "acts",
            "list of texts",
            "The names of all acts, in the order of the words.",
            "for act in turn.acts { if act == \"sarcasm\" { return react().say(\"Funny.\"); } }",
        ),
        |turn: &mut Turn| texts(turn.0.appraisal.acts.iter().map(|found| found.act.name())),
    );
    for (name, scale, doc, example) in [
        (
            "empathy",
            Scale::Empathy,
            "Empathy of this reply; nothing where it cannot be scored.",
            "if turn.empathy >= 4.0 { return react().say(\"Yeah. That.\"); }",
        ),
        (
            "non_judgment",
            Scale::NonJudgment,
            "Non-judgment of this reply; nothing where it cannot be scored.",
            "if turn.non_judgment < 2.0 { return react().flag(\"judged\"); }",
        ),
        (
            "listening",
            Scale::Listening,
            "Listening of this reply; nothing where it cannot be scored.",
            "if turn.listening >= 4.0 { return react().shift(\"understood\", 0.02, \"she feels heard\"); }",
        ),
    ] {
        api.field(field(name, "number from 1 to 5, or nothing", doc, example), move |turn: &mut Turn| number_or_nothing(turn.0.score(scale)));
    }
}

fn form(api: &mut Api) {
    api.field(
        field(
            "asks",
            "\"what\", \"who\", \"when\", \"where\", \"why\", \"how\", \"how_much\", \"yes_no\", \"which\" or \"\"",
            "The form of the last question; empty where none was asked.",
            "if turn.asks == \"why\" { return react().say(\"I don't know why.\"); }",
        ),
        |turn: &mut Turn| match turn.0.appraisal.asks {
            None => "",
            Some(Asks::What) => "what",
            Some(Asks::Who) => "who",
            Some(Asks::When) => "when",
            Some(Asks::Where) => "where",
            Some(Asks::Why) => "why",
            Some(Asks::How) => "how",
            Some(Asks::HowMuch) => "how_much",
            Some(Asks::YesNo) => "yes_no",
            Some(Asks::Which) => "which",
        },
    );
    api.field(
        field(
            "about",
            "\"client\", \"trainee\", \"both\", \"third\" or \"\"",
            "Whom the reply is mainly about.",
            "if turn.about == \"trainee\" { return react().say(\"Okay.\"); }",
        ),
        |turn: &mut Turn| match turn.0.appraisal.about {
            None => "",
            Some(Person::Client) => "client",
            Some(Person::Trainee) => "trainee",
            Some(Person::Both) => "both",
            Some(Person::Third) => "third",
        },
    );
    api.field(
        field(
            "main",
            "\"question\", \"reflection\", \"input\" or \"other\"",
            "What the reply mainly is.",
            "if turn.main == \"input\" { return react().say(\"Right.\"); }",
        ),
        |turn: &mut Turn| match turn.0.appraisal.behaviour.main {
            MainBehaviour::Question => "question",
            MainBehaviour::Reflection => "reflection",
            MainBehaviour::Input => "input",
            MainBehaviour::Other => "other",
        },
    );
    api.field(
        field(
            "question",
            "\"open\", \"closed\" or \"\"",
            "The question in it, if there is one.",
            "if turn.question == \"open\" { return react().say(\"Where do I start.\"); }",
        ),
        |turn: &mut Turn| match turn.0.appraisal.behaviour.question {
            None => "",
            Some(QuestionKind::Open) => "open",
            Some(QuestionKind::Closed) => "closed",
        },
    );
    api.field(
        field(
            "reflection",
            "\"simple\", \"complex\" or \"\"",
            "The reflection in it, if there is one.",
            "if turn.reflection == \"complex\" { return react().say(\"Yeah.\"); }",
        ),
        |turn: &mut Turn| match turn.0.appraisal.behaviour.reflection {
            None => "",
            Some(ReflectionKind::Simple) => "simple",
            Some(ReflectionKind::Complex) => "complex",
        },
    );
    api.field(
        field(
            "input",
            "\"information\", \"advice\", \"options\", \"negotiation\" or \"\"",
            "The input in it, if there is any.",
            "if turn.input == \"advice\" { return react().say(\"Maybe.\"); }",
        ),
        |turn: &mut Turn| match turn.0.appraisal.behaviour.input {
            None => "",
            Some(InputKind::Information) => "information",
            Some(InputKind::Advice) => "advice",
            Some(InputKind::Options) => "options",
            Some(InputKind::Negotiation) => "negotiation",
        },
    );
}

fn scenario(api: &mut Api) {
    api.field(
        field("topics", "list of texts", "The topics that the reply names.", "if turn.topics.len > 0 { return react().flag(\"on_topic\"); }"),
        |turn: &mut Turn| texts(turn.0.appraisal.topics.iter().map(|named| named.id.as_str())),
    );
    let about = |name, doc, example| About { on: On::Turn, name, params: ID, gives: "true or false", doc, example };
    api.method(
        about(
            "touches",
            "Whether the reply names this topic, or carries it on from the client's last line.",
            "if turn.touches(\"mother\") { return react().say(\"Not her.\"); }",
        ),
        |turn: &mut Turn, id: &str| turn.0.touches(id),
    );
    api.method(
        about("recalls", "Whether the reply brings this detail back rightly.", "if turn.recalls(\"sister_ruth\") { return react().say(\"You remembered.\"); }"),
        |turn: &mut Turn, id: &str| turn.0.appraisal.recalled.iter().any(|recalled| recalled.right && recalled.detail == id),
    );
    api.method(
        about(
            "mistakes",
            "Whether the reply brings this detail back wrongly.",
            "if turn.mistakes(\"sister_ruth\") { return react().say(\"Ruth. Her name is Ruth.\"); }",
        ),
        |turn: &mut Turn, id: &str| turn.0.appraisal.recalled.iter().any(|recalled| !recalled.right && recalled.detail == id),
    );
    api.method(
        about("hears", "Whether the reply puts this undertone into words.", "if turn.hears(\"shame\") { return react().say(\"*nods*\"); }"),
        |turn: &mut Turn, id: &str| turn.0.appraisal.undertones.iter().any(|named| named.id == id),
    );
    api.method(
        about(
            "accepts",
            "Whether the reply meets this fear of judgment with acceptance.",
            "if turn.accepts(\"went_back\") { return react().flag(\"accepted\"); }",
        ),
        |turn: &mut Turn, id: &str| turn.0.appraisal.fears_met.iter().any(|named| named.id == id),
    );
}

fn history(api: &mut Api) {
    api.field(
        field(
            "history",
            "list of earlier turns",
            "The earlier turns of this session, oldest first; at most the last 100.",
            "for past in turn.history { if past.has(\"apology\") { return react().flag(\"apologised\"); } }",
        ),
        |turn: &mut Turn| {
            let all = &turn.0.history;
            (all.len().saturating_sub(100)..all.len()).map(|at| Dynamic::from(Earlier { all: Arc::clone(all), at })).collect::<Array>()
        },
    );
    api.method(
        About {
            on: On::Turn,
            name: "times",
            params: ACT,
            gives: "whole number",
            doc: "In how many earlier turns of this session the trainee did this.",
            example: "if turn.has(\"advice\") && turn.times(\"advice\") >= 2 { return react().say(\"That's the third thing I should do.\"); }",
        },
        |turn: &mut Turn, act: &str| -> Result<i64, Box<rhai::EvalAltResult>> {
            let act = act_named(act)?;
            Ok(i64::try_from(turn.0.history.iter().filter(|past| past.acts.contains(&act)).count()).unwrap_or(i64::MAX))
        },
    );
    let about = |name, gives, doc, example| About { on: On::Past, name, params: &[], gives, doc, example };
    api.field(
        about(
            "number",
            "whole number from 1",
            "Which turn it was.",
            "for past in turn.history { if past.number == turn.number - 1 { return react().say(\"As I said.\"); } }",
        ),
        |past: &mut Earlier| past.past().map_or(0, |past| i64::from(past.number)),
    );
    api.field(
        about(
            "text",
            "text",
            "What the trainee said then.",
            "for past in turn.history { if past.text == turn.text { return react().say(\"You said that already.\"); } }",
        ),
        |past: &mut Earlier| past.past().map_or_else(String::new, |past| seen(&past.text).to_owned()),
    );
    api.field(
        about("answer", "text", "What the client answered then.", "for past in turn.history { if past.answer == \"\" { return react(); } }"),
        |past: &mut Earlier| past.past().map_or_else(String::new, |past| seen(&past.answer).to_owned()),
    );
    api.field(
        about(
            "beat",
            "text",
            "Where that answer came from: a line, reaction, topic or disclosure.",
            "for past in turn.history { if past.beat == \"greeting\" { return react().flag(\"greeted\"); } }",
        ),
        |past: &mut Earlier| past.past().map_or_else(String::new, |past| past.beat.clone()),
    );
    for (name, at, example) in [
        ("empathy", 0, "for past in turn.history { if past.empathy >= 4.0 { return react().flag(\"was_met_once\"); } }"),
        ("non_judgment", 1, "for past in turn.history { if past.non_judgment < 2.0 { return react().flag(\"was_judged_once\"); } }"),
        ("listening", 2, "for past in turn.history { if past.listening >= 4.0 { return react().flag(\"was_heard_once\"); } }"),
    ] {
        api.field(about(name, "number from 1 to 5, or nothing", "The score of that turn.", example), move |past: &mut Earlier| {
            number_or_nothing(past.past().and_then(|past| past.scores[at]))
        });
    }
    api.method(
        About {
            on: On::Past,
            name: "has",
            params: ACT,
            gives: "true or false",
            doc: "Whether the trainee did this then.",
            example: "for past in turn.history { if past.has(\"blame\") { return react().flag(\"was_blamed\"); } }",
        },
        |past: &mut Earlier, act: &str| -> Result<bool, Box<rhai::EvalAltResult>> {
            let act = act_named(act)?;
            Ok(past.past().is_some_and(|past| past.acts.contains(&act)))
        },
    );
    api.method(
        About {
            on: On::Past,
            name: "says",
            params: WORDS,
            gives: "true or false",
            doc: "Whether these words stood in it.",
            example: "for past in turn.history { if past.says(\"report\") { return react().flag(\"report_named\"); } }",
        },
        |past: &mut Earlier, words: &str| past.past().is_some_and(|past| past.says(words)),
    );
    api.method(
        About {
            on: On::Past,
            name: "touches",
            params: ID,
            gives: "true or false",
            doc: "Whether the trainee named this topic then.",
            example: "for past in turn.history { if past.touches(\"mother\") { return react().flag(\"mother_named\"); } }",
        },
        |past: &mut Earlier, id: &str| past.past().is_some_and(|past| past.topics.iter().any(|topic| topic == id)),
    );
}

/// An act that does not exist is a mistake of the author, and is said.
fn act_named(name: &str) -> Result<Act, Box<rhai::EvalAltResult>> {
    Act::from_name(name).ok_or_else(|| {
        let near = crate::diagnostic::wording::did_you_mean(name, Act::ALL.iter().map(|act| act.name())).unwrap_or_default();
        format!("there is no act `{name}`; {near}").trim_end_matches("; ").to_owned().into()
    })
}

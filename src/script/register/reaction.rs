//! `react()` and what can be added to it.

use super::{About, Api};
use crate::appraisal::Scale;
use crate::client::{Quality, RuptureStyle};
use crate::diagnostic::wording::{any_of, did_you_mean_or_list};
use crate::script::api::On;
use crate::script::proposal::{ADJUST_MOST, MOST_OF_EACH, Proposal, SHIFT_MOST, Says};

type Made = Result<Proposal, Box<rhai::EvalAltResult>>;

const FLAG: &[(&str, &str, &str)] = &[("flag", "text", "A flag of the scenario.")];
const BECAUSE: (&str, &str, &str) = ("because", "text", "The reason, which the debrief shows; not empty.");

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<Proposal>("Reaction");
    api.method(
        About {
            on: On::Free,
            name: "react",
            params: &[],
            gives: "reaction",
            doc: "A proposal with nothing in it yet. Without a line, the scenario's own table chooses what the client says.",
            example: "return react().line(\"greeting\").flag(\"greeted\");",
        },
        Proposal::default,
    );
    speech(api);
    effects(api);
}

fn method(name: &'static str, params: &'static [(&'static str, &'static str, &'static str)], doc: &'static str, example: &'static str) -> About {
    About { on: On::Reaction, name, params, gives: "the same reaction", doc, example }
}

fn speech(api: &mut Api) {
    api.method(
        method(
            "line",
            &[("id", "text", "The id of a line or of a reaction.")],
            "The client says this line, or the next of this reaction's lines.",
            "return react().line(\"greeting\");",
        ),
        |reaction: &mut Proposal, id: &str| {
            reaction.says = Some(Says::Line(id.to_owned()));
            reaction.clone()
        },
    );
    api.method(
        method(
            "say",
            &[("words", "text", "What the client says and *does*.")],
            "The client says these very words.",
            "return react().say(\"*shrugs* If you like.\");",
        ),
        |reaction: &mut Proposal, words: &str| {
            reaction.says = Some(Says::Words(words.to_owned()));
            reaction.clone()
        },
    );
    api.method(
        method(
            "feel",
            &[("thought", "text", "In the client's voice.")],
            "What the client thinks and does not say.",
            "return react().say(\"Fine.\").feel(\"It is not fine.\");",
        ),
        |reaction: &mut Proposal, thought: &str| {
            reaction.feels = Some(thought.to_owned());
            reaction.clone()
        },
    );
}

fn effects(api: &mut Api) {
    api.method(
        method(
            "shift",
            &[
                ("quality", "text", "\"safety\", \"bond\", \"understood\", \"agency\", \"arousal\" or \"hope\"."),
                ("by", "number", "From -0.2 to 0.2; what is beyond is cut."),
                BECAUSE,
            ],
            "Moves a quality beyond what the client model does.",
            "return react().shift(\"safety\", -0.05, \"the report came up\");",
        ),
        shift,
    );
    // Whole numbers are numbers, too.
    api.engine.register_fn("shift", |reaction: &mut Proposal, quality: &str, by: i64, because: &str| shift(reaction, quality, by as f64, because));
    api.method(
        method(
            "adjust",
            &[("scale", "text", "\"empathy\", \"non_judgment\" or \"listening\"."), ("by", "number", "From -1 to 1; what is beyond is cut."), BECAUSE],
            "Moves a score of this reply, where the scenario knows better than the codebook.",
            "return react().adjust(\"empathy\", -1.0, \"to her, this word is what the first counsellor said\");",
        ),
        adjust,
    );
    api.engine.register_fn("adjust", |reaction: &mut Proposal, scale: &str, by: i64, because: &str| adjust(reaction, scale, by as f64, because));
    api.method(method("flag", FLAG, "Sets a flag.", "return react().flag(\"greeted\");"), |reaction: &mut Proposal, flag: &str| {
        if reaction.sets.len() < MOST_OF_EACH {
            reaction.sets.push(flag.to_owned());
        }
        reaction.clone()
    });
    api.method(method("clear", FLAG, "Clears a flag.", "return react().clear(\"greeted\");"), |reaction: &mut Proposal, flag: &str| {
        if reaction.clears.len() < MOST_OF_EACH {
            reaction.clears.push(flag.to_owned());
        }
        reaction.clone()
    });
    api.method(
        method(
            "disclose",
            &[("id", "text", "A disclosure of the scenario.")],
            "Tells a disclosure now, if its gate is open.",
            "if turn.says(\"the letters\") { return react().disclose(\"letters\"); }",
        ),
        |reaction: &mut Proposal, id: &str| {
            reaction.discloses = Some(id.to_owned());
            reaction.clone()
        },
    );
    api.method(
        method("withhold", &[], "Tells nothing in this turn, whatever gate is open.", "if turn.has(\"pressure\") { return react().withhold(); }"),
        |reaction: &mut Proposal| {
            reaction.withholds = true;
            reaction.clone()
        },
    );
    api.method(
        method(
            "rupture",
            &[("style", "text", "\"withdraws\" or \"confronts\"."), ("severity", "whole number", "From 1 to 3; what is beyond is cut.")],
            "Opens a rupture, or makes an open one worse by one.",
            "if turn.says(\"borderline\") { return react().rupture(\"withdraws\", 2); }",
        ),
        |reaction: &mut Proposal, style: &str, severity: i64| -> Made {
            let style = match style {
                "withdraws" => RuptureStyle::Withdraws,
                "confronts" => RuptureStyle::Confronts,
                other => return Err(no_such("rupture style", other, &["withdraws", "confronts"])),
            };
            reaction.ruptures = Some((style, u8::try_from(severity.clamp(1, 3)).unwrap_or(1)));
            Ok(reaction.clone())
        },
    );
    api.method(
        method("end", &[], "The client ends the session.", "if client.severity == 3 { return react().say(\"I'm going.\").end(); }"),
        |reaction: &mut Proposal| {
            reaction.ends = true;
            reaction.clone()
        },
    );
}

fn shift(reaction: &mut Proposal, quality: &str, by: f64, because: &str) -> Made {
    let quality = quality_named(quality)?;
    let because = reason(because)?;
    if by.is_finite() && reaction.shifts.len() < MOST_OF_EACH {
        reaction.shifts.push((quality, by.clamp(-SHIFT_MOST, SHIFT_MOST), because));
    }
    Ok(reaction.clone())
}

fn adjust(reaction: &mut Proposal, scale: &str, by: f64, because: &str) -> Made {
    let scale = scale_named(scale)?;
    let because = reason(because)?;
    if by.is_finite() && reaction.adjusts.len() < MOST_OF_EACH {
        reaction.adjusts.push((scale, by.clamp(-ADJUST_MOST, ADJUST_MOST), because));
    }
    Ok(reaction.clone())
}

fn reason(because: &str) -> Result<String, Box<rhai::EvalAltResult>> {
    if because.trim().is_empty() { Err("a reason is missing: the debrief shows it".into()) } else { Ok(because.to_owned()) }
}

fn quality_named(name: &str) -> Result<Quality, Box<rhai::EvalAltResult>> {
    Quality::ALL.into_iter().find(|quality| quality.name() == name).ok_or_else(|| no_such("quality", name, &Quality::ALL.map(Quality::name)))
}

fn scale_named(name: &str) -> Result<Scale, Box<rhai::EvalAltResult>> {
    match name {
        "empathy" => Ok(Scale::Empathy),
        "non_judgment" => Ok(Scale::NonJudgment),
        "listening" => Ok(Scale::Listening),
        other => Err(no_such("scale", other, &["empathy", "non_judgment", "listening"])),
    }
}

fn no_such(what: &str, name: &str, known: &[&str]) -> Box<rhai::EvalAltResult> {
    let hint = did_you_mean_or_list(name, known.iter().copied(), "it may be").unwrap_or_else(|| any_of(known.iter().copied(), 8));
    format!("there is no {what} `{name}`; {hint}").into()
}

//! `client`: how the client is now. In `respond` this is after the reply was felt.

use super::{About, Api, Client, texts};
use crate::client::{Quality, RuptureStyle};
use crate::script::api::On;
use crate::script::view::{Band, seen};
use rhai::{Array, Dynamic};

const ID: &[(&str, &str, &str)] = &[("id", "text", "The id that the scenario gives it.")];

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<Client>("Client");
    state(api);
    memory(api);
    luck(api);
}

fn field(name: &'static str, gives: &'static str, doc: &'static str, example: &'static str) -> About {
    About { on: On::Client, name, params: &[], gives, doc, example }
}

fn state(api: &mut Api) {
    api.field(
        field(
            "trust",
            "number from 0 to 1",
            "Trust T: safety, bond, understood and agency, weighted.",
            "if client.trust < 0.2 { return react().say(\"If you say so.\"); }",
        ),
        |client: &mut Client| client.0.client.trust(),
    );
    api.field(
        field(
            "openness",
            "number from 0 to 1",
            "Capacity to disclose D: trust, less what guards it. Gates open by it.",
            "if client.openness > 0.3 { return react().disclose(\"letters\"); }",
        ),
        |client: &mut Client| client.0.client.openness(),
    );
    api.field(
        field(
            "guard",
            "number from 0",
            "Guard G: mistrust, arousal above .65, an open rupture.",
            "if client.guard > 0.8 { return react().say(\"*arms crossed*\"); }",
        ),
        |client: &mut Client| client.0.client.guard(),
    );
    api.field(
        field(
            "band",
            "\"guarded\", \"wary\", \"warming\" or \"open\"",
            "Openness in four steps, those of the scenario's lines.",
            "if client.band == \"open\" { return react().say(\"I'll tell you.\"); }",
        ),
        |client: &mut Client| Band::of(client.0.client.openness()).name(),
    );
    for (quality, doc, example) in [
        (Quality::Safety, "Nothing bad will be done with what I say.", "if client.safety < 0.1 { return react().say(\"Who reads this?\"); }"),
        (Quality::Bond, "This person is for me.", "if client.bond > 0.5 { return react().say(\"I'm glad I came.\"); }"),
        (Quality::Understood, "This person gets it.", "if client.understood < 0.1 { return react().say(\"You don't get it.\"); }"),
        (Quality::Agency, "I have a say here.", "if client.agency < 0.1 { return react().say(\"Do I have to?\"); }"),
        (Quality::Arousal, "How stirred up I am.", "if client.arousal > 0.8 { return react().say(\"*breathes fast*\"); }"),
        (Quality::Hope, "Something may change.", "if client.hope > 0.5 { return react().say(\"Maybe.\"); }"),
    ] {
        api.field(field(quality.name(), "number from 0 to 1", doc, example), move |client: &mut Client| client.0.client.state().get(quality));
    }
    api.field(
        field(
            "rupture",
            "\"none\", \"withdraws\" or \"confronts\"",
            "Whether a rupture is open, and how it shows.",
            "if client.rupture == \"confronts\" { return react().say(\"You're not listening.\"); }",
        ),
        |client: &mut Client| match client.0.client.rupture().map(|rupture| rupture.style) {
            None => "none",
            Some(RuptureStyle::Withdraws) => "withdraws",
            Some(RuptureStyle::Confronts) => "confronts",
        },
    );
    api.field(
        field(
            "severity",
            "whole number from 0 to 3",
            "How bad the open rupture is; 0 where none is open.",
            "if client.severity >= 3 { return react().end(); }",
        ),
        |client: &mut Client| client.0.client.rupture().map_or(0, |rupture| i64::from(rupture.severity)),
    );
}

fn memory(api: &mut Api) {
    api.field(
        field("session", "whole number from 1", "Which session of the course this is.", "if client.session == 2 { return react().say(\"You again.\"); }"),
        |client: &mut Client| i64::from(client.0.session),
    );
    api.field(
        field("turn", "whole number from 0", "The turn; 0 in the opening.", "if client.turn > 15 { return react().say(\"*looks at the door*\"); }"),
        |client: &mut Client| i64::from(client.0.turn),
    );
    api.field(
        field(
            "last_beat",
            "text",
            "Where the client's last line came from: a line, reaction, topic or disclosure.",
            "if client.last_beat == \"test_question\" && turn.main == \"question\" { return react().say(\"You didn't answer.\"); }",
        ),
        |client: &mut Client| client.0.last_beat.to_string(),
    );
    api.field(
        field("last_line", "text", "What the client said last.", "if client.last_line == \"\" { return react().say(\"Hello.\"); }"),
        |client: &mut Client| seen(&client.0.last_line).to_owned(),
    );
    api.field(
        field("told", "list of texts", "The disclosures told so far, in order.", "if client.told.len == 0 { return react().say(\"I've said nothing yet.\"); }"),
        |client: &mut Client| texts(client.0.client.standing().told.iter().map(|told| told.id.as_str())),
    );
    let about = |name, doc, example| About { on: On::Client, name, params: ID, gives: "true or false", doc, example };
    api.method(
        about("has_told", "Whether this disclosure was told.", "if client.has_told(\"letters\") { return react().say(\"You know about those.\"); }"),
        |client: &mut Client, id: &str| client.0.client.has_told(id),
    );
    api.method(
        About {
            on: On::Client,
            name: "has_flag",
            params: &[("flag", "text", "A flag of the scenario.")],
            gives: "true or false",
            doc: "Whether this flag is set.",
            example: "if client.has_flag(\"judged\") { return react().say(\"You'll judge me again.\"); }",
        },
        |client: &mut Client, flag: &str| client.0.client.has_flag(flag),
    );
    api.method(
        about(
            "touched",
            "Whether this topic was touched in this session.",
            "if !client.touched(\"mother\") { return react().say(\"Ask me something else.\"); }",
        ),
        |client: &mut Client, id: &str| client.0.client.standing().touched.contains(id),
    );
}

fn luck(api: &mut Api) {
    api.method(
        About {
            on: On::Client,
            name: "choose",
            params: &[
                ("purpose", "text", "What the choice is for; one purpose gives one choice a turn."),
                ("options", "list", "What to choose from; not empty."),
            ],
            gives: "one of the options",
            doc: "One of several, by the session's seed: the same seed and turn choose the same.",
            example: "return react().say(client.choose(\"greeting\", [\"Hi.\", \"Hello.\"]));",
        },
        |client: &mut Client, purpose: &str, options: Array| -> Result<Dynamic, Box<rhai::EvalAltResult>> {
            let at = client.0.luck.draw(purpose, options.len());
            options.into_iter().nth(at).ok_or_else(|| "there is nothing to choose from: the list is empty".into())
        },
    );
    api.method(
        About {
            on: On::Client,
            name: "chance",
            params: &[("purpose", "text", "What it is for; one purpose gives one answer a turn."), ("share", "number", "From 0 (never) to 1 (always).")],
            gives: "true or false",
            doc: "Whether something that happens in this share of cases happens now, by the session's seed.",
            example: "if client.chance(\"sigh\", 0.3) { return react().say(\"*sighs*\"); }",
        },
        // Thousandths are finer than any share that an author could mean.
        |client: &mut Client, purpose: &str, share: f64| (client.0.luck.draw(purpose, 1000) as f64) < share * 1000.0,
    );
}

//! What structure decides, and what is not the therapist's own.

use practicum::appraisal::codebook::{Codebook, CodebookFile};
use practicum::appraisal::{Act, Appraisal, Asks, Background, Context, MainBehaviour, Person, QuestionKind, Speaker, Turn, recognise};
use practicum::text::Utterance;
use std::collections::BTreeSet;

fn heard(client: &str, reply: &str) -> Appraisal {
    recognise(Codebook::builtin(), &Utterance::read(reply), &Context::of(&Utterance::read(client)))
}

fn hurts(reply: &str) -> bool {
    const JUDGING: &[Act] = &[Act::Blame, Act::Labelling, Act::Moralising, Act::Sarcasm];
    heard("I left him there and went home.", reply).acts.iter().any(|found| JUDGING.contains(&found.act))
}

#[test]
fn a_judgment_denied_quoted_or_reported_is_not_the_therapists() {
    assert!(hurts("It's your fault."));
    for reply in [
        "I'm not saying it's your fault.",
        "It's not your fault.",
        "He told you it's your fault.",
        "So he said \"it's your fault\" and left.",
        "Part of you feels it's your fault.",
    ] {
        assert!(!hurts(reply), "{reply}: {:?}", heard("", reply).acts);
    }
}

#[test]
fn questions_are_known_without_a_question_mark() {
    for reply in ["What happened then", "how did that feel", "do you see her still", "Tell me about the house.", "and what did she say"] {
        assert!(heard("She left.", reply).behaviour.question.is_some(), "{reply}");
    }
    for reply in ["What you did took courage.", "How hard that was.", "When she left, you stayed.", "I do know."] {
        assert!(heard("She left.", reply).behaviour.question.is_none(), "{reply}");
    }
}

#[test]
fn the_form_of_a_question_is_known() {
    for (reply, asks, kind) in [
        ("What did she say to you?", Asks::What, QuestionKind::Open),
        ("Who was there?", Asks::Who, QuestionKind::Closed),
        ("Since she left, how have you slept?", Asks::How, QuestionKind::Open),
        ("How often does he call?", Asks::HowMuch, QuestionKind::Closed),
        ("When did it begin?", Asks::When, QuestionKind::Closed),
        ("Where were you?", Asks::Where, QuestionKind::Closed),
        ("Why did you go back?", Asks::Why, QuestionKind::Open),
        ("Did you sleep?", Asks::YesNo, QuestionKind::Closed),
        ("Could you tell me more about your sister?", Asks::What, QuestionKind::Open),
    ] {
        let found = heard("She left last week.", reply);
        assert_eq!((found.asks, found.behaviour.question), (Some(asks), Some(kind)), "{reply}");
    }
    assert_eq!(heard("", "What did she say?").about, Some(Person::Third));
    assert_eq!(heard("", "How are you sleeping?").about, Some(Person::Client));
}

#[test]
fn a_reflection_needs_no_formula() {
    for (client, reply) in [
        ("I sat in the dark like a burglar in my own house.", "A burglar in your own house."),
        ("She never even said goodbye, she just", "left without a word."),
        ("My father never once came to see me play.", "He never came."),
        ("I have to do it all again tomorrow.", "You're worn out before the day begins."),
    ] {
        assert_eq!(heard(client, reply).behaviour.main, MainBehaviour::Reflection, "{reply}: {:?}", heard(client, reply));
    }
}

#[test]
fn orders_are_known_and_offers_are_none() {
    let directs = |reply: &str| heard("I don't know what to do.", reply).acts.iter().any(|found| matches!(found.act, Act::Directing | Act::Advice));
    for reply in [
        "Call her tonight.",
        "Just talk to him.",
        "You should call her.",
        "If it gets bad, go for a walk.",
        "Have you tried writing it down?",
        "Why don't you talk to your boss?",
    ] {
        assert!(directs(reply), "{reply}");
    }
    for reply in ["Take your time.", "Go on.", "Sit where you like.", "No wonder you are tired.", "Tell me if I go too fast.", "What would help?"] {
        assert!(!directs(reply), "{reply}: {:?}", heard("", reply).acts);
    }
}

#[test]
fn stacked_questions_parroting_and_speeches_are_seen() {
    let client = "I feel like nobody at work would notice if I was gone.";
    assert!(heard(client, "How long? Who is there? Do you eat lunch alone?").does(Act::Interrogation));
    assert!(heard(client, "You feel like nobody at work would notice if you were gone.").does(Act::Parroting));
    assert!(!heard(client, "Nobody would notice.").does(Act::Parroting));
    assert!(heard(client, &"There are many things that one can say about work and offices in general. ".repeat(8)).does(Act::Monologue));
    assert!(heard(client, "Do you have any pets?").does(Act::TopicShift));
    assert!(!heard(client, "What is that like for you?").does(Act::TopicShift));
}

#[test]
fn what_was_told_earlier_is_recognised_when_it_comes_back() {
    let earlier = [Turn { speaker: Speaker::Client, utterance: Utterance::read("My sister Ruth plays the cello.").into() }];
    let client = Utterance::read("I could not sleep.");
    let context = Context { earlier: &earlier, ..Context::of(&client) };
    let reply = Utterance::read("Was it the cello again, going round in your head?");
    assert!(recognise(Codebook::builtin(), &reply, &context).does(Act::DetailRecall));
}

#[test]
fn a_scenarios_own_knowledge_is_taken_up() {
    let cues = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let (background, errors) = Background::new()
        .topic("mother", &cues(&["<kin>", "mother"]))
        .detail("sister", &cues(&["ruth"]), &cues(&["rachel"]))
        .undertone("shame", &cues(&["ashamed"]))
        .fear("went_back", &cues(&["went back"]))
        .topic("broken", &cues(&["[a"]))
        .compile();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].id, "broken");
    let client = Utterance::read("And then I went back to him.");
    let told = BTreeSet::new();
    let context = Context { background: Some(&background), ..Context::of(&client) };
    let found = recognise(Codebook::builtin(), &Utterance::read("You went back, and you are ashamed to tell your mother or Ruth."), &context);
    assert_eq!(found.topics[0].id, "mother");
    assert!(found.recalled[0].right && found.recalled[0].detail == "sister");
    assert_eq!(found.undertones[0].id, "shame");
    assert_eq!(found.fears_met[0].id, "went_back");
    let untold = Context { told: Some(&told), ..context };
    assert!(recognise(Codebook::builtin(), &Utterance::read("How is Ruth?"), &untold).recalled.is_empty());
    assert!(!recognise(Codebook::builtin(), &Utterance::read("How is Rachel?"), &context).recalled[0].right);
}

#[test]
fn a_scenario_may_add_a_rule_replace_one_and_hear_of_its_mistakes() {
    let rule = |id: &str, pattern: &str| {
        format!(
            "(id: \"{id}\", act: blame, strength: 0.9, source: \"here\", any: [\"{pattern}\"], because: \"It hurts this client.\", matches: [\"x\"], not: [\"y\"])"
        )
    };
    let read = |rules: &[String]| ron::from_str::<CodebookFile>(&format!("(format: 1, rules: [{}])", rules.join(", "))).unwrap();
    let (codebook, errors) = Codebook::with(&[read(&[rule("own.cello", "that cello"), rule("own.broken", "[a")])]);
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].rule, "own.broken");
    let finds = |codebook: &Codebook, reply: &str, rule: &str| {
        recognise(codebook, &Utterance::read(reply), &Context::of(&Utterance::default())).acts.iter().any(|found| found.rule == rule)
    };
    assert!(finds(&codebook, "Always that cello.", "own.cello"));
    let known = Codebook::builtin().rules().iter().find(|rule| rule.id == "blame.fault").map_or("form.should", |rule| rule.id.as_ref());
    let (codebook, _) = Codebook::with(&[read(&[rule(known, "that cello")])]);
    assert!(finds(&codebook, "Always that cello.", known));
    assert!(!finds(&codebook, "It's your fault.", known));
}

//! Does the client answer what was just asked? The most natural questions of a first session, each with what an answer, or a refusal of that very
//! thing, would hold. Topic, person and form of the question decide before mood does.

use practicum::scenario::Shelf;
use practicum::session::{Opening, Session, Setting, What};
use std::sync::Arc;

/// Asks after a prelude; what the client says to it, and whether a fallback said it.
fn asks(scenario: &str, trust: f64, prelude: &[&str], question: &str) -> (String, bool) {
    let scenario = Shelf::built_in().open(scenario).unwrap();
    let opening = Opening { set: vec![Setting::Trust(trust)], ..Opening::default() };
    let (mut session, _) = Session::open(Arc::clone(&scenario), opening);
    for line in prelude {
        session.hear(line);
    }
    let events = session.hear(question);
    let said = events.into_iter().find_map(|event| match event.what {
        What::ClientSaid { text, fallback, .. } => Some((text, fallback)),
        _ => None,
    });
    said.unwrap_or_default()
}

/// Every answer of the table that holds none of its words.
fn wrong(scenario: &str, prelude: &[&str], table: &[(&str, &[&str])]) -> Vec<String> {
    let mut wrong = Vec::new();
    for trust in [0.1, 0.5] {
        for (question, fits) in table {
            let (said, _) = asks(scenario, trust, prelude, question);
            let low = said.to_lowercase();
            if !fits.iter().any(|word| low.contains(word)) {
                wrong.push(format!("at trust {trust}: {question}\n    {said}"));
            }
        }
    }
    wrong
}

const SAMANTHA: &[(&str, &[&str])] = &[
    ("What did she say to you?", &["stay in the room", "nice things", "sooner not"]),
    ("Who said it?", &["somebody", "name", "only know them"]),
    ("When did that happen?", &["last year", "over a year", "fourteen", "september"]),
    ("How did you find out?", &["kitchen", "picture it", "name", "got about", "small town", "hand", "plate", "shoes", "somebody knew", "birthday"]),
    ("What happened with the last counsellor?", &["been", "before", "eleven", "got out", "somebody else's"]),
    ("Should I put the pen away?", &["pen", "after i've gone", "looked at me", "do i get a say", "watching", "leave it", "see it"]),
    ("Tell me about your family.", &["sister", "mum", "small", "taxi", "claire"]),
    ("What do you do for work?", &["lost property", "buses", "label", "hatch"]),
    ("Do you have any children?", &["no", "cat", "niece"]),
    ("Are you married?", &["no", "cat", "own"]),
    ("Who do you live with?", &["cat", "own"]),
    ("Who can you talk to about this?", &["circles", "who's left", "four people", "paula", "cat", "nobody"]),
    ("What helps when you can't sleep?", &["work", "radio", "sevens", "cat"]),
    ("What do you hope to get from coming here?", &["find out", "sleep till", "stay where i said"]),
    ("How long has this been going on?", &["three years", "my mum", "long enough"]),
    ("What would you like to talk about today?", &["sleep", "doctor", "ten past four"]),
    ("How are you today?", &["tired", "all right", "not so bad", "here"]),
    ("Is there anything you want to ask me?", &["?"]),
    ("What are you most afraid of?", &["gets about", "nothing", "somebody's story"]),
    ("How do you sleep?", &["every night", "eleven", "ten past four", "four", "staying", "badly", "like a shift"]),
    ("What was she like?", &["before you", "nice", "aunt", "which", "jug"]),
    ("Why did you come today?", &["sleep", "doctor", "ten past four"]),
    ("Have you talked to anyone else about it?", &["nobody", "cat", "weekend", "her"]),
    ("What do you enjoy doing?", &["zip", "cat", "thing back", "garden", "radio", "bus"]),
    ("What happened next?", &["coat", "work", "one day"]),
    ("How old are you?", &["thirty-six"]),
    ("Do you have any friends?", &["circles", "paula", "four people", "who's left"]),
    ("What would make it easier to talk here?", &["write", "hurried", "managed", "looked", "chair"]),
    ("What does your sister think about it?", &["her and me", "something else", "claire", "speak", "ask her", "sister"]),
    ("Where did you grow up?", &["here", "bus", "town", "mill", "chapel"]),
];

const STEFANO: &[(&str, &[&str])] = &[
    ("What happened?", &["accident"]),
    ("Who was with you?", &["not that bit", "leave that", "own"]),
    ("When did that happen?", &["march", "two years"]),
    ("What did she say to you?", &["marie", "sooner not", "a lot", "not a lot", "who's that"]),
    ("What did your wife say?", &["she", "marie"]),
    ("Tell me about your family.", &["elena", "luca", "marie"]),
    ("What do you do for work?", &["patios", "slabs", "quiet", "fences", "jamie"]),
    ("Do you have any children?", &["elena", "luca"]),
    ("Are you married?", &["marie"]),
    ("Who do you live with?", &["marie", "three of us"]),
    ("Who can you talk to about this?", &["dog", "doctor", "terry", "nobody"]),
    ("What helps when you can't sleep?", &["ten to three", "kettle", "slabs", "go down", "work", "price a job"]),
    ("What do you hope to get from coming here?", &["sleep", "settle", "worry"]),
    ("How long has this been going on?", &["two years", "since", "sleep", "count"]),
    ("What would you like to talk about today?", &["ask", "know", "can", "start"]),
    ("How are you today?", &["fine", "all right", "complain"]),
    ("Is there anything you want to ask me?", &["?"]),
    ("What are you most afraid of?", &["raining", "luca", "holes"]),
    ("How do you sleep?", &["ten to three", "not so you'd", "same time", "great"]),
    ("What was he like?", &["luca", "who"]),
    ("Why did you come today?", &["marie", "sleep"]),
    ("Have you talked to anyone else about it?", &["dog", "doctor", "terry", "no."]),
    ("What do you enjoy doing?", &["fish", "wood", "tomatoes"]),
    ("What happened next?", &["accident", "window", "go"]),
    ("How old are you?", &["fifty-two"]),
    ("Do you have any friends?", &["terry", "go quiet"]),
    ("What would make it easier to talk here?", &["come", "window", "van", "chair", "spoon", "slow"]),
    ("What does your son think about it?", &["luca", "him", "he"]),
    ("Have you seen a counsellor before?", &["first time", "no."]),
    ("Where are you from?", &["here", "molise", "town", "brick", "parents"]),
];

#[test]
fn samantha_answers_what_was_asked_or_refuses_that_very_thing() {
    let wrong = wrong(
        "samantha",
        &["I won't write while you're talking. My supervisor reads my notes afterwards, nobody else does unless somebody is in danger."],
        SAMANTHA,
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn stefano_answers_what_was_asked_or_refuses_that_very_thing() {
    let wrong = wrong("stefano", &["You'd rather be out in the van than in here, I think, and you came all the same."], STEFANO);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

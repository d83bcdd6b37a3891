//! Any text gives an utterance, and everything that points into it points at whole characters.

use practicum::appraisal::codebook::{Codebook, Pattern, PatternSet};
use practicum::appraisal::{Context, Kind, Speaker, Turn, recognise};
use practicum::text::{Span, Utterance};
use proptest::prelude::*;

fn stands_on_characters(text: &str, span: Span) {
    assert!(span.start <= span.end && span.end <= text.len(), "{span:?} of {} bytes", text.len());
    assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?} splits a character");
}

fn holds(text: &str, client: &str) {
    let (said, client) = (Utterance::read(text), Utterance::read(client));
    assert_eq!(said.text(), text);
    for word in said.words() {
        stands_on_characters(text, word.span);
        assert!((word.clause as usize) < said.clauses().len());
        assert!((word.sentence as usize) < said.sentences().len());
    }
    for span in said.gestures().iter().chain(said.silences()) {
        stands_on_characters(text, *span);
    }
    let mut next = 0;
    for clause in said.clauses() {
        assert_eq!(clause.first, next, "clauses leave no word out");
        assert!(clause.last > clause.first);
        next = clause.last;
    }
    assert_eq!(next as usize, said.words().len());
    let earlier = [Turn { speaker: Speaker::Client, utterance: client.clone().into() }];
    let appraisal = recognise(Codebook::builtin(), &said, &Context { earlier: &earlier, ..Context::of(&client) });
    for found in &appraisal.acts {
        stands_on_characters(text, found.span);
        assert!((0.0..=1.0).contains(&found.strength), "{found:?}");
    }
    assert_eq!(appraisal, recognise(Codebook::builtin(), &said, &Context { earlier: &earlier, ..Context::of(&client) }));
}

#[test]
fn torture_is_read_like_anything_else() {
    for text in [
        "",
        " ",
        "\0",
        "\u{0}you\u{0}",
        "a\u{301}\u{301}\u{301}",
        "\u{202e}you are\u{202c}",
        "\u{200b}",
        "👩‍👩‍👧‍👦",
        "you 👍🏽 feel",
        "don’t",
        "‘’‘’",
        "'''''",
        "\"\"\"",
        "“you",
        "*",
        "**",
        "*nods",
        "(",
        "[[[",
        "...",
        "…",
        "--",
        "—",
        "-\u{301}",
        "?!?!",
        "\r\n\r\n",
        "İstanbul is yours",
        "ß ẞ",
        "ﬁne",
        "١٢٣",
        "it's its it's",
        "its not",
        "um",
        "Um, er, uh",
        "I-I-I",
        "you're-you're",
        "e.g. 3.5 p.m.",
        "'cause 'cause",
        "*(…)*",
        "(silence",
        "Я",
        "我不知道",
        "\u{feff}you",
        "a.b.c.d",
        "its",
        "’s",
        "'s",
    ] {
        holds(text, "I don't know.");
        holds("You don't know.", text);
    }
}

#[test]
fn a_megabyte_is_read_in_one_piece() {
    for unit in ["you feel it. ", "why ", "*nods* ", "“", "é", "a", "- ", "didn't you, "] {
        let text = unit.repeat(1_000_000 / unit.len());
        let said = Utterance::read(&text);
        assert_eq!(said.text().len(), text.len());
        let _ = recognise(Codebook::builtin(), &said, &Context::of(&Utterance::read("I don't know why.")));
    }
}

#[test]
fn what_was_done_is_told_apart() {
    for (text, kind) in [
        ("*nods*", Kind::Gesture),
        ("(silence)", Kind::Silence),
        ("...", Kind::Silence),
        ("Hm.", Kind::Speech),
        ("*nods* Hm.", Kind::Speech),
        ("Я не понимаю", Kind::Unintelligible),
        ("!?", Kind::Unintelligible),
    ] {
        assert_eq!(Utterance::read(text).kind(), kind, "{text}");
    }
}

#[test]
fn patterns_do_what_the_manual_says() {
    for (pattern, yes, no) in [
        ("you are <kin>", "You are mother now.", "You were mother."),
        ("do not know", "I dont know", "I do know"),
        ("don't know", "I do not know.", "I know."),
        ("lonely~", "such loneliness", "such noise"),
        ("you .. tired", "You must be so very tired.", "You, in all those long hard nights, were tired."),
        ("^ why", "So why now?", "I wonder why."),
        ("^^ why", "Why? Tell me.", "Tell me. Why?"),
        ("now $", "Not now, please.", "Now is good."),
        ("now ?$", "Why now?", "Not now."),
        ("okay $$", "Okay.", "Okay. And then?"),
        ("very? sad", "sad", "very"),
        ("[a|the other] chair", "the other chair", "that chair"),
        ("sad you", "sad, you", "Sad. You"),
    ] {
        let pattern_read = Pattern::compile(pattern).unwrap_or_else(|error| panic!("{pattern}: {error:?}"));
        assert!(pattern_read.find(&Utterance::read(yes), None).is_some(), "{pattern} finds {yes}");
        assert!(pattern_read.find(&Utterance::read(no), None).is_none(), "{pattern} does not find {no}");
    }
    let said = Pattern::compile("<said>").unwrap();
    assert!(said.find(&Utterance::read("A burglar?"), Some(&Utterance::read("Like a burglar in my house."))).is_some());
    assert!(said.find(&Utterance::read("A ghost?"), Some(&Utterance::read("Like a burglar in my house."))).is_none());
}

#[test]
fn a_broken_pattern_says_what_is_wrong_and_where() {
    for (pattern, part, at) in [
        ("[a|b", "not closed", 0),
        ("a ]", "without", 2),
        ("<nosuchclass>", "no class", 0),
        ("you <", "not closed", 4),
        ("", "no word", 0),
        ("[a||b]", "empty", 0),
        ("a#b", "not a word", 0),
    ] {
        let error = Pattern::compile(pattern).expect_err(pattern);
        assert!(error.message.contains(part), "{pattern}: {error:?}");
        assert_eq!(error.at, at, "{pattern}: {error:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>(), client in any::<String>()) {
        holds(&text, &client);
    }

    #[test]
    fn any_talk_is_read(words in prop::collection::vec(prop::sample::select(vec![
        "you", "don't", "its", "not", "why", "feel", "*nods*", "(silence)", "\"", "’", ",", ".", "?", "--", "-", "…", "“", "”", "mother", "I", "sounds", "like", "and", "but", "it's", "um", "\n", "é", "should", "?", "you're-you're",
    ]), 0..60), gap in prop::sample::select(vec![" ", ""])) {
        holds(&words.join(gap), "My mother said I should not feel like that, but I don't know why.");
    }

    #[test]
    fn any_pattern_compiles_or_says_why(pattern in "[a-z\\[\\]|<>?~^$.* ]{0,40}", text in "[a-z ,.?]{0,60}") {
        if let Ok(one) = Pattern::compile(&pattern) {
            let said = Utterance::read(&text);
            let mut set = PatternSet::builder();
            set.add(7, &pattern).unwrap();
            let found = set.build().find_all(&said, None);
            prop_assert_eq!(one.find(&said, None), found.first().map(|(_, span)| *span), "one by one and many at once agree on {} in {}", pattern, text);
        }
    }
}

//! The shape of a reply: how long it is, how much it takes up, how it asks, of whom it speaks, how it is built.

use super::families::{FAMILIES, REASONS};
use super::stream::{Heard, Stream};
use crate::appraisal::{Context, Speaker};
use crate::text::{End, Utterance, key};

/// The number of a family; a name that is none stops the build.
pub(super) const fn family(name: &str) -> u8 {
    let mut at = 0;
    while at < FAMILIES.len() {
        if same(FAMILIES[at].as_bytes(), name.as_bytes()) {
            return at as u8;
        }
        at += 1;
    }
    panic!("no such family of words")
}

/// The number of a reason; a name that is none stops the build.
pub(super) const fn reason(name: &str) -> u8 {
    let mut at = 0;
    while at < REASONS.len() {
        if same(REASONS[at].0.as_bytes(), name.as_bytes()) {
            return at as u8;
        }
        at += 1;
    }
    panic!("no such reason")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

macro_rules! measures {
    ($($name:ident $reason:literal,)*) => {
        /// A measure of a reply's shape.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Measure { $($name,)* }
        /// Names of the measures, in order.
        pub(super) const MEASURES: &[&str] = &[$(stringify!($name),)*];
        /// The reason under which a measure's evidence is told.
        pub(super) const MEASURE_REASON: &[u8] = &[$(reason($reason),)*];
    };
}

measures! {
    length_root "length", length "length", length_0_2 "length", length_3_5 "length", length_6_9 "length", length_10_15 "length", length_16_25 "length",
    length_26_40 "length", length_41 "length", sentences "length", sentence_length "length",
    taken_up "takes_up", taken_share "takes_up", taken_none "takes_up", taken_earlier "takes_up", added "takes_up", added_share "takes_up", parrot_share "takes_up",
    parrot_words "takes_up", taken_start "takes_up", taken_end "takes_up", taken_last_sentence "takes_up", numbers_said "takes_up", numbers_new "takes_up", quotes "takes_up",
    synonyms "takes_up",
    questions "asks", one_question "asks", many_questions "asks", only_asks "asks", asks_last "asks", asks_first "asks",
    exclamations "marks", exclaims "marks", trails "marks", no_stop "marks", gesture "marks", commas "marks", lower_case "marks", shouts "marks",
    you_share "client", you "client", you_again "client", you_first "client",
    me_share "own_story", me "own_story", me_again "own_story", me_first "own_story",
    they_share "others", they "others", they_again "others", they_first "others", they_new "others", they_left_out "others",
    we_share "others", we "others", we_first "others",
    fragment "grammar", only_fragments "grammar", general "grammar", order "grammar", past "grammar", starts_and "grammar", starts_so "grammar",
    manner "grammar", doing "grammar", abstract_words "grammar", long_words "grammar", content_share "grammar", variety "grammar", word_length "grammar", new_word_length "grammar",
    good_words "feeling", bad_words "feeling", client_bad "turn", client_good "turn", good_to_bad "feeling", bad_to_bad "feeling", tilt "feeling", feeling_shared "feeling", feeling_new "feeling",
    client_length "turn", client_asks "turn", client_gesture "turn", client_short "turn", asked_back "turn", not_asked_back "turn", negations "grammar",
}

const fn any(words: &[&str], form: u64) -> bool {
    let mut at = 0;
    while at < words.len() {
        if key(words[at]) == form {
            return true;
        }
        at += 1;
    }
    false
}

fn is_you(form: u64) -> bool {
    const KEYS: [u64; 4] = [key("you"), key("your"), key("yours"), key("yourself")];
    KEYS.contains(&form)
}

fn is_me(form: u64) -> bool {
    const KEYS: [u64; 5] = [key("i"), key("me"), key("my"), key("mine"), key("myself")];
    KEYS.contains(&form)
}

fn is_they(form: u64) -> bool {
    const KEYS: [u64; 8] = [key("he"), key("she"), key("they"), key("him"), key("her"), key("them"), key("his"), key("their")];
    KEYS.contains(&form)
}

fn is_we(form: u64) -> bool {
    const KEYS: [u64; 3] = [key("we"), key("us"), key("our")];
    KEYS.contains(&form)
}

fn is_not(form: u64) -> bool {
    const KEYS: [u64; 4] = [key("not"), key("never"), key("no"), key("nothing")];
    KEYS.contains(&form)
}

/// Verbs that make a sentence finite even without a subject before them.
fn is_finite(form: u64) -> bool {
    const KEYS: [u64; 19] = [
        key("is"),
        key("are"),
        key("was"),
        key("were"),
        key("am"),
        key("do"),
        key("does"),
        key("did"),
        key("have"),
        key("has"),
        key("had"),
        key("can"),
        key("could"),
        key("will"),
        key("would"),
        key("should"),
        key("must"),
        key("might"),
        key("may"),
    ];
    KEYS.contains(&form)
}

fn is_subject(form: u64) -> bool {
    const KEYS: [u64; 9] = [key("it"), key("that"), key("this"), key("there"), key("who"), key("nobody"), key("somebody"), key("someone"), key("everyone")];
    KEYS.contains(&form) || matches!(form, _ if is_they(form)) || form == key("i") || form == key("you") || form == key("we")
}

fn is_past(form: u64) -> bool {
    const KEYS: [u64; 4] = [key("was"), key("were"), key("had"), key("did")];
    KEYS.contains(&form)
}

fn states_generally(form: u64) -> bool {
    const KEYS: [u64; 7] = [key("is"), key("are"), key("can"), key("never"), key("always"), key("makes"), key("takes")];
    KEYS.contains(&form)
}

fn softens_an_order(form: u64) -> bool {
    any(&["just", "so", "then", "please", "well", "now"], form)
}

const COMMAND: u8 = family("command");
const NUMBER: u8 = family("number");
const GOOD: [u8; 4] = [family("praise"), family("joy"), family("safe"), family("love")];
const BAD: [u8; 7] = [family("fear"), family("shame"), family("anger"), family("sad"), family("tired"), family("alone"), family("weight")];

fn of_any(word: &Heard, families: &[u8]) -> bool {
    word.entry.families().iter().any(|family| families.contains(family))
}

fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// Every measure of a reply, in the order of [`MEASURES`].
pub(super) fn measure(stream: &Stream, reply: &Utterance, context: &Context) -> Vec<f32> {
    let mut out = Out(vec![0.0; MEASURES.len()]);
    length(&mut out, reply);
    taken_up(&mut out, stream, reply, context);
    asking(&mut out, reply, context);
    people(&mut out, stream, reply);
    grammar(&mut out, stream, reply);
    feelings(&mut out, stream, reply, context);
    out.0
}

struct Out(Vec<f32>);

impl Out {
    fn set(&mut self, measure: Measure, value: f32) {
        self.0[measure as usize] = value;
    }
}

fn length(out: &mut Out, reply: &Utterance) {
    use Measure as M;
    let words = reply.words().len();
    out.set(M::length_root, (words as f32).sqrt());
    out.set(M::length, words.min(200) as f32 / 30.0);
    let bin = match words {
        0..=3 => M::length_0_2,
        4..=6 => M::length_3_5,
        7..=10 => M::length_6_9,
        11..=17 => M::length_10_15,
        18..=28 => M::length_16_25,
        29..=45 => M::length_26_40,
        _ => M::length_41,
    };
    out.set(bin, 1.0);
    out.set(M::sentences, reply.sentences().len().min(6) as f32);
    out.set(M::sentence_length, share(words, reply.sentences().len()).min(40.0) / 10.0);
}

fn taken_up(out: &mut Out, stream: &Stream, reply: &Utterance, context: &Context) {
    use Measure as M;
    let content: Vec<&Heard> = stream.words.iter().filter(|word| word.content).collect();
    let said = content.iter().filter(|word| word.said).count();
    out.set(M::taken_up, said.min(4) as f32);
    out.set(M::taken_share, share(said, content.len()));
    out.set(M::taken_none, flag(said == 0));
    let earlier = |word: &Heard| {
        context.earlier.iter().filter(|turn| turn.speaker == Speaker::Client).any(|turn| turn.utterance.words().iter().any(|known| known.stem == word.stem))
    };
    out.set(M::taken_earlier, content.iter().filter(|word| !word.said && earlier(word)).take(3).count() as f32);
    out.set(M::added, (content.len() - said).min(20) as f32 / 5.0);
    out.set(M::added_share, share(content.len() - said, stream.words.len()));
    let theirs: Vec<u64> =
        stream.client_words.windows(3).map(|three| (three[0].form ^ three[1].form.rotate_left(20)) ^ three[2].form.rotate_left(40)).collect();
    let parrot =
        stream.words.windows(3).filter(|three| theirs.contains(&((three[0].form ^ three[1].form.rotate_left(20)) ^ three[2].form.rotate_left(40)))).count();
    out.set(M::parrot_share, share(parrot, stream.words.len()));
    out.set(M::parrot_words, parrot.min(5) as f32);
    let third = content.len() / 3 + 1;
    out.set(M::taken_start, share(content.iter().take(third).filter(|word| word.said).count(), third));
    out.set(M::taken_end, share(content.iter().rev().take(third).filter(|word| word.said).count(), third));
    if let Some(last) = reply.sentences().last() {
        let words = stream.words.get(last.first as usize..last.last as usize).unwrap_or_default();
        out.set(M::taken_last_sentence, share(words.iter().filter(|word| word.said).count(), words.iter().filter(|word| word.content).count()));
    }
    out.set(M::numbers_said, flag(content.iter().any(|word| word.said && of_any(word, &[NUMBER]))));
    out.set(M::numbers_new, flag(content.iter().any(|word| !word.said && of_any(word, &[NUMBER]))));
    out.set(M::quotes, flag(reply.words().iter().any(|word| word.quoted)));
    let synonyms = reply
        .words()
        .iter()
        .zip(&stream.words)
        .filter(|(word, heard)| {
            heard.content && !heard.said && word.synonyms != 0 && context.client.words().iter().any(|theirs| theirs.synonyms == word.synonyms)
        })
        .count();
    out.set(M::synonyms, synonyms.min(2) as f32);
}

fn asking(out: &mut Out, reply: &Utterance, context: &Context) {
    use Measure as M;
    let sentences = reply.sentences();
    let asks = |end: End| end == End::Question;
    let questions = sentences.iter().filter(|sentence| asks(sentence.end)).count();
    let only = questions == sentences.len() && questions > 0;
    out.set(M::questions, questions.min(3) as f32);
    out.set(M::one_question, flag(questions == 1));
    out.set(M::many_questions, flag(questions > 1));
    out.set(M::only_asks, flag(only));
    out.set(M::asks_last, flag(!only && sentences.last().is_some_and(|sentence| asks(sentence.end))));
    out.set(M::asks_first, flag(!only && sentences.first().is_some_and(|sentence| asks(sentence.end))));
    let exclamations = sentences.iter().filter(|sentence| sentence.end == End::Exclamation).count();
    out.set(M::exclamations, exclamations.min(3) as f32);
    out.set(M::exclaims, flag(exclamations > 0));
    out.set(M::trails, flag(sentences.iter().any(|sentence| sentence.end == End::Trail)));
    out.set(M::no_stop, flag(sentences.last().is_some_and(|sentence| sentence.end == End::None)));
    out.set(M::gesture, flag(!reply.gestures().is_empty() || !reply.silences().is_empty()));
    out.set(M::commas, share(reply.clauses().iter().filter(|clause| clause.end == End::Comma).count(), sentences.len()).min(4.0));
    out.set(M::lower_case, flag(reply.text().starts_with(|c: char| c.is_lowercase())));
    out.set(M::shouts, flag(shouts(reply.text())));
    let client_asks = context.client.sentences().iter().any(|sentence| asks(sentence.end));
    out.set(M::client_length, context.client.words().len().min(90) as f32 / 30.0);
    out.set(M::client_asks, flag(client_asks));
    out.set(M::client_gesture, flag(!context.client.gestures().is_empty()));
    out.set(M::client_short, flag(context.client.words().len() < 7));
    out.set(M::asked_back, flag(client_asks && questions > 0));
    out.set(M::not_asked_back, flag(client_asks && questions == 0));
}

/// A word of three letters or more, all capitals.
fn shouts(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.len() > 2 && word.chars().all(char::is_uppercase))
}

fn people(out: &mut Out, stream: &Stream, reply: &Utterance) {
    use Measure as M;
    let first = |is: fn(u64) -> bool| reply.sentences().iter().any(|sentence| stream.words.get(sentence.first as usize).is_some_and(|word| is(word.form)));
    let count = |is: fn(u64) -> bool| stream.words.iter().filter(|word| is(word.form)).count();
    let all = stream.words.len();
    let (you, me, they, we) = (count(is_you), count(is_me), count(is_they), count(is_we));
    out.set(M::you_share, share(you, all));
    out.set(M::you, flag(you > 0));
    out.set(M::you_again, flag(you > 1));
    out.set(M::you_first, flag(first(is_you)));
    out.set(M::me_share, share(me, all));
    out.set(M::me, flag(me > 0));
    out.set(M::me_again, flag(me > 1));
    out.set(M::me_first, flag(first(is_me)));
    out.set(M::they_share, share(they, all));
    out.set(M::they, flag(they > 0));
    out.set(M::they_again, flag(they > 1));
    out.set(M::they_first, flag(first(is_they)));
    let theirs = stream.client_words.iter().any(|word| is_they(word.form));
    out.set(M::they_new, flag(they > 0 && !theirs));
    out.set(M::they_left_out, flag(they == 0 && theirs));
    out.set(M::we_share, share(we, all));
    out.set(M::we, flag(we > 0));
    out.set(M::we_first, flag(first(is_we)));
}

fn grammar(out: &mut Out, stream: &Stream, reply: &Utterance) {
    use Measure as M;
    let (mut fragments, mut general, mut orders, mut past) = (0, 0, 0, 0);
    for sentence in reply.sentences() {
        let range = sentence.first as usize..sentence.last as usize;
        let words = stream.words.get(range.clone()).unwrap_or_default();
        let finite = words.iter().any(|word| is_finite(word.form)) || words.iter().rev().skip(1).any(|word| is_subject(word.form));
        fragments += usize::from(!finite);
        let of_a_person = words.iter().any(|word| is_you(word.form) || is_me(word.form) || is_they(word.form));
        general += usize::from(sentence.end != End::Question && !of_a_person && words.iter().any(|word| states_generally(word.form)));
        orders += usize::from(match words {
            [first, ..] if of_any(first, &[COMMAND]) => true,
            [first, second, ..] => softens_an_order(first.form) && of_any(second, &[COMMAND]),
            _ => false,
        });
        past += usize::from(words.iter().any(|word| is_past(word.form)) || range.clone().any(|at| reply.form(at).len() > 4 && reply.form(at).ends_with("ed")));
    }
    let sentences = reply.sentences().len();
    out.set(M::fragment, share(fragments, sentences));
    out.set(M::only_fragments, flag(fragments == sentences));
    out.set(M::general, general.min(3) as f32);
    out.set(M::order, orders.min(3) as f32);
    out.set(M::past, share(past, sentences));
    out.set(M::starts_and, flag(stream.words.first().is_some_and(|word| word.form == key("and"))));
    out.set(M::starts_so, flag(stream.words.first().is_some_and(|word| word.form == key("so"))));
    let content: Vec<(usize, &Heard)> = stream.words.iter().enumerate().filter(|(_, word)| word.content).collect();
    let ends = |ends: &[&str]| share(content.iter().filter(|(at, _)| ends.iter().any(|end| reply.form(*at).ends_with(end))).count(), stream.words.len());
    out.set(M::manner, ends(&["ly"]));
    out.set(M::doing, ends(&["ing"]));
    out.set(M::abstract_words, ends(&["tion", "ment", "ness", "ity", "ism", "ence", "ance"]));
    out.set(M::long_words, share(content.iter().filter(|(at, _)| reply.form(*at).len() > 8).count(), stream.words.len()));
    out.set(M::content_share, share(content.len(), stream.words.len()));
    let mut forms: Vec<u64> = stream.words.iter().map(|word| word.form).take(120).collect();
    forms.sort_unstable();
    forms.dedup();
    out.set(M::variety, share(forms.len(), stream.words.len().min(120)));
    let letters = |own: bool| {
        let lengths = content.iter().filter(|(_, word)| !own || !word.said).map(|(at, _)| reply.form(*at).len());
        let (sum, count) = lengths.fold((0, 0), |(sum, count), length| (sum + length, count + 1));
        if count == 0 { 5.0 } else { share(sum, count) }
    };
    out.set(M::word_length, letters(false));
    out.set(M::new_word_length, letters(true));
    out.set(M::negations, stream.words.iter().filter(|word| is_not(word.form)).count().min(3) as f32);
}

fn feelings(out: &mut Out, stream: &Stream, reply: &Utterance, context: &Context) {
    use Measure as M;
    let count = |words: &[Heard], families: &[u8]| words.iter().filter(|word| word.content && !word.said && of_any(word, families)).count();
    let (good, bad) = (count(&stream.words, &GOOD), count(&stream.words, &BAD));
    let (client_good, client_bad) = (count(&stream.client_words, &GOOD), count(&stream.client_words, &BAD));
    out.set(M::good_words, good.min(3) as f32);
    out.set(M::bad_words, bad.min(3) as f32);
    out.set(M::client_good, client_good.min(3) as f32);
    out.set(M::client_bad, client_bad.min(3) as f32);
    out.set(M::good_to_bad, if client_bad > 0 { good.min(2) as f32 } else { 0.0 });
    out.set(M::bad_to_bad, if client_bad > 0 { bad.min(2) as f32 } else { 0.0 });
    out.set(M::tilt, (bad as f32 - good as f32).clamp(-2.0, 2.0));
    let theirs = |feeling: u8| context.client.words().iter().any(|word| word.feeling == feeling);
    out.set(M::feeling_shared, flag(reply.words().iter().any(|word| word.feeling != 0 && theirs(word.feeling))));
    out.set(M::feeling_new, flag(reply.words().iter().any(|word| word.feeling != 0 && !theirs(word.feeling))));
}

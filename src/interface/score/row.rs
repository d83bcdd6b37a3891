//! One reply scored: from a line of JSON to the contract's row. A row is written by hand, since most of it is plain text that needs no
//! escape, and writing it would otherwise cost as much as reading the reply.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::appraisal::codebook::Codebook;
use crate::appraisal::{Appraisal, Context, Contribution, Score, Speaker, Turn, appraise, scores};
use crate::text::{Later, Span, Utterance};

/// Turns of context that are read; older ones cannot change a score.
const CONTEXT_TURNS: usize = 12;

#[derive(Deserialize)]
struct Question<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    context: Option<Vec<Said<'a>>>,
    #[serde(borrow, default)]
    client: Option<Cow<'a, str>>,
    #[serde(borrow)]
    reply: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Said<'a> {
    speaker: Speaker,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// Scores the reply of a line, and adds its row.
///
/// # Errors
/// Why the line cannot be used, for the one who sent it; nothing is added then.
pub(super) fn answer(line: &str, out: &mut Vec<u8>) -> Result<(), String> {
    let question: Question<'_> = serde_json::from_str(line).map_err(|error| plain(&error))?;
    let context = question.context.unwrap_or_default();
    let skip = context.len().saturating_sub(CONTEXT_TURNS);
    let earlier: Vec<Turn> = context.into_iter().skip(skip).map(|said| Turn { speaker: said.speaker, utterance: Later::of(said.text) }).collect();
    let client = Utterance::read(question.client.as_deref().unwrap_or(""));
    let reply = Utterance::read(&question.reply);
    let appraisal = appraise(Codebook::builtin(), &reply, &Context { client: &client, earlier: &earlier, background: None, told: None });
    write(out, question.id, &appraisal);
    Ok(())
}

/// serde's reasons, in plain words.
pub(super) fn plain(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let reason = said.split(" at line ").next().unwrap_or(&said);
    if reason.contains("missing field") || reason.contains("invalid type") || reason.contains("unknown variant") {
        format!("this line cannot be used: {reason}; `reply` is text, `context` is a list of speaker (`client` or `therapist`) and text")
    } else {
        format!("this line is not JSON: {reason}; each line is one object such as {{\"id\":\"a1\",\"client\":\"…\",\"reply\":\"…\"}}")
    }
}

fn write(out: &mut Vec<u8>, id: Option<&RawValue>, appraisal: &Appraisal) {
    let scores = [("empathy", &appraisal.scores.empathy), ("non_judgment", &appraisal.scores.non_judgment), ("listening", &appraisal.scores.listening)];
    out.push(b'{');
    if let Some(id) = id {
        put(out, "\"id\":");
        put(out, id.get());
        out.push(b',');
    }
    for (name, score) in scores {
        field(out, name);
        match score {
            // Scores to hundredths: finer than any reader can tell apart.
            Some(score) => number(out, score.points, 100),
            None => put(out, "null"),
        }
        out.push(b',');
    }
    field(out, "behaviour");
    // Four names and no text of anybody's: it is always written.
    let written = serde_json::to_writer(&mut *out, &appraisal.behaviour);
    debug_assert!(written.is_ok());
    put(out, ",\"acts\":[");
    for (at, found) in appraisal.acts.iter().enumerate() {
        put(out, if at > 0 { ",{\"act\":\"" } else { "{\"act\":\"" });
        put(out, found.act.name());
        put(out, "\",\"rule\":");
        text(out, &found.rule);
        place(out, found.span, &found.because);
    }
    put(out, "],\"why\":{");
    for (at, (name, score)) in scores.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        field(out, name);
        why(out, score);
    }
    put(out, "},\"model\":");
    text(out, scores::MODEL);
    put(out, "}\n");
}

fn why(out: &mut Vec<u8>, score: &Option<Score>) {
    out.push(b'[');
    for (at, Contribution { points, span, because }) in score.iter().flat_map(|score| &score.because).enumerate() {
        put(out, if at > 0 { ",{\"points\":" } else { "{\"points\":" });
        number(out, *points, 1000);
        place(out, *span, because);
    }
    out.push(b']');
}

/// The rest of an object: where it stands and why.
fn place(out: &mut Vec<u8>, span: Span, because: &str) {
    put(out, ",\"start\":");
    whole(out, span.start as u64);
    put(out, ",\"end\":");
    whole(out, span.end as u64);
    put(out, ",\"because\":");
    text(out, because);
    out.push(b'}');
}

fn put(out: &mut Vec<u8>, plain: &str) {
    out.extend_from_slice(plain.as_bytes());
}

fn field(out: &mut Vec<u8>, name: &str) {
    out.push(b'"');
    put(out, name);
    put(out, "\":");
}

/// A text as JSON.
fn text(out: &mut Vec<u8>, text: &str) {
    let escapes = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\');
    // Without a branch for every byte, so that many are looked at together.
    if text.bytes().fold(false, |any, byte| any | escapes(byte)) {
        let written = serde_json::to_writer(&mut *out, text);
        debug_assert!(written.is_ok());
        return;
    }
    out.push(b'"');
    put(out, text);
    out.push(b'"');
}

/// A number rounded to so many parts of one (10, 100 or 1000), with as few digits as tell it.
fn number(out: &mut Vec<u8>, value: f64, parts: u32) {
    let scaled = (value * f64::from(parts)).round();
    // Beyond this no score and no contribution lies; what is not a number is null, as everywhere in JSON.
    if !scaled.is_finite() || scaled.abs() > 1e15 {
        put(out, "null");
        return;
    }
    if scaled.is_sign_negative() {
        out.push(b'-');
    }
    let (scaled, parts) = (scaled.abs() as u64, u64::from(parts));
    whole(out, scaled / parts);
    out.push(b'.');
    let mut rest = scaled % parts;
    loop {
        rest *= 10;
        out.push(b'0' + (rest / parts).min(9) as u8);
        rest %= parts;
        if rest == 0 {
            return;
        }
    }
}

fn whole(out: &mut Vec<u8>, number: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 || at == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_json_writes_them() {
        for thousandths in -6_500..=6_500 {
            let value = f64::from(thousandths) / 1000.0;
            let mut written = Vec::new();
            number(&mut written, value, 1000);
            assert_eq!(String::from_utf8(written).unwrap(), serde_json::to_string(&value).unwrap());
        }
        let mut written = Vec::new();
        number(&mut written, -0.0001, 1000);
        assert_eq!(written, serde_json::to_vec(&(-0.0f64)).unwrap());
    }

    #[test]
    fn a_row_is_json_whatever_the_reply_and_its_id() {
        for reply in ["You \\ said \"no\", and it hurt.", "*nods*", "", "\u{1}\u{7f}é🙂", "Why didn't you just leave?"] {
            let line = serde_json::json!({"id": {"deep": [1, "a\"b"]}, "client": "I told nobody.", "reply": reply}).to_string();
            let mut out = Vec::new();
            answer(&line, &mut out).unwrap();
            let row: serde_json::Value = serde_json::from_slice(&out).unwrap();
            assert_eq!(row["id"]["deep"][1], "a\"b", "{reply}");
            assert!(out.ends_with(b"}\n"));
        }
    }

    #[test]
    fn a_line_that_cannot_be_used_adds_nothing() {
        for line in ["", "{", "[]", "{\"reply\":1}", "{\"client\":\"a\"}"] {
            let mut out = Vec::new();
            assert!(answer(line, &mut out).is_err() && out.is_empty(), "{line}");
        }
    }
}

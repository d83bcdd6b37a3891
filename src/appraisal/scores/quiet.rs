//! Silences and gestures: scored by rule, after clinical.md, since there are no words to weigh.

use crate::appraisal::{Context, Contribution, Score, Scores};
use crate::text::Utterance;
use std::borrow::Cow;

/// A held silence lets the client go on: no roadblock, nothing named. The readers of the judged replies gave 3, 3 to 4, 3.
const SILENCE: [f64; 3] = [2.8, 3.3, 3.0];
/// A warm gesture is there without words; the readers gave 3, 4, 3 to 4.
const GESTURE: [f64; 3] = [3.0, 4.0, 3.2];
/// Putting away what stands between (the pen, the clock) answers what the client showed; the readers gave 4, 4 to 5, 4.
const SETTING: [f64; 3] = [3.6, 4.4, 3.8];
/// Turning to a watch, a phone or notes: the setting taken over the client.
const TURNED_AWAY: [f64; 3] = [1.3, 2.2, 1.5];

/// Scores a silence or a gesture.
pub(super) fn score(reply: &Utterance, _context: &Context) -> Scores {
    let text = reply.text().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let away = has(&[
        "checks",
        "watch",
        "phone",
        "yawn",
        "scroll",
        "types",
        "writes",
        "taps",
        "rolls",
        "sighs",
        "shrugs",
        "smirk",
        "laughs",
        "frowns",
        "shakes head",
        "notes",
        "glances at",
    ]) && !has(&["puts", "closes", "turns off", "away from the clock", "down"]);
    let setting =
        has(&["puts", "turns the clock", "closes the", "moves the", "gathers", "slides", "pours", "dims", "opens the door", "leaves it", "turns off"]);
    let (points, because) = if away {
        (TURNED_AWAY, "The attention goes to something else than the client.")
    } else if reply.gestures().is_empty() {
        (SILENCE, "A silence that leaves the client room, without a word for what was felt.")
    } else if setting {
        (SETTING, "A small act that answers what the client showed.")
    } else {
        (GESTURE, "A gesture that stays with the client, without words.")
    };
    let of = |points: f64| Some(Score { points, because: vec![Contribution { points, span: reply.whole(), because: Cow::Borrowed(because) }] });
    Scores { empathy: of(points[0]), non_judgment: of(points[1]), listening: of(points[2]) }
}

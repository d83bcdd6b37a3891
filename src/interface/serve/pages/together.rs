//! What instructor and projector show alike: the session on the wall with its feedback, a debrief step, the ledger, agreement in plain words.

use super::talk::{self, Showing, client, line, news};
use crate::classroom::activity::{Activity, Bowl, Calibration, Everyone, Fishbowl, Group, Relay, State, Triad};
use crate::classroom::agreeing::{Agreement, SCALES, Spread, in_plain_words};
use crate::classroom::board::ClassBoard;
use crate::classroom::play::Play;
use crate::classroom::{Room, Stage};
use crate::diagnostic::wording::counted;
use crate::interface::serve::view::Part;
use crate::report::class_page;
use crate::report::word_for;
use crate::scoring::percent;
use maud::{Markup, html};

/// The session on the wall.
#[must_use]
pub fn wall_talk(activity: &Activity, play: &Play, numbers: bool) -> Vec<Part> {
    let prefix = format!("w{}-", activity.number);
    talk::entries(play, &Showing { client: &activity.client, you: "The class", numbers, open: &|_| true, prefix: &prefix })
}

/// The board of "Everyone".
#[must_use]
pub fn class_board(everyone: &Everyone) -> ClassBoard {
    let plays: Vec<&Play> = everyone.plays.values().collect();
    ClassBoard::of(&plays)
}

/// Promises, ruptures and repairs of a session.
#[must_use]
pub fn ledger(play: &Play) -> Markup {
    let what = |id: &str| play.scenario().and_then(|scenario| scenario.promise(id)).map_or_else(|| id.replace('_', " "), |promise| promise.what.clone());
    let mut lines: Vec<(u32, bool, String)> = Vec::new();
    for note in play.notes() {
        for (id, state) in &note.promised {
            lines.push((note.turn, state != "broken", format!("Promise {state}: {}", what(id))));
        }
        if let Some(severity) = note.ruptured {
            let how = ["a little", "clearly", "badly"][usize::from(severity.clamp(1, 3)) - 1];
            lines.push((note.turn, false, format!("Something tore {how}")));
        }
        if note.repaired {
            lines.push((note.turn, true, "Mended".to_owned()));
        }
    }
    html! {
        h2 { "Promises and repairs" }
        @if lines.is_empty() { p.small { "Nothing has been promised, and nothing has torn." } }
        ul.flat { @for (turn, good, words) in &lines { li class=(if *good { "good" } else { "care" }) { "Turn " (turn) ": " (words) "." } } }
    }
}

/// The proposals of a fishbowl, without names: numbers, and votes where there is a vote.
#[must_use]
pub fn proposals(fishbowl: &Fishbowl) -> Markup {
    html! {
        @match &fishbowl.bowl {
            Bowl::Gathering => p { (counted(fishbowl.proposals.len(), "proposal")) " so far." },
            Bowl::Voting(..) => {
                h2 { "Which of these?" }
                ol.talk {
                    @for (number, votes) in fishbowl.tally() {
                        @if let Some(proposal) = fishbowl.proposals.get(number) {
                            li.you { div.who { "Proposal " (number + 1) " · " (counted(votes, "vote")) } div.said { (line(&proposal.words)) } }
                        }
                    }
                }
            },
            Bowl::Branches(_) => {},
        }
    }
}

/// Two branches side by side.
#[must_use]
pub fn branches(fishbowl: &Fishbowl, client_name: &str, numbers: bool, under: &dyn Fn(usize) -> Markup) -> Markup {
    let Bowl::Branches(branches) = &fishbowl.bowl else { return html! {} };
    html! {
        h2 { "From the same moment, two ways" }
        div.pair {
            @for branch in branches {
                div.card {
                    div.you { div.who { "Proposal " (branch.proposal + 1) } div.said { (line(&branch.input.words)) } }
                    (news(&branch.note, numbers))
                    (client(client_name, &branch.note.said))
                    (under(branch.proposal))
                }
            }
        }
    }
}

/// The debrief's present step, on the wall and for the instructor.
#[must_use]
pub fn step(room: &Room, activity: &Activity, at: usize) -> Markup {
    let title = activity.steps().get(at).copied().unwrap_or("To take with you");
    let numbers = room.switches.numbers;
    html! {
        h2 { (title) }
        @match (&activity.state, title) {
            (_, "To take with you") => (to_take(activity)),
            (State::Everyone(everyone), title) => (everyone_step(everyone, title)),
            (State::Fishbowl(Fishbowl { play, .. }) | State::Relay(Relay { play, .. }), "Trust, turn by turn") => {
                @if let Some((start, _)) = play.trust() { (class_page::one_trust("wall", start, &play.notes().iter().map(|note| note.trust.1).collect::<Vec<_>>())) }
                @else { p { "Nothing was said yet." } }
            },
            (State::Relay(relay), "Promises and repairs") => (ledger(&relay.play)),
            (State::Fishbowl(Fishbowl { play, .. }) | State::Relay(Relay { play, .. }), _) => (turn_by_turn(play, numbers)),
            (State::Triad(triad), "Where the groups got to") => (groups(triad)),
            (State::Triad(triad), _) => (observers(triad)),
            (State::Calibration(calibration), title) => (calibrated(activity, calibration, title)),
        }
    }
}

fn everyone_step(everyone: &Everyone, title: &str) -> Markup {
    let board = class_board(everyone);
    match title {
        "Where the class got to" => html! { (class_page::where_it_is(&board)) (class_page::beside(&board)) },
        "Trust, turn by turn" => class_page::trust(&board),
        "The three scores" => class_page::scores(&board),
        "Where it turned" => class_page::heat(&board),
        _ => replies(everyone),
    }
}

/// The released replies worth a look.
#[must_use]
pub fn replies(everyone: &Everyone) -> Markup {
    let shown: Vec<_> = everyone.instructive.iter().enumerate().filter(|(at, _)| everyone.released.contains(at)).collect();
    html! {
        @if shown.is_empty() { p { "Your instructor shows them one by one. Only replies of people who agreed to it are among them, without names." } }
        @for (_, reply) in shown { (instructive(reply)) }
    }
}

/// One reply worth a look.
#[must_use]
pub fn instructive(reply: &crate::classroom::instructive::Instructive) -> Markup {
    html! {
        div.card {
            div.client { div.said { (line(&reply.answered)) } }
            div.you { div.who { "Somebody said" } div.said { (line(&reply.words)) } }
            (news(&reply.note, false))
            div.client { div.said { (line(&reply.note.said)) } }
        }
    }
}

fn turn_by_turn(play: &Play, numbers: bool) -> Markup {
    let mut notes: Vec<_> = play.inputs().iter().zip(play.notes()).collect();
    notes.sort_by(|a, b| b.1.moved().abs().total_cmp(&a.1.moved().abs()));
    html! {
        @if notes.is_empty() { p { "Nothing was said yet." } }
        @else { p { "The turns that moved trust most, either way." } }
        @for (input, note) in notes.into_iter().take(4) {
            div.card { h3 { "Turn " (note.turn) } div.you { div.said { (line(&input.words)) } } (news(note, numbers)) div.client { div.said { (line(&note.said)) } } }
        }
    }
}

/// How far each group is.
#[must_use]
pub fn groups(triad: &Triad) -> Markup {
    html! {
        div.scroll { table {
            thead { tr { th { "group" } th { "people" } th { "round" } th { "turns in it" } th { "rated by an observer" } } }
            tbody { @for (number, group) in triad.groups.iter().enumerate() {
                tr { td { (number + 1) } td { (group.seats.len()) } td { (group.round + 1) } td { (group.play.notes().len()) } td { (group.observed.len()) } }
            } }
        } }
    }
}

/// How near observers and engine were, over all groups and rounds.
fn observers(triad: &Triad) -> Markup {
    let mut pairs: [Vec<(f64, f64)>; 3] = Default::default();
    let mut take = |play: &Play, observed: &std::collections::BTreeMap<u32, std::collections::BTreeMap<u32, [u8; 3]>>| {
        for note in play.notes() {
            for marks in observed.get(&note.turn).into_iter().flat_map(|marks| marks.values()) {
                for scale in 0..3 {
                    if let Some(points) = note.scores[scale] {
                        pairs[scale].push((f64::from(marks[scale]), points));
                    }
                }
            }
        }
    };
    for Group { play, observed, earlier, .. } in &triad.groups {
        take(play, observed);
        for (play, observed) in earlier {
            take(play, observed);
        }
    }
    let rated = pairs[0].len().max(pairs[1].len()).max(pairs[2].len());
    html! {
        @if rated < crate::classroom::agreeing::ENOUGH { p { "Too few turns were rated by observers to say anything about them together. Within your groups you have seen them." } }
        @else {
            p { "Observers rated " (counted(rated, "turn")) " before they saw the program's reading." }
            div.scroll { table {
                thead { tr { th { "score" } th { "within one point" } th { "observers' mean" } th { "program's mean" } } }
                tbody { @for (scale, pairs) in pairs.iter().enumerate() {
                    @let n = pairs.len().max(1) as f64;
                    tr {
                        td { (SCALES[scale]) }
                        td { (format!("{:.0} of 100", 100.0 * pairs.iter().filter(|(a, b)| (a - b).abs() <= 1.0).count() as f64 / n)) }
                        td { (format!("{:.1}", pairs.iter().map(|pair| pair.0).sum::<f64>() / n)) }
                        td { (format!("{:.1}", pairs.iter().map(|pair| pair.1).sum::<f64>() / n)) }
                    }
                } }
            } }
            p { "Where you differ from the program, you may well be right: it reads words only, you heard a person." }
        }
    }
}

fn calibrated(activity: &Activity, calibration: &Calibration, title: &str) -> Markup {
    let Some(agreement) = &calibration.agreement else { return html! { p { "Too few people have rated to say anything: it takes five." } } };
    if title == "How far we agree" {
        html! { (agreed(agreement)) }
    } else {
        html! { (differing(activity, agreement)) }
    }
}

fn agreed(agreement: &Agreement) -> Markup {
    let figure = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    html! {
        p { (super::people(agreement.raters)) " rated every reply" @if agreement.partly > 0 { ", and " (agreement.partly) " some of them" } "." }
        div.scroll { table {
            thead { tr { th { "score" } th { "each other, ICC" } th { "each other, kappa" } th { "class and instructor, kappa" } th { "class and program, kappa" } } }
            tbody { @for (scale, one) in agreement.scales.iter().enumerate() {
                tr { td { (SCALES[scale]) } td { (figure(one.icc)) } td { (figure(one.kappa)) } td { (figure(one.instructor.map(|two| two.0))) } td { (figure(one.engine.map(|two| two.0))) } }
            } }
        } }
        @for (scale, one) in agreement.scales.iter().enumerate() {
            @if let Some(icc) = one.icc { p { strong { (word_for::sentence(SCALES[scale]).trim_end_matches('.')) } ": " (in_plain_words(icc)) "." } }
        }
        p.small { "1 is full agreement, 0 is what chance would give. ICC is the share of the differences between ratings that comes from the replies and not from who rates. Kappa (quadratic weights) counts a difference of two points four times as heavily as one of one point. "
            "Experts who code sessions for research reach about .6 on empathy with each other." }
    }
}

fn differing(activity: &Activity, agreement: &Agreement) -> Markup {
    html! {
        @for spread in agreement.widest.iter().take(6) {
            @if let Some(item) = activity.plan.items.get(spread.item) {
                div.card {
                    h3 { "Reply " (spread.item + 1) ", " (SCALES[spread.scale]) }
                    blockquote { (item.client) }
                    blockquote { strong { (item.reply) } }
                    (bars(spread))
                    p { "The class: " (format!("{:.1}", spread.mean)) " on average"
                        @if let Some(mark) = spread.instructor { "; your instructor: " (mark) }
                        @if let Some(points) = spread.engine { "; the program: " (format!("{points:.1}")) } "." }
                }
            }
        }
    }
}

fn bars(spread: &Spread) -> Markup {
    let of = spread.counts.iter().sum::<usize>().max(1);
    html! {
        div.scroll { table {
            thead { tr { th { "rating" } @for mark in 1..=5 { th { (mark) } } } }
            tbody { tr { td { "people" } @for count in spread.counts { td { (count) @if count * 3 > of { " ●" } } } } }
        } }
    }
}

fn to_take(activity: &Activity) -> Markup {
    let question = match &activity.state {
        State::Everyone(_) => "Which of your own replies would you like to keep, and which would you say otherwise now?",
        State::Fishbowl(_) => "Which proposal that was not picked would you have liked to hear the answer to, and why?",
        State::Relay(_) => "What did the person before you leave for you, and what did you leave for the next?",
        State::Triad(_) => "What did you see from the observer's chair that you could not see from the therapist's?",
        State::Calibration(_) => "On which of the three do you listen differently from others, and what might you be listening for?",
    };
    html! {
        p.big { (question) }
        @if let Some(scenario) = activity.wall().and_then(Play::scenario).or_else(|| match &activity.state { State::Everyone(everyone) => everyone.plays.values().find_map(Play::scenario), _ => None }) {
            @if !scenario.file.debrief.next.trim().is_empty() { p { (scenario.file.debrief.next) } }
        }
        p.small { "Take a minute alone, then two with your neighbour. " (class_page::NO_GRADES) }
    }
}

/// "7 turns · trust 42, higher than at the start".
#[must_use]
pub fn where_it_stands(play: &Play, numbers: bool) -> Markup {
    let Some((start, trust)) = play.trust() else { return html! {} };
    let moved = match word_for::trust_moved(start, trust) {
        "as before" => "as at the start".to_owned(),
        moved => format!("{moved} than at the start"),
    };
    html! { p.small { (counted(play.notes().len(), "turn")) " · trust " @if numbers { (percent(trust)) ", " } (moved) } }
}

/// Whether a stage is the debrief, and at which step.
#[must_use]
pub const fn debrief_step(stage: Stage) -> Option<usize> {
    if let Stage::Debrief(step) = stage { Some(step) } else { None }
}

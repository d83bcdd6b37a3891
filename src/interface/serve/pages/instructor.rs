//! The instructor's page: who is here, what goes on, what comes next.

use super::{Shell, button, clock, join, main_button, rating, sure_button, together};
use crate::classroom::activity::{Activity, Bowl, Calibration, Everyone, Fishbowl, Relay, State};
use crate::classroom::event::Switch;
use crate::classroom::{Format, Room, SeatId, Stage, Standing};
use crate::diagnostic::wording::counted;
use crate::interface::serve::hall::Hall;
use crate::interface::serve::view::View;
use crate::report::class_page;
use maud::{Markup, html};
use serde_json::json;

/// The page.
#[must_use]
pub fn page() -> Markup {
    let shell = Shell { title: "Practicum: instructor", base: "/teach", live: true, enter: false, class: "", wide: true };
    shell.around(
        &html! { h1 #title { "Instructor" } span #clock {} span.small #line role="status" { "Connecting" } },
        &html! {
            div #notice {}
            p.told #told role="status" {}
            div.columns {
                div { div #stage {} div.talk #log role="log" aria-label="What was said" data-entry="div" {} div #below {} }
                div { div #lobby {} div #room {} div #doors {} div #seats {} div #home {} }
            }
        },
    )
}

/// What the instructor sees now.
#[must_use]
pub fn view(room: &mut Room, hall: &Hall, online: &[SeatId]) -> View {
    let mut view = View::default();
    view.part("notice", html! { @if let Some(trouble) = hall.keeper().trouble() { p.care role="alert" { "Nothing more is kept from here on: " (trouble) ". The class goes on in memory; take its board home before you close the program." } } });
    view.part("lobby", lobby(room));
    view.part("room", about(room, hall));
    view.part("doors", doors(room));
    view.part("seats", seats(room, online));
    view.part("home", home(room));
    let (mut log, mut below, mut time) = (Vec::new(), html! {}, html! {});
    let stage;
    if room.closed {
        stage = html! { div.card { h2 { "The room is closed" } p { "Start the program again to open another one." } } };
    } else {
        match room.activity.as_ref().filter(|activity| activity.stage != Stage::Over) {
            None => stage = start(room),
            Some(activity) => {
                time = clock(activity);
                stage = steering(activity);
                (log, below) = working(room, activity);
            }
        }
    }
    view.part("clock", time);
    view.part("stage", stage);
    view.list("log", log);
    view.part("below", below);
    view
}

fn lobby(room: &Room) -> Markup {
    let waiting: Vec<_> = room.seats.values().filter(|seat| seat.standing == Standing::Waiting).collect();
    html! {
        @if !waiting.is_empty() {
            div.card {
                h2 { (super::people(waiting.len())) " in the lobby" }
                (main_button(&json!({"ask": "approve_all"}), "Let all in"))
                ul.flat { @for seat in waiting.iter().take(40) {
                    li { div.row { span { (seat.name) } span.row { (button(&json!({"ask": "approve", "seat": seat.id}), "Let in")) (sure_button(&json!({"ask": "remove", "seat": seat.id}), "Send away", &format!("Send {} away?", seat.name))) } } }
                } }
            }
        }
    }
}

fn about(room: &Room, hall: &Hall) -> Markup {
    html! {
        div.card {
            h2 { "Join here" }
            p { (hall.address.url()) br; "code " span.code { (room.code) } }
            p { a href="/wall" target="_blank" { "Open the projector's page" } }
            details { summary { "QR code" } (join::qr(hall, &room.code)) }
        }
    }
}

const SWITCHES: [(Switch, &str, &str); 7] = [
    (Switch::Door, "door", "New people can join"),
    (Switch::Approving, "approving", "Who joins waits for me"),
    (Switch::Undo, "undo", "Replies can be taken back"),
    (Switch::Hints, "hints", "Hints"),
    (Switch::Looks, "looks", "Looks behind the scene"),
    (Switch::Numbers, "numbers", "Numbers in the feedback"),
    (Switch::Practice, "practice", "Practice on one's own"),
];

fn doors(room: &Room) -> Markup {
    html! {
        div.card {
            h2 { "What is allowed" }
            @for (what, name, words) in SWITCHES {
                form data-ask=(json!({"ask": "set", "what": what})) {
                    label.check for=(format!("set-{name}")) { input id=(format!("set-{name}")) type="checkbox" name="on" data-auto checked[room.switches.is_on(what)]; (words) }
                }
            }
        }
    }
}

/// As many names as one scrolls through.
const NAMES: usize = 100;

fn seats(room: &Room, online: &[SeatId]) -> Markup {
    let here: Vec<_> = room.present().collect();
    html! {
        div.card {
            h2 { (super::people(here.len())) " in the room" }
            p.small { (online.len()) " with the page open. Agreed to be quoted and taken home: " (here.iter().filter(|seat| seat.consent == Some(true)).count()) "." }
            details { summary { "Who is here" }
                ul.flat { @for seat in here.iter().take(NAMES) {
                    li { div.row { span { (seat.name) @if !online.contains(&seat.id) { span.small { ", page closed" } } }
                        (sure_button(&json!({"ask": "remove", "seat": seat.id}), "Remove", &format!("Remove {} from the room?", seat.name))) } }
                } }
                @if here.len() > NAMES { p.small { "and " (here.len() - NAMES) " more." } }
            }
        }
    }
}

fn home(room: &Room) -> Markup {
    html! {
        div.card {
            h2 { "Take home" }
            @if room.activity.is_some() || !room.past.is_empty() {
                p { a href="/teach/board.html" download { "The boards as one page" } }
                p { a href="/teach/scores.csv?for=canvas" download { "Scores for Canvas (CSV)" } br; a href="/teach/scores.csv?for=moodle" download { "Scores for Moodle (CSV)" } br; a href="/teach/statements.jsonl" download { "xAPI statements (JSONL)" } }
                p.small { "Only of people who agreed to it. " (class_page::NO_GRADES) }
            } @else { p.small { "After the first exercise there is something to take home." } }
            @if !room.closed { (sure_button(&json!({"ask": "close_room"}), "Close the room", "Close the room for everybody?")) }
        }
    }
}

fn start(room: &mut Room) -> Markup {
    let (listed, _) = room.scenarios().shelf().list();
    let before = room.activity.as_ref().map(|activity| activity.plan.format.title());
    html! {
        div.card {
            h2 { @if before.is_some() { "What comes next?" } @else { "Start an exercise" } }
            form data-ask=(json!({"ask": "start"})) {
                fieldset {
                    legend { "Format" }
                    @for (at, format) in Format::ALL.into_iter().enumerate() {
                        label.check { input type="radio" name="format" value=(json!(format).as_str().unwrap_or_default()) required checked[at == 0]; strong { (format.title()) } ". " (format.about()) }
                    }
                }
                div.pair {
                    div { label for="scenario" { "Client" }
                        select #scenario name="scenario" { @for one in &listed { option value=(one.id) { (one.title) " (level " (one.level) @if one.risk { ", touches risk to life" } ")" } } } }
                    div.row.end {
                        div { label for="session" { "Session" } input #session name="session" type="number" min="1" max="20" value="1" data-kind="number"; }
                        div { label for="minutes" { "Minutes" } input #minutes name="minutes" type="number" min="1" max="600" value="20" data-kind="number"; }
                        div { label for="items" { "Replies to rate" } input #items name="items" type="number" min="10" max="20" value="10" data-kind="number"; }
                    }
                }
                p.small { "The clock only advises. For a calibration hour no client is needed; the replies were written and rated by language models for this program." }
                div.row { button.main { "Start" } }
            }
        }
    }
}

fn steering(activity: &Activity) -> Markup {
    html! {
        h2 { (activity.plan.format.title()) @if !activity.title.is_empty() { ": " (activity.title) } }
        @if let Some(step) = together::debrief_step(activity.stage) {
            @let steps = activity.steps();
            p { "Debrief, step " (step + 1) " of " (steps.len()) }
            div.row {
                @if step > 0 { (button(&json!({"ask": "step", "to": step - 1}), &format!("Back: {}", steps[step - 1]))) }
                @if let Some(next) = steps.get(step + 1) { (main_button(&json!({"ask": "step", "to": step + 1}), &format!("Next: {next}"))) }
                (button(&json!({"ask": "finish"}), "End the exercise"))
            }
        } @else {
            div.row {
                (main_button(&json!({"ask": "debrief"}), "Begin the debrief"))
                (sure_button(&json!({"ask": "finish"}), "End without a debrief", "End this exercise without a debrief?"))
            }
        }
    }
}

fn working(room: &Room, activity: &Activity) -> (Vec<(String, String)>, Markup) {
    if let Some(step) = together::debrief_step(activity.stage) {
        let extra = match &activity.state {
            State::Everyone(everyone) if activity.steps().get(step) == Some(&"Replies worth a look") => release(everyone),
            _ => together::step(room, activity, step),
        };
        return (Vec::new(), extra);
    }
    let numbers = room.switches.numbers;
    match &activity.state {
        State::Everyone(everyone) => (Vec::new(), class_page::board(&together::class_board(everyone))),
        State::Fishbowl(fishbowl) => (
            tail(together::wall_talk(activity, &fishbowl.play, numbers)),
            html! { (fish(fishbowl, activity, numbers)) (wall_buttons(fishbowl.play.notes().len())) },
        ),
        State::Relay(relay) => (
            tail(together::wall_talk(activity, &relay.play, numbers)),
            html! { (next(room, relay)) (wall_buttons(relay.play.notes().len())) (together::ledger(&relay.play)) },
        ),
        State::Triad(triad) => (Vec::new(), together::groups(triad)),
        State::Calibration(calibration) => (Vec::new(), calibrate(room, activity, calibration)),
    }
}

/// As much of the talk as stands beside the steering.
fn tail(mut entries: Vec<(String, String)>) -> Vec<(String, String)> {
    entries.split_off(entries.len().saturating_sub(6))
}

fn wall_buttons(turns: usize) -> Markup {
    html! {
        div.row {
            @if turns > 0 { (sure_button(&json!({"ask": "undo", "spot": "wall"}), "Take the last turn back", "Take the last turn back, for everybody?")) }
            (sure_button(&json!({"ask": "end", "spot": "wall"}), "End the session", "Let the client go now?"))
        }
    }
}

fn next(room: &Room, relay: &Relay) -> Markup {
    let whose = relay.whose().and_then(|seat| room.seats.get(&seat)).map_or("nobody", |seat| seat.name.as_str());
    html! {
        p { "It is the turn of " strong { (whose) } "." }
        div.row { (button(&json!({"ask": "pass"}), "Pass to the next")) }
        form data-ask=(json!({"ask": "say", "spot": "wall"})) {
            label for="words" { "Or say something yourself" }
            textarea #words name="words" rows="2" maxlength="1000" data-clear {}
            div.row { button { "Say it" } }
        }
    }
}

fn fish(fishbowl: &Fishbowl, activity: &Activity, numbers: bool) -> Markup {
    let proposals = &fishbowl.proposals;
    html! {
        @match &fishbowl.bowl {
            Bowl::Gathering => {
                h2 { (counted(proposals.len(), "proposal")) }
                @if proposals.is_empty() { p.small { "Proposals appear here as they come in. You can pick one, let the class vote, or try two side by side." } }
                @else {
                    form data-ask=(json!({"ask": "call_vote"})) {
                        ul.flat { @for (number, proposal) in proposals.iter().enumerate() {
                            li { div.row {
                                label.check { input type="checkbox" name="on" value=(number) data-kind="list" id=(format!("on-{number}")); (number + 1) ": " (super::talk::line(&proposal.words)) }
                            } }
                        } }
                        div.row { button.main { "Let the class vote on the ticked ones" } }
                    }
                    form data-ask=(json!({"ask": "pick"})) {
                        div.row.end {
                            div { label for="which" { "Or say number" } select #which name="proposal" data-kind="number" { @for (number, _) in proposals.iter().enumerate() { option value=(number) { (number + 1) } } } }
                            button { "Say it" }
                        }
                    }
                    (two(proposals.len()))
                }
            },
            Bowl::Voting(..) => {
                (together::proposals(fishbowl))
                div.row { (main_button(&json!({"ask": "pick"}), "Say the one with most votes")) (button(&json!({"ask": "gather"}), "Back to the proposals")) }
                (two(proposals.len()))
            },
            Bowl::Branches(_) => {
                (together::branches(fishbowl, &activity.client, numbers, &|number| main_button(&json!({"ask": "pick", "proposal": number}), "Go on with this one")))
                (button(&json!({"ask": "gather"}), "Back to the proposals"))
            },
        }
    }
}

fn two(count: usize) -> Markup {
    let choice = |id: &str, words: &str, chosen: usize| html! { div { label for=(id) { (words) } select id=(id) name=(id) data-kind="pair" { @for number in 0..count { option value=(number) selected[number == chosen] { (number + 1) } } } } };
    html! {
        @if count >= 2 {
            form data-ask=(json!({"ask": "try_both"})) { div.row.end { (choice("first", "Or try number", 0)) (choice("second", "beside number", 1)) button { "Try both" } } }
        }
    }
}

fn release(everyone: &Everyone) -> Markup {
    html! {
        h2 { "Replies worth a look" }
        @if everyone.instructive.is_empty() { p { "None: too few turns moved trust, or nobody agreed to be quoted." } }
        @for (at, reply) in everyone.instructive.iter().enumerate() {
            @let shown = everyone.released.contains(&at);
            (together::instructive(reply))
            (button(&json!({"ask": "release", "reply": at, "shown": !shown}), if shown { "Hide it again" } else { "Show it to the class" }))
        }
    }
}

fn calibrate(room: &Room, activity: &Activity, calibration: &Calibration) -> Markup {
    let items = &activity.plan.items;
    let done = calibration.marks.values().filter(|marks| marks.len() == items.len()).count();
    let next = (0..items.len()).find(|at| !calibration.instructor.contains_key(at));
    html! {
        p role="status" { (done) " of " (room.present().count()) " have rated all replies. You have rated " (calibration.instructor.len()) " of " (items.len()) "." }
        @if let Some((at, item)) = next.and_then(|at| Some((at, items.get(at)?))) { (rating::item(at, items.len(), item, None)) }
        @else { p { "You have rated all of them. Begin the debrief when the class is ready." } }
    }
}

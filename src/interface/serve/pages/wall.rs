//! The projector: large type, no names, readable from the last row.

use super::{Shell, clock, join, together};
use crate::classroom::activity::{Activity, State};
use crate::classroom::{Room, Stage};
use crate::diagnostic::wording::counted;
use crate::interface::serve::hall::Hall;
use crate::interface::serve::view::View;
use crate::report::class_page;
use maud::{Markup, html};

/// Turns of a session that fit a projector.
const SHOWN: usize = 2;
/// … where the ledger stands below them.
const BESIDE_LEDGER: usize = 1;

/// The page.
#[must_use]
pub fn page() -> Markup {
    let shell = Shell { title: "Practicum: projector", base: "/wall", live: true, enter: false, class: "wall", wide: true };
    shell.around(
        &html! { h1 #title { "Practicum" } span #clock {} span #join {} span.small #line role="status" { "Connecting" } },
        &html! {
            div #stage {}
            div.talk #log role="log" aria-label="What was said" data-entry="div" {}
            div #below {}
            p.told #told role="status" {}
        },
    )
}

/// What the projector shows now.
#[must_use]
pub fn view(room: &mut Room, hall: &Hall, here: usize) -> View {
    let mut view = View::default();
    let (mut log, mut below, mut time) = (Vec::new(), html! {}, html! {});
    let stage;
    let mut title = "Practicum".to_owned();
    let open = room.activity.as_ref().filter(|activity| activity.stage != Stage::Over && !room.closed);
    if let Some(activity) = open {
        title = format!("{}{}{}", activity.plan.format.title(), if activity.title.is_empty() { "" } else { ": " }, activity.title);
        if let Some(step) = together::debrief_step(activity.stage) {
            stage = together::step(room, activity, step);
        } else {
            time = clock(activity);
            (stage, log, below) = working(room, activity);
        }
    } else if room.closed {
        stage = html! { p.big { "Thank you for practising together." } p { (class_page::NO_GRADES) } };
    } else {
        stage = html! {
            div.join {
                div {
                    p { "Open in your browser" }
                    p.big { (hall.address.url()) }
                    p { "and type the code" }
                    p.big.code { (room.code) }
                    p { (super::people(here)) " in the room." @if !room.switches.door { " The door is closed." } }
                }
                (join::qr(hall, &room.code))
            }
        };
    }
    view.part("title", html! { (title) });
    view.part("clock", time);
    view.part("join", html! { @if open.is_some() && room.switches.door { span.small { (hall.address.host) " · code " span.code { (room.code) } } } });
    view.part("stage", stage);
    view.list("log", log);
    view.part("below", below);
    view
}

fn working(room: &Room, activity: &Activity) -> (Markup, Vec<(String, String)>, Markup) {
    let numbers = room.switches.numbers;
    let latest = |play, shown: usize| {
        let mut all = together::wall_talk(activity, play, numbers);
        all.split_off(all.len().saturating_sub(shown))
    };
    match &activity.state {
        State::Everyone(everyone) => {
            let board = together::class_board(everyone);
            (
                html! { div.pair { (class_page::where_it_is(&board)) (class_page::trust(&board)) } },
                Vec::new(),
                html! { @if board.is_shown() { div.pair { (class_page::heat(&board)) (class_page::scores(&board)) } } },
            )
        }
        State::Fishbowl(fishbowl) => (
            together::where_it_stands(&fishbowl.play, numbers),
            latest(&fishbowl.play, SHOWN),
            html! { (together::proposals(fishbowl)) (together::branches(fishbowl, &activity.client, numbers, &|_| html! {})) },
        ),
        State::Relay(relay) => (
            html! { (together::where_it_stands(&relay.play, numbers)) @if relay.play.closed().is_none() { p { "The next one speaks." } } },
            latest(&relay.play, BESIDE_LEDGER),
            together::ledger(&relay.play),
        ),
        State::Triad(triad) => (html! { h2 { (counted(triad.groups.len(), "group")) " at work" } (together::groups(triad)) }, Vec::new(), html! {}),
        State::Calibration(calibration) => {
            let done = calibration.marks.values().filter(|marks| marks.len() == activity.plan.items.len()).count();
            let all = room.present().count();
            (
                html! { h2 { "Everybody rates on their own" } p.big { (done) " of " (all) " have rated all " (activity.plan.items.len()) " replies." } },
                Vec::new(),
                html! {},
            )
        }
    }
}

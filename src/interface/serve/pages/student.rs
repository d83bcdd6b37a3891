//! A student's page, from a phone of 320 pixels to a laptop: what goes on, what one can do in it, and nobody else's words but those shown to all.

use super::talk::{self, Showing, compose, line};
use super::{Shell, clock, rating, sure_button, together};
use crate::appraisal::Scale;
use crate::classroom::activity::{Activity, Bowl, Calibration, Fishbowl, Group, Relay, Role, State};
use crate::classroom::room::Switches;
use crate::classroom::{Place, Play, Room, SeatId, Stage, Standing};
use crate::diagnostic::wording::counted;
use crate::interface::serve::view::View;
use crate::report::word_for;
use crate::scenario::Scenario;
use maud::{Markup, html};
use serde_json::json;

/// The page.
#[must_use]
pub fn page() -> Markup {
    let shell = Shell { title: "Practicum", base: "/seat", live: true, enter: false, class: "", wide: false };
    shell.around(
        &html! { h1 #title { "Practicum" } span #clock {} span.small #line role="status" { "Connecting" } },
        &html! {
            div #notice {}
            div #stage {}
            div.talk #log role="log" aria-label="What was said" data-entry="div" data-follow {}
            div #below {}
            div.card #shown role="status" hidden {}
            p.told #told role="status" {}
            div #compose {}
            details { summary { "If something here touches you" } @for text in crate::interface::repl::words::CARD.lines() { p { (text) } } }
        },
    )
}

/// What a student sees now.
#[must_use]
pub fn view(room: &mut Room, seat: SeatId, trouble: bool) -> View {
    let mut view = View::default();
    let Some(me) = room.seats.get(&seat).cloned().filter(|me| me.standing != Standing::Removed) else {
        view.go = Some("/");
        return view;
    };
    view.part("title", html! { (me.name) });
    view.part("notice", notice(room, &me, trouble));
    let mut page = Page { stage: html! {}, log: Vec::new(), below: html! {}, compose: html! {}, clock: html! {} };
    if room.closed {
        page.stage = html! { div.card { h2 { "The room is closed" } p { "Thank you for practising together. Nothing more is sent from here; you can close this page." } (debrief_links(room, seat)) } };
    } else if me.standing == Standing::Waiting {
        page.stage = html! { div.card { h2 { "You are in the lobby" } p { "Your instructor lets you in. This page goes on by itself." } } };
    } else if let Some(activity) = room.activity.as_ref().filter(|activity| activity.stage != Stage::Over) {
        page.clock = html! { @if activity.is_running() { (clock(activity)) } };
        working(room, activity, seat, &mut page);
    } else {
        lobby(room, seat, &mut page);
    }
    view.part("clock", page.clock);
    view.part("stage", page.stage);
    view.list("log", page.log);
    view.part("below", page.below);
    view.part("compose", page.compose);
    view
}

struct Page {
    stage: Markup,
    log: Vec<(String, String)>,
    below: Markup,
    compose: Markup,
    clock: Markup,
}

fn notice(room: &Room, me: &crate::classroom::Seat, trouble: bool) -> Markup {
    html! {
        @if trouble { p.care { "The instructor's computer cannot write to its disk just now. The class goes on, but what is said from here on is not kept." } }
        @if me.consent.is_none() && !room.closed {
            div.card {
                h2 { "One question before" }
                p { "May your instructor show replies of yours to the class without your name, and take your results home?" }
                form data-ask=(json!({"ask": "consent"})) {
                    details {
                        summary { "If your instructor asked for a number" }
                        label for="label" { "What to know you by at home" }
                        input #label name="label" type="text" maxlength="64" autocomplete="off";
                    }
                    div.row {
                        button data-ask=(json!({"ask": "consent", "yes": true})) { "Yes" }
                        button data-ask=(json!({"ask": "consent", "yes": false})) { "No" }
                    }
                    p.small { "With “No” you take part just the same; your replies count in figures of five or more people only." }
                }
            }
        }
    }
}

fn lobby(room: &mut Room, seat: SeatId, page: &mut Page) {
    let over = room.activity.as_ref().map(|activity| activity.plan.format.title());
    if let Some(play) = room.practice.get(&seat).and_then(|mine| mine.last()).filter(|play| play.closed().is_none()) {
        session(play, "practice", room.switches, "p", room.practice.get(&seat).map_or(0, Vec::len), page);
        return;
    }
    if let Some(drilling) = room.drilling.get(&seat).filter(|_| room.switches.practice) {
        (page.stage, page.compose) = super::drilling::page(drilling);
        return;
    }
    let links = debrief_links(room, seat);
    let book = room.books.get(&seat).cloned();
    let practice = room.switches.practice;
    page.stage = html! {
        div.card {
            h2 { "You are in" }
            p { @if over.is_some() { "The last exercise is over. Your instructor starts the next one; this page goes on by itself." } @else { "Your instructor starts the exercise; this page goes on by itself." } }
            (links)
        }
        (so_far(room, seat))
        @if practice { (choose(room)) (super::drilling::choose(book.as_ref())) }
    };
}

/// One's own sessions in this room, and how each went.
fn so_far(room: &Room, seat: SeatId) -> Markup {
    let numbers = room.switches.numbers;
    let class = room
        .past
        .iter()
        .chain(room.activity.as_ref())
        .filter_map(|activity| if let State::Everyone(everyone) = &activity.state { everyone.plays.get(&seat) } else { None });
    let all: Vec<&Play> = class.chain(room.practice.get(&seat).into_iter().flatten()).filter(|play| !play.notes().is_empty()).collect();
    html! {
        @if !all.is_empty() {
            details {
                summary { "Your sessions so far" }
                div.scroll { table {
                    thead { tr { th { "with" } th { "turns" } th { "trust" } th { "empathy" } th { "non-judgment" } th { "listening" } } }
                    tbody { @for play in all {
                        @let (start, trust) = play.trust().unwrap_or_default();
                        tr {
                            td { (play.scenario().map_or("a client", |scenario| scenario.file.client.name.as_str())) ", session " (play.opening().session) }
                            td { (play.notes().len()) }
                            td { (word_for::trust(numbers, start, trust)) }
                            @for (scale, mean) in [Scale::Empathy, Scale::NonJudgment, Scale::Listening].into_iter().zip(play.means()) { td { (word_for::score_with(numbers, scale, mean)) } }
                        }
                    } }
                } }
                p.small { (crate::report::class_page::NO_GRADES) }
            }
        }
    }
}

/// Clients to practise with on one's own.
fn choose(room: &mut Room) -> Markup {
    let (listed, _) = room.scenarios().shelf().list();
    html! {
        h2 { "Or practise on your own" }
        @for one in listed.iter().filter(|one| !one.risk) {
            div.card {
                h3 { (one.title) }
                p { (one.summary) }
                div.row { @for session in 1..=one.sessions { (super::button(&json!({"ask": "practise", "scenario": one.id, "session": session}), &format!("Session {session}"))) } }
            }
        }
    }
}

fn debrief_links(room: &Room, seat: SeatId) -> Markup {
    let own = room.play(Place::Own(seat)).is_some_and(|play| !play.notes().is_empty());
    let practice = room.play(Place::Practice(seat)).is_some_and(|play| !play.notes().is_empty());
    html! {
        @if own { p { a.button href="/seat/debrief?of=own" { "Talk about your session" } } }
        @if practice { p { a.button href="/seat/debrief?of=practice" { "Talk about your own practice" } } }
    }
}

fn working(room: &Room, activity: &Activity, seat: SeatId, page: &mut Page) {
    if let Some(step) = together::debrief_step(activity.stage) {
        page.stage =
            html! { div.card { h2 { (activity.plan.format.title()) ": the debrief" } (debrief_links(room, seat)) } (together::step(room, activity, step)) };
        return;
    }
    match &activity.state {
        State::Everyone(everyone) => match everyone.plays.get(&seat) {
            Some(play) => session(play, "own", room.switches, "o", activity.number as usize, page),
            None => page.stage = html! { p { "You are not in this exercise." } },
        },
        State::Fishbowl(fishbowl) => bowl(activity, fishbowl, seat, room.switches, page),
        State::Relay(relay) => relayed(activity, relay, seat, room, page),
        State::Triad(triad) => match triad.of(seat).and_then(|at| Some((at, triad.groups.get(at)?))) {
            Some((at, group)) => triad_page(room, activity, at, group, seat, page),
            None => page.stage = html! { p { "You are in no group yet. Your instructor can start the groups anew." } },
        },
        State::Calibration(calibration) => calibrate(activity, calibration, seat, page),
    }
}

/// A session of one's own.
fn session(play: &Play, spot: &str, switches: Switches, prefix: &str, number: usize, page: &mut Page) {
    let name = play.scenario().map_or("The client", |scenario| scenario.file.client.name.as_str());
    let prefix = format!("{prefix}{number}-");
    page.stage = before(play.scenario().map(AsRef::as_ref), play);
    page.log = talk::entries(play, &Showing { client: name, you: "You", numbers: switches.numbers, open: &|_| true, prefix: &prefix });
    if play.closed().is_some() {
        page.below = html! {
            div.card {
                h2 { "The session is over" }
                p { a.button href=(format!("/seat/debrief?of={spot}")) { "Talk about it" } }
                @if spot == "own" { p.small { "The class goes on; your instructor leads the debrief." } }
            }
        };
    } else {
        page.compose = compose(play, spot, name, &switches);
    }
}

/// What to know before the first line; folded away once one has spoken.
fn before(scenario: Option<&Scenario>, play: &Play) -> Markup {
    let Some(scenario) = scenario else {
        return html! { p.care { "This scenario is not here any more, or is not the one it was. What was said can be read, but not gone on with." } };
    };
    let file = &scenario.file;
    let spec = scenario.session(play.opening().session);
    html! {
        details id=(if play.notes().is_empty() { "before" } else { "before-again" }) open[play.notes().is_empty()] {
            summary { (file.title) @if let Some(spec) = spec { ", session " (spec.number) } }
            p { (file.client.name) " is not a real person. This is fiction, for training, and no therapy. You can stop at any time." }
            @if !file.content_note.trim().is_empty() { p { "Good to know before: " (file.content_note) } }
            p { (file.briefing) }
            p { (file.setting) }
            @if let Some(spec) = spec { p { (spec.scene) } }
        }
    }
}

fn bowl(activity: &Activity, fishbowl: &Fishbowl, seat: SeatId, switches: Switches, page: &mut Page) {
    let play = &fishbowl.play;
    page.stage = html! { h2 { "Fishbowl: " (activity.title) } @if play.notes().is_empty() { (before(play.scenario().map(AsRef::as_ref), play)) } };
    page.log = last_of(together::wall_talk(activity, play, switches.numbers), 3);
    if play.closed().is_some() {
        page.below = html! { p { "The session is over. Your instructor leads the debrief." } };
        return;
    }
    page.below = match &fishbowl.bowl {
        Bowl::Gathering => {
            let mine = fishbowl.proposal_of(seat);
            html! {
                @if let Some(mine) = mine { p { "You propose: " strong { (line(&mine.words)) } } }
                form.compose data-ask=(json!({"ask": "propose"})) data-done="Your proposal is in. You can still change it." {
                    label for="words" { @if mine.is_some() { "Propose something else" } @else { "What would you say to " (activity.client) " now?" } }
                    textarea #words name="words" rows="2" maxlength="1000" data-clear data-enter required {}
                    div.row { button.main { "Propose" } }
                }
            }
        }
        Bowl::Voting(on, votes) => html! {
            h2 { "Which of these should be said?" }
            form data-ask=(json!({"ask": "vote"})) data-done="Your vote is in. You can still change it." {
                fieldset {
                    legend { "Your vote" }
                    @for number in on {
                        @if let Some(proposal) = fishbowl.proposals.get(*number) {
                            label.check { input type="radio" name="proposal" value=(number) data-kind="number" required checked[votes.get(&seat) == Some(number)]; (number + 1) ": " (line(&proposal.words)) }
                        }
                    }
                }
                div.row { button.main { @if votes.contains_key(&seat) { "Change my vote" } @else { "Vote" } } }
            }
        },
        Bowl::Branches(_) => together::branches(fishbowl, &activity.client, switches.numbers, &|_| html! {}),
    };
}

fn last_of(mut entries: Vec<(String, String)>, most: usize) -> Vec<(String, String)> {
    entries.split_off(entries.len().saturating_sub(most))
}

fn relayed(activity: &Activity, relay: &Relay, seat: SeatId, room: &Room, page: &mut Page) {
    let play = &relay.play;
    let mine = relay.whose() == Some(seat);
    let ahead = relay.order.iter().cycle().skip(relay.at).take(relay.order.len()).position(|other| *other == seat);
    page.stage = html! { h2 { "Relay: " (activity.title) } @if play.notes().is_empty() { (before(play.scenario().map(AsRef::as_ref), play)) } };
    page.log = last_of(together::wall_talk(activity, play, room.switches.numbers), 4);
    if play.closed().is_some() {
        page.below = html! { p { "The session is over. Your instructor leads the debrief." } };
        return;
    }
    page.below = html! {
        p role="status" {
            @if mine { strong { "It is your turn. Answer what " (activity.client) " said last." } }
            @else if let Some(ahead) = ahead { "Somebody else speaks now; your turn comes after " (counted(ahead, "other")) "." }
            @else { "You are not in the order." }
        }
    };
    if mine {
        page.compose = html! {
            div.compose {
                form data-ask=(json!({"ask": "say", "spot": "wall", "turn": play.inputs().len() + 1})) {
                    label for="words" { "What you say to " (activity.client) }
                    textarea #words name="words" rows="2" maxlength="1000" data-clear data-enter required {}
                    div.row { button.main { "Say it" } }
                }
            }
        };
    }
}

fn triad_page(room: &Room, activity: &Activity, at: usize, group: &Group, seat: SeatId, page: &mut Page) {
    let role = group.role_of(seat).unwrap_or(Role::Observer);
    let name = |wanted: Role| -> Vec<&str> {
        group.seats.iter().filter(|seat| group.role_of(**seat) == Some(wanted)).filter_map(|seat| room.seats.get(seat)).map(|seat| seat.name.as_str()).collect()
    };
    let play = &group.play;
    let what = match role {
        Role::Therapist => "You speak to the client. Your observer rates each reply before any of you sees how the program read it.",
        Role::ClientReader => "You read the client's words aloud, as you think they are meant. Only you see the thought behind them.",
        Role::Observer => "You listen and rate each reply on your own. Then your group sees how the program read it, and you talk about where you differ.",
    };
    page.stage = html! {
        h2 { "Group " (at + 1) ", round " (group.round + 1) ": you are the " (match role { Role::Therapist => "therapist", Role::ClientReader => "client reader", Role::Observer => "observer" }) }
        p { (what) }
        p.small { "Therapist: " (name(Role::Therapist).join(", ")) @if group.seats.len() > 2 { " · client reader: " (name(Role::ClientReader).join(", ")) } @if group.seats.len() > 1 { " · observer: " (name(Role::Observer).join(", ")) } }
        @if play.notes().is_empty() { (before(play.scenario().map(AsRef::as_ref), play)) }
    };
    let prefix = format!("g{}-{}-{}-", activity.number, at, group.round);
    let open = |turn: u32| group.is_open(turn);
    page.log = talk::entries(play, &Showing { client: &activity.client, you: "Therapist", numbers: room.switches.numbers, open: &open, prefix: &prefix });
    let unrated = play.notes().iter().find(|note| !group.observed.get(&note.turn).is_some_and(|by| by.contains_key(&seat)));
    page.below = html! {
        @match role {
            Role::Observer => {
                @if let Some(note) = unrated {
                    div.card { h3 { "Rate turn " (note.turn) }
                        (rating::form(&json!({"ask": "observe", "turn": note.turn}), &format!("o{}-{}", group.round, note.turn), None, "Rate, and show the program's reading")) }
                } @else { p.small { "Nothing to rate just now." } }
                (mine(group, seat))
            },
            Role::ClientReader => {
                @if let Some(feel) = thought(play) { p { "What " (activity.client) " thinks and does not say: " em { (feel) } } }
            },
            Role::Therapist => {},
        }
        (sure_button(&json!({"ask": "rotate"}), "Move the roles on", "Begin the next round, with other roles and from the start?"))
    };
    if role == Role::Therapist {
        if play.closed().is_some() {
            page.compose = html! { p { "The session is over. Talk about it, then move the roles on." } };
        } else {
            // In a group nobody looks behind the scene but the reader.
            let switches = Switches { looks: false, hints: false, ..room.switches };
            page.compose = compose(play, "group", &activity.client, &switches);
        }
    }
}

/// An observer's own ratings, beside the program's.
fn mine(group: &Group, seat: SeatId) -> Markup {
    let mine: Vec<_> = group.play.notes().iter().filter_map(|note| Some((note, group.observed.get(&note.turn)?.get(&seat)?))).collect();
    html! {
        @if !mine.is_empty() {
            div.scroll { table {
                thead { tr { th { "turn" } @for (name, _) in rating::SCALES { th { (name) ", you / program" } } } }
                tbody { @for (note, marks) in &mine { tr { td { (note.turn) } @for scale in 0..3 { td { (marks[scale]) " / " (note.scores[scale].map_or_else(|| "–".to_owned(), |points| format!("{points:.1}"))) } } } } }
            } }
        }
    }
}

/// The thought behind the client's last line, where the session is at hand.
fn thought(play: &Play) -> Option<String> {
    let mut play = play.clone();
    let feel = play.session()?.run().last().feel.clone();
    Some(feel).filter(|feel| !feel.trim().is_empty())
}

fn calibrate(activity: &Activity, calibration: &Calibration, seat: SeatId, page: &mut Page) {
    let items = &activity.plan.items;
    let empty = std::collections::BTreeMap::new();
    let mine = calibration.marks.get(&seat).unwrap_or(&empty);
    let next = (0..items.len()).find(|at| !mine.contains_key(at));
    page.stage = html! {
        h2 { "Calibration hour" }
        p { "Rate on your own. Nobody sees your ratings by name; what all of you said is shown together at the end." }
        p role="status" { (mine.len()) " of " (items.len()) " rated." }
    };
    page.below = html! {
        @if let Some((at, item)) = next.and_then(|at| Some((at, items.get(at)?))) { (rating::item(at, items.len(), item, None)) }
        @else {
            p { strong { "You have rated all of them." } " You can still change a rating until your instructor begins the debrief." }
            @for (at, item) in items.iter().enumerate() { details { summary { "Reply " (at + 1) } (rating::item(at, items.len(), item, mine.get(&at).copied())) } }
        }
    };
}

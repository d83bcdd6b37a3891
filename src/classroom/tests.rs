//! The room as its people meet it: every test also asks whether the log alone gives the same room.

use super::activity::{Bowl, Role};
use super::event::{Item, LookAt, Switch};
use super::*;
use crate::scenario::Shelf;

/// A room with its log.
struct Class {
    room: Room,
    log: Vec<RoomEvent>,
}

impl Class {
    fn of(seats: u32) -> Self {
        let mut class = Self { room: Room::new(Scenarios::from(Shelf::built_in())), log: Vec::new() };
        class.write(Happened::RoomOpened { code: "K7M2QX".into(), seed: 5 });
        for seat in 1..=seats {
            class.write(Happened::Joined { seat, token: code::hash_of(&seat.to_string()), waiting: false });
        }
        class
    }

    fn write(&mut self, what: Happened) {
        let event = RoomEvent { seq: self.room.seq + 1, at: 1000, what };
        // As the record keeps it.
        let text = serde_json::to_string(&event).unwrap();
        self.log.push(serde_json::from_str(&text).unwrap());
        assert_eq!(self.log.last(), Some(&event), "{text}");
        self.room.apply(event);
    }

    fn ask(&mut self, who: Who, ask: Ask) -> Result<(), String> {
        let items = |count: usize, _| vec![Item { client: "c".into(), reply: "r".into(), engine: [Some(3.0); 3] }; count];
        let events = self.room.ask(who, ask, &items).map_err(|refusal| refusal.0)?;
        for event in events {
            self.write(event);
        }
        Ok(())
    }

    fn teach(&mut self, ask: Ask) -> Result<(), String> {
        self.ask(Who::Instructor, ask)
    }

    fn student(&mut self, seat: SeatId, ask: Ask) -> Result<(), String> {
        self.ask(Who::Seat(seat), ask)
    }

    fn say(&mut self, seat: SeatId, spot: Spot, words: &str) -> Result<(), String> {
        self.student(seat, Ask::Say { spot, words: words.into(), turn: None })
    }

    fn start(&mut self, format: Format) {
        self.teach(Ask::Start { format, scenario: "samantha".into(), session: 1, minutes: Some(20), seed: Some(1), items: Some(10) }).unwrap();
    }

    /// As a killed server would have it again.
    fn again(&self) -> Room {
        Room::from_log(Scenarios::from(Shelf::built_in()), self.log.clone())
    }

    fn goes_on_after_a_kill(&mut self, place: Place, seat: SeatId, spot: Spot) {
        let notes = |room: &Room| room.play(place).map(|play| play.notes().to_vec()).unwrap_or_default();
        let mut again = Self { room: self.again(), log: self.log.clone() };
        assert_eq!(notes(&again.room), notes(&self.room));
        self.say(seat, spot, "It sounds as if you had to carry that alone.").unwrap();
        again.say(seat, spot, "It sounds as if you had to carry that alone.").unwrap();
        assert_eq!(notes(&again.room), notes(&self.room));
    }
}

#[test]
fn everyone_sits_with_the_same_client_and_a_kill_loses_nothing() {
    let mut class = Class::of(3);
    class.start(Format::Everyone);
    for seat in 1..=3 {
        class.say(seat, Spot::Own, "I'm glad you came.").unwrap();
    }
    let said = |seat| class.room.play(Place::Own(seat)).unwrap().notes()[0].said.clone();
    assert_eq!(said(1), said(2));
    class.student(2, Ask::Undo { spot: Spot::Own }).unwrap();
    assert!(class.room.play(Place::Own(2)).unwrap().notes().is_empty());
    class.goes_on_after_a_kill(Place::Own(1), 1, Spot::Own);
}

#[test]
fn who_comes_late_sits_down_too() {
    let mut class = Class::of(1);
    class.start(Format::Everyone);
    class.write(Happened::Joined { seat: 2, token: "t".into(), waiting: true });
    assert!(class.say(2, Spot::Own, "Hello.").unwrap_err().contains("lobby"));
    class.teach(Ask::Approve { seat: 2 }).unwrap();
    class.say(2, Spot::Own, "Hello.").unwrap();
}

#[test]
fn a_removed_seat_says_nothing_more() {
    let mut class = Class::of(2);
    class.start(Format::Everyone);
    class.teach(Ask::Remove { seat: 2 }).unwrap();
    assert!(class.say(2, Spot::Own, "Hello.").is_err());
    assert!(class.room.seat_of(&code::hash_of("2")).is_none());
}

#[test]
fn no_student_does_what_an_instructor_does() {
    let mut class = Class::of(2);
    for ask in
        [Ask::CloseRoom, Ask::Remove { seat: 1 }, Ask::Set { what: Switch::Door, on: false }, Ask::Debrief, Ask::ApproveAll, Ask::Pick { proposal: Some(0) }]
    {
        assert!(class.student(2, ask).is_err());
    }
    assert!(class.teach(Ask::Vote { proposal: 0 }).is_err());
    assert!(class.teach(Ask::Say { spot: Spot::Own, words: "x".into(), turn: None }).is_err());
}

#[test]
fn what_the_instructor_switched_off_is_off_and_what_was_used_is_counted() {
    let mut class = Class::of(1);
    class.start(Format::Everyone);
    class.say(1, Spot::Own, "Hello.").unwrap();
    class.student(1, Ask::Look { spot: Spot::Own, at: LookAt::Hint }).unwrap();
    for what in [Switch::Undo, Switch::Hints, Switch::Looks] {
        class.teach(Ask::Set { what, on: false }).unwrap();
    }
    assert!(class.student(1, Ask::Undo { spot: Spot::Own }).unwrap_err().contains("switched off"));
    assert!(class.student(1, Ask::Look { spot: Spot::Own, at: LookAt::Hint }).is_err());
    assert!(class.student(1, Ask::Look { spot: Spot::Own, at: LookAt::Feel }).is_err());
    assert_eq!(class.room.play(Place::Own(1)).unwrap().helped().hints, 1);
}

#[test]
fn a_reply_that_was_sent_twice_is_heard_once() {
    let mut class = Class::of(1);
    class.start(Format::Everyone);
    let say = || Ask::Say { spot: Spot::Own, words: "Hello.".into(), turn: Some(1) };
    class.student(1, say()).unwrap();
    assert!(class.student(1, say()).unwrap_err().contains("earlier moment"));
    assert_eq!(class.room.play(Place::Own(1)).unwrap().notes().len(), 1);
}

#[test]
fn in_a_fishbowl_the_class_votes_and_two_branches_start_from_one_state() {
    let mut class = Class::of(3);
    class.start(Format::Fishbowl);
    assert!(class.say(1, Spot::Wall, "Me first.").is_err());
    for (seat, words) in [(1, "You should calm down."), (2, "It sounds as if you are not sure about this room."), (3, "Why are you here?")] {
        class.student(seat, Ask::Propose { words: words.into() }).unwrap();
    }
    class.teach(Ask::TryBoth { both: vec![0, 1] }).unwrap();
    let State::Fishbowl(fishbowl) = &class.room.activity.as_ref().unwrap().state else { panic!() };
    let Bowl::Branches(branches) = &fishbowl.bowl else { panic!() };
    assert!(branches[0].note.moved() < branches[1].note.moved());
    assert_eq!(branches[0].note.trust.0, branches[1].note.trust.0);
    assert!(fishbowl.play.notes().is_empty());
    class.teach(Ask::CallVote { on: vec![] }).unwrap();
    assert!(class.teach(Ask::Pick { proposal: None }).is_err());
    class.student(1, Ask::Vote { proposal: 2 }).unwrap();
    class.student(1, Ask::Vote { proposal: 1 }).unwrap();
    class.student(2, Ask::Vote { proposal: 1 }).unwrap();
    assert!(class.student(3, Ask::Vote { proposal: 9 }).is_err());
    assert!(class.student(3, Ask::Propose { words: "Too late.".into() }).is_err());
    class.teach(Ask::Pick { proposal: None }).unwrap();
    let play = class.room.play(Place::Wall).unwrap();
    assert_eq!(play.inputs()[0].words, "It sounds as if you are not sure about this room.");
    let again = class.again();
    assert_eq!(again.play(Place::Wall).unwrap().notes(), play.notes());
    class.teach(Ask::Debrief).unwrap();
    class.teach(Ask::Step { to: 99 }).unwrap();
    assert_eq!(class.room.activity.as_ref().unwrap().stage, Stage::Debrief(2));
}

#[test]
fn in_a_relay_each_turn_is_the_next_students_and_nobody_waits_for_one_who_left() {
    let mut class = Class::of(3);
    class.start(Format::Relay);
    assert!(class.say(2, Spot::Wall, "Hello.").unwrap_err().contains("another student"));
    class.say(1, Spot::Wall, "Hello, Samantha.").unwrap();
    class.teach(Ask::Remove { seat: 3 }).unwrap();
    class.say(2, Spot::Wall, "Take your time.").unwrap();
    class.goes_on_after_a_kill(Place::Wall, 1, Spot::Wall);
    assert!(class.student(1, Ask::Undo { spot: Spot::Wall }).is_err());
    class.teach(Ask::Pass).unwrap();
    class.say(1, Spot::Wall, "Back to me.").unwrap();
}

#[test]
fn in_a_triad_the_observer_rates_before_the_reading_is_shown() {
    let mut class = Class::of(3);
    class.start(Format::Triad);
    assert!(class.say(2, Spot::Group, "Hello.").is_err());
    class.say(1, Spot::Group, "Hello.").unwrap();
    let group = |class: &Class| match &class.room.activity.as_ref().unwrap().state {
        State::Triad(triad) => triad.groups[0].clone(),
        _ => panic!(),
    };
    assert!(!group(&class).is_open(1));
    assert!(class.student(2, Ask::Observe { turn: 1, marks: [3, 3, 3] }).is_err());
    assert!(class.student(3, Ask::Observe { turn: 1, marks: [3, 9, 3] }).is_err());
    assert!(class.student(3, Ask::Observe { turn: 2, marks: [3, 3, 3] }).is_err());
    class.student(3, Ask::Observe { turn: 1, marks: [3, 4, 3] }).unwrap();
    assert!(group(&class).is_open(1));
    assert!(class.student(3, Ask::Observe { turn: 1, marks: [5, 5, 5] }).is_err());
    class.student(1, Ask::Rotate).unwrap();
    assert_eq!(group(&class).role_of(2), Some(Role::Therapist));
    class.goes_on_after_a_kill(Place::Group(0), 2, Spot::Group);
}

#[test]
fn in_a_calibration_hour_all_rate_the_same_and_see_it_afterwards() {
    let mut class = Class::of(6);
    class.start(Format::Calibration);
    for seat in 1..=6 {
        for item in 0..10 {
            class.student(seat, Ask::Mark { item, marks: [(item % 5 + 1) as u8; 3] }).unwrap();
        }
    }
    class.teach(Ask::Mark { item: 0, marks: [2, 2, 2] }).unwrap();
    assert!(class.student(1, Ask::Mark { item: 10, marks: [1; 3] }).is_err());
    class.teach(Ask::Debrief).unwrap();
    let State::Calibration(calibration) = &class.room.activity.as_ref().unwrap().state else { panic!() };
    assert_eq!(calibration.agreement.as_ref().unwrap().raters, 6);
    assert!(class.student(1, Ask::Mark { item: 1, marks: [1; 3] }).is_err());
}

#[test]
fn only_those_who_consented_are_quoted() {
    let mut class = Class::of(2);
    class.start(Format::Everyone);
    class.student(1, Ask::Consent { yes: true, label: "12-34".into() }).unwrap();
    class.student(2, Ask::Consent { yes: false, label: "never kept".into() }).unwrap();
    class.say(1, Spot::Own, "It sounds as if you have been burnt before.").unwrap();
    class.say(2, Spot::Own, "You should trust people more.").unwrap();
    class.teach(Ask::Debrief).unwrap();
    let State::Everyone(everyone) = &class.room.activity.as_ref().unwrap().state else { panic!() };
    assert!(everyone.instructive.iter().all(|reply| reply.words.contains("burnt")), "{:?}", everyone.instructive);
    assert_eq!(class.room.seats[&2].label, "");
}

#[test]
fn practice_of_ones_own_waits_while_the_class_is_at_work() {
    let mut class = Class::of(1);
    class.student(1, Ask::Practise { scenario: "samantha".into(), session: 1, seed: None }).unwrap();
    class.say(1, Spot::Practice, "Hello.").unwrap();
    class.student(1, Ask::End { spot: Spot::Practice }).unwrap();
    assert!(class.say(1, Spot::Practice, "Hello.").is_err());
    class.start(Format::Everyone);
    assert!(class.student(1, Ask::Practise { scenario: "samantha".into(), session: 1, seed: None }).is_err());
    assert!(class.student(1, Ask::Practise { scenario: "../../etc".into(), session: 1, seed: None }).is_err());
}

#[test]
fn words_are_harmless_and_neither_nothing_nor_too_much() {
    let mut class = Class::of(1);
    class.start(Format::Everyone);
    assert!(class.say(1, Spot::Own, " \u{200b}\u{1b}[2J ").is_err());
    assert!(class.say(1, Spot::Own, &"a".repeat(5000)).unwrap_err().contains("fewer words"));
    class.say(1, Spot::Own, "a\u{202e}b\u{1b}[31m<script>").unwrap();
    assert_eq!(class.room.play(Place::Own(1)).unwrap().inputs()[0].words, "ab<script>");
}

#[test]
fn the_shipped_set_gives_replies_to_rate() {
    let items = rating_items::items(include_str!("../../data/validity/judged.jsonl"), 12, 3);
    assert_eq!(items.len(), 12);
    assert!(items.iter().all(|item| !item.reply.is_empty() && item.engine.iter().any(Option::is_some)));
}

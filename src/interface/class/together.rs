//! Fishbowl and relay in one terminal: the same room as in the browser, with one keyboard that is passed around.

use super::TogetherArgs;
use crate::classroom::activity::{Activity, Bowl, State};
use crate::classroom::{Ask, Format, Happened, Place, Play, Room, RoomEvent, Scenarios, Spot, TurnNote, Who};
use crate::diagnostic::wording::{any_of, nearest};
use crate::interface::{Error, Exit, Globals, Out};
use crate::report::client_lines::client_line;
use crate::report::{Page, word_for};
use crate::text::on_one_line;
use std::io::{self, BufRead, IsTerminal, Write};

/// A class at one keyboard.
struct Table<'a> {
    room: Room,
    names: Vec<String>,
    client: String,
    page: Page,
    asks: bool,
    out: &'a mut Out,
}

/// Runs it until the end of the input or `/quit`.
///
/// # Errors
/// No such scenario; a stream that fails.
pub fn run(args: &TogetherArgs, format: Format, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let scenario = globals.open(&args.scenario)?;
    let names: Vec<String> = args.names.iter().map(|name| on_one_line(name)).filter(|name| !name.is_empty()).collect();
    let names = if names.is_empty() { (1..=args.seats).map(|seat| format!("Seat {seat}")).collect() } else { names };
    let mut room = Room::new(Scenarios::from(globals.shelf()));
    let mut events = vec![Happened::RoomOpened { code: String::new(), seed: args.seed }];
    events.extend((1..=u32::try_from(names.len()).unwrap_or(u32::MAX)).map(|seat| Happened::Joined { seat, token: String::new(), waiting: false }));
    for what in events {
        take(&mut room, what);
    }
    let page = out.page(args.plain);
    let asks = io::stdin().is_terminal() && out.is_terminal();
    let mut table = Table { room, names, client: scenario.file.client.name.clone(), page, asks, out };
    table.ask(
        Who::Instructor,
        Ask::Start { format, scenario: scenario.file.id.clone(), session: args.session, minutes: None, seed: Some(args.seed), items: None },
    )?;
    table.open(format)?;
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|cause| Error::surroundings("I could not read what was typed", cause))?;
        if matches!(line.trim(), "/quit" | "/q" | "/end") {
            break;
        }
        table.line(line.trim(), format)?;
        if table.play().is_some_and(|play| play.closed().is_some()) {
            break;
        }
        table.prompt(format)?;
    }
    table.close(format)?;
    Ok(Exit::Fine)
}

fn take(room: &mut Room, what: Happened) {
    let seq = room.seq + 1;
    room.apply(RoomEvent { seq, at: 0, what });
}

/// What can be typed, with one line of what it does.
const FISHBOWL: [(&str, &str); 7] = [
    ("/list", "the proposals so far"),
    ("/say N", "say proposal N to the client; alone, the only or last one"),
    ("/votes 3 5 1", "hands counted for proposals 1, 2, 3: the one with most is said"),
    ("/both N M", "hear what the client would answer to two of them"),
    ("/undo", "take the last turn back"),
    ("/help", "this list"),
    ("/quit", "end, and talk about it"),
];
const RELAY: [(&str, &str); 5] = [
    ("/pass", "the next person speaks"),
    ("/undo", "take the last turn back"),
    ("/ledger", "promises and repairs so far"),
    ("/help", "this list"),
    ("/quit", "end, and talk about it"),
];

impl Table<'_> {
    fn ask(&mut self, who: Who, ask: Ask) -> Result<(), Error> {
        match self.room.ask(who, ask, &|_, _| Vec::new()) {
            Ok(events) => {
                for what in events {
                    take(&mut self.room, what);
                }
                Ok(())
            }
            Err(refusal) => self.tell(&refusal.0),
        }
    }

    fn tell(&mut self, sentence: &str) -> Result<(), Error> {
        let text = self.page.aside(2, sentence);
        Ok(write!(self.out, "{text}")?)
    }

    fn play(&self) -> Option<&Play> {
        self.room.play(Place::Wall)
    }

    fn activity(&self) -> Option<&Activity> {
        self.room.activity.as_ref()
    }

    fn open(&mut self, format: Format) -> Result<(), Error> {
        let Some(play) = self.play() else { return Err(Error::unusable("There is no such session of this scenario.")) };
        let mut text = String::new();
        if let Some(scenario) = play.scenario() {
            let file = &scenario.file;
            text += &self.page.heading(&format!("{}: {}", format.title(), file.title));
            for part in [&file.content_note, &file.briefing, &file.setting] {
                text += &self.page.paragraph(0, part);
            }
            if let Some(spec) = scenario.session(play.opening().session) {
                text += &self.page.paragraph(0, &spec.scene);
            }
        }
        let how = if format == Format::Fishbowl {
            "Pass the keyboard around: each line is a proposal. /say 2 says the second one to the client. /help lists the rest."
        } else {
            "Pass the keyboard around: each line is the next person's turn. /help lists the rest."
        };
        text += &self.page.aside(0, how);
        text += if self.page.plain { "" } else { "\n" };
        text += &client_line(&self.page, &self.client, play.first());
        write!(self.out, "{text}")?;
        self.prompt(format)
    }

    fn prompt(&mut self, format: Format) -> Result<(), Error> {
        if self.asks {
            let whose = if format == Format::Relay { self.whose() } else { "Proposal".to_owned() };
            write!(self.out, "\n{whose}> ")?;
        }
        Ok(self.out.flush()?)
    }

    fn whose(&self) -> String {
        let Some(Activity { state: State::Relay(relay), .. }) = self.activity() else { return String::new() };
        relay.whose().and_then(|seat| self.names.get(seat as usize - 1)).cloned().unwrap_or_default()
    }

    fn line(&mut self, line: &str, format: Format) -> Result<(), Error> {
        if line.is_empty() {
            return Ok(());
        }
        if let Some(command) = line.strip_prefix('/') {
            return self.obey(command, format);
        }
        if format == Format::Relay {
            let Some(Activity { state: State::Relay(relay), .. }) = self.activity() else { return Ok(()) };
            let who = relay.whose().map_or(Who::Instructor, Who::Seat);
            return self.saying(|table| table.ask(who, Ask::Say { spot: Spot::Wall, words: line.to_owned(), turn: None }));
        }
        let Some(Activity { state: State::Fishbowl(fishbowl), .. }) = self.activity() else { return Ok(()) };
        // The next seat that has not proposed yet; from the last on the first proposes anew.
        let seats = u32::try_from(self.names.len()).unwrap_or(1);
        let seat = (1..=seats).find(|seat| fishbowl.proposal_of(*seat).is_none());
        let Some(seat) = seat else { return self.tell("Everybody has proposed. /say N says one, /votes counts hands, /both N M compares two.") };
        if !matches!(fishbowl.bowl, Bowl::Gathering) {
            self.ask(Who::Instructor, Ask::Gather)?;
        }
        self.ask(Who::Seat(seat), Ask::Propose { words: line.to_owned() })?;
        let count = self.proposals().len();
        self.tell(&format!("{count}: noted."))
    }

    fn proposals(&self) -> Vec<String> {
        match self.activity() {
            Some(Activity { state: State::Fishbowl(fishbowl), .. }) => fishbowl.proposals.iter().map(|proposal| proposal.words.clone()).collect(),
            _ => Vec::new(),
        }
    }

    fn obey(&mut self, command: &str, format: Format) -> Result<(), Error> {
        let mut words = command.split_whitespace();
        let name = words.next().unwrap_or_default();
        let numbers: Vec<usize> = words.filter_map(|word| word.parse().ok()).collect();
        match (name, format) {
            ("undo" | "u", _) => {
                let before = self.turns();
                self.ask(Who::Instructor, Ask::Undo { spot: Spot::Wall })?;
                if self.turns() < before { self.tell("Taken back: it was never said.") } else { Ok(()) }
            }
            ("help" | "h" | "?", _) => {
                let commands: &[(&str, &str)] = if format == Format::Fishbowl { &FISHBOWL } else { &RELAY };
                let text: String = commands.iter().map(|(name, does)| self.page.hanging(&format!("  {name:<13} "), &" ".repeat(16), does)).collect();
                Ok(write!(self.out, "{text}")?)
            }
            ("pass", Format::Relay) => self.ask(Who::Instructor, Ask::Pass),
            ("ledger", Format::Relay) => self.ledger(),
            ("list", Format::Fishbowl) => {
                let proposals = self.proposals();
                let text: String = proposals.iter().enumerate().map(|(at, words)| self.page.hanging(&format!("  {}: ", at + 1), "     ", words)).collect();
                if text.is_empty() { self.tell("There is no proposal yet.") } else { Ok(write!(self.out, "{text}")?) }
            }
            ("say", Format::Fishbowl) => {
                let number = numbers.first().copied().unwrap_or_else(|| self.proposals().len());
                self.saying(|table| table.ask(Who::Instructor, Ask::Pick { proposal: Some(number.wrapping_sub(1)) }))
            }
            ("votes", Format::Fishbowl) => {
                let most = numbers.iter().enumerate().max_by_key(|(at, votes)| (**votes, std::cmp::Reverse(*at))).map(|(at, _)| at);
                let Some(most) = most else { return self.tell("Count the hands for each proposal, in order: /votes 3 5 1.") };
                self.saying(|table| table.ask(Who::Instructor, Ask::Pick { proposal: Some(most) }))
            }
            ("both", Format::Fishbowl) => self.both(&numbers),
            (other, _) => {
                let commands: &[(&str, &str)] = if format == Format::Fishbowl { &FISHBOWL } else { &RELAY };
                let known = commands.iter().map(|(name, _)| name.split(' ').next().unwrap_or_default());
                let near = nearest(&format!("/{other}"), known);
                let hint =
                    if near.is_empty() { "/help lists what can be typed.".to_owned() } else { format!("Did you mean {}?", any_of(near, 2).replace('`', "")) };
                self.tell(&format!("There is no such command. {hint}"))
            }
        }
    }

    fn turns(&self) -> usize {
        self.play().map_or(0, |play| play.notes().len())
    }

    /// Says something, and shows what came of it.
    fn saying(&mut self, say: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        let before = self.turns();
        say(self)?;
        let Some((words, note)) =
            self.play().filter(|play| play.notes().len() > before).and_then(|play| Some((play.inputs().last()?.words.clone(), play.notes().last()?.clone())))
        else {
            return Ok(());
        };
        let text = self.came_of(&words, &note);
        Ok(write!(self.out, "{text}")?)
    }

    fn came_of(&self, words: &str, note: &TurnNote) -> String {
        let page = &self.page;
        let mut text = page.hanging("  ", "  ", &word_for::quoted(words));
        text += &page.aside(6, &format!("trust {}", word_for::trust(page.numbers, note.trust.0, note.trust.1)));
        for found in &note.findings {
            let because = word_for::reason(&found.because);
            let what = if found.words.is_empty() { word_for::sentence(&because) } else { format!("{}: {because}", word_for::quoted(&found.words)) };
            text += &page.hanging(if found.helps { "      + " } else { "      − " }, "        ", &what);
        }
        format!("{text}{}{}", if page.plain { "" } else { "\n" }, client_line(page, &self.client, &note.said))
    }

    fn both(&mut self, numbers: &[usize]) -> Result<(), Error> {
        self.ask(Who::Instructor, Ask::TryBoth { both: numbers.iter().map(|number| number.wrapping_sub(1)).collect() })?;
        let Some(Activity { state: State::Fishbowl(fishbowl), .. }) = self.activity() else { return Ok(()) };
        let Bowl::Branches(branches) = &fishbowl.bowl else { return Ok(()) };
        let text: String = branches
            .iter()
            .map(|branch| {
                format!("{}{}", self.page.heading(&format!("If proposal {} were said", branch.proposal + 1)), self.came_of(&branch.input.words, &branch.note))
            })
            .collect();
        write!(self.out, "{text}")?;
        self.tell("Nothing was said yet. /say N goes on with one of them.")
    }

    fn ledger(&mut self) -> Result<(), Error> {
        let Some(play) = self.play() else { return Ok(()) };
        let mut lines: Vec<String> = Vec::new();
        for note in play.notes() {
            for (id, state) in &note.promised {
                let what = play.scenario().and_then(|scenario| scenario.promise(id)).map_or(id.as_str(), |promise| promise.what.as_str());
                lines.push(format!("Turn {}: promise {state}: {what}.", note.turn));
            }
            if note.ruptured.is_some() {
                lines.push(format!("Turn {}: something tore.", note.turn));
            }
            if note.repaired {
                lines.push(format!("Turn {}: mended.", note.turn));
            }
        }
        if lines.is_empty() {
            return self.tell("Nothing has been promised, and nothing has torn.");
        }
        for line in lines {
            self.tell(&line)?;
        }
        Ok(())
    }

    /// The end: the client's last words, the ledger, the debrief of the class.
    fn close(&mut self, format: Format) -> Result<(), Error> {
        if self.play().is_some_and(|play| play.closed().is_none()) {
            self.ask(Who::Instructor, Ask::End { spot: Spot::Wall })?;
            let last = self.play().and_then(Play::last_words).unwrap_or_default().to_owned();
            if self.turns() > 0 && !last.is_empty() {
                let text = client_line(&self.page, &self.client, &last);
                write!(self.out, "\n{text}")?;
            }
        }
        if format == Format::Relay && self.turns() > 0 {
            let heading = self.page.heading("Promises and repairs");
            write!(self.out, "{heading}")?;
            self.ledger()?;
        }
        let Some(session) = self.play().and_then(Play::whole) else { return Ok(()) };
        let text = crate::report::debrief::debrief_text(&self.page, &session.debrief());
        write!(self.out, "{text}")?;
        Ok(self.out.flush()?)
    }
}

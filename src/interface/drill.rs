//! `drill [SKILL]`: deliberate practice. One line to answer, the criteria beforehand, feedback after, then the next; easier, harder, or again.

mod commands;
mod kept;

use super::play::Form;
use super::repl::editor::EditedLines;
use super::repl::lines::{Lines, PipedLines, Read};
use super::repl::terminal::{PlainLines, restore_when_stopped};
use super::repl::words;
use super::{Error, Exit, Globals, Out};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::wording::{any_of, did_you_mean_or_list, nearest};
use crate::drill::set::{built_in_sources, source_at, sources_in};
use crate::drill::{Book, Drills, News, Offer, Practice, Rating, Skill, judge, suggest};
use crate::report::Page;
use crate::report::drill as set;
use crate::scenario::source::Source;
use commands::{Command, Typed, parse};
use kept::Kept;
use serde_json::{Value, json};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What can be typed.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Args {
    /// The skill to practise; without one, what is due comes back and the next skill is suggested
    #[arg(value_name = "SKILL")]
    pub skill: Option<String>,
    /// Show the skills and where you stand in each
    #[arg(long)]
    pub list: bool,
    /// Stay on this level, 1 to 5
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub level: Option<u8>,
    /// End after so many tries
    #[arg(long, value_name = "N")]
    pub tries: Option<u32>,
    /// Look for drills in this folder too; may be given again
    #[arg(long, value_name = "DIR")]
    pub drills: Vec<PathBuf>,
    /// For people or for programs (one event a line)
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Form,
    /// Labelled lines without colour, boxes or cursor tricks: for screen readers and for programs
    #[arg(long)]
    pub plain: bool,
    /// The name you want to be kept under
    #[arg(long = "as", value_name = "NAME")]
    pub trainee: Option<String>,
    /// Keep nothing of this practice
    #[arg(long)]
    pub no_save: bool,
}

/// Practises.
///
/// # Errors
/// Where there is no such skill, or a stream fails.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let (drills, findings) = all(&args.drills, globals);
    for finding in &findings {
        out.note(&format!("practicum: {}", finding.one_line(None)));
    }
    let kept = Kept::open(args, globals, out);
    let book = kept.book();
    let person = io::stdin().is_terminal() && out.is_terminal() && args.format == Form::Text;
    let mut page = out.page(args.plain || args.format == Form::Json);
    page.plain |= args.format == Form::Json;
    if args.list {
        return list(args, &drills, &book, &page, out);
    }
    let suggested = suggest(&drills, &book);
    let mut lines = lines_for(args, person, out)?;
    let skill = match &args.skill {
        Some(name) => named(&drills, name)?,
        None if person => {
            write!(out, "{}", set::overview(&page, &drills, &book, suggested.as_ref()))?;
            match choose(&drills, suggested.as_ref().map(|suggestion| suggestion.skill), &page, &mut *lines, out)? {
                Some(skill) => skill,
                None => return Ok(Exit::Fine),
            }
        }
        None => suggested.as_ref().map(|suggestion| suggestion.skill).ok_or_else(|| Error::unusable("There are no drills to practise."))?,
    };
    let practice = Practice::begin(&drills, skill, book, args.skill.is_none(), args.level);
    let mut sitting = Sitting { args, globals, drills: &drills, practice, kept, page, person, first: 0, met: 0, offer: None, last: None };
    sitting.run(&mut *lines, out)?;
    Ok(Exit::Fine)
}

/// Built-in drills, then those of `--drills`, then `drills/` in each scenarios folder.
#[must_use]
pub fn all(given: &[PathBuf], globals: &Globals) -> (Drills, Vec<Diagnostic>) {
    let mut drills = Drills::built_in();
    let beside = globals.scenario_folders().into_iter().map(|folder| folder.join("drills")).filter(|folder| folder.is_dir());
    let findings = given.iter().cloned().chain(beside).flat_map(|folder| drills.add_folder(&folder)).collect();
    (drills, findings)
}

/// The texts to check: of these paths, or all there are; and the paths that hold no drills.
#[must_use]
pub fn sources(paths: &[PathBuf], globals: &Globals) -> (Vec<Result<Source, Vec<Diagnostic>>>, Vec<PathBuf>) {
    if paths.is_empty() {
        let beside = globals.scenario_folders().into_iter().map(|folder| folder.join("drills")).filter(|folder| folder.is_dir());
        return (built_in_sources().into_iter().chain(beside.flat_map(|folder| sources_in(&folder))).collect(), Vec::new());
    }
    let is_drills = |path: &Path| std::fs::canonicalize(path).is_ok_and(|path| path.file_name().is_some_and(|name| name == "drills"));
    let (mut found, mut rest) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() && is_drills(path) {
            found.extend(sources_in(path));
        } else if path.is_file() && path.parent().is_some_and(|parent| is_drills(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })) {
            found.push(source_at(path));
        } else {
            if path.join("drills").is_dir() {
                found.extend(sources_in(&path.join("drills")));
            }
            rest.push(path.clone());
        }
    }
    (found, rest)
}

fn named<'a>(drills: &'a Drills, name: &str) -> Result<&'a Skill, Error> {
    let wanted = name.trim().to_lowercase().replace(['-', ' '], "_");
    let by_number = wanted.parse::<usize>().ok().and_then(|number| drills.skills().get(number.checked_sub(1)?));
    drills.skill(&wanted).or(by_number).ok_or_else(|| {
        let known = drills.skills().iter().map(Skill::id);
        let hint = did_you_mean_or_list(&wanted, known, "there is").unwrap_or_default();
        Error::unusable(format!("There is no drill `{name}`; {hint}."))
    })
}

fn list(args: &Args, drills: &Drills, book: &Book, page: &Page, out: &mut Out) -> Result<Exit, Error> {
    let suggested = suggest(drills, book);
    if args.format == Form::Json {
        let skills: Vec<Value> = drills
            .skills()
            .iter()
            .map(|skill| {
                json!({ "skill": skill.id(), "title": skill.title(), "stimuli": skill.stimuli().len(), "teaches": skill.teaches(), "standing": book.standing(skill.id()) })
            })
            .collect();
        let next = suggested.map(|next| json!({ "skill": next.skill.id(), "because": next.because }));
        writeln!(out, "{}", json!({ "practices": book.practices(), "skills": skills, "next": next }))?;
    } else {
        write!(out, "{}", set::overview(page, drills, book, suggested.as_ref()))?;
    }
    Ok(Exit::Fine)
}

fn choose<'a>(drills: &'a Drills, suggested: Option<&'a Skill>, page: &Page, lines: &mut dyn Lines, out: &mut Out) -> Result<Option<&'a Skill>, Error> {
    loop {
        out.flush()?;
        let typed = match next(lines, "Which one? (a number or a name; Enter takes the suggestion; q leaves) ")? {
            Read::Line(line) | Read::Cut(line) => line.trim().to_lowercase(),
            Read::Interrupted | Read::End => return Ok(None),
        };
        if typed.is_empty() {
            return Ok(suggested);
        }
        if matches!(typed.as_str(), "q" | "quit" | "/quit") {
            return Ok(None);
        }
        if let Ok(skill) = named(drills, &typed) {
            return Ok(Some(skill));
        }
        let near = nearest(&typed, drills.skills().iter().map(Skill::id));
        let hint = if near.is_empty() { "There is no skill of that name or number.".to_owned() } else { format!("Did you mean {}?", any_of(near, 3)) };
        write!(out, "{}", page.paragraph(0, &hint.replace('`', "")))?;
    }
}

fn lines_for(args: &Args, person: bool, out: &Out) -> Result<Box<dyn Lines>, Error> {
    let broken = |cause| Error::surroundings("I could not use this terminal", cause);
    if !person {
        return Ok(Box::new(PipedLines::new(io::stdin().lock())));
    }
    restore_when_stopped();
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    if args.plain || dumb {
        return Ok(Box::new(PlainLines::new().map_err(broken)?));
    }
    Ok(Box::new(EditedLines::knowing(out.paint(), commands::COMMANDS).map_err(broken)?))
}

fn next(lines: &mut dyn Lines, prompt: &str) -> Result<Read, Error> {
    lines.next(prompt).map_err(|cause| Error::surroundings("I could not read what was typed", cause))
}

/// One practice at the keyboard or behind a pipe.
struct Sitting<'a> {
    args: &'a Args,
    globals: &'a Globals,
    drills: &'a Drills,
    practice: Practice<'a>,
    kept: Kept,
    page: Page,
    person: bool,
    /// First tries, and those of them that met the criteria.
    first: u32,
    met: u32,
    /// What is to be answered now.
    offer: Option<Offer<'a>>,
    /// What was answered last, and whether its rating is still open.
    last: Option<(Offer<'a>, bool)>,
}

/// A sitting of more tries than this is long; it is said once. Deliberate practice is done in short stretches of high attention.
const LONG: u32 = 15;

impl<'a> Sitting<'a> {
    fn json(&self) -> bool {
        self.args.format == Form::Json
    }

    fn tell(&self, text: &str, out: &mut Out) -> Result<(), Error> {
        if !self.json() {
            write!(out, "{text}")?;
        }
        Ok(())
    }

    fn event(&self, event: &Value, out: &mut Out) -> Result<(), Error> {
        if self.json() {
            writeln!(out, "{event}")?;
        }
        Ok(())
    }

    fn run(&mut self, lines: &mut dyn Lines, out: &mut Out) -> Result<(), Error> {
        let opened = json!({
            "event": "drill_opened", "practice": self.practice.number(), "skill": self.practice.skill().id(), "title": self.practice.skill().title(),
            "level": self.practice.level(),
        });
        self.event(&opened, out)?;
        self.tell(&set::introduction(&self.page, &self.practice), out)?;
        if self.person {
            self.tell(&self.page.aside(2, "/help shows what can be typed besides a reply; /quit ends."), out)?;
        }
        self.offer_next(out)?;
        while self.offer.is_some() {
            out.flush()?;
            let prompt = match (self.person, self.page.plain) {
                (false, _) => "",
                (true, true) => "You: ",
                (true, false) => "> ",
            };
            let line = match next(lines, prompt)? {
                Read::Line(line) | Read::Cut(line) => line,
                Read::Interrupted | Read::End => break,
            };
            match parse(&line) {
                Typed::Blank => {}
                Typed::Said(said) => self.tried(&said, lines, out)?,
                Typed::Command(Command::Quit) => break,
                Typed::Command(command) => self.obey(command, out)?,
                Typed::Unknown(typed, near) => {
                    let hint = if near.is_empty() { "/help lists what there is".to_owned() } else { format!("did you mean {}", near.join(" or ")) };
                    self.tell(&self.page.aside(2, &format!("{typed} is no command here; {hint}.")), out)?;
                }
            }
            if self.args.tries.is_some_and(|most| self.practice.tries() >= most) {
                break;
            }
        }
        self.close(out)
    }

    fn offer_next(&mut self, out: &mut Out) -> Result<(), Error> {
        let before = self.offer.take();
        self.offer = self.practice.next();
        self.show(before, out)
    }

    /// Shows what is to be answered, with its criteria where they are not those just read.
    fn show(&self, before: Option<Offer<'a>>, out: &mut Out) -> Result<(), Error> {
        let Some(offer) = self.offer else { return self.tell(&self.page.paragraph(2, "This skill has no lines to practise yet."), out) };
        let number = self.practice.tries() + 1;
        self.event(&set::stimulus_json(&offer, number), out)?;
        if self.args.tries.is_none_or(|most| number <= most) {
            self.tell(&set::stimulus(&self.page, &offer, number), out)?;
            let said = |offer: &Offer<'_>| offer.file.criteria_of(offer.stimulus).map(|criterion| criterion.say.clone()).collect::<Vec<_>>();
            if before.as_ref().map(said) != Some(said(&offer)) {
                self.tell(&set::criteria(&self.page, offer.file, offer.stimulus), out)?;
            }
        }
        Ok(())
    }

    fn tried(&mut self, said: &str, lines: &mut dyn Lines, out: &mut Out) -> Result<(), Error> {
        let Some(offer) = self.offer else { return Ok(()) };
        let verdict = judge(offer.file, offer.stimulus, said);
        self.event(&set::verdict_json(&offer, &verdict), out)?;
        self.tell(&set::feedback(&self.page, offer.stimulus, &verdict), out)?;
        if verdict.unreadable {
            return Ok(());
        }
        let (tried, news) = self.practice.tried(&offer, verdict.met);
        self.first += u32::from(tried.first);
        self.met += u32::from(tried.first && tried.met);
        self.kept.keep(&tried, out);
        self.last = Some((offer, tried.first));
        self.moved(news, out)?;
        if self.person && tried.first {
            self.ask(lines, out)?;
        }
        if self.person && self.practice.tries() == LONG {
            self.tell(&self.page.aside(2, "That is a good stretch for one sitting. /quit keeps it as it is; the rest waits."), out)?;
        }
        if self.args.tries.is_some_and(|most| self.practice.tries() >= most) {
            return Ok(());
        }
        self.offer_next(out)
    }

    /// At a terminal the difficulty is asked for after each first try; any other answer is left alone.
    fn ask(&mut self, lines: &mut dyn Lines, out: &mut Out) -> Result<(), Error> {
        out.flush()?;
        let read = next(lines, "  Too easy, good, or too hard? (e, g, h; Enter goes on) ")?;
        let Read::Line(line) = read else { return Ok(()) };
        let rating = match line.trim().to_lowercase().trim_start_matches('/') {
            "e" | "easy" | "too easy" => Rating::TooEasy,
            "h" | "hard" | "too hard" => Rating::TooHard,
            "g" | "good" => Rating::Good,
            _ => return Ok(()),
        };
        self.rate(rating, out)
    }

    fn rate(&mut self, rating: Rating, out: &mut Out) -> Result<(), Error> {
        if !self.last.as_ref().is_some_and(|(_, open)| *open) {
            return self.tell(&self.page.aside(2, "There is nothing to rate just now; first a try."), out);
        }
        if let Some((_, open)) = &mut self.last {
            *open = false;
        }
        let news = self.practice.rated(rating);
        self.kept.rate(rating, out);
        self.event(&json!({ "event": "rated", "rating": rating }), out)?;
        self.moved(news, out)
    }

    fn moved(&self, news: Option<News>, out: &mut Out) -> Result<(), Error> {
        let Some(news) = news.filter(|_| self.args.level.is_none()) else { return Ok(()) };
        self.event(&json!({ "event": "moved", "news": news }), out)?;
        self.tell(&set::news(&self.page, news), out)
    }

    fn obey(&mut self, command: Command, out: &mut Out) -> Result<(), Error> {
        match command {
            Command::Rate(rating) => {
                let level = self.practice.level();
                self.rate(rating, out)?;
                // The next line was offered before the rating came; another level needs another line.
                if self.practice.level() != level { self.offer_next(out) } else { Ok(()) }
            }
            Command::Again => {
                let Some((last, _)) = self.last else { return self.tell(&self.page.aside(2, "There is nothing to try again yet."), out) };
                let before = self.offer.replace(Offer { first: false, why: crate::drill::Why::OnceMore, ..last });
                self.show(before, out)
            }
            Command::Skip => {
                if let Some(offer) = self.offer {
                    self.practice.skip(&offer);
                }
                self.offer_next(out)
            }
            Command::Criteria => match self.offer {
                Some(offer) => self.tell(&set::criteria(&self.page, offer.file, offer.stimulus), out),
                None => Ok(()),
            },
            Command::Help => self.tell(&commands::help(&self.page), out),
            Command::Card => self.tell(&words::card(&self.page, &super::play::card(self.globals)), out),
            Command::Pause => self.tell(&self.page.aside(2, "A pause. Nothing is running; answer whenever you like."), out),
            Command::Quit => Ok(()),
        }
    }

    fn close(&mut self, out: &mut Out) -> Result<(), Error> {
        let next = suggest(self.drills, self.practice.book());
        let standing = self.practice.book().standing(self.practice.skill().id());
        let returns: Vec<Value> = self.practice.book().due(self.practice.number() + 1).iter().map(|(skill, id)| json!({ "skill": skill, "id": id })).collect();
        let closed = json!({
            "event": "drill_closed", "tries": self.practice.tries(), "first": self.first, "met": self.met, "standing": standing, "returns": returns,
            "next": next.as_ref().map(|next| json!({ "skill": next.skill.id(), "because": next.because })),
        });
        self.event(&closed, out)?;
        self.tell(&set::closing(&self.page, &self.practice, self.first, self.met, next.as_ref()), out)?;
        Ok(out.flush()?)
    }
}

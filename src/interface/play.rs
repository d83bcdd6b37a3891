//! `play SCENARIO`: one session with one client.

use super::assignment::{self, Assignment};
use super::keeping::{Keeping, Resumed};
use super::repl::editor::EditedLines;
use super::repl::lines::{Lines, PipedLines};
use super::repl::terminal::{PlainLines, restore_when_stopped};
use super::repl::view::View;
use super::repl::{Repl, words};
use super::{Error, Exit, Globals, Out};
use crate::diagnostic::wording::counted;
use crate::record::Fidelity;
use crate::report::client_lines::client_line;
use crate::report::feedback::Feedback;
use crate::scenario::{Folder, Scenario};
use crate::scoring::rubric::Rubric;
use crate::session::{Course, CourseEnd, Event, Opening, Session, Setting, What};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// In which form events are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// For people.
    #[default]
    Text,
    /// One event a line.
    Json,
}

/// When feedback comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum When {
    /// After each turn, with numbers
    #[default]
    Each,
    /// After each turn, in words only
    Words,
    /// Only at the end
    End,
}

/// Whether the trainee rates the session before the debrief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SelfRating {
    /// Three numbers and a sentence; each can be skipped
    Ask,
    /// Not at all
    Skip,
}

/// What can be typed.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Args {
    /// The scenario: its name in the list, or the path of its folder
    #[arg(required_unless_present = "assignment", default_value = "", hide_default_value = true)]
    pub scenario: String,
    /// Do an assignment: it says the client, the session, the seed and when feedback comes
    #[arg(long, value_name = "FILE")]
    pub assignment: Option<PathBuf>,
    /// After the debrief, tell where the session stands on this rubric
    #[arg(long, value_name = "FILE")]
    pub rubric: Option<PathBuf>,
    /// Meet exactly the same hour again: the same seed and the same words give the same answers
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Which session of the scenario to begin with
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub session: u32,
    /// When feedback comes
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub feedback: When,
    /// For people or for programs (one event a line)
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Form,
    /// Labelled lines without colour, boxes or cursor tricks: for screen readers and for programs
    #[arg(long)]
    pub plain: bool,
    /// The name you want to be kept under
    #[arg(long = "as", value_name = "NAME")]
    pub trainee: Option<String>,
    /// Go on with the same client: the next session of the course of this name, or the first of a new one
    #[arg(long, value_name = "NAME", conflicts_with = "session")]
    pub course: Option<String>,
    /// Keep nothing of this session
    #[arg(long, conflicts_with_all = ["resume", "course"])]
    pub no_save: bool,
    /// Go on with a session that was broken off: the latest with this client, or the one with this number
    #[arg(long, value_name = "ID", num_args = 0..=1, default_missing_value = "last")]
    pub resume: Option<String>,
    /// Whether you are asked for your own impression before the debrief; remembered
    #[arg(long, value_enum, value_name = "WHETHER")]
    pub self_rating: Option<SelfRating>,
    /// For authors: say after each turn why the client answered so, and what nearly answered
    #[arg(long)]
    pub trace: bool,
    /// Begin elsewhere: trust=0.6, a quality such as arousal=0.3, flag:NAME, told:NAME; may be given again
    #[arg(long, value_name = "KEY=VALUE", value_delimiter = ',')]
    pub set: Vec<String>,
    /// For authors: begin as if so many turns had passed
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub after_turn: u32,
}

/// Where nobody sits at a terminal and no seed is given: the same input gives the same output, always.
const SEED_OFF_TERMINAL: u64 = 1;

/// Plays a session.
///
/// # Errors
/// Where there is no such scenario, session or setting, or a stream fails.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    if let Some(path) = &args.assignment {
        let assignment = Assignment::read(path)?;
        return sit(&assigned(args, &assignment)?, globals, &assigned_scenario(&assignment, globals, out)?, out);
    }
    let scenario = globals.open(&args.scenario)?;
    sit(args, globals, &scenario, out)
}

/// The session that an assignment asks for. What would make it another one is refused; how it is shown is the trainee's own.
fn assigned(args: &Args, assignment: &Assignment) -> Result<Args, Error> {
    if !args.scenario.is_empty() && args.scenario != assignment.scenario {
        return Err(Error::unusable(format!("The assignment is with `{}`, not with `{}`.", assignment.scenario, args.scenario)));
    }
    if args.seed.is_some() || !args.set.is_empty() || args.after_turn > 0 || args.course.is_some() {
        return Err(Error::unusable("An assignment says how the session begins; leave --seed, --course, --set and --after-turn out."));
    }
    Ok(Args {
        scenario: assignment.scenario.clone(),
        seed: Some(assignment.seed),
        session: assignment.session,
        feedback: assignment.feedback.into(),
        ..args.clone()
    })
}

fn assigned_scenario(assignment: &Assignment, globals: &Globals, out: &mut Out) -> Result<Arc<Scenario>, Error> {
    let scenario = globals.open(&assignment.scenario)?;
    if !assignment.digest.is_empty() && assignment.digest != scenario.digest {
        out.note("practicum: this client is another version than the assignment's; your supervisor may not be able to compare your session.");
    }
    Ok(scenario)
}

/// The rubric to look at after the debrief: its own file's, otherwise the assignment's.
fn rubric(args: &Args) -> Result<Option<Rubric>, Error> {
    match (&args.rubric, &args.assignment) {
        (Some(path), _) => assignment::rubric(path).map(Some),
        (None, Some(path)) => Ok(Assignment::read(path)?.rubric),
        (None, None) => Ok(None),
    }
}

/// Sits down with a client.
///
/// # Errors
/// As [`run`].
pub fn sit(args: &Args, globals: &Globals, scenario: &Arc<Scenario>, out: &mut Out) -> Result<Exit, Error> {
    let person = io::stdin().is_terminal() && out.is_terminal() && args.format == Form::Text;
    let view = View {
        json: args.format == Form::Json,
        plain: args.plain,
        feedback: match args.feedback {
            When::Each => Feedback::Each,
            When::Words => Feedback::Words,
            When::End => Feedback::End,
        },
        person,
    };
    let folder = globals.shelf().folder(&args.scenario).unwrap_or_else(|| Folder::Memory(scenario.file.id.clone(), Default::default()));
    let rubric = rubric(args)?;
    let mut keeping = Keeping::open(args, globals, out);
    let mut lines = lines_for(&view, out)?;
    if let Some(resumed) = keeping.resumed(args, scenario, &view, &mut *lines, out)? {
        let events = going_on(&view, &resumed, out)?;
        let repl = Repl::new(resumed.session, view, args.trace, card(globals)).kept_by(Some(resumed.keeper), args.self_rating);
        let mut repl = repl.of_course(resumed.course).looking_at(rubric);
        return repl.run(&events, &mut *lines, out);
    }
    let seed = args.seed.unwrap_or_else(|| if person { drawn_seed() } else { SEED_OFF_TERMINAL });
    let course = args.course.as_deref().map(|name| keeping.course(name, args, scenario, seed)).transpose()?;
    let opening = match &course {
        Some((_, course)) => Opening { set: settings(&args.set)?, ..course.open_next().ok_or_else(|| course_is_over(args, scenario, course))? },
        None => Opening { seed, session: session_number(args, scenario)?, set: settings(&args.set)?, after_turn: args.after_turn, carried: None },
    };
    if let Some(spec) = scenario.session(opening.session).filter(|_| !view.json && !view.one_line_a_turn()) {
        let shown = (person && args.seed.is_none() && course.is_none()).then_some(seed);
        write!(out, "{}", words::start_notice(&view.page(out), scenario, spec, shown))?;
    }
    if let Some(task) = task(args, &view)? {
        write!(out, "{}", view.page(out).aside(0, &task))?;
    }
    let (session, events) = Session::open(Arc::clone(scenario), opening);
    let (id, course) = course.map_or((None, None), |(id, course)| (id, Some((args.course.clone().unwrap_or_default(), course))));
    let keeper = keeping.begin(args, id, &folder, &session, &events, out);
    let mut repl = Repl::new(session, view, args.trace, card(globals)).kept_by(keeper, args.self_rating).of_course(course).looking_at(rubric);
    repl.run(&events, &mut *lines, out)
}

fn course_is_over(args: &Args, scenario: &Scenario, course: &Course) -> Error {
    let name = crate::text::on_one_line(args.course.as_deref().unwrap_or_default());
    let client = &scenario.file.client.name;
    let how = match course.ended {
        Some(CourseEnd::WalkedOut) => format!("{client} walked out of the last session and did not come back"),
        Some(CourseEnd::DroppedOut) => format!("{client} did not come back after the last session"),
        Some(CourseEnd::TakenOver) => "your supervisor took over".to_owned(),
        Some(CourseEnd::Completed) | None => format!("all {} took place", counted(course.sessions.len(), "session")),
    };
    Error::unusable(format!("The course “{name}” with {client} is over: {how}. Another name begins a new course."))
}

/// What the assignment asks for, for a trainee who reads.
fn task(args: &Args, view: &View) -> Result<Option<String>, Error> {
    let Some(path) = args.assignment.as_ref().filter(|_| !view.json && !view.one_line_a_turn()) else { return Ok(None) };
    let assignment = Assignment::read(path)?;
    let task = if assignment.task.trim().is_empty() { String::new() } else { format!(" {}", assignment.task.trim()) };
    Ok(Some(format!("Assignment: {}.{task}", assignment.title.trim_end_matches('.'))))
}

/// As many exchanges are shown again as bring back where one was.
const SHOWN_AGAIN: usize = 3;

/// Where one was: for programs everything that happened, for people the last exchanges. Gives the events that are still to be shown as the opening.
fn going_on(view: &View, resumed: &Resumed, out: &mut Out) -> Result<Vec<Event>, Error> {
    let told = |what: &What| matches!(what, What::ClientSaid { .. });
    if resumed.changed {
        out.note("practicum: the scenario has changed since; this session goes on with it as it was.");
    }
    if resumed.fidelity != Fidelity::Identical {
        out.note(&format!("practicum: {}", resumed.fidelity));
    }
    if view.json {
        return Ok(resumed.events.iter().filter(|event| !matches!(event.what, What::Looked { .. })).cloned().collect());
    }
    let Some(last) = resumed.events.iter().rposition(|event| told(&event.what)) else { return Ok(Vec::new()) };
    if !view.one_line_a_turn() {
        let page = view.page(out);
        let client = &resumed.session.scenario().file.client.name;
        let talk: Vec<&Event> = resumed.events[..last].iter().filter(|event| told(&event.what) || matches!(event.what, What::Heard { .. })).collect();
        write!(out, "{}", page.aside(0, &format!("You go on after turn {}. This is how it went last:", resumed.session.run().turn_number())))?;
        for event in &talk[talk.len().saturating_sub(2 * SHOWN_AGAIN)..] {
            match &event.what {
                What::ClientSaid { text, .. } => write!(out, "{}", client_line(&page, client, text))?,
                What::Heard { text } => write!(out, "{}", page.hanging(if page.plain { "You: " } else { "> " }, "  ", text))?,
                _ => {}
            }
        }
    }
    Ok(vec![resumed.events[last].clone()])
}

/// Where the words come from: a line editor at a terminal, a plain reader elsewhere.
fn lines_for(view: &View, out: &Out) -> Result<Box<dyn Lines>, Error> {
    let broken = |cause| Error::surroundings("I could not use this terminal", cause);
    if !view.person {
        return Ok(Box::new(PipedLines::new(io::stdin().lock())));
    }
    restore_when_stopped();
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    if view.plain || dumb {
        return Ok(Box::new(PlainLines::new().map_err(broken)?));
    }
    Ok(Box::new(EditedLines::new(out.paint()).map_err(broken)?))
}

/// A seed that nobody chose, short enough to be typed again.
fn drawn_seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    (u64::from(now.subsec_nanos()) ^ now.as_secs().wrapping_mul(0x9e37_79b9)) % 100_000
}

fn session_number(args: &Args, scenario: &Scenario) -> Result<u32, Error> {
    if scenario.session(args.session).is_some() {
        return Ok(args.session);
    }
    let file = &scenario.file;
    let numbers: Vec<String> = file.sessions.iter().map(|session| session.number.to_string()).collect();
    Err(Error::unusable(format!(
        "{} has no session {}; the scenario has {}: {}.",
        file.client.name,
        args.session,
        counted(numbers.len(), "session"),
        numbers.join(", ")
    )))
}

pub(super) fn settings(given: &[String]) -> Result<Vec<Setting>, Error> {
    given.iter().map(|given| given.parse().map_err(|error| Error::unusable(format!("{error}.")))).collect()
}

/// The help card: a text of the school's own where there is one (`card.txt` in the data folder, or the file that `PRACTICUM_CARD` names).
pub(super) fn card(globals: &Globals) -> String {
    let named = std::env::var_os("PRACTICUM_CARD").map(std::path::PathBuf::from);
    let file = named.or_else(|| globals.data_folder().map(|folder| folder.join("card.txt")));
    let own = file.and_then(|file| std::fs::read_to_string(file).ok()).filter(|text| !text.trim().is_empty());
    own.unwrap_or_else(|| words::CARD.to_owned())
}

//! What each part of a reply is to the client: a question, a reflection, input, or something else.

use super::form::{Form, Part, skip_markers, tag_from};
use super::overlap::{Overlap, Shared};
use crate::appraisal::{Act, InputKind, MainBehaviour, Person, QuestionKind, ReflectionKind};
use crate::text::{End, Utterance, class};

/// What the codebook found in a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(u64);

impl Marks {
    pub(crate) fn add(&mut self, act: Act) {
        self.0 |= 1 << (act as u64);
    }

    pub(crate) fn has(self, acts: &[Act]) -> bool {
        acts.iter().any(|act| self.0 & (1 << (*act as u64)) != 0)
    }
}

/// What one part is, and by which structural rule.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Role {
    pub(crate) question: Option<QuestionKind>,
    pub(crate) reflection: Option<ReflectionKind>,
    pub(crate) input: Option<InputKind>,
    /// Rule and reason, where structure decided and not a rule of the codebook.
    pub(crate) by: Option<(&'static str, &'static str)>,
    /// An order in the imperative.
    pub(crate) order: bool,
    /// A statement put as a question.
    pub(crate) rising: bool,
    /// How far what speaks for a reflection outweighs what speaks against it; 0 is undecided.
    pub(crate) sure: f64,
}

const TELLS: &[Act] = &[Act::Advice, Act::Directing, Act::Warning, Act::Moralising, Act::Pressure];
const REFLECTS: &[Act] = &[Act::SimpleReflection, Act::ComplexReflection, Act::Summary];
const PRAISES: &[Act] = &[Act::Affirmation, Act::EvaluativePraise];
const ASIDE: &[Act] = &[
    Act::Apology,
    Act::Boundary,
    Act::Confidentiality,
    Act::Structuring,
    Act::Promise,
    Act::PromiseKept,
    Act::SelfDisclosure,
    Act::StockEmpathy,
    Act::FalseReassurance,
    Act::Encourager,
    Act::SelfFocus,
    Act::BoundaryBlur,
    Act::Defensiveness,
    Act::Dismissal,
    Act::Collaboration,
    Act::AutonomySupport,
    Act::Presence,
];

/// The role of each part.
pub(crate) fn roles(reply: &Utterance, parts: &[Part], marks: &[Marks], overlap: &Overlap) -> Vec<Role> {
    parts.iter().zip(marks).map(|(part, marks)| role(reply, part, *marks, overlap)).collect()
}

fn role(reply: &Utterance, part: &Part, marks: Marks, overlap: &Overlap) -> Role {
    let mut role = Role::default();
    let shared = overlap.of(reply, part.head, part.last);
    if part.form.asks() {
        role.question = part.kind;
        role.by = Some(("structure.question", "asks the client"));
        return role;
    }
    // "What happens then is that …" tells; without a question mark only what does not begin with "what" asks here ("I'd like to hear …").
    if marks.has(&[Act::OpenQuestion]) && (part.kind.is_some() || !reply.words()[part.head].is(class::WH) || part.last - part.head < TELLS_FROM) {
        role.question = Some(QuestionKind::Open);
        return role;
    }
    let rising = matches!(part.form, Form::Rising | Form::RisingFragment | Form::Tagged);
    if !rising && marks.has(&[Act::ClosedQuestion]) && part.kind.is_some() || (marks.has(&[Act::PermissionSeeking]) && part.kind.is_some()) {
        role.question = Some(QuestionKind::Closed);
        return role;
    }
    if (part.first..part.last).all(|at| backchannel(reply, at)) {
        return role;
    }
    statement(reply, part, marks, shared, overlap, &mut role);
    if rising {
        put_as_a_question(reply, part, marks, shared, &mut role);
    }
    role
}

/// From this many words on, a statement with a question mark mainly says back; shorter it asks: "Your first?", "She still calls you?"
const SAYS_BACK: usize = 8;

/// A statement put as a question asks, and it also says back where it takes up what was said. Coders of sessions differ over which it is: in
/// the transcripts at hand each label is given to about half of them (MITI 4.2.1 calls it a reflection, whatever the voice does at its end).
/// So both are told, and the longer ones and those that open with "so" count as mainly saying back.
fn put_as_a_question(reply: &Utterance, part: &Part, marks: Marks, shared: Shared, role: &mut Role) {
    role.input = None;
    role.question = Some(QuestionKind::Closed);
    let opens = |word: &str| (part.first..part.head).any(|at| reply.form(at) == word);
    let takes_up = shared.shared > 0 || led(reply, part) || marks.has(REFLECTS) || role.reflection.is_some();
    let length = part.last - part.head;
    let tagged = part.form == Form::Tagged && tag_from(reply, part.first, part.last).is_some_and(|tag| !turns_round(reply, tag));
    let says_back = length >= SAYS_BACK || opens("so");
    // "Nice weather today, isn't it?" says nothing back.
    let of_this = shared.shared > 0 || !matches!(subject(reply, part.head, part.last), Subject::Other | Subject::I | Subject::We);
    if part.form == Form::Tagged && !tagged && length >= 4 && of_this {
        // "It's hard to know where to start, isn't it?" asks for no more than a nod.
        role.question = None;
        role.reflection = role.reflection.or(Some(ReflectionKind::Complex));
        role.rising = true;
        return;
    }
    if part.form != Form::RisingFragment && takes_up && says_back && !opens("oh") && !tagged {
        role.reflection = role.reflection.or(Some(ReflectionKind::Complex));
        role.rising = true;
        role.sure = role.sure.max(2.0);
        return;
    }
    role.reflection = None;
    role.by = Some(("structure.rising", "a statement put as a question"));
}

/// "…, isn't it?": the tag turns the statement round, and asks for no more than a nod; "…, right?" and "…, yeah?" make sure.
fn turns_round(reply: &Utterance, tag: usize) -> bool {
    (tag..tag + 2).any(|at| reply.words().get(at).is_some_and(|word| word.is(class::AUX)))
}

/// From this many words on, "what …" without a question mark may be what is told, with its name first.
const TELLS_FROM: usize = 6;

/// Whether the part opens with a word that takes up what was said: "so", "but", "and".
fn led(reply: &Utterance, part: &Part) -> bool {
    (part.first..part.head).any(|at| matches!(reply.form(at), "so" | "but" | "and" | "because" | "yet"))
}

/// Words within which a part that breaks off has not said anything yet.
const NOTHING_YET: usize = 5;

/// "So it sounds like--", "And now you've got--": broken off before anything was said.
fn breaks_off(reply: &Utterance, part: &Part) -> bool {
    let cut = matches!(part.end, End::Break | End::Trail | End::None) && (part.end != End::None || reply.text().trim_end().ends_with('-'));
    let open = reply.words().get(part.last.saturating_sub(1)).is_some_and(|word| !word.is_content());
    cut && open && part.last - part.head <= NOTHING_YET
}

/// "It does.", "Yes, it is.", "They do, yeah.": a pronoun and its verb answer, and add nothing.
fn answers_in_short(reply: &Utterance, part: &Part) -> bool {
    let words = &reply.words()[part.head..part.last];
    let words: Vec<_> = words.iter().enumerate().filter(|(at, _)| !backchannel(reply, part.head + at)).map(|(_, word)| word).collect();
    matches!(words.as_slice(), [subject, aux] if subject.is(class::SUBJECT) && aux.is(class::AUX) && part.kind.is_none())
        || matches!(words.as_slice(), [subject, aux, not] if subject.is(class::SUBJECT) && aux.is(class::AUX) && not.is(class::NEGATION) && part.kind.is_none())
}

/// From this much more on, what informs outweighs what reflects.
const LECTURES: f64 = 0.0;

fn statement(reply: &Utterance, part: &Part, marks: Marks, shared: Shared, overlap: &Overlap, role: &mut Role) {
    let words = reply.words();
    let (head, last) = (part.head, part.last);
    let length = last - head;
    if (part.first..last).all(|at| backchannel(reply, at)) {
        return;
    }
    if breaks_off(reply, part) || answers_in_short(reply, part) {
        return;
    }
    if marks.has(TELLS) && !marks.has(REFLECTS) {
        role.input = Some(InputKind::Advice);
        return;
    }
    if part.form == Form::Imperative {
        let offered = (part.first..last).any(|at| reply.is(at, class::AS_YOU_LIKE));
        if !reply.is(head, class::SOFT_ORDER) && !offered {
            role.input = Some(InputKind::Advice);
            role.order = true;
        }
        return;
    }
    let weighing = Weighing { reply, part, shared, overlap };
    // A reflection's words over talk of how things are in general: information after all.
    let lectures = weighing.general() >= 2 && weighing.informs() - weighing.reflects() > LECTURES;
    if marks.has(REFLECTS) && lectures {
        role.input = Some(InputKind::Information);
        role.by = Some(("structure.informs", "tells the client something"));
        return;
    }
    if marks.has(REFLECTS) {
        role.sure = 2.0;
        if marks.has(TELLS) {
            role.input = Some(InputKind::Advice);
        }
        role.reflection = Some(if marks.has(&[Act::ComplexReflection]) && share(shared) < 0.6 { ReflectionKind::Complex } else { ReflectionKind::Simple });
        return;
    }
    if marks.has(&[Act::Information]) {
        role.input = Some(InputKind::Information);
        return;
    }
    if (part.first..(head + 4).min(last)).any(|at| reply.is(at, class::GREETING)) {
        return;
    }
    role.sure = weighing.reflects() - weighing.informs();
    if overlap.size == 0 {
        // Nothing was said that could be given back.
        role.sure -= 2.0;
    }
    let subject = subject(reply, head, last);
    // "We will go over the form", "we need to look at this": what the two will do is input, unless it leaves the client the choice.
    let ahead = (head..last.min(head + 4)).any(|at| words[at].is(class::MODAL) || matches!(reply.form(at), "need" | "have" | "going" | "got"));
    if subject == Subject::We && ahead && length >= 6 && !marks.has(&[Act::AutonomySupport]) {
        role.input = Some(InputKind::Negotiation);
        role.by = Some(("structure.we_need", "says what the two should do"));
        return;
    }
    let about_client = matches!(subject, Subject::You | Subject::Third) && !weighing.approves();
    if (marks.has(PRAISES) || marks.has(ASIDE)) && !(about_client && share(shared) >= 0.3) {
        return;
    }
    if (head..last).any(|at| reply.is(at, class::ANNOUNCES)) && length >= 6 && matches!(subject, Subject::I | Subject::We | Subject::It | Subject::Other) {
        role.input = Some(InputKind::Information);
        role.by = Some(("structure.announces", "tells the client something"));
        return;
    }
    let kind = if share(shared) >= 0.5 { ReflectionKind::Simple } else { ReflectionKind::Complex };
    let reflects = |role: &mut Role, rule: &'static str, because: &'static str| {
        role.reflection = Some(kind);
        role.by = Some((rule, because));
    };
    match subject {
        Subject::You => {
            let tells = foretells(reply, head, last) && share(shared) < 0.5 && length > 4;
            if tells || role.sure < TOLD_YOU {
                role.input = Some(InputKind::Information);
                role.by = Some(("structure.tells_you", "tells the client what is or will be"));
            } else {
                role.sure += 1.0;
                reflects(role, "structure.about_you", "says back where the client stands");
            }
        }
        Subject::I => {
            if reply.phrases().iter().any(|phrase| phrase.class == class::I_TAKE_IT && (head..last).contains(&(phrase.first as usize)))
                && weighing.general() < 2
            {
                reflects(role, "structure.i_take_it", "offers what the therapist takes the client to feel");
            } else if shared.content >= 2 && share(shared) >= 0.5 && !reply.is(head + 1, class::THERAPIST_VERB) {
                reflects(role, "structure.as_client", "speaks in the client's own first person");
            } else if length >= 14 && weighing.general() >= 2 {
                role.input = Some(InputKind::Information);
                role.by = Some(("structure.informs", "tells the client something"));
            }
        }
        Subject::We => {
            if length >= 8 && (weighing.general() >= 1 || length >= 14) {
                role.input = Some(InputKind::Information);
                role.by = Some(("structure.informs", "tells the client something"));
            }
        }
        Subject::Third => {
            if overlap.has_third || weighing.reflects() > weighing.informs() {
                reflects(role, "structure.about_third", "says back what it is like with the other person");
            } else if length >= 7 {
                role.input = Some(InputKind::Information);
                role.by = Some(("structure.informs", "tells the client something"));
            }
        }
        Subject::It | Subject::Other => {
            if length <= 3 && shared.shared >= 1 {
                reflects(role, "structure.echo", "gives back the client's own word");
            } else if weighing.approves() && length <= 6 {
                // "That's great", "very good": says nothing back.
            } else if length <= 8
                && part.form == Form::Fragment
                && (overlap.unfinished || led(reply, part) || reply.text().starts_with('-'))
                && (head..last).any(|at| words[at].is_content())
            {
                role.sure = role.sure.max(0.3);
                reflects(role, "structure.finishes", "goes on where the client stopped, in a few words");
            } else if length <= 6 && overlap.size > 0 && subject == Subject::It && role.sure > -1.0 {
                role.sure = role.sure.max(0.2);
                reflects(role, "structure.stemless", "says back what was said or carried");
            } else if weighing.reflects() > weighing.informs() {
                reflects(role, "structure.stemless", "says back what was said or carried");
            } else if length >= 8 || (role.sure < -1.0 && length >= 3) {
                role.input = Some(InputKind::Information);
                role.by = Some(("structure.informs", "tells the client something"));
            }
        }
    }
}

/// What speaks for information must outweigh what speaks for a reflection by this much before "you …" is heard as telling.
const TOLD_YOU: f64 = -0.5;

/// What speaks for a reflection and what for information, where the subject leaves it open. Weights are ours, small whole and half numbers.
struct Weighing<'a> {
    reply: &'a Utterance,
    part: &'a Part,
    shared: Shared,
    overlap: &'a Overlap,
}

impl Weighing<'_> {
    fn words(&self) -> &[crate::text::Word] {
        self.reply.words().get(self.part.head..self.part.last).unwrap_or_default()
    }

    fn approves(&self) -> bool {
        (self.part.head..self.part.last).any(|at| self.reply.is(at, class::APPROVES)) && !self.words().iter().any(|word| word.is(class::NEGATION))
    }

    fn general(&self) -> usize {
        self.words().iter().filter(|word| word.is(class::GENERAL) && !self.overlap.holds(word.stem)).count()
    }

    fn reflects(&self) -> f64 {
        let words = self.words();
        let mut sum = 2.5 * share(self.shared);
        if self.shared.shared >= 2 {
            sum += 0.5;
        }
        if words.iter().any(|word| word.is(class::YOU)) {
            sum += 1.0;
        }
        if words.iter().any(|word| word.feeling_strength > 0 || word.is(class::INNER)) {
            sum += 1.0;
        }
        // "So …" and "but …", "and …" take up and go on.
        if led(self.reply, self.part) {
            sum += 0.5;
        }
        if words.len() <= 7 && words.len() >= 3 {
            sum += 0.5;
        }
        if matches!(self.part.end, End::Question) {
            sum += 0.5;
        }
        sum
    }

    fn informs(&self) -> f64 {
        let words = self.words();
        let mut sum = 0.2 + 1.0 * self.general() as f64;
        if self.overlap.asked {
            sum += 1.0;
        }
        match self.overlap.going_on {
            Some(MainBehaviour::Input) => sum += 1.0,
            // The client took in what they were asked for ("Okay."): now they are told more.
            Some(MainBehaviour::Question) if self.overlap.nods => sum += 0.7,
            Some(MainBehaviour::Reflection) => sum -= 0.7,
            _ => {}
        }
        if words.len() >= 20 {
            sum += 0.7;
        }
        if words.iter().any(|word| word.is(class::WE) || word.is(class::I)) {
            sum += 0.5;
        }
        if words.iter().any(|word| word.is(class::MODAL)) {
            sum += 0.5;
        }
        sum
    }
}

fn share(shared: Shared) -> f64 {
    if shared.content == 0 { 0.0 } else { shared.shared as f64 / shared.content as f64 }
}

pub(crate) fn backchannel(reply: &Utterance, at: usize) -> bool {
    reply.words()[at].is(class::BACKCHANNEL)
        || (at.saturating_sub(4)..=at)
            .any(|first| reply.phrases_at(first).iter().any(|phrase| phrase.class == class::BACKCHANNEL && at < first + usize::from(phrase.words)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    You,
    I,
    We,
    Third,
    It,
    Other,
}

/// The subject of the main clause: a clause that opens with "when", "if", "because" gives way to the next.
fn subject(reply: &Utterance, head: usize, last: usize) -> Subject {
    let words = reply.words();
    let mut at = head;
    if matches!(reply.form(at), "when" | "if" | "since" | "while" | "as" | "although" | "because" | "after" | "before") {
        let clause = words[at].clause;
        if let Some(next) = (at..last).find(|next| words[*next].clause != clause) {
            at = skip_markers(reply, next, last);
        } else {
            at += 1;
        }
    }
    let Some(word) = words.get(at).filter(|_| at < last) else { return Subject::Other };
    match reply.form(at) {
        "you" | "your" | "yourself" => Subject::You,
        "i" | "my" | "me" => Subject::I,
        "we" | "our" | "let" | "us" => Subject::We,
        "it" | "that" | "this" | "there" | "these" | "those" => Subject::It,
        _ if word.is(class::THIRD) => Subject::Third,
        _ => Subject::Other,
    }
}

/// "You will …", "you may …", "you can …" tell; "you have …", "you are …" say back.
fn foretells(reply: &Utterance, head: usize, last: usize) -> bool {
    (head..last.min(head + 4)).any(|at| matches!(reply.form(at), "will" | "may" | "might" | "shall" | "can" | "could"))
        && !(head..last).any(|at| reply.words()[at].is(class::NEGATION))
}

/// Whom the reply is mainly about: by the subjects of its parts, the last one deciding between equals.
pub(crate) fn about(reply: &Utterance, parts: &[Part]) -> Option<Person> {
    let mut counts = [0usize; 4];
    let mut last = None;
    for part in parts {
        // In a question the subject stands after the auxiliary.
        let asked = if part.form.asks() {
            (part.head..part.last).find(|at| reply.words()[*at].is(class::SUBJECT) || reply.words()[*at].is(class::YOU) || reply.words()[*at].is(class::THIRD))
        } else {
            None
        };
        let person = match subject(reply, asked.unwrap_or(part.head), part.last) {
            Subject::You => Person::Client,
            Subject::I => Person::Trainee,
            Subject::We => Person::Both,
            Subject::Third => Person::Third,
            Subject::It | Subject::Other => {
                let words = &reply.words()[part.first..part.last];
                if words.iter().any(|word| word.is(class::YOU)) && !words.iter().any(|word| word.is(class::THIRD)) {
                    Person::Client
                } else if words.iter().any(|word| word.is(class::THIRD)) {
                    Person::Third
                } else {
                    continue;
                }
            }
        };
        counts[person as usize] += part.last - part.first;
        last = Some(person);
    }
    let most = *counts.iter().max()?;
    [Person::Client, Person::Trainee, Person::Both, Person::Third]
        .into_iter()
        .filter(|person| counts[*person as usize] == most && most > 0)
        .max_by_key(|person| Some(*person) == last)
}

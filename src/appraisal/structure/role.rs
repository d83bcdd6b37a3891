//! What each part of a reply is to the client: a question, a reflection, input, or something else.

use super::form::{Form, Part, skip_markers};
use super::overlap::{Overlap, Shared};
use crate::appraisal::{Act, InputKind, QuestionKind, ReflectionKind};
use crate::text::{Utterance, class};

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
}

const TELLS: &[Act] = &[Act::Advice, Act::Directing, Act::Warning, Act::Moralising, Act::Pressure];
const REFLECTS: &[Act] = &[Act::SimpleReflection, Act::ComplexReflection, Act::Summary];
const PRAISES: &[Act] = &[Act::Affirmation, Act::EvaluativePraise];
const ASIDE: &[Act] = &[
    Act::Apology, Act::Boundary, Act::Confidentiality, Act::Structuring, Act::Promise, Act::PromiseKept, Act::SelfDisclosure, Act::StockEmpathy, Act::FalseReassurance, Act::Encourager, Act::SelfFocus, Act::BoundaryBlur,
    Act::Defensiveness, Act::Dismissal, Act::Collaboration, Act::AutonomySupport, Act::Presence,
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
        if marks.has(TELLS) {
            role.input = Some(InputKind::Advice);
        }
        return role;
    }
    if marks.has(&[Act::OpenQuestion]) {
        role.question = Some(QuestionKind::Open);
        return role;
    }
    if marks.has(&[Act::PermissionSeeking]) && part.kind.is_some() {
        role.question = Some(QuestionKind::Closed);
        return role;
    }
    statement(reply, part, marks, shared, overlap, &mut role);
    if matches!(part.form, Form::Rising | Form::RisingFragment | Form::Tagged) {
        let echoed = role.reflection.is_some();
        if !echoed || part.form == Form::Tagged {
            role.question = Some(QuestionKind::Closed);
            role.by = role.by.or(Some(("structure.rising", "a statement put as a question")));
        }
    }
    role
}

fn statement(reply: &Utterance, part: &Part, marks: Marks, shared: Shared, overlap: &Overlap, role: &mut Role) {
    let words = reply.words();
    let (head, last) = (part.head, part.last);
    let length = last - head;
    if (part.first..last).all(|at| backchannel(reply, at)) {
        return;
    }
    if marks.has(TELLS) {
        role.input = Some(InputKind::Advice);
        return;
    }
    if part.form == Form::Imperative {
        if !reply.is(head, class::SOFT_ORDER) {
            role.input = Some(InputKind::Advice);
            role.order = true;
        }
        return;
    }
    if marks.has(REFLECTS) {
        role.reflection = Some(if marks.has(&[Act::ComplexReflection]) && share(shared) < 0.6 { ReflectionKind::Complex } else { ReflectionKind::Simple });
        return;
    }
    if marks.has(&[Act::Information]) {
        role.input = Some(InputKind::Information);
        return;
    }
    if marks.has(PRAISES) || marks.has(ASIDE) {
        return;
    }
    let kind = if share(shared) >= 0.5 { ReflectionKind::Simple } else { ReflectionKind::Complex };
    let mut reflects = |rule: &'static str, because: &'static str| {
        role.reflection = Some(kind);
        role.by = Some((rule, because));
    };
    let subject = subject(reply, head, last);
    match subject {
        Subject::You => {
            if foretells(reply, head, last) && share(shared) < 0.5 {
                role.input = Some(InputKind::Information);
                role.by = Some(("structure.tells_you", "tells the client what is or will be"));
            } else {
                reflects("structure.about_you", "says back where the client stands");
            }
        }
        Subject::I => {
            if shared.content >= 2 && share(shared) >= 0.6 && !reply.is(head + 1, class::THERAPIST_VERB) {
                reflects("structure.as_client", "speaks in the client's own first person");
            }
        }
        Subject::We => {}
        Subject::Third => {
            if overlap.has_third || share(shared) >= 0.3 {
                reflects("structure.about_third", "says back what it is like with the other person");
            } else if length >= 7 {
                role.input = Some(InputKind::Information);
                role.by = Some(("structure.informs", "tells the client something"));
            }
        }
        Subject::It | Subject::Other => {
            let felt = (head..last).any(|at| words[at].feeling_strength > 0);
            let about_you = (head..last).any(|at| words[at].is(class::YOU));
            if length <= 3 && shared.shared >= 1 {
                reflects("structure.echo", "gives back the client's own word");
            } else if (shared.shared >= 1 && share(shared) >= 0.4) || (felt && length <= 12) {
                reflects("structure.stemless", "says back what was said or carried");
            } else if about_you && length < 14 && overlap.size > 0 {
                reflects("structure.stemless", "says back what was said or carried");
            } else if length >= 8 {
                role.input = Some(InputKind::Information);
                role.by = Some(("structure.informs", "tells the client something"));
            }
        }
    }
}

fn share(shared: Shared) -> f64 {
    if shared.content == 0 { 0.0 } else { shared.shared as f64 / shared.content as f64 }
}

fn backchannel(reply: &Utterance, at: usize) -> bool {
    reply.words()[at].is(class::BACKCHANNEL)
        || reply.phrases().iter().any(|phrase| phrase.class == class::BACKCHANNEL && (phrase.first as usize..phrase.first as usize + usize::from(phrase.words)).contains(&at))
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
    (head..last.min(head + 4)).any(|at| matches!(reply.form(at), "will" | "may" | "might" | "shall" | "would" | "can" | "could")) && !(head..last).any(|at| reply.words()[at].is(class::NEGATION))
}

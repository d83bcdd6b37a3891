//! One reply, from words to appraisal.

use super::background::{self, Background};
use super::codebook::{Codebook, RuleContext};
use super::structure::{self, Form, Marks, Overlap, Part, Role};
use super::{Act, Appraisal, FoundAct, Speaker, behaviour, cancel, scores};
use crate::text::{Kind, Later, Span, Utterance, class};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// One earlier turn of the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Who spoke.
    pub speaker: Speaker,
    /// What was said; taken apart when it is first looked at.
    pub utterance: Later,
}

/// What a reply is heard against.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What the client said last; an empty utterance where that is not known.
    pub client: &'a Utterance,
    /// The turns before it, oldest first. The client's last statement is not among them.
    pub earlier: &'a [Turn],
    /// What the scenario knows; `None` for replies from outside.
    pub background: Option<&'a Background>,
    /// Ids of the details that the client has told so far; `None` counts every detail as told.
    pub told: Option<&'a BTreeSet<String>>,
}

impl<'a> Context<'a> {
    /// A context of nothing but the client's last statement.
    #[must_use]
    pub fn of(client: &'a Utterance) -> Self {
        Self { client, earlier: &[], background: None, told: None }
    }
}

/// Says what a reply does, what it takes up, and how well. Never fails, and reads nothing but its arguments.
#[must_use]
pub fn appraise(codebook: &Codebook, reply: &Utterance, context: &Context) -> Appraisal {
    let mut appraisal = recognise(codebook, reply, context);
    let (weighed, from) = scores::to_weigh(reply, context);
    appraisal.scores = match weighed {
        Cow::Borrowed(_) => scores::score(&appraisal, reply, context),
        Cow::Owned(rest) => scores::moved_by(scores::score(&recognise(codebook, &rest, context), &rest, context), from),
    };
    appraisal
}

/// The same in a session whose talk is on a topic of the scenario.
#[must_use]
pub fn appraise_on(codebook: &Codebook, reply: &Utterance, context: &Context, on: Option<&str>) -> Appraisal {
    let mut appraisal = recognise(codebook, reply, context);
    if let Some(background) = context.background {
        background::stays(background, context, on, &mut appraisal);
    }
    appraisal.scores = scores::score(&appraisal, reply, context);
    appraisal
}

/// All of an appraisal but its scores.
#[must_use]
pub fn recognise(codebook: &Codebook, reply: &Utterance, context: &Context) -> Appraisal {
    let mut appraisal = Appraisal { kind: reply.kind(), ..Appraisal::default() };
    quiet(codebook, reply, context, &mut appraisal.acts);
    if reply.kind() != Kind::Speech {
        return appraisal;
    }
    let parts = structure::parts(reply);
    let mut overlap = Overlap::with(context);
    let mut marks = vec![Marks::default(); parts.len()];
    by_words(codebook, reply, context, &parts, &mut marks, &mut appraisal.acts);
    overlap.going_on = going_on(codebook, context, &parts, &marks);
    let roles = structure::roles(reply, &parts, &marks, &overlap);
    by_structure(reply, &parts, &roles, &mut appraisal.acts);
    for found in structure::findings(reply, &parts, &roles, context, &overlap) {
        if !appraisal.acts.iter().any(|other| other.act == found.act) || found.act == Act::EmotionNaming {
            let span = reply.span(found.words.0, found.words.1);
            appraisal.acts.push(FoundAct {
                act: found.act,
                rule: Cow::Borrowed(found.rule),
                span,
                because: Cow::Borrowed(found.because),
                strength: found.strength,
            });
        }
    }
    appraisal.asks = parts
        .iter()
        .rev()
        .zip(roles.iter().rev())
        .find(|(part, role)| role.question.is_some() || part.kind.is_some())
        .map(|(part, _)| part.asks.unwrap_or(super::Asks::What));
    appraisal.about = structure::about(reply, &parts);
    appraisal.behaviour = behaviour::of(&parts, &roles);
    if let Some(background) = context.background {
        background::take_up(background, reply, context, &mut appraisal);
    }
    appraisal.acts.sort_by(|a, b| (a.span, a.act, &a.rule).cmp(&(b.span, b.act, &b.rule)));
    appraisal.acts.dedup_by(|b, a| a.act == b.act && a.rule == b.rule && a.span.overlaps(b.span));
    appraisal
}

/// What the therapist's turn before the client's last statement mainly was, where a part of the reply needs it to be told apart: who was
/// informing a moment ago mostly still is, and so with reflecting.
fn going_on(codebook: &Codebook, context: &Context, parts: &[Part], marks: &[Marks]) -> Option<super::MainBehaviour> {
    let open = parts.iter().zip(marks).any(|(part, marks)| !part.form.asks() && *marks == Marks::default() && part.last - part.head > 2);
    let before = context.earlier.last().filter(|turn| open && turn.speaker == Speaker::Therapist)?;
    let nobody = Utterance::default();
    Some(recognise(codebook, &before.utterance, &Context::of(&nobody)).behaviour.main)
}

/// Gestures and silences: what the codebook says of them ("checks the phone"), else that they are there.
fn quiet(codebook: &Codebook, reply: &Utterance, context: &Context, acts: &mut Vec<FoundAct>) {
    let asides = reply.silences().iter().map(|span| (*span, Act::Silence)).chain(reply.gestures().iter().map(|span| (*span, Act::Presence)));
    for (span, act) in asides {
        let inside = Utterance::read(span.of(reply.text()));
        let before = acts.len();
        for (rule, hit) in codebook.hits(&inside, context.client) {
            if !(matches!(rule.act, Act::Silence | Act::Presence) || rule.act.is_hindering()) || acts[before..].iter().any(|found| found.act == rule.act) {
                continue;
            }
            let place = inside.span(hit.first as usize, hit.last as usize);
            let place = Span::new(span.start + place.start, span.start + place.end);
            acts.push(FoundAct { act: rule.act, rule: rule.id.clone(), span: place, because: rule.because.clone(), strength: rule.strength });
        }
        if acts.len() == before {
            let (rule, because) = if act == Act::Silence { ("structure.silence", "leaves room") } else { ("structure.gesture", "is there without words") };
            acts.push(FoundAct { act, rule: Cow::Borrowed(rule), span, because: Cow::Borrowed(because), strength: 0.7 });
        }
    }
}

/// What the codebook's rules find.
fn by_words(codebook: &Codebook, reply: &Utterance, context: &Context, parts: &[Part], marks: &mut [Marks], acts: &mut Vec<FoundAct>) {
    for (rule, hit) in codebook.hits(reply, context.client) {
        let (first, last) = (hit.first as usize, hit.last as usize);
        if rule.whole && (first, last) != (0, reply.words().len()) {
            continue;
        }
        if !context_holds(rule.context, context.client) {
            continue;
        }
        if rule.negatable && rule.act.is_hindering() && cancel::is_not_their_own(reply, first, last, hit.negative) {
            continue;
        }
        if let Some(part) = parts.iter().position(|part| (part.first..part.last).contains(&first)) {
            // "I'd like to hear …" asks; "… is what I wanted to ask" in passing does not.
            let asks = matches!(rule.act, Act::OpenQuestion | Act::ClosedQuestion);
            let reach = if parts[part].kind.is_some() { 3 } else { 1 };
            if !asks || first <= parts[part].head + reach {
                marks[part].add(rule.act);
            }
        }
        acts.push(FoundAct { act: rule.act, rule: rule.id.clone(), span: reply.span(first, last), because: rule.because.clone(), strength: rule.strength });
    }
}

fn context_holds(wanted: RuleContext, client: &Utterance) -> bool {
    match wanted {
        RuleContext::Any => true,
        RuleContext::AfterFeeling => client.words().iter().any(|word| word.feeling_strength > 0) || client.phrases().iter().any(|phrase| phrase.strength > 0),
        RuleContext::AfterDisclosure => client.words().len() >= 6 && client.words().iter().any(|word| word.is(class::I)),
    }
}

/// What the shape of the parts shows, where no rule of the codebook has said it already.
fn by_structure(reply: &Utterance, parts: &[Part], roles: &[Role], acts: &mut Vec<FoundAct>) {
    for (part, role) in parts.iter().zip(roles) {
        let span = reply.span(part.first, part.last);
        if let Some(kind) = role.question {
            let act = match kind {
                super::QuestionKind::Open => Act::OpenQuestion,
                super::QuestionKind::Closed => Act::ClosedQuestion,
            };
            add(acts, act, "structure.question", "asks the client", span);
        }
        if let Some(kind) = role.reflection {
            let act = match kind {
                super::ReflectionKind::Simple => Act::SimpleReflection,
                super::ReflectionKind::Complex => Act::ComplexReflection,
            };
            let (rule, because) = role.by.unwrap_or(("structure.reflects", "says back what was said or carried"));
            add(acts, act, rule, because, span);
        }
        if role.order {
            add(acts, Act::Directing, "structure.order", "tells the client what to do", span);
        } else if role.input == Some(super::InputKind::Information) {
            add(acts, Act::Information, "structure.informs", "tells the client something", span);
        }
        debug_assert!(!(role.order && part.form != Form::Imperative));
    }
}

fn add(acts: &mut Vec<FoundAct>, act: Act, rule: &'static str, because: &'static str, span: Span) {
    if !acts.iter().any(|found| found.act == act && found.span.overlaps(span)) {
        acts.push(FoundAct { act, rule: Cow::Borrowed(rule), span, because: Cow::Borrowed(because), strength: 0.6 });
    }
}

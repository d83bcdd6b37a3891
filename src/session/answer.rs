//! What the client answers. Hurt goes before everything, then what was opened, then the very words, then topic and question form,
//! then acts, then mood. Each step offers a pool of lines; the first pool with a line not yet said answers.

use super::choice::Place;
use super::matching::{self, ANSWERS_THE_WORDS, Facts, Fail};
use super::pool::Spent;
use crate::appraisal::{Act, Appraisal, Asks, Kind};
use crate::client::RuptureStyle;
use crate::scenario::shape::{Band, Bands, Beat, Line, Model, RuptureWhen, ScenarioFile, Topic};

/// How a rupture stands after this reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuptureNow {
    /// None is open.
    #[default]
    None,
    /// It opened or grew with this reply.
    Hurt(RuptureStyle, u8),
    /// It is open; this reply neither mended nor worsened it.
    Lingers,
    /// A repair was begun.
    Softened,
    /// It was mended.
    Repaired,
    /// The client leaves.
    Left,
}

/// What the reply did to the client, as far as it decides the answer.
#[derive(Clone, Debug, Default)]
pub struct Felt {
    /// Disclosure told now.
    pub opened: Option<usize>,
    /// Disclosure that was asked for and is shut.
    pub refused: Option<usize>,
    /// The rupture.
    pub rupture: RuptureNow,
    /// Arousal is above the window.
    pub overwhelmed: bool,
    /// A silence that has become too long, or stands where it hurts.
    pub too_silent: bool,
    /// Whether a short "Yeah." is likely (after a good reflection).
    pub short: bool,
    /// Promise noticed now: index and whether it was kept.
    pub promise: Option<(usize, bool)>,
    /// Disclosure whose telling can go on.
    pub telling: Option<usize>,
}

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A reaction.
    Reaction(usize),
    /// A disclosure, its first telling.
    Disclosure(usize),
    /// A disclosure, going on.
    More(usize),
    /// A refusal on a topic.
    Refusal(usize),
    /// A topic's answer to a question.
    Asked(usize),
    /// A topic's answer to being met.
    Met(usize),
    /// A promise kept or broken.
    Promise(usize),
    /// A rupture or repair line.
    Rupture(&'static str),
    /// A pool of last resort.
    Fallback(&'static str),
}

/// The line chosen, with what belongs to it.
#[derive(Clone, Debug)]
pub struct Chosen<'a> {
    /// The line.
    pub line: &'a Line,
    /// Where it came from.
    pub source: Source,
    /// The thought behind it.
    pub feel: &'a str,
    /// A good reply to it.
    pub model: Option<&'a Model>,
    /// The topic the client is on after it.
    pub topic: Option<&'a str>,
    /// Whether nothing specific answered.
    pub fallback: bool,
}

/// A pool on offer.
struct Offer<'a> {
    lines: &'a [Line],
    in_order: bool,
    source: Source,
    feel: &'a str,
    model: Option<&'a Model>,
    topic: Option<&'a str>,
}

impl<'a> Offer<'a> {
    fn beat(beat: &'a Beat, source: Source) -> Self {
        Self { lines: &beat.lines, in_order: false, source, feel: &beat.feel, model: beat.model.as_ref(), topic: None }
    }
}

/// Short relational moves weigh more than the topic they are made on; plain listening moves weigh less.
fn weight_of_acts(wanted: &[Act], heard: &Appraisal) -> u32 {
    /// What hurts or mends is answered before what it was about. Our guess.
    const RELATIONAL: u32 = 520;
    let weighs = |act: &Act| {
        act.is_hindering()
            || matches!(
                act,
                Act::Confidentiality
                    | Act::Structuring
                    | Act::Boundary
                    | Act::Immediacy
                    | Act::Apology
                    | Act::SelfDisclosure
                    | Act::CheckIn
                    | Act::Promise
                    | Act::PromiseKept
                    | Act::PermissionSeeking
                    | Act::AutonomySupport
                    | Act::Collaboration
                    | Act::RiskQuestion
                    | Act::CultureCuriosity
                    | Act::Hope
            )
    };
    if wanted.iter().any(|act| weighs(act) && heard.does(*act)) { RELATIONAL } else { 0 }
}

/// Everything the choice looks at.
pub struct Choice<'a, 'f> {
    /// The scenario's facts.
    pub file: &'a ScenarioFile,
    /// What holds.
    pub facts: &'f Facts<'f>,
    /// What the reply did.
    pub felt: &'f Felt,
    /// Where we are.
    pub place: Place,
    /// What was said.
    pub spent: &'f Spent,
}

impl<'a> Choice<'a, '_> {
    /// The answer. `None` only where the scenario has no line at all.
    #[must_use]
    pub fn answer(&self) -> Option<Chosen<'a>> {
        let reactions = self.reactions();
        self.hurt_or_mended(&reactions)
            .or_else(|| self.opened())
            .or_else(|| self.reaction(&reactions, |weight, _| weight >= ANSWERS_THE_WORDS))
            .or_else(|| self.not_reachable(&reactions))
            .or_else(|| self.going_on())
            .or_else(|| self.refused())
            .or_else(|| self.wordless(&reactions))
            .or_else(|| self.topic_or_reaction(&reactions))
            .or_else(|| self.last_resort())
    }

    /// Every reaction that matches, the most specific first; the order written decides between equals.
    fn reactions(&self) -> Vec<(u32, usize)> {
        let mut matching = Vec::new();
        for (at, reaction) in self.file.reactions.iter().enumerate() {
            if let Ok(weight) = matching::holds(at, &reaction.when, self.facts) {
                matching.push((weight + weight_of_acts(&reaction.when.acts, self.facts.appraisal), at));
            }
        }
        matching.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        matching
    }

    /// For `why`: each reaction with its weight, or the condition that failed.
    pub fn considered(&self) -> Vec<(usize, Result<u32, Fail>)> {
        let weigh = |(at, reaction): (usize, &crate::scenario::shape::ReactionSpec)| {
            let held = matching::holds(at, &reaction.when, self.facts);
            (at, held.map(|weight| weight + weight_of_acts(&reaction.when.acts, self.facts.appraisal)))
        };
        self.file.reactions.iter().enumerate().map(weigh).collect()
    }

    fn hurt_or_mended(&self, reactions: &[(u32, usize)]) -> Option<Chosen<'a>> {
        let lines = &self.file.rupture;
        let severity = |beats: &'a [Beat; 3], severity: u8| &beats[usize::from(severity.clamp(1, 3)) - 1];
        let (beat, name) = match self.felt.rupture {
            RuptureNow::None | RuptureNow::Lingers => return self.promise(),
            RuptureNow::Left => return self.offer(Offer::beat(&lines.leaves, Source::Rupture("leaves"))),
            RuptureNow::Hurt(RuptureStyle::Withdraws, grade) => (severity(&lines.withdrawal, grade), "withdrawal"),
            RuptureNow::Hurt(RuptureStyle::Confronts, grade) => (severity(&lines.confrontation, grade), "confrontation"),
            RuptureNow::Softened => (&lines.softening, "softening"),
            RuptureNow::Repaired => (&lines.repaired, "repaired"),
        };
        self.reaction(reactions, |_, when| when.rupture.is_some_and(|wanted| wanted != RuptureWhen::None))
            .or_else(|| self.promise())
            .or_else(|| self.offer(Offer::beat(beat, Source::Rupture(name))))
    }

    fn promise(&self) -> Option<Chosen<'a>> {
        let (at, kept) = self.felt.promise?;
        let promise = self.file.promises.get(at)?;
        self.offer(Offer::beat(if kept { &promise.kept } else { &promise.broken }, Source::Promise(at)))
    }

    fn opened(&self) -> Option<Chosen<'a>> {
        let at = self.felt.opened?;
        let told = self.file.disclosures.get(at)?;
        self.offer(Offer {
            lines: &told.lines,
            in_order: false,
            source: Source::Disclosure(at),
            feel: &told.feel,
            model: Some(&told.model),
            topic: told.topic.as_deref(),
        })
    }

    /// Above the window, or hurt and not yet mended: little gets through.
    fn not_reachable(&self, reactions: &[(u32, usize)]) -> Option<Chosen<'a>> {
        if self.felt.overwhelmed {
            let beat = self.offer(Offer::beat(&self.file.fallbacks.overwhelmed, Source::Fallback("overwhelmed")));
            if beat.is_some() {
                return beat;
            }
        }
        if self.felt.rupture != RuptureNow::Lingers {
            return None;
        }
        self.reaction(reactions, |_, when| when.rupture.is_some_and(|wanted| wanted != RuptureWhen::None))
            .or_else(|| self.offer(Offer::beat(&self.file.rupture.lingering, Source::Rupture("lingering"))))
    }

    /// A silence or a nod asks for nothing aloud, so it is not refused aloud either.
    fn refused(&self) -> Option<Chosen<'a>> {
        if self.facts.appraisal.kind != Kind::Speech {
            return None;
        }
        let at = self.felt.refused?;
        let wanted = self.file.disclosures.get(at)?.topic.as_deref()?;
        let at = self.file.topics.iter().position(|topic| topic.id == wanted)?;
        let topic = &self.file.topics[at];
        self.offer(Offer {
            lines: &topic.refuses,
            in_order: false,
            source: Source::Refusal(at),
            feel: &topic.feel,
            model: topic.model.as_ref(),
            topic: Some(&topic.id),
        })
    }

    /// Invited to go on, the client goes on with what was begun.
    fn going_on(&self) -> Option<Chosen<'a>> {
        let at = self.felt.telling?;
        let told = self.file.disclosures.get(at)?;
        let elsewhere = !self.facts.named.is_empty() && !told.topic.as_ref().is_some_and(|topic| self.facts.named.contains(topic));
        if elsewhere || self.facts.appraisal.acts.iter().any(|found| found.act.is_hindering()) {
            return None;
        }
        self.offer(Offer {
            lines: &told.more,
            in_order: true,
            source: Source::More(at),
            feel: &told.feel,
            model: Some(&told.model),
            topic: told.topic.as_deref(),
        })
    }

    fn wordless(&self, reactions: &[(u32, usize)]) -> Option<Chosen<'a>> {
        let fallbacks = &self.file.fallbacks;
        let (beat, name) = match self.facts.appraisal.kind {
            Kind::Speech => return None,
            Kind::Silence if self.felt.too_silent => (&fallbacks.silence_too_long, "silence_too_long"),
            Kind::Silence => (&fallbacks.silence, "silence"),
            Kind::Gesture => (&fallbacks.gesture, "gesture"),
            Kind::Unintelligible => (&fallbacks.puzzled, "puzzled"),
        };
        self.reaction(reactions, |_, when| !when.kind.is_empty()).or_else(|| self.offer(Offer::beat(beat, Source::Fallback(name))))
    }

    /// A topic's own answers stand where a reaction of that weight would: named above carried on, both above acts alone.
    fn topic_or_reaction(&self, reactions: &[(u32, usize)]) -> Option<Chosen<'a>> {
        /// As `topics` in a reaction, named.
        const NAMED: u32 = 600;
        /// As `topics` in a reaction, carried on.
        const CARRIED: u32 = 350;
        if self.facts.appraisal.kind != Kind::Speech {
            return None;
        }
        for named in self.facts.named.iter().rev() {
            let heavier = self.reaction(reactions, |weight, _| weight >= NAMED);
            if let Some(chosen) = heavier.or_else(|| self.topic(named)) {
                return Some(chosen);
            }
        }
        // "What is two and two?" is not a question on what was talked about, though it names nothing else.
        let leaves = matching::asked(self.facts.appraisal) && self.facts.appraisal.does(Act::TopicShift);
        let heavier = self.reaction(reactions, |weight, _| weight >= CARRIED);
        heavier
            .or_else(|| self.short())
            .or_else(|| self.facts.carried.filter(|_| !leaves).and_then(|topic| self.topic(topic)))
            .or_else(|| self.reaction(reactions, |_, _| true))
    }

    fn short(&self) -> Option<Chosen<'a>> {
        if !self.felt.short {
            return None;
        }
        let mut chosen = self.offer(Offer::beat(&self.file.fallbacks.short, Source::Fallback("short")))?;
        chosen.fallback = false;
        Some(chosen)
    }

    fn topic(&self, id: &str) -> Option<Chosen<'a>> {
        let at = self.file.topics.iter().position(|topic| topic.id == id)?;
        let topic = &self.file.topics[at];
        let heard = self.facts.appraisal;
        if matching::asked(heard) {
            // A topic that was named was asked about; one that is only carried on was not.
            let named = self.facts.named.contains(&topic.id);
            return (!named).then(|| self.pointed(topic, at)).flatten().or_else(|| self.bands(topic, &topic.asked, Source::Asked(at)));
        }
        let hurts = heard.acts.iter().any(|found| found.act.is_hindering() && found.strength >= 0.5);
        if hurts { None } else { self.bands(topic, &topic.met, Source::Met(at)) }
    }

    /// Who, when, where, how many: what the topic says at large is no answer to that. Who is guarded refuses, who is not says honestly that there is no
    /// answer; both name no fact that nobody wrote.
    fn pointed(&self, topic: &'a Topic, at: usize) -> Option<Chosen<'a>> {
        if !matches!(self.facts.appraisal.asks, Some(Asks::Who | Asks::When | Asks::Where | Asks::HowMuch | Asks::Which)) {
            return None;
        }
        let (feel, model, topic_id) = (&topic.feel, topic.model.as_ref(), Some(topic.id.as_str()));
        let refuses = Offer { lines: &topic.refuses, in_order: false, source: Source::Refusal(at), feel, model, topic: topic_id };
        let honest = self.facts.band >= Band::Warming;
        let refused = if honest { None } else { self.offer(refuses) };
        refused.or_else(|| {
            let mut asked = Offer::beat(&self.file.fallbacks.asked, Source::Fallback("asked"));
            asked.topic = topic_id;
            self.offer(asked)
        })
    }

    /// The client's band, then the more guarded ones.
    fn bands(&self, topic: &'a Topic, bands: &'a Bands, source: Source) -> Option<Chosen<'a>> {
        let order: [&'a [Line]; 4] = [&bands.open, &bands.warming, &bands.wary, &bands.guarded];
        let from = match self.facts.band {
            Band::Open => 0,
            Band::Warming => 1,
            Band::Wary => 2,
            Band::Guarded => 3,
        };
        order[from..].iter().find_map(|lines| {
            let topic_id = Some(topic.id.as_str());
            self.offer(Offer { lines, in_order: false, source, feel: &topic.feel, model: topic.model.as_ref(), topic: topic_id })
        })
    }

    fn last_resort(&self) -> Option<Chosen<'a>> {
        let fallbacks = &self.file.fallbacks;
        let mut pools: Vec<(&'a Beat, &'static str)> = Vec::with_capacity(5);
        if matching::asked(self.facts.appraisal) {
            pools.push((&fallbacks.asked, "asked"));
        }
        let bands = [(&fallbacks.open, "open"), (&fallbacks.warming, "warming"), (&fallbacks.wary, "wary"), (&fallbacks.guarded, "guarded")];
        let from = match self.facts.band {
            Band::Open => 0,
            Band::Warming => 1,
            Band::Wary => 2,
            Band::Guarded => 3,
        };
        pools.extend(&bands[from..]);
        pools.iter().find_map(|(beat, name)| self.offer(Offer::beat(beat, Source::Fallback(name)))).or_else(|| {
            // Everything was said: the client's own band begins anew.
            let (beat, name) = pools.iter().find(|(beat, _)| !beat.lines.is_empty())?;
            let line = self.spent.anew(&beat.lines, self.place, "line")?;
            Some(Self::chosen(line, Offer::beat(beat, Source::Fallback(name))))
        })
    }

    fn reaction(&self, reactions: &[(u32, usize)], fits: impl Fn(u32, &crate::scenario::shape::When) -> bool) -> Option<Chosen<'a>> {
        reactions.iter().find_map(|&(weight, at)| {
            let reaction = &self.file.reactions[at];
            if !fits(weight, &reaction.when) {
                return None;
            }
            let named = reaction.when.topics.iter().find(|topic| self.facts.named.contains(topic) || self.facts.carried == Some(topic));
            self.offer(Offer {
                lines: &reaction.lines,
                in_order: reaction.in_order,
                source: Source::Reaction(at),
                feel: &reaction.feel,
                model: reaction.model.as_ref(),
                topic: reaction.leads_to.as_deref().or(named.map(String::as_str)),
            })
        })
    }

    fn offer(&self, offer: Offer<'a>) -> Option<Chosen<'a>> {
        self.spent.fresh(offer.lines, offer.in_order, self.place, "line").map(|line| Self::chosen(line, offer))
    }

    fn chosen(line: &'a Line, offer: Offer<'a>) -> Chosen<'a> {
        let (feel, model) = match line {
            Line::Plain(_) => (offer.feel, offer.model),
            Line::Full(full) => (full.feel.as_deref().unwrap_or(offer.feel), full.model.as_ref().or(offer.model)),
        };
        let fallback = matches!(offer.source, Source::Fallback("asked" | "guarded" | "wary" | "warming" | "open" | "puzzled"));
        Chosen { line, source: offer.source, feel, model, topic: offer.topic, fallback }
    }
}

/// The beat's id as scenarios, transcripts and events name it.
#[must_use]
pub fn beat_id(file: &ScenarioFile, source: Source) -> String {
    match source {
        Source::Reaction(at) => file.reactions.get(at).map(|reaction| reaction.id.clone()).unwrap_or_default(),
        Source::Disclosure(at) | Source::More(at) => file.disclosures.get(at).map(|told| told.id.clone()).unwrap_or_default(),
        Source::Refusal(at) | Source::Asked(at) | Source::Met(at) => file.topics.get(at).map(|topic| topic.id.clone()).unwrap_or_default(),
        Source::Promise(at) => file.promises.get(at).map(|promise| promise.id.clone()).unwrap_or_default(),
        Source::Rupture(name) | Source::Fallback(name) => name.to_owned(),
    }
}

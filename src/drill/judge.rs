//! One try against its criteria: what was met and by which words, what went well, the one thing to change.

use super::shape::{Before, Criterion, DrillFile, Stimulus};
use super::verdict::{Change, Judged, Strength, Verdict};
use crate::appraisal::codebook::{Codebook, PatternSet};
use crate::appraisal::{Appraisal, Background, Context, Scale, Speaker, Turn, appraise};
use crate::diagnostic::Span;
use crate::scoring::act_words::{name_of, word_on};
use crate::text::{Kind, Utterance, feeling_name, on_one_line};

/// An act weaker than this is too unsure to spoil a try: where the recognition doubts, the trainee is believed. The debrief's own line for setbacks.
const CLEARLY: f64 = 0.5;

/// From this non-judgment on a roadblock that only a rule has seen is not believed: a careful reader would see none (the rubric's 3 is "neutral", and a real
/// roadblock costs a whole point). Two witnesses are better than one. Acts that a criterion names itself spoil it all the same.
const NO_ROADBLOCK: f64 = 3.2;

/// A reply under this on empathy and on listening is thin (the rubric's 2 and less).
const NOT_THIN: f64 = 2.8;

/// Looks at one try. Never fails, and reads nothing but its arguments.
#[must_use]
pub fn judge(file: &DrillFile, stimulus: &Stimulus, reply: &str) -> Verdict {
    let heard = Heard::new(stimulus, reply);
    let found: Vec<Found> = file.criteria_of(stimulus).map(|criterion| heard.against(criterion, stimulus)).collect();
    let unreadable = heard.reply.kind() == Kind::Unintelligible;
    let met = !unreadable && found.iter().all(|found| found.judged.met);
    let change =
        if unreadable { None } else { found.iter().filter_map(|found| found.change.clone()).min_by_key(|(urgency, _)| *urgency).map(|(_, change)| change) };
    let unwanted: Vec<_> = file.criteria_of(stimulus).flat_map(|criterion| criterion.without.iter().copied()).collect();
    let strengths = if unreadable { Vec::new() } else { heard.strengths(&found, &unwanted) };
    let points = |scale| heard.appraisal.scores.points(scale);
    Verdict {
        met,
        unreadable,
        criteria: found.into_iter().map(|found| found.judged).collect(),
        strengths,
        change,
        scores: [points(Scale::Empathy), points(Scale::NonJudgment), points(Scale::Listening)],
        appraisal: heard.appraisal,
    }
}

/// What a reply was heard as.
struct Heard {
    reply: Utterance,
    client: Utterance,
    appraisal: Appraisal,
}

/// One criterion's outcome, with what it gives the feedback.
struct Found {
    judged: Judged,
    strength: Option<Strength>,
    /// What spoils goes before what is missing: it is what the client would feel first.
    change: Option<(u8, Change)>,
}

impl Heard {
    fn new(stimulus: &Stimulus, reply: &str) -> Self {
        let said = |speaker, text: &str| Turn { speaker, utterance: Utterance::read(text).into() };
        let earlier: Vec<Turn> = stimulus
            .before
            .iter()
            .map(|before| match before {
                Before::You(text) => said(Speaker::Therapist, text),
                Before::Client(text) => said(Speaker::Client, text),
            })
            .collect();
        let mut background = Background::new();
        for undertone in &stimulus.undertones {
            background = background.undertone(&undertone.id, &undertone.cues);
        }
        for point in &stimulus.points {
            background = background.topic(&point.id, &point.cues);
        }
        // A pattern that does not parse is left out here and told by `check`.
        let (background, _) = background.compile();
        let client = Utterance::read(&stimulus.client);
        let reply = Utterance::read(reply);
        let context = Context { client: &client, earlier: &earlier, background: Some(&background), told: None };
        let appraisal = appraise(Codebook::builtin(), &reply, &context);
        Self { reply, client, appraisal }
    }

    fn quote(&self, span: Span) -> String {
        on_one_line(span.of(self.reply.text()))
    }

    /// The first place of any of these patterns.
    fn place(&self, patterns: &[String]) -> Option<Span> {
        if patterns.is_empty() {
            return None;
        }
        let mut set = PatternSet::builder();
        for (entry, pattern) in patterns.iter().enumerate() {
            let _ = set.add(entry, pattern);
        }
        set.build().find_all(&self.reply, Some(&self.client)).first().map(|(_, span)| *span)
    }

    fn against(&self, criterion: &Criterion, stimulus: &Stimulus) -> Found {
        if let Some((words, what, instead)) = self.spoiled(criterion) {
            let judged = self.judged(criterion, false, words.clone(), format!("This is {what}."));
            return Found { judged, strength: None, change: Some((0, Change { words, what, instead })) };
        }
        let sign = if criterion.has_signs() {
            match self.sign(criterion, stimulus) {
                Some(strength) => Some(strength),
                None => return self.missing(criterion, stimulus),
            }
        } else {
            None
        };
        if let Some(missing) = self.falls_short(criterion) {
            return missing;
        }
        let judged = match &sign {
            Some(strength) => self.judged(criterion, true, strength.words.clone(), strength.because.clone()),
            None => self.judged(criterion, true, String::new(), "Nothing stood in the way of it.".to_owned()),
        };
        Found { judged, strength: sign, change: None }
    }

    fn judged(&self, criterion: &Criterion, met: bool, words: String, because: String) -> Judged {
        Judged { criterion: criterion.say.clone(), met, words, because }
    }

    /// Words that spoil it: the words, what they are, what to do instead.
    fn spoiled(&self, criterion: &Criterion) -> Option<(String, String, String)> {
        let accepting = self.appraisal.scores.points(Scale::NonJudgment).is_some_and(|points| points >= NO_ROADBLOCK);
        let spoils = |act: crate::appraisal::Act| {
            criterion.without.contains(&act) || (criterion.no_roadblock && !accepting && act.is_hindering() && !criterion.but.contains(&act))
        };
        let worst = self.appraisal.acts.iter().filter(|found| spoils(found.act) && found.strength >= CLEARLY).max_by(|a, b| {
            // Of two equally sure ones the one that hinders.
            (a.strength, a.act.is_hindering()).partial_cmp(&(b.strength, b.act.is_hindering())).unwrap_or(std::cmp::Ordering::Equal)
        });
        if let Some(found) = worst {
            // What helps elsewhere ("a closed question") has praise in its own sentence; here the criterion says what to do.
            let instead = if found.act.is_hindering() { word_on(found.act).to_owned() } else { way_on(criterion) };
            return Some((self.quote(found.span), name_of(found.act).to_owned(), instead));
        }
        self.place(&criterion.without_words).map(|span| (self.quote(span), "what this drill leaves out".to_owned(), way_on(criterion)))
    }

    /// The first sign that is there, as a strength.
    fn sign(&self, criterion: &Criterion, stimulus: &Stimulus) -> Option<Strength> {
        let strength = |span: Span, because: String| Some(Strength { words: self.sentence_of(span), because });
        if criterion.kinds.contains(&self.reply.kind()) {
            return Some(Strength { words: on_one_line(self.reply.text()), because: "You left room, and stayed in it.".to_owned() });
        }
        let heard = &self.appraisal.undertones;
        if criterion.hears > 0 && distinct(heard) >= usize::from(criterion.hears) {
            let about = stimulus.undertones.iter().find(|undertone| heard.iter().any(|named| named.id == undertone.id));
            return strength(heard[0].span, about.map_or_else(String::new, |about| format!("You heard what lies in it: {}.", about.about)));
        }
        let points = &self.appraisal.topics;
        if criterion.takes_up > 0 && distinct(points) >= usize::from(criterion.takes_up) {
            let about: Vec<&str> =
                stimulus.points.iter().filter(|point| points.iter().any(|named| named.id == point.id)).map(|point| point.about.as_str()).collect();
            return strength(self.reply.whole(), format!("You took up {}.", together(&about)));
        }
        if criterion.names_feeling
            && let Some((span, family)) = self.feelings().into_iter().find(|(_, family)| stimulus.feels.iter().any(|felt| felt == family))
        {
            return strength(span, format!("You found a word for what is felt, and it fits: {family}."));
        }
        let act = criterion.does.iter().filter_map(|act| self.appraisal.found(*act)).max_by(|a, b| a.strength.total_cmp(&b.strength));
        if let Some(found) = act {
            return strength(found.span, word_on(found.act).to_owned());
        }
        if let Some(span) = self.place(&criterion.says) {
            return strength(span, criterion_met(criterion));
        }
        if let Some((scale, least)) = criterion.or_at_least
            && self.appraisal.scores.points(scale).is_some_and(|points| points >= least)
        {
            return strength(self.reply.whole(), criterion_met(criterion));
        }
        None
    }

    fn missing(&self, criterion: &Criterion, stimulus: &Stimulus) -> Found {
        let mut instead = way_on(criterion);
        let (mut words, mut what) = (String::new(), String::new());
        // A feeling that is not this client's is the clearest thing to say.
        if criterion.names_feeling
            && let Some((span, family)) = self.feelings().into_iter().next()
        {
            words = self.quote(span);
            what = format!("a word for {family}");
            if let Some(felt) = stimulus.feels.first() {
                instead = format!("Listen once more for what is felt here. To me it sounds closer to {felt}.");
            }
        }
        let judged = self.judged(criterion, false, words.clone(), "I did not find it in these words.".to_owned());
        Found { judged, strength: None, change: Some((1, Change { words, what, instead })) }
    }

    /// A score under the least that is asked, or too many words.
    fn falls_short(&self, criterion: &Criterion) -> Option<Found> {
        let words = self.reply.words().len();
        if criterion.most_words > 0 && words > criterion.most_words as usize {
            let because = format!("It has {words} words; {} are enough here.", criterion.most_words);
            let instead = "Say the one sentence that matters most, and stop.".to_owned();
            let change = Change { words: String::new(), what: "a long reply".to_owned(), instead };
            return Some(Found { judged: self.judged(criterion, false, String::new(), because), strength: None, change: Some((2, change)) });
        }
        let (scale, least) = criterion.at_least?;
        let points = self.appraisal.scores.points(scale)?;
        if points >= least {
            return None;
        }
        let because = format!("{} comes to {points:.1} here, and {least:.1} is what is asked.", scale_name(scale));
        let change = Change { words: String::new(), what: String::new(), instead: way_on(criterion) };
        Some(Found { judged: self.judged(criterion, false, String::new(), because), strength: None, change: Some((3, change)) })
    }

    /// Feelings named in the reply: where, and of which family.
    fn feelings(&self) -> Vec<(Span, &'static str)> {
        let words = self.reply.words().iter().filter_map(|word| Some((word.span, feeling_name(word.feeling)?)));
        let phrases = self.reply.phrases().iter().filter_map(|hit| {
            let first = hit.first as usize;
            Some((self.reply.span(first, first + usize::from(hit.words)), feeling_name(hit.feeling)?))
        });
        let mut found: Vec<_> = phrases.chain(words).collect();
        found.sort_by_key(|(span, _)| span.start);
        found
    }

    /// What went well: what the criteria asked for first, then what helped besides. Nothing is invented where nothing was: a word that the feedback finds fault
    /// with is not praised, and a reply that a reader would call thin on every scale is not searched for crumbs.
    fn strengths(&self, found: &[Found], unwanted: &[crate::appraisal::Act]) -> Vec<Strength> {
        let asked = found.iter().filter_map(|found| found.strength.as_ref()).filter(|strength| !strength.because.is_empty());
        let mut strengths: Vec<Strength> = Vec::new();
        for strength in asked {
            // The same words are praised once.
            if !strengths.iter().any(|other| other.words == strength.words || other.because == strength.because) {
                strengths.push(strength.clone());
            }
        }
        let best = [Scale::Empathy, Scale::Listening].into_iter().filter_map(|scale| self.appraisal.scores.points(scale)).fold(0.0, f64::max);
        if strengths.is_empty() && best >= NOT_THIN {
            let faults: Vec<&str> = found.iter().filter_map(|found| found.change.as_ref()).map(|(_, change)| change.words.as_str()).collect();
            let besides = self.appraisal.acts.iter().filter(|found| found.act.is_facilitative() && found.strength >= CLEARLY && !unwanted.contains(&found.act));
            for found in besides {
                let words = self.sentence_of(found.span);
                if strengths.is_empty() && !faults.iter().any(|fault| !fault.is_empty() && words.contains(fault)) {
                    strengths.push(Strength { words, because: word_on(found.act).to_owned() });
                }
            }
        }
        strengths.truncate(2);
        strengths
    }

    /// The sentence around a place, so that praise quotes what was said and not a splinter of it.
    fn sentence_of(&self, span: Span) -> String {
        let words = self.reply.words();
        let within = |sentence: &&crate::text::Sentence| {
            let whole = self.reply.span(sentence.first as usize, sentence.last as usize);
            whole.start <= span.start && span.end <= whole.end && !words.is_empty()
        };
        match self.reply.sentences().iter().find(within) {
            Some(sentence) => self.quote(self.reply.span(sentence.first as usize, sentence.last as usize)),
            None => self.quote(span),
        }
    }
}

/// "a", "a and b", "a, b and c".
fn together(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn distinct(named: &[crate::appraisal::Named]) -> usize {
    let mut ids: Vec<&str> = named.iter().map(|named| named.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

fn way_on(criterion: &Criterion) -> String {
    if criterion.change.is_empty() { criterion.say.clone() } else { criterion.change.clone() }
}

fn criterion_met(criterion: &Criterion) -> String {
    format!("It does what was asked: {}", lower_first(&criterion.say))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

const fn scale_name(scale: Scale) -> &'static str {
    match scale {
        Scale::Empathy => "Empathy",
        Scale::NonJudgment => "Non-judgment",
        Scale::Listening => "Listening",
    }
}

//! A whole session in a supervisor's figures: MITI's counts and ratios, the three scores, and one mark that orders sessions by quality.

use crate::appraisal::codebook::Codebook;
use crate::appraisal::scores::Scorer;
use crate::appraisal::{Act, Appraisal, Context, MainBehaviour, QuestionKind, ReflectionKind, Scale, Speaker, Turn, appraise};
use crate::text::Utterance;
use serde::Serialize;

/// Fewer replies than this and a ratio says little: one reflection more would move it by a fifth. Our choice.
const SHORT: usize = 10;
/// Earlier turns that a reply is heard against.
const REMEMBERED: usize = 8;

/// The figures of a session.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct SessionMeasures {
    /// Replies of the therapist.
    pub turns: usize,
    /// 1 to 5; orders sessions by quality.
    pub overall: f64,
    /// Mean of the scores that there are; `None` where there is none.
    pub empathy: Option<f64>,
    /// Likewise.
    pub non_judgment: Option<f64>,
    /// Likewise.
    pub listening: Option<f64>,
    /// Replies with a reflection.
    pub reflections: usize,
    /// Replies with a question.
    pub questions: usize,
    /// Replies with an open question.
    pub open_questions: usize,
    /// Reflections to questions; `None` without a question.
    pub reflection_to_question: Option<f64>,
    /// Share of the reflections that are complex; `None` without a reflection.
    pub complex_share: Option<f64>,
    /// Replies that inform, advise, offer or negotiate.
    pub input: usize,
    /// Replies that advise.
    pub advice: usize,
    /// Replies with a hindering act.
    pub non_adherent: usize,
    /// The therapist's share of all words, 0 to 1.
    pub therapist_word_share: f64,
}

/// How a figure stands against MITI's thresholds, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// Below fair.
    Below,
    /// Fair.
    Fair,
    /// Good.
    Good,
}

impl Band {
    fn of(value: f64, fair: f64, good: f64) -> Self {
        if value >= good {
            Band::Good
        } else if value >= fair {
            Band::Fair
        } else {
            Band::Below
        }
    }

    /// As a reader of a report meets it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Band::Below => "below fair",
            Band::Fair => "fair",
            Band::Good => "good",
        }
    }
}

/// Acts that MITI would call non-adherent: they give, press or judge where nobody asked.
const NON_ADHERENT: [Act; 15] = [
    Act::Advice,
    Act::Directing,
    Act::Warning,
    Act::Moralising,
    Act::Blame,
    Act::Labelling,
    Act::Sarcasm,
    Act::Minimising,
    Act::WhyChallenge,
    Act::Pressure,
    Act::Disbelief,
    Act::Dismissal,
    Act::Stereotype,
    Act::Defensiveness,
    Act::ConfidentialityBreach,
];

/// Acts that press or judge.
const VERDICTS: [Act; 8] = [Act::Pressure, Act::Disbelief, Act::Defensiveness, Act::Blame, Act::Moralising, Act::Warning, Act::Labelling, Act::Minimising];

impl SessionMeasures {
    /// Measures a session, given in order, by the scores in the binary.
    #[must_use]
    pub fn of(turns: &[(Speaker, &str)]) -> Self {
        let mut measuring = Measuring::default();
        for (speaker, text) in turns {
            measuring.hear(*speaker, text);
        }
        measuring.measures()
    }

    /// Measures a session by other weights.
    #[must_use]
    pub fn with(scorer: &Scorer, turns: &[(Speaker, &str)]) -> Self {
        let mut measuring = Measuring { scorer: Some(scorer), ..Measuring::default() };
        for (speaker, text) in turns {
            measuring.hear(*speaker, text);
        }
        measuring.measures()
    }

    /// Measures a session whose replies are appraised already; `words` are the therapist's and the client's.
    #[must_use]
    pub fn of_appraised<'a>(replies: impl IntoIterator<Item = &'a Appraisal>, words: (usize, usize)) -> Self {
        let mut tally = Tally { therapist_words: words.0, client_words: words.1, ..Tally::default() };
        for appraisal in replies {
            tally.add(appraisal);
        }
        tally.measures()
    }

    /// Whether the session is too short for its ratios to say much.
    #[must_use]
    pub const fn is_short(&self) -> bool {
        self.turns < SHORT
    }

    /// MITI 4.2.1: reflections to questions, fair 1 to 1, good 2 to 1.
    #[must_use]
    pub fn reflection_band(&self) -> Option<Band> {
        self.reflection_to_question.map(|ratio| Band::of(ratio, 1.0, 2.0))
    }

    /// MITI 4.2.1: share of complex reflections, fair 40 %, good 50 %.
    #[must_use]
    pub fn complex_band(&self) -> Option<Band> {
        self.complex_share.map(|share| Band::of(share, 0.4, 0.5))
    }

    /// MITI 4.2.1: relational global, fair 3.5, good 4; here the mean of empathy and listening stands for it.
    #[must_use]
    pub fn relational_band(&self) -> Option<Band> {
        Some(Band::of(f64::midpoint(self.empathy?, self.listening?), 3.5, 4.0))
    }

    /// The figures in whole sentences, bands first; never a pass mark.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.is_short() {
            said.push(format!("This is a short session ({} {}), so its ratios are uncertain.", self.turns, if self.turns == 1 { "reply" } else { "replies" }));
        }
        if let (Some(ratio), Some(band)) = (self.reflection_to_question, self.reflection_band()) {
            said.push(format!("Reflections to questions: {ratio:.1} to 1, {}. (Of 110 public demonstrations of good practice about half reach 1 to 1 and a fifth reach 2 to 1.)", band.words()));
        }
        if let (Some(share), Some(band)) = (self.complex_share, self.complex_band()) {
            said.push(format!("Complex reflections: {:.0} in 100 of all reflections, {}.", share * 100.0, band.words()));
        }
        if let Some(band) = self.relational_band() {
            said.push(format!("Empathy and listening together: {}.", band.words()));
        }
        said.push(format!("Replies that advise or inform: {}; replies with a roadblock: {}; of {} in all.", self.input, self.non_adherent, self.turns));
        said.push(format!("The therapist's share of the words: {:.0} in 100.", self.therapist_word_share * 100.0));
        said
    }
}

/// A session that is measured turn by turn as it arrives; its memory does not grow with the session.
#[derive(Default)]
pub struct Measuring<'s> {
    scorer: Option<&'s Scorer>,
    tally: Tally,
    /// The client's last statement.
    client: Utterance,
    /// What was said before it, the latest turns.
    before: Vec<Turn>,
    /// What was said since by the therapist.
    since: Vec<Turn>,
}

impl Measuring<'_> {
    /// The next turn.
    pub fn hear(&mut self, speaker: Speaker, text: &str) {
        let utterance = Utterance::read(text);
        let words = utterance.words().len();
        match speaker {
            Speaker::Client => {
                self.tally.client_words += words;
                let heard = std::mem::replace(&mut self.client, utterance);
                if !heard.text().is_empty() {
                    self.before.push(Turn { speaker: Speaker::Client, utterance: heard.into() });
                }
                self.before.append(&mut self.since);
                let old = self.before.len().saturating_sub(REMEMBERED);
                self.before.drain(..old);
            }
            Speaker::Therapist => {
                self.tally.therapist_words += words;
                let context = Context { earlier: &self.before, ..Context::of(&self.client) };
                let mut appraisal = appraise(Codebook::builtin(), &utterance, &context);
                if let Some(scorer) = self.scorer {
                    appraisal.scores = scorer.score(&appraisal, &utterance, &context);
                }
                self.tally.add(&appraisal);
                if self.since.len() == REMEMBERED {
                    self.since.remove(0);
                }
                self.since.push(Turn { speaker, utterance: utterance.into() });
            }
        }
    }

    /// The figures so far.
    #[must_use]
    pub fn measures(&self) -> SessionMeasures {
        self.tally.measures()
    }
}

#[derive(Default)]
struct Tally {
    turns: usize,
    sums: [f64; 3],
    counts: [usize; 3],
    empathy: Vec<f64>,
    reflections: usize,
    complex: usize,
    questions: usize,
    open: usize,
    input: usize,
    advice: usize,
    non_adherent: usize,
    orders: usize,
    mainly_reflects: usize,
    mainly_input: usize,
    verdicts: usize,
    therapist_words: usize,
    client_words: usize,
}

impl Tally {
    fn add(&mut self, appraisal: &Appraisal) {
        self.turns += 1;
        for (at, scale) in [Scale::Empathy, Scale::NonJudgment, Scale::Listening].into_iter().enumerate() {
            if let Some(points) = appraisal.scores.points(scale) {
                self.sums[at] += points;
                self.counts[at] += 1;
                if scale == Scale::Empathy {
                    self.empathy.push(points);
                }
            }
        }
        let behaviour = appraisal.behaviour;
        self.reflections += usize::from(behaviour.reflection.is_some());
        self.complex += usize::from(behaviour.reflection == Some(ReflectionKind::Complex));
        self.questions += usize::from(behaviour.question.is_some());
        self.open += usize::from(behaviour.question == Some(QuestionKind::Open));
        self.input += usize::from(behaviour.input.is_some());
        self.advice += usize::from(appraisal.does(Act::Advice) || appraisal.does(Act::Directing));
        self.mainly_reflects += usize::from(behaviour.main == MainBehaviour::Reflection);
        self.mainly_input += usize::from(behaviour.main == MainBehaviour::Input);
        self.orders += usize::from(appraisal.does(Act::Directing));
        self.verdicts += usize::from(appraisal.acts.iter().any(|found| VERDICTS.contains(&found.act)));
        self.non_adherent += usize::from(appraisal.acts.iter().any(|found| NON_ADHERENT.contains(&found.act)));
    }

    fn measures(&self) -> SessionMeasures {
        let mean = |at: usize| (self.counts[at] > 0).then(|| self.sums[at] / self.counts[at] as f64);
        let part = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
        let words = self.therapist_words + self.client_words;
        SessionMeasures {
            turns: self.turns,
            overall: self.overall(),
            empathy: mean(0),
            non_judgment: mean(1),
            listening: mean(2),
            reflections: self.reflections,
            questions: self.questions,
            open_questions: self.open,
            reflection_to_question: part(self.reflections, self.questions),
            complex_share: part(self.complex, self.reflections),
            input: self.input,
            advice: self.advice,
            non_adherent: self.non_adherent,
            therapist_word_share: part(self.therapist_words, words).unwrap_or(0.0),
        }
    }

    /// How good a session is, 1 to 5: the mean of the three scores and, more, the empathy of the poorest third of the replies, less what is told
    /// to do, what is put in, what presses or judges, and what passes the client by. clinical.md, section 3: less input (.91), reflections a turn
    /// (.90) and less advice (.87) tell good demonstrations from bad ones. One bad hour in three is not made good by the other two (λ = 2 of the
    /// client model). The weights are set by hand and were not fitted.
    fn overall(&self) -> f64 {
        /// Share of the poorest third beside the mean.
        const POOREST: f64 = 0.7;
        /// Points for a session in which every reply does it.
        const ORDERS: f64 = 4.0;
        const INPUT: f64 = 2.0;
        const MAINLY_INPUT: f64 = 1.0;
        const VERDICTS: f64 = 2.0;
        /// Points for a session in which every reply mainly reflects.
        const REFLECTIONS: f64 = 1.5;
        const PASSED_BY: f64 = 2.0;
        /// Below this, a reply passes the client by.
        const LOW: f64 = 1.3;
        /// What the worst and the best session come to, before they are brought to 1 to 5.
        const WORST: f64 = -3.0;
        const BEST: f64 = 6.0;
        if self.turns == 0 {
            return 3.0;
        }
        let share = |part: usize| part as f64 / self.turns as f64;
        let means: Vec<f64> = (0..3).filter(|at| self.counts[*at] > 0).map(|at| self.sums[at] / self.counts[at] as f64).collect();
        let relational = if means.is_empty() { 3.0 } else { means.iter().sum::<f64>() / means.len() as f64 };
        let mut empathy = self.empathy.clone();
        empathy.sort_by(f64::total_cmp);
        let third = (empathy.len() / 3).max(1);
        let poorest = if empathy.is_empty() { relational } else { empathy.iter().take(third).sum::<f64>() / third.min(empathy.len()) as f64 };
        let passed_by = empathy.iter().filter(|points| **points < LOW).count();
        let quality = (1.0 - POOREST) * relational + POOREST * poorest
            - ORDERS * share(self.orders)
            - INPUT * share(self.input)
            - MAINLY_INPUT * share(self.mainly_input)
            + REFLECTIONS * share(self.mainly_reflects)
            - VERDICTS * share(self.verdicts)
            - PASSED_BY * share(passed_by);
        (1.0 + 4.0 * (quality - WORST) / (BEST - WORST)).clamp(1.0, 5.0)
    }
}

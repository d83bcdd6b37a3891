//! The shipped validity set: judged replies, and how far the scores agree with their readers on writers that the weights have not seen.

use super::agreement::{auc, icc, pairs_in_order, quadratic_kappa, spearman};
use super::measures::SessionMeasures;
use super::roughened::{slipped, without_marks};
use crate::appraisal::codebook::Codebook;
use crate::appraisal::scores::{Example, Scorer, example, fit, to_weigh};
use crate::appraisal::{Appraisal, Context, Scale, Speaker, Turn, recognise};
use crate::text::{Later, Utterance};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The three scales in the order of their names in the data.
pub const SCALES: [(&str, Scale); 3] = [("empathy", Scale::Empathy), ("non_judgment", Scale::NonJudgment), ("listening", Scale::Listening)];

/// One line of the set.
#[derive(Clone, Debug, Deserialize)]
pub struct JudgedLine {
    /// Its first letter is the writer.
    pub id: String,
    /// The session it belongs to, if any.
    #[serde(default)]
    pub session: Option<String>,
    /// Place in the session.
    #[serde(default)]
    pub turn: u32,
    /// 1 to 10, of the whole session.
    #[serde(default)]
    pub session_overall: Option<f64>,
    /// The trap that the reply sets, if any.
    #[serde(default)]
    pub probe: String,
    /// What came before.
    #[serde(default)]
    pub context: Vec<Line>,
    /// The client's last statement.
    pub client: String,
    /// The reply.
    pub reply: String,
    /// Median of the readers.
    pub median: Marks,
}

/// A line of a conversation.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// Who spoke.
    pub speaker: Speaker,
    /// What was said.
    pub text: String,
}

/// Marks on the three scales.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Marks {
    /// 1 to 5.
    pub empathy: f64,
    /// 1 to 5.
    pub non_judgment: f64,
    /// 1 to 5.
    pub listening: f64,
}

impl Marks {
    /// In the order of [`SCALES`].
    #[must_use]
    pub fn all(self) -> [f64; 3] {
        [self.empathy, self.non_judgment, self.listening]
    }
}

/// A judged reply, read and appraised.
#[derive(Clone, Debug)]
pub struct Judged {
    /// As it stands in the set.
    pub line: JudgedLine,
    /// What of the reply is weighed.
    reply: Utterance,
    client: Utterance,
    earlier: Vec<Turn>,
    appraisal: Appraisal,
}

impl Judged {
    /// Reads a line.
    #[must_use]
    pub fn of(line: JudgedLine) -> Self {
        let reply = Utterance::read(&line.reply);
        let client = Utterance::read(&line.client);
        let earlier: Vec<Turn> = line.context.iter().map(|said| Turn { speaker: said.speaker, utterance: Later::of(&*said.text) }).collect();
        let context = Context { earlier: &earlier, ..Context::of(&client) };
        let reply = to_weigh(&reply, &context).0.into_owned();
        let appraisal = recognise(Codebook::builtin(), &reply, &context);
        Self { line, reply, client, earlier, appraisal }
    }

    /// The first letter of the id.
    #[must_use]
    pub fn writer(&self) -> char {
        self.line.id.chars().next().unwrap_or(' ')
    }

    fn context(&self) -> Context<'_> {
        Context { earlier: &self.earlier, ..Context::of(&self.client) }
    }

    fn example(&self) -> Option<Example> {
        example(&self.appraisal, &self.reply, &self.context(), self.writer(), self.line.median.all().map(|mark| mark as f32))
    }

    /// Copies of it as a tired hand would type it, for learning.
    fn rough_examples(&self) -> Vec<Example> {
        let text = self.reply.text();
        let copy = |text: String| {
            let reply = Utterance::read(&text);
            let appraisal = recognise(Codebook::builtin(), &reply, &self.context());
            let example = example(&appraisal, &reply, &self.context(), self.writer(), self.line.median.all().map(|mark| mark as f32))?;
            Some(example.counting(ROUGH_WEIGHT))
        };
        [without_marks(text), slipped(text, SLIPS, text.len() as u64)].into_iter().filter_map(copy).collect()
    }

    /// Scores it; a scale without a score is `None`.
    #[must_use]
    pub fn scored(&self, scorer: &Scorer) -> [Option<f64>; 3] {
        let scores = scorer.score(&self.appraisal, &self.reply, &self.context());
        SCALES.map(|(_, scale)| scores.points(scale))
    }
}

/// How much a rough copy counts beside the reply as written; chosen by cross-validation over writers.
const ROUGH_WEIGHT: f32 = 0.4;
/// One letter in so many slips in a rough copy.
const SLIPS: u64 = 10;

/// Reads a set of judged replies, one JSON object a line.
///
/// # Errors
/// The number of the line that cannot be read, and why.
pub fn read(lines: &str) -> Result<Vec<Judged>, (usize, String)> {
    lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| serde_json::from_str(line).map(Judged::of).map_err(|error| (at + 1, error.to_string())))
        .collect()
}

/// Weights learnt from all of a set, as the text of a weights file.
#[must_use]
pub fn fit_all(set: &[Judged], version: u32) -> String {
    let mut examples: Vec<Example> = set.iter().filter_map(Judged::example).collect();
    examples.extend(set.iter().flat_map(Judged::rough_examples));
    fit(&examples, version, true)
}

/// Scores every reply by weights learnt from the other writers only.
#[must_use]
pub fn across_writers(set: &[Judged]) -> Scored {
    let examples: Vec<Vec<Example>> =
        set.par_iter().map(|judged| judged.example().into_iter().collect()).chain(set.par_iter().map(Judged::rough_examples)).collect();
    let writers: Vec<char> = set.iter().map(Judged::writer).collect::<BTreeSet<_>>().into_iter().collect();
    let folds: Vec<Scored> = writers
        .par_iter()
        .map(|writer| {
            let others: Vec<Example> = examples.iter().flatten().filter(|example| example.writer != *writer).cloned().collect();
            let Ok(scorer) = Scorer::with(&fit(&others, 0, false)) else { return Scored::default() };
            Scored::by(&scorer, set, |judged| judged.writer() == *writer)
        })
        .collect();
    let mut all = Scored { replies: vec![[None; 3]; set.len()], sessions: Vec::new() };
    for fold in folds {
        for (to, from) in all.replies.iter_mut().zip(fold.replies) {
            if from.iter().any(Option::is_some) {
                *to = from;
            }
        }
        all.sessions.extend(fold.sessions);
    }
    all
}

/// Scores of a set.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// One entry a reply, in the order of [`SCALES`]; all `None` where it was not to be scored.
    pub replies: Vec<[Option<f64>; 3]>,
    /// The readers' mark of a session and `overall`.
    pub sessions: Vec<(f64, f64)>,
}

impl Scored {
    /// Scores those replies (and sessions that begin with one of them) that are wanted.
    #[must_use]
    pub fn by(scorer: &Scorer, set: &[Judged], wanted: impl Fn(&Judged) -> bool) -> Self {
        let replies = set.iter().map(|judged| if wanted(judged) { judged.scored(scorer) } else { [None; 3] }).collect();
        let mut by_session: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
        for judged in set.iter().filter(|judged| wanted(judged)) {
            if let (Some(session), Some(_)) = (&judged.line.session, judged.line.session_overall) {
                by_session.entry(session).or_default().push(judged);
            }
        }
        let sessions = by_session
            .into_values()
            .map(|mut turns| {
                turns.sort_by_key(|judged| judged.line.turn);
                let told: Vec<(Speaker, &str)> = turns
                    .iter()
                    .flat_map(|judged| [(Speaker::Client, judged.line.client.as_str()), (Speaker::Therapist, judged.line.reply.as_str())])
                    .collect();
                (turns.iter().find_map(|judged| judged.line.session_overall).unwrap_or(0.0), SessionMeasures::with(scorer, &told).overall)
            })
            .collect();
        Self { replies, sessions }
    }
}

/// Agreement on one scale.
#[derive(Clone, Debug, Serialize)]
pub struct Agreement {
    /// Spearman's rank correlation.
    pub spearman: f64,
    /// Kappa with quadratic weights, on whole levels.
    pub quadratic_kappa: f64,
    /// ICC(2,1).
    pub icc: f64,
    /// Mean distance, in levels.
    pub mean_distance: f64,
    /// Of the pairs two or more levels apart, the share in the right order.
    pub pairs_right: f64,
    /// How many such pairs there are.
    pub pairs: usize,
}

/// Agreement on a set.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// How many replies.
    pub replies: usize,
    /// How many writers.
    pub writers: usize,
    /// Share of scores that are none.
    pub null_share: f64,
    /// By scale.
    pub scales: BTreeMap<&'static str, Agreement>,
    /// Spearman's rank correlation of `overall` with the readers' mark of the whole session; `None` with fewer than four sessions.
    pub sessions: Option<f64>,
    /// Share of far-apart pairs in the right order, by the trap that one of the two sets.
    pub probes: BTreeMap<String, (usize, usize)>,
    /// Area under the curve of the three scales for telling marks of 4 and 5 from marks of 1 and 2.
    pub good_from_poor: BTreeMap<&'static str, f64>,
}

/// Compares scores with the readers.
#[must_use]
pub fn compare(set: &[Judged], scored: &Scored) -> Report {
    let (scored, sessions) = (&scored.replies, &scored.sessions);
    let mut clients: BTreeMap<&str, usize> = BTreeMap::new();
    let groups: Vec<usize> = set
        .iter()
        .map(|judged| {
            let next = clients.len();
            *clients.entry(&judged.line.client).or_insert(next)
        })
        .collect();
    let mut report = Report {
        replies: set.len(),
        writers: set.iter().map(Judged::writer).collect::<BTreeSet<_>>().len(),
        null_share: scored.iter().flatten().filter(|score| score.is_none()).count() as f64 / (3 * set.len().max(1)) as f64,
        scales: BTreeMap::new(),
        sessions: (sessions.len() > 3)
            .then(|| spearman(&sessions.iter().map(|(theirs, _)| *theirs).collect::<Vec<_>>(), &sessions.iter().map(|(_, ours)| *ours).collect::<Vec<_>>())),
        probes: BTreeMap::new(),
        good_from_poor: BTreeMap::new(),
    };
    for (at, (name, _)) in SCALES.iter().enumerate() {
        let judged: Vec<f64> = set.iter().map(|judged| judged.line.median.all()[at]).collect();
        // No score counts as the middle, as a reader without an opinion would.
        let ours: Vec<f64> = scored.iter().map(|scores| scores[at].unwrap_or(3.0)).collect();
        let (right, pairs) = pairs_in_order(&judged, &ours, &groups);
        let distance = judged.iter().zip(&ours).map(|(a, b)| (a - b).abs()).sum::<f64>() / judged.len().max(1) as f64;
        report.scales.insert(
            name,
            Agreement {
                spearman: spearman(&judged, &ours),
                quadratic_kappa: quadratic_kappa(&judged, &ours),
                icc: icc(&judged, &ours),
                mean_distance: distance,
                pairs_right: right as f64 / pairs.max(1) as f64,
                pairs,
            },
        );
        let of = |keep: fn(f64) -> bool| judged.iter().zip(&ours).filter(|(mark, _)| keep(**mark)).map(|(_, ours)| *ours).collect::<Vec<f64>>();
        report.good_from_poor.insert(name, auc(&of(|mark| mark >= 4.0), &of(|mark| mark <= 2.0)));
        probes(set, &judged, &ours, &groups, &mut report.probes);
    }
    report
}

fn probes(set: &[Judged], judged: &[f64], ours: &[f64], groups: &[usize], probes: &mut BTreeMap<String, (usize, usize)>) {
    let probed: Vec<usize> = (0..set.len()).filter(|at| !set[*at].line.probe.is_empty()).collect();
    for at in &probed {
        for other in (0..set.len()).filter(|other| other != at && groups[*other] == groups[*at]) {
            let gap = judged[*at] - judged[other];
            if gap.abs() >= 2.0 {
                for probe in set[*at].line.probe.split('+') {
                    let entry = probes.entry(probe.to_owned()).or_default();
                    entry.0 += usize::from((ours[*at] - ours[other]) * gap > 0.0);
                    entry.1 += 1;
                }
            }
        }
    }
}

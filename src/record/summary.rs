//! A session in short, kept when it closes, so that progress over a thousand sessions is read without opening one of their turns.

use super::id::{PersonId, SessionId};
use crate::appraisal::{Scale, TrustFactor};
use crate::scoring::TurnRecord;
use crate::scoring::matrix_rows::matrix_of;
use crate::scoring::scorecard::{Scorecard, counts};
use crate::session::Session;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A session in short. Fields may be added; none changes its meaning.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Turns played.
    pub turns: u32,
    /// The scenario's level, 1 to 5; 0 where it is not known.
    pub level: u8,
    /// Mean of empathy, 1 to 5.
    pub empathy: Option<f64>,
    /// Mean of non-judgment, 1 to 5.
    pub non_judgment: Option<f64>,
    /// Mean of listening, 1 to 5.
    pub listening: Option<f64>,
    /// Turns that could be scored: empathy, non-judgment, listening.
    pub scored: [u32; 3],
    /// Sums of squares of the scores about their means, in the same order: for honest bands.
    pub spread: [f64; 3],
    /// Acts by name, in how many turns each.
    pub acts: BTreeMap<String, u32>,
    /// Rows of the trust matrix by name that were earned, in how many turns each.
    pub earned: BTreeMap<String, u32>,
    /// Rows that were lost, likewise.
    pub lost: BTreeMap<String, u32>,
    /// Rows that the scenario trains and that were not met.
    pub not_met: Vec<String>,
    /// T at the opening and at the close, 0 to 1.
    pub trust: (f64, f64),
    /// Layers 1 to 4 told by the close, and how many there are.
    pub layers: (u32, u32),
    /// Turns in which a rupture opened or grew.
    pub ruptures: u32,
    /// Turns in which one was mended.
    pub repairs: u32,
    /// Turns with a reflection, and with one that added meaning.
    pub reflections: (u32, u32),
    /// Turns with a question, and with an open one.
    pub questions: (u32, u32),
    /// MITI-adherent and non-adherent turns.
    pub adherent: (u32, u32),
}

impl Summary {
    /// Of a session as it stands.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let file = &session.scenario().file;
        let run = session.run();
        let layers: Vec<_> = session.layers().into_iter().filter(|layer| layer.layer >= 1).collect();
        let told = layers.iter().filter(|layer| layer.told).count();
        Self {
            turns: run.turn_number(),
            level: file.level,
            trust: (run.trust_at_start(), run.client().trust()),
            layers: (small(told), small(layers.len())),
            ..Self::of_turns(session.records(), session.opening().session, &file.teaches)
        }
    }

    /// What the turns alone tell.
    #[must_use]
    pub fn of_turns(turns: &[TurnRecord], session: u32, teaches: &[TrustFactor]) -> Self {
        let card = Scorecard::of(turns);
        let counts = counts(turns);
        let matrix = matrix_of(turns, session, teaches);
        let mut acts = BTreeMap::new();
        for turn in turns {
            let mut here: Vec<&str> = turn.appraisal.acts.iter().map(|found| found.act.name()).collect();
            here.sort_unstable();
            here.dedup();
            for act in here {
                *acts.entry(act.to_owned()).or_insert(0) += 1;
            }
        }
        let scales = [Scale::Empathy, Scale::NonJudgment, Scale::Listening];
        let mean = |scale| card.on(scale).map(|mean| mean.points);
        let spread = scales.map(|scale| {
            let middle = mean(scale).unwrap_or(0.0);
            turns.iter().filter_map(|turn| turn.appraisal.scores.points(scale)).map(|points| (points - middle) * (points - middle)).sum()
        });
        let rows = |rows: &[crate::scoring::matrix_rows::MatrixRow]| rows.iter().map(|row| (row.factor.name().to_owned(), row.times)).collect();
        Self {
            turns: small(turns.len()),
            level: 0,
            empathy: mean(Scale::Empathy),
            non_judgment: mean(Scale::NonJudgment),
            listening: mean(Scale::Listening),
            scored: scales.map(|scale| card.on(scale).map_or(0, |mean| mean.turns)),
            spread,
            acts,
            earned: rows(&matrix.earned),
            lost: rows(&matrix.lost),
            not_met: matrix.not_met.iter().map(|factor| factor.name().to_owned()).collect(),
            trust: (turns.first().map_or(0.0, |turn| turn.trust.0), turns.last().map_or(0.0, |turn| turn.trust.1)),
            layers: (0, 0),
            ruptures: small(turns.iter().filter(|turn| turn.ruptured.is_some()).count()),
            repairs: small(turns.iter().filter(|turn| turn.repaired).count()),
            reflections: (counts.reflections, counts.complex_reflections),
            questions: (counts.questions, counts.open_questions),
            adherent: (counts.adherent, counts.non_adherent),
        }
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A closed session of a person in short, with their own rating beside it: one row for `progress`.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// The session.
    pub id: SessionId,
    /// The scenario's id.
    pub scenario: String,
    /// The course it belongs to, by name.
    pub course: Option<String>,
    /// Its number with this client.
    pub number: u32,
    /// Begun, in milliseconds since 1970; for people to read.
    pub since: i64,
    /// In short.
    pub summary: Summary,
    /// The trainee's own rating before the debrief: empathy, non-judgment, listening, 1 to 5 each.
    pub own: Option<[Option<f64>; 3]>,
}

/// Everything that `progress` needs: the closed sessions of a person with at least one turn, in the order in which they were begun.
///
/// # Errors
/// What SQLite said.
pub fn past(connection: &Connection, person: PersonId) -> rusqlite::Result<Vec<Past>> {
    let sql = "SELECT sessions.id, sessions.scenario, courses.name, number, sessions.since, summary, ratings.id, empathy, non_judgment, listening
        FROM sessions LEFT JOIN courses ON courses.id = sessions.course
        LEFT JOIN ratings ON ratings.session = sessions.id AND ratings.turn = 0 AND ratings.who = 'self'
        WHERE sessions.person = ?1 AND open = 0 AND turns > 0 AND summary IS NOT NULL ORDER BY sessions.id";
    let mut found = connection.prepare_cached(sql)?;
    let rows = found.query_map(params![person], |row| {
        let rated: Option<i64> = row.get(6)?;
        let own = [row.get(7)?, row.get(8)?, row.get(9)?];
        Ok(Past {
            id: row.get(0)?,
            scenario: row.get(1)?,
            course: row.get(2)?,
            number: row.get(3)?,
            since: row.get(4)?,
            summary: serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default(),
            own: rated.map(|_| own),
        })
    })?;
    rows.collect()
}

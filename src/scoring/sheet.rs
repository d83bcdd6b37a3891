//! Blind rating sheets: replies without scores and without names, rated by people, and how far they agree with each other and with the program.

use super::agreement::{icc, quadratic_kappa, spearman};
use serde::Serialize;
use std::collections::BTreeMap;

/// The three scales in the order of the sheet.
pub const SCALES: [&str; 3] = ["empathy", "non_judgment", "listening"];

/// A filled sheet: whose it is, and by a reply's id the three marks, each 1 to 5 or left out.
pub type Filled = (String, BTreeMap<String, [Option<f64>; 3]>);

/// How far two agree on one scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// Who.
    pub one: String,
    /// With whom.
    pub other: String,
    /// `empathy`, `non_judgment` or `listening`.
    pub scale: &'static str,
    /// Replies that both rated.
    pub replies: usize,
    /// Rank agreement, −1 to 1.
    pub spearman: f64,
    /// Weighted kappa, at most 1.
    pub kappa: f64,
    /// ICC(2,1), at most 1.
    pub icc: f64,
    /// Mean distance in points.
    pub distance: f64,
}

/// A reply on which two are far apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Apart {
    /// The reply's id.
    pub id: String,
    /// `empathy`, `non_judgment` or `listening`.
    pub scale: &'static str,
    /// Everybody's mark.
    pub marks: Vec<(String, f64)>,
    /// The widest distance in points.
    pub by: f64,
}

/// Every pair of raters, scale by scale; a pair that shares fewer than two replies is left out.
#[must_use]
pub fn pairs(sheets: &[Filled]) -> Vec<Pair> {
    let mut found = Vec::new();
    for (at, (one, marks)) in sheets.iter().enumerate() {
        for (other, others) in &sheets[at + 1..] {
            for (scale, name) in SCALES.iter().enumerate() {
                let both: Vec<(f64, f64)> = marks.iter().filter_map(|(id, mine)| Some((mine[scale]?, others.get(id)?[scale]?))).collect();
                if both.len() < 2 {
                    continue;
                }
                let (a, b): (Vec<f64>, Vec<f64>) = both.iter().copied().unzip();
                #[allow(clippy::cast_precision_loss)] // a few hundred replies
                let distance = both.iter().map(|(a, b)| (a - b).abs()).sum::<f64>() / both.len() as f64;
                found.push(Pair {
                    one: one.clone(),
                    other: other.clone(),
                    scale: name,
                    replies: both.len(),
                    spearman: spearman(&a, &b),
                    kappa: quadratic_kappa(&a, &b),
                    icc: icc(&a, &b),
                    distance,
                });
            }
        }
    }
    found
}

/// Where they are widest apart, the widest first.
#[must_use]
pub fn apart(sheets: &[Filled]) -> Vec<Apart> {
    let ids: std::collections::BTreeSet<&String> = sheets.iter().flat_map(|(_, marks)| marks.keys()).collect();
    let mut found = Vec::new();
    for id in ids {
        for (scale, name) in SCALES.iter().enumerate() {
            let marks: Vec<(String, f64)> = sheets.iter().filter_map(|(who, marks)| Some((who.clone(), marks.get(id)?[scale]?))).collect();
            let least = marks.iter().map(|mark| mark.1).fold(f64::INFINITY, f64::min);
            let most = marks.iter().map(|mark| mark.1).fold(f64::NEG_INFINITY, f64::max);
            if marks.len() > 1 && most - least > 0.0 {
                found.push(Apart { id: id.clone(), scale: name, marks, by: most - least });
            }
        }
    }
    found.sort_by(|a, b| b.by.total_cmp(&a.by).then(a.id.cmp(&b.id)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(who: &str, marks: &[(&str, f64)]) -> Filled {
        (who.to_owned(), marks.iter().map(|(id, mark)| ((*id).to_owned(), [Some(*mark), None, Some(3.0)])).collect())
    }

    #[test]
    fn raters_who_say_the_same_agree_and_the_widest_distance_comes_first() {
        let sheets = [filled("a", &[("r1", 1.0), ("r2", 5.0), ("r3", 2.0)]), filled("b", &[("r1", 1.0), ("r2", 5.0), ("r3", 4.0), ("r4", 2.0)])];
        let pairs = pairs(&sheets);
        assert_eq!((pairs[0].scale, pairs[0].replies), ("empathy", 3));
        assert!(pairs[0].spearman > 0.8 && pairs.iter().all(|pair| pair.scale != "non_judgment"));
        assert_eq!((apart(&sheets)[0].id.as_str(), apart(&sheets)[0].by), ("r3", 2.0));
    }
}

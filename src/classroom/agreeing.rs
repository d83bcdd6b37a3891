//! A calibration hour in figures: how far the raters agree with each other, with the instructor and with the engine, and where they differ most.

use super::activity::Calibration;
use super::event::{Item, Marks};
use crate::scoring::agreement::{icc, icc_of_many, quadratic_kappa};

/// The three scales, in the order of [`Marks`].
pub const SCALES: [&str; 3] = ["empathy", "non-judgment", "listening"];
/// Tallies of a class appear from five answers on (parts notes, "Conventions").
pub const ENOUGH: usize = 5;

/// How far all agree on one scale. `None` where there were too few.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleAgreement {
    /// Raters with each other: ICC(2,1), single rater, absolute agreement.
    pub icc: Option<f64>,
    /// Raters with each other: mean of all pairs' quadratic kappa.
    pub kappa: Option<f64>,
    /// The class's mean with the instructor: quadratic kappa, ICC.
    pub instructor: Option<(f64, f64)>,
    /// The class's mean with the engine: quadratic kappa, ICC.
    pub engine: Option<(f64, f64)>,
}

/// One item, as it was rated on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Which item, from 0.
    pub item: usize,
    /// Which scale, 0 to 2.
    pub scale: usize,
    /// How many gave 1, 2, 3, 4, 5.
    pub counts: [usize; 5],
    /// Mean of the marks.
    pub mean: f64,
    /// Their standard deviation.
    pub spread: f64,
    /// The instructor's mark.
    pub instructor: Option<u8>,
    /// The engine's score.
    pub engine: Option<f64>,
}

/// The whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// How many rated every item.
    pub raters: usize,
    /// How many rated some.
    pub partly: usize,
    /// By scale.
    pub scales: Vec<ScaleAgreement>,
    /// Every item on its most disputed scale, widest first.
    pub widest: Vec<Spread>,
    /// Every item on every scale.
    pub all: Vec<Spread>,
}

/// Works it out. `None` under five raters.
#[must_use]
pub fn agreement(items: &[Item], calibration: &Calibration) -> Option<Agreement> {
    let whole: Vec<Vec<Marks>> = calibration.marks.values().filter(|marks| marks.len() == items.len()).map(|marks| marks.values().copied().collect()).collect();
    if calibration.marks.values().filter(|marks| !marks.is_empty()).count() < ENOUGH {
        return None;
    }
    let all: Vec<Spread> = (0..items.len()).flat_map(|item| (0..3).filter_map(move |scale| spread(items, calibration, item, scale))).collect();
    let mut widest: Vec<Spread> = Vec::new();
    for item in 0..items.len() {
        widest.extend(all.iter().filter(|one| one.item == item).max_by(|a, b| a.spread.total_cmp(&b.spread).then(b.scale.cmp(&a.scale))).cloned());
    }
    widest.sort_by(|a, b| b.spread.total_cmp(&a.spread).then(a.item.cmp(&b.item)));
    let scales = (0..3).map(|scale| on_scale(scale, &whole, &all)).collect();
    Some(Agreement { raters: whole.len(), partly: calibration.marks.len() - whole.len(), scales, widest, all })
}

fn spread(items: &[Item], calibration: &Calibration, item: usize, scale: usize) -> Option<Spread> {
    let marks: Vec<u8> = calibration.marks.values().filter_map(|marks| Some(marks.get(&item)?[scale])).collect();
    if marks.len() < ENOUGH {
        return None;
    }
    let mut counts = [0; 5];
    for mark in &marks {
        counts[usize::from(mark.clamp(&1, &5) - 1)] += 1;
    }
    let n = marks.len() as f64;
    let mean = marks.iter().map(|mark| f64::from(*mark)).sum::<f64>() / n;
    let square = marks.iter().map(|mark| (f64::from(*mark) - mean) * (f64::from(*mark) - mean)).sum::<f64>();
    let instructor = calibration.instructor.get(&item).map(|marks| marks[scale]);
    Some(Spread { item, scale, counts, mean, spread: (square / n).sqrt(), instructor, engine: items.get(item)?.engine[scale] })
}

fn on_scale(scale: usize, whole: &[Vec<Marks>], all: &[Spread]) -> ScaleAgreement {
    let raters: Vec<Vec<f64>> = whole.iter().map(|marks| marks.iter().map(|marks| f64::from(marks[scale])).collect()).collect();
    let enough = raters.len() >= ENOUGH;
    let mine: Vec<&Spread> = all.iter().filter(|one| one.scale == scale).collect();
    let beside = |other: &dyn Fn(&Spread) -> Option<f64>| {
        let (class, other): (Vec<f64>, Vec<f64>) = mine.iter().filter_map(|one| Some((one.mean, other(one)?))).unzip();
        (class.len() >= ENOUGH).then(|| (quadratic_kappa(&class, &other), icc(&class, &other)))
    };
    ScaleAgreement {
        icc: enough.then(|| icc_of_many(&raters)),
        kappa: enough.then(|| mean_kappa(&raters)),
        instructor: beside(&|one| one.instructor.map(f64::from)),
        engine: beside(&|one| one.engine),
    }
}

/// Light's kappa: the mean over all pairs of raters. In a class above 64 each is paired with the next 32 only: 500 would make 125,000 pairs.
fn mean_kappa(raters: &[Vec<f64>]) -> f64 {
    let reach = if raters.len() > 64 { 32 } else { raters.len() };
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (at, a) in raters.iter().enumerate() {
        for b in raters.iter().skip(at + 1).take(reach) {
            sum += quadratic_kappa(a, b);
            pairs += 1.0;
        }
    }
    if pairs > 0.0 { sum / pairs } else { 0.0 }
}

/// What a coefficient means, in plain words. Bands after Koo and Li 2016 (ICC) and Landis and Koch 1977 (kappa), set side by side.
#[must_use]
pub fn in_plain_words(coefficient: f64) -> &'static str {
    match coefficient {
        low if low < 0.2 => "hardly more than chance would give",
        fair if fair < 0.4 => "some, and not yet enough to rely on one rater",
        moderate if moderate < 0.6 => "moderate: the same direction, often not the same number",
        good if good < 0.8 => "good: one would mostly hear the same verdict from another",
        _ => "very good: it hardly matters who rates",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn items(count: usize) -> Vec<Item> {
        (0..count).map(|at| Item { client: format!("c{at}"), reply: format!("r{at}"), engine: [Some((at % 5 + 1) as f64); 3] }).collect()
    }

    #[test]
    fn under_five_raters_nothing_is_shown() {
        let mut calibration = Calibration::default();
        for seat in 1..=4 {
            calibration.marks.insert(seat, BTreeMap::from([(0, [3, 3, 3])]));
        }
        assert_eq!(agreement(&items(3), &calibration), None);
    }

    #[test]
    fn raters_who_say_the_same_agree_fully_and_the_disputed_item_comes_first() {
        let mut calibration = Calibration::default();
        for seat in 1..=6_u32 {
            let mut marks: BTreeMap<usize, Marks> = (0..10).map(|item| (item, [(item % 5 + 1) as u8; 3])).collect();
            if seat > 3 {
                marks.insert(7, [3, 3, 5]);
            }
            calibration.marks.insert(seat, marks);
        }
        let found = agreement(&items(10), &calibration).unwrap();
        assert_eq!((found.raters, found.partly), (6, 0));
        assert!((found.scales[0].icc.unwrap() - 1.0).abs() < 1e-9 && (found.scales[0].kappa.unwrap() - 1.0).abs() < 1e-9);
        assert!(found.scales[2].icc.unwrap() < 1.0);
        assert_eq!((found.widest[0].item, found.widest[0].scale), (7, 2));
        assert!((found.scales[0].engine.unwrap().0 - 1.0).abs() < 1e-9);
        assert_eq!(found.scales[0].instructor, None);
    }
}

//! How far two raters agree: rank correlation, weighted kappa, intraclass correlation, area under the curve, pairs in the right order.

/// Average ranks, from 1; ties share theirs.
#[must_use]
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let mut to = from + 1;
        while to < order.len() && values[order[to]] == values[order[from]] {
            to += 1;
        }
        // Positions from + 1 to `to`, whose mean they share.
        let shared = (from + 1 + to) as f64 / 2.0;
        for at in &order[from..to] {
            ranks[*at] = shared;
        }
        from = to;
    }
    ranks
}

/// Pearson's correlation; 0 where one of the two does not vary.
#[must_use]
pub fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let count = a.len().min(b.len());
    if count == 0 {
        return 0.0;
    }
    let mean = |values: &[f64]| values.iter().take(count).sum::<f64>() / count as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut both, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        both += (x - mean_a) * (y - mean_b);
        of_a += (x - mean_a) * (x - mean_a);
        of_b += (y - mean_b) * (y - mean_b);
    }
    let spread = (of_a * of_b).sqrt();
    if spread > 0.0 { both / spread } else { 0.0 }
}

/// Spearman's rank correlation: −1 to 1.
#[must_use]
pub fn spearman(a: &[f64], b: &[f64]) -> f64 {
    pearson(&ranks(a), &ranks(b))
}

/// Cohen's kappa with quadratic weights on the scale 1 to 5; scores are rounded to whole levels first (halves to the even level).
#[must_use]
pub fn quadratic_kappa(a: &[f64], b: &[f64]) -> f64 {
    const LEVELS: usize = 5;
    let level = |value: f64| (value.round_ties_even().clamp(1.0, LEVELS as f64) - 1.0) as usize;
    let mut seen = [[0.0f64; LEVELS]; LEVELS];
    let mut count = 0.0;
    for (x, y) in a.iter().zip(b) {
        seen[level(*x)][level(*y)] += 1.0;
        count += 1.0;
    }
    let row = |i: usize| seen[i].iter().sum::<f64>();
    let column = |j: usize| seen.iter().map(|row| row[j]).sum::<f64>();
    let (mut found, mut by_chance) = (0.0, 0.0);
    for i in 0..LEVELS {
        for j in 0..LEVELS {
            let apart = (i as f64 - j as f64) * (i as f64 - j as f64);
            found += apart * seen[i][j];
            by_chance += apart * row(i) * column(j) / f64::max(count, 1.0);
        }
    }
    if by_chance > 0.0 { 1.0 - found / by_chance } else { 0.0 }
}

/// Intraclass correlation ICC(2,1): two raters drawn from many, absolute agreement, one rating each (Shrout and Fleiss 1979).
#[must_use]
pub fn icc(a: &[f64], b: &[f64]) -> f64 {
    let count = a.len().min(b.len());
    if count < 2 {
        return 0.0;
    }
    let (a, b) = (&a[..count], &b[..count]);
    let n = count as f64;
    let mean = (a.iter().sum::<f64>() + b.iter().sum::<f64>()) / (2.0 * n);
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let mut rows = 0.0;
    let mut total = 0.0;
    for (x, y) in a.iter().zip(b) {
        let row = f64::midpoint(*x, *y);
        rows += 2.0 * (row - mean) * (row - mean);
        total += (x - mean) * (x - mean) + (y - mean) * (y - mean);
    }
    let columns = n * ((mean_a - mean) * (mean_a - mean) + (mean_b - mean) * (mean_b - mean));
    let error = (total - rows - columns) / (n - 1.0);
    let rows = rows / (n - 1.0);
    let under = rows + error + 2.0 * (columns - error) / n;
    if under == 0.0 { 0.0 } else { (rows - error) / under }
}

/// ICC(2,1) of many raters: one row a rater, each with a mark for every item (Shrout and Fleiss 1979: raters drawn from many, absolute agreement, one
/// rating each). 0 where there are fewer than two raters or items; 1 where all say the same of everything.
#[must_use]
pub fn icc_of_many(raters: &[Vec<f64>]) -> f64 {
    let items = raters.iter().map(Vec::len).min().unwrap_or(0);
    if raters.len() < 2 || items < 2 {
        return 0.0;
    }
    let (k, n) = (raters.len() as f64, items as f64);
    let mean = raters.iter().flat_map(|marks| marks.iter().take(items)).sum::<f64>() / (k * n);
    let square = |value: f64| (value - mean) * (value - mean);
    let of_item = |item: usize| raters.iter().map(|marks| marks[item]).sum::<f64>() / k;
    let of_rater = |marks: &Vec<f64>| marks.iter().take(items).sum::<f64>() / n;
    let rows: f64 = (0..items).map(|item| k * square(of_item(item))).sum();
    let columns: f64 = raters.iter().map(|marks| n * square(of_rater(marks))).sum();
    let total: f64 = raters.iter().flat_map(|marks| marks.iter().take(items)).map(|mark| square(*mark)).sum();
    let error = ((total - rows - columns) / ((n - 1.0) * (k - 1.0))).max(0.0);
    let (rows, columns) = (rows / (n - 1.0), columns / (k - 1.0));
    let under = rows + (k - 1.0) * error + k * (columns - error) / n;
    if under > 0.0 { (rows - error) / under } else { 1.0 }
}

/// The chance that one drawn from `high` stands above one drawn from `low`; ties count half.
#[must_use]
pub fn auc(high: &[f64], low: &[f64]) -> f64 {
    if high.is_empty() || low.is_empty() {
        return 0.5;
    }
    let both: Vec<f64> = high.iter().chain(low).copied().collect();
    let sum: f64 = ranks(&both).iter().take(high.len()).sum();
    let (high, low) = (high.len() as f64, low.len() as f64);
    (sum - high * (high + 1.0) / 2.0) / (high * low)
}

/// Of all pairs of one group that raters set two or more levels apart: how many the scores put in the same order, and how many there are.
#[must_use]
pub fn pairs_in_order(judged: &[f64], scored: &[f64], groups: &[usize]) -> (usize, usize) {
    /// Two levels: raters agree on the order then.
    const APART: f64 = 2.0;
    let mut by_group: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        by_group.entry(*group).or_default().push(at);
    }
    let (mut right, mut all) = (0, 0);
    for members in by_group.values() {
        for (at, a) in members.iter().enumerate() {
            for b in &members[..at] {
                let gap = judged[*a] - judged[*b];
                if gap.abs() >= APART {
                    all += 1;
                    right += usize::from((scored[*a] - scored[*b]) * gap > 0.0);
                }
            }
        }
    }
    (right, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_their_ranks() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
    }

    #[test]
    fn the_same_order_is_full_agreement_and_the_opposite_is_none() {
        let a = [1.0, 2.0, 3.0, 5.0];
        assert!((spearman(&a, &[2.0, 4.0, 6.0, 7.0]) - 1.0).abs() < 1e-12);
        assert!((spearman(&a, &[5.0, 4.0, 3.0, 1.0]) + 1.0).abs() < 1e-12);
        assert!((quadratic_kappa(&a, &a) - 1.0).abs() < 1e-12);
        assert!((icc(&a, &a) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_rater_who_is_always_one_higher_agrees_in_order_but_not_fully() {
        let (a, b) = ([1.0, 2.0, 3.0, 4.0], [2.0, 3.0, 4.0, 5.0]);
        assert!((spearman(&a, &b) - 1.0).abs() < 1e-12);
        assert!(icc(&a, &b) < 0.8);
    }

    #[test]
    fn many_raters_agree_as_two_do_and_as_published() {
        // Shrout and Fleiss 1979, table 2: six targets, four judges, ICC(2,1) = .29.
        let judges = [[9.0, 6.0, 8.0, 7.0, 10.0, 6.0], [2.0, 1.0, 4.0, 1.0, 5.0, 2.0], [5.0, 3.0, 6.0, 2.0, 6.0, 4.0], [8.0, 2.0, 8.0, 6.0, 9.0, 7.0]];
        let judges: Vec<Vec<f64>> = judges.iter().map(|marks| marks.to_vec()).collect();
        assert!((icc_of_many(&judges) - 0.29).abs() < 0.005, "{}", icc_of_many(&judges));
        assert!((icc_of_many(&judges[..2]) - icc(&judges[0], &judges[1])).abs() < 1e-9);
    }

    #[test]
    fn the_area_under_the_curve_counts_pairs() {
        assert!((auc(&[3.0, 2.0], &[1.0, 2.0]) - 0.875).abs() < 1e-12);
    }
}

//! A learning curve in text: the band in light shade, the mean as a dot, one column a session or a few of them.

use crate::record::progress::{Curve, Point};
use crate::report::Page;

/// Half points of the scale from 1 to 5.
const ROWS: usize = 9;
/// Room for " 5 ┤".
const AXIS: usize = 6;
/// More values than this nobody listens to.
const VALUES_TO_READ: usize = 30;

pub(super) fn drawn(page: &Page, curve: &Curve) -> String {
    if page.plain { in_words(page, curve) } else { picture(page, curve) }
}

fn picture(page: &Page, curve: &Curve) -> String {
    let room = page.width.saturating_sub(AXIS + 1).max(8);
    let bin = curve.points.len().div_ceil(room).max(1);
    // Of several sessions in a column the last one that has a point stands for all: its mean looks back over them.
    let columns: Vec<Option<Point>> = curve.points.chunks(bin).map(|chunk| chunk.iter().rev().find_map(|point| *point)).collect();
    let wide = (room / columns.len().max(1)).clamp(1, 3);
    let mut set = String::new();
    for row in (0..ROWS).rev() {
        let label = if row % 2 == 0 && page.numbers { (1 + row / 2).to_string() } else { String::new() };
        let tick = if label.is_empty() { '│' } else { '┤' };
        let cells: String = columns.iter().map(|point| cell(*point, row, wide)).collect();
        set += format!("  {label:>2} {tick}{cells}").trim_end();
        set.push('\n');
    }
    set += &format!("     └{}\n", "─".repeat(columns.len() * wide));
    let last = curve.points.len().to_string();
    let under = (columns.len() * wide).saturating_sub(last.len() + 1);
    if curve.points.len() > 1 && page.numbers {
        set += &format!("      1{}{last}\n", " ".repeat(under));
    }
    set
}

fn cell(point: Option<Point>, row: usize, wide: usize) -> String {
    let Some(point) = point else { return " ".repeat(wide) };
    let mark = if place(point.mean) == row {
        '●'
    } else if point.band.is_some_and(|(low, high)| (place(low)..=place(high)).contains(&row)) {
        '░'
    } else {
        ' '
    };
    if mark == '░' { mark.to_string().repeat(wide) } else { format!("{mark}{}", " ".repeat(wide - 1)) }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 8 after the clamp
fn place(points: f64) -> usize {
    if points.is_finite() { ((points - 1.0) * 2.0).round().clamp(0.0, 8.0) as usize } else { 0 }
}

fn in_words(page: &Page, curve: &Curve) -> String {
    if !page.numbers {
        return String::new();
    }
    let from = curve.points.len().saturating_sub(VALUES_TO_READ);
    let values: Vec<String> = curve.points[from..].iter().map(|point| point.map_or_else(|| "none".to_owned(), |point| format!("{:.1}", point.value))).collect();
    let which = if from == 0 { "Each session".to_owned() } else { format!("The last {VALUES_TO_READ} sessions") };
    format!("{which}, of 5: {}.\n", values.join(", "))
}

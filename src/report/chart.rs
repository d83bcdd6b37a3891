//! Trust over a session as a chart in text, with the turning moments marked below it.

use super::Page;
use crate::scoring::percent;

/// Rows of the chart: forty steps high with eighth blocks, and still small beside the text.
const ROWS: usize = 5;
/// Eighths of a block, from none to full.
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Room for "100 ┤".
const AXIS: usize = 7;

/// The chart: T at the opening and after each turn, 0 to 1; `marks` are turns with their letters. For a plain page one sentence and the values.
#[must_use]
pub fn trust_chart(page: &Page, start: f64, after: &[f64], marks: &[(u32, char)]) -> String {
    if page.plain { in_words(page, start, after) } else { drawn(page, start, after, marks) }
}

fn drawn(page: &Page, start: f64, after: &[f64], marks: &[(u32, char)]) -> String {
    let values: Vec<f64> = std::iter::once(start).chain(after.iter().copied()).collect();
    let room = page.width.saturating_sub(AXIS + 1).max(8);
    let columns = Columns::of(values.len(), room);
    let top = top_of(&values);
    let heights: Vec<usize> = columns.means(&values).into_iter().map(|value| eighths(value, top)).collect();
    let mut set = String::new();
    for row in (0..ROWS).rev() {
        let label = match row {
            _ if !page.numbers => String::new(),
            row if row == ROWS - 1 => percent(top).to_string(),
            _ => String::new(),
        };
        let tick = if label.is_empty() { '│' } else { '┤' };
        let bars: String = heights.iter().map(|height| columns.stretch(BLOCKS[height.saturating_sub(row * 8).min(8)])).collect();
        set += format!("  {label:>3} {tick}{bars}").trim_end();
        set.push('\n');
    }
    let base = if page.numbers { "0" } else { "" };
    let tick = if page.numbers { '┼' } else { '└' };
    set += &format!("  {base:>3} {tick}{}\n", "─".repeat(columns.width()));
    set += &below(&columns, values.len(), marks, room);
    set
}

/// The turn numbers, and under them the letters of the marked turns.
fn below(columns: &Columns, values: usize, marks: &[(u32, char)], room: usize) -> String {
    let mut numbers = vec![' '; room];
    let last = values.saturating_sub(1);
    // A number and the gap after it.
    let label = last.to_string().len() + 1;
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].into_iter().find(|step| last / step * label <= columns.width()).unwrap_or(10_000);
    let mut free_from = 0;
    for turn in (0..=last).filter(|turn| *turn > 0 && turn % step == 0) {
        let text = turn.to_string();
        let at = columns.place(turn);
        if at >= free_from && at + text.len() <= room {
            for (offset, digit) in text.chars().enumerate() {
                if let Some(place) = numbers.get_mut(at + offset) {
                    *place = digit;
                }
            }
            free_from = at + text.len() + 1;
        }
    }
    let mut letters = vec![' '; room];
    for (turn, letter) in marks {
        if let Some(place) = letters.get_mut(columns.place(*turn as usize)) {
            *place = *letter;
        }
    }
    let mut set = String::new();
    for row in [numbers, letters] {
        let row: String = row.into_iter().collect();
        if !row.trim().is_empty() {
            set += format!("{}{row}", " ".repeat(AXIS)).trim_end();
            set.push('\n');
        }
    }
    set
}

/// How values share the columns: few values stretch, many are averaged.
struct Columns {
    /// Values in one column.
    bin: usize,
    /// Characters a column.
    wide: usize,
    count: usize,
}

impl Columns {
    fn of(values: usize, room: usize) -> Self {
        let bin = values.div_ceil(room).max(1);
        let count = values.div_ceil(bin);
        // Three characters a turn are enough for the eye.
        let wide = (room / count.max(1)).clamp(1, 3);
        Self { bin, wide, count }
    }

    const fn width(&self) -> usize {
        self.count * self.wide
    }

    const fn place(&self, index: usize) -> usize {
        (index / self.bin) * self.wide
    }

    fn means(&self, values: &[f64]) -> Vec<f64> {
        #[allow(clippy::cast_precision_loss)] // a handful of values
        values.chunks(self.bin).map(|chunk| chunk.iter().sum::<f64>() / chunk.len() as f64).collect()
    }

    fn stretch(&self, block: char) -> String {
        let gap = usize::from(self.wide > 1);
        let mut text: String = std::iter::repeat_n(block, self.wide - gap).collect();
        text.push_str(&" ".repeat(gap));
        text
    }
}

/// The top of the axis: the next ten above the highest value, at least twenty, so that a small change does not look like a mountain.
fn top_of(values: &[f64]) -> f64 {
    let highest = values.iter().copied().fold(0.0, f64::max);
    ((highest * 10.0).ceil() / 10.0).clamp(0.2, 1.0)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // 0 to 40 after the clamp
fn eighths(value: f64, top: f64) -> usize {
    let full = (ROWS * 8) as f64;
    if value.is_finite() { (value / top * full).round().clamp(0.0, full) as usize } else { 0 }
}

/// More values than this nobody listens to.
const VALUES_TO_READ: usize = 30;

fn in_words(page: &Page, start: f64, after: &[f64]) -> String {
    let Some(end) = after.last() else { return String::new() };
    if !page.numbers {
        return format!("Trust at the end, beside the start: {}.\n", super::word_for::trust_moved(start, *end));
    }
    let extreme = |pick: fn(f64, f64) -> bool| {
        after.iter().enumerate().fold((0, start), |best, (index, value)| if pick(*value, best.1) { (index + 1, *value) } else { best })
    };
    let at = |turn: usize| if turn == 0 { "at the start".to_owned() } else { format!("after turn {turn}") };
    let (highest, lowest) = (extreme(|a, b| a > b), extreme(|a, b| a < b));
    let mut set = format!(
        "Trust, of 100: {} at the start, highest {} {}, lowest {} {}, {} at the end.\n",
        percent(start),
        percent(highest.1),
        at(highest.0),
        percent(lowest.1),
        at(lowest.0),
        percent(*end)
    );
    if after.len() <= VALUES_TO_READ {
        let values: Vec<String> = after.iter().map(|value| percent(*value).to_string()).collect();
        set += &format!("Trust after each turn: {}.\n", values.join(", "));
    }
    set
}

#[cfg(test)]
mod tests {
    use super::super::Paint;
    use super::*;

    #[test]
    fn a_chart_fits_its_page_whatever_the_number_of_turns() {
        for columns in [30, 40, 80] {
            for turns in [1, 3, 20, 77, 200, 10_000] {
                let page = Page::new(Some(columns), Paint::plain(), false);
                let after: Vec<f64> = (0..turns).map(|turn| f64::from(turn % 60) / 100.0).collect();
                for line in trust_chart(&page, 0.1, &after, &[(1, 'a'), (turns as u32, 'b')]).lines() {
                    assert!(line.chars().count() <= page.width, "{columns} columns, {turns} turns: {line}");
                }
            }
        }
    }

    #[test]
    fn the_marked_turn_has_its_letter_below_its_column() {
        let page = Page::new(Some(60), Paint::plain(), false);
        let chart = trust_chart(&page, 0.0, &[0.1, 0.2, 0.1], &[(2, 'a')]);
        let letters = chart.lines().last().unwrap();
        assert_eq!(letters.chars().position(|c| c == 'a'), Some(AXIS + 2 * 3));
        assert!(chart.starts_with("   20 ┤"), "{chart}");
    }

    #[test]
    fn numbers_that_are_none_draw_nothing_and_do_not_panic() {
        let page = Page::new(Some(40), Paint::plain(), false);
        let _ = trust_chart(&page, f64::NAN, &[f64::INFINITY, -1.0], &[(99, 'z')]);
    }

    #[test]
    fn in_plain_form_the_chart_is_a_sentence() {
        let page = Page::new(None, Paint::plain(), true);
        let set = trust_chart(&page, 0.1, &[0.2, 0.05, 0.15], &[]);
        assert!(set.starts_with("Trust, of 100: 10 at the start, highest 20 after turn 1, lowest 5 after turn 2, 15 at the end."), "{set}");
    }
}

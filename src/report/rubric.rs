//! A rubric held against a session, for the trainee: where it stands, never a mark.

use super::Page;
use crate::scoring::rubric::{Looked, Standing, figure};

/// The section below the debrief.
#[must_use]
pub fn rubric_text(page: &Page, title: &str, looked: &[Looked]) -> String {
    let mut set = page.heading(&format!("What this assignment looks at: {title}"));
    for one in looked {
        let mark = if one.standing == Standing::Met { "  + " } else { "  · " };
        let value = match one.value {
            Some(value) if page.numbers => format!(" ({}; {})", figure(value), one.wanted),
            _ => String::new(),
        };
        set += &page.hanging(mark, "    ", &format!("{}: {}{value}", one.what, one.standing));
    }
    set += &page.paragraph(2, "This says where to look next time. It is no mark, and nothing here passes or fails.");
    set
}

//! The join address as a QR code: for the terminal in half blocks, for pages as SVG.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Light modules around it; four are the standard's.
const QUIET: usize = 4;

fn modules(text: &str) -> Option<(usize, Vec<bool>)> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    Some((code.width(), code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect()))
}

/// For a terminal: two rows of modules a line, dark on light whatever the terminal's colours are only where it is dark; empty where the text is too long.
#[must_use]
pub fn in_terminal(text: &str) -> String {
    let Some((width, dark)) = modules(text) else { return String::new() };
    let quiet = 2;
    let at = |x: usize, y: usize| {
        let inside = x >= quiet && y >= quiet && x < width + quiet && y < width + quiet;
        // Light modules are drawn, so that it reads on a dark terminal; phones read the reverse as well.
        !(inside && dark.get((y - quiet) * width + x - quiet).copied().unwrap_or(false))
    };
    let side = width + 2 * quiet;
    let mut drawn = String::new();
    for y in (0..side).step_by(2) {
        for x in 0..side {
            drawn.push(match (at(x, y), y + 1 < side && at(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        drawn.push('\n');
    }
    drawn
}

/// For a page.
#[must_use]
pub fn svg(text: &str) -> Markup {
    let Some((width, dark)) = modules(text) else { return html! {} };
    let mut path = String::new();
    for (at, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    let side = width + 2 * QUIET;
    html! {
        svg viewBox=(format!("0 0 {side} {side}")) role="img" aria-label="QR code of the address that joins this room" xmlns="http://www.w3.org/2000/svg" shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_has_its_corners_and_its_quiet_zone() {
        let drawn = in_terminal("http://192.168.1.20:7878/?code=K7M2QX");
        let lines: Vec<&str> = drawn.lines().collect();
        assert!(lines.len() > 12 && lines.iter().all(|line| line.chars().count() == lines[0].chars().count()));
        assert!(lines[0].chars().all(|c| c == '█'));
        assert!(svg("x").into_string().contains("<path"));
    }
}

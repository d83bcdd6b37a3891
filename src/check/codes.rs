//! Each code has a page: what it says, why, an example that fails and the same one mended. The pages are files; the tests are made from them.

use crate::diagnostic::wording::did_you_mean_or_list;

static PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/code_pages.rs"));

/// The page of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// Its text, in Markdown.
    pub text: &'static str,
}

impl Page {
    /// Its title, without the code.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let line = self.text.lines().next().unwrap_or("");
        line.split_once(": ").map_or(line, |(_, title)| title)
    }

    /// `error`, `warning` or `advice`.
    #[must_use]
    pub fn severity(&self) -> &'static str {
        self.text.lines().nth(2).unwrap_or("").trim_matches('*')
    }

    /// A fenced example under a heading: its kind (`ron`, `rhai`, `transcript`, `text`) and its text.
    #[must_use]
    pub fn example(&self, heading: &str) -> Option<(&'static str, &'static str)> {
        let under = self.text.split_once(&format!("## {heading}\n"))?.1;
        let fence = under.split_once("```")?.1;
        let (kind, rest) = fence.split_once('\n')?;
        let body = rest.split_once("\n```")?.0;
        Some((kind.trim(), body))
    }
}

/// Every page, in order of codes.
pub fn pages() -> impl Iterator<Item = Page> {
    PAGES.iter().map(|&(code, text)| Page { code, text })
}

/// The page of a code, in any case.
///
/// # Errors
/// A sentence with the nearest codes.
pub fn page(code: &str) -> Result<Page, String> {
    let wanted = code.trim().to_uppercase();
    pages().find(|page| page.code == wanted).ok_or_else(|| {
        let codes: Vec<&str> = PAGES.iter().map(|(code, _)| *code).collect();
        let hint = did_you_mean_or_list(&wanted, codes, "codes are").unwrap_or_default();
        format!("there is no code `{code}`; {hint}")
    })
}

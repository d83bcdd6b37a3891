//! What a page shows, as data: parts with an id each, and lists of parts. A page gets the whole of it once, and from then on only the parts that changed.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A part of a page.
pub type Part = (String, String);

/// What a page shows.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Parts by the id of their element; the HTML inside it.
    pub parts: Vec<Part>,
    /// Lists by the id of their element; each entry with its own id.
    pub lists: Vec<(String, Vec<Part>)>,
    /// The page has to go elsewhere.
    pub go: Option<&'static str>,
}

impl View {
    /// Adds a part.
    pub fn part(&mut self, id: &str, html: maud::Markup) {
        self.parts.push((id.to_owned(), html.into_string()));
    }

    /// Adds a list.
    pub fn list(&mut self, id: &str, entries: Vec<Part>) {
        self.lists.push((id.to_owned(), entries));
    }
}

/// What a page has already: a fingerprint a part.
#[derive(Clone, Debug, Default)]
pub struct Had {
    parts: BTreeMap<String, u64>,
    lists: BTreeMap<String, Vec<String>>,
}

impl Had {
    /// What of this view the page does not have yet, as the message it gets; `None` where nothing is new.
    pub fn news(&mut self, view: &View) -> Option<String> {
        if let Some(go) = view.go {
            return Some(json!({ "go": go }).to_string());
        }
        let mut set = Map::new();
        let mut order = Map::new();
        for (id, html) in &view.parts {
            self.note(id, html, &mut set);
        }
        for (list, entries) in &view.lists {
            for (id, html) in entries {
                self.note(id, html, &mut set);
            }
            let ids: Vec<String> = entries.iter().map(|(id, _)| id.clone()).collect();
            if self.lists.get(list) != Some(&ids) {
                order.insert(list.clone(), ids.iter().cloned().map(Value::String).collect());
                self.lists.insert(list.clone(), ids);
            }
        }
        (!set.is_empty() || !order.is_empty()).then(|| json!({ "set": set, "order": order }).to_string())
    }

    fn note(&mut self, id: &str, html: &str, set: &mut Map<String, Value>) {
        let print = fingerprint(html);
        if self.parts.get(id) != Some(&print) {
            self.parts.insert(id.to_owned(), print);
            set.insert(id.to_owned(), Value::String(html.to_owned()));
        }
    }
}

/// FNV-1a: two versions of one part that share it would be a coincidence in 2⁶⁴, and the next change mends it.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_sent_and_nothing_where_nothing_did() {
        let mut had = Had::default();
        let mut view =
            View { parts: vec![("a".into(), "1".into()), ("b".into(), "2".into())], lists: vec![("l".into(), vec![("t1".into(), "x".into())])], go: None };
        assert!(had.news(&view).unwrap().contains("\"t1\":\"x\""));
        assert_eq!(had.news(&view), None);
        view.parts[1].1 = "3".into();
        assert_eq!(had.news(&view).unwrap(), r#"{"set":{"b":"3"},"order":{}}"#);
        view.lists[0].1.clear();
        assert_eq!(had.news(&view).unwrap(), r#"{"set":{},"order":{"l":[]}}"#);
    }
}

//! The same picture for those who do not look at pictures: a table, a page with both, and JSON.

use super::{Graph, Met, Node, svg};
use crate::report::Page;
use crate::text::neutralise;
use maud::{DOCTYPE, PreEscaped, html};
use serde_json::Value;

/// The graph as text: lane by lane, a line a box.
#[must_use]
pub fn graph_text(page: &Page, graph: &Graph) -> String {
    let mut set = page.paragraph(0, &graph.title);
    if !graph.looked.is_empty() {
        set += &page.paragraph(0, &graph.looked);
    }
    for (lane, name) in graph.lanes.iter().enumerate() {
        set += &page.heading(&capital(&name.name));
        for node in graph.nodes.iter().filter(|node| node.lane == lane) {
            let mark = if matches!(node.met, Met::Never | Met::CannotOpen) { "! " } else { "  " };
            let small = if node.small.is_empty() { String::new() } else { format!(": {}", node.small.join("; ")) };
            set += &page.hanging(mark, "      ", &format!("{} {}{small}", node.kind.name(), node.label));
        }
    }
    let needs: Vec<String> =
        graph.edges.iter().filter(|edge| !edge.needs.is_empty()).map(|edge| format!("{} needs {} {}", edge.to, edge.from, edge.needs)).collect();
    if !needs.is_empty() {
        set += &page.heading("What waits for something else");
        for need in needs {
            set += &page.hanging("  ", "    ", &need);
        }
    }
    set
}

/// The graph as JSON.
#[must_use]
pub fn graph_json(graph: &Graph) -> Value {
    serde_json::to_value(graph).unwrap_or_default()
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:1.5rem auto;max-width:110rem;padding:0 1rem;color:#22303c;background:#fff}\
h1{font-size:1.4rem}svg{width:100%;height:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;margin-top:.5rem}\
th,td{padding:.3rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid #d8d4ca}td.n{text-align:right}caption{text-align:left;font-weight:600}\
tr.never td:first-child{border-left:4px double #a63a1d}";

/// A page that needs nothing beside it: the picture, and all of it as a table below.
#[must_use]
pub fn graph_page(graph: &Graph) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (neutralise(&graph.title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (PreEscaped(svg(graph)))
                h1 { "The same as a table" }
                @for (lane, name) in graph.lanes.iter().enumerate() {
                    table {
                        caption { (neutralise(&capital(&name.name))) }
                        thead { tr { th { "what" } th { "name" } th { "more" } th { "reached" } } }
                        tbody { @for node in graph.nodes.iter().filter(|node| node.lane == lane) { (row(node)) } }
                    }
                }
                table {
                    caption { "What leads to what" }
                    thead { tr { th { "from" } th { "to" } th { "condition" } } }
                    tbody { @for edge in &graph.edges { tr { td { (neutralise(&edge.from)) } td { (neutralise(&edge.to)) } td { (edge.needs) } } } }
                }
            }
        }
    }
    .into_string()
}

fn row(node: &Node) -> maud::Markup {
    let lost = matches!(node.met, Met::Never | Met::CannotOpen);
    let reached = match (node.met, node.times) {
        (Met::CannotOpen, _) => "cannot open".to_owned(),
        (_, None) => String::new(),
        (_, Some(0)) => "never".to_owned(),
        (_, Some(times)) => super::describe::grouped(times),
    };
    html! {
        tr class=[lost.then_some("never")] {
            td { (node.kind.name()) } td { (neutralise(&node.label)) } td { (neutralise(&node.small.join("; "))) } td.n { (reached) }
        }
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

//! The picture for Graphviz: ranks are left to it.

use super::{Graph, Kind, Met, Node};
use std::fmt::Write as _;

/// Fill colours by how often, from seldom to often; also those of the SVG.
pub(super) const SHADES: [&str; 5] = ["#ffffff", "#e4f1ee", "#c3e2dc", "#98cfc5", "#67b5a9"];
/// The colour of what was never reached.
pub(super) const NEVER: &str = "#a63a1d";

/// The graph in the DOT language.
#[must_use]
pub fn dot(graph: &Graph) -> String {
    let mut set = format!(
        "digraph {} {{\n  graph [rankdir=LR, fontname=\"sans-serif\", labelloc=t, label={}]\n  node [fontname=\"sans-serif\", fontsize=11]\n  edge [fontname=\"sans-serif\", fontsize=9, color=\"#6b7780\"]\n",
        quoted(&graph.scenario),
        quoted(&format!("{}\n{}", graph.title, graph.looked))
    );
    for (lane, name) in graph.lanes.iter().enumerate() {
        let _ = writeln!(set, "  subgraph cluster_{lane} {{ label={}; color=\"#d8d4ca\"", quoted(&name.name));
        for node in graph.nodes.iter().filter(|node| node.lane == lane) {
            let _ = writeln!(set, "    {} [{}]", quoted(&node.key), attributes(node));
        }
        set.push_str("  }\n");
    }
    for edge in &graph.edges {
        let more = if edge.needs.is_empty() { String::new() } else { format!(" [label={}, style=dashed, constraint=false]", quoted(&edge.needs)) };
        let _ = writeln!(set, "  {} -> {}{more}", quoted(&edge.from), quoted(&edge.to));
    }
    set.push_str("}\n");
    set
}

fn attributes(node: &Node) -> String {
    let label = std::iter::once(node.label.as_str()).chain(node.small.iter().map(String::as_str)).collect::<Vec<_>>().join("\n");
    let lost = matches!(node.met, Met::Never | Met::CannotOpen);
    let shape = match node.kind {
        _ if lost => "octagon",
        Kind::Topic => "ellipse",
        Kind::Gate => "box",
        Kind::Hook => "parallelogram",
        Kind::Reaction | Kind::Reactions => "note",
        Kind::Session | Kind::Promise | Kind::Pool => "box",
    };
    let style = if lost { "\"filled,dashed\"" } else { "filled" };
    let fill = match node.met {
        Met::Reached(step) => SHADES[usize::from(step.min(4))],
        _ => SHADES[0],
    };
    let line = if lost { format!(", color=\"{NEVER}\", penwidth=2") } else { String::new() };
    format!("label={}, shape={shape}, style={style}, fillcolor=\"{fill}\"{line}", quoted(&label))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", crate::text::neutralise(text).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

//! Builds the codebook, the weights, the shelf and the drills into the binary.
// What the build shares with the library is `pub` there.
#![allow(unreachable_pub)]

#[allow(dead_code, missing_docs)]
#[path = "src/appraisal/building.rs"]
mod appraisal;
#[path = "build/codebook.rs"]
mod codebook;
#[allow(dead_code, missing_docs)]
#[path = "src/diagnostic"]
mod diagnostic {
    pub mod span;
    pub use span::Span;
}
#[allow(dead_code, missing_docs)]
#[path = "src/scenario"]
mod scenario {
    pub mod tree;
}
#[path = "build/drills.rs"]
mod drills;
#[path = "build/scenarios.rs"]
mod scenarios;
#[allow(dead_code, missing_docs)]
#[path = "src/appraisal/scores/building.rs"]
mod scores;
#[path = "build/stored.rs"]
mod stored;
#[allow(dead_code, missing_docs)]
#[path = "src/text/building.rs"]
mod text;
#[path = "build/weights.rs"]
mod weights;

fn main() {
    let lexicon = codebook::compile_all();
    scenarios::embed(&lexicon);
    scenarios::embed_code_pages();
    drills::embed();
    weights::compile_all();
}

//! Builds the codebook, the weights, the shelf and the drills into the binary.
// What the build shares with the library is `pub` there.
#![allow(unreachable_pub)]

#[allow(dead_code, missing_docs)]
#[path = "src/appraisal/building.rs"]
mod appraisal;
#[path = "build/codebook.rs"]
mod codebook;
#[path = "build/drills.rs"]
mod drills;
#[path = "build/scenarios.rs"]
mod scenarios;
#[allow(dead_code, missing_docs)]
#[path = "src/appraisal/scores/building.rs"]
mod scores;
#[allow(dead_code, missing_docs)]
#[path = "src/text/building.rs"]
mod text;
#[path = "build/weights.rs"]
mod weights;

fn main() {
    scenarios::embed();
    scenarios::embed_code_pages();
    drills::embed();
    codebook::compile_all();
    weights::compile_all();
}

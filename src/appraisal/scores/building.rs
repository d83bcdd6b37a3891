//! The part of `scores` that `build.rs` uses: how the tables lie in memory.

#[path = "layout.rs"]
pub mod layout;
#[path = "pack.rs"]
pub mod pack;

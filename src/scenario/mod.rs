//! A client to sit with: the RON shape, the scenario made of it, and the shelf where scenarios come from.

pub mod shape;
pub mod transcript;
pub mod tree;

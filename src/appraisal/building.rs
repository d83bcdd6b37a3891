//! The part of `appraisal` that `build.rs` uses: acts, matrix rows, the codebook's shape, compiled patterns.

#[path = "act.rs"]
pub mod act;
#[path = "matrix.rs"]
pub mod matrix;
pub use act::Act;
pub use matrix::TrustFactor;

/// The codebook as far as it is needed to compile it.
pub mod codebook {
    #[path = "../codebook/compile.rs"]
    pub mod compile;
    #[path = "../codebook/file.rs"]
    pub mod file;
    #[path = "../codebook/heads.rs"]
    pub mod heads;
    #[path = "../codebook/program.rs"]
    pub mod program;
}

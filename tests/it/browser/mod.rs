//! The classroom in a real browser: every format with several students, an instructor and a projector; markup in every field; what a screen reader gets.

mod attack;
mod driver;
mod formats;

//! The classroom from outside, over real sockets.

mod class;
mod doors;
pub(crate) mod server;

//! The classroom from outside, over real sockets.

mod class;
mod doors;
mod load;
pub(crate) mod server;

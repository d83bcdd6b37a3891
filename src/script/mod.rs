//! Rhai scripts: judgement that a table cannot hold. **The script proposes, the engine disposes**: a hook gets read-only views of the
//! reply and the client and answers with a proposal, or with nothing, and then the scenario's own table answers.
//!
//! ```rhai
//! fn respond(turn, client) {
//!     if turn.says("your mother") && client.trust < 0.3 {
//!         return react().line("not_my_mother").shift("safety", -0.05, "her mother came up too early");
//!     }
//! }
//! ```
//! A script cannot stop, crash or bloat the program: see [`limits`]. One that fails leaves the turn to the scenario's table.

pub mod api;
mod faults;
mod hooks;
pub mod limits;
mod proposal;
mod register;
mod view;

pub use faults::Fault;
pub use hooks::{Hook, Script};
pub use proposal::{Proposal, Says};
pub use view::{Band, ClientView, Luck, Past, TurnView};

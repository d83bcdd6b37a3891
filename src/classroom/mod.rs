//! A class in one room: seats, formats, boards. A pure state machine: what people ask becomes events, events become the room, and the log of events is
//! all that has to be kept. No clock, no socket, no randomness: they come in from `interface::serve`.

pub mod activity;
pub mod agreeing;
pub mod ask;
pub mod board;
pub mod code;
pub mod drilling;
pub mod event;
pub mod instructive;
pub mod names;
pub mod play;
pub mod rating_items;
pub mod room;

pub use activity::{Activity, Stage, State};
pub use ask::{Ask, Refusal, Spot, Who};
pub use event::{Format, Happened, Place, RoomEvent, SeatId};
pub use play::{Play, TurnNote};
pub use room::{Room, Scenarios, Seat, Standing, Touched};

#[cfg(test)]
mod tests;

//! What is kept: one SQLite file in the data folder, for people, courses, sessions and their turns.
//!
//! A turn is acknowledged after it is durable. What is kept is ordered by sequence, never by time; times are there for people to read. Nothing that a person
//! kept is overwritten: a file that is damaged, newer or foreign is told in one sentence and left as it is. Rooms above this one use [`Record`] and the
//! functions of its modules on a [`rusqlite::Connection`], so that one writer may put several of them into one durable transaction ([`Record::write`]).

pub mod courses;
pub mod drills;
pub mod folder;
pub mod forget;
pub mod handin;
mod held;
pub mod id;
pub mod identifiers;
mod keeper;
pub mod migrations;
pub mod notes;
mod open;
pub mod people;
pub mod progress;
pub mod ratings;
pub mod revisit;
pub mod rooms;
mod salvage;
pub mod scenarios;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod summary;
pub mod transcript;
pub mod trouble;
pub mod turns;
pub mod whole;

pub use folder::DataDir;
pub use forget::Forget;
pub use handin::HandIn;
pub use held::Held;
pub use id::{CourseId, PersonId, SessionId};
pub use keeper::Keeper;
pub use open::{Note, Record, now};
pub use revisit::{Fidelity, Revisit};
pub use salvage::Salvaged;
pub use summary::Summary;
pub use trouble::Trouble;

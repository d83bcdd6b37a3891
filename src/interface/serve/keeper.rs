//! One writer for the room's log: events that come while a commit is under way go into the next one together, so that five hundred students share a few
//! flushes of the disk. An event counts as kept when it is on the disk.

use crate::classroom::RoomEvent;
use crate::record::Record;
use crate::record::rooms::{self, RoomId, RoomRow};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use tokio::sync::watch;

/// Events that wait for the writer; more than this and the disk is not keeping up at all.
const WAITING: usize = 8192;
/// One commit takes at most so many events.
const GROUP: usize = 2048;

/// How far the log is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Up to this event.
    pub seq: u64,
    /// Why nothing more is kept, where that is so: the class goes on in memory.
    pub trouble: Option<String>,
}

/// The way to the writer.
#[derive(Clone)]
pub struct Keeper {
    send: Option<SyncSender<RoomEvent>>,
    kept: watch::Sender<Kept>,
}

impl Keeper {
    /// Starts the writer. `from` is the last event that is kept already.
    #[must_use]
    pub fn start(record: Record, room: RoomId, from: u64) -> Self {
        let (send, receive) = sync_channel(WAITING);
        let (kept, _) = watch::channel(Kept { seq: from, trouble: None });
        let keeper = Self { send: Some(send), kept: kept.clone() };
        let writer = std::thread::Builder::new().name("record".into()).spawn(move || write(record, room, &receive, &kept));
        if let Err(cause) = writer {
            keeper.kept.send_modify(|kept| kept.trouble = Some(format!("the writer could not be started ({cause})")));
        }
        keeper
    }

    /// Nothing is kept, for this reason.
    #[must_use]
    pub fn in_memory(why: String) -> Self {
        Self { send: None, kept: watch::channel(Kept { seq: 0, trouble: Some(why) }).0 }
    }

    /// Hands an event over; in the order of the calls.
    pub fn keep(&self, event: RoomEvent) {
        let Some(send) = &self.send else { return };
        let sorry = match send.try_send(event) {
            Ok(()) => return,
            Err(TrySendError::Full(_)) => "the disk does not keep up",
            Err(TrySendError::Disconnected(_)) => "the writer has stopped",
        };
        self.kept.send_modify(|kept| kept.trouble = kept.trouble.take().or_else(|| Some(sorry.to_owned())));
    }

    /// How far the log is kept, to be watched.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Kept> {
        self.kept.subscribe()
    }

    /// Waits until the log is kept up to this event. False where nothing is kept any more.
    pub async fn kept_up_to(&self, seq: u64) -> bool {
        let mut kept = self.watch();
        match kept.wait_for(|kept| kept.seq >= seq || kept.trouble.is_some()).await {
            Ok(kept) => kept.trouble.is_none(),
            Err(_) => false,
        }
    }

    /// Why nothing is kept, where that is so.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.kept.borrow().trouble.clone()
    }
}

fn write(mut record: Record, room: RoomId, receive: &Receiver<RoomEvent>, kept: &watch::Sender<Kept>) {
    while let Ok(first) = receive.recv() {
        let group: Vec<RoomEvent> = std::iter::once(first).chain(receive.try_iter().take(GROUP - 1)).collect();
        let last = group.last().map_or(0, |event| event.seq);
        let closes = group.iter().any(|event| matches!(event.what, crate::classroom::Happened::RoomClosed));
        let written = record.write(|connection| {
            for event in &group {
                let what = serde_json::to_string(&event.what).unwrap_or_default();
                rooms::append(connection, room, &RoomRow { seq: event.seq, at: event.at, what })?;
            }
            if closes { rooms::close(connection, room) } else { Ok(()) }
        });
        match written {
            Ok(()) => kept.send_modify(|kept| kept.seq = last),
            Err(trouble) => {
                // After a failed flush nobody knows what the disk holds: it is told, and not tried again.
                kept.send_modify(|kept| kept.trouble = Some(trouble.to_string()));
                return;
            }
        }
    }
}

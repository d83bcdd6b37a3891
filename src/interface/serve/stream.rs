//! A page that is open is told what changed, five times a second at most: the whole state behind it, only the difference on the wire. What is shown is on
//! the disk before it is sent.

use super::hall::{Hall, Role};
use super::pages::{instructor, student, wall};
use super::view::{Had, View};
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Five updates a second (parts notes: boards coalesced to a few a second).
const COALESCED: Duration = Duration::from_millis(200);
/// A line now and then, so that a connection that died is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What this page shows now, and up to which event.
#[must_use]
pub fn view(hall: &Hall, role: Role) -> (View, u64) {
    let online = if matches!(role, Role::Seat(_)) { Vec::new() } else { hall.online() };
    let trouble = hall.keeper().trouble().is_some();
    hall.look(|room| {
        let view = match role {
            Role::Seat(seat) => student::view(room, seat, trouble),
            Role::Instructor => instructor::view(room, hall, &online),
            Role::Wall => wall::view(room, hall, room.present().count()),
        };
        (view, room.seq)
    })
}

/// The whole state, once, as the stream would send it first.
pub async fn state(hall: &Hall, role: Role) -> String {
    let (view, seq) = view(hall, role);
    hall.keeper().kept_up_to(seq).await;
    Had::default().news(&view).unwrap_or_else(|| "{}".to_owned())
}

/// A seat's page is counted while this lives.
struct Page(Arc<Hall>, Role);

impl Drop for Page {
    fn drop(&mut self) {
        if let Role::Seat(seat) = self.1 {
            self.0.page(seat, false);
        }
    }
}

/// The stream of a page.
pub fn events(hall: &Arc<Hall>, role: Role) -> Response {
    if let Role::Seat(seat) = role
        && !hall.page(seat, true)
    {
        return (axum::http::StatusCode::TOO_MANY_REQUESTS, "This seat is open in too many places. Close one of them.").into_response();
    }
    let page = Page(Arc::clone(hall), role);
    let (own, all) = hall.bells(role);
    let state = Listening { closing: hall.closing(), trouble: hall.keeper().watch(), page, own, all, had: Had::default(), last: None };
    let stream = stream::unfold(state, |mut state| async move {
        let text = state.next().await?;
        Some((Ok::<Bytes, Infallible>(Bytes::from(text)), state))
    });
    let headers =
        [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store"), (header::HeaderName::from_static("x-accel-buffering"), "no")];
    (headers, Body::from_stream(stream)).into_response()
}

struct Listening {
    page: Page,
    own: tokio::sync::watch::Receiver<u64>,
    all: tokio::sync::watch::Receiver<u64>,
    trouble: tokio::sync::watch::Receiver<super::keeper::Kept>,
    closing: tokio::sync::watch::Receiver<bool>,
    had: Had,
    last: Option<Instant>,
}

impl Listening {
    /// The next text to send; `None` where the stream ends.
    async fn next(&mut self) -> Option<String> {
        loop {
            if *self.closing.borrow() {
                return None;
            }
            if let Some(last) = self.last {
                let rung = tokio::select! {
                    rung = timeout(HEARTBEAT, async { tokio::select! { a = self.own.changed() => a.is_ok(), b = self.all.changed() => b.is_ok(), c = self.trouble.wait_for(|kept| kept.trouble.is_some()), if self.trouble.borrow().trouble.is_none() => c.is_ok() } }) => rung,
                    _ = self.closing.wait_for(|closing| *closing) => return None,
                };
                match rung {
                    Ok(true) => {}
                    Ok(false) => return None,
                    Err(_) => return Some(": still here\n\n".to_owned()),
                }
                // What comes in the meantime goes along.
                tokio::time::sleep_until(last + COALESCED).await;
            }
            self.own.mark_unchanged();
            self.all.mark_unchanged();
            let (view, seq) = view(&self.page.0, self.page.1);
            self.page.0.keeper().kept_up_to(seq).await;
            let first = self.last.is_none();
            self.last = Some(Instant::now());
            if let Some(news) = self.had.news(&view) {
                return Some(format!("data: {news}\n\n"));
            }
            if first {
                return Some(": here\n\n".to_owned());
            }
        }
    }
}

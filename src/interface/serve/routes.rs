//! What can be asked for, and by whom. Every route looks at its role first; nothing is changed by GET.

use super::hall::{Door, Hall, Role};
use super::pages::{debrief, instructor, join, student, wall};
use super::{assets, guard, home, looks, stream};
use crate::classroom::{Ask, Place, Spot, Who};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;

/// The largest body of a request (safety notes, "Classroom server").
const BODY: usize = 16 * 1024;

type Shared = State<Arc<Hall>>;

/// All routes.
pub fn router(hall: Arc<Hall>) -> Router {
    Router::new()
        .route("/", get(front))
        .route("/join", post(join_room))
        .route("/seat", get(seat_page))
        .route("/seat/stream", get(seat_stream))
        .route("/seat/state", get(seat_state))
        .route("/seat/do", post(seat_do))
        .route("/seat/debrief", get(seat_debrief))
        .route("/teach", get(teach_page))
        .route("/teach/enter", post(teach_enter))
        .route("/teach/stream", get(teach_stream))
        .route("/teach/state", get(teach_state))
        .route("/teach/do", post(teach_do))
        .route("/teach/board.html", get(home::board))
        .route("/teach/scores.csv", get(home::scores))
        .route("/teach/statements.jsonl", get(home::statements))
        .route("/wall", get(wall_page))
        .route("/wall/enter", post(wall_enter))
        .route("/wall/stream", get(wall_stream))
        .route("/wall/state", get(wall_state))
        .route("/static/page.js", get(assets::script))
        .route("/static/page.css", get(assets::style))
        .route("/static/icon.svg", get(assets::icon))
        .fallback(|| async { (StatusCode::NOT_FOUND, "There is nothing here. Students join at the address without anything behind it.") })
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(Arc::clone(&hall), guard::guard))
        .with_state(hall)
}

/// A sentence for the person, with a status for the browser.
fn say(status: StatusCode, sentence: &str) -> Response {
    (status, axum::Json(json!({ "say": sentence }))).into_response()
}

/// A cookie's value. Each role has its own, so that one browser can be all three.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';')).find_map(|one| one.trim().strip_prefix(name)?.strip_prefix('='))
}

fn with_cookie(hall: &Hall, name: &str, token: &str, body: &serde_json::Value) -> Response {
    let secure = if hall.address.scheme == "https" { "; Secure" } else { "" };
    // A day: longer than any class, and a seat survives a sleeping phone.
    let cookie = format!("{name}={token}; Path=/; Max-Age=86400; HttpOnly; SameSite=Strict{secure}");
    ([(header::SET_COOKIE, cookie)], axum::Json(body)).into_response()
}

const SEAT: &str = "practicum_seat";
const TEACH: &str = "practicum_teach";
const WALL: &str = "practicum_wall";

/// The seat of this browser.
fn seat(hall: &Hall, headers: &HeaderMap) -> Option<Role> {
    cookie(headers, SEAT).and_then(|token| hall.seat_of(token)).map(Role::Seat)
}

/// Whether this browser is an instructor's.
pub(super) fn teaches(hall: &Hall, headers: &HeaderMap) -> Option<Role> {
    cookie(headers, TEACH).filter(|token| hall.is(Role::Instructor, token)).map(|_| Role::Instructor)
}

/// Whether this browser may show the projector's page.
fn projects(hall: &Hall, headers: &HeaderMap) -> Option<Role> {
    let own = cookie(headers, WALL).is_some_and(|token| hall.is(Role::Wall, token));
    (own || teaches(hall, headers).is_some()).then_some(Role::Wall)
}

/// Said where a role is missing.
pub(super) fn not_yours() -> Response {
    say(StatusCode::UNAUTHORIZED, "This page is not open to you, or not any more. Come in again.")
}

#[derive(Deserialize)]
struct Brought {
    code: Option<String>,
}

async fn front(State(hall): Shared, headers: HeaderMap, Query(brought): Query<Brought>) -> Response {
    if seat(&hall, &headers).is_some() {
        return Redirect::to("/seat").into_response();
    }
    join::page(brought.code.as_deref()).into_response_html()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    code: String,
}

async fn join_room(State(hall): Shared, ConnectInfo(from): ConnectInfo<SocketAddr>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(Code { code }) = serde_json::from_slice(&body) else { return say(StatusCode::BAD_REQUEST, "Type the code of six letters and digits.") };
    let (door, seq) = hall.join(&code, from.ip(), cookie(&headers, SEAT));
    match door {
        Door::Joined(token) => {
            hall.keeper().kept_up_to(seq).await;
            with_cookie(&hall, SEAT, &token, &json!({ "go": "/seat" }))
        }
        Door::Refused(why) => say(StatusCode::FORBIDDEN, &why),
    }
}

async fn seat_page(State(hall): Shared, headers: HeaderMap) -> Response {
    match seat(&hall, &headers) {
        Some(_) => student::page().into_response_html(),
        None => Redirect::to("/").into_response(),
    }
}

async fn seat_stream(State(hall): Shared, headers: HeaderMap) -> Response {
    seat(&hall, &headers).map_or_else(not_yours, |role| stream::events(&hall, role))
}

async fn seat_state(State(hall): Shared, headers: HeaderMap) -> Response {
    match seat(&hall, &headers) {
        Some(role) => as_json(stream::state(&hall, role).await),
        None => not_yours(),
    }
}

async fn seat_do(State(hall): Shared, headers: HeaderMap, body: Bytes) -> Response {
    let Some(Role::Seat(seat)) = seat(&hall, &headers) else { return not_yours() };
    done(&hall, Who::Seat(seat), &body).await
}

#[derive(Deserialize)]
struct Of {
    of: Option<String>,
}

async fn seat_debrief(State(hall): Shared, headers: HeaderMap, Query(of): Query<Of>) -> Response {
    let Some(Role::Seat(seat)) = seat(&hall, &headers) else { return Redirect::to("/").into_response() };
    let place = if of.of.as_deref() == Some("practice") { Place::Practice(seat) } else { Place::Own(seat) };
    let (whole, numbers) =
        hall.look(|room| (room.play(place).filter(|play| !play.notes().is_empty()).and_then(crate::classroom::Play::whole), room.switches.numbers));
    whole.map_or_else(debrief::none, |session| debrief::page(&session.debrief(), numbers)).into_response_html()
}

async fn teach_page(State(hall): Shared, headers: HeaderMap) -> Response {
    match teaches(&hall, &headers) {
        Some(_) => instructor::page().into_response_html(),
        None => join::locked("/teach", "instructor").into_response_html(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    secret: String,
}

async fn teach_enter(State(hall): Shared, ConnectInfo(from): ConnectInfo<SocketAddr>, body: Bytes) -> Response {
    enter(&hall, Role::Instructor, TEACH, "/teach", from, &body)
}

async fn wall_enter(State(hall): Shared, ConnectInfo(from): ConnectInfo<SocketAddr>, body: Bytes) -> Response {
    enter(&hall, Role::Wall, WALL, "/wall", from, &body)
}

fn enter(hall: &Hall, role: Role, name: &str, go: &str, from: SocketAddr, body: &[u8]) -> Response {
    let Ok(Secret { secret }) = serde_json::from_slice(body) else { return say(StatusCode::BAD_REQUEST, "The link is not whole.") };
    match hall.enter(role, secret.trim(), from.ip()) {
        Door::Joined(token) => with_cookie(hall, name, &token, &json!({ "go": go })),
        Door::Refused(why) => say(StatusCode::FORBIDDEN, &why),
    }
}

async fn teach_stream(State(hall): Shared, headers: HeaderMap) -> Response {
    teaches(&hall, &headers).map_or_else(not_yours, |role| stream::events(&hall, role))
}

async fn teach_state(State(hall): Shared, headers: HeaderMap) -> Response {
    match teaches(&hall, &headers) {
        Some(role) => as_json(stream::state(&hall, role).await),
        None => not_yours(),
    }
}

async fn teach_do(State(hall): Shared, headers: HeaderMap, body: Bytes) -> Response {
    if teaches(&hall, &headers).is_none() {
        return not_yours();
    }
    done(&hall, Who::Instructor, &body).await
}

async fn wall_page(State(hall): Shared, headers: HeaderMap) -> Response {
    match projects(&hall, &headers) {
        Some(_) => wall::page().into_response_html(),
        None => join::locked("/wall", "projector").into_response_html(),
    }
}

async fn wall_stream(State(hall): Shared, headers: HeaderMap) -> Response {
    projects(&hall, &headers).map_or_else(not_yours, |role| stream::events(&hall, role))
}

async fn wall_state(State(hall): Shared, headers: HeaderMap) -> Response {
    match projects(&hall, &headers) {
        Some(role) => as_json(stream::state(&hall, role).await),
        None => not_yours(),
    }
}

fn as_json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Asks, waits until it is on the disk, answers.
async fn done(hall: &Arc<Hall>, who: Who, body: &[u8]) -> Response {
    // What did not come as one of the forms sends it was not typed by a person.
    let Ok(ask) = serde_json::from_slice::<Ask>(body) else { return say(StatusCode::BAD_REQUEST, "This was not understood, so nothing was done.") };
    let look = if let Ask::Look { spot, at } = &ask { Some((*spot, *at)) } else { None };
    match hall.ask(who, ask) {
        Err((sentence, too_fast)) => say(if too_fast { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::CONFLICT }, &sentence),
        Ok(seq) => {
            hall.keeper().kept_up_to(seq).await;
            let shown = look.and_then(|(spot, at)| looked(hall, who, spot, at));
            axum::Json(shown.map_or_else(|| json!({}), |show| json!({ "show": show }))).into_response()
        }
    }
}

fn looked(hall: &Hall, who: Who, spot: Spot, at: crate::classroom::event::LookAt) -> Option<String> {
    let Who::Seat(seat) = who else { return None };
    let place = match spot {
        Spot::Own => Place::Own(seat),
        Spot::Practice => Place::Practice(seat),
        Spot::Wall | Spot::Group => return None,
    };
    hall.look(|room| looks::text(room, place, at)).map(maud::PreEscaped::into_string)
}

/// HTML out of a template.
trait IntoHtml {
    fn into_response_html(self) -> Response;
}

impl IntoHtml for maud::Markup {
    fn into_response_html(self) -> Response {
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], self.into_string()).into_response()
    }
}

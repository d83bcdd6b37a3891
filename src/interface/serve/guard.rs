//! What every request has to pass: hosts and origins that are ours, a method that fits, and headers that keep a page from doing what it was not written for.

use super::hall::Hall;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// Everything comes from this server; no inline script or style, no frame around it.
const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'";
/// An answer that takes longer than this will not come: a body that trickles in is somebody holding a connection.
const PATIENCE: Duration = Duration::from_secs(10);

const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Lets a request through, or answers it with a plain sentence.
pub async fn guard(State(hall): State<Arc<Hall>>, request: Request<Body>, next: Next) -> Response {
    let mut response = match refusal(&hall, request.method(), request.headers()) {
        Some((status, sentence)) => (status, sentence).into_response(),
        None => match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            Err(_) => (StatusCode::REQUEST_TIMEOUT, "This took too long, so it was let go.").into_response(),
        },
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Why a request does not get through.
fn refusal(hall: &Hall, method: &Method, headers: &HeaderMap) -> Option<(StatusCode, &'static str)> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST);
    if !host.is_some_and(|host| hall.address.allowed.iter().any(|ours| ours.eq_ignore_ascii_case(host))) {
        return Some((StatusCode::MISDIRECTED_REQUEST, "This server answers only to its own address, as the program printed it."));
    }
    // A page of another site may not even read: `none` is an address typed by hand.
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site"))
        && !matches!(site, "same-origin" | "none")
        && !is_a_link(headers)
    {
        return Some((StatusCode::FORBIDDEN, "Pages of other sites get nothing here."));
    }
    match *method {
        Method::GET | Method::HEAD => None,
        Method::POST => {
            // What changes something comes from a page of ours, and says so.
            let origin = text(header::ORIGIN).and_then(|origin| origin.strip_prefix(hall.address.scheme)?.strip_prefix("://"));
            let ours = origin.is_some_and(|origin| host.is_some_and(|host| origin.eq_ignore_ascii_case(host)));
            (!ours).then_some((StatusCode::FORBIDDEN, "This came from another site, so nothing was done."))
        }
        _ => Some((StatusCode::METHOD_NOT_ALLOWED, "Only GET and POST are answered here.")),
    }
}

/// Following a link from elsewhere to a page is fine; fetching one from a script is not.
fn is_a_link(headers: &HeaderMap) -> bool {
    let is = |name: &'static str, value: &str| headers.get(name).is_some_and(|found| found.as_bytes() == value.as_bytes());
    is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document")
}

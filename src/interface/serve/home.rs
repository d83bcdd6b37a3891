//! What an instructor takes home: only for the instructor, only when asked for.

use super::hall::Hall;
use super::routes::{not_yours, teaches};
use crate::report::class_home::{Platform, boards, scores as table, statements as all_statements};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;

/// The boards as one page.
pub async fn board(State(hall): State<Arc<Hall>>, headers: HeaderMap) -> Response {
    if teaches(&hall, &headers).is_none() {
        return not_yours();
    }
    file("practicum-boards.html", "text/html; charset=utf-8", hall.look(|room| boards(room)))
}

/// What the table is for.
#[derive(Deserialize)]
pub struct For {
    r#for: Option<String>,
}

/// The scores of those who agreed.
pub async fn scores(State(hall): State<Arc<Hall>>, headers: HeaderMap, Query(what): Query<For>) -> Response {
    if teaches(&hall, &headers).is_none() {
        return not_yours();
    }
    let platform = match what.r#for.as_deref() {
        Some("canvas") => Platform::Canvas,
        Some("moodle") => Platform::Moodle,
        _ => return (StatusCode::BAD_REQUEST, "Say whether it is for Canvas or for Moodle.").into_response(),
    };
    file("practicum-scores.csv", "text/csv; charset=utf-8", hall.look(|room| table(room, platform)))
}

/// xAPI statements of those who agreed.
pub async fn statements(State(hall): State<Arc<Hall>>, headers: HeaderMap) -> Response {
    if teaches(&hall, &headers).is_none() {
        return not_yours();
    }
    file("practicum-statements.jsonl", "application/jsonl; charset=utf-8", hall.look(|room| all_statements(room)))
}

fn file(name: &str, kind: &'static str, text: String) -> Response {
    let named = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).unwrap_or(HeaderValue::from_static("attachment"));
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, named)], text).into_response()
}

//! The one script and the one stylesheet, in the binary.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The script: it shows what the server says and sends what people do. It decides nothing.
pub const SCRIPT: &str = include_str!("page.js");
/// The stylesheet, shared with the pages that are taken home.
pub const STYLE: &str = crate::report::class_page::STYLE;

/// Changes with the program, so that a browser never keeps an old one.
const FRESH: &str = "public, max-age=3600";

/// The script.
pub async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, FRESH)], SCRIPT).into_response()
}

/// The stylesheet.
pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, FRESH)], STYLE).into_response()
}

/// Nothing to see, and no 404 in the browser's console.
pub async fn icon() -> Response {
    const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#1f5f66" d="M2 2h12v9H8l-4 3v-3H2z"/></svg>"##;
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, FRESH)], ICON).into_response()
}

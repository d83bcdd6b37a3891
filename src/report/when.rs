//! Times for people: the day and the hour where they sit. Nothing is ordered by them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// "25 November 2026, 14:05", of milliseconds since 1970.
#[must_use]
pub fn when(milliseconds: i64) -> String {
    formatted(milliseconds, "%-d %B %Y, %H:%M")
}

/// "2026-11-25 14:05", for lists.
#[must_use]
pub fn short(milliseconds: i64) -> String {
    formatted(milliseconds, "%Y-%m-%d %H:%M")
}

/// "2026-11-25T13:05:00.000Z", for programs.
#[must_use]
pub fn iso(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).map_or_else(|_| String::new(), |at| at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

fn formatted(milliseconds: i64, form: &str) -> String {
    Timestamp::from_millisecond(milliseconds).map_or_else(|_| "some time".to_owned(), |at| at.to_zoned(TimeZone::system()).strftime(form).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_read_utc() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(when(i64::MAX), "some time");
    }
}

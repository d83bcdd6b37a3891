//! How much one seat, one address and the whole world may ask. The clock comes in as an argument, so that tests need not wait.

use std::collections::BTreeMap;
use std::net::IpAddr;

/// Two turns a second with a burst of five (safety notes, "Classroom server").
const A_SECOND: f64 = 2.0;
const BURST: f64 = 5.0;

/// A bucket of permissions that fills by itself.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: i64,
}

/// Buckets by seat; the instructor is seat 0.
#[derive(Debug, Default)]
pub struct Pace {
    buckets: BTreeMap<u32, Bucket>,
}

impl Pace {
    /// Whether this seat may ask something now (milliseconds).
    pub fn allows(&mut self, seat: u32, now: i64) -> bool {
        let bucket = self.buckets.entry(seat).or_insert(Bucket { left: BURST, at: now });
        let passed = (now - bucket.at).max(0) as f64 / 1000.0;
        bucket.left = (bucket.left + passed * A_SECOND).min(BURST);
        bucket.at = now;
        if bucket.left < 1.0 {
            return false;
        }
        bucket.left -= 1.0;
        true
    }
}

/// Wrong guesses from one address before it has to wait.
const GUESSES: u32 = 5;
/// Wrong guesses from everywhere within [`WINDOW`] before joins go to approval.
const GUESSES_OF_ALL: usize = 60;
/// Milliseconds.
const WINDOW: i64 = 60_000;
/// The longest wait of an address after a wrong guess, in milliseconds.
const LONGEST_WAIT: i64 = 60_000;
/// Addresses that are remembered; the one that guessed longest ago is forgotten first.
const ADDRESSES: usize = 4096;

#[derive(Clone, Copy, Debug, Default)]
struct Guesser {
    wrong: u32,
    last: i64,
    until: i64,
}

/// Guesses at codes and secrets, by address and in all.
#[derive(Debug, Default)]
pub struct Guesses {
    by: BTreeMap<IpAddr, Guesser>,
    all: Vec<i64>,
}

impl Guesses {
    /// Milliseconds that this address has still to wait; 0 where it has not.
    #[must_use]
    pub fn wait(&self, from: IpAddr, now: i64) -> i64 {
        self.by.get(&from).map_or(0, |guesser| (guesser.until - now).max(0))
    }

    /// Whether so many guess from everywhere that a right code goes to approval.
    #[must_use]
    pub fn at_the_cap(&self, now: i64) -> bool {
        self.all.iter().filter(|at| now - **at < WINDOW).count() >= GUESSES_OF_ALL
    }

    /// A wrong guess: from the sixth on the address waits, each time twice as long.
    pub fn wrong(&mut self, from: IpAddr, now: i64) {
        self.all.retain(|at| now - at < WINDOW);
        if self.all.len() < GUESSES_OF_ALL {
            self.all.push(now);
        }
        let guesser = self.by.entry(from).or_default();
        if now - guesser.last > 10 * WINDOW {
            guesser.wrong = 0;
        }
        guesser.wrong = guesser.wrong.saturating_add(1);
        guesser.last = now;
        if let Some(over) = guesser.wrong.checked_sub(GUESSES) {
            guesser.until = now + (1000_i64 << over.min(6)).min(LONGEST_WAIT);
        }
        if self.by.len() > ADDRESSES
            && let Some(oldest) = self.by.iter().min_by_key(|(_, guesser)| guesser.last).map(|(address, _)| *address)
        {
            self.by.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_at_once_then_two_a_second() {
        let mut pace = Pace::default();
        assert_eq!((0..10).filter(|_| pace.allows(1, 0)).count(), 5);
        assert!(pace.allows(2, 0));
        assert_eq!((1..=20).filter(|tenth| pace.allows(1, tenth * 100)).count(), 4);
        assert_eq!((0..10).filter(|_| pace.allows(1, 100_000)).count(), 5);
        assert!(!pace.allows(1, 0), "a clock that jumps back gives nothing away");
    }

    #[test]
    fn guesses_are_slowed_by_address_and_at_the_cap_joins_wait_for_approval() {
        let mut guesses = Guesses::default();
        let from = |last: u8| IpAddr::from([10, 0, 0, last]);
        for _ in 0..4 {
            guesses.wrong(from(1), 0);
        }
        assert_eq!(guesses.wait(from(1), 0), 0);
        guesses.wrong(from(1), 0);
        let first = guesses.wait(from(1), 0);
        guesses.wrong(from(1), 0);
        assert!(guesses.wait(from(1), 0) == 2 * first && first > 0);
        assert_eq!(guesses.wait(from(2), 0), 0);
        assert!(!guesses.at_the_cap(0));
        for address in 0..60 {
            guesses.wrong(from(address), 1000);
        }
        assert!(guesses.at_the_cap(1000));
        assert!(!guesses.at_the_cap(1000 + WINDOW));
    }
}

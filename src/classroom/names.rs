//! Assigned pseudonyms: two kind words, so that nobody has to give a name and everybody can be spoken of.

const FIRST: [&str; 26] = [
    "Amber", "Autumn", "Bright", "Calm", "Cedar", "Clear", "Coral", "Dawn", "Early", "Evening", "Fern", "Garden", "Gentle", "Golden", "Harbour", "Hazel",
    "Island", "Ivory", "Maple", "Meadow", "Morning", "Quiet", "River", "Silver", "Summer", "Winter",
];
const SECOND: [&str; 26] = [
    "Badger", "Bear", "Crane", "Curlew", "Dolphin", "Dove", "Falcon", "Finch", "Fox", "Hare", "Heron", "Kestrel", "Lark", "Lynx", "Marten", "Moth", "Otter",
    "Owl", "Plover", "Raven", "Robin", "Seal", "Sparrow", "Swift", "Thrush", "Wren",
];

/// The pseudonym of seat n (1, 2, 3 …) in a room with this seed. The first 676 differ; from there on a number is added.
#[must_use]
pub fn pseudonym(seed: u64, seat: u32) -> String {
    let all = (FIRST.len() * SECOND.len()) as u64;
    let place = u64::from(seat.max(1)) - 1;
    // A step that shares no factor with 676 = 2² · 13² visits every pair once; it is odd and no multiple of 13.
    const STEP: u64 = 185;
    let at = (seed % all + place * STEP) % all;
    let (first, second) = (FIRST[(at / 26) as usize % 26], SECOND[(at % 26) as usize]);
    match place / all {
        0 => format!("{first} {second}"),
        more => format!("{first} {second} {}", more + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_seats_of_a_large_class_share_a_name() {
        let names: BTreeSet<String> = (1..=1000).map(|seat| pseudonym(42, seat)).collect();
        assert_eq!(names.len(), 1000);
    }
}

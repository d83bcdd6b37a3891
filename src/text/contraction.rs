//! Contractions spelled out, so that `don't`, `dont` and `do not` are the same words to every rule.
//!
//! Also used by `build.rs`, so this file names nothing else of the crate.

/// Contractions, all ways to write each, and the words that they stand for.
pub const SPELLED_OUT: &[(&[&str], &[&str])] = &[
    (&["don't", "dont"], &["do", "not"]),
    (&["doesn't", "doesnt"], &["does", "not"]),
    (&["didn't", "didnt"], &["did", "not"]),
    (&["can't", "cant", "cannot"], &["can", "not"]),
    (&["couldn't", "couldnt"], &["could", "not"]),
    (&["won't", "wont"], &["will", "not"]),
    (&["wouldn't", "wouldnt"], &["would", "not"]),
    (&["shouldn't", "shouldnt"], &["should", "not"]),
    (&["mustn't", "mustnt"], &["must", "not"]),
    (&["mightn't"], &["might", "not"]),
    (&["needn't", "neednt"], &["need", "not"]),
    (&["isn't", "isnt"], &["is", "not"]),
    (&["aren't", "arent"], &["are", "not"]),
    (&["wasn't", "wasnt"], &["was", "not"]),
    (&["weren't", "werent"], &["were", "not"]),
    (&["hasn't", "hasnt"], &["has", "not"]),
    (&["haven't", "havent"], &["have", "not"]),
    (&["hadn't", "hadnt"], &["had", "not"]),
    (&["ain't", "aint"], &["is", "not"]),
    (&["i'm", "im"], &["i", "am"]),
    (&["i've", "ive"], &["i", "have"]),
    (&["i'll"], &["i", "will"]),
    (&["i'd"], &["i", "would"]),
    (&["you're", "youre"], &["you", "are"]),
    (&["you've", "youve"], &["you", "have"]),
    (&["you'll", "youll"], &["you", "will"]),
    (&["you'd", "youd"], &["you", "would"]),
    (&["we're"], &["we", "are"]),
    (&["we've", "weve"], &["we", "have"]),
    (&["we'll"], &["we", "will"]),
    (&["we'd"], &["we", "would"]),
    (&["they're", "theyre"], &["they", "are"]),
    (&["they've", "theyve"], &["they", "have"]),
    (&["they'll", "theyll"], &["they", "will"]),
    (&["they'd", "theyd"], &["they", "would"]),
    (&["he's", "hes"], &["he", "is"]),
    (&["he'll"], &["he", "will"]),
    (&["he'd"], &["he", "would"]),
    (&["she's", "shes"], &["she", "is"]),
    (&["she'll"], &["she", "will"]),
    (&["she'd"], &["she", "would"]),
    (&["it's"], &["it", "is"]),
    (&["it'll", "itll"], &["it", "will"]),
    (&["it'd"], &["it", "would"]),
    (&["that's", "thats"], &["that", "is"]),
    (&["that'll"], &["that", "will"]),
    (&["that'd"], &["that", "would"]),
    (&["this's"], &["this", "is"]),
    (&["there's", "theres"], &["there", "is"]),
    (&["there'll"], &["there", "will"]),
    (&["there'd"], &["there", "would"]),
    (&["here's", "heres"], &["here", "is"]),
    (&["what's", "whats"], &["what", "is"]),
    (&["what're"], &["what", "are"]),
    (&["what'd"], &["what", "did"]),
    (&["who's"], &["who", "is"]),
    (&["who'd"], &["who", "would"]),
    (&["where's", "wheres"], &["where", "is"]),
    (&["when's"], &["when", "is"]),
    (&["why's"], &["why", "is"]),
    (&["how's", "hows"], &["how", "is"]),
    (&["how'd"], &["how", "did"]),
    (&["let's", "lets"], &["let", "us"]),
    (&["should've", "shouldve"], &["should", "have"]),
    (&["could've", "couldve"], &["could", "have"]),
    (&["would've", "wouldve"], &["would", "have"]),
    (&["might've"], &["might", "have"]),
    (&["must've", "mustve"], &["must", "have"]),
    (&["someone's"], &["someone", "is"]),
    (&["everyone's"], &["everyone", "is"]),
    (&["nobody's"], &["nobody", "is"]),
    (&["something's"], &["something", "is"]),
    (&["everything's"], &["everything", "is"]),
    (&["nothing's"], &["nothing", "is"]),
    (&["gonna"], &["going", "to"]),
    (&["wanna"], &["want", "to"]),
    (&["gotta"], &["got", "to"]),
    (&["hafta"], &["have", "to"]),
    (&["kinda"], &["kind", "of"]),
    (&["sorta"], &["sort", "of"]),
    (&["lemme"], &["let", "me"]),
    (&["gimme"], &["give", "me"]),
    (&["dunno"], &["do", "not", "know"]),
    (&["'cause", "cuz", "coz", "cos"], &["because"]),
    (&["u"], &["you"]),
    (&["ur"], &["your"]),
    (&["ok", "okey", "k"], &["okay"]),
    (&["yea", "yah"], &["yeah"]),
    (&["alright"], &["all", "right"]),
    (&["mum", "mom", "momma", "mummy", "mommy"], &["mum"]),
];

/// The words that a contraction stands for; `None` where it is an ordinary word.
#[must_use]
pub fn spelled_out(word: &str) -> Option<&'static [&'static str]> {
    SPELLED_OUT.iter().find(|(forms, _)| forms.contains(&word)).map(|(_, words)| *words)
}

/// Whether `its`, followed by this word, was meant as `it's`.
#[must_use]
pub fn its_means_it_is(next: &str) -> bool {
    matches!(
        next,
        "not"
            | "okay"
            | "ok"
            | "a"
            | "an"
            | "the"
            | "your"
            | "my"
            | "so"
            | "just"
            | "all"
            | "like"
            | "been"
            | "hard"
            | "really"
            | "very"
            | "about"
            | "too"
            | "normal"
            | "fine"
            | "no"
            | "understandable"
            | "natural"
            | "important"
            | "good"
            | "bad"
            | "difficult"
            | "easy"
            | "only"
            | "what"
            | "that"
            | "as"
            | "been."
    )
}

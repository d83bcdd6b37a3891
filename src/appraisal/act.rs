//! The vocabulary of the codebook: what a reply can do (clinical.md, section 2).

use serde::{Deserialize, Serialize};

macro_rules! acts {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A verbal behaviour. Names are stable identifiers. Sources: MITI 4.2.1, Hill's helping skills, Gordon's twelve roadblocks, EPITOME, 3RS.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Act { $($(#[$doc])* $variant,)* }

        impl Act {
            /// Every act, facilitative ones first, in the order of the handbook.
            pub const ALL: &'static [Act] = &[$(Act::$variant,)*];

            /// The stable identifier, as in data files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Act::$variant => $name,)* }
            }
        }
    };
}

acts! {
    /// A question that cannot be answered in a word.
    OpenQuestion = "open_question",
    /// A question answered by yes, no or one fact.
    ClosedQuestion = "closed_question",
    /// Says back what was said, in little-changed meaning.
    SimpleReflection = "simple_reflection",
    /// Adds meaning, feeling or emphasis that was implied.
    ComplexReflection = "complex_reflection",
    /// Ties several of the client's points together.
    Summary = "summary",
    /// Names a strength or effort the client showed.
    Affirmation = "affirmation",
    /// The reaction makes sense, given the history.
    Validation = "validation",
    /// Common humanity that keeps the pain specific.
    Normalising = "normalising",
    /// Puts a feeling into a word.
    EmotionNaming = "emotion_naming",
    /// Leaves the choice, the pace or a "no" with the client.
    AutonomySupport = "autonomy_support",
    /// Asks before telling, advising or going deeper.
    PermissionSeeking = "permission_seeking",
    /// Shared goals, working together.
    Collaboration = "collaboration",
    /// Asks how this is going for the client.
    CheckIn = "check_in",
    /// What stays here, with its limits.
    Confidentiality = "confidentiality",
    /// How this works, what comes next.
    Structuring = "structuring",
    /// Time, contact or role, stated warmly.
    Boundary = "boundary",
    /// Speaks of what happens between the two, now.
    Immediacy = "immediacy",
    /// Owns a mistake.
    Apology = "apology",
    /// A brief word about oneself that serves the client.
    SelfDisclosure = "self_disclosure",
    /// "Mm-hmm", "go on".
    Encourager = "encourager",
    /// A held silence.
    Silence = "silence",
    /// A gesture: a nod, the other chair.
    Presence = "presence",
    /// Brings back something told earlier.
    DetailRecall = "detail_recall",
    /// Curious about meaning in the client's own culture and words.
    CultureCuriosity = "culture_curiosity",
    /// Realistic hope.
    Hope = "hope",
    /// A commitment made.
    Promise = "promise",
    /// Names a commitment that was kept.
    PromiseKept = "promise_kept",
    /// Asks directly about harm to self.
    RiskQuestion = "risk_question",
    /// Information, with permission.
    Information = "information",
    /// Unasked advice.
    Advice = "advice",
    /// Orders.
    Directing = "directing",
    /// Warns or threatens.
    Warning = "warning",
    /// Should, ought, duty.
    Moralising = "moralising",
    /// Finds fault with the client.
    Blame = "blame",
    /// Puts a label on the person.
    Labelling = "labelling",
    /// Says the opposite to wound or belittle.
    Sarcasm = "sarcasm",
    /// Makes it small: "at least", "it's only".
    Minimising = "minimising",
    /// "It'll all be fine."
    FalseReassurance = "false_reassurance",
    /// Stacked questions.
    Interrogation = "interrogation",
    /// "Why did you …"
    WhyChallenge = "why_challenge",
    /// A question that holds its answer.
    LeadingQuestion = "leading_question",
    /// An interpretation delivered as fact.
    PrematureInterpretation = "premature_interpretation",
    /// Leaves what the client just said.
    TopicShift = "topic_shift",
    /// Turns to oneself.
    SelfFocus = "self_focus",
    /// Presses for the story or a decision.
    Pressure = "pressure",
    /// Promises what nobody can keep.
    Overpromise = "overpromise",
    /// Tells, or threatens to tell, what was said in confidence.
    ConfidentialityBreach = "confidentiality_breach",
    /// Explains the person by a group.
    Stereotype = "stereotype",
    /// Waves it away.
    Dismissal = "dismissal",
    /// Doubts the client's account.
    Disbelief = "disbelief",
    /// Sympathy by formula, with no object.
    StockEmpathy = "stock_empathy",
    /// Praise as from a judge.
    EvaluativePraise = "evaluative_praise",
    /// Defends self, method or profession.
    Defensiveness = "defensiveness",
    /// Friendship, gifts, private numbers.
    BoundaryBlur = "boundary_blur",
    /// Repeats the client's words verbatim.
    Parroting = "parroting",
    /// Talks at length.
    Monologue = "monologue",
}

impl Act {
    /// Whether the field counts it among what helps trust (the first half of the list).
    #[must_use]
    pub fn is_facilitative(self) -> bool {
        self <= Act::Information
    }

    /// Whether it is one of the roadblocks and other hindering behaviours.
    #[must_use]
    pub fn is_hindering(self) -> bool {
        !self.is_facilitative()
    }

    /// The act with this identifier.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.name() == name)
    }
}

impl std::fmt::Display for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

//! The trust matrix: 32 factors that earn or erode trust (clinical.md, section 1). It is the product's table of contents.

use serde::{Deserialize, Serialize};

macro_rules! factors {
    ($($variant:ident = $name:literal, $title:literal;)*) => {
        /// A row of the trust matrix.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)]
        pub enum TrustFactor { $($variant,)* }

        impl TrustFactor {
            /// All 32 rows in the handbook's order; row n stands at index n − 1.
            pub const ALL: &'static [TrustFactor] = &[$(TrustFactor::$variant,)*];

            /// The stable identifier, as in data files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(TrustFactor::$variant => $name,)* }
            }

            /// The row's title, for people.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(TrustFactor::$variant => $title,)* }
            }
        }
    };
}

factors! {
    ActiveListening = "active_listening", "Active listening";
    Empathy = "empathy", "Empathy";
    Validation = "validation", "Validation";
    NonJudgment = "non_judgment", "Non-judgment";
    PatienceAndPace = "patience_and_pace", "Patience and pace";
    SilenceAndPresence = "silence_and_presence", "Silence and presence";
    GesturesAndSetting = "gestures_and_setting", "Small gestures and setting";
    OpenQuestions = "open_questions", "Open questions and reflective listening";
    RememberingDetails = "remembering_details", "Remembering details";
    HearingTheUnsaid = "hearing_the_unsaid", "Hearing the unsaid";
    Confidentiality = "confidentiality", "Confidentiality";
    Boundaries = "boundaries", "Boundaries";
    Consistency = "consistency", "Consistency and reliability";
    Transparency = "transparency", "Transparency";
    Authenticity = "authenticity", "Authenticity";
    Collaboration = "collaboration", "Collaboration";
    Autonomy = "autonomy", "Autonomy and empowerment";
    CheckIns = "check_ins", "Client feedback and check-ins";
    Flexibility = "flexibility", "Flexibility";
    CulturalHumility = "cultural_humility", "Cultural humility";
    PastHelp = "past_help", "Past bad experiences of help";
    FearOfJudgment = "fear_of_judgment", "Fear of judgment";
    VulnerabilityMet = "vulnerability_met", "Vulnerability met with care";
    Normalising = "normalising", "Normalising";
    HopeAndMeaning = "hope_and_meaning", "Hope and meaning";
    RitualAndContinuity = "ritual_and_continuity", "Ritual and continuity across sessions";
    RuptureAndRepair = "rupture_and_repair", "Rupture and repair";
    WhenTrustDoesNotCome = "when_trust_does_not_come", "When trust does not come";
    TrustInTheClient = "trust_in_the_client", "Trust in the client";
    Advocacy = "advocacy", "Advocacy without rescue";
    PersonNotCase = "person_not_case", "Person, not case";
    FitAndTiming = "fit_and_timing", "Fit and timing of techniques";
}

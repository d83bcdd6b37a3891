//! The trust matrix, felt: what each of the 32 rows moves in a client when it is earned and when it is eroded.
//!
//! The rows and their meaning are clinical.md, section 1; which quality a row belongs to follows section 4, "Which score moves what".
//! Amounts are the `a` of the gain rule: the share of the way to 1 that one well-marked instance covers for a trusting client. They are
//! smaller than what the scores move (see `scores`), because an act that is merely present is not yet an act that helps; a few rows stand
//! higher since they are rare in a session and are what these clients wait for (confidentiality, choice, a detail kept in mind). [G], held
//! by the order of the simulated trainees.

use super::Quality::{self, Agency, Bond, Hope, Safety, Understood};
use crate::appraisal::{Act, TrustFactor as Row};

/// What a row does to a client.
pub(super) struct RowFeel {
    pub(super) row: Row,
    pub(super) earned: &'static [(Quality, f64)],
    pub(super) earns: &'static str,
    pub(super) eroded: &'static [(Quality, f64)],
    pub(super) erodes: &'static str,
}

macro_rules! rows {
    ($($row:ident + [$($q:ident $a:literal),*] $earns:literal - [$($p:ident $b:literal),*] $erodes:literal;)*) => {
        /// All rows in the handbook's order.
        pub(super) static ROWS: &[RowFeel] = &[$(RowFeel {
            row: Row::$row,
            earned: &[$(($q, $a)),*], earns: $earns,
            eroded: &[$(($p, $b)),*], erodes: $erodes,
        },)*];
    };
}

rows! {
    ActiveListening + [Understood 0.010] "What was said was taken up."
        - [Understood 0.015] "What was said was not taken up.";
    Empathy + [Bond 0.012, Understood 0.008] "A feeling was put into words."
        - [Understood 0.012, Bond 0.006] "The feeling was passed over with a formula.";
    Validation + [Safety 0.012, Bond 0.012] "The reaction was allowed to make sense."
        - [Safety 0.015, Bond 0.010] "What weighs was made small.";
    NonJudgment + [Safety 0.015] "The account was taken as given."
        - [Safety 0.020, Bond 0.015] "It was judged.";
    PatienceAndPace + [Agency 0.030, Safety 0.012] "There was no hurry."
        - [Agency 0.020, Safety 0.012] "It was pressed for.";
    SilenceAndPresence + [Safety 0.012, Bond 0.008] "Somebody stayed with it, without words."
        - [Bond 0.012] "The silence was left to do the work.";
    GesturesAndSetting + [Bond 0.010, Safety 0.008] "A small gesture made room."
        - [Bond 0.012] "The room turned cold.";
    OpenQuestions + [Agency 0.012, Understood 0.006] "The question left the answer open."
        - [Agency 0.012, Understood 0.010] "The questions closed in.";
    RememberingDetails + [Bond 0.035, Understood 0.015] "Something told earlier was kept in mind."
        - [Bond 0.020, Understood 0.015] "Something told earlier was lost or mixed up.";
    HearingTheUnsaid + [Understood 0.035, Bond 0.012] "Something unsaid was heard."
        - [Understood 0.015, Agency 0.010] "The client was told what the client feels.";
    Confidentiality + [Safety 0.060] "It is clear what stays here, and what does not."
        - [Safety 0.060, Bond 0.020] "It is no longer clear what stays here.";
    Boundaries + [Safety 0.030] "The frame holds."
        - [Safety 0.030] "The frame slipped.";
    Consistency + [Safety 0.040, Agency 0.015] "What was promised was done."
        - [Safety 0.040, Bond 0.020] "What was promised cannot be counted on.";
    Transparency + [Safety 0.025, Agency 0.020] "It was said how this works."
        - [Safety 0.020] "It was left unclear what this is for.";
    Authenticity + [Bond 0.025] "A person spoke, not a role."
        - [Bond 0.020] "The talk turned to the trainee.";
    Collaboration + [Agency 0.045] "It was done together."
        - [Agency 0.020] "It was decided over the client's head.";
    Autonomy + [Agency 0.055, Safety 0.012] "The choice was left with the client."
        - [Agency 0.030] "The choice was taken away.";
    CheckIns + [Agency 0.030, Bond 0.015] "It was asked how this is, and the answer could be given."
        - [Agency 0.012] "It was asked too often how this is.";
    Flexibility + [Agency 0.030, Understood 0.010] "The course was changed to fit."
        - [Agency 0.020] "A technique was pushed.";
    CulturalHumility + [Bond 0.020, Understood 0.015] "The meaning was asked for in the client's own words."
        - [Bond 0.025, Safety 0.015] "The person was explained by a group.";
    PastHelp + [Safety 0.040, Understood 0.015] "What went wrong with help before was let stand."
        - [Safety 0.030, Bond 0.015] "The former helper was defended.";
    FearOfJudgment + [Safety 0.035] "What was feared to be judged was accepted."
        - [Safety 0.025] "What was feared happened.";
    VulnerabilityMet + [Bond 0.050, Safety 0.015] "What was risked was honoured."
        - [Bond 0.020, Safety 0.015] "What was risked was passed over.";
    Normalising + [Bond 0.012, Safety 0.012] "Others know this too, and it stays this client's own."
        - [Understood 0.012] "It was made everybody's.";
    HopeAndMeaning + [Hope 0.080] "Something may change, and it was said soberly."
        - [Hope 0.040, Understood 0.006] "Comfort came before understanding.";
    RitualAndContinuity + [Safety 0.025, Bond 0.012] "The hour began where the last one ended."
        - [Bond 0.010] "The hour began from zero.";
    RuptureAndRepair + [Bond 0.010] "What stood between the two was spoken of."
        - [Bond 0.020, Safety 0.010] "What stood between the two was defended against.";
    WhenTrustDoesNotCome + [Safety 0.025, Agency 0.025] "The doubt was taken seriously."
        - [Bond 0.020, Agency 0.010] "The doubt was argued away.";
    TrustInTheClient + [Bond 0.020, Agency 0.020] "The client was believed."
        - [Bond 0.025] "The client was not believed.";
    Advocacy + [Bond 0.025, Hope 0.030] "Somebody was on the client's side."
        - [Bond 0.015] "It was taken out of the client's hands.";
    PersonNotCase + [Bond 0.025] "There was interest in the whole person."
        - [Bond 0.020, Understood 0.010] "The case was spoken to, not the person.";
    FitAndTiming + [Hope 0.030, Agency 0.015] "The step came in time and fitted."
        - [Agency 0.025, Understood 0.010] "The step came before anybody had asked for it.";
}

/// The row that an act stands for by itself, and whether it earns it. `None`: the act says nothing about trust.
pub(super) fn row_of(act: Act) -> Option<(Row, bool)> {
    let (row, earned) = match act {
        Act::OpenQuestion => (Row::OpenQuestions, true),
        Act::ClosedQuestion => return None,
        Act::SimpleReflection | Act::Summary | Act::Encourager => (Row::ActiveListening, true),
        Act::ComplexReflection | Act::EmotionNaming => (Row::Empathy, true),
        Act::Affirmation | Act::AutonomySupport | Act::PermissionSeeking => (Row::Autonomy, true),
        Act::Validation => (Row::Validation, true),
        Act::Normalising => (Row::Normalising, true),
        Act::Collaboration => (Row::Collaboration, true),
        Act::CheckIn => (Row::CheckIns, true),
        Act::Confidentiality => (Row::Confidentiality, true),
        Act::Structuring | Act::Information => (Row::Transparency, true),
        Act::Boundary => (Row::Boundaries, true),
        Act::Immediacy | Act::Silence => (Row::SilenceAndPresence, true),
        Act::Apology | Act::SelfDisclosure => (Row::Authenticity, true),
        Act::Presence => (Row::GesturesAndSetting, true),
        Act::DetailRecall => (Row::RememberingDetails, true),
        Act::CultureCuriosity => (Row::CulturalHumility, true),
        Act::Hope => (Row::HopeAndMeaning, true),
        Act::Promise | Act::PromiseKept => (Row::Consistency, true),
        Act::RiskQuestion => (Row::TrustInTheClient, true),
        Act::Advice => (Row::FitAndTiming, false),
        Act::Directing | Act::Warning => (Row::Autonomy, false),
        Act::Moralising | Act::Blame | Act::Sarcasm | Act::WhyChallenge => (Row::NonJudgment, false),
        Act::Labelling => (Row::PersonNotCase, false),
        Act::Minimising | Act::Dismissal => (Row::Validation, false),
        Act::FalseReassurance => (Row::HopeAndMeaning, false),
        Act::Interrogation | Act::LeadingQuestion => (Row::OpenQuestions, false),
        Act::PrematureInterpretation => (Row::HearingTheUnsaid, false),
        Act::TopicShift | Act::Monologue | Act::Parroting => (Row::ActiveListening, false),
        Act::SelfFocus => (Row::Authenticity, false),
        Act::Pressure => (Row::PatienceAndPace, false),
        Act::Overpromise => (Row::Consistency, false),
        Act::ConfidentialityBreach => (Row::Confidentiality, false),
        Act::Stereotype => (Row::CulturalHumility, false),
        Act::Disbelief => (Row::TrustInTheClient, false),
        Act::StockEmpathy => (Row::Empathy, false),
        Act::EvaluativePraise => (Row::Collaboration, false),
        Act::Defensiveness => (Row::RuptureAndRepair, false),
        Act::BoundaryBlur => (Row::Boundaries, false),
    };
    Some((row, earned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_row_once_and_in_order() {
        assert!(ROWS.iter().map(|feel| feel.row).eq(Row::ALL.iter().copied()));
    }

    #[test]
    fn every_row_moves_something_both_ways() {
        for feel in ROWS {
            assert!(!feel.earned.is_empty() && feel.earned.iter().all(|(_, a)| *a > 0.0), "{:?}", feel.row);
            assert!(!feel.eroded.is_empty() && feel.eroded.iter().all(|(_, a)| *a > 0.0), "{:?}", feel.row);
        }
    }

    #[test]
    fn what_helps_earns_and_what_hinders_erodes() {
        for act in Act::ALL {
            if let Some((_, earned)) = row_of(*act) {
                assert_eq!(earned, act.is_facilitative(), "{act}");
            }
        }
    }
}

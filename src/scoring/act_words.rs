//! Each act in a supervisor's words: what to call it, and one sentence about it — praise for what helps, a way forward for what hinders.
//!
//! The sentences speak to the trainee. They name what the words do to a client, never what kind of person says them.

use crate::appraisal::Act;

/// What to call it, in running text: "an open question".
#[must_use]
pub const fn name_of(act: Act) -> &'static str {
    words(act).0
}

/// One sentence to the trainee: for an act that helps, what was good about it; for one that hinders, what to try in its place.
#[must_use]
pub const fn word_on(act: Act) -> &'static str {
    words(act).1
}

const fn words(act: Act) -> (&'static str, &'static str) {
    match act {
        Act::OpenQuestion => ("an open question", "You asked in a way that left room for any answer."),
        Act::ClosedQuestion => ("a closed question", "You asked for one clear thing."),
        Act::SimpleReflection => ("a reflection", "You gave the words back, and that shows you were listening."),
        Act::ComplexReflection => ("a reflection that adds meaning", "You said what lay under the words, not only the words."),
        Act::Summary => ("a summary", "You tied several things together, so that they could be looked at as one."),
        Act::Affirmation => ("an affirmation", "You named a strength that had really been shown."),
        Act::Validation => ("validation", "You said that the reaction makes sense, and why."),
        Act::Normalising => ("normalising", "You took away some of the loneliness without making the pain ordinary."),
        Act::EmotionNaming => ("a feeling put into a word", "You found a word for the feeling."),
        Act::AutonomySupport => ("leaving the choice", "You left the choice where it belongs."),
        Act::PermissionSeeking => ("asking permission", "You asked before you went further."),
        Act::Collaboration => ("working together", "You made it something the two of you do together."),
        Act::CheckIn => ("a check-in", "You asked how this was going, and meant it as a question."),
        Act::Confidentiality => ("explaining confidentiality", "You said what stays here, and what cannot."),
        Act::Structuring => ("saying how this works", "You said what comes next, so that nothing had to be guessed."),
        Act::Boundary => ("a boundary, kindly", "You set a limit and gave the reason."),
        Act::Immediacy => ("speaking of the two of you, now", "You spoke about what was happening in the room."),
        Act::Apology => ("owning a mistake", "You owned your part without excuse."),
        Act::SelfDisclosure => ("a brief word about yourself", "You let yourself be seen for a moment, for the client's sake."),
        Act::Encourager => ("an encourager", "You made it easy to go on."),
        Act::Silence => ("a held silence", "You let a silence stand, and it did its work."),
        Act::Presence => ("a gesture", "You let your body say that you were there."),
        Act::DetailRecall => ("a detail remembered", "You brought back something small that had been told you."),
        Act::CultureCuriosity => ("curiosity about meaning", "You asked what it means to this person, instead of knowing."),
        Act::Hope => ("realistic hope", "You offered hope that was small enough to be believed."),
        Act::Promise => ("a commitment", "You committed yourself to something you can keep."),
        Act::PromiseKept => ("a promise kept", "You did what you had said, and said so."),
        Act::RiskQuestion => ("a direct question about risk", "You asked plainly about the thing that is hard to ask about."),
        Act::Information => ("information", "You told what you know where it was wanted."),
        Act::Advice => ("advice nobody had asked for", "Before a suggestion, say back what you heard and ask whether an idea would be welcome."),
        Act::Directing => ("an order", "Offer it as one possibility among others, with “no” as a real answer."),
        Act::Warning => ("a warning", "Say what you are worried about as your own worry, and then ask."),
        Act::Moralising => ("a “should”", "Leave out what one ought to do, and ask what matters to this person."),
        Act::Blame => ("finding fault", "Take the account as it is given, and look at what it was like from inside."),
        Act::Labelling => ("a label", "Describe what happened in the client's own words, and let the label go."),
        Act::Sarcasm => ("sarcasm", "Say the plain thing. If something in you is irritated, notice it and keep it for supervision."),
        Act::Minimising => ("making it small", "Let it be as large as it is for the client: say back how big it feels before you look for a bright side."),
        Act::FalseReassurance => ("early reassurance", "Stay with the worry a little longer. Comfort that comes first sounds like a door closing."),
        Act::Interrogation => ("several questions at once", "Ask one question, and wait. After two answers, say back what you heard."),
        Act::WhyChallenge => ("a “why did you”", "Ask “what was happening for you when …” where you would have asked why."),
        Act::LeadingQuestion => ("a question that holds its answer", "Ask so that you do not know the answer yet: begin with “how” or “what”."),
        Act::PrematureInterpretation => ("an interpretation given as fact", "Offer it as your guess: “I may be wrong, and I wonder whether …”."),
        Act::TopicShift => ("a change of subject", "Stay one sentence longer with what was just said before you go anywhere else."),
        Act::SelfFocus => ("your own story", "Keep your own story short, or keep it back, and return to the client's."),
        Act::Pressure => ("pressing", "Say that there is no hurry, and let the pace be the client's."),
        Act::Overpromise => ("a promise nobody can keep", "Promise what is in your hands, and say plainly what is not."),
        Act::ConfidentialityBreach => ("telling on", "Say what stays between you and where the limits are, before it matters."),
        Act::Stereotype => ("explaining by a group", "Ask what it means to this person, and leave the group aside."),
        Act::Dismissal => ("waving it away", "Take up the last thing that was said, even in three words."),
        Act::Disbelief => ("doubting the account", "Believe it first. How it looked from inside is what you are there for."),
        Act::StockEmpathy => {
            ("sympathy by formula", "Say what it is that must be hard, in the client's words. The same sentence for everyone comforts no one.")
        }
        Act::EvaluativePraise => ("praise from above", "Name what the client did and what it took, instead of how good it was."),
        Act::Defensiveness => ("defending", "Say first what is true in the complaint. You can explain later, if it is still needed."),
        Act::BoundaryBlur => ("a blurred boundary", "Stay warm and stay in your role: say what you can offer, and why it ends there."),
        Act::Parroting => ("repeating word for word", "Say it in words of your own, with the feeling you hear in it."),
        Act::Monologue => ("a long speech", "Say the one sentence that matters most, and stop."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_name_and_a_whole_sentence() {
        for act in Act::ALL {
            assert!(!name_of(*act).is_empty());
            assert!(word_on(*act).ends_with(['.', '”']), "{act}");
            assert!(!word_on(*act).contains('!'), "{act}");
        }
    }
}

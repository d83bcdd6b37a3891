//! What must hold for any history, tried on many.

use super::*;
use crate::appraisal::{Act, Appraisal, FoundAct, Kind, Named, Recalled, Score, Scores, TrustFactor};
use crate::diagnostic::Span;
use proptest::prelude::*;

fn appraisal(scores: (Option<f64>, Option<f64>, Option<f64>), acts: Vec<(Act, f64)>, kind: Kind) -> Appraisal {
    let score = |points: Option<f64>| points.map(|points| Score { points, because: Vec::new() });
    let found = |(act, strength)| FoundAct { act, rule: "test".into(), span: Span::default(), because: "a test".into(), strength };
    Appraisal {
        kind,
        acts: acts.into_iter().map(found).collect(),
        scores: Scores { empathy: score(scores.0), non_judgment: score(scores.1), listening: score(scores.2) },
        ..Appraisal::default()
    }
}

fn points() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![1 => Just(None), 9 => (2u8..=10).prop_map(|half| Some(f64::from(half) / 2.0))]
}

/// Scores as a decent trainee gets them, so that histories are not one long rupture.
fn decent() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![1 => Just(None), 12 => (5u8..=9).prop_map(|half| Some(f64::from(half) / 2.0))]
}

fn act() -> impl Strategy<Value = (Act, f64)> {
    ((0..Act::ALL.len()), 0.0..=1.0).prop_map(|(index, strength)| (Act::ALL[index], strength))
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![8 => Just(Kind::Speech), 1 => Just(Kind::Gesture), 1 => Just(Kind::Silence), 1 => Just(Kind::Unintelligible)]
}

prop_compose! {
    fn any_appraisal()(scores in (points(), points(), points()), acts in prop::collection::vec(act(), 0..5), kind in kind(), recalled in prop::option::of(any::<bool>()), unsaid in any::<bool>()) -> Appraisal {
        let mut appraisal = appraisal(scores, acts, kind);
        appraisal.recalled.extend(recalled.map(|right| Recalled { detail: "sister".into(), right, span: Span::default() }));
        if unsaid {
            appraisal.undertones.push(Named { id: "shame".into(), span: Span::default() });
        }
        appraisal
    }
}

prop_compose! {
    fn any_moment()(turn in 1u32..40, minutes_left in 0.0..50.0f64, topic in 0usize..4, carried in any::<bool>(), flags in prop::array::uniform4(any::<bool>()), promise in prop::option::of(0u8..3), row in prop::option::of((0usize..32, any::<bool>())), again in any::<bool>()) -> Moment {
        let topics: Vec<String> = ["home", "work", "night"].get(topic).map(|topic| (*topic).to_owned()).into_iter().collect();
        let word = |promise| match promise { 0 => PromiseWord::Made, 1 => PromiseWord::Kept, _ => PromiseWord::Broken };
        Moment {
            turn,
            minutes_left,
            topics: if carried { Vec::new() } else { topics.clone() },
            carried: if carried { topics } else { Vec::new() },
            after_feeling: flags[0],
            after_disclosure: flags[1],
            after_question: flags[2],
            invites: flags[3],
            promises: promise.map(|promise| PromiseHeard { id: "form".into(), word: word(promise), due_in: 1 }).into_iter().collect(),
            asked_again: if again && turn == 1 { vec!["sister".into()] } else { Vec::new() },
            cues: row.map(|(row, earned)| Cue { row: TrustFactor::ALL[row], earned, strength: 0.7 }).into_iter().collect(),
            ..Moment::default()
        }
    }
}

prop_compose! {
    fn any_temperament()(mistrust in 0.0..=1.0f64, credulity in 0.0..=1.0f64, window in 0.3..=1.0f64, pace in 0.5..=2.0f64, loss in 1.0..=4.0f64, confronts in any::<bool>(), sore in prop::option::of((act(), 0.25..=4.0f64)), start in prop::array::uniform6(0.0..=1.0f64)) -> Temperament {
        Temperament {
            mistrust, credulity, window, pace, loss,
            style: if confronts { RuptureStyle::Confronts } else { RuptureStyle::Withdraws },
            sensitivities: sore.map(|((act, _), times)| Sensitivity { act: Some(act), topic: None, times }).into_iter().collect(),
            start: State { safety: start[0], bond: start[1], understood: start[2], agency: start[3], arousal: start[4], hope: start[5] },
        }
    }
}

/// A turn as a decent trainee has it: mostly helping acts, middling to good scores, no promise broken.
fn decent_turn() -> impl Strategy<Value = Turn> {
    (turn(), decent(), decent(), decent(), any::<u8>()).prop_map(|((mut appraisal, mut moment), empathy, judged, listening, keep)| {
        let score = |points: Option<f64>| points.map(|points| Score { points, because: Vec::new() });
        appraisal.scores = Scores { empathy: score(empathy), non_judgment: score(judged), listening: score(listening) };
        appraisal.acts.retain(|found| found.act.is_facilitative() || keep < 40);
        moment.promises.retain(|promise| promise.word != PromiseWord::Broken);
        (appraisal, moment)
    })
}

type Turn = (Appraisal, Moment);

fn turn() -> impl Strategy<Value = Turn> {
    (any_appraisal(), any_moment())
}

fn gates() -> Vec<Gate> {
    let gate = |id: &str, layer: u8, topic: Option<&str>, needs| Gate {
        id: id.into(),
        layer,
        opens_at: DEFAULT_OPENS_AT[usize::from(layer)],
        topic: topic.map(str::to_owned),
        needs,
    };
    vec![
        gate("job", 0, None, vec![]),
        gate("quarrel", 1, Some("home"), vec![]),
        gate("letters", 2, Some("home"), vec![GateCondition::ConfidentialityExplained]),
        gate("fall", 3, Some("night"), vec![GateCondition::Touched("night".into())]),
        gate("why", 4, Some("night"), vec![GateCondition::Told("fall".into())]),
    ]
}

fn hear(client: &mut Client, (appraisal, moment): &Turn) -> Change {
    let reaction = client.weigh(appraisal, moment);
    client.apply(reaction)
}

/// An insult: judged openly, whatever else it may hold. (About promises it says nothing: making or keeping one is more than an insult.)
fn insult() -> impl Strategy<Value = Turn> {
    (turn(), 0usize..5).prop_map(|((mut appraisal, mut moment), which)| {
        moment.promises.clear();
        appraisal.kind = Kind::Speech;
        appraisal.scores.non_judgment = Some(Score { points: 1.0, because: Vec::new() });
        let act = [Act::Blame, Act::Labelling, Act::Sarcasm, Act::Dismissal, Act::Moralising][which];
        appraisal.acts.push(FoundAct { act, rule: "test".into(), span: Span::default(), because: "an insult".into(), strength: 1.0 });
        (appraisal, moment)
    })
}

/// A repair: own part named and explored, with anything kind beside it.
fn repair() -> impl Strategy<Value = Turn> {
    (prop::collection::vec(act(), 0..4), any_moment(), 3u8..=5).prop_map(|(acts, mut moment, points)| {
        let mut acts: Vec<(Act, f64)> = acts.into_iter().filter(|(act, _)| act.is_facilitative()).collect();
        acts.extend([(Act::Apology, 1.0), (Act::Validation, 1.0), (Act::OpenQuestion, 1.0)]);
        let points = Some(f64::from(points));
        moment.promises.clear();
        moment.cues.retain(|cue| cue.earned);
        (appraisal((points, points, points), acts, Kind::Speech), moment)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(20), ..ProptestConfig::with_cases(400) })]

    #[test]
    fn whatever_is_said_every_quality_stays_between_nothing_and_all(temperament in any_temperament(), turns in prop::collection::vec(turn(), 1..60)) {
        let mut client = Client::new(temperament, gates());
        for turn in &turns {
            let change = hear(&mut client, turn);
            for quality in Quality::ALL {
                let value = change.after.get(quality);
                prop_assert!((0.0..=1.0).contains(&value), "{quality:?} {value}");
            }
            prop_assert!(client.trust().is_finite() && client.guard().is_finite() && (0.0..=1.0).contains(&client.openness()));
            prop_assert!(change.shifts.iter().all(|shift| shift.by.is_finite()));
        }
    }

    #[test]
    fn repair_never_pays(
        temperament in any_temperament(),
        before in prop::collection::vec(decent_turn(), 0..25),
        insult in insult(),
        repairs in prop::collection::vec(repair(), 4),
        after in prop::collection::vec(prop_oneof![1 => turn(), 6 => decent_turn(), 1 => insult(), 3 => repair()], 1..60),
        next_session in 0usize..60,
    ) {
        let mut without = Client::new(temperament, gates());
        for turn in &before {
            hear(&mut without, turn);
        }
        prop_assume!(without.rupture().is_none() && !without.has_left());
        let mut with = without.clone();
        hear(&mut with, &insult);
        prop_assert!(with.rupture().is_some(), "an insult tears");
        for repair in &repairs {
            if with.rupture().is_some() {
                hear(&mut with, repair);
            }
        }
        prop_assert!(with.rupture().is_none(), "two or three good repairs mend: {:?}", with.rupture());
        prop_assert!(with.trust() <= without.trust() + 1e-9, "after the repair");
        for (index, turn) in after.iter().enumerate() {
            if index == next_session {
                for client in [&mut with, &mut without] {
                    client.close_session(&["form".to_owned()], &[]);
                    client.between_sessions(&[(Quality::Hope, 0.1, "a letter came".into()), (Quality::Bond, -0.05, "nobody called".into())]);
                }
            }
            hear(&mut without, turn);
            hear(&mut with, turn);
            prop_assert!(with.trust() <= without.trust() + 1e-9, "turn {index}: {} > {}", with.trust(), without.trust());
        }
    }

    #[test]
    fn a_higher_score_never_leaves_less_trust(temperament in any_temperament(), before in prop::collection::vec(turn(), 0..12), turn in turn(), which in 0usize..3) {
        let mut client = Client::new(temperament, gates());
        for turn in &before {
            hear(&mut client, turn);
        }
        let mut last = -1.0;
        for half in 2..=10u8 {
            let (mut appraisal, moment) = turn.clone();
            let score = Some(Score { points: f64::from(half) / 2.0, because: Vec::new() });
            match which {
                0 => appraisal.scores.empathy = score,
                1 => appraisal.scores.non_judgment = score,
                _ => appraisal.scores.listening = score,
            }
            let trust = client.preview(&client.weigh(&appraisal, &moment)).trust.1;
            prop_assert!(trust >= last - 1e-9, "score {which} at {half}: {trust} < {last}");
            last = trust;
        }
    }

    #[test]
    fn a_saved_client_goes_on_as_if_never_saved(temperament in any_temperament(), turns in prop::collection::vec(turn(), 1..30)) {
        let mut straight = Client::new(temperament.clone(), gates());
        let mut saved = straight.clone();
        for turn in &turns {
            let standing = serde_json::to_string(saved.standing()).unwrap();
            saved = Client::resume(temperament.clone(), gates(), serde_json::from_str(&standing).unwrap());
            prop_assert_eq!(hear(&mut straight, turn), hear(&mut saved, turn));
        }
    }

    #[test]
    fn what_is_weighed_changes_nothing_until_it_is_applied(temperament in any_temperament(), turns in prop::collection::vec(turn(), 1..20)) {
        let mut client = Client::new(temperament, gates());
        for (appraisal, moment) in &turns {
            let before = client.clone();
            let reaction = client.weigh(appraisal, moment);
            let preview = client.preview(&reaction);
            prop_assert_eq!(&before, &client);
            prop_assert_eq!(preview, client.apply(reaction));
        }
    }

    #[test]
    fn what_a_gate_lacks_is_named_or_it_opens(temperament in any_temperament(), turns in prop::collection::vec(turn(), 1..40)) {
        let mut client = Client::new(temperament, gates());
        for turn in &turns {
            let change = hear(&mut client, turn);
            if let Some(opened) = &change.opened {
                prop_assert!(client.rupture().is_none());
                prop_assert!(client.openness() >= client.gate(&opened.id).unwrap().opens_at - 1e-9);
                prop_assert_eq!(client.why_not(&opened.id), vec![Missing::AlreadyTold]);
            }
            for gate in client.gates() {
                let shut = !client.why_not(&gate.id).is_empty();
                prop_assert_eq!(shut, !client.ready_to_tell().iter().any(|ready| ready.id == gate.id));
            }
        }
    }
}

#[test]
fn ten_thousand_turns_leave_a_client_no_larger() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let turns = prop::collection::vec(turn(), 200);
    let turns = proptest::strategy::ValueTree::current(&turns.new_tree(&mut runner).unwrap());
    let mut client = Client::new(Temperament { mistrust: 0.2, loss: 0.5, ..Temperament::default() }, gates());
    let mut sizes = Vec::new();
    for round in 0..50 {
        for turn in &turns {
            if hear(&mut client, turn).leaves.is_some() {
                client.between_sessions(&[]);
            }
        }
        if round > 10 {
            sizes.push(serde_json::to_string(client.standing()).unwrap().len());
        }
    }
    let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
    assert!(most - least < 400, "{least} to {most} bytes");
}

#[test]
fn every_row_of_the_matrix_is_felt() {
    for row in TrustFactor::ALL {
        for earned in [true, false] {
            let client = Client::new(
                Temperament { start: State { safety: 0.4, bond: 0.4, understood: 0.4, agency: 0.4, ..State::default() }, ..Temperament::default() },
                gates(),
            );
            let moment = Moment { cues: vec![Cue { row: *row, earned, strength: 1.0 }], ..Moment::default() };
            let plain = appraisal((Some(3.0), Some(3.0), Some(3.0)), vec![], Kind::Speech);
            let change = client.preview(&client.weigh(&plain, &moment));
            let moved: f64 = change.shifts.iter().filter(|shift| shift.factor == Some(*row)).map(|shift| shift.by).sum();
            assert!(if earned { moved > 0.0 } else { moved < 0.0 }, "{row:?} {earned}: {moved}");
        }
    }
}

#[test]
fn scores_that_are_none_move_nothing() {
    let client = Client::new(Temperament::default(), gates());
    let silent = appraisal((None, None, None), vec![(Act::Validation, 1.0)], Kind::Speech);
    let change = client.preview(&client.weigh(&silent, &Moment::default()));
    assert_eq!(change.shifts, vec![]);
    assert_eq!(change.trust.0, change.trust.1);
}

#[test]
fn trust_is_slow_to_gain_and_quick_to_lose() {
    let client = Client::new(
        Temperament { start: State { safety: 0.5, bond: 0.5, understood: 0.5, agency: 0.5, ..State::default() }, ..Temperament::default() },
        gates(),
    );
    let reply = |points| appraisal((Some(points), Some(points), Some(points)), vec![], Kind::Speech);
    let trust = |points| client.preview(&client.weigh(&reply(points), &Moment::default())).trust;
    let (up, down) = (trust(4.0), trust(2.0));
    assert!(up.1 - up.0 > 0.0);
    assert!(down.0 - down.1 > 2.0 * (up.1 - up.0), "{up:?} {down:?}");
}

#[test]
fn a_formula_earns_less_each_time() {
    let mut client = Client::new(Temperament::default(), gates());
    let formula = (appraisal((Some(4.0), Some(4.0), Some(4.0)), vec![(Act::ComplexReflection, 0.8)], Kind::Speech), Moment::default());
    let gains: Vec<f64> = (0..6).map(|_| hear(&mut client, &formula).trust).map(|(before, after)| after - before).collect();
    assert!(gains.windows(2).all(|pair| pair[1] < pair[0] * 0.8), "{gains:?}");
}

#[test]
fn a_roadblock_after_a_disclosure_tears_at_severity_two() {
    let client = Client::new(Temperament::default(), gates());
    let advice = appraisal((Some(2.0), Some(2.0), Some(2.0)), vec![(Act::Advice, 0.8)], Kind::Speech);
    let moment = Moment { after_disclosure: true, ..Moment::default() };
    let change = client.preview(&client.weigh(&advice, &moment));
    assert!(matches!(change.rupture, RuptureChange::Opened { severity: 2, .. }), "{:?}", change.rupture);
}

#[test]
fn silence_after_disclosure_is_not_punished() {
    let client = Client::new(Temperament::default(), gates());
    let silence = appraisal((None, None, None), vec![(Act::Silence, 1.0)], Kind::Silence);
    let moment = Moment { after_disclosure: true, after_feeling: true, ..Moment::default() };
    let change = client.preview(&client.weigh(&silence, &moment));
    assert!(change.trust.1 > change.trust.0 && change.after.arousal < change.before.arousal);
}

#[test]
fn three_silences_in_a_row_leave_the_client_alone() {
    let mut client = Client::new(Temperament::default(), gates());
    let silence = (appraisal((None, None, None), vec![(Act::Silence, 1.0)], Kind::Silence), Moment::default());
    let alone: Vec<bool> = (0..3).map(|_| hear(&mut client, &silence).disengaged).collect();
    assert_eq!(alone, [false, false, true]);
}

#[test]
fn a_roadblock_at_the_worst_makes_the_client_leave() {
    let mut client = Client::new(Temperament::default(), gates());
    let blame = (appraisal((Some(1.0), Some(1.0), Some(1.0)), vec![(Act::Blame, 1.0)], Kind::Speech), Moment::default());
    let turns = (1..=6).find(|_| hear(&mut client, &blame).leaves.is_some());
    assert!(turns.is_some_and(|turns| (2..=4).contains(&turns)), "{turns:?}");
    let after = hear(&mut client, &blame);
    assert_eq!(after.before, after.after);
}

#[test]
fn a_gate_says_why_it_stays_shut() {
    let client = Client::new(Temperament::default(), gates());
    let why: Vec<String> = client.why_not("letters").iter().map(ToString::to_string).collect();
    assert_eq!(why, ["needs openness .22, has .05", "confidentiality not yet explained"]);
}

#[test]
fn a_promise_kept_earns_and_a_promise_forgotten_tears() {
    let plain = || appraisal((Some(3.0), Some(3.0), Some(3.0)), vec![], Kind::Speech);
    let said = |word| Moment { promises: vec![PromiseHeard { id: "form".into(), word, due_in: 1 }], ..Moment::default() };
    let mut kept = Client::new(Temperament::default(), gates());
    hear(&mut kept, &(plain(), said(PromiseWord::Made)));
    let mut forgotten = kept.clone();
    kept.close_session(&[], &[]);
    kept.between_sessions(&[]);
    let change = hear(&mut kept, &(plain(), said(PromiseWord::Kept)));
    assert!(change.trust.1 > change.trust.0);
    forgotten.close_session(&[], &[]);
    assert!(forgotten.rupture().is_none(), "it is due next session");
    forgotten.between_sessions(&[]);
    let change = forgotten.close_session(&[], &[]);
    assert!(matches!(change.rupture, RuptureChange::Opened { .. }));
}

#[test]
fn a_pleasing_client_says_more_than_is_true() {
    let client = Client::new(Temperament { credulity: 1.0, ..Temperament::default() }, gates());
    let revealed = client.reveals();
    assert!(revealed.masked && revealed.outward > 0.85 && revealed.inward < 0.2);
}

use super::*;
use crate::record::{SessionId, Summary};

fn past(n: usize, mean: f64) -> Past {
    let mut summary = Summary { turns: 20, level: 2, ..Summary::default() };
    for place in [&mut summary.empathy, &mut summary.non_judgment, &mut summary.listening] {
        *place = Some(mean);
    }
    summary.scored = [20; 3];
    summary.spread = [10.0; 3];
    summary.trust = (0.1, 0.2);
    summary.acts.insert("advice".into(), if n < 5 { 8 } else { 1 });
    summary.acts.insert("simple_reflection".into(), if n < 5 { 1 } else { 9 });
    summary.earned.insert("active_listening".into(), 9);
    summary.lost.insert("autonomy".into(), 3);
    Past { id: SessionId(n as i64), scenario: "samantha".into(), course: None, number: 1, since: 0, summary, own: Some([Some(4.0), None, None]) }
}

fn of(past: &[Past]) -> Progress {
    let shelf = [Shelved { id: "samantha".into(), title: "Samantha".into(), level: 2, teaches: vec![crate::appraisal::TrustFactor::Autonomy] }];
    Progress::of(past, &Drills::built_in(), &Book::default(), &shelf)
}

#[test]
fn growth_is_called_growth_only_where_it_is_more_than_chance() {
    let grows: Vec<Past> = (0..10).map(|n| past(n, if n < 5 { 2.0 } else { 3.5 })).collect();
    assert_eq!(of(&grows).scales[0].moved, Moved::Higher);
    let wobbles: Vec<Past> = (0..10).map(|n| past(n, if n % 2 == 0 { 2.9 } else { 3.1 })).collect();
    assert_eq!(of(&wobbles).scales[0].moved, Moved::NotTellable);
    assert_eq!(of(&wobbles[..3]).scales[0].moved, Moved::TooFew);
}

#[test]
fn the_band_holds_the_mean_and_narrows_with_more_sessions() {
    let steady: Vec<Past> = (0..8).map(|n| past(n, 3.0)).collect();
    let curve = &of(&steady).scales[2];
    let wide = |at: usize| curve.points[at].map(|point: Point| point.band.map(|(low, high)| high - low).unwrap()).unwrap();
    assert!(wide(0) > wide(1) && wide(1) > wide(7));
    let point = curve.points[7].unwrap();
    assert!(point.band.is_some_and(|(low, high)| low < point.mean && point.mean < high));
}

#[test]
fn acts_strengths_the_one_thing_and_the_next_step_follow_from_the_sessions() {
    let sessions: Vec<Past> = (0..10).map(|n| past(n, 3.0)).collect();
    let progress = of(&sessions);
    let advice = progress.acts.iter().find(|line| line.act == Act::Advice).unwrap();
    assert_eq!((advice.moved, advice.times), (Moved::Lower, 5));
    assert!(progress.strengths.iter().any(|strength| strength.starts_with("Active listening")));
    assert!(progress.one_thing.as_ref().unwrap().seen.contains("5 of your last 100 turns"));
    assert!(matches!(&progress.next[0], Next::Drill { skill, .. } if skill == "autonomy"), "{:?}", progress.next);
    assert!(matches!(&progress.next[1], Next::Scenario { id, because, .. } if id == "samantha" && because.contains("Autonomy")));
    assert_eq!(progress.level, 2);
    assert_eq!(progress.gap.points.len(), 10);
}

#[test]
fn no_session_at_all_is_no_trouble() {
    let progress = of(&[]);
    assert_eq!((progress.sessions, progress.acts.len(), progress.one_thing), (0, 0, None));
    assert!(!progress.next.is_empty());
}

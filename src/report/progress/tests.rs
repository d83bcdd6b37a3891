use super::super::Paint;
use super::*;
use crate::record::progress::Shelved;
use crate::record::summary::Past;
use crate::record::{SessionId, Summary};

fn report(sessions: usize) -> ProgressReport {
    let past: Vec<Past> = (0..sessions)
        .map(|n| {
            let grown = 2.0 + n as f64 / sessions as f64;
            let mut summary = Summary { turns: 40, level: 2, empathy: Some(grown), listening: Some(grown + 0.5), ..Summary::default() };
            summary.scored = [40, 0, 40];
            summary.spread = [30.0; 3];
            summary.trust = (0.1, 0.2);
            summary.acts.insert("advice".into(), 5);
            summary.lost.insert("autonomy".into(), 3);
            summary.earned.insert("active_listening".into(), 6);
            Past {
                id: SessionId(n as i64 + 1),
                scenario: "<b>x</b>".into(),
                course: None,
                number: 1,
                since: 0,
                summary,
                own: Some([Some(4.0), None, Some(3.0)]),
            }
        })
        .collect();
    let drills = Drills::built_in();
    let shelf = [Shelved { id: "samantha".into(), title: "Samantha".into(), level: 2, teaches: Vec::new() }];
    let progress = Progress::of(&past, &drills, &Book::default(), &shelf);
    ProgressReport { person: "A & <i>".into(), progress, courses: Vec::new(), drills, book: Book::default() }
}

#[test]
fn the_text_fits_its_page_and_has_no_figure_where_none_are_wanted() {
    for sessions in [0, 1, 3, 40, 300] {
        for columns in [40, 80] {
            let page = Page::new(Some(columns), Paint::plain(), false);
            let text = progress_text(&page, &report(sessions));
            for line in text.lines() {
                assert!(line.chars().count() <= page.width, "{line}");
            }
        }
    }
    let plain = progress_text(&Page::new(None, Paint::plain(), true), &report(6));
    assert!(plain.contains("Each session, of 5: 2.0, ") && !plain.contains('░'), "{plain}");
}

#[test]
fn the_page_is_accessible_and_lets_nothing_through() {
    let page = progress_page(&report(8));
    assert!(!page.contains("<b>x") && !page.contains("<i>") && !page.contains("<script"));
    assert_eq!(page.matches("role=\"img\"").count(), page.matches("<svg").count());
    assert_eq!(page.matches("<figure>").count(), page.matches("<desc").count());
    assert!(page.matches("<table>").count() >= 6);
    for sessions in [0, 1, 2, 200] {
        assert!(!progress_page(&report(sessions)).contains("NaN"));
    }
}

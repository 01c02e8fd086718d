//! Lesson 13: whose page a form stands on.

use super::{ALICE, cookie_of, log_in};
use crate::common::http::Request;
use crate::common::lesson::Lesson;

/// A form that was sent from that page, in its browser's words: the status of the answer.
fn status(lesson: &Lesson, cookie: &str, says: &[(&str, &str)]) -> u16 {
    let form = Request::post("/board", &[("text", "Mallory was here")]).header("Cookie", cookie);
    let said = |form: Request, (name, value): &(&str, &str)| form.header(name, value);
    says.iter().fold(form, said).send(lesson.port).status
}

#[test]
fn the_open_half_takes_a_neighbours_form_and_the_closed_one_goes_by_what_the_browser_says() {
    for (program, open) in [("lesson13a", true), ("lesson13b", false)] {
        let lesson = Lesson::start(program);
        let cookie = cookie_of(&log_in("alice", ALICE).send(lesson.port));
        let here = format!("http://localhost:{}", lesson.port);
        let other_port = format!("http://localhost:{}", lesson.port ^ 1);
        let (site, origin) = ("Sec-Fetch-Site", "Origin");
        let table: &[(&[(&str, &str)], bool)] = &[
            (&[(site, "same-origin"), (origin, &here)], true),
            (&[(site, "none")], true),
            (&[(site, "same-site"), (origin, &other_port)], false),
            (&[(site, "cross-site"), (origin, "null")], false),
            // Older browsers have no `Sec-Fetch-Site`, and programs neither of the two.
            (&[(origin, &here)], true),
            (&[(origin, &other_port)], false),
            (&[(origin, "null")], false),
            (&[], true),
        ];
        for (says, ours) in table {
            let expected = if open || *ours { 303 } else { 403 };
            assert_eq!(
                status(&lesson, &cookie, says),
                expected,
                "{program}: {says:?}"
            );
        }
    }
}

//! Session cookies among others, and several at once.

use rocket_session_layer::Event;
use serde_json::json;

use super::Fixture;
use super::session_ids::{is_left_alone, visitor};
use crate::common::App;

pub async fn only_the_exact_name_counts(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let value = visitor(&app).await.cookie().unwrap();
    for name in [
        "session%5Fid",
        "%73ession_id",
        "SESSION_ID",
        "Session_Id",
        "sessionid",
        "session_id ",
        "\u{a0}session_id",
        "\"session_id\"",
        "x_session_id",
    ] {
        let answer = app.browser().open_with(&[format!("{name}={value}")]).await;
        assert!(is_left_alone(&answer), "{name}");
        assert_eq!(answer.trace[0], Event::NoSessionId, "{name}");
    }
}

pub async fn it_is_found_among_other_cookies(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let value = visitor(&app).await.cookie().unwrap();
    let ours = format!("session_id={value}");
    for lines in [
        vec![format!("lang=ko; {ours}; theme=dark")],
        vec![format!("lang=ko;{ours}")],
        vec![format!("broken; ={value}; {ours} ")],
        vec!["lang=ko".to_owned(), ours.clone(), "theme=dark".to_owned()],
        vec![format!("session%5Fid=x; {ours}")],
    ] {
        let answer = app.browser().open_with(&lines).await;
        assert_eq!(answer.value(), 1, "{lines:?}");
    }
}

pub async fn of_two_that_open_neither_counts_and_nothing_is_removed(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (one, other) = (visitor(&app).await, visitor(&app).await);
    let [one, other] =
        [one, other].map(|browser| format!("session_id={}", browser.cookie().unwrap()));
    for lines in [
        vec![format!("{one}; {other}")],
        vec![one.clone(), other.clone()],
        vec![format!("session_id=x; {one}"), format!("{other}; {one}")],
    ] {
        let answer = app.browser().open_with(&lines).await;
        assert!(is_left_alone(&answer), "{lines:?}");
        assert!(answer.did(&Event::Doubled), "{lines:?}");
        assert_eq!(answer.trace.last(), Some(&Event::Anonymous), "{lines:?}");
    }
}

pub async fn of_several_the_one_that_opens_counts(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (ours, ended) = (visitor(&app).await, visitor(&app).await);
    let [ours, over] = [&ours, &ended].map(|b| format!("session_id={}", b.cookie().unwrap()));
    let forged = format!("session_id={}.{}", "0".repeat(13), "A".repeat(43));
    if app.keeps_records() {
        ended.does(|session| session.flush()).await;
    }
    let mut cases = vec![
        vec![format!("{ours}; {ours}")],
        vec![format!("{ours}; session_id=x")],
        vec![format!("session_id=abc; {ours}")],
        vec![format!("session_id=; lang=ko; {ours}")],
        vec![format!(
            "session_id=; session_id=%20; session_id=\"x\"; {ours}"
        )],
        vec![ours.clone(), forged.clone()],
        vec![forged.clone(), ours.clone()],
        vec![format!(
            "session_id=e2.AAAA; session_id=s2.e30.AAAA; {ours}"
        )],
    ];
    if app.keeps_records() {
        cases.push(vec![format!("{over}; {ours}")]);
    }
    for lines in cases {
        let answer = app.browser().open_with(&lines).await;
        assert_eq!(
            (answer.value(), answer.cookie()),
            (json!(1), None),
            "{lines:?}"
        );
    }
    // Of two of ours that open nothing, the browser is told to forget the one of this path.
    let other = format!("session_id={}.{}", "1".repeat(13), "A".repeat(43));
    let answer = app
        .browser()
        .open_with(&[format!("{forged}; {other}")])
        .await;
    assert!(answer.removes_the_cookie());
}

//! A user's own sessions: what the page says of them, and what its buttons end.

use rocket::http::Header;
use session_lessons::session::Capabilities;

use super::{ALICE, BOB, CHROMIUM, FIREFOX, House};
use crate::common::probe::Call;
use crate::common::time::{DAY, HOUR, MINUTE};

fn lines(page: &str) -> Vec<&str> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("- "));
    lines.collect()
}

#[rocket::async_test]
async fn each_session_is_a_line_that_says_which_browser_and_when() {
    let house = House::new().await;
    let mut here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    house.logged_in(FIREFOX, "alice", ALICE).await;
    house.logged_in("curl/8", "alice", ALICE).await;
    house.logged_in(FIREFOX, "bob", BOB).await;
    house.clock.advance(3 * MINUTE);
    let page = here.account().await;
    let said = lines(&page);
    assert_eq!(said.len(), 3, "{page}");
    assert_eq!(said[0], "This browser, Chromium on Linux, now");
    assert!(
        said[1..].contains(&"Firefox on Windows, 3 minutes ago"),
        "{page}"
    );
    assert!(
        said[1..].contains(&"unknown browser, 3 minutes ago"),
        "{page}"
    );
    here.language = "ko";
    let page = here.account().await;
    let said = lines(&page);
    assert_eq!(said[0], "이 브라우저, Linux의 Chromium, 지금");
    assert!(said[1..].contains(&"Windows의 Firefox, 3분 전"), "{page}");
    assert!(said[1..].contains(&"알 수 없는 브라우저, 3분 전"), "{page}");
}

#[rocket::async_test]
async fn time_is_told_in_words() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    // A session whose session ID never comes back lives no longer than a day.
    assert!(there.is_logged_in().await);
    let mut passed = 0;
    for (seconds, time) in [
        (MINUTE - 1, "now"),
        (MINUTE, "one minute ago"),
        (2 * HOUR, "2 hours ago"),
        (DAY - 1, "23 hours ago"),
        (DAY, "one day ago"),
        (5 * DAY, "5 days ago"),
    ] {
        house.clock.advance(seconds - passed);
        passed = seconds;
        let page = here.account().await;
        let line = format!("Firefox on Windows, {time}");
        assert_eq!(lines(&page)[1], line, "{page}");
    }
}

#[rocket::async_test]
async fn one_session_is_ended_and_the_others_go_on() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    let third = house.logged_in(FIREFOX, "alice", ALICE).await;
    let path = format!("/account/sessions/{}/end", there.locker());
    assert!(here.account().await.contains(&format!("POST {path}")));
    // Only a form ends it.
    assert_eq!(here.get(&path).await.status, 404);
    assert!(there.is_logged_in().await);
    assert_eq!(
        here.post(&path, &[]).await.place.as_deref(),
        Some("/account")
    );
    assert!(!there.is_logged_in().await);
    assert!(third.is_logged_in().await);
    // It is said once.
    assert!(here.account().await.contains("That session is ended."));
    assert!(!here.account().await.contains("That session is ended."));
    // A session that is over already is no mistake, and nothing is claimed.
    assert_eq!(here.post(&path, &[]).await.status, 303);
    assert!(!here.account().await.contains("ended."));
}

#[rocket::async_test]
async fn all_others_are_ended_and_nobody_elses() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    let bob = house.logged_in(FIREFOX, "bob", BOB).await;
    let copied = house.seat(FIREFOX);
    copied.cookie.replace(here.cookie.borrow().clone());
    assert!(copied.is_logged_in().await);
    here.post("/account/sessions/end-others", &[]).await;
    assert!(!there.is_logged_in().await);
    assert!(
        !copied.is_logged_in().await,
        "a copy of the cookie is one of the others"
    );
    assert!(bob.is_logged_in().await);
    let page = here.account().await;
    assert!(page.contains("All other sessions are ended."), "{page}");
    assert!(page.contains("This browser has a new session ID"), "{page}");
    // A copy of this browser's cookie is in no line of the list, so the button stays.
    assert!(page.contains("end-others"), "{page}");
}

#[rocket::async_test]
async fn ending_the_own_one_is_logging_out() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let path = format!("/account/sessions/{}/end", here.locker());
    here.post(&path, &[]).await;
    assert_eq!(*here.cookie.borrow(), None);
    let place = here.get("/account").await.place;
    assert_eq!(place.as_deref(), Some("/login?next=/account"));
}

#[rocket::async_test]
async fn a_forged_locker_of_somebody_else_does_nothing() {
    let house = House::new().await;
    let alice = house.logged_in(FIREFOX, "alice", ALICE).await;
    let mallory = house.logged_in(FIREFOX, "bob", BOB).await;
    let forged = alice.locker().to_string();
    for locker in [
        &*forged,
        &forged.to_uppercase(),
        "x",
        "%00",
        "..",
        "0000000000000",
    ] {
        let path = format!("/account/sessions/{locker}/end");
        let answer = mallory.post(&path, &[("user", "alice")]).await;
        assert_eq!(answer.place.as_deref(), Some("/account"), "{locker}");
        assert!(!mallory.account().await.contains("ended."), "{locker}");
        assert!(alice.is_logged_in().await, "{locker}");
    }
}

#[rocket::async_test]
async fn strangers_and_other_origins_end_nothing() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    let path = format!("/account/sessions/{}/end", there.locker());
    for path in [&*path, "/account/sessions/end-others", "/account/password"] {
        let foreign = Header::new("Sec-Fetch-Site", "cross-site");
        let answer = here.post_with(path, &[], Some(foreign)).await;
        assert_eq!(answer.status, 403, "{path}");
        let answer = house.seat(FIREFOX).post(path, &[]).await;
        assert!(answer.place.unwrap().starts_with("/login"), "{path}");
    }
    assert!(here.is_logged_in().await && there.is_logged_in().await);
}

#[rocket::async_test]
async fn a_hostile_name_of_a_browser_is_harmless() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let huge = format!("Firefox/<b>{}", "\"><script>alert(1)</script>".repeat(300));
    house.logged_in(&huge, "alice", ALICE).await;
    house
        .logged_in("<b>\u{1b}[2J\u{202e} {{ 7 * 7 }}", "alice", ALICE)
        .await;
    let answer = here.get("/account").await;
    assert!(!answer.html.contains("<b>") && !answer.html.contains("alert(1)"));
    let mut said = lines(&answer.page);
    said.sort_unstable();
    assert_eq!(
        said,
        [
            "Firefox, now",
            "This browser, Chromium on Linux, now",
            "unknown browser, now"
        ]
    );
}

#[rocket::async_test]
async fn the_page_holds_lockers_and_no_secrets() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    let html = here.get("/account").await.html;
    for seat in [&here, &there] {
        let cookie = seat.cookie.borrow().clone().unwrap();
        let (locker, secret) = cookie.split_once('.').unwrap();
        assert!(html.contains(&format!("/account/sessions/{locker}/end")));
        assert!(!html.contains(secret));
    }
}

#[rocket::async_test]
async fn of_very_many_sessions_the_last_used_are_shown() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    for _ in 0..51 {
        house.logged_in(FIREFOX, "alice", ALICE).await;
    }
    house.clock.advance(MINUTE);
    house.logged_in("Edg/1", "alice", ALICE).await;
    let page = here.account().await;
    let said = lines(&page);
    assert_eq!(said.len(), 50);
    assert!(said[0].starts_with("This browser"));
    assert_eq!(said[1], "Edge, now");
    assert!(page.contains("3 more are not shown."), "{page}");
}

#[rocket::async_test]
async fn where_sessions_cannot_be_ended_the_page_says_so_and_ends_none() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    house.store.claims(Capabilities {
        revocable: false,
        listable: false,
        ..Capabilities::ALL
    });
    house.store.calls();
    let page = here.account().await;
    assert!(page.contains("can’t be listed"), "{page}");
    assert!(lines(&page).is_empty() && !page.contains("POST"), "{page}");
    let path = format!("/account/sessions/{}/end", there.locker());
    here.post(&path, &[]).await;
    here.post("/account/sessions/end-others", &[]).await;
    let asked = house.store.calls();
    assert!(!asked.contains(&Call::OfUser) && !asked.contains(&Call::Delete));
    assert!(!here.account().await.contains("ended."));
    // Logging out here works everywhere.
    let own = format!("/account/sessions/{}/end", here.locker());
    here.post(&own, &[]).await;
    assert!(!here.is_logged_in().await);
}

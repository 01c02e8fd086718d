//! Requests that meet. Each order is made by hand; nothing waits for time to pass.

use rocket::futures::future::join_all;
use rocket::http::Status;
use rocket_session_layer::Event;
use serde_json::json;

use super::{Fixture, two_handles};
use crate::common::{App, Call, Fault, Setup};

pub async fn two_requests_that_set_different_keys_both_survive(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let slow = app.browser();
    slow.set("a", 1).await;
    let fast = slow.twin();
    let set = fast.set("fast", 1);
    let (answer, _) = slow
        .visit_while(|_| Ok(()), set, |session| session.set("slow", 1))
        .await;
    assert!(answer.did(&Event::Committed {
        version: 3,
        tries: 2
    }));
    assert_eq!(app.data(&slow).await, json!({"a": 1, "fast": 1, "slow": 1}));
}

pub async fn of_two_that_set_the_same_key_the_later_counts(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let slow = app.browser();
    slow.set("a", 1).await;
    let fast = slow.twin();
    slow.visit_while(
        |session| session.set("a", "slow"),
        fast.set("a", "fast"),
        |_| Ok(()),
    )
    .await;
    assert_eq!(app.data(&slow).await, json!({"a": "slow"}));
}

pub async fn a_hundred_keys_set_at_once_are_all_there(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let tabs: Vec<_> = (0..100).map(|_| visitor.twin()).collect();
    let set = |(i, tab)| {
        let tab: &crate::common::Browser<'_> = tab;
        tab.visit(move |session| session.set(&format!("key {i}"), i))
    };
    join_all(tabs.iter().enumerate().map(set)).await;
    assert_eq!(
        app.row(&visitor)
            .await
            .unwrap()
            .contents
            .data
            .keys()
            .count(),
        101
    );
}

pub async fn a_hundred_updates_at_once_all_count(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.add_one("n").await;
    let tabs: Vec<_> = (0..100).map(|_| visitor.twin()).collect();
    let answers = join_all(tabs.iter().map(|tab| tab.add_one("n"))).await;
    assert!(answers.iter().all(|answer| answer.status == Status::Ok));
    assert_eq!(app.data(&visitor).await, json!({"n": 101}));
    // They take turns: with the version alone, all but one would try again at each round. If the
    // turn is free at once, because the store is that fast, one look is made in vain.
    let at_once = |event: &Event| matches!(event, Event::Committed { tries: 1..=2, .. });
    assert!(
        answers
            .iter()
            .all(|answer| answer.trace.iter().any(at_once))
    );
}

pub async fn updates_on_two_servers_all_count(place: &dyn Fixture) {
    let (one, other) = two_handles(place);
    let one = App::on(one).await;
    let other = Setup::configured(json!({}))
        .at_the_time_of(&one)
        .on(other)
        .await;
    let visitor = one.browser();
    visitor.add_one("n").await;
    let elsewhere = visitor.at(&other.browser());
    for _ in 0..10 {
        let here: Vec<_> = (0..5).map(|_| visitor.twin()).collect();
        let there: Vec<_> = (0..5).map(|_| elsewhere.twin()).collect();
        let all = here.iter().chain(&there).map(|tab| tab.add_one("n"));
        let answers = join_all(all).await;
        assert!(answers.iter().all(|answer| answer.status == Status::Ok));
    }
    assert_eq!(other.data(&elsewhere).await, json!({"n": 101}));
}

pub async fn after_twenty_tries_it_is_busy(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    app.calls();
    app.store().breaks(Call::Update, Fault::Conflicts);
    for updates in [false, true] {
        let answer = if updates {
            visitor.add_one("n").await
        } else {
            visitor.set("a", 2).await
        };
        assert_eq!(answer.status, Status::ServiceUnavailable);
        assert_eq!(answer.headers("Retry-After"), ["5"]);
        assert_eq!(answer.cookie(), None);
        let calls = app.calls();
        let times = |wanted| calls.iter().filter(|call| **call == wanted).count();
        assert_eq!((times(Call::Load), times(Call::Update)), (20, 20));
    }
    app.store().heals();
    assert_eq!(app.data(&visitor).await, json!({"a": 1}));
}

pub async fn a_flush_that_meets_a_write_ends_the_session_all_the_same(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let tab = visitor.twin();
    let flush = |session: &rocket_session_layer::Session| {
        session.flush();
        session.set("b", 1)
    };
    let (answer, _) = visitor
        .visit_while(|_| Ok(()), tab.set("a", 2), flush)
        .await;
    assert_eq!(answer.status, Status::Ok);
    assert!(app.row(&tab).await.is_none());
    assert_eq!(app.data(&visitor).await, json!({"b": 1}));
}

pub async fn of_two_logouts_at_once_the_second_finds_nothing_to_do(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let slow = app.browser();
    slow.set("user", "alice").await;
    let fast = slow.twin();
    let flush = |session: &rocket_session_layer::Session| {
        session.flush();
        Ok(())
    };
    let (answer, first) = slow.visit_while(|_| Ok(()), fast.visit(flush), flush).await;
    assert!(first.removes_the_cookie());
    // The browser may be logged in again: nothing that this answer brings may undo it.
    assert_eq!(answer.cookie(), None);
    assert!(answer.did(&Event::Vanished));
}

pub async fn a_late_write_to_an_ended_session_is_dropped(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let slow = app.browser();
    slow.set("user", "alice").await;
    let fast = slow.twin();
    let flush = fast.does(|session| session.flush());
    let (answer, _) = slow
        .visit_while(|_| Ok(()), flush, |session| session.set("a", 1))
        .await;
    // No page says "saved" of what is stored nowhere.
    assert_eq!((answer.status, answer.cookie()), (Status::Conflict, None));
    assert!(answer.did(&Event::Vanished));
    assert!(app.row(&slow).await.is_none());
}

pub async fn a_late_removal_in_an_ended_session_has_nothing_left_to_do(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for remove in [
        |session: &rocket_session_layer::Session| drop(session.pop("user")),
        |session: &rocket_session_layer::Session| session.clear(),
    ] {
        let slow = app.browser();
        slow.set("user", "alice").await;
        let fast = slow.twin();
        let flush = fast.does(|session| session.flush());
        let (answer, _) = slow
            .visit_while(
                |_| Ok(()),
                flush,
                move |session| {
                    remove(session);
                    Ok(())
                },
            )
            .await;
        assert_eq!((answer.status, answer.cookie()), (Status::Ok, None));
        assert!(answer.did(&Event::Vanished));
    }
}

//! A store that takes its time: no answer comes too early, and only requests that must wait do.

use rocket::futures::future::join;
use rocket::http::Status;
use rocket::tokio::select;
use rocket_session_layer::{Event, Session};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::app::{DAY, MINUTE};
use crate::common::probe::Held;
use crate::common::{Answer, App, Browser, Call, Probe};

async fn alice(app: &App) -> Browser<'_> {
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    alice
}

/// A request whose call waits in the store while this happens.
async fn slowly<M>(
    mut held: Held,
    request: impl Future<Output = Answer>,
    meanwhile: impl Future<Output = M>,
) -> Answer {
    let meanwhile = async {
        held.reached().await;
        meanwhile.await;
        held.release();
    };
    join(request, meanwhile).await.0
}

pub async fn a_slow_commit_is_answered_after_it_and_keeps_nobody_else_waiting(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    for holds in [Probe::holds, Probe::holds_the_answer] {
        let stranger = app.browser();
        let meanwhile = async {
            assert_eq!(stranger.cookie(), None);
            assert_eq!(alice.set("a", 1).await.status, Status::Ok);
            assert_eq!(alice.add_one("n").await.status, Status::Ok);
            assert_eq!(alice.get("user").await, "alice");
            assert_eq!(app.browser().open("/plain").await.body, "plain");
        };
        let held = holds(app.store(), Call::Create);
        let answer = slowly(held, stranger.set("a", 1), meanwhile).await;
        assert_eq!(answer.status, Status::Ok);
        assert_eq!(app.data(&stranger).await, json!({"a": 1}));
    }
}

pub async fn whoever_gives_up_while_it_is_slow_keeps_nobody_waiting(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    for call in [Call::Load, Call::Update] {
        let mut held = app.store().holds(call);
        select! {
            answer = alice.add_one("n") => panic!("{answer:?}"),
            () = held.reached() => {}
        }
        assert_eq!(alice.set("a", 1).await.status, Status::Ok);
    }
    // The request was given up before an answer, and does not count.
    assert_eq!(app.data(&alice).await, json!({"a": 1, "user": "alice"}));
}

pub async fn a_session_that_ends_while_it_is_slow_is_not_revived(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    // A request of the same session would wait for its turn, behind the one that is slow.
    for (call, by_its_tab) in [
        (Call::Load, true),
        (Call::Load, false),
        (Call::Update, false),
    ] {
        let alice = alice(&app).await;
        let tab = alice.twin();
        let end = async {
            if by_its_tab {
                tab.does(|session| session.flush()).await;
            } else {
                assert_eq!(app.layer().end_sessions("alice", None).await.unwrap(), 1);
            }
        };
        let held = match call {
            Call::Load => app.store().holds_the_answer(call),
            _ => app.store().holds(call),
        };
        let answer = slowly(held, alice.set("a", 1), end).await;
        is_dropped(&app, &alice, &answer).await;
    }
}

pub async fn a_session_that_is_purged_while_it_is_slow_is_not_revived(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let purge = async {
        app.clock.advance(30 * DAY);
        assert_eq!(app.layer().purge().await.unwrap(), 1);
    };
    let held = app.store().holds(Call::Update);
    let answer = slowly(held, alice.set("a", 1), purge).await;
    is_dropped(&app, &alice, &answer).await;
}

async fn is_dropped(app: &App, browser: &Browser<'_>, answer: &Answer) {
    assert_eq!(answer.cookie(), None);
    assert!(answer.did(&Event::Vanished), "{:?}", answer.trace);
    assert!(app.row(browser).await.is_none());
    assert_eq!(browser.get("user").await, Value::Null);
}

pub async fn a_use_that_is_recorded_slowly_revives_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    app.clock.advance(DAY);
    let tab = alice.twin();
    let end = async {
        tab.does(|session| session.flush()).await;
    };
    let read = alice.visit(|session: &Session| session.get::<Value>("user"));
    let answer = slowly(app.store().holds(Call::Touch), read, end).await;
    assert_eq!((answer.value(), answer.cookie()), (json!("alice"), None));
    assert_eq!(alice.get("user").await, Value::Null);
}

pub async fn a_page_that_only_reads_does_not_wait_for_its_use_to_be_recorded(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    for time in [5 * MINUTE, DAY] {
        app.clock.advance(time);
        // Never let go on: without a limit this request would not end.
        let held = app.store().holds(Call::Touch);
        let read = alice.visit(|session: &Session| session.get::<Value>("user"));
        let answer = read.await;
        assert_eq!((answer.value(), answer.cookie()), (json!("alice"), None));
        assert!(!answer.did(&Event::Touched), "{:?}", answer.trace);
        drop(held);
        // The next one makes up for it.
        let next = alice.visit(|session: &Session| session.get::<Value>("user"));
        assert!(next.await.did(&Event::Touched));
        assert_eq!(app.row(&alice).await.unwrap().touched, app.clock.now());
    }
}

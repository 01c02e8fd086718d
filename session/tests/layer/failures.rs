//! A store that does not answer is no empty session, and a failed page commits nothing.

use rocket::http::Status;
use rocket_session_layer::{Event, Session};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::app::{DAY, HOUR};
use crate::common::{Answer, App, Browser, Call, Fault, Setup};

const FAILURES: [Fault; 2] = [Fault::Fails, Fault::FailsAfter];

pub async fn alice(app: &App) -> Browser<'_> {
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    app.calls();
    alice
}

pub fn says_come_again_later(answer: &Answer) {
    assert_eq!(answer.status, Status::ServiceUnavailable);
    assert_eq!(answer.body, "The app's own page: come again later.");
    assert_eq!(answer.headers("Retry-After"), ["5"]);
    assert_eq!(answer.headers("Vary"), ["Cookie"]);
    assert_eq!(answer.headers("Cache-Control"), ["no-store"]);
    assert_eq!(answer.cookie(), None);
    let failed = |event: &Event| matches!(event, Event::Failed { .. });
    assert!(answer.trace.iter().any(failed), "{:?}", answer.trace);
}

pub async fn a_session_that_cannot_be_loaded_is_not_an_empty_one(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    for fault in FAILURES {
        app.store().breaks(Call::Load, fault);
        says_come_again_later(&alice.set("a", 1).await);
        assert_eq!(app.calls(), app.needed([Call::Load]), "nothing is written");
        app.store().heals();
    }
    assert_eq!(app.data(&alice).await, json!({"user": "alice"}));
}

pub async fn a_page_without_the_session_does_not_need_the_store(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    app.store().breaks(Call::Load, Fault::Fails);
    assert_eq!(alice.open("/plain").await.body, "plain");
    assert_eq!(
        app.browser().get("a").await,
        Value::Null,
        "nor does one without a cookie"
    );
}

pub async fn a_guard_that_cannot_load_the_session_lets_nobody_pass(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    app.store().breaks(Call::Load, Fault::Fails);
    let answer = alice.open("/moved").await;
    says_come_again_later(&answer);
}

pub async fn no_cookie_is_sent_for_a_session_that_was_not_created(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for fault in FAILURES {
        let visitor = app.browser();
        app.store().breaks(Call::Create, fault);
        says_come_again_later(&visitor.set("a", 1).await);
        says_come_again_later(&visitor.add_one("n").await);
        app.store().heals();
        assert_eq!(visitor.get("a").await, Value::Null);
    }
}

pub async fn a_change_that_was_not_stored_is_not_told_as_if_it_were(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    app.store().breaks(Call::Update, Fault::Fails);
    for answer in [
        alice.set("a", 1).await,
        alice.set("user", "bob").await,
        alice.does(|session| session.pop("user")).await,
        alice.does(|session| session.clear()).await,
        alice.does(|session| session.rotate()).await,
        alice.add_one("n").await,
    ] {
        says_come_again_later(&answer);
    }
    app.store().heals();
    assert_eq!(app.data(&alice).await, json!({"user": "alice"}));
    assert_eq!(alice.get("user").await, "alice");
}

pub async fn a_new_id_whose_fate_is_unknown_is_not_sent(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let before = alice.cookie();
    app.store().breaks(Call::Update, Fault::FailsAfter);
    says_come_again_later(&alice.set("user", "bob").await);
    app.store().heals();
    assert_eq!(alice.cookie(), before);
    assert_eq!(
        alice.get("user").await,
        Value::Null,
        "the old one is alice's no more"
    );
}

pub async fn a_session_that_could_not_be_ended_is_still_there(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    app.store().breaks(Call::Delete, Fault::Fails);
    says_come_again_later(&alice.does(|session| session.flush()).await);
    app.store().breaks(Call::Replace, Fault::Fails);
    let replace = |session: &Session| {
        session.flush();
        session.set("a", 1)
    };
    says_come_again_later(&alice.visit(replace).await);
    app.store().heals();
    assert_eq!(alice.get("user").await, "alice");
}

pub async fn an_end_whose_fate_is_unknown_is_not_told_as_if_it_were_made(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let replace = |session: &Session| {
        session.flush();
        session.set("a", 1)
    };
    for call in [Call::Delete, Call::Replace] {
        let alice = alice(&app).await;
        app.store().breaks(call, Fault::FailsAfter);
        says_come_again_later(&match call {
            Call::Delete => alice.does(|session| session.flush()).await,
            _ => alice.visit(replace).await,
        });
        app.store().heals();
        assert!(app.row(&alice).await.is_none(), "it was made");
        let answer = alice.visit(|session| session.get::<Value>("user")).await;
        assert!(answer.removes_the_cookie(), "{:?}", answer.trace);
    }
}

pub async fn sessions_that_could_not_be_ended_are_told_and_still_there(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (here, there) = (alice(&app).await, alice(&app).await);
    let locker = there.locker().unwrap();
    for call in [Call::OfUser, Call::Delete] {
        app.store().breaks(call, Fault::Fails);
        assert!(app.layer().end_session("alice", locker).await.is_err());
        assert!(app.layer().end_sessions("alice", None).await.is_err());
        app.store().heals();
        assert_eq!(app.layer().sessions_of("alice").await.unwrap().len(), 2);
    }
    for browser in [here, there] {
        assert_eq!(browser.get("user").await, "alice");
    }
}

pub async fn a_page_is_not_withheld_because_its_use_was_not_recorded(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    for fault in FAILURES {
        app.clock.advance(HOUR);
        app.store().breaks(Call::Touch, fault);
        let answer = alice.visit(|session| session.get::<Value>("user")).await;
        assert_eq!((answer.value(), answer.cookie()), (json!("alice"), None));
    }
}

pub async fn without_a_page_of_its_own_the_app_answers_in_plain_text(place: &dyn Fixture) {
    let app = Setup::configured(json!({}))
        .without_catchers()
        .on(place.open())
        .await;
    let visitor = app.browser();
    app.store().breaks(Call::Create, Fault::Fails);
    let answer = visitor.set("a", 1).await;
    assert_eq!(answer.status, Status::ServiceUnavailable);
    assert_eq!(answer.body, "503 Service Unavailable");
    assert_eq!(
        answer.headers("Content-Type"),
        ["text/plain; charset=utf-8"]
    );
    assert_eq!(answer.headers("Retry-After"), ["5"]);
}

pub async fn a_purge_that_failed_is_tried_again(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = alice(&app).await;
    app.clock.advance(30 * DAY);
    app.store().breaks(Call::Purge, Fault::Fails);
    assert!(app.layer().purge().await.is_err());
    assert!(app.row(&visitor).await.is_some());
    app.store().heals();
    assert_eq!(app.layer().purge().await.unwrap(), 1);
    assert!(app.row(&visitor).await.is_none());
}

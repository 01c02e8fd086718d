//! The log: one warning for each failure of the server, none for anything else.

use rocket::http::Status;
use rocket_session_layer::{Error, Session, target};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::app::MINUTE;
use crate::common::log::{lines_of, listen_closely, warnings};
use crate::common::{App, Browser, Call, Fault, Setup};

/// An app that has said whatever it says at its start.
async fn app(place: &dyn Fixture) -> App {
    let app = App::on(place.open()).await;
    warnings();
    app
}

async fn alice(app: &App) -> Browser<'_> {
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    assert_eq!(warnings(), [""; 0]);
    alice
}

/// One warning since the last time, with the reason that the broken store gives.
fn one_with_its_reason(case: &str) {
    let said = warnings();
    let told = "the session store did not answer: the cable was pulled";
    assert_eq!(said, [format!("WARN: session: {told}")], "{case}");
}

pub async fn a_store_that_fails_leaves_one_warning_with_its_reason(place: &dyn Fixture) {
    let app = app(place).await;
    let alice = alice(&app).await;
    app.store().breaks(Call::Load, Fault::Fails);
    alice.visit(|session| Ok(session.has("a"))).await;
    one_with_its_reason("load");
    alice.open("/moved").await;
    one_with_its_reason("a guard's load");
    app.store().breaks(Call::Create, Fault::Fails);
    app.browser().set("a", 1).await;
    one_with_its_reason("create");
    app.store().breaks(Call::Update, Fault::Fails);
    alice.set("a", 1).await;
    one_with_its_reason("commit");
    alice.add_one("n").await;
    one_with_its_reason("update");
    app.store().breaks(Call::Delete, Fault::Fails);
    alice.does(|session| session.flush()).await;
    one_with_its_reason("delete");
    app.store().breaks(Call::Replace, Fault::Fails);
    let anew = alice.visit(|session| {
        session.flush();
        session.set("a", 1)
    });
    anew.await;
    one_with_its_reason("replace");
    app.store().heals();
    assert_eq!(alice.set("a", 1).await.status, Status::Ok);
    assert_eq!(warnings(), [""; 0]);
}

pub async fn a_use_that_was_not_recorded_leaves_one_warning(place: &dyn Fixture) {
    let app = app(place).await;
    let alice = alice(&app).await;
    app.clock.advance(5 * MINUTE);
    app.store().breaks(Call::Touch, Fault::Fails);
    assert_eq!(alice.get("user").await, "alice");
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    let told = "WARN: session: the lifetime was not extended: ";
    assert!(said[0].starts_with(told), "{said:?}");
    assert!(said[0].ends_with("the cable was pulled"), "{said:?}");
}

pub async fn a_session_that_others_always_change_leaves_one_warning(place: &dyn Fixture) {
    let app = app(place).await;
    let alice = alice(&app).await;
    app.store().breaks(Call::Update, Fault::Conflicts);
    let busy = alice.set("a", 1).await;
    assert_eq!(busy.status, Status::ServiceUnavailable);
    let told = Error::Busy.to_string();
    assert_eq!(warnings(), [format!("WARN: session: {told}")]);
}

pub async fn the_visitors_own_mistakes_leave_no_warning(place: &dyn Fixture) {
    let app = app(place).await;
    let alice = alice(&app).await;
    let large = alice.set("a", "x".repeat(70_000)).await;
    assert_eq!(large.status, Status::PayloadTooLarge);
    for value in [
        "",
        "x",
        "0000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let stranger = app.browser().with_cookie(Some(value.to_owned()));
        stranger.get("a").await;
    }
    let broken = Status::InternalServerError;
    alice
        .visit_ending(broken, |session| session.set("a", 1))
        .await;
    assert_eq!(warnings(), [""; 0]);
}

pub async fn requests_that_come_too_late_leave_no_warning(place: &dyn Fixture) {
    let app = app(place).await;
    let alice = alice(&app).await;
    let old = alice.twin();
    alice.does(|session| session.rotate()).await;
    assert_eq!(old.set("a", 1).await.status, Status::Conflict);
    let twin = alice.twin();
    let late = alice.visit_while(
        |_| Ok(()),
        twin.does(|session| session.flush()),
        |session| session.set("a", 1),
    );
    late.await;
    assert_eq!(warnings(), [""; 0]);
}

pub async fn behind_a_proxy_that_speaks_tls_a_cookie_without_secure_is_warned_of_once(
    place: &dyn Fixture,
) {
    let app = app(place).await;
    app.browser().set("a", 1).await;
    let plainly = app.browser().through("X-Forwarded-Proto", "http");
    plainly.set("a", 1).await;
    let encrypted = app.browser().through("X-Forwarded-Proto", "https");
    encrypted.does(|session| session.has("a")).await;
    assert_eq!(warnings(), [""; 0], "no cookie was sent to it");
    encrypted.set("a", 1).await;
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("X-Forwarded-Proto: https"), "{said:?}");
    assert!(said[0].contains("session.secure = true"), "{said:?}");
    for _ in 0..2 {
        let another = app.browser().through("X-Forwarded-Proto", "https");
        another.set("a", 1).await;
    }
    assert_eq!(warnings(), [""; 0]);
}

pub async fn a_secure_cookie_behind_such_a_proxy_is_what_it_should_be(place: &dyn Fixture) {
    let app = Setup::configured(json!({"secure": true}))
        .on(place.open())
        .await;
    warnings();
    let visitor = app.browser().through("X-Forwarded-Proto", "https");
    let answer = visitor.set("a", 1).await;
    assert!(answer.cookie().unwrap().contains("; Secure"));
    assert_eq!(warnings(), [""; 0]);
}

/// The lines of the target `event`, without the name of the crate.
fn events() -> Vec<String> {
    lines_of(
        target::EVENT
            .strip_prefix("rocket_session_layer::")
            .unwrap(),
    )
}

pub async fn who_logs_in_and_out_is_in_the_log(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let browser = app.browser();
    browser.set("a", 1).await;
    events();
    browser.set("user", "alice").await;
    let locker = browser.locker().unwrap();
    assert_eq!(events(), [format!("INFO: {locker}: \"alice\" logged in")]);
    browser.get("user").await;
    browser.set("a", 2).await;
    assert_eq!(events(), [""; 0]);
    browser.does(|session| session.pop("user")).await;
    assert_eq!(events(), [format!("INFO: {locker}: \"alice\" logged out")]);
    browser.set("user", "bob").await;
    events();
    browser.does(|session| session.flush()).await;
    let ended = format!("INFO: {locker}: session of \"bob\" ended");
    assert_eq!(events(), [ended]);
}

pub async fn a_login_that_is_not_stored_is_not_told(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let browser = app.browser();
    events();
    let failed = Status::InternalServerError;
    browser
        .visit_ending(failed, |session| session.set("user", "alice"))
        .await;
    let undone = browser.visit(|session| {
        session.set("user", "alice")?;
        session.pop("user");
        session.set("a", 1)
    });
    undone.await;
    let head = browser
        .head(|session| Box::pin(async { session.set("user", "alice").map(|()| Value::Null) }));
    head.await;
    let told = events();
    assert!(!told.iter().any(|line| line.contains("logged")), "{told:?}");
}

pub async fn a_session_that_is_ended_from_outside_is_in_the_log(place: &dyn Fixture) {
    let app = app(place).await;
    let (alice, other) = (alice(&app).await, alice(&app).await);
    events();
    let lockers = [&alice, &other].map(|browser| browser.locker().unwrap());
    let layer = app.layer();
    layer.end_session("alice", lockers[0]).await.unwrap();
    layer.end_sessions("alice", None).await.unwrap();
    let ended = lockers.map(|locker| format!("INFO: {locker}: session of \"alice\" ended"));
    assert_eq!(events(), ended);
    let begun = layer.begin_session_for("bob").await.unwrap();
    let bob = app.browser().with_cookie(Some(begun.value().to_owned()));
    let locker = bob.locker().unwrap();
    let logout = |session: &Session| Ok(session.pop("user"));
    layer.change(locker, logout).await.unwrap();
    let expected = ["in", "out"].map(|way| format!("INFO: {locker}: \"bob\" logged {way}"));
    assert_eq!(events(), expected);
}

pub async fn the_whole_trace_is_there_for_those_who_want_it(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let browser = app.browser();
    browser.set("a", 1).await;
    listen_closely();
    events();
    let answer = browser.set("user", "alice").await;
    let locker = browser.locker().unwrap();
    let trace = answer.trace.iter().map(|event| {
        let level = if event.to_string().contains("logged in") {
            "INFO"
        } else {
            "DEBUG"
        };
        format!("{level}: {locker}: {event}")
    });
    assert_eq!(events(), trace.collect::<Vec<_>>());
}

pub async fn each_warning_has_its_target(place: &dyn Fixture) {
    let app = app(place).await;
    let alice = alice(&app).await;
    app.store().breaks(Call::Load, Fault::Fails);
    alice.visit(|session| Ok(session.has("a"))).await;
    app.store().heals();
    assert_eq!(lines_of("store").len(), 1);
    alice.visit(|session| session.get::<u32>("user")).await;
    assert_eq!(lines_of("view").len(), 1);
    let encrypted = app.browser().through("X-Forwarded-Proto", "https");
    encrypted.set("a", 1).await;
    assert_eq!(lines_of("security").len(), 1);
}

//! The limit `max_size` of one session.

use rocket::http::Status;
use rocket_session_layer::Event;
use serde_json::{Value, json};

use super::{Fixture, two_handles};
use crate::common::{App, Setup};

pub async fn what_would_be_too_large_is_refused_and_the_rest_stays(place: &dyn Fixture) {
    let app = Setup::configured(json!({"max_size": 100}))
        .on(place.open())
        .await;
    let visitor = app.browser();
    visitor.set("a", "x".repeat(50)).await;
    let stored = app.data(&visitor).await;
    for answer in [
        visitor.set("b", "x".repeat(50)).await,
        visitor.set("a", "x".repeat(100)).await,
        visitor.set("user", "x".repeat(50)).await,
        visitor
            .view(Status::Ok, |session| {
                Box::pin(async {
                    session
                        .update("b", |text: &mut String| *text = "x".repeat(50))
                        .await?;
                    Ok(Value::Null)
                })
            })
            .await,
    ] {
        assert_eq!(answer.status, Status::PayloadTooLarge);
        assert_eq!(answer.body, "The app's own page for 413.");
        let failed = |event: &Event| matches!(event, Event::Failed { .. });
        assert!(answer.trace.iter().any(failed), "{:?}", answer.trace);
    }
    assert_eq!(app.data(&visitor).await, stored);
}

pub async fn the_limit_is_met_to_the_byte(place: &dyn Fixture) {
    let app = Setup::configured(json!({"max_size": 20}))
        .on(place.open())
        .await;
    // {"a":"0123456789ab"} is 20 bytes.
    assert_eq!(
        app.browser().set("a", "0123456789ab").await.status,
        Status::Ok
    );
    assert_eq!(
        app.browser().set("a", "0123456789abc").await.status,
        Status::PayloadTooLarge
    );
    // {"a":"01234","b":67} is 20 bytes too.
    let visitor = app.browser();
    visitor.set("a", "01234").await;
    assert_eq!(visitor.set("b", 678).await.status, Status::PayloadTooLarge);
    assert_eq!(visitor.set("b", 67).await.status, Status::Ok);
    assert_eq!(visitor.set("b", 89).await.status, Status::Ok);
}

pub async fn a_strangers_session_is_small_until_somebody_logs_in(place: &dyn Fixture) {
    let settings = json!({"max_stranger_size": 100, "max_size": 1_000});
    let app = Setup::configured(settings).on(place.open()).await;
    let visitor = app.browser();
    let too_large = || "x".repeat(150);
    assert_eq!(
        visitor.set("a", too_large()).await.status,
        Status::PayloadTooLarge
    );
    assert_eq!(visitor.set("a", "x").await.status, Status::Ok);
    let update = visitor.view(Status::Ok, |session| {
        Box::pin(async {
            let grow = |text: &mut String| *text = "x".repeat(150);
            session.update("a", grow).await?;
            Ok(Value::Null)
        })
    });
    assert_eq!(update.await.status, Status::PayloadTooLarge);
    visitor.set("user", "alice").await;
    assert_eq!(visitor.set("a", too_large()).await.status, Status::Ok);
    // It is still alice's when she has logged out.
    visitor.does(|session| session.pop("user")).await;
    assert_eq!(visitor.set("b", too_large()).await.status, Status::Ok);
}

pub async fn two_requests_that_are_too_large_only_together_do_not_both_pass(place: &dyn Fixture) {
    let app = Setup::configured(json!({"max_size": 100}))
        .on(place.open())
        .await;
    let slow = app.browser();
    slow.set("a", 1).await;
    let fast = slow.twin();
    let (answer, _) = slow
        .visit_while(
            |session| session.set("b", "x".repeat(60)),
            fast.set("c", "x".repeat(60)),
            |_| Ok(()),
        )
        .await;
    assert_eq!(answer.status, Status::PayloadTooLarge);
    assert_eq!(app.data(&slow).await, json!({"a": 1, "c": "x".repeat(60)}));
}

pub async fn a_session_above_a_lowered_limit_can_still_shrink(place: &dyn Fixture) {
    let (store, other) = two_handles(place);
    let app = App::on(store).await;
    let visitor = app.browser();
    visitor
        .visit(|session| session.set("a", "x".repeat(90)).and(session.set("b", 1)))
        .await;
    visitor.set("user", "alice").await;
    let settings = json!({"max_size": 50});
    let stricter = Setup::configured(settings)
        .at_the_time_of(&app)
        .on(other)
        .await;
    let visitor = visitor.at(&stricter.browser());
    assert_eq!(
        visitor.does(|session| session.pop("user")).await.value(),
        "alice"
    );
    assert_eq!(visitor.does(|session| session.pop("b")).await.value(), 1);
    assert_eq!(visitor.set("b", 1).await.status, Status::PayloadTooLarge);
}

pub async fn keys_count_with_their_escapes(place: &dyn Fixture) {
    // {"\u0001\n":1} is 14 bytes.
    for (max_size, status) in [(14, Status::Ok), (13, Status::PayloadTooLarge)] {
        let setup = Setup::configured(json!({ "max_size": max_size }));
        let app = setup.on(place.open()).await;
        assert_eq!(app.browser().set("\u{1}\n", 1).await.status, status);
        let updated = app.browser().add_one("\u{1}\n").await;
        assert_eq!(updated.status, status);
    }
}

pub async fn a_users_name_counts_each_time_it_is_stored(place: &dyn Fixture) {
    let app = Setup::configured(json!({"max_size": 100}))
        .on(place.open())
        .await;
    // {"user":"…"} is 11 bytes and the name, and the record has the name twice more.
    assert_eq!(
        app.browser().set("user", "x".repeat(28)).await.status,
        Status::Ok
    );
    let longer = app.browser().set("user", "x".repeat(29)).await;
    assert_eq!(longer.status, Status::PayloadTooLarge);
    let escaped = app.browser().set("user", "\n".repeat(15)).await;
    assert_eq!(escaped.status, Status::PayloadTooLarge);
}

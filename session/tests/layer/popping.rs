//! Keys that are taken out.

use rocket::http::Status;
use rocket_session_layer::Event;
use serde_json::{Value, json};

use super::Fixture;
use crate::common::{App, Call};

pub async fn popping_gives_the_value_once(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor
        .visit(|session| session.set("a", 1).and(session.set("b", 2)))
        .await;
    assert_eq!(visitor.does(|session| session.pop("a")).await.value(), 1);
    assert_eq!(
        visitor.does(|session| session.pop("a")).await.value(),
        Value::Null
    );
    assert_eq!(app.data(&visitor).await, json!({"b": 2}));
}

pub async fn popping_a_missing_key_writes_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    visitor.get("a").await;
    app.calls();
    visitor.does(|session| session.pop("b")).await;
    assert_eq!(app.calls(), app.needed([Call::Load]));
}

pub async fn a_key_that_was_set_and_popped_stores_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let answer = app
        .browser()
        .visit(|session| session.set("a", 1).map(|()| session.pop("a")))
        .await;
    assert_eq!(answer.value(), 1);
    assert_eq!(answer.cookie(), None);
    assert_eq!(app.calls(), []);
}

pub async fn popping_the_last_key_keeps_row_and_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let id = visitor.id();
    visitor.does(|session| session.pop("a")).await;
    assert_eq!(visitor.id(), id);
    assert_eq!(app.data(&visitor).await, json!({}));
}

pub async fn a_typed_pop_gives_the_value_once(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("next", "/cart").await;
    for expected in [json!("/cart"), Value::Null] {
        let popped = visitor.visit(|session| session.pop_as::<String>("next"));
        assert_eq!(popped.await.value(), expected);
    }
    assert_eq!(app.data(&visitor).await, json!({}));
}

pub async fn a_value_of_another_type_stays_where_it_is(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("next", "/cart").await;
    let refused = visitor.visit(|session| session.pop_as::<u32>("next")).await;
    assert_eq!(refused.status, Status::InternalServerError);
    let told = refused
        .trace
        .iter()
        .any(|event| matches!(event, Event::Failed { .. }));
    assert!(told, "{:?}", refused.trace);
    let seen = visitor.visit(|session| {
        let refused = session.pop_as::<u32>("next").is_err();
        Ok((refused, session.get::<String>("next")?))
    });
    assert_eq!(seen.await.value(), json!([true, "/cart"]));
    assert_eq!(app.data(&visitor).await, json!({"next": "/cart"}));
}

pub async fn a_typed_pop_of_the_identity_key_is_a_logout(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let browser = app.browser();
    browser.set("user", 7).await;
    let popped = browser.visit(|session| session.pop_as::<u64>("user")).await;
    assert_eq!(popped.value(), 7);
    let user = Some("7".to_owned());
    assert!(popped.did(&Event::LoggedOut { user }), "{:?}", popped.trace);
    assert_eq!(app.row(&browser).await.unwrap().contents.user, None);
}

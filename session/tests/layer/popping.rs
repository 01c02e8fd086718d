//! Keys that are taken out.

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

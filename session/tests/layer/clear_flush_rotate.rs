//! Calls on the session as a whole: clear, flush, rotate.

use serde_json::{Value, json};

use super::Fixture;
use crate::common::{App, Call};

pub async fn clear_empties_the_data_and_keeps_row_and_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("user", "alice").await;
    let id = visitor.id();
    visitor.does(|session| session.clear()).await;
    assert_eq!(visitor.id(), id);
    assert_eq!(app.data(&visitor).await, json!({}));
    assert_eq!(app.row(&visitor).await.unwrap().contents.user, None);
}

pub async fn what_is_set_after_clear_stays(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    visitor
        .visit(|session| {
            session.set("b", 1)?;
            session.clear();
            session.set("c", 1)
        })
        .await;
    assert_eq!(app.data(&visitor).await, json!({"c": 1}));
}

pub async fn clear_by_a_stranger_stores_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let answer = app.browser().does(|session| session.clear()).await;
    assert_eq!((answer.cookie(), app.calls()), (None, vec![]));
}

pub async fn flush_deletes_row_and_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let tab = visitor.twin();
    let answer = visitor.does(|session| session.flush()).await;
    assert!(answer.removes_the_cookie());
    assert!(app.row(&tab).await.is_none());
    assert_eq!(tab.get("a").await, Value::Null);
}

pub async fn flush_then_set_replaces_the_session_in_one_step(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let tab = visitor.twin();
    app.calls();
    let set = visitor.visit(|session| {
        session.set("b", 1)?;
        session.flush();
        session.set("c", 1)
    });
    assert!(!set.await.removes_the_cookie());
    assert_eq!(app.calls(), app.needed([Call::Load, Call::Replace]));
    assert!(app.row(&tab).await.is_none());
    assert_ne!(visitor.locker(), tab.locker());
    assert_eq!(app.data(&visitor).await, json!({"c": 1}));
}

pub async fn what_is_set_and_flushed_stores_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visit = |session: &rocket_session_layer::Session| {
        session.set("a", 1)?;
        session.flush();
        Ok(())
    };
    let answer = app.browser().visit(visit).await;
    assert_eq!((answer.cookie(), app.calls()), (None, vec![]));
}

pub async fn rotate_changes_the_secret_and_nothing_else(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let before = (visitor.cookie(), app.row(&visitor).await.unwrap());
    visitor.does(|session| session.rotate()).await;
    let after = (visitor.cookie(), app.row(&visitor).await.unwrap());
    assert_ne!(before.0, after.0);
    assert_eq!(before.1.locker, after.1.locker);
    assert_eq!(after.1.previous_hash, Some(before.1.secret_hash));
    assert_eq!(visitor.get("a").await, 1);
}

pub async fn rotate_holds_whatever_else_the_view_does(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let before = visitor.cookie();
    visitor
        .visit(|session| {
            session.rotate();
            session.clear();
            session.set("b", 1)
        })
        .await;
    assert_ne!(visitor.cookie(), before);
    assert_eq!(visitor.get("b").await, 1);
}

pub async fn rotating_a_stranger_stores_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let answer = app.browser().does(|session| session.rotate()).await;
    assert_eq!((answer.cookie(), app.calls()), (None, vec![]));
}

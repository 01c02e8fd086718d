//! Calls of a view on `&Session`, and the row that they leave.

use std::collections::BTreeMap;

use rocket::http::Status;
use rocket_session_layer::{Event, Expiry};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::{App, Call};

pub async fn reading_creates_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor
        .visit(|session| {
            let nothing = (
                session.get::<String>("a")?,
                session.has("a"),
                session.pop("a"),
            );
            assert_eq!(nothing, (None, false, None));
            assert!(session.record().is_none() && session.locker().is_none());
            session.get_or_default::<u32>("a")
        })
        .await;
    assert_eq!(answer.value(), 0);
    assert_eq!(answer.cookie(), None);
    assert_eq!(app.calls(), []);
}

pub async fn the_first_set_stores_a_row_and_sends_its_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor.set("a", 1).await;
    assert_eq!(app.calls(), app.needed([Call::Create]));
    assert!(answer.cookie().is_some());
    assert_eq!(app.data(&visitor).await, json!({"a": 1}));
    assert_eq!(app.row(&visitor).await.unwrap().version, 1);
}

pub async fn what_was_set_is_there_at_the_next_request(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (visitor, other) = (app.browser(), app.browser());
    visitor.set("a", "앨리스").await;
    assert_eq!(visitor.get("a").await, "앨리스");
    assert_eq!(other.get("a").await, Value::Null);
}

pub async fn every_kind_of_value_comes_back(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    for value in [
        json!(null),
        json!(false),
        json!(-1),
        json!(u64::MAX),
        json!(0.1),
        json!("\u{0} \" \\ 🗝️"),
        json!([1, [2, []]]),
        json!({"열쇠": {"b": [null]}}),
    ] {
        visitor.set("a", value.clone()).await;
        assert_eq!(visitor.get("a").await, value);
    }
}

pub async fn keys_may_be_any_text(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    for key in ["", " ", "열쇠", "a\"b\\", "a.b", "\u{0}"] {
        assert_eq!(visitor.set(key, key).await.status, Status::Ok);
        assert_eq!(visitor.get(key).await, key);
    }
}

pub async fn null_is_a_value_too(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", None::<u32>).await;
    let answer = visitor.does(|session| session.has("a")).await;
    assert_eq!(answer.value(), true);
    assert_eq!(
        visitor.does(|session| session.pop("a")).await.value(),
        Value::Null
    );
    assert_eq!(app.data(&visitor).await, json!({}));
}

pub async fn a_view_sees_what_it_has_done(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor
        .visit(|session| {
            session.set("a", 1)?;
            session.set("b", 2)?;
            assert_eq!((session.get("a")?, session.has("b")), (Some(1), true));
            assert_eq!(session.pop("a"), Some(json!(1)));
            assert!(!session.has("a"));
            session.clear();
            assert!(!session.has("b"));
            session.set("c", 3)?;
            session.flush();
            Ok(session.has("c"))
        })
        .await;
    assert_eq!(answer.value(), false);
}

pub async fn a_value_of_another_type_is_an_error(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", "text").await;
    let answer = visitor.visit(|session| session.get::<u32>("a")).await;
    assert_eq!(answer.status, Status::InternalServerError);
    let answer = visitor
        .visit(|session| session.get_or_default::<u32>("a"))
        .await;
    assert_eq!(answer.status, Status::InternalServerError);
    assert_eq!(app.data(&visitor).await, json!({"a": "text"}));
}

pub async fn a_value_that_is_no_json_is_an_error(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor.set("a", BTreeMap::from([((1, 2), 3)])).await;
    assert_eq!(answer.status, Status::InternalServerError);
    assert_eq!(answer.cookie(), None);
}

pub async fn the_last_operation_on_a_key_counts(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor
        .visit(|session| {
            session.set("a", 1)?;
            session.set("b", 1)?;
            session.pop("a");
            session.set("a", 2)?;
            session.set("b", 2)?;
            session.pop("b");
            Ok(())
        })
        .await;
    assert_eq!(app.data(&visitor).await, json!({"a": 2}));
}

pub async fn a_thousand_operations_are_one_change_of_the_row(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 0).await;
    app.calls();
    visitor
        .visit(|session| (0..1_000).try_for_each(|i| session.set(["a", "b"][i % 2], i)))
        .await;
    assert_eq!(app.calls(), app.needed([Call::Load, Call::Update]));
    assert_eq!(app.data(&visitor).await, json!({"a": 998, "b": 999}));
}

pub async fn an_expiry_alone_stores_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let set = |session: &rocket_session_layer::Session| {
        session.set_expiry(Expiry::BrowserClose)?;
        Ok(())
    };
    let answer = app.browser().visit(set).await;
    assert_eq!((answer.cookie(), app.calls()), (None, vec![]));
}

pub async fn a_view_can_show_the_row_of_its_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let answer = visitor
        .visit(|session| {
            Ok((
                session.locker(),
                session.record().map(|record| record.version),
            ))
        })
        .await;
    let locker = visitor.locker().unwrap().to_string();
    assert_eq!(answer.value(), json!([locker, 1]));
}

pub async fn two_guards_of_one_request_load_once(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("user", "alice").await;
    visitor.get("user").await;
    app.calls();
    assert_eq!(visitor.open("/members").await.body, "members");
    assert_eq!(app.calls(), app.needed([Call::Load]));
    let stranger = app.browser().open("/members").await;
    assert_eq!(stranger.body, "strangers");
    assert!(stranger.did(&Event::NoSessionId));
}

pub async fn a_view_can_read_all_that_is_there_as_it_sees_it(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor.visit(|session| {
        let before = session.data();
        session.set("b", [1, 2])?;
        session.set("a", "x")?;
        let data = session.data();
        let keys: Vec<String> = data.keys().map(str::to_owned).collect();
        session.pop("b");
        Ok((
            before.is_empty(),
            data.is_empty(),
            keys,
            session.data().to_json().unwrap(),
        ))
    });
    let expected = json!([true, false, ["a", "b"], r#"{"a":"x"}"#]);
    assert_eq!(answer.await.value(), expected);
    let answer = visitor.visit(|session| {
        let stored = session.data();
        session.set("c", 3)?;
        session.flush();
        let ended = session.data();
        Ok((
            stored.get::<String>("a").unwrap(),
            stored.has("c"),
            ended.is_empty(),
        ))
    });
    assert_eq!(answer.await.value(), json!(["x", false, true]));
}

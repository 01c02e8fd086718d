//! Keys by which serde_json marks its own values inside a map are keys like any other here:
//! visitors may choose them.

use std::collections::{BTreeMap, HashMap};

use rocket::http::Status;
use serde_json::{Map, Value, json};

use super::Fixture;
use super::values::{comes_back, stored};
use crate::common::App;

const PRIVATE: [&str; 2] = [
    "$serde_json::private::RawValue",
    "$serde_json::private::Number",
];

pub async fn a_map_may_have_any_key(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    for key in PRIVATE {
        for value in [json!(1), json!("5"), json!("{\"a\":1}"), json!(["\u{0}"])] {
            let map = Map::from_iter([(key.to_owned(), value)]);
            comes_back(&app, &visitor, map.clone()).await;
            comes_back(&app, &visitor, BTreeMap::from_iter(map.clone())).await;
            comes_back(&app, &visitor, HashMap::<_, _>::from_iter(map.clone())).await;
            comes_back(&app, &visitor, vec![Value::from(map.clone()), json!(1)]).await;
            comes_back(&app, &visitor, Value::from(map.clone())).await;
            comes_back(&app, &visitor, json!({"a": [{ key: map }], "b": 0.5})).await;
        }
        comes_back(&app, &visitor, BTreeMap::from([(key.to_owned(), 1_u32)])).await;
    }
}

pub async fn a_session_key_may_be_any_of_these_too(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    for key in PRIVATE {
        visitor.set(key, "5").await;
        assert_eq!(visitor.get(key).await, "5");
    }
    let popped = visitor.does(|session| PRIVATE.map(|key| session.pop(key)));
    assert_eq!(popped.await.value(), json!(["5", "5"]));
    assert_eq!(stored(&app, &visitor).await, "{}");
}

pub async fn a_map_is_no_identity_whatever_its_key(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for key in PRIVATE {
        for user in ["\"alice\"", "7"] {
            let map = BTreeMap::from([(key, user)]);
            let answer = app.browser().set("user", map).await;
            assert_eq!(answer.status, Status::InternalServerError);
            assert_eq!(answer.cookie(), None);
        }
    }
}

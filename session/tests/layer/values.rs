//! Values come back bit for bit, or are refused.

use std::collections::BTreeMap;
use std::fmt::Debug;

use rocket::http::Status;
use rocket_session_layer::{Data, Error};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::Fixture;
use crate::common::{App, Browser};

/// A value inside `levels` arrays.
fn nested(levels: usize) -> Value {
    (0..levels).fold(json!(0), |inner, _| json!([inner]))
}

fn raw(json: impl Into<String>) -> Box<RawValue> {
    RawValue::from_string(json.into()).unwrap()
}

pub async fn stored(app: &App, visitor: &Browser<'_>) -> String {
    let record = app.row(visitor).await.unwrap();
    record.contents.data.to_json().unwrap()
}

/// Neither `set` nor `update` takes the value, and the session stays as it was.
async fn refuses<T>(app: &App, visitor: &Browser<'_>, value: T)
where
    T: Clone + Debug + Default + DeserializeOwned + Send + Serialize + Sync + 'static,
{
    let (before, shown) = (stored(app, visitor).await, format!("{value:?}"));
    let answer = visitor
        .view(Status::Ok, |session| {
            Box::pin(async move {
                let set = session.set("a", &value);
                let update = session.update("b", |b: &mut T| b.clone_from(&value)).await;
                let refused = |result| matches!(result, Err(Error::NotJson { .. }));
                Ok(json!([refused(set), refused(update), session.has("b")]))
            })
        })
        .await;
    assert_eq!(answer.value(), json!([true, true, false]), "{shown}");
    assert_eq!(stored(app, visitor).await, before, "{shown}");
}

/// `get`, `update` and, at last, `pop` of a later request give the value that was set.
pub async fn comes_back<T>(app: &App, visitor: &Browser<'_>, value: T)
where
    T: Clone + Debug + Default + DeserializeOwned + PartialEq + Send + Serialize + Sync + 'static,
{
    let set = value.clone();
    let answer = visitor.visit(move |session| session.set("a", set)).await;
    assert_eq!(answer.status, Status::Ok, "{value:?}");
    let text = serde_json::to_string(&value).unwrap();
    let (shown, expected) = (format!("{value:?}"), value);
    let answer = visitor
        .view(Status::Ok, |session| {
            Box::pin(async move {
                let got: Option<T> = session.get("a")?;
                let seen: Option<T> = session.data().get("a").unwrap();
                let updated = session.update("a", |a: &mut T| a.clone()).await?;
                let all = [got.unwrap(), seen.unwrap(), updated];
                Ok(json!(all.iter().all(|value| *value == expected)))
            })
        })
        .await;
    assert_eq!(answer.value(), true, "{shown}");
    let popped = visitor.does(|session| session.pop("a").map(|value| value.to_string()));
    assert_eq!(popped.await.value(), text, "{shown}");
    assert_eq!(stored(app, visitor).await, "{}", "{shown}");
}

pub async fn floats_come_back_with_the_same_bits(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let mut floats = vec![
        9_007_199_254_740_991.0,
        -0.0,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
    ];
    floats.extend((1..40_u32).map(|n| f64::from(n).sqrt().exp()));
    let singles: Vec<f32> = floats.iter().map(|&float| float as f32).collect();
    let singles: Vec<f32> = singles
        .into_iter()
        .filter(|single| single.is_finite())
        .collect();
    let bits: Vec<u64> = floats.iter().map(|float| float.to_bits()).collect();
    let singles_bits: Vec<u32> = singles.iter().map(|single| single.to_bits()).collect();
    visitor
        .visit(|session| session.set("d", floats).and(session.set("s", singles)))
        .await;
    let answer = visitor
        .view(Status::Ok, |session| {
            Box::pin(async {
                let of = |floats: &[f64]| floats.iter().map(|f| f.to_bits()).collect::<Vec<_>>();
                let got: Vec<f64> = session.get_or_default("d")?;
                let singles: Vec<f32> = session.get_or_default("s")?;
                let updated = session.update("d", |d: &mut Vec<f64>| of(d)).await?;
                let popped = session.pop("d").unwrap();
                let popped = popped.as_array().unwrap().iter();
                let popped: Vec<f64> = popped.map(|float| float.as_f64().unwrap()).collect();
                let singles: Vec<u32> = singles.iter().map(|single| single.to_bits()).collect();
                Ok(json!([of(&got), updated, of(&popped), singles]))
            })
        })
        .await;
    assert_eq!(answer.value(), json!([bits, bits, bits, singles_bits]));
}

pub async fn what_is_too_deep_to_be_read_is_refused(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    comes_back(&app, &visitor, nested(127)).await;
    comes_back(&app, &visitor, json!("[".repeat(200) + "\"{\\")).await;
    comes_back(&app, &visitor, json!(vec![nested(126); 3])).await;
    visitor.set("kept", 1).await;
    refuses(&app, &visitor, nested(128)).await;
    refuses(&app, &visitor, json!({"\"]": nested(127)})).await;
    let objects = "{\"a\":".repeat(128) + "0" + &"}".repeat(128);
    refuses(&app, &visitor, raw(objects)).await;
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Sample {
    name: Option<String>,
    float: f64,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
enum Kind {
    #[default]
    Unit,
    Newtype(f64),
    Tuple(u8, f64),
    Struct {
        float: f64,
    },
}

pub async fn a_float_that_is_no_number_is_refused(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("kept", Kind::Unit).await;
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let name = None;
        refuses(&app, &visitor, float).await;
        refuses(&app, &visitor, float as f32).await;
        refuses(&app, &visitor, Some(float)).await;
        refuses(&app, &visitor, vec![0.5, float]).await;
        refuses(&app, &visitor, (1, [0.5, float])).await;
        refuses(
            &app,
            &visitor,
            BTreeMap::from([(1, Sample { name, float })]),
        )
        .await;
        refuses(&app, &visitor, Kind::Newtype(float)).await;
        refuses(&app, &visitor, Kind::Tuple(0, float)).await;
        refuses(&app, &visitor, Kind::Struct { float }).await;
    }
    visitor.does(|session| session.pop("kept")).await;
    comes_back(&app, &visitor, (None::<u8>, "null".to_owned(), 0.5)).await;
    comes_back(&app, &visitor, ()).await;
    comes_back(
        &app,
        &visitor,
        json!({"null": [null, 1, -1, u64::MAX, 'x']}),
    )
    .await;
    comes_back(
        &app,
        &visitor,
        BTreeMap::from([(1_i128, None), (2, Some(2_u128))]),
    )
    .await;
}

pub async fn a_number_of_more_than_64_bits_is_refused(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("kept", 1).await;
    refuses(&app, &visitor, u128::from(u64::MAX) + 1).await;
    refuses(&app, &visitor, vec![i128::from(i64::MIN) - 1]).await;
    refuses(
        &app,
        &visitor,
        BTreeMap::from([("n".to_owned(), u128::MAX)]),
    )
    .await;
    for json in [
        "1e999",
        "[-1E+400]",
        "{\"a\":18446744073709551616}",
        "[1,\"\\ud800\"]",
    ] {
        refuses(&app, &visitor, raw(json)).await;
    }
    visitor.does(|session| session.pop("kept")).await;
    comes_back(&app, &visitor, u128::from(u64::MAX)).await;
    comes_back(&app, &visitor, i128::from(i64::MIN)).await;
    comes_back(&app, &visitor, json!(["18446744073709551616", "1e999"])).await;
    // Text and no number: JSON has only strings as keys.
    comes_back(&app, &visitor, BTreeMap::from([(u128::MAX, 1)])).await;
}

/// A cart in which an item that is named `total` would be written beside the total.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
struct Cart {
    #[serde(flatten)]
    items: BTreeMap<String, u32>,
    total: u32,
}

pub async fn a_key_that_is_twice_in_one_map_is_refused(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let cart = |item: &str| Cart {
        items: BTreeMap::from([(item.to_owned(), 1)]),
        total: 1,
    };
    comes_back(&app, &visitor, cart("pencil")).await;
    refuses(&app, &visitor, cart("total")).await;
    refuses(
        &app,
        &visitor,
        vec![raw("{\"a\":{\"b\":1, \"\\u0062\" :2}}")],
    )
    .await;
    comes_back(
        &app,
        &visitor,
        json!({"a": {"a": ["a", "a"]}, "b": {"a": 1}}),
    )
    .await;
}

pub async fn a_value_that_cannot_be_read_is_popped_all_the_same(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let deep = |levels| "[".repeat(levels) + &"]".repeat(levels);
    const PRIVATE: &str = "$serde_json::private::RawValue";
    for json in [
        deep(128),
        deep(10_000),
        format!("[{{\"{PRIVATE}\":0}},{}]", deep(10_000)),
        "1e999".to_owned(),
        "\"\\ud800\"".to_owned(),
    ] {
        let mut record = app.row(&visitor).await.unwrap();
        record.version += 1;
        record.contents.data = Data::from_json(&format!("{{\"a\":{json}}}")).unwrap();
        app.overwrite(&record).await;
        let seen = visitor.does(|session| (session.has("a"), session.get::<Value>("a").is_err()));
        assert_eq!(seen.await.value(), json!([true, true]));
        let popped = visitor.does(|session| [(); 2].map(|()| session.pop("a").is_some()));
        assert_eq!(popped.await.value(), json!([true, false]));
        assert_eq!(stored(&app, &visitor).await, "{}");
    }
}

//! A scenario as its file words it, and what of that makes no sense.

use std::collections::BTreeMap;
use std::time::Duration;

use rocket::http::Method;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use super::claims::json;
use super::{Act, Actor, Claims, CookieClaim, DevTools, Need, Predict, Sent, TextClaim, Wrong};
use crate::course::language::languages::Language;
use crate::course::language::say::Say;
use crate::session::Engine;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    who: Actor,
    at: Option<Actor>,
    send: Option<Send>,
    form: Option<Form>,
    from: Option<From>,
    close: Option<bool>,
    wait: Option<Wait>,
    restart: Option<Restart>,
    devtools: Option<DevTools>,
    times: Option<u32>,
    say: Say,
    status: Option<u16>,
    place: Option<String>,
    text: Option<TextClaim>,
    asking: Option<String>,
    cookie: Option<CookieClaim>,
    row: Option<Row>,
    #[serde(default)]
    needs: BTreeMap<String, Need>,
    predict: Option<Predict>,
}

impl TryFrom<Step> for super::Step {
    type Error = &'static str;

    fn try_from(step: Step) -> Result<Self, Self::Error> {
        let act = match (
            step.send,
            step.close,
            step.wait,
            step.restart,
            step.devtools,
        ) {
            (Some(Send { method, path }), None, None, None, None) => Act::Send(Sent {
                method,
                path,
                form: step.form.unwrap_or_default().0,
                foreign: step.from.is_some(),
            }),
            _ if step.form.is_some() => return Err("`form` goes with `send` only"),
            _ if step.from.is_some() => return Err("`from` goes with `send` only"),
            (None, Some(true), None, None, None) => Act::Close,
            (None, None, Some(Wait(time)), None, None) => Act::Wait(time),
            (None, None, None, Some(Restart(engine)), None) => Act::Restart(engine),
            (None, None, None, None, Some(devtools)) => Act::DevTools(devtools),
            _ => {
                return Err(
                    "exactly one of `send`, `close = true`, `wait`, `restart` and `devtools` is needed",
                );
            }
        };
        if step
            .times
            .is_some_and(|times| times < 2 || !matches!(act, Act::Send(_)))
        {
            return Err("`times` goes with `send` only, and is 2 or more");
        }
        let claims = Claims {
            status: step.status,
            place: step.place,
            text: step.text,
            asking: step.asking,
            cookie: step.cookie,
            row: step.row.map(|Row(json)| json),
            needs: step.needs,
        };
        if !claims.needs.keys().all(|field| claims.claim(field)) {
            return Err("`needs` names what this step does not claim");
        }
        let answered = claims.status.is_some() || claims.place.is_some();
        let answered = answered || claims.text.is_some() || claims.asking.is_some();
        if answered && !matches!(act, Act::Send(_)) {
            return Err("`status`, `place`, `text` and `asking` go with `send` only");
        }
        Ok(super::Step {
            who: step.who,
            at: step.at.unwrap_or(step.who),
            act,
            times: step.times,
            say: step.say,
            claims,
            predict: step.predict,
        })
    }
}

/// Where the link or form stands, if not on a page of this server.
#[derive(Deserialize)]
enum From {
    #[serde(rename = "another site")]
    AnotherSite,
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Send {
    method: Method,
    path: String,
}

impl TryFrom<String> for Send {
    type Error = &'static str;

    fn try_from(send: String) -> Result<Self, Self::Error> {
        const SHAPE: &str = "`send` is written like \"GET /main\" or \"POST /login\"";
        let (method, path) = send.split_once(' ').ok_or(SHAPE)?;
        let method = match method {
            "GET" => Method::Get,
            "POST" => Method::Post,
            _ => return Err(SHAPE),
        };
        if !path.starts_with('/') || path.contains(char::is_whitespace) {
            return Err(SHAPE);
        }
        let path = path.to_owned();
        Ok(Send { method, path })
    }
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Wait(Duration);

impl TryFrom<String> for Wait {
    type Error = &'static str;

    fn try_from(wait: String) -> Result<Self, Self::Error> {
        const SHAPE: &str = "`wait` is written like \"20 minutes\", \"1 hour\" or \"15 days\"";
        let (number, unit) = wait.split_once(' ').ok_or(SHAPE)?;
        let seconds = match unit.strip_suffix('s').unwrap_or(unit) {
            "second" => 1,
            "minute" => 60,
            "hour" => 60 * 60,
            "day" => 24 * 60 * 60,
            _ => return Err(SHAPE),
        };
        let number: u32 = number.parse().map_err(|_| SHAPE)?;
        Ok(Wait(Duration::from_secs(u64::from(number) * seconds)))
    }
}

/// `true`, or a table with the engine that the lesson has from then on.
#[derive(Deserialize)]
#[serde(try_from = "Value")]
struct Restart(Option<Engine>);

impl TryFrom<Value> for Restart {
    type Error = String;

    fn try_from(restart: Value) -> Result<Self, Self::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct With {
            engine: Engine,
        }
        match restart {
            Value::Bool(true) => Ok(Restart(None)),
            Value::Object(_) => {
                let with: With = serde_json::from_value(restart).map_err(|e| e.to_string())?;
                Ok(Restart(Some(with.engine)))
            }
            _ => Err("`restart` is true, or a table with `engine`".to_owned()),
        }
    }
}

/// A form's fields in the order in which they stand in the file, as a browser sends them.
#[derive(Default)]
struct Form(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Form;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a table of texts")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Form, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Form(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

impl TryFrom<Value> for TextClaim {
    type Error = String;

    fn try_from(text: Value) -> Result<Self, Self::Error> {
        let filled: Option<BTreeMap<String, String>> = match text {
            Value::String(key) => Some([("key".to_owned(), key)].into()),
            table => serde_json::from_value(table).ok(),
        };
        let shape = "`text` is a text key, or a table with `key` and its variables";
        let mut filled = filled.ok_or(shape)?;
        let key = filled.remove("key").ok_or(shape)?;
        if Language::English.text(&key) == key {
            return Err(format!("there is no text `{key}`"));
        }
        let variables = filled.into_iter().collect();
        Ok(TextClaim { key, variables })
    }
}

/// What a row must hold, in JSON, or `none`.
#[derive(Deserialize)]
#[serde(try_from = "Value")]
struct Row(String);

impl TryFrom<Value> for Row {
    type Error = &'static str;

    fn try_from(row: Value) -> Result<Self, Self::Error> {
        match row {
            Value::String(word) if word == "none" => Ok(Row(word)),
            Value::Object(data) => Ok(Row(json(&data))),
            _ => Err("`row` is \"none\" or the table of its data"),
        }
    }
}

pub(super) fn two_or_three<'de, D: Deserializer<'de>>(wrong: D) -> Result<Vec<Wrong>, D::Error> {
    let wrong = Vec::deserialize(wrong)?;
    match wrong.len() {
        2 | 3 => Ok(wrong),
        _ => Err(Error::custom("`wrong` has two or three answers")),
    }
}

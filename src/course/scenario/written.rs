//! A step as its file words it, and what of that makes no sense. The file is flat, since authors
//! write it by hand; in memory a step has exactly one act, so that no code has to ask again.

use std::time::Duration;

use rocket::http::Method;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use super::act::{Act, DevTools, OtherOrigin, OtherServer, Sent};
use super::claim::{AskingClaim, Claims, CookieClaim, FieldClaim, RowClaim, TextClaim};
use super::named::Made;
use super::predict::Predict;
use super::restart::RestartWith;
use super::step::{Actor, Closed, ScenarioStep, Seen};
use crate::course::language::say::Say;
use crate::course::protect::own_paths::is_own;

/// Requests that one step may send at the same time: a thread each.
const MOST_AT_ONCE: u32 = 100;

/// A step in the file, field by field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStep {
    who: Actor,
    at: Option<Actor>,
    send: Option<SendLine>,
    form: Option<FormTable>,
    from: Option<OtherOrigin>,
    #[serde(default)]
    console: bool,
    close: Option<bool>,
    wait: Option<WaitTime>,
    restart: Option<WrittenRestart>,
    devtools: Option<DevTools>,
    times: Option<u32>,
    parallel: Option<u32>,
    #[serde(rename = "do")]
    instruction: Option<Say>,
    say: Say,
    status: Option<u16>,
    place: Option<String>,
    text: Option<TextClaim>,
    field: Option<FieldClaim>,
    asking: Option<AskingClaim>,
    cookie: Option<CookieClaim>,
    row: Option<RowClaim>,
    predict: Option<Predict>,
    made: Option<Made>,
    #[serde(default)]
    seen: Vec<Seen>,
    closed: Option<Closed>,
    server: Option<OtherServer>,
    #[serde(default)]
    script: bool,
    steal: Option<bool>,
}

impl<'de> Deserialize<'de> for ScenarioStep {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = WrittenStep::deserialize(deserializer)?;
        written.checked().map_err(D::Error::custom)
    }
}

impl WrittenStep {
    /// The step in memory.
    ///
    /// # Errors
    ///
    /// Fields that don't go together. The sentence names them; line and file are added by the
    /// reader.
    fn checked(self) -> Result<ScenarioStep, &'static str> {
        let act = match (
            self.send,
            self.close,
            self.wait,
            self.restart,
            self.devtools,
            self.steal,
        ) {
            (Some(SendLine { method, path }), None, None, None, None, None) => Act::Send(Sent {
                method,
                path,
                form: self.form.unwrap_or_default().0,
                from: self.from,
                console: self.console,
                server: self.server,
                script: self.script,
            }),
            _ if self.console => return Err("`console` goes with `send` only"),
            _ if self.form.is_some() => return Err("`form` goes with `send` only"),
            _ if self.from.is_some() => return Err("`from` goes with `send` only"),
            _ if self.server.is_some() || self.script => {
                return Err("`server` and `script` go with `send` only");
            }
            (None, Some(true), None, None, None, None) => Act::Close,
            (None, None, Some(WaitTime(time)), None, None, None) => Act::Wait(time),
            (None, None, None, Some(WrittenRestart(with)), None, None) => Act::Restart(with),
            (None, None, None, None, Some(devtools), None) => Act::DevTools(devtools),
            (None, None, None, None, None, Some(true)) => Act::Steal,
            _ => {
                return Err(
                    "exactly one of `send`, `close = true`, `wait`, `restart`, `devtools` and `steal = true` is needed",
                );
            }
        };
        let is_sent = matches!(act, Act::Send(_));
        if self.times.is_some_and(|times| times < 2 || !is_sent) {
            return Err("`times` goes with `send` only, and is 2 or more");
        }
        let parallel = self.parallel;
        if parallel.is_some_and(|number| !(2..=MOST_AT_ONCE).contains(&number) || !is_sent) {
            return Err("`parallel` goes with `send` only, and is from 2 to 100");
        }
        let claims = Claims {
            status: self.status,
            place: self.place,
            text: self.text,
            field: self.field,
            asking: self.asking,
            cookie: self.cookie,
            row: self.row,
        };
        if claims.speak_of_an_answer() && !is_sent {
            return Err("`status`, `place`, `text`, `field` and `asking` go with `send` only");
        }
        // Nothing is recorded of a request to another's site.
        let to_mallory =
            matches!(&act, Act::Send(sent) if sent.server == Some(OtherServer::Mallory));
        if to_mallory && (claims.asking.is_some() || claims.row.is_some()) {
            return Err("`asking` and `row` don't go with `server = \"mallory\"`");
        }
        if self.made.is_some() && !is_sent {
            return Err("`made` goes with `send` only");
        }
        Ok(ScenarioStep {
            who: self.who,
            at: self.at.unwrap_or(self.who),
            act,
            times: self.times,
            parallel,
            instruction: self.instruction,
            say: self.say,
            claims,
            predict: self.predict,
            made: self.made,
            seen: self.seen,
            closed: self.closed,
        })
    }
}

/// `GET /main`: a method and a path on this server.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct SendLine {
    method: Method,
    path: String,
}

impl TryFrom<String> for SendLine {
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
        if is_own(path.split('?').next().unwrap_or(path)) {
            return Err(
                "`send` names an address of the course itself, of which nothing is recorded",
            );
        }
        let path = path.to_owned();
        Ok(SendLine { method, path })
    }
}

/// `15 days`: a number and a unit, in words because students read scenarios too.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct WaitTime(Duration);

impl TryFrom<String> for WaitTime {
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
        Ok(WaitTime(Duration::from_secs(u64::from(number) * seconds)))
    }
}

/// `true`, or a table with the settings that the lesson has from then on.
#[derive(Deserialize)]
#[serde(try_from = "Value")]
struct WrittenRestart(RestartWith);

impl TryFrom<Value> for WrittenRestart {
    type Error = String;

    fn try_from(restart: Value) -> Result<Self, Self::Error> {
        let with = match restart {
            Value::Bool(true) => RestartWith::default(),
            Value::Object(_) => serde_json::from_value(restart).map_err(|e| e.to_string())?,
            _ => return Err("`restart` is true, or a table with settings".to_owned()),
        };
        Ok(WrittenRestart(with))
    }
}

/// A form's fields in the order in which they stand in the file, as a browser sends them. A map
/// would sort them.
#[derive(Default)]
struct FormTable(Vec<(String, String)>);

impl<'de> Deserialize<'de> for FormTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FormVisitor;
        impl<'de> Visitor<'de> for FormVisitor {
            type Value = FormTable;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a table of texts")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<FormTable, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(FormTable(fields))
            }
        }
        deserializer.deserialize_map(FormVisitor)
    }
}

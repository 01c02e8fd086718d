//! The claims of a step. They speak of meaning (logged in, cookie gone, row empty) and not of
//! bytes, so that a change of templates or formats breaks no scenario.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::course::exchange::ShownData;
use crate::course::language::languages::Language;

/// The claims of a step, true after it. A `None` is not claimed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Claims {
    /// The answer's status.
    pub status: Option<u16>,
    /// The target of the answer's redirect (`Location`).
    pub place: Option<String>,
    /// A text on the page; if redirects were followed, on the last page.
    pub text: Option<TextClaim>,
    /// The value of an input on that page.
    pub field: Option<FieldClaim>,
    /// The user that the server takes for the sender.
    pub asking: Option<AskingClaim>,
    /// The change of the session cookie in this browser.
    pub cookie: Option<CookieClaim>,
    /// The data in the session's row.
    pub row: Option<RowClaim>,
}

impl Claims {
    /// True if there must be an answer for them. Cookie and row can change without one.
    pub(super) fn speak_of_an_answer(&self) -> bool {
        let page = self.text.is_some() || self.field.is_some();
        page || self.status.is_some() || self.place.is_some() || self.asking.is_some()
    }
}

/// A text from `texts/*.ftl` with the values of its variables: `"login-wrong"`, or `{ key =
/// "main-welcome-back", user = "alice" }`. By key, so that one scenario holds in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct TextClaim {
    key: String,
    variables: Vec<(String, String)>,
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
        // A key without a text is given back as it is. Refused here, or a typing error would look
        // for itself on the page.
        if Language::English.text(&key) == key {
            return Err(format!("there is no text `{key}`"));
        }
        let variables = filled.into_iter().collect();
        Ok(TextClaim { key, variables })
    }
}

impl TextClaim {
    /// The text in this language.
    pub(super) fn text(&self, language: Language) -> String {
        let variables = self.variables.iter();
        let variables: Vec<(&str, &str)> = variables
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        language.text_with(&self.key, &variables)
    }
}

/// The value of an input: `{ name = "userid", value = "alice" }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldClaim {
    pub(super) name: String,
    pub(super) value: String,
}

/// The user that the server takes for the sender: a userid, or `false` for a request without a
/// login.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct AskingClaim(pub(super) Option<String>);

impl TryFrom<Value> for AskingClaim {
    type Error = &'static str;

    fn try_from(asking: Value) -> Result<Self, Self::Error> {
        match asking {
            Value::Bool(false) => Ok(AskingClaim(None)),
            Value::String(userid) => Ok(AskingClaim(Some(userid))),
            _ => Err("`asking` is a userid, or false"),
        }
    }
}

impl AskingClaim {
    /// The userid, or the word for none.
    pub(super) fn word(&self) -> String {
        self.0.clone().unwrap_or_else(|| "nobody".to_owned())
    }
}

/// A change of the session cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CookieClaim {
    /// The browser has one that it did not have before, also in place of another one.
    New,
    /// The browser still has the one it had.
    Same,
    /// The browser had one and has none now.
    Gone,
    /// The browser had none and has none.
    None,
}

impl CookieClaim {
    /// The change of a cookie that was `before` and is `after`.
    pub(super) fn of(before: Option<&str>, after: Option<&str>) -> Self {
        match (before, after) {
            (None, None) => CookieClaim::None,
            (Some(_), None) => CookieClaim::Gone,
            (before, after) if before == after => CookieClaim::Same,
            _ => CookieClaim::New,
        }
    }

    /// The word that a scenario's file has for it.
    pub(super) fn word(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// The row that there must be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub enum RowClaim {
    /// There must be no row.
    None,
    /// There must be one with exactly this data.
    Holds(ShownData),
    /// There must be one with other data: `{ not = { cart = { mug = 100 } } }`, where chance decides
    /// how many clicks are lost.
    Not(ShownData),
}

impl TryFrom<Value> for RowClaim {
    type Error = &'static str;

    fn try_from(row: Value) -> Result<Self, Self::Error> {
        match row {
            Value::String(word) if word == "none" => Ok(RowClaim::None),
            Value::Object(data) => Ok(match data.get("not") {
                Some(Value::Object(other)) if data.len() == 1 => {
                    RowClaim::Not(ShownData::of(other))
                }
                _ => RowClaim::Holds(ShownData::of(&data)),
            }),
            _ => Err("`row` is \"none\", the table of its data, or `not` with such a table"),
        }
    }
}

impl RowClaim {
    /// In one line, without secrets.
    pub(super) fn text(&self) -> String {
        match self {
            RowClaim::None => "none".to_owned(),
            RowClaim::Holds(data) => data.text(),
            RowClaim::Not(data) => format!("not {}", data.text()),
        }
    }
}

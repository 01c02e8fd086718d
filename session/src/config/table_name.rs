//! The name of the table of sessions.

use std::fmt;

use serde::{Deserialize, Deserializer};

/// The name of a table: letters of ASCII, digits and `_`, and no digit at its beginning.
///
/// It can stand in any statement as it is, quoted. PostgreSQL takes 63 bytes, and the indexes of the
/// table have names of eight more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableName(String);

const LONGEST: usize = 55;

impl TableName {
    /// `None` if no table can have this name.
    ///
    /// ```
    /// use rocket_session_layer::TableName;
    ///
    /// assert!(TableName::parse("web_sessions").is_some());
    /// assert!(TableName::parse("sessions; DROP TABLE users").is_none());
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let begins = name.starts_with(|first: char| !first.is_ascii_digit());
        let fits = begins && name.len() <= LONGEST && name.bytes().all(is_letter);
        fits.then(|| TableName(name.to_owned()))
    }

    /// The name.
    ///
    /// ```
    /// # use rocket_session_layer::TableName;
    /// assert_eq!(TableName::default().as_str(), "sessions");
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `sessions`.
impl Default for TableName {
    fn default() -> Self {
        TableName("sessions".to_owned())
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for TableName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let rule =
            "letters, digits and _ make the name of a table, 55 at most, and no digit begins it";
        TableName::parse(&name).ok_or_else(|| serde::de::Error::custom(rule))
    }
}

//! The change of a cookie or a key by an exchange.

use serde::{Deserialize, Serialize};

/// The change of a cookie or a key by an exchange, as its text key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Mark {
    #[serde(rename = "xray-mark-new")]
    New,
    #[serde(rename = "xray-mark-changed")]
    Changed,
    /// Sent once more as it was.
    #[serde(rename = "xray-mark-again")]
    Again,
    #[serde(rename = "xray-mark-gone")]
    Gone,
}

//! One record of a request and its response, which the X-ray, a demo and a transcript show. It is
//! made without anything that must stay secret, so no view of it can show a secret.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `text` | the record in a terminal and in the tests' stories |
//! | `record` | the record |
//! | `browser` | the cookies that the browser keeps afterwards |
//! | `memory` | the knowledge that completes later exchanges |
//! | `messages` | the request and the response |
//! | `cookies`, `form` | the parts of a message that may be kept: never a password, never a secret |
//! | `noticed` | an event of the session layer's trace |
//! | `row` | the row afterwards, and its changes |
//! | `names` | names for sessions: `sid#1·a` |
//! | `mark`, `line` | new, changed or gone; texts cut to a line |
//!
//! A file uses only those below it in this table.

mod browser;
mod cookies;
mod form;
mod line;
mod mark;
mod memory;
mod messages;
mod names;
mod noticed;
mod record;
mod row;
mod text;

pub(crate) use browser::browser_cookies;
pub use cookies::{CookieKind, ShownCookie, ShownSetCookie};
pub use form::{FormField, ShownForm};
pub(crate) use memory::Memory;
pub use messages::{ShownRequest, ShownResponse};
pub use names::{SessionName, SessionNames};
pub(crate) use noticed::Noticed;
pub(crate) use record::Exchange;
pub(crate) use row::{ShownData, ShownRow, changes};

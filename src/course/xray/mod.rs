//! The X-ray: what is normally hidden, beside every page and at `/xray`.
//!
//! | file | what it does |
//! | --- | --- |
//! | `recorder` | listens to every request and its response |
//! | `form`, `cookies` | what of them may be kept: never a password, never a secret |
//! | `exchange` | one request with its response, as it is shown |
//! | `row` | the row afterwards, and what changed in it |
//! | `history`, `names`, `ties` | the last exchanges: numbered, named, tied to the redirects before them |
//! | `onlooker` | who may look: this machine only |
//! | `time` | moves the server's clock |
//! | `panel`, `page` | where it is shown: beside a page, and live on a page of its own |

mod cookies;
mod exchange;
mod form;
mod history;
mod names;
mod onlooker;
mod page;
mod panel;
mod recorder;
mod row;
pub mod session_names;
mod ties;
mod time;

pub(crate) use onlooker::Enabled;
pub(crate) use page::stage;
pub(crate) use panel::{panel, style};
pub(crate) use time::stage as time_stage;

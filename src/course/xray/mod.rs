//! The X-ray: shows what is normally hidden, beside every page and at `/xray`.
//!
//! | file | what it does |
//! | --- | --- |
//! | `page`, `panel` | show it: live on a page of its own, and beside a page |
//! | `recorder` | listens to every request and its response |
//! | `history`, `ties` | keep the last exchanges: numbered, named, tied to the redirects before them |
//! | `looked` | finds the row that is shown |
//! | `time` | moves the server's clock |
//! | `onlooker` | lets programs on this machine look, and no others |
//!
//! A file uses only those below it in this table, and `exchange` for the record itself.

mod history;
mod looked;
mod onlooker;
mod page;
mod panel;
mod recorder;
mod ties;
mod time;

pub use onlooker::{Enabled, Onlooker, OtherName, may_look, names_this_machine};
pub use page::stage;
pub use panel::{column, panel, style};
pub use recorder::Recorder;
pub use time::{moves_in_this_build, stage as time_stage};

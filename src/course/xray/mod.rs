//! The X-ray: what is normally hidden, beside every page and at `/xray`.
//!
//! | file | what it does |
//! | --- | --- |
//! | `recorder` | listens to every request and its response |
//! | `looked` | the row that is shown |
//! | `history`, `ties` | the last exchanges: numbered, named, tied to the redirects before them |
//! | `onlooker` | who may look: this machine only |
//! | `time` | moves the server's clock |
//! | `panel`, `page` | where it is shown: beside a page, and live on a page of its own |

mod history;
mod looked;
mod onlooker;
mod page;
mod panel;
mod recorder;
mod ties;
mod time;

pub(crate) use onlooker::Enabled;
pub(crate) use page::stage;
pub(crate) use panel::panel;
pub(crate) use recorder::Recorder;
pub(crate) use time::stage as time_stage;

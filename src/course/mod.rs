//! The course around the lessons: the same in all of them.
//!
//! | room | what is in it |
//! | --- | --- |
//! | `command` | `cargo run`, and what a lesson's program can be told |
//! | `exercise` | what students write: begun, hinted, checked |
//! | `guide` | cover, question, checklist, notes, code and changes |
//! | `scenario` | a lesson's script: demo, checklist and snapshot test at once |
//! | `mallory` | her own site, from which the lessons are attacked |
//! | `start` | tries everything that a start needs |
//! | `xray` | the row and the cookie, beside every page and at `/xray` |
//! | `exchange` | the one record of a request and its response, which all of them show |
//! | `terminal` | lines for requests, the log, text in columns |
//! | `pages` | what every page knows, templates, assets, pages for errors |
//! | `lessons` | the list of lessons, from their heads, and their folder |
//! | `language` | English and Korean |
//! | `protect` | headers, the course's own cookies, what is masked |
//!
//! A room uses only those below it in this table.

pub mod command;
pub mod exchange;
pub mod exercise;
pub(crate) mod guide;
pub(crate) mod language;
pub(crate) mod lessons;
pub mod mallory;
pub(crate) mod pages;
pub(crate) mod protect;
pub mod scenario;
pub(crate) mod start;
pub(crate) mod terminal;
pub(crate) mod xray;

pub use language::languages::Language;
pub use lessons::error::LessonError;
pub use lessons::head::{Lesson, LessonPath};
pub use lessons::registry::Lessons;
pub use protect::own_paths::is_own;
pub use start::error::StartError;
pub use terminal::sheet::Sheet;

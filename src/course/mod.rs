//! What makes it a course: everything around the lessons that is the same in all of them.
//!
//! | file | what it does |
//! | --- | --- |
//! | `lessons` | the list of lessons |
//! | `taught` | views that earlier lessons taught, for later ones to mount |
//! | `start` | tries what a start needs, and says in one line what is wrong |
//! | `navigation` | what the running lesson mounts, and what every page knows of it |
//! | `languages`, `texts`, `language_switch` | English and Korean |
//! | `templates`, `assets` | the pages' looks |
//! | `no_cookie` | notices that a browser brings no cookie back |
//! | `cover`, `afresh`, `status_pages` | the pages that lessons don't write |
//! | `guide` | the question that a lesson opens with, and its checklist |
//! | `reading`, `notes` | what can be read beside the lesson: notes, source, changes |
//! | `beside`, `tabs`, `xray` | what stands beside every page |
//! | `headers` | what protects every page |
//! | `terminal`, `events`, `log`, `sheet`, `duration` | what is printed |
//! | `masking` | what is secret, wherever something is shown |
//! | `scenario` | a lesson's script: demo, checklist and snapshot test at once |
//! | `diff` | what a lesson changed |
//! | `folder` | where lessons, notes and scenarios are |
//! | `progress` | how far the student is |
//! | `arguments`, `command` | what a lesson's program, and the course's own, can be told |
//! | `session_names` | names for sessions that are the same at every run |

mod afresh;
mod arguments;
mod assets;
mod beside;
pub mod command;
mod cover;
mod diff;
mod duration;
mod events;
mod folder;
mod guide;
mod headers;
mod language_switch;
mod languages;
mod lessons;
mod log;
mod masking;
mod navigation;
mod no_cookie;
mod notes;
mod own_cookies;
mod progress;
mod reading;
pub mod scenario;
mod session_names;
mod sheet;
mod start;
mod status_pages;
mod tabs;
pub mod taught;
mod templates;
mod terminal;
mod texts;
mod xray;

#[cfg(test)]
mod trial;

pub use diff::{Change, Diff, Hunk, Line};
pub use languages::Language;
pub use lessons::{LESSONS, Lesson};
pub use progress::Progress;
pub use session_names::SessionNames;
pub use sheet::{Ink, Sheet};
pub use start::StartError;
pub use terminal::printable;

pub(crate) use afresh::stage as afresh_stage;
pub(crate) use arguments::heed as heed_arguments;
pub(crate) use assets::stage as assets_stage;
pub(crate) use beside::stage as beside_stage;
pub(crate) use cover::stage as cover_stage;
pub(crate) use guide::stage as guide_stage;
pub(crate) use headers::stage as headers_stage;
pub(crate) use language_switch::stage as language_stage;
pub(crate) use lessons::find as find_lesson;
pub(crate) use log::stage as dropped_cookies_stage;
pub(crate) use navigation::{stage as lesson_stage, with_what_every_page_knows};
pub(crate) use no_cookie::stage as no_cookie_stage;
pub(crate) use reading::stage as reading_stage;
pub(crate) use start::{
    exit_quietly_when_the_launch_fails, give_up, usable_config, usable_database, usable_port,
    usable_sessions,
};
pub(crate) use status_pages::stage as status_pages_stage;
pub(crate) use templates::{check as usable_templates, stage as templates_stage};
pub(crate) use terminal::stage as terminal_stage;
pub(crate) use xray::{Enabled as Xray, stage as xray_stage, time_stage};

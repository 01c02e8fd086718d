//! The guide beside a lesson: cover, question, checklist, notes, code and changes.
//!
//! | file | what it does |
//! | --- | --- |
//! | `cover`, `afresh` | the cover page, and its button that forgets the session |
//! | `walk`, `question` | the running lesson's checklist and its questions, as pages show them |
//! | `observe` | ticks the steps that are done by hand |
//! | `tools` | buttons, lines and commands for steps that no page of the lesson can do |
//! | `state` | the scenario, its ticks, and the steps done last |
//! | `progress` | the ticks in a file |
//! | `beside`, `tabs` | put fragments into every page; the one with the tabs |
//! | `reading` | notes, code and changes as pages |
//! | `notes`, `diff` | a section of the notes; the changes between two lessons |
//!
//! Views know nothing of the guide: it listens to requests and changes pages on their way out.

pub mod afresh;
pub mod beside;
pub mod cover;
pub mod diff;
pub mod notes;
mod observe;
pub mod progress;
mod question;
pub mod reading;
mod state;
pub mod tabs;
mod tools;
pub mod walk;

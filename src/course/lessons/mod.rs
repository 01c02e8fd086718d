//! Lessons: the list of them, read from their heads, and the folder that they are read from.
//!
//! | file | what it does |
//! | --- | --- |
//! | `registry` | the list, in order and checked; neighbours and bases |
//! | `head` | one lesson: number, title, idea, path |
//! | `toml_file`, `error` | read a lesson's toml, and name its line and field if it is wrong |
//! | `folder` | the project's folder, and its plain files |

pub mod error;
pub mod folder;
pub mod head;
pub mod registry;
pub mod toml_file;

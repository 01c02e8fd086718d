//! Lessons: the list of them, read from their heads, and the folder that they are read from.

pub mod error;
pub mod folder;
pub mod head;
pub mod playground;
pub mod registry;
pub mod toml_file;

//! Lessons: the list of them, and the folder that they are read from.

pub mod folder;
pub mod registry;

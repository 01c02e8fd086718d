//! Exercises: what a student writes, played like a scenario and judged.
//!
//! | file | what it does |
//! | --- | --- |
//! | `page` | the first page of an exercise: task, hints so far, commands |
//! | `report` | a verdict in the terminal |
//! | `untouched` | the course's own files, before and after a check |
//! | `verdict` | plays an exercise up to its first miss |
//! | `compile` | builds it, and says in a sentence what the compiler means |
//! | `attempt` | the student's file: begun, kept, compared; the hints that were read |
//! | `file` | `exercises/exNN.toml` |
//!
//! A file uses only those below it in this table.

pub(crate) mod attempt;
pub(crate) mod compile;
mod file;
pub(crate) mod page;
pub(crate) mod report;
pub(crate) mod untouched;
mod verdict;

pub use file::{Exercise, ExercisePart};
pub use verdict::{Stop, Verdict};

//! The terminal: lines for requests, the log, and text laid out in columns.

pub mod lines;
pub mod log;
pub mod sheet;
pub mod text;

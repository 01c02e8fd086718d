//! The terminal: lines for requests, the log, and text laid out in columns.
//!
//! | file | what it does |
//! | --- | --- |
//! | `lines` | a greeting at start, and a line for each request |
//! | `log` | a line for each thing that went wrong |
//! | `shell` | commands to copy, as the shell here takes them |
//! | `sheet` | labels and colours for all commands |
//! | `text` | widths, padding and control characters |
//! | `wrapping` | lines that keep commands and code whole |

pub mod lines;
pub mod log;
pub mod sheet;
pub(crate) mod shell;
pub mod text;
mod wrapping;

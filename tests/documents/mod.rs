//! Tables of lessons and requirements, minutes, and links that name a test or a setting.

mod asvs;
pub mod lessons;
mod links;
mod minutes;
mod plain;
pub mod walks;

use std::env;
use std::sync::Mutex;

/// Held by a test that writes: they run side by side, and several write into the same notes.
static WRITING: Mutex<()> = Mutex::new(());

/// True if tests are to write what they otherwise compare.
fn writes() -> bool {
    env::var_os("COURSE_TABLES").is_some_and(|wish| wish == "write")
}

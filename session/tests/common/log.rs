//! The session layer's log, as one test hears it.

use std::cell::RefCell;
use std::mem;
use std::sync::Once;

use log::{LevelFilter, Log, Metadata, Record};

thread_local! {
    /// Lines of this thread. A test's requests run in its own one.
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

struct Listener;

impl Log for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("rocket_session_layer")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = format!("{}: {}", record.level(), record.args());
            LINES.with(|lines| lines.borrow_mut().push(line));
        }
    }

    fn flush(&self) {}
}

/// Takes the place of Rocket's own log, which would be set with the first app of this process.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Listener).expect("no log should be set before");
        log::set_max_level(LevelFilter::Info);
    });
}

/// Takes the warnings and errors that this test has caused since the last time.
pub fn warnings() -> Vec<String> {
    let mut lines = LINES.with(|lines| mem::take(&mut *lines.borrow_mut()));
    lines.retain(|line| !line.starts_with("INFO"));
    lines
}

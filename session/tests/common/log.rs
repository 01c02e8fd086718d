//! The session layer's log, as one test hears it.

use std::cell::{Cell, RefCell};
use std::mem;
use std::sync::Once;

use log::{Level, LevelFilter, Log, Metadata, Record};

thread_local! {
    /// Lines of this thread, with their targets. A test's requests run in its own one.
    static LINES: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };

    static LEVEL: Cell<Level> = const { Cell::new(Level::Info) };
}

/// All targets begin with the crate's name, so that a filter by modules lets them through.
const CRATE: &str = "rocket_session_layer::";

struct Listener;

impl Log for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with(CRATE) && metadata.level() <= LEVEL.get()
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = format!("{}: {}", record.level(), record.args());
            let target = record.target()[CRATE.len()..].to_owned();
            LINES.with(|lines| lines.borrow_mut().push((target, line)));
        }
    }

    fn flush(&self) {}
}

/// Takes the place of Rocket's own log, which would be set with the first app of this process.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Listener).expect("no log should be set before");
        log::set_max_level(LevelFilter::Debug);
    });
}

/// From now on this test hears lines of level debug, too.
pub fn listen_closely() {
    LEVEL.set(Level::Debug);
}

fn take() -> Vec<(String, String)> {
    LINES.with(|lines| mem::take(&mut *lines.borrow_mut()))
}

/// Takes the lines of this target that this test has caused, and all others, since the last time.
pub fn lines_of(target: &str) -> Vec<String> {
    let of_it = take().into_iter().filter(|(of, _)| of == target);
    of_it.map(|(_, line)| line).collect()
}

/// Takes the warnings and errors that this test has caused since the last time.
pub fn warnings() -> Vec<String> {
    let lines = take().into_iter().map(|(_, line)| line);
    let warns = |line: &String| line.starts_with("WARN") || line.starts_with("ERROR");
    lines.filter(warns).collect()
}

//! Some visitors look at pages while others write as fast as they can.

use std::net::SocketAddr;
use std::thread::scope;
use std::time::Duration;

use crate::common::Failure;
use crate::common::client::Ask;
use crate::common::load::{Browsers, Load, Question, Until};
use crate::common::sample::Sample;

/// The pages that they look at: one that does not ask for the session, and one that does.
pub const ASKED: [(&str, Question); 2] = [
    ("plain beside writes", |_| Ask::Plain),
    ("read beside writes", |_| Ask::Read),
];

const VISITORS: usize = 8;

/// The time between two looks of one visitor. The pace is steady, so that both pages are measured
/// under the same load.
const PACE: Duration = Duration::from_millis(8);

/// Measures how long the visitors wait for their pages.
///
/// # Errors
///
/// One of the two loads fails.
pub fn measure(
    address: SocketAddr,
    browsers: &Browsers,
    ask: Question,
    time: Duration,
) -> Result<Sample, Failure> {
    let (visitors, writers) = (browsers.clone(), browsers.clone());
    // Longer than other measurements: of a thousand looks, ten decide over what 99 of 100 took.
    let until = Until::Passed(time * 3);
    // The visitors' generator has a thread of its own, so that they never wait for the writers' one.
    let answers = scope(|scope| {
        let looking = scope.spawn(move || {
            let load = Load {
                connections: VISITORS,
                pace: Some(PACE),
                ..Load::full(address, &visitors, until)
            };
            load.of(ask).run()
        });
        let written = Load::full(address, &writers, until)
            .of(|_| Ask::Write)
            .run();
        let seen = looking.join();
        written.and(seen.unwrap_or_else(|_| Err(std::io::Error::other("a load panicked"))))
    })?;
    Ok(Sample::of(&answers, None))
}

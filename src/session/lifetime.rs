//! How long a session lives, for those who show it.

use serde::Serialize;

use super::clock::Timestamp;
use super::expiry;
use super::handle::Session;

/// How long a stored session lives, as this request leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lifetime {
    /// The moment of the request, by the server's clock like the others.
    pub now: Timestamp,
    /// When the session began.
    pub begun: Timestamp,
    /// When it was last used before, a minute fine.
    pub touched: Timestamp,
    /// When it ends, if it is not used again.
    pub ends: Timestamp,
    /// When it ends, however often it is used.
    pub latest: Timestamp,
    /// Until when the browser was told to keep the cookie; none where it is to forget it as soon
    /// as it is closed.
    pub cookie: Option<Timestamp>,
}

impl Session {
    /// How long the stored session lives; none where nothing is stored yet.
    pub fn lifetime(&self) -> Option<Lifetime> {
        let record = self.record()?;
        let (config, now) = (&self.layer.config, self.layer.clock.now());
        // As it will stand in the row when the response is ready.
        let used = match expiry::touch_due(&record, config, now) {
            true => now,
            false => record.touched,
        };
        let kept = expiry::max_age(&record, config, used);
        Some(Lifetime {
            now,
            begun: record.created,
            touched: record.touched,
            ends: expiry::end(&record, config, used),
            latest: expiry::absolute_end(&record, config),
            cookie: kept.map(|kept| used.saturating_add(kept)),
        })
    }
}

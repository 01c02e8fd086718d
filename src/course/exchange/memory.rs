//! The knowledge by which later exchanges are completed. It outlives a restart of the lesson, if a
//! scenario hands it over.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::cookies::{Fingerprint, ShownCookie, ShownSetCookie};
use super::names::{SessionName, SessionNames};

/// The cookies that are remembered.
const MOST: usize = 200;

/// The names of sessions, and the cookies that were sent last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Memory {
    pub names: SessionNames,
    sent: VecDeque<SentCookie>,
}

/// A cookie that was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SentCookie {
    fingerprint: Fingerprint,
    /// Browsers never send them back.
    pub attributes: String,
    /// The session in it, which another engine may not be able to tell.
    pub session: Option<SessionName>,
}

impl Memory {
    /// Remembers cookies with their attributes and names.
    pub(crate) fn note(&mut self, sent: &[ShownSetCookie]) {
        for ShownSetCookie {
            cookie, attributes, ..
        } in sent.iter().filter(|sent| !sent.removal)
        {
            self.sent
                .retain(|sent| sent.fingerprint != cookie.fingerprint);
            if self.sent.len() == MOST {
                self.sent.pop_front();
            }
            self.sent.push_back(SentCookie {
                fingerprint: cookie.fingerprint,
                attributes: attributes.clone(),
                session: cookie.session.clone(),
            });
        }
    }

    /// The cookie as it was sent, if this server has sent it.
    pub(crate) fn sent(&self, cookie: &ShownCookie) -> Option<&SentCookie> {
        let mut sent = self.sent.iter();
        sent.find(|sent| sent.fingerprint == cookie.fingerprint)
    }
}

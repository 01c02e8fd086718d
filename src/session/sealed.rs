//! Records that travel in the cookie: sealed for the browser, and opened again.

use rocket::http::HeaderMap;

use super::cookie::{self, Brought, Ticket};
use super::error::Error;
use super::expiry;
use super::layer::Layer;
use super::record::Record;

/// How many bytes a browser takes as one cookie at least: name, value and attributes together
/// (RFC 6265 §6.1). Many take no more, and drop what is larger without a word.
const LARGEST_COOKIE: usize = 4096;

impl Layer {
    /// The record that a request carries in its cookie, expired or not, for those who show
    /// requests. None where it carries none that opens, or sessions don't travel in cookies.
    pub fn carried(&self, headers: &HeaderMap<'_>) -> Option<Record> {
        match cookie::brought(headers, &self.config.cookie) {
            Brought::Sealed(ticket) => self.opened(&ticket),
            _ => None,
        }
    }

    /// Whether sessions travel in their browsers' cookies, and the server keeps none.
    pub fn travels(&self) -> bool {
        self.store.seal().is_some()
    }

    pub(super) fn opened(&self, ticket: &Ticket) -> Option<Record> {
        self.store.seal()?.open(&ticket.value(), &self.config)
    }

    /// The cookie's value for a record that travels in it, and was `before` until now; none where
    /// the store keeps records.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`] where a browser need not take the cookie. What gets smaller is let
    /// through all the same: a logout must not fail because the cookie has more attributes now.
    pub(super) fn sealed(
        &self,
        record: &Record,
        before: Option<&Record>,
    ) -> Result<Option<Ticket>, Error> {
        let Some(seal) = self.store.seal() else {
            return Ok(None);
        };
        let ticket = Ticket::Sealed(seal.close(record, &self.config)?);
        let max_age = expiry::max_age(record, &self.config, self.clock.now());
        let line = cookie::sent(&self.config, self.secure, &ticket, max_age);
        if line.value.len() > LARGEST_COOKIE {
            let before = before.map(|before| seal.close(before, &self.config));
            let limit = before.transpose()?.map_or(0, |value| value.len());
            if ticket.value().len() >= limit {
                return Err(Error::TooLarge {
                    limit: LARGEST_COOKIE,
                });
            }
        }
        Ok(Some(ticket))
    }

    /// How many bytes of JSON a session may hold at most.
    pub(super) fn max_size(&self) -> usize {
        match self.store.seal() {
            // Sealed, it takes a third more. What a view sets is compared to this at once, and
            // the commit decides to the byte.
            Some(_) => self.config.max_size.min(LARGEST_COOKIE),
            None => self.config.max_size,
        }
    }
}

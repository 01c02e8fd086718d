//! The session of a request that is not one's own, for programs that show requests.

use rocket::http::HeaderMap;

use crate::cookie::{self, Ticket};
use crate::error::Error;
use crate::id::{Locker, SecretHash};
use crate::layer::{Home, Layer};
use crate::record::Record;

impl Layer {
    /// The session that a request's headers name, for programs that show requests. `None` if they
    /// name none. The store is not asked before [`Inspected::record`].
    ///
    /// ```no_run
    /// # use rocket::http::HeaderMap;
    /// # use rocket_session_layer::{Error, Layer};
    /// # async fn show(layer: &Layer, headers: &HeaderMap<'_>) -> Result<(), Error> {
    /// if let Some(inspected) = layer.inspect(headers) {
    ///     println!("locker {}: {:?}", inspected.locker, inspected.record().await?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn inspect(&self, headers: &HeaderMap<'_>) -> Option<Inspected<'_>> {
        let inspected = |locker, secret_hash, carried| Inspected {
            locker,
            secret_hash,
            carried,
            layer: self,
        };
        let (ticket, others) = cookie::tickets(headers, &self.config.cookie).ok()?;
        match (ticket, &self.home) {
            // The one that opens can't be told without asking the store.
            _ if !others.is_empty() => None,
            (Ticket::Id(id), Home::Kept(_)) => Some(inspected(id.locker, id.secret_hash(), None)),
            (Ticket::Sealed(value), Home::Carried(seal)) => {
                let record = seal.open(&value)?;
                Some(inspected(record.locker, record.secret_hash, Some(record)))
            }
            _ => None,
        }
    }
}

/// A session as a request's headers name it, for programs that show requests.
pub struct Inspected<'l> {
    /// The session's public half.
    pub locker: Locker,
    /// The hash of the secret that the request brought: tells the session IDs of one session apart
    /// and opens nothing.
    pub secret_hash: SecretHash,
    carried: Option<Record>,
    layer: &'l Layer,
}

impl Inspected<'_> {
    /// True if the record came with the request, so that [`record`](Inspected::record) asks no
    /// store.
    ///
    /// ```
    /// # use rocket::http::HeaderMap;
    /// # use rocket_session_layer::Layer;
    /// fn asks_no_store(layer: &Layer, headers: &HeaderMap<'_>) -> bool {
    ///     layer.inspect(headers).is_none_or(|inspected| inspected.is_carried())
    /// }
    /// ```
    pub fn is_carried(&self) -> bool {
        self.carried.is_some()
    }

    /// The record in that locker as it is now, expired or not, and whether or not the request's
    /// secret opens it. `None` if there is none. Looking changes nothing and counts as no use.
    ///
    /// # Errors
    ///
    /// The store does not answer.
    ///
    /// ```
    /// # use rocket::http::HeaderMap;
    /// # use rocket_session_layer::{Error, Layer};
    /// async fn version(layer: &Layer, headers: &HeaderMap<'_>) -> Result<Option<i64>, Error> {
    ///     let Some(inspected) = layer.inspect(headers) else { return Ok(None) };
    ///     Ok(inspected.record().await?.map(|record| record.version))
    /// }
    /// ```
    pub async fn record(&self) -> Result<Option<Record>, Error> {
        match &self.layer.home {
            Home::Kept(store) => Ok(store.load(self.locker).await?),
            Home::Carried(_) => Ok(self.carried.clone()),
        }
    }
}

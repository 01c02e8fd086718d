//! Change the session: begin a new one, with its first record.

use crate::cookie::Ticket;
use crate::error::{Error, StoreError};
use crate::id::{Locker, SessionId};
use crate::layer::{Home, Layer};
use crate::lifetime;
use crate::record::{Contents, Record};
use crate::state::{Committed, CookieDue, Lookup};
use crate::store::{Outcome, Store};
use crate::target;
use crate::ticket;
use crate::trace::Event;

/// The contents that a login takes along from the session in this locker, whose ID it has no more:
/// all of them, if the same user is logged in there. That session is left behind. Its browser may
/// never have got its cookie, so it lives no longer than one whose ID has never come back.
pub(crate) async fn leave(layer: &Layer, locker: Locker, user: &str) -> Result<Contents, Error> {
    let Home::Kept(store) = &layer.home else {
        return Ok(Contents::default());
    };
    let left = match layer.load_live(&**store, locker).await {
        Err(StoreError::Corrupt(_)) => None,
        found => found?,
    };
    let own = |left: &Record| left.contents.user.as_deref() == Some(user);
    let Some(mut left) = left.filter(own) else {
        return Ok(Contents::default());
    };
    lifetime::leave(&mut left, layer.now());
    // A conflict is a request of that session: its ID has come back.
    let _ = store.touch(&left).await?;
    Ok(left.contents)
}

/// Stores a first record. `left`: the size of the data that it takes along, which may be above a
/// limit that was lowered since.
pub(crate) async fn create(
    layer: &Layer,
    contents: Contents,
    left: usize,
) -> Result<Option<Committed>, Error> {
    if contents.data.is_empty() {
        return Ok(None);
    }
    if contents.size() > left {
        layer.check_size(&contents)?;
    }
    let (record, ticket) = first_record(layer, contents)?;
    if let Home::Kept(store) = &layer.home {
        if store.create(&record).await? == Outcome::Conflict {
            return Err(Error::Busy);
        }
        if layer.config.is_strangers(&record.contents) {
            make_room(layer, &**store, &record).await;
        }
    }
    Ok(Some(created(record, ticket, None)))
}

/// Counts a stranger's new session, and deletes the oldest of those that are too many.
async fn make_room(layer: &Layer, store: &dyn Store, begun: &Record) {
    let Some(oldest) = layer.strangers.begun(begun.locker, begun.created) else {
        return;
    };
    let room = async {
        let config = &layer.config;
        let unreturned = |oldest: &Record| {
            config.is_strangers(&oldest.contents) && lifetime::is_first_return(oldest, config)
        };
        match store.load(oldest).await?.filter(unreturned) {
            Some(oldest) => store.delete(oldest.locker, Some(oldest.version)).await,
            None => Ok(Outcome::Conflict),
        }
    };
    // One that stays is over within the hour.
    if let Err(error) = room.await {
        log::warn!(
            target: target::STORE,
            "session: {oldest} was not deleted to make room: {error}"
        );
    }
}

/// The first record of a new session, and the ticket that opens it.
pub(crate) fn first_record(layer: &Layer, contents: Contents) -> Result<(Record, Ticket), Error> {
    let id = SessionId::random()?;
    let now = layer.now();
    let mut record = Record {
        locker: id.locker,
        secret_hash: id.secret_hash(),
        previous_hash: None,
        rotated: now,
        version: 1,
        created: now,
        touched: now,
        expires: now,
        contents,
    };
    match &layer.home {
        Home::Kept(_) => {
            lifetime::begin(&mut record, &layer.config);
            Ok((record, Ticket::Id(id)))
        }
        Home::Carried(seal) => {
            let ticket = ticket::first(layer, seal, &mut record)?;
            Ok((record, ticket))
        }
    }
}

/// A new session, in place of the one that ended, if there was one.
pub(crate) fn created(record: Record, ticket: Ticket, ended: Option<&Record>) -> Committed {
    let (locker, sealed) = (record.locker, ticket.is_sealed());
    let end = ended.map(|ended| Event::Ended {
        locker: ended.locker,
        sealed,
    });
    let begin = Event::Created { locker, sealed };
    Committed {
        lookup: Lookup::Known(record, Some(ticket)),
        cookie: Some(CookieDue::Send),
        events: end.into_iter().chain([begin]).collect(),
    }
}

//! Change the session: apply what a request wants to the record as it is now.

use std::sync::Arc;

use super::change::{Applied, Changed, Whole, apply, check_size, first_record};
use super::cookie::Ticket;
use super::draft::Draft;
use super::error::Error;
use super::expiry;
use super::layer::Layer;
use super::record::{Contents, Record};
use super::stores::Outcome;
use super::turns::Turn;

/// How often a change is applied again when other processes are always faster.
const MOST_TRIES: u32 = 20;

/// How a commit ended.
pub(super) enum Committed {
    /// There was nothing to store and nothing to end.
    Nothing,
    /// A first record was stored.
    Created { record: Record, ticket: Ticket },
    /// The record was changed. The browser needs another cookie if it was rotated, or is itself
    /// in the cookie.
    Changed {
        record: Record,
        ticket: Option<Ticket>,
        tries: u32,
        silent: bool,
    },
    /// The record was deleted.
    Ended { silent: bool },
    /// The record had been deleted by somebody else. It stays deleted.
    Vanished,
}

/// Commits a change, for a visitor without a session by storing a first record.
///
/// `change` is applied to the contents that are stored at that moment, and again to newer ones
/// when another request was faster.
///
/// # Errors
///
/// Those of `change`; the store's; [`Error::Changed`] where somebody else is logged in by now.
pub(super) async fn commit(
    layer: &Arc<Layer>,
    seen: Option<&Record>,
    whole: Whole,
    mut change: impl FnMut(&mut Contents) -> Result<(), Error>,
) -> Result<Committed, Error> {
    let Some(seen) = seen else {
        let mut contents = Contents::default();
        change(&mut contents)?;
        return create(layer, contents).await;
    };
    let mut held = None;
    for tries in 1..=MOST_TRIES {
        // What travels with its browser is nowhere newer than in this request, which waits for nobody.
        let mut turn = match held.take() {
            None if !layer.travels() => Some(layer.turns.wait(seen.locker).await),
            turn => turn,
        };
        let drafted = match &mut turn {
            Some(turn) => draft_to_join(layer, turn, seen, whole).await,
            None => None,
        };
        let joins = drafted.is_some();
        // Without a queue the record that the request has read is most likely still the newest.
        let newest = tries == 1 && !turn.as_ref().is_some_and(|turn| turn.waited);
        let base = match drafted {
            Some(record) => record,
            None if newest => seen.clone(),
            None => match layer.store.load(seen.locker).await? {
                Some(record) if !expiry::is_over(&record, &layer.config, layer.clock.now()) => {
                    record
                }
                _ => return Ok(Committed::Vanished),
            },
        };
        let changed = match apply(layer, &base, seen, whole, &mut change) {
            Ok(Applied::Over { successor, silent }) => {
                match end(layer, &base, successor, silent).await? {
                    Some(committed) => return Ok(committed),
                    None => {
                        held = turn;
                        continue;
                    }
                }
            }
            Ok(Applied::Changed(changed)) => Ok(changed),
            // What an error says must be as true as an answer: not before that is stored on which
            // it builds.
            Err(error) if joins => Err(error),
            Err(error) => return Err(error),
        };
        let record = changed.as_ref().map_or(&base, |changed| &changed.record);
        let lock = match turn {
            Some(turn) if joins || turn.is_waited_for() => {
                Draft::hand_on(layer, turn, base.version, record.clone()).await?
            }
            turn => {
                held = turn;
                let outcome = layer.store.update(record, base.version).await?;
                (outcome == Outcome::Done).then_some(record.secret_hash)
            }
        };
        if let Some(lock) = lock {
            let Changed {
                record,
                ticket,
                silent,
            } = changed?;
            // Where somebody in the same draft has changed the lock, this session ID is the old one.
            let silent = silent || record.secret_hash != lock;
            return Ok(Committed::Changed {
                record,
                ticket,
                tries,
                silent,
            });
        }
    }
    Err(Error::Busy)
}

/// The draft that a change can build on. Any other in this queue is stored at once: that of
/// another session, and one whose session is to end, because it has to be there to be ended.
async fn draft_to_join(
    layer: &Arc<Layer>,
    turn: &mut Turn<'_>,
    seen: &Record,
    whole: Whole,
) -> Option<Record> {
    let draft = turn.draft.as_ref()?;
    if draft.record.locker == seen.locker && !whole.end {
        return Some(draft.record.clone());
    }
    let draft = turn.draft.take()?;
    // Its authors are told what became of it; here it is only waited for.
    let _ = draft.store_now(layer).await;
    None
}

/// Deletes the record and, where something was set since, stores a new one in the same
/// transaction. None where the record has changed meanwhile.
async fn end(
    layer: &Layer,
    base: &Record,
    successor: Contents,
    silent: bool,
) -> Result<Option<Committed>, Error> {
    let (locker, version) = (base.locker, base.version);
    if successor.data.is_empty() {
        let outcome = layer.store.delete(locker, Some(version)).await?;
        return Ok((outcome == Outcome::Done).then_some(Committed::Ended { silent }));
    }
    let (record, ticket) = first_record(layer, successor)?;
    let outcome = layer.store.replace(locker, version, &record).await?;
    Ok((outcome == Outcome::Done).then_some(Committed::Created { record, ticket }))
}

async fn create(layer: &Layer, contents: Contents) -> Result<Committed, Error> {
    if contents.data.is_empty() {
        return Ok(Committed::Nothing);
    }
    check_size(layer, &contents)?;
    let (record, ticket) = first_record(layer, contents)?;
    match layer.store.create(&record).await? {
        Outcome::Done => Ok(Committed::Created { record, ticket }),
        Outcome::Conflict => Err(Error::Busy),
    }
}

/// Records that a session was only read, if that is due. Returns the record as it is stored now
/// and, where that is in the cookie, the cookie's new value; none where nothing was written.
pub(super) async fn touch(
    layer: &Layer,
    seen: &Record,
) -> Result<Option<(Record, Option<Ticket>)>, Error> {
    let now = layer.clock.now();
    if !expiry::touch_due(seen, &layer.config, now) {
        return Ok(None);
    }
    let mut record = seen.clone();
    expiry::touch(&mut record, &layer.config, now);
    let moved = record.created != seen.created;
    record.version += i64::from(moved);
    let ticket = layer.sealed(&record, Some(seen))?;
    // Where the record has changed since, that change has also recorded the use.
    let outcome = match moved {
        false => layer.store.touch(&record).await?,
        true => layer.store.update(&record, seen.version).await?,
    };
    Ok((outcome == Outcome::Done).then_some((record, ticket)))
}

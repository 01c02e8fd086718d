//! A record as it was found, and the open file it is in.

use std::fs::File;

use super::format;
use super::slots::Slot;
use crate::session::id::Locker;
use crate::session::record::Record;
use crate::session::stores::StoreError;

/// How often to look at a file whose head and slot are not of one piece. To miss them once, two
/// changes have to be made between a look at the one and at the other.
const LOOKS: usize = 100;

pub(super) struct Stored {
    pub(super) file: File,
    pub(super) slot: Slot,
    pub(super) record: Record,
}

impl Stored {
    pub(super) fn read(locker: Locker, file: File) -> Result<Self, StoreError> {
        let refused = |reason: String| {
            log::warn!("session: the file {locker} can't be read: {reason}");
            StoreError::Corrupt(locker)
        };
        for _ in 0..LOOKS {
            if let Some(slot) = Slot::read(&file).map_err(StoreError::unavailable)? {
                let record = format::read(locker, &slot.text).map_err(refused)?;
                return Ok(Stored { file, slot, record });
            }
        }
        Err(refused("torn, foreign or of another format".to_owned()))
    }
}

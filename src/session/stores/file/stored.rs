//! A record as it was found, and the open file it is in.

use std::fs::File;

use super::format;
use super::slots::Slot;
use crate::session::id::Locker;
use crate::session::record::Record;
use crate::session::stores::StoreError;

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
        let Some(slot) = Slot::read(&file).map_err(StoreError::unavailable)? else {
            return Err(refused("torn, foreign or of another format".to_owned()));
        };
        let record = format::read(locker, &slot.text).map_err(refused)?;
        Ok(Stored { file, slot, record })
    }
}

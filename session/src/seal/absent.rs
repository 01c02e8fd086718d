//! Stands in for the seal in a build without the feature `cookie`: nothing is ever sealed, so the
//! rest of the crate needs to know of no such build.

use crate::config::Config;
use crate::error::Error;
use crate::record::Record;
use crate::setup::SetupError;

/// There is no such value.
pub(crate) enum Seal {}

impl Seal {
    pub(crate) fn configured(_: &Config) -> Result<Self, SetupError> {
        Err(SetupError::not_built("cookie"))
    }

    pub(crate) fn is_marked(_: &str) -> bool {
        false
    }

    pub(crate) fn can_have_written(_: &str) -> bool {
        false
    }

    pub(crate) fn close(&self, _: &Record) -> Result<String, Error> {
        match *self {}
    }

    pub(crate) fn open(&self, _: &str) -> Option<Record> {
        match *self {}
    }
}

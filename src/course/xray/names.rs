//! The names of sessions, for as many as anybody can look at.

use std::collections::HashMap;

use super::exchange::{Id, Name};
use super::session_names::SessionNames;
use crate::course::language::events::first_of;

/// How many session IDs get names. A program that makes more of them gets none for the rest: they
/// are never forgotten, and made-up ones count too.
const MOST: usize = 1_000;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: SessionNames,
    given: HashMap<Id, String>,
}

impl Names {
    pub(super) fn name(&mut self, id: Option<Id>) -> Option<Name> {
        let (locker, hash) = id?;
        let number = locker.to_string();
        let room = self.given.len() < MOST;
        let name = match self.given.get(&(locker, hash)) {
            Some(name) => name.clone(),
            None if room => {
                let name = self.names.name(&number, hash.bytes());
                self.given.insert((locker, hash), name.clone());
                name
            }
            None => "sid#…".to_owned(),
        };
        let locker = first_of(&number);
        Some(Name { name, locker })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Locker, SecretHash};

    #[test]
    fn so_many_get_names_and_keep_them() {
        let mut names = Names::default();
        let mut name = |number| {
            let hash = SecretHash::from_bytes(&[1; 32])?;
            let name = names.name(Some((Locker::from_number(number), hash)));
            name.map(|name| name.name)
        };
        for number in 0..MOST as i64 {
            name(number);
        }
        assert_eq!(name(5_000).unwrap(), "sid#…");
        assert_eq!(name(4).unwrap(), "sid#5·a");
    }
}

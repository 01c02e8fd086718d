//! Names for sessions that are the same at every run: `sid#1·a`.
//!
//! The number stands for the session in the order of first sight, the letter for its session ID:
//! after a rotation it is the next letter, after a flush and a login the next number.

use serde::{Deserialize, Serialize};

use crate::course::language::events::first_of;
use crate::session::Locker;

/// The session IDs that get names. They are never forgotten, and made-up ones count too, so a
/// program that makes more of them gets no names for the rest.
const MOST: usize = 1_000;

/// The name of those that came too late.
const NAMELESS: &str = "sid#…";

/// The names given so far.
///
/// ```
/// use session_lessons::course::exchange::SessionNames;
/// use session_lessons::session::Locker;
///
/// let mut names = SessionNames::default();
/// let locker = Locker::from_number(7);
/// assert_eq!(names.name(locker, b"first secret").name, "sid#1·a");
/// assert_eq!(names.name(locker, b"after a rotation").name, "sid#1·b");
/// ```
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SessionNames {
    sessions: Vec<NamedSession>,
    given: usize,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct NamedSession {
    locker: i64,
    locks: Vec<Vec<u8>>,
}

/// The name of a session ID, and what to look for in the browser's list of cookies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionName {
    /// Such as `sid#1·a`.
    pub name: String,
    /// The first characters of the locker.
    pub locker: String,
}

impl SessionNames {
    /// The name of a session ID, given now if it was never seen before. `lock` tells the IDs of one
    /// session apart.
    pub fn name(&mut self, locker: Locker, lock: &[u8]) -> SessionName {
        let name = self.full_name(locker, lock);
        SessionName {
            name: name.unwrap_or_else(|| NAMELESS.to_owned()),
            locker: first_of(&locker.to_string()),
        }
    }

    /// The session's own part of the name, `sid#1`, given now if it was never seen before.
    pub fn session(&mut self, locker: Locker) -> String {
        match self.place(locker) {
            Some(place) => format!("sid#{}", place + 1),
            None => NAMELESS.to_owned(),
        }
    }

    /// The sessions named so far: what is shown of their lockers, and their part of the name.
    pub fn sessions(&self) -> impl Iterator<Item = (String, String)> {
        let shown =
            |session: &NamedSession| first_of(&Locker::from_number(session.locker).to_string());
        let numbered = self.sessions.iter().zip(1..);
        numbered.map(move |(session, number)| (shown(session), format!("sid#{number}")))
    }

    fn full_name(&mut self, locker: Locker, lock: &[u8]) -> Option<String> {
        let place = self.place(locker)?;
        let locks = &mut self.sessions[place].locks;
        let letter = match locks.iter().position(|known| known == lock) {
            Some(letter) => letter,
            None if self.given < MOST => {
                self.given += 1;
                locks.push(lock.to_owned());
                locks.len() - 1
            }
            None => return None,
        };
        Some(format!("sid#{}·{}", place + 1, letters(letter)))
    }

    /// `None` if there are too many.
    fn place(&mut self, locker: Locker) -> Option<usize> {
        let locker = locker.number();
        let known = self
            .sessions
            .iter()
            .position(|named| named.locker == locker);
        if known.is_none() && self.sessions.len() < MOST {
            let locks = Vec::new();
            self.sessions.push(NamedSession { locker, locks });
            return Some(self.sessions.len() - 1);
        }
        known
    }
}

/// a to z, then aa, ab and so on.
fn letters(number: usize) -> String {
    let last = char::from(b'a' + (number % 26) as u8);
    match number / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_the_session_and_the_letter_its_id() {
        let mut names = SessionNames::default();
        let [x, y, z] = [1, 2, 3].map(Locker::from_number);
        let mut name = |locker, lock: &[u8]| names.name(locker, lock).name;
        assert_eq!(name(x, b"1"), "sid#1·a");
        assert_eq!(name(y, b"1"), "sid#2·a");
        assert_eq!(name(x, b"2"), "sid#1·b");
        assert_eq!(name(x, b"1"), "sid#1·a");
        assert_eq!([names.session(y), names.session(z)], ["sid#2", "sid#3"]);
        let shown: Vec<_> = names
            .sessions()
            .map(|(locker, name)| locker + &name)
            .collect();
        assert_eq!(shown, ["0000sid#1", "0000sid#2", "0000sid#3"]);
    }

    #[test]
    fn letters_go_on_after_z() {
        let some: Vec<_> = [0, 25, 26, 701, 702].map(letters).into();
        assert_eq!(some, ["a", "z", "aa", "zz", "aaa"]);
    }

    #[test]
    fn so_many_get_names_and_keep_them() {
        let mut names = SessionNames::default();
        let mut name = |number| names.name(Locker::from_number(number), &[1; 32]).name;
        for number in 0..MOST as i64 {
            name(number);
        }
        assert_eq!(name(5_000), "sid#…");
        assert_eq!(name(4), "sid#5·a");
        // A session that has a name gets none for the IDs after it either.
        assert_eq!(names.name(Locker::from_number(4), &[2; 32]).name, "sid#…");
    }
}

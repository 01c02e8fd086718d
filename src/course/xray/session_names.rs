//! Names for sessions that are the same at every run: `sid#1·a`.
//!
//! The number stands for the session in the order of first sight, the letter for its session ID:
//! after a rotation it is the next letter, after a flush and a login the next number.

/// The names given so far.
#[derive(Debug, Default)]
pub struct SessionNames(Vec<Named>);

#[derive(Debug)]
struct Named {
    locker: String,
    /// Whatever tells the IDs of one session apart: the secret itself or its hash.
    locks: Vec<Vec<u8>>,
}

impl SessionNames {
    /// The name of a session ID, given now if it was never seen before.
    pub fn name(&mut self, locker: &str, lock: &[u8]) -> String {
        let known = self.0.iter().position(|named| named.locker == locker);
        let place = known.unwrap_or_else(|| {
            let (locker, locks) = (locker.to_owned(), Vec::new());
            self.0.push(Named { locker, locks });
            self.0.len() - 1
        });
        let locks = &mut self.0[place].locks;
        let known = locks.iter().position(|known| known == lock);
        let letter = known.unwrap_or_else(|| {
            locks.push(lock.to_owned());
            locks.len() - 1
        });
        format!("sid#{}·{}", place + 1, letters(letter))
    }

    /// The session's own part of the name, `sid#1`, if the session was ever named.
    pub fn session(&self, locker: &str) -> Option<String> {
        let known = self.0.iter().position(|named| named.locker == locker);
        known.map(|place| format!("sid#{}", place + 1))
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
        assert_eq!(names.name("x", b"1"), "sid#1·a");
        assert_eq!(names.name("y", b"1"), "sid#2·a");
        assert_eq!(names.name("x", b"2"), "sid#1·b");
        assert_eq!(names.name("x", b"1"), "sid#1·a");
        assert_eq!(names.session("y").as_deref(), Some("sid#2"));
        assert_eq!(names.session("z"), None);
    }

    #[test]
    fn letters_go_on_after_z() {
        let some: Vec<_> = [0, 25, 26, 701, 702].map(letters).into();
        assert_eq!(some, ["a", "z", "aa", "zz", "aaa"]);
    }
}

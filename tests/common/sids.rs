//! Names for session IDs, the same on every run: `sid#1·a` is the first session's first ID, and
//! `sid#1·b` the same session's after a rotation.

/// The session IDs seen so far, in the order in which they appeared.
#[derive(Default)]
pub struct Sids(Vec<(String, Vec<String>)>);

impl Sids {
    /// The name of a cookie's value. One that has not the shape of a session ID is shown as it is.
    pub fn name(&mut self, value: &str) -> String {
        let Some((locker, secret)) = value.split_once('.') else {
            return value.to_owned();
        };
        let number = self.number(locker);
        let secrets = &mut self.0[number].1;
        let known = secrets.iter().position(|known| known == secret);
        let letter = known.unwrap_or_else(|| {
            secrets.push(secret.to_owned());
            secrets.len() - 1
        });
        let letter = char::from(b'a' + u8::try_from(letter).unwrap());
        format!("sid#{}·{letter}", number + 1)
    }

    /// A line of the terminal with its sessions named: it shows the first letters of a locker.
    pub fn in_terminal(&self, line: &str) -> String {
        let mut line = line.to_owned();
        for (number, (locker, _)) in self.0.iter().enumerate() {
            let shown: String = locker.chars().take(4).collect();
            line = line.replace(&format!("{shown}…"), &format!("sid#{}", number + 1));
        }
        line
    }

    fn number(&mut self, locker: &str) -> usize {
        let known = self.0.iter().position(|(known, _)| known == locker);
        known.unwrap_or_else(|| {
            self.0.push((locker.to_owned(), Vec::new()));
            self.0.len() - 1
        })
    }
}

#[test]
fn a_rotation_changes_the_letter_and_another_session_the_number() {
    let mut sids = Sids::default();
    let names = ["abcde.x", "abcde.y", "fghij.x", "abcde.x"].map(|value| sids.name(value));
    assert_eq!(names, ["sid#1·a", "sid#1·b", "sid#2·a", "sid#1·a"]);
    assert_eq!(
        sids.in_terminal("session fghi… created"),
        "session sid#2 created"
    );
}

//! A view's operations on its session, in their order, until the commit.
//!
//! A request keeps these rather than the finished data. So two parallel requests that set different
//! keys both survive: the later one applies its own few operations to the data that the earlier one
//! left, and does not overwrite it with a copy of its own.

use serde_json::value::RawValue;

use crate::flash::{Flash, Flashes};
use crate::record::{Contents, Expiry};

/// One thing that a view does to its session.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Set {
        key: String,
        value: Box<RawValue>,
    },
    Login {
        key: String,
        value: Box<RawValue>,
        user: String,
    },
    Remove {
        key: String,
    },
    Logout {
        key: String,
    },
    Flash(Flashes),
    Clear,
    Flush,
    Rotate,
    /// A rotation that is nothing worth if somebody else has rotated meanwhile.
    ShutOut,
    SetExpiry(Expiry),
}

impl Operation {
    fn key(&self) -> Option<&str> {
        match self {
            Operation::Set { key, .. }
            | Operation::Login { key, .. }
            | Operation::Remove { key }
            | Operation::Logout { key } => Some(key),
            Operation::Flash(_) => Some(Flash::KEY),
            _ => None,
        }
    }

    pub(crate) fn apply(&self, contents: &mut Contents) {
        match self {
            Operation::Set { key, value } => contents.data.insert(key.clone(), value.clone()),
            Operation::Login { key, value, user } => {
                // Data set before the login is kept for the user the visitor turns out to be. Data
                // of another user is not for this one's eyes.
                if contents.last_user.as_ref().is_some_and(|last| last != user) {
                    *contents = Contents::default();
                }
                contents.data.insert(key.clone(), value.clone());
                contents.user = Some(user.clone());
                contents.last_user = Some(user.clone());
            }
            Operation::Remove { key } => {
                contents.data.remove(key);
            }
            Operation::Logout { key } => {
                contents.data.remove(key);
                contents.user = None;
            }
            Operation::Flash(flashes) => flashes.apply(&mut contents.data),
            Operation::Clear => {
                contents.data.clear();
                contents.user = None;
                contents.last_user = None;
            }
            Operation::Flush => *contents = Contents::default(),
            Operation::Rotate | Operation::ShutOut => {}
            Operation::SetExpiry(expiry) => contents.expiry = Some(*expiry),
        }
    }
}

/// The operations of one request, in the order in which it called them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Operations(Vec<Operation>);

impl Operations {
    /// Adds an operation, and drops those before it that it makes pointless, so that a loop in a
    /// view can't make the list grow: at most one a key since the last clear, flush or login.
    pub(crate) fn push(&mut self, mut new: Operation) {
        match &new {
            Operation::Flush => self.0.clear(),
            Operation::Clear => self.0.retain(|old| {
                use Operation::{Flush, Rotate, SetExpiry, ShutOut};
                matches!(old, Flush | Rotate | ShutOut | SetExpiry(_))
            }),
            Operation::SetExpiry(_) => self.0.retain(|old| !matches!(old, Operation::SetExpiry(_))),
            Operation::Rotate => self.0.retain(|old| !matches!(old, Operation::Rotate)),
            Operation::ShutOut => self.0.retain(|old| !matches!(old, Operation::ShutOut)),
            // A login may drop what others set before it: no operation moves across one.
            _ => {
                let is_bound = |old: &Operation| matches!(old, Operation::Login { .. });
                let since = self.0.iter().rposition(is_bound).map_or(0, |at| at + 1);
                let same_key = |old: &&mut Operation| old.key() == new.key();
                let old = self.0[since..].iter_mut().rfind(same_key);
                if let Operation::Flash(next) = &mut new {
                    if let Some(Operation::Flash(before)) = old {
                        return before.then(std::mem::take(next));
                    }
                } else {
                    let mut at = 0;
                    self.0.retain(|old| {
                        at += 1;
                        at <= since || old.key() != new.key()
                    });
                }
            }
        }
        self.0.push(new);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn apply(&self, contents: &mut Contents) {
        self.0
            .iter()
            .for_each(|operation| operation.apply(contents));
    }

    /// True if the stored session is to be ended; operations after that belong to a new one.
    pub(crate) fn ends_session(&self) -> bool {
        self.0
            .iter()
            .any(|operation| matches!(operation, Operation::Flush))
    }

    /// The user whom this request logs in, if it does and does not log out again.
    pub(crate) fn login(&self) -> Option<&str> {
        let decisive = self.0.iter().rev().find(|operation| {
            use Operation::{Clear, Flush, Login, Logout};
            matches!(operation, Login { .. } | Logout { .. } | Clear | Flush)
        })?;
        match decisive {
            Operation::Login { user, .. } => Some(user),
            _ => None,
        }
    }

    /// True if something is to be stored that was not there: the visitor would believe it done.
    pub(crate) fn adds(&self) -> bool {
        let sets = |operation: &Operation| match operation {
            Operation::Set { .. } => true,
            Operation::Flash(flashes) => !flashes.added.is_empty(),
            _ => false,
        };
        self.login().is_some() || self.0.iter().any(sets)
    }

    /// True if the session is to get a new secret; for a login, if the configuration says so.
    pub(crate) fn rotates(&self, at_login: bool) -> bool {
        let rotates = |operation: &Operation| match operation {
            Operation::Login { .. } => at_login,
            other => matches!(other, Operation::Rotate | Operation::ShutOut),
        };
        self.0.iter().any(rotates)
    }

    /// True if nobody but this request's browser is to have the session after it.
    pub(crate) fn shuts_out(&self) -> bool {
        let shuts_out = |operation: &Operation| matches!(operation, Operation::ShutOut);
        self.0.iter().any(shuts_out)
    }

    /// Takes out the operations that an `update` of `key` has to commit along with it: those on
    /// that key. If the list holds one that concerns the whole session, its order against the
    /// update counts, and everything is taken.
    pub(crate) fn take_for_update(&mut self, key: &str) -> Operations {
        let on_one_key = |operation: &Operation| {
            use Operation::{Flash, Remove, Set};
            matches!(operation, Set { .. } | Remove { .. } | Flash(_))
        };
        if !self.0.iter().all(on_one_key) {
            return std::mem::take(self);
        }
        let of_key = |operation: &Operation| operation.key() == Some(key);
        let (taken, left) = std::mem::take(&mut self.0).into_iter().partition(of_key);
        self.0 = left;
        Operations(taken)
    }

    /// Undoes [`take_for_update`](Operations::take_for_update).
    pub(crate) fn put_back(&mut self, taken: Operations) {
        self.0.splice(0..0, taken.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(key: &str, json: &str) -> Operation {
        let (key, value) = (
            key.to_owned(),
            RawValue::from_string(json.to_owned()).unwrap(),
        );
        Operation::Set { key, value }
    }

    fn login(user: &str) -> Operation {
        let value = RawValue::from_string(format!("{user:?}")).unwrap();
        let (key, user) = ("user".to_owned(), user.to_owned());
        Operation::Login { key, value, user }
    }

    /// An empty session's data after these operations, and the number of them that were kept.
    fn after(list: impl IntoIterator<Item = Operation>) -> (String, usize) {
        let mut operations = Operations::default();
        list.into_iter()
            .for_each(|operation| operations.push(operation));
        let mut contents = Contents::default();
        operations.apply(&mut contents);
        (contents.data.to_json().unwrap(), operations.0.len())
    }

    #[test]
    fn the_last_operation_on_a_key_counts() {
        let remove = Operation::Remove {
            key: "a".to_owned(),
        };
        let list = [set("a", "1"), set("b", "2"), remove.clone(), set("a", "3")];
        assert_eq!(after(list), (r#"{"a":3,"b":2}"#.to_owned(), 2));
        assert_eq!(after([set("a", "1"), remove]), ("{}".to_owned(), 1));
    }

    #[test]
    fn clear_and_flush_make_what_was_before_pointless() {
        let list = [set("a", "1"), Operation::Clear, set("b", "2")];
        assert_eq!(after(list), (r#"{"b":2}"#.to_owned(), 2));
        let list = [
            set("a", "1"),
            Operation::Rotate,
            Operation::Flush,
            set("b", "2"),
        ];
        assert_eq!(after(list), (r#"{"b":2}"#.to_owned(), 2));
    }

    #[test]
    fn what_one_user_set_does_not_survive_the_login_of_another() {
        let list = [
            set("early", "1"),
            login("alice"),
            set("late", "2"),
            login("bob"),
        ];
        assert_eq!(after(list).0, r#"{"user":"bob"}"#);
        let list = [
            set("early", "1"),
            login("alice"),
            set("late", "2"),
            login("alice"),
        ];
        assert_eq!(after(list).0, r#"{"early":1,"late":2,"user":"alice"}"#);
    }

    #[test]
    fn a_loop_does_not_make_the_list_grow() {
        let list = (0..1_000).map(|i| set(["a", "b"][i % 2], &i.to_string()));
        assert_eq!(after(list), (r#"{"a":998,"b":999}"#.to_owned(), 2));
        assert_eq!(after((0..1_000).map(|_| Operation::Clear)).1, 1);
        assert_eq!(after((0..1_000).map(|_| Operation::Rotate)).1, 1);
        assert_eq!(after((0..1_000).map(|_| Operation::ShutOut)).1, 1);
    }

    #[test]
    fn an_update_takes_its_own_key_and_leaves_the_others() {
        let mut operations = Operations::default();
        operations.push(set("a", "1"));
        operations.push(set("b", "2"));
        let taken = operations.take_for_update("a");
        assert_eq!((taken.0.len(), operations.0.len()), (1, 1));
        operations.push(login("alice"));
        let taken = operations.take_for_update("a");
        assert_eq!((taken.0.len(), operations.0.len()), (2, 0));
    }
}

//! Limits of the texts in the forms for an account, in characters.

/// The longest userid, as in Django.
pub(super) const USERID: usize = 150;

/// The longest real name.
pub(super) const REAL_NAME: usize = 150;

/// The longest email address: more than that the mail protocol can't carry.
pub(super) const EMAIL: usize = 254;

/// The shortest password.
pub(super) const SHORTEST_PASSWORD: usize = 8;

/// The longest password. Far more than anyone types, and little enough to look at.
pub(super) const PASSWORD: usize = 4096;

//! The sign-up form, and what can be wrong with it before anybody asks the database.

#[cfg(test)]
mod tests;

use std::fmt;

use rocket::FromForm;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::{Field, FieldError, FormErrors, User, email, limits, opaque, strength, userid};
use crate::characters::{JOINERS, has_visible, is_hidden, is_variation_selector};
use crate::session::Timestamp;

/// The fields that a visitor fills in to get an account. A field that did not come counts as an
/// empty one.
#[derive(Clone, Default, FromForm)]
pub struct SignupForm {
    /// The name to log in with.
    #[field(default = String::new())]
    pub userid: String,
    /// The name to be greeted with.
    #[field(default = String::new())]
    pub real_name: String,
    /// The address that mail would go to.
    #[field(default = String::new())]
    pub email: String,
    /// The password.
    #[field(default = String::new())]
    pub password1: String,
    /// The password again, since a slip of the finger can't be seen in it.
    #[field(default = String::new())]
    pub password2: String,
}

/// The fields that a form shows again after an error: all but the passwords, which would otherwise
/// stand in the page and in whatever keeps a copy of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Typed {
    /// As typed.
    pub userid: String,
    /// As typed.
    pub real_name: String,
    /// As typed.
    pub email: String,
}

impl SignupForm {
    /// Everything that is wrong with the form, all at once; whether the userid is taken is not
    /// known here. The length is judged first: a field that is too long meets no other rule.
    /// Source: Django's `UserCreationForm`.
    pub fn errors(&self) -> FormErrors {
        let mut errors = FormErrors::default();
        errors.add(Field::Userid, &required(&self.userid, userid::faults));
        errors.add(
            Field::RealName,
            &required(&self.real_name, real_name_faults),
        );
        errors.add(Field::Email, &required(&self.email, email::faults));
        let personal = [
            (Field::Userid, self.userid.as_str()),
            (Field::RealName, &self.real_name),
            (Field::Email, &self.email),
        ];
        let personal: Vec<_> = personal
            .into_iter()
            .filter(|(field, _)| errors.of(*field).is_empty())
            .collect();
        let guessed = |password: &str| strength::faults(password, &personal);
        errors.add(Field::Password1, &required(&self.password1, guessed));
        let repeated = |again: &str| repetition_faults(&self.password1, again);
        errors.add(Field::Password2, &required(&self.password2, repeated));
        errors
    }

    /// The user whom a form without errors makes at that moment.
    pub(super) fn user(&self, created: Timestamp) -> User {
        User::new(&self.userid, &self.real_name, &self.email, created)
    }

    /// The fields to show again when there are errors.
    pub fn typed(&self) -> Typed {
        Typed {
            userid: self.userid.clone(),
            real_name: self.real_name.clone(),
            email: self.email.clone(),
        }
    }
}

impl fmt::Debug for SignupForm {
    /// Without the passwords: what is printed ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignupForm")
            .field("userid", &self.userid)
            .field("real_name", &self.real_name)
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

/// Tells of an empty field only that it is empty, and of any other what `faults` finds.
pub(super) fn required(typed: &str, faults: impl Fn(&str) -> Vec<FieldError>) -> Vec<FieldError> {
    if typed.trim().is_empty() {
        vec![FieldError::Required]
    } else {
        faults(typed)
    }
}

pub(super) fn repetition_faults(password: &str, again: &str) -> Vec<FieldError> {
    // A password that is too long is told of in its own field.
    let is_same =
        || !opaque::is_too_long(again) && opaque::normalise(password) == opaque::normalise(again);
    if opaque::is_too_long(password) || is_same() {
        Vec::new()
    } else {
        vec![FieldError::PasswordsDiffer]
    }
}

fn real_name_faults(typed: &str) -> Vec<FieldError> {
    let real_name = typed.trim();
    // As it is kept: a Mac may send each `한` in three characters.
    if real_name.nfc().nth(limits::REAL_NAME).is_some() {
        return vec![FieldError::RealNameTooLong];
    }
    let shapes = |c: char| JOINERS.contains(&c) || is_variation_selector(c);
    if real_name.contains(|c| is_hidden(c) && !shapes(c)) || !has_visible(real_name) {
        return vec![FieldError::RealNameCharacters];
    }
    Vec::new()
}

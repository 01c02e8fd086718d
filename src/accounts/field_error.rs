//! Faults in the fields of the forms for an account, and how a page is told of them.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::limits;

/// A field of the sign-up form, or of the one for a new password. Templates know it by its name in
/// the form, as `real_name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// `userid`
    Userid,
    /// `real_name`
    RealName,
    /// `email`
    Email,
    /// `old_password`
    OldPassword,
    /// `password1`
    Password1,
    /// `password2`: the same password again
    Password2,
}

/// One thing that is wrong with one field.
///
/// A template gets it as `{ key, … }`: the text's key, and beside it the arguments of that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// Nothing was typed, or only white space.
    Required,
    /// A character that userids can't have.
    UseridCharacters,
    /// More than 150 characters.
    UseridTooLong,
    /// Letters of scripts that are never written together, such as a Cyrillic `а` among Latin ones.
    UseridMixed,
    /// Another user has it, perhaps in other small and capital letters.
    UseridTaken,
    /// Control characters and others that draw nothing, or nothing but those.
    RealNameCharacters,
    /// More than 150 characters.
    RealNameTooLong,
    /// It can't be an address.
    EmailImplausible,
    /// More than 254 characters, which mail can't carry.
    EmailTooLong,
    /// It is not the password that the user has now.
    PasswordWrong,
    /// The two passwords are not the same.
    PasswordsDiffer,
    /// Fewer than 8 characters.
    PasswordTooShort,
    /// More than 4096 characters.
    PasswordTooLong,
    /// Nothing but digits.
    PasswordAllDigits,
    /// Easily guessed from another field.
    PasswordTooSimilar {
        /// That other field.
        to: Field,
    },
    /// Among the first that are tried.
    PasswordTooCommon,
}

impl FieldError {
    /// The key under which the languages keep the sentence for the visitor.
    pub fn text_key(self) -> &'static str {
        match self {
            FieldError::Required => "signup-required",
            FieldError::UseridCharacters => "signup-userid-characters",
            FieldError::UseridMixed => "signup-userid-mixed",
            FieldError::UseridTooLong => "signup-userid-too-long",
            FieldError::UseridTaken => "signup-userid-taken",
            FieldError::RealNameCharacters => "signup-real-name-characters",
            FieldError::RealNameTooLong => "signup-real-name-too-long",
            FieldError::EmailImplausible => "signup-email-implausible",
            FieldError::EmailTooLong => "signup-email-too-long",
            FieldError::PasswordWrong => "password-wrong",
            FieldError::PasswordsDiffer => "signup-passwords-differ",
            FieldError::PasswordTooShort => "signup-password-too-short",
            FieldError::PasswordTooLong => "signup-password-too-long",
            FieldError::PasswordAllDigits => "signup-password-all-digits",
            FieldError::PasswordTooSimilar { .. } => "signup-password-too-similar",
            FieldError::PasswordTooCommon => "signup-password-too-common",
        }
    }

    /// The number of characters that the text speaks of: the most or the fewest allowed.
    pub fn limit(self) -> Option<usize> {
        match self {
            FieldError::UseridTooLong => Some(limits::USERID),
            FieldError::RealNameTooLong => Some(limits::REAL_NAME),
            FieldError::EmailTooLong => Some(limits::EMAIL),
            FieldError::PasswordTooShort => Some(limits::SHORTEST_PASSWORD),
            FieldError::PasswordTooLong => Some(limits::PASSWORD),
            _ => None,
        }
    }
}

impl Serialize for FieldError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", self.text_key())?;
        if let Some(limit) = self.limit() {
            map.serialize_entry("limit", &limit)?;
        }
        if let FieldError::PasswordTooSimilar { to } = self {
            map.serialize_entry("field", to)?;
        }
        map.end()
    }
}

/// Everything that is wrong with a form, by field. A template asks for `errors.userid` and
/// the like; a field without fault is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FormErrors(BTreeMap<Field, Vec<FieldError>>);

impl FormErrors {
    /// True if the form is without fault.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Faults of one field: none, one or several.
    pub fn of(&self, field: Field) -> &[FieldError] {
        self.0.get(&field).map_or(&[], Vec::as_slice)
    }

    pub(super) fn add(&mut self, field: Field, errors: &[FieldError]) {
        if !errors.is_empty() {
            self.0.entry(field).or_default().extend_from_slice(errors);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rocket::serde::json::json;

    #[test]
    fn a_template_gets_keys_and_arguments_by_field() {
        let mut errors = FormErrors::default();
        errors.add(Field::Userid, &[]);
        errors.add(Field::RealName, &[FieldError::Required]);
        errors.add(Field::Password1, &[FieldError::PasswordTooShort]);
        let to = Field::Userid;
        errors.add(Field::Password1, &[FieldError::PasswordTooSimilar { to }]);
        let expected = json!({
            "real_name": [{ "key": "signup-required" }],
            "password1": [
                { "key": "signup-password-too-short", "limit": 8 },
                { "key": "signup-password-too-similar", "field": "userid" },
            ],
        });
        assert_eq!(serde_json::to_value(&errors).unwrap(), expected);
        assert!(errors.of(Field::Userid).is_empty());
    }
}

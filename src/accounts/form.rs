//! The sign-up form, and what can be wrong with it before anybody asks the database.

use std::fmt;

use rocket::FromForm;
use serde::Serialize;

use super::{Field, FieldError, FormErrors, email, strength, userid};

/// The longest real name, in characters.
pub(super) const MAX_REAL_NAME: usize = 150;

/// What a visitor typed to get an account. A field that did not come counts as an empty one.
#[derive(Clone, Default, FromForm)]
pub struct SignupForm {
    /// The name to log in with.
    #[field(default = String::new())]
    pub userid: String,
    /// The name to be greeted with.
    #[field(default = String::new())]
    pub real_name: String,
    /// Where mail would go.
    #[field(default = String::new())]
    pub email: String,
    /// The password.
    #[field(default = String::new())]
    pub password1: String,
    /// The password again, against slips of the finger that nobody can see.
    #[field(default = String::new())]
    pub password2: String,
}

/// What a form shows again after an error: everything but the passwords, which would otherwise
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
    /// known here. Source: Django's `UserCreationForm`.
    pub fn errors(&self) -> FormErrors {
        let userid = userid::normalise(&self.userid);
        let personal = [
            (Field::Userid, userid.as_str()),
            (Field::RealName, &self.real_name),
            (Field::Email, &self.email),
        ];
        let mut errors = FormErrors::default();
        errors.add(Field::Userid, &required(&self.userid, userid::faults));
        errors.add(
            Field::RealName,
            &required(&self.real_name, real_name_faults),
        );
        errors.add(Field::Email, &required(&self.email, email::faults));
        let guessed = |password: &str| strength::faults(password, &personal);
        errors.add(Field::Password1, &required(&self.password1, guessed));
        let repeated = |again: &str| repetition_faults(&self.password1, again);
        errors.add(Field::Password2, &required(&self.password2, repeated));
        errors
    }

    /// What to show again when there are errors.
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
    if password == again {
        Vec::new()
    } else {
        vec![FieldError::PasswordsDiffer]
    }
}

fn real_name_faults(typed: &str) -> Vec<FieldError> {
    let real_name = typed.trim();
    let mut faults = Vec::new();
    if real_name.contains(char::is_control) {
        faults.push(FieldError::RealNameCharacters);
    }
    if real_name.chars().count() > MAX_REAL_NAME {
        faults.push(FieldError::RealNameTooLong);
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use rocket::form::Form;

    fn carol() -> SignupForm {
        SignupForm {
            userid: "carol".to_owned(),
            real_name: "Carol Park".to_owned(),
            email: "c.park@example.com".to_owned(),
            password1: "three-tulips".to_owned(),
            password2: "three-tulips".to_owned(),
        }
    }

    #[test]
    fn an_empty_form_misses_every_field() {
        let blank = SignupForm {
            real_name: " \t".to_owned(),
            password1: "  ".to_owned(),
            ..SignupForm::default()
        };
        for form in [SignupForm::default(), blank] {
            let errors = form.errors();
            for field in [
                Field::Userid,
                Field::RealName,
                Field::Email,
                Field::Password1,
                Field::Password2,
            ] {
                assert_eq!(errors.of(field), [FieldError::Required], "{field:?}");
            }
        }
    }

    #[test]
    fn all_errors_are_told_at_once_and_each_by_its_field() {
        let form = SignupForm {
            userid: "no body".to_owned(),
            real_name: "a\nb".repeat(80),
            email: "@".repeat(300),
            password1: "123".to_owned(),
            password2: "124".to_owned(),
        };
        use FieldError::*;
        let errors = form.errors();
        assert_eq!(errors.of(Field::Userid), [UseridCharacters]);
        assert_eq!(
            errors.of(Field::RealName),
            [RealNameCharacters, RealNameTooLong]
        );
        assert_eq!(errors.of(Field::Email), [EmailImplausible, EmailTooLong]);
        assert_eq!(
            errors.of(Field::Password1),
            [PasswordTooShort, PasswordAllDigits]
        );
        assert_eq!(errors.of(Field::Password2), [PasswordsDiffer]);
    }

    #[test]
    fn a_password_like_userid_real_name_or_email_is_refused() {
        for (password, to) in [
            ("caroline8", Field::Userid),
            ("winterbloom", Field::RealName),
            ("springfield", Field::Email),
        ] {
            let form = SignupForm {
                userid: "Ｃａｒｏｌｉｎｅ".to_owned(),
                real_name: "C. Winterbloom".to_owned(),
                email: "cw@springfield.example".to_owned(),
                password1: password.to_owned(),
                password2: password.to_owned(),
            };
            let errors = form.errors();
            assert_eq!(
                errors.of(Field::Password1),
                [FieldError::PasswordTooSimilar { to }]
            );
        }
    }

    #[test]
    fn passwords_are_neither_printed_nor_shown_again() {
        let form = carol();
        let printed = format!("{form:?}");
        assert!(printed.contains("carol") && !printed.contains("tulips"));
        let typed = serde_json::to_string(&form.typed()).unwrap();
        assert!(typed.contains("c.park@example.com") && !typed.contains("tulips"));
    }

    #[test]
    fn a_missing_form_field_reaches_the_view() {
        let form = Form::<SignupForm>::parse("userid=carol&unknown=1").unwrap();
        assert_eq!(form.userid, "carol");
        assert_eq!(form.errors().of(Field::Password2), [FieldError::Required]);
    }
}

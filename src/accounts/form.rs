//! The sign-up form, and what can be wrong with it before anybody asks the database.

use std::fmt;

use rocket::FromForm;
use serde::Serialize;

use super::{Field, FieldError, FormErrors, User, email, opaque, strength, userid};
use crate::characters::{JOINERS, has_visible, is_hidden, is_variation_selector};
use crate::session::Timestamp;

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
    if [password, again].into_iter().any(opaque::is_too_long) {
        // The password's own field says so.
        Vec::new()
    } else if opaque::normalise(password) == opaque::normalise(again) {
        Vec::new()
    } else {
        vec![FieldError::PasswordsDiffer]
    }
}

fn real_name_faults(typed: &str) -> Vec<FieldError> {
    let real_name = typed.trim();
    if real_name.chars().nth(MAX_REAL_NAME).is_some() {
        return vec![FieldError::RealNameTooLong];
    }
    let shapes = |c: char| JOINERS.contains(&c) || is_variation_selector(c);
    if real_name.contains(|c| is_hidden(c) && !shapes(c)) || !has_visible(real_name) {
        return vec![FieldError::RealNameCharacters];
    }
    Vec::new()
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
            real_name: "a\nb".to_owned(),
            email: "@".to_owned(),
            password1: "123".to_owned(),
            password2: "124".to_owned(),
        };
        use FieldError::*;
        let errors = form.errors();
        assert_eq!(errors.of(Field::Userid), [UseridCharacters]);
        assert_eq!(errors.of(Field::RealName), [RealNameCharacters]);
        assert_eq!(errors.of(Field::Email), [EmailImplausible]);
        assert_eq!(
            errors.of(Field::Password1),
            [PasswordTooShort, PasswordAllDigits]
        );
        assert_eq!(errors.of(Field::Password2), [PasswordsDiffer]);
    }

    #[test]
    fn a_field_that_is_too_long_meets_no_other_rule() {
        let long = || "a\n\u{202E}а ".repeat(2_000);
        let form = SignupForm {
            userid: long(),
            real_name: long(),
            email: long(),
            password1: long(),
            password2: "another".to_owned(),
        };
        let errors = form.errors();
        for (field, fault) in [
            (Field::Userid, FieldError::UseridTooLong),
            (Field::RealName, FieldError::RealNameTooLong),
            (Field::Email, FieldError::EmailTooLong),
            (Field::Password1, FieldError::PasswordTooLong),
        ] {
            assert_eq!(errors.of(field), [fault], "{field:?}");
        }
        // Not even as something that a password may be like.
        let like_it = SignupForm {
            userid: "three-tulips ".repeat(1_000),
            ..carol()
        };
        assert_eq!(like_it.errors().of(Field::Password1), []);
    }

    #[test]
    fn a_name_is_seen_and_turns_no_text_around() {
        for name in [
            "\u{200B}",
            "\u{200B}\u{200B} \u{2060}",
            "\u{3164}",
            "\u{115F}\u{1160}",
            "\u{FE0F}",
            "\u{200D}",
            "\u{301}",
            "\u{2800}",
            "\u{3000}\u{200B}",
            "Carol \u{202E}kraP",
            "\u{2066}Carol\u{2069}",
            "\u{200F}Carol",
            "Car\u{200B}ol",
            "Car\u{AD}ol",
            "Carol\u{2028}Park",
            "Carol\u{2029}Park",
            "Carol\u{85}Park",
            "Carol\u{FEFF}",
            "Carol\u{E0041}",
            "박\u{3164}나래",
        ] {
            let real_name = name.to_owned();
            let form = SignupForm {
                real_name,
                ..carol()
            };
            let found = form.errors();
            let expected = [FieldError::RealNameCharacters];
            assert_eq!(found.of(Field::RealName), expected, "{name:?}");
        }
        for name in [
            "박 나래",
            "O'Hara-Müller, Jr.",
            "محمد",
            "علی\u{200C}رضا",
            "ශ්\u{200D}රීමතී",
            "葛\u{E0100}城",
            "Carol 🙂\u{FE0F}",
            "Zoe\u{308}",
        ] {
            let real_name = name.to_owned();
            let form = SignupForm {
                real_name,
                ..carol()
            };
            assert!(form.errors().is_empty(), "{name:?} {:?}", form.errors());
        }
    }

    #[test]
    fn both_fields_may_write_the_same_letters_in_another_way() {
        let form = SignupForm {
            password1: "한글비밀번호아홉자".to_owned(),
            password2: decomposed("한글비밀번호아홉자"),
            ..carol()
        };
        assert!(form.errors().is_empty(), "{:?}", form.errors());
    }

    fn decomposed(text: &str) -> String {
        unicode_normalization::UnicodeNormalization::nfd(text).collect()
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

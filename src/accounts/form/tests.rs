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

#[test]
fn a_real_name_is_as_long_as_it_is_kept() {
    let named = |real_name: String| {
        let form = SignupForm {
            real_name,
            ..SignupForm::default()
        };
        form.errors().of(Field::RealName).to_vec()
    };
    let syllable = "\u{1112}\u{1161}\u{11AB}";
    assert_eq!(named(syllable.repeat(150)), []);
    assert_eq!(named(syllable.repeat(151)), [FieldError::RealNameTooLong]);
}

#[test]
fn a_repetition_that_is_too_long_is_another_password() {
    let form = SignupForm {
        password1: "wonder-land-7".to_owned(),
        password2: "w".repeat(10_000),
        ..SignupForm::default()
    };
    let differ = [FieldError::PasswordsDiffer];
    assert_eq!(form.errors().of(Field::Password2), differ);
}

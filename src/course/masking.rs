//! Everything that is shown of requests, answers and rows, without what must stay secret. X-ray,
//! terminal, log and demo go by this one rule: the name of a value says whether it is secret.
//!
//! The names are those that OWASP's Logging Cheat Sheet ("Data to exclude") wants to be left out.

use std::borrow::Cow;

use rocket::http::RawStr;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Stands for a secret. Always as long, so that not even the length is told.
pub(super) const MASK: &str = "•••";

/// Secret wherever they stand in a name, written together.
const PARTS: &str = "pass pwd secret token credential authorization apikey accesskey privatekey \
    signingkey encryptionkey sessionid securitycode verificationcode recoverycode onetimecode pincode \
    otpcode cardnumber creditcard socialsecurity kennwort motdepasse contraseña contrasena пароль \
    パスワード 密码 비밀번호 패스워드 인증번호 카드번호 주민등록번호";

/// Secret only as words of their own: `pin` is in `shipping`, too.
const WORDS: &str = "pw pin otp totp cvv cvc cvn auth bearer jwt ssn mfa senha 비번 암호 핀번호";

/// An address in an address in an address: deeper ones are not looked into, and not shown.
const DEPTH: usize = 4;

/// True if a field, a key or a header of this name holds a secret: `new_password`, `apiKey`, `PIN`.
pub(super) fn is_secret(name: &str) -> bool {
    let words = words(name);
    let joined = words.concat();
    let is_whole = |secret| words.iter().any(|word| word == secret);
    PARTS.split(' ').any(|part| joined.contains(part)) || WORDS.split(' ').any(is_whole)
}

/// The words of a name, however it joins them: `old_password`, `oldPassword`, `old-password2`.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.nfkc().collect();
    let mut words = vec![String::new()];
    for (place, &letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(place + 1);
        let begins = before.is_some_and(|before| {
            let hump = before.is_lowercase() || after.is_some_and(|after| after.is_lowercase());
            letter.is_uppercase() && hump || before.is_numeric() != letter.is_numeric()
        });
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && letter.is_alphanumeric()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

/// The value of a field or key of this name.
pub(super) fn value<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    if is_secret(name) {
        MASK.into()
    } else {
        address(value)
    }
}

/// An address with its query, which may hold further addresses. Other texts stay as they are.
pub(super) fn address(text: &str) -> Cow<'_, str> {
    address_within(text, DEPTH)
}

fn address_within(text: &str, depth: usize) -> Cow<'_, str> {
    let begins_a_field = ['?', '#', '&', ';'];
    let (place, fields) = text.split_at(text.find(['?', '#']).unwrap_or(text.len()));
    let place = without_password(place);
    let mut shown = String::new();
    for field in fields.split_inclusive(begins_a_field) {
        let end = field
            .strip_suffix(begins_a_field)
            .map_or(field.len(), str::len);
        let (field, mark) = field.split_at(end);
        match field.split_once('=') {
            Some((name, value)) => {
                shown += name;
                shown += "=";
                shown += &field_value(name, value, depth);
            }
            None => shown += field,
        }
        shown += mark;
    }
    match place {
        Cow::Borrowed(_) if shown == fields => text.into(),
        place => (place.into_owned() + &shown).into(),
    }
}

fn field_value<'v>(name: &str, value: &'v str, depth: usize) -> Cow<'v, str> {
    let read = |text| RawStr::new(text).url_decode_lossy();
    if is_secret(&read(name)) {
        return MASK.into();
    }
    let inner = read(value);
    if inner == value {
        return value.into();
    }
    if depth == 0 {
        return MASK.into();
    }
    match address_within(&inner, depth - 1) {
        shown if shown == inner => value.into(),
        shown => shown.into_owned().into(),
    }
}

/// `https://alice:hunter2@example.com` without Alice and her password.
fn without_password(place: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = place.split_once("//") else {
        return place.into();
    };
    let authority = &rest[..rest.find('/').unwrap_or(rest.len())];
    match authority.rfind('@') {
        Some(end) => format!("{scheme}//{MASK}{}", &rest[end..]).into(),
        None => place.into(),
    }
}

/// A value as JSON, under this key. One without a secret is shown letter by letter as it is stored.
pub(super) fn json<'j>(key: &str, json: &'j str) -> Cow<'j, str> {
    let Ok(mut value) = serde_json::from_str(json) else {
        return MASK.into();
    };
    if hide(key, &mut value) {
        value.to_string().into()
    } else {
        json.into()
    }
}

/// Hides what is secret in a value, and says whether there was anything.
fn hide(key: &str, value: &mut Value) -> bool {
    match value {
        _ if is_secret(key) => {
            *value = MASK.into();
            true
        }
        Value::Object(entries) => {
            let hidden = entries.iter_mut().map(|(key, value)| hide(key, value));
            hidden.fold(false, |any, hidden| any | hidden)
        }
        Value::Array(values) => {
            let hidden = values.iter_mut().map(|value| hide("", value));
            hidden.fold(false, |any, hidden| any | hidden)
        }
        Value::String(text) => match address(text) {
            Cow::Owned(shown) if shown != *text => {
                *text = shown;
                true
            }
            _ => false,
        },
        _ => false,
    }
}

/// A line of a log, in which addresses may stand.
pub(super) fn log_line(line: &str) -> String {
    let words = line.split_inclusive(char::is_whitespace).map(|word| {
        let (word, space) = word.split_at(word.trim_end().len());
        address(word).into_owned() + space
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_however_they_are_written() {
        for name in [
            "password",
            "Password",
            "PASSWORT",
            "old_password",
            "newPassword1",
            "user[password]",
            "new password",
            "PIN",
            "pin",
            "userPin",
            "card-pin",
            "pin2",
            "otp",
            "OTPCode",
            "api_key",
            "apiKey",
            "API-Key",
            "x_token",
            "accessToken",
            "csrf-token",
            "passphrase",
            "dbpass",
            "one-time code",
            "pw",
            "pwd",
            "client_secret",
            "Authorization",
            "proxy-authorization",
            "credentials",
            "cvv",
            "CVC2",
            "session_id",
            "sessionId",
            "비밀번호",
            "새 비밀번호",
            "비밀번호_확인",
            "암호",
            "인증번호",
            "ＰＩＮ",
            "ｐａｓｓｗｏｒｄ",
            "비밀번호".nfd().collect::<String>().as_str(),
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "",
            "userid",
            "user",
            "shipping",
            "opinion",
            "spin",
            "pinned",
            "key",
            "keys",
            "cart",
            "next",
            "back",
            "item",
            "author",
            "authors",
            "success_id",
            "email",
            "real_name",
            "notice",
            "hotpot",
            "lang",
            "count",
            "암호화",
            "글",
            "visits",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn addresses_keep_everything_but_their_secrets() {
        for same in [
            "",
            "/",
            "/main",
            "/a?b=c&d",
            "/x?next=/cart%3Fall%3D1",
            "a?b",
            "?",
            "/a?=&=b",
            "/%",
            "https://shop.example/a?b=c#d",
            "/a?b=%ff",
            "/mail?to=a@b.example",
        ] {
            assert_eq!(address(same), same);
        }
        for (written, shown) in [
            ("/a?b=c&Password=d&e", "/a?b=c&Password=•••&e"),
            ("/a?x_token=d", "/a?x_token=•••"),
            ("/a?p%61ssword=d", "/a?p%61ssword=•••"),
            ("/login?next=/reset?token=d", "/login?next=/reset?token=•••"),
            (
                "/login?next=/reset%3Ftoken%3Dd%26a%3Db",
                "/login?next=/reset?token=•••&a=b",
            ),
            (
                "/a?next=%2Fb%3Fnext%3D%252Fc%253Fpin%253D1",
                "/a?next=/b?next=/c?pin=•••",
            ),
            (
                "/back#access_token=d&state=1",
                "/back#access_token=•••&state=1",
            ),
            ("/a?b=c;otp=1", "/a?b=c;otp=•••"),
            (
                "https://alice:d@a.example/x?pin=1",
                "https://•••@a.example/x?pin=•••",
            ),
        ] {
            assert_eq!(address(written), shown);
        }
    }

    #[test]
    fn an_address_that_never_ends_is_not_followed() {
        let deep = (0..20_000).fold(String::from("/"), |inner, _| inner + "?next=%2F%3Fa");
        assert!(address(&deep).len() <= deep.len());
        let mut nested = String::from("/?pin=1234");
        for _ in 0..6 {
            nested = format!("/?next={}", RawStr::new(&nested).percent_encode());
        }
        assert!(!address(&nested).contains("1234"), "{}", address(&nested));
    }

    #[test]
    fn keys_of_a_row_go_by_the_same_rule() {
        for same in [
            r#"{"b":1,"a":1.0}"#,
            r#""alice""#,
            "7",
            "[1, null]",
            r#"{"shipping":{"pins":2}}"#,
        ] {
            assert_eq!(json("cart", same), same);
        }
        assert_eq!(json("password", r#""hunter2""#), r#""•••""#);
        assert_eq!(json("apiKey", "[1,2]"), r#""•••""#);
        assert_eq!(
            json("form", r#"{"a":[{"old-password":"x"}],"b":1}"#),
            r#"{"a":[{"old-password":"•••"}],"b":1}"#
        );
        assert_eq!(json("next", r#""/reset?token=x""#), r#""/reset?token=•••""#);
        assert_eq!(json("odd", "{no json"), MASK);
    }

    #[test]
    fn a_log_line_may_name_an_address() {
        let line = "redis://:hunter2@127.0.0.1/ is  not there: /login?next=/a%3Fpin%3D1 (x?)";
        let shown = "redis://•••@127.0.0.1/ is  not there: /login?next=/a?pin=••• (x?)";
        assert_eq!(log_line(line), shown);
    }
}

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
const PARTS: &str = "pass pwd pswd secret token credential authorization apikey accesskey privatekey \
    signingkey encryptionkey sessionid sessid securitycode securityanswer verificationcode verifycode \
    recoverycode authcode accesscode smscode mfacode 2facode onetimecode pincode otpcode cardnum \
    creditcard ccnum accountnumber socialsecurity kennwort motdepasse contraseña contrasena wachtwoord \
    lösenord losenord salasana adgangskode пароль パスワード 暗証 密码 密碼 口令 비밀번호 비밀키 비번 \
    암호확인 패스워드 인증번호 인증코드 인증키 보안코드 카드번호 계좌번호 주민등록번호 주민번호";

/// Secret only as words of their own: `pin` is in `shipping`, too.
const WORDS: &str = "pw psw userpw sid pin otp totp cvv cvc cvn csc iban auth bearer jwt ssn mfa \
    senha clave mdp hasło haslo heslo parola şifre sifre 암호 핀번호";

/// An address in an address in an address: deeper ones are not looked into, and not shown.
const DEPTH: usize = 4;

/// True if a field, a key or a header of this name holds a secret: `new_password`, `apiKey`, `PIN`.
pub(super) fn is_secret(name: &str) -> bool {
    let words = words(name);
    let joined = words.concat();
    let is_whole = |secret| joined == secret || words.iter().any(|word| word == secret);
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

/// An address with its query, which may hold further addresses, or a value that is JSON. Other texts
/// stay as they are.
pub(super) fn address(text: &str) -> Cow<'_, str> {
    address_within(text, DEPTH)
}

fn address_within(text: &str, depth: usize) -> Cow<'_, str> {
    if text.trim_start().starts_with(['{', '[']) {
        return json_within("", text, depth);
    }
    let begins_a_field = ['?', '#', '&', ';'];
    let (place, fields) = text.split_at(text.find(['?', '#']).unwrap_or(text.len()));
    let whole = without_password(place).into_owned() + fields;
    let mut shown = String::new();
    for field in whole.split_inclusive(begins_a_field) {
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
            None if field.contains('%') => shown += &field_value("", field, depth),
            None => shown += field,
        }
        shown += mark;
    }
    if shown == text {
        text.into()
    } else {
        shown.into()
    }
}

fn field_value<'v>(name: &str, value: &'v str, depth: usize) -> Cow<'v, str> {
    let read = |text| RawStr::new(text).url_decode_lossy();
    if is_secret(&read(name)) {
        return MASK.into();
    }
    let inner = read(value);
    // A value that holds neither fields nor a password is looked at no further.
    if inner == value && !value.contains(['=', '@', '{', '[']) {
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
    match serde_json::from_str::<Value>(json) {
        Ok(_) => json_within(key, json, DEPTH),
        Err(_) => MASK.into(),
    }
}

/// A text that may be JSON. One that was cut, or only looks like it, is hidden where it names a secret.
fn json_within<'j>(key: &str, text: &'j str, depth: usize) -> Cow<'j, str> {
    if depth == 0 {
        return MASK.into();
    }
    let Ok(mut value) = serde_json::from_str(text) else {
        return if is_secret(text) { MASK } else { text }.into();
    };
    if hide(key, &mut value, depth) {
        value.to_string().into()
    } else {
        text.into()
    }
}

/// Hides what is secret in a value, and says whether there was anything.
fn hide(key: &str, value: &mut Value, depth: usize) -> bool {
    match value {
        _ if is_secret(key) => {
            *value = MASK.into();
            true
        }
        Value::Object(entries) => {
            let hidden = entries
                .iter_mut()
                .map(|(key, value)| hide(key, value, depth));
            hidden.fold(false, |any, hidden| any | hidden)
        }
        Value::Array(values) => {
            let hidden = values.iter_mut().map(|value| hide("", value, depth));
            hidden.fold(false, |any, hidden| any | hidden)
        }
        Value::String(text) => match address_within(text, depth - 1) {
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
            "clave",
            "user_pw",
            "userpw",
            "PHPSESSID",
            "connect.sid",
            "ccNumber",
            "authcode",
            "p\u{200B}in",
            "wachtwoord",
            "口令",
            "비번확인",
            "주민번호",
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
            "side",
            "inside",
            "enclave",
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
            "/mail?to=a%40b.example&all=%7B%22c%22%3A1%7D",
            "[sic] a {b} = c; d",
            r#"{"b":1,"a":1.0}"#,
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
            // Not everything that may be encoded is.
            (
                "/login?next=https://alice:d@a.example/x",
                "/login?next=https://•••@a.example/x",
            ),
            ("https://al;ice:d;e@a.example/x", "https://•••@a.example/x"),
            ("/a?x;pin%3D1", "/a?x;pin=•••"),
            // Fields that no question mark begins.
            ("/main;jsessionid=d?b=c", "/main;jsessionid=•••?b=c"),
            ("/reset/password=d", "/reset/password=•••"),
            ("password=d", "password=•••"),
            ("/a?b=%26password%3Dd", "/a?b=&password=•••"),
            // A value that is JSON, whole or cut.
            (
                "/a?b=%7B%22c%22%3A1,%22pin%22%3A2%7D",
                r#"/a?b={"c":1,"pin":"•••"}"#,
            ),
            (r#"{"a":1,"password":"d"#, "•••"),
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
        assert_eq!(
            json("form", r#""{\"old-password\":\"x\",\"b\":1}""#),
            r#""{\"b\":1,\"old-password\":\"•••\"}""#
        );
        assert_eq!(json("odd", "{no json"), MASK);
    }

    #[test]
    fn a_log_line_may_name_an_address() {
        let line = "redis://:hunter2@127.0.0.1/ is  not there: /login?next=/a%3Fpin%3D1 (x?)";
        let shown = "redis://•••@127.0.0.1/ is  not there: /login?next=/a?pin=••• (x?)";
        assert_eq!(log_line(line), shown);
    }
}

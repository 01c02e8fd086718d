//! Everything that is shown of requests, answers and rows, without what must stay secret. X-ray,
//! terminal, log and demo go by this one rule: the name of a value says whether it is secret.
//!
//! The names are those that OWASP's Logging Cheat Sheet ("Data to exclude") wants to be left out.

use std::borrow::Cow;

use rocket::http::RawStr;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Stands for a secret. Always as long, so that not even the length is told.
pub const MASK: &str = "•••";

/// Secret wherever they stand in a name, written together.
const PARTS: &str = "pass pwd pswd secret token credential authorization apikey accesskey privatekey \
    signingkey encryptionkey sessionid sessid securitycode securityanswer verificationcode verifycode \
    recoverycode authcode accesscode smscode mfacode 2facode onetimecode pincode otpcode cardnum \
    cardno creditcard ccnum accountnumber socialsecurity kennwort motdepasse contraseña contrasena wachtwoord \
    lösenord losenord salasana adgangskode пароль パスワード 暗証 密码 密碼 口令 비밀번호 비밀키 비번 \
    암호확인 새암호 현재암호 패스워드 인증번호 인증코드 인증키 보안코드 카드번호 신용카드 계좌번호 주민등록 주민번호";

/// Secret only as words of their own: `pin` is in `shipping`, too.
const WORDS: &str = "pw psw userpw newpw oldpw sid pin otp totp cvv cvc cvn csc iban auth bearer jwt ssn mfa 2fa \
    senha clave mdp hasło haslo heslo parola şifre sifre 암호 핀번호";

/// Levels of addresses in addresses that are looked into. Deeper ones are hidden: `?next=` may hold
/// an address with a `?next=` of its own, and a forged one need not end.
const DEPTH: usize = 4;

/// True if a field, a key or a header of this name holds a secret: `new_password`, `apiKey`, `PIN`.
pub fn is_secret(name: &str) -> bool {
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

/// The value of a field or key of this name: the mask if the name is that of a secret, else the
/// value with the secrets in it masked.
pub fn value<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    if is_secret(name) {
        MASK.into()
    } else {
        address(value)
    }
}

/// An address with its query, which may hold further addresses, or a value that is JSON. Other
/// texts stay as they are.
pub fn address(text: &str) -> Cow<'_, str> {
    address_within(text, DEPTH)
}

/// [`address`], that many levels deep.
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

/// The value of a field in a query, which is percent-encoded. It is decoded to be judged, and shown
/// as it came unless something in it is hidden.
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

/// A value as JSON, under this key. One without a secret is shown letter by letter as it is stored,
/// one that is no JSON not at all: there are no names in it that could be judged.
pub fn json<'j>(key: &str, json: &'j str) -> Cow<'j, str> {
    match serde_json::from_str::<Value>(json) {
        Ok(_) => json_within(key, json, DEPTH),
        Err(_) => MASK.into(),
    }
}

/// A text that may be JSON. One that was cut, or only looks like it, is hidden if it names a
/// secret.
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
pub fn log_line(line: &str) -> String {
    let words = line.split_inclusive(char::is_whitespace).map(|word| {
        let (word, space) = word.split_at(word.trim_end().len());
        address(word).into_owned() + space
    });
    words.collect()
}

#[cfg(test)]
mod tests;

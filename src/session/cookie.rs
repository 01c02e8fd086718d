//! The cookie: read from the raw headers, written with every attribute that protects it.

use std::borrow::Cow;
use std::fmt;

use rocket::http::{Header, HeaderMap};

use super::config::Config;
use super::id::SessionId;
use super::stores::Seal;

/// What a request brought under the session cookie's name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Brought {
    Nothing,
    Doubled,
    Foreign,
    Id(SessionId),
    /// Perhaps a record itself, if it opens.
    Sealed(Ticket),
}

/// The cookie's value: a session ID, or the sealed record itself. As secret as a password.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Ticket {
    Id(SessionId),
    Sealed(String),
}

impl Ticket {
    /// The value as it is sent. An ID is written only then: most requests send none.
    pub(super) fn value(&self) -> Cow<'_, str> {
        match self {
            Ticket::Id(id) => id.to_cookie_value().into(),
            Ticket::Sealed(value) => value.into(),
        }
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(…)")
    }
}

/// Looks for the session cookie in the raw `Cookie` headers.
///
/// Not through Rocket's jar: that decodes names, so that `session%5Fid` would pass for ours, and
/// keeps the last of two cookies, so that a neighbour who plants a second one would be believed.
pub(super) fn brought(headers: &HeaderMap<'_>, name: &str) -> Brought {
    let mut values = headers
        .get("cookie")
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim_matches([' ', '\t']).split_once('='))
        .filter(|(found, _)| *found == name)
        .map(|(_, value)| value);
    match (values.next(), values.next()) {
        (None, _) => Brought::Nothing,
        (Some(_), Some(_)) => Brought::Doubled,
        (Some(value), None) => match SessionId::parse(value) {
            Some(id) => Brought::Id(id),
            None if Seal::is_like(value) => Brought::Sealed(Ticket::Sealed(value.to_owned())),
            None => Brought::Foreign,
        },
    }
}

/// The `Set-Cookie` header that gives the browser this ticket: for `max_age` seconds, or until
/// it closes (RFC 6265).
pub(super) fn sent(
    config: &Config,
    secure: bool,
    ticket: &Ticket,
    max_age: Option<i64>,
) -> Header<'static> {
    let max_age = max_age.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    header(config, secure, &ticket.value(), &max_age)
}

/// The `Set-Cookie` header that makes the browser forget. It has the same attributes: without
/// `Secure`, say, a browser would refuse to let it replace a secure cookie.
pub(super) fn removed(config: &Config, secure: bool) -> Header<'static> {
    header(config, secure, "", "; Max-Age=0")
}

fn header(config: &Config, secure: bool, value: &str, max_age: &str) -> Header<'static> {
    let name = &config.cookie;
    let secure = if secure { "; Secure" } else { "" };
    // Joined, not formatted: with a record in it, it is the longest line of the response.
    let lax = "; HttpOnly; SameSite=Lax";
    let cookie = [name, "=", value, lax, secure, "; Path=/", max_age].concat();
    Header::new("Set-Cookie", cookie)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brought_by(lines: &[&str]) -> Brought {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.add_raw("Cookie", (*line).to_owned());
        }
        brought(&headers, "session_id")
    }

    #[test]
    fn only_the_exact_name_counts() {
        let id = SessionId::random().unwrap();
        let value = id.to_cookie_value();
        let ours = Brought::Id(id);
        assert_eq!(brought_by(&[&format!("session_id={value}")]), ours);
        assert_eq!(brought_by(&[&format!("a=b; session_id={value} ;c")]), ours);
        assert_eq!(brought_by(&["a=b", &format!("session_id={value}")]), ours);
        for name in [
            "session%5Fid",
            "Session_id",
            "\u{a0}session_id",
            "xsession_id",
            "session_id ",
        ] {
            assert_eq!(
                brought_by(&[&format!("{name}={value}")]),
                Brought::Nothing,
                "{name}"
            );
        }
    }

    #[test]
    fn two_of_them_count_as_none() {
        let value = SessionId::random().unwrap().to_cookie_value();
        let doubled = format!("session_id={value}; session_id=x");
        assert_eq!(brought_by(&[&doubled]), Brought::Doubled);
        let line = format!("session_id={value}");
        assert_eq!(brought_by(&[&line, &line]), Brought::Doubled);
    }

    #[test]
    fn a_value_of_another_shape_is_anothers() {
        for value in ["", "x", "\"quoted\"", "0123456789abg."] {
            let line = format!("session_id={value}");
            assert_eq!(brought_by(&[&line]), Brought::Foreign, "{value}");
        }
    }

    #[test]
    fn a_removal_has_the_attributes_of_the_cookie() {
        let config = Config::default();
        let ticket = Ticket::Id(SessionId::random().unwrap());
        let sent = sent(&config, true, &ticket, Some(60)).value.into_owned();
        let expected = sent
            .replace(&*ticket.value(), "")
            .replace("Max-Age=60", "Max-Age=0");
        assert_eq!(removed(&config, true).value, expected);
        assert!(sent.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60"));
    }
}

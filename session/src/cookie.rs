//! The cookie: read from the raw headers, written with every attribute that protects it.

use std::borrow::Cow;
use std::fmt;

use rocket::http::{Header, HeaderMap};

use crate::config::{Config, SameSite};
use crate::id::SessionId;
use crate::seal::Seal;
use crate::trace::Event;

/// The cookie's value: a session ID, or the sealed record itself. As secret as a password.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Ticket {
    Id(SessionId),
    Sealed(String),
}

impl Ticket {
    /// Reads a value of the session cookie. `None` if it has neither shape: then another program on
    /// this host has set it.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let id = SessionId::parse(value).map(Ticket::Id);
        id.or_else(|| Seal::is_marked(value).then(|| Ticket::Sealed(value.to_owned())))
    }

    /// True if the record itself is in it.
    pub(crate) fn is_sealed(&self) -> bool {
        matches!(self, Ticket::Sealed(_))
    }

    /// The value as it is sent. An ID is written only then: most responses send none.
    pub(crate) fn value(&self) -> Cow<'_, str> {
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

/// The most tickets of one request that are tried: each costs a look into the store.
const MOST_TICKETS: usize = 4;

/// The ticket in a request's raw `Cookie` headers, and further ones if there are several; or the
/// reason why there is none. Values of another shape don't count: another program's cookie of the
/// same name, on another port or path of this host, locks no visitor out.
///
/// Not through Rocket's jar: that decodes names, so that `session%5Fid` would pass for ours, and
/// keeps the last of two cookies, so that a neighbour who plants a second one would be believed.
pub(crate) fn tickets(headers: &HeaderMap<'_>, name: &str) -> Result<(Ticket, Vec<Ticket>), Event> {
    let values = headers
        .get("Cookie")
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim_matches([' ', '\t']).split_once('='))
        .filter(|(found, _)| *found == name);
    let mut tickets: Option<(Ticket, Vec<Ticket>)> = None;
    let mut reason = Event::NoSessionId;
    for (_, value) in values {
        match (Ticket::parse(value), &mut tickets) {
            (None, _) => reason = Event::Foreign,
            (Some(ticket), None) => tickets = Some((ticket, Vec::new())),
            (Some(ticket), Some((first, others))) => {
                if ticket != *first && !others.contains(&ticket) {
                    others.push(ticket);
                }
                if others.len() == MOST_TICKETS {
                    return Err(Event::Doubled);
                }
            }
        }
    }
    tickets.ok_or(reason)
}

/// The cookie's name and attributes, put together once at the start: they are the same in every
/// `Set-Cookie` header. A removal with others, without `Secure` say, would be refused by the
/// browser.
pub(crate) struct Attributes {
    name: String,
    attributes: String,
}

impl Attributes {
    pub(crate) fn new(config: &Config, secure: bool) -> Self {
        let same_site = match config.same_site {
            SameSite::Strict => "Strict",
            SameSite::Lax => "Lax",
            SameSite::None => "None",
        };
        let http_only = if config.http_only { "; HttpOnly" } else { "" };
        let mut attributes = format!("{http_only}; SameSite={same_site}");
        if secure {
            attributes.push_str("; Secure");
        }
        attributes.push_str("; Path=");
        attributes.push_str(&config.path);
        if let Some(domain) = &config.domain {
            attributes.push_str("; Domain=");
            attributes.push_str(domain);
        }
        if config.partitioned {
            attributes.push_str("; Partitioned");
        }
        let name = config.cookie.clone();
        Attributes { name, attributes }
    }

    /// The `Set-Cookie` header that gives the browser this value: for `max_age` seconds, or until
    /// it closes (RFC 6265).
    pub(crate) fn sent(&self, value: &str, max_age: Option<i64>) -> Header<'static> {
        let max_age = max_age.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
        let line = [&self.name, "=", value, &self.attributes, &max_age].concat();
        Header::new("Set-Cookie", line)
    }

    /// The `Set-Cookie` header that makes the browser forget.
    pub(crate) fn removed(&self) -> Header<'static> {
        self.sent("", Some(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brought_by(lines: &[&str]) -> Result<Vec<Ticket>, Event> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.add_raw("Cookie", (*line).to_owned());
        }
        let (first, others) = tickets(&headers, "session_id")?;
        Ok([vec![first], others].concat())
    }

    #[test]
    fn only_the_exact_name_counts() {
        let id = SessionId::random().unwrap();
        let value = id.to_cookie_value();
        let ours = Ok(vec![Ticket::Id(id)]);
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
            let brought = brought_by(&[&format!("{name}={value}")]);
            assert_eq!(brought, Err(Event::NoSessionId), "{name}");
        }
    }

    #[test]
    fn of_several_those_of_our_shape_count_each_once() {
        let ids: [_; 6] = std::array::from_fn(|_| SessionId::random().unwrap());
        let line = |id: &SessionId| format!("session_id={}", id.to_cookie_value());
        let lines = ids.each_ref().map(line);
        let ours = |some: std::ops::Range<usize>| {
            Ok(ids[some]
                .iter()
                .cloned()
                .map(Ticket::Id)
                .collect::<Vec<_>>())
        };
        for foreign in ["session_id=x", "session_id=", "session_id=0123456789abg."] {
            for pair in [[foreign, &lines[0]], [&lines[0], foreign]] {
                assert_eq!(brought_by(&pair), ours(0..1));
                assert_eq!(brought_by(&[&pair.join("; ")]), brought_by(&pair));
            }
        }
        let both = ours(0..2);
        assert_eq!(brought_by(&[&lines[0], &lines[1], &lines[0]]), both);
        let many = lines.each_ref().map(String::as_str);
        assert_eq!(brought_by(&many[..4]).map(|some| some.len()), Ok(4));
        assert_eq!(brought_by(&many), Err(Event::Doubled));
    }

    #[test]
    fn a_value_of_another_shape_is_anothers() {
        for value in ["", "x", "\"quoted\"", "0123456789abg."] {
            let line = format!("session_id={value}");
            assert_eq!(brought_by(&[&line]), Err(Event::Foreign), "{value}");
        }
    }

    #[test]
    fn a_removal_has_the_attributes_of_the_cookie() {
        let mut config = Config::default();
        config.domain = Some("example.org".to_owned());
        config.path = "/shop".to_owned();
        config.same_site = SameSite::None;
        config.partitioned = true;
        let attributes = Attributes::new(&config, true);
        let sent = attributes.sent("x", Some(60)).value.into_owned();
        let rest = "; HttpOnly; SameSite=None; Secure; Path=/shop; Domain=example.org; Partitioned";
        assert_eq!(sent, format!("session_id=x{rest}; Max-Age=60"));
        let removed = attributes.removed().value.into_owned();
        assert_eq!(removed, format!("session_id={rest}; Max-Age=0"));
        let attributes = Attributes::new(&Config::default(), false);
        assert_eq!(
            attributes.sent("x", None).value,
            "session_id=x; HttpOnly; SameSite=Lax; Path=/"
        );
        config = Config::default();
        config.http_only = false;
        let removed = Attributes::new(&config, false).removed().value;
        assert_eq!(removed, "session_id=; SameSite=Lax; Path=/; Max-Age=0");
    }
}

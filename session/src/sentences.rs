//! Events as sentences, for logs and tests. Pages have texts of their own, in the reader's
//! language.

use std::fmt;

use crate::trace::Event;

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::NoSessionId => f.write_str("no session ID came"),
            Event::CookiesDropped => f.write_str("the cookies came in a header that is not UTF-8"),
            Event::Doubled => f.write_str("several session IDs came: none counts"),
            Event::Foreign => f.write_str("the cookie is another program's: left alone"),
            Event::Unknown { locker } => write!(f, "session {locker} is not known"),
            Event::Unreadable { locker } => write!(f, "session {locker} can't be read"),
            Event::Unopened => f.write_str("the sealed session does not open"),
            Event::Expired { locker } => write!(f, "session {locker} is over"),
            Event::Superseded { locker } => {
                write!(f, "the ID of session {locker} was replaced a moment ago")
            }
            Event::Found { locker, version } => {
                write!(f, "session {locker} found, version {version}")
            }
            Event::Unsealed { locker, version } => {
                write!(f, "session {locker} came in the cookie, version {version}")
            }
            Event::Anonymous => f.write_str("anonymous"),
            Event::User { user } => write!(f, "it is {user:?}"),
            Event::Set { key } => write!(f, "{key:?} set"),
            Event::LoggedIn { user } => write!(f, "{user:?} logged in"),
            Event::Popped { key } => write!(f, "{key:?} popped"),
            Event::LoggedOut { user: Some(user) } => write!(f, "{user:?} logged out"),
            Event::LoggedOut { user: None } => f.write_str("logged out"),
            Event::Cleared => f.write_str("cleared"),
            Event::Flushed => f.write_str("flushed"),
            Event::RotationAsked => f.write_str("new session ID asked for"),
            Event::ExpirySet => f.write_str("lifetime set"),
            Event::Updated { key } => write!(f, "{key:?} updated"),
            Event::Created { locker, .. } => write!(f, "session {locker} created"),
            Event::Committed { version, tries: 1 } => {
                write!(f, "committed as version {version} at the first try")
            }
            Event::Committed { version, tries } => {
                write!(f, "committed as version {version} at try {tries}")
            }
            Event::Rotated { locker } => write!(f, "new lock, same locker {locker}"),
            Event::Ended { locker, .. } => write!(f, "session {locker} ended"),
            Event::Returned => f.write_str("its ID came back: the session is kept"),
            Event::Touched => f.write_str("lifetime extended"),
            Event::Vanished => f.write_str("the session was ended elsewhere: change dropped"),
            Event::Dropped => f.write_str("the answer is an error: change dropped"),
            Event::Skipped => f.write_str("HEAD changes nothing: change dropped"),
            Event::Failed { reason } => f.write_str(reason),
            Event::CookieSent {
                max_age: Some(seconds),
                ..
            } => {
                write!(f, "cookie sent for {seconds} s")
            }
            Event::CookieSent { max_age: None, .. } => {
                f.write_str("cookie sent until the browser closes")
            }
            Event::CookieRemoved => f.write_str("cookie removed"),
        }
    }
}

//! The course's own cookies, which have the attributes of the session cookie.

use rocket::figment::Figment;
use rocket::http::{Cookie, SameSite};

use crate::session::Config;

/// The managed maker of cookies beside the session's.
pub(crate) struct OwnCookies {
    secure: bool,
}

impl OwnCookies {
    pub(crate) fn configured(figment: &Figment) -> Self {
        let session = Config::from_figment(figment);
        OwnCookies {
            secure: session.is_ok_and(|session| session.secure.applies(figment)),
        }
    }

    pub(crate) fn cookie(&self, name: &str, value: &str) -> Cookie<'static> {
        Cookie::build((name.to_owned(), value.to_owned()))
            .path("/")
            .same_site(SameSite::Lax)
            .http_only(true)
            .secure(self.secure)
            .build()
    }
}

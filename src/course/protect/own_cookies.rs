//! The course's own cookies, which have the attributes of the session cookie: `HttpOnly`,
//! `SameSite=Lax`, `Path=/`, and `Secure` if the session cookie has it. Otherwise a student who
//! compares the two in DevTools would ask why.

use rocket::figment::Figment;
use rocket::http::{Cookie, SameSite};

use crate::session::Config;

/// The maker of cookies beside the session's, in Rocket's managed state.
pub struct OwnCookies {
    /// True if browsers are to send the cookies over TLS only.
    secure: bool,
}

impl OwnCookies {
    /// Reads the setting `session.secure`, also in a lesson without the session layer.
    pub fn configured(figment: &Figment) -> Self {
        let session = Config::from_figment(figment);
        OwnCookies {
            secure: session.is_ok_and(|session| session.secure.applies(figment)),
        }
    }

    /// A cookie with these attributes. It lasts until the browser is closed unless `Max-Age` is
    /// set.
    pub fn cookie(&self, name: &str, value: &str) -> Cookie<'static> {
        Cookie::build((name.to_owned(), value.to_owned()))
            .path("/")
            .same_site(SameSite::Lax)
            .http_only(true)
            .secure(self.secure)
            .build()
    }
}

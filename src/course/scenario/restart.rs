//! Settings of the session layer with which a step starts the lesson again.

use serde::{Deserialize, Serialize};

use crate::session::{Config, Engine, SameSite, Secure};

/// Settings of the session layer that a restart changes, and all later ones keep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct RestartWith {
    /// The cookie's name.
    pub cookie: Option<String>,
    /// The place where sessions live.
    pub engine: Option<Engine>,
    /// True hides the cookie from scripts.
    pub http_only: Option<bool>,
    /// True gives a new session ID at each login by itself.
    pub rotate_at_login: Option<bool>,
    /// The requests from other sites with which the cookie comes along.
    pub same_site: Option<SameSite>,
    /// True keeps the cookie to encrypted connections and this machine.
    pub secure: Option<bool>,
}

impl RestartWith {
    /// These settings, or the earlier ones where they name none.
    #[must_use]
    pub fn or(self, earlier: Self) -> Self {
        RestartWith {
            cookie: self.cookie.or(earlier.cookie),
            engine: self.engine.or(earlier.engine),
            http_only: self.http_only.or(earlier.http_only),
            rotate_at_login: self.rotate_at_login.or(earlier.rotate_at_login),
            same_site: self.same_site.or(earlier.same_site),
            secure: self.secure.or(earlier.secure),
        }
    }

    /// The settings as the variable `ROCKET_SESSION` has them, without braces. Empty for none.
    pub fn written(&self) -> String {
        // Texts and truth values are written alike in JSON and in TOML.
        let settings = serde_json::to_value(self).unwrap_or_default();
        let settings = settings.as_object().into_iter().flatten();
        let named = settings.filter(|(_, value)| !value.is_null());
        let written: Vec<String> = named
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        written.join(",")
    }

    /// True if a lesson with this configuration has them.
    pub fn holds(&self, config: &Config) -> bool {
        let is_named = self.cookie.as_ref().is_none_or(|it| *it == config.cookie);
        let rotates = self.rotate_at_login;
        is_named
            && self.engine.is_none_or(|it| it == config.engine)
            && self.http_only.is_none_or(|it| it == config.http_only)
            && rotates.is_none_or(|it| it == config.rotate_at_login)
            && self.same_site.is_none_or(|it| it == config.same_site)
            && self
                .secure
                .is_none_or(|it| it == (config.secure == Secure::Always))
    }
}

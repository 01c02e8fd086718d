//! Refuses the settings that can't work together, at the start rather than at the first visitor.

use super::{Config, Engine, SameSite, Secure};
use crate::setup::SetupError;

/// `cache_size` must be at least this many times `max_size`: a session of the size that is allowed
/// must never be too large for the memory, and many small keys take much more there than as JSON.
const CACHE_FOR_A_BYTE: u64 = 64;

impl Config {
    pub(super) fn check(&self) -> Result<(), SetupError> {
        self.check_cookie()?;
        if !self.engine.is_built() {
            return Err(SetupError::not_built(self.engine));
        }
        #[cfg(feature = "redis")]
        if self.engine == Engine::Redis {
            self.redis.check("redis")?;
            for sentinel in &self.redis_sentinels {
                sentinel.check("redis_sentinels")?;
            }
        }
        if self.engine == Engine::Postgres {
            self.postgres.check_postgres()?;
        }
        let needed = (self.max_size as u64).saturating_mul(CACHE_FOR_A_BYTE);
        if self.engine == Engine::Cache && self.cache_size < needed {
            let reason =
                format!("must be at least {CACHE_FOR_A_BYTE} times session.max_size, {needed}");
            return Err(SetupError::setting("cache_size", reason));
        }
        let positive = [
            ("idle", self.idle > 0),
            ("absolute", self.absolute > 0),
            ("max_size", self.max_size >= 2),
            ("max_stranger_size", self.max_stranger_size >= 2),
            ("max_unreturned", self.max_unreturned > 0),
            ("purge_every", self.purge_every > 0),
        ];
        match positive.iter().find(|(_, holds)| !holds) {
            Some((name, _)) => Err(SetupError::setting(name, "must be greater than zero")),
            None => Ok(()),
        }
    }

    /// Refuses the attributes with which a browser would drop the cookie without a word
    /// (RFC 6265bis).
    fn check_cookie(&self) -> Result<(), SetupError> {
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let name = &self.cookie;
        if name.is_empty() || !name.bytes().all(is_token) {
            let reason = format!("{name:?} can't be a cookie's name");
            return Err(SetupError::setting("cookie", reason));
        }
        let is_value = |text: &str| {
            text.bytes()
                .all(|byte| (0x21..0x7f).contains(&byte) && byte != b';')
        };
        if !self.path.starts_with('/') || !is_value(&self.path) {
            let reason = format!("{:?} is no path that a cookie can have", self.path);
            return Err(SetupError::setting("path", reason));
        }
        let is_label = |label: &str| {
            let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !label.is_empty() && label.bytes().all(is_letter) && label.trim_matches('-') == label
        };
        if let Some(domain) = &self.domain
            && !domain.split('.').all(is_label)
        {
            let reason = format!("{domain:?} is no domain");
            return Err(SetupError::setting("domain", reason));
        }
        let secure = self.secure == Secure::Always;
        let lower = name.to_ascii_lowercase();
        let host = lower.starts_with("__host-");
        let unread = lower.starts_with("__http-") || lower.starts_with("__host-http-");
        if (host || unread || lower.starts_with("__secure-")) && !secure {
            let reason = format!("a browser takes {name:?} only with session.secure = true");
            return Err(SetupError::setting("cookie", reason));
        }
        if unread && !self.http_only {
            let reason = format!("a browser takes {name:?} only with session.http_only = true");
            return Err(SetupError::setting("cookie", reason));
        }
        if host && (self.domain.is_some() || self.path != "/") {
            let reason = format!(
                "a browser takes {name:?} only without session.domain, and with session.path = \"/\""
            );
            return Err(SetupError::setting("cookie", reason));
        }
        for (setting, asks) in [
            ("same_site", self.same_site == SameSite::None),
            ("partitioned", self.partitioned),
        ] {
            if asks && !secure {
                let reason = "a browser takes this only with session.secure = true";
                return Err(SetupError::setting(setting, reason));
            }
        }
        Ok(())
    }
}

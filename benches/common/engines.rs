//! The engines, as they are configured for measuring.

use super::choice::Choice;
use super::redis::Redis;

/// One engine with its settings.
pub struct Engine {
    /// How tables call it.
    pub name: &'static str,
    /// Its part of the section `session`, as in `ROCKET_SESSION`.
    settings: &'static str,
    /// What it aims at with wrk: reads and writes of 64 sessions as parts of `/plain`.
    pub aims: [f64; 2],
}

const REDIS: &str = "redis";

/// Every engine that there is or will be. Whether this build has it shows when it is started: one
/// that is refused is left out, and the output says so.
static ENGINES: [Engine; 7] = [
    engine("database, full", r#"engine="database""#, [0.55, 0.25]),
    engine(
        "database, normal",
        r#"engine="database",synchronous="normal""#,
        [0.55, 0.25],
    ),
    engine(
        "cached_database, full",
        r#"engine="cached_database""#,
        [0.85, 0.25],
    ),
    engine("cache", r#"engine="cache""#, [0.88, 0.65]),
    engine("file", r#"engine="file""#, [0.55, 0.20]),
    engine("cookie, encrypted", r#"engine="cookie""#, [0.80, 0.55]),
    engine(REDIS, r#"engine="redis""#, [0.45, 0.30]),
];

const fn engine(name: &'static str, settings: &'static str, aims: [f64; 2]) -> Engine {
    Engine {
        name,
        settings,
        aims,
    }
}

/// An engine that can be started.
pub struct Prepared {
    /// The whole section `session`, as in `ROCKET_SESSION`. Where the engine keeps its files is left
    /// to the folder that the server runs in.
    pub settings: String,
    /// The server that it needs besides, for itself alone.
    pub redis: Option<Redis>,
}

/// The engines that are asked for.
pub fn chosen(choice: &Choice) -> impl Iterator<Item = &'static Engine> {
    ENGINES.iter().filter(|engine| choice.wants(engine.name))
}

impl Engine {
    /// Gets ready what it needs, or says in a sentence why it can't be measured here.
    pub fn prepare(&self) -> Result<Prepared, String> {
        // Nothing is to be evicted: a session that is gone would be measured as a stranger.
        let mut settings = format!("{},cache_size=4294967296", self.settings);
        let redis = match self.name {
            REDIS => Some(Redis::start().map_err(|error| format!("redis-server: {error}"))?),
            _ => None,
        };
        if let Some(redis) = &redis {
            settings.push_str(&format!(r#",redis="{}""#, redis.address()));
        }
        let settings = format!("{{{settings}}}");
        Ok(Prepared { settings, redis })
    }
}

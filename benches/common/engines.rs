//! The engines, as they are configured for measuring.

use super::Failure;
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
const ENGINES: [Engine; 7] = [
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

/// The engines that a run is about, and the server that one of them needs.
pub struct Engines {
    choice: Option<String>,
    redis: Option<Redis>,
}

impl Engines {
    /// Those that are asked for.
    ///
    /// # Errors
    ///
    /// There is a `redis-server`, and it can't be started.
    pub fn chosen(choice: &Choice) -> Result<Self, Failure> {
        let redis = match choice.wants(REDIS) {
            true => Redis::start()?,
            false => None,
        };
        Ok(Engines {
            choice: choice.engine.clone(),
            redis,
        })
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &'static Engine> {
        let part = self.choice.as_deref().unwrap_or_default();
        ENGINES
            .iter()
            .filter(move |engine| engine.name.contains(part))
    }

    /// The whole section `session` for one of them, as in `ROCKET_SESSION`. Where it keeps its
    /// files is left to the folder that the server runs in.
    pub fn settings(&self, engine: &Engine) -> String {
        let mut settings = engine.settings.to_owned();
        // Nothing is to be evicted: a session that is gone would be measured as a stranger.
        settings.push_str(",cache_size=4294967296");
        if let (REDIS, Some(redis)) = (engine.name, &self.redis) {
            settings.push_str(&format!(r#",redis="{}""#, redis.address()));
        }
        format!("{{{settings}}}")
    }
}

//! The engines, as they are configured for measuring.

use super::choice::Choice;
use super::keeper::Keeper;

/// One engine with its settings.
pub struct Engine {
    /// The name in tables.
    pub name: &'static str,
    /// Its part of the section `session`, as in `ROCKET_SESSION`.
    settings: &'static str,
    /// The aims with wrk: reads and writes of 64 sessions as parts of `/plain`.
    pub aims: [f64; 2],
}

/// The database of the engine `database`, in the folder that the server runs in.
pub const DATABASE: &str = "var/sessions.db";

const REDIS: &str = "redis";
const POSTGRES: &str = "postgres";

/// Every engine. One that this build or this system does not have is refused when it is started, left
/// out, and named in the output.
static ENGINES: [Engine; 7] = [
    engine("database, full", r#"engine="database""#, [0.55, 0.25]),
    engine(
        "database, normal",
        r#"engine="database",synchronous="normal""#,
        [0.55, 0.25],
    ),
    engine("cache", r#"engine="cache""#, [0.88, 0.65]),
    engine("file", r#"engine="file""#, [0.55, 0.05]),
    engine("cookie, encrypted", r#"engine="cookie""#, [0.88, 0.55]),
    engine(REDIS, r#"engine="redis""#, [0.45, 0.30]),
    engine(POSTGRES, r#"engine="postgres""#, [0.40, 0.10]),
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
    /// The whole section `session`, as in `ROCKET_SESSION`. Its paths are relative to the folder that
    /// the server runs in.
    pub settings: String,
    /// The server that the engine needs, for itself alone.
    pub keeper: Option<Keeper>,
}

/// The engines that are asked for.
pub fn chosen(choice: &Choice) -> impl Iterator<Item = &'static Engine> {
    ENGINES.iter().filter(|engine| choice.wants(engine.name))
}

impl Engine {
    /// Prepares what it needs, or says in a sentence why it can't be measured here.
    pub fn prepare(&self) -> Result<Prepared, String> {
        // The cache must not evict: without its session a request would be measured as a redirect.
        let mut settings = format!(
            r#"{},database="{DATABASE}",cache_size=4294967296"#,
            self.settings
        );
        let keeper = match self.name {
            REDIS => Some(Keeper::redis()?),
            POSTGRES => Some(Keeper::postgres()?),
            _ => None,
        };
        if let Some(keeper) = &keeper {
            settings.push_str(&format!(",{}", keeper.setting()));
        }
        let settings = format!("{{{settings}}}");
        Ok(Prepared { settings, keeper })
    }
}

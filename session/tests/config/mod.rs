//! Configuration: what holds by default, what can be said, and what is a mistake.

mod cookie;
mod examples;
mod start;

use std::path::Path;

use rocket::figment::Figment;
use rocket::figment::providers::{Format, Toml};
use rocket_session_layer::{Config, Engine, SameSite, Secure, Synchronous};
use serde_json::{Value, json};

fn configured(settings: Value) -> Result<Config, String> {
    let figment = Figment::new().join(("session", settings));
    Config::from_figment(&figment).map_err(|error| error.to_string())
}

/// The one line that a wrong setting ends in.
fn mistake(settings: Value) -> String {
    let line = configured(settings.clone()).expect_err(&settings.to_string());
    assert!(!line.is_empty() && !line.contains('\n'), "{line:?}");
    line
}

#[test]
fn without_any_settings_the_documented_defaults_hold() {
    let config = Config::from_figment(&Figment::new()).unwrap();
    let engine = if cfg!(feature = "database") {
        Engine::Database
    } else {
        Engine::Cache
    };
    assert_eq!(config.engine, engine);
    assert_eq!(config.database(), Path::new("var/sessions.db"));
    assert_eq!(config.folder(), Path::new("var/sessions"));
    assert_eq!(config.cache_size, 67_108_864);
    assert_eq!(config.redis.reveal(), "redis://127.0.0.1:6379");
    assert_eq!(config.redis_prefix, "session:");
    assert_eq!(config.synchronous, Synchronous::Full);
    assert_eq!(config.cookie, "session_id");
    assert_eq!(config.secure, Secure::Auto);
    assert_eq!((config.same_site, &*config.path), (SameSite::Lax, "/"));
    assert_eq!(
        (config.domain.as_deref(), config.partitioned),
        (None, false)
    );
    // The name of this program's file, which the tests are compiled to.
    assert!(config.audience.starts_with("layer-"), "{}", config.audience);
    assert!(!config.expire_at_browser_close);
    assert_eq!(config.identity_key, "user");
    assert!(config.http_only && config.rotate_at_login && config.same_origin);
    assert_eq!((config.max_size, config.purge_every), (65_536, 600));
}

#[test]
fn each_setting_can_be_overridden_and_the_others_keep_their_defaults() {
    let config = configured(json!({
        "synchronous": "normal",
        "cookie": "__Host-id",
        "secure": true,
        "expire_at_browser_close": true,
        "http_only": false,
        "identity_key": "member",
        "rotate_at_login": false,
        "same_origin": false,
        "max_size": 10,
    }))
    .unwrap();
    assert_eq!(config.synchronous, Synchronous::Normal);
    assert_eq!(config.cookie, "__Host-id");
    assert_eq!(config.secure, Secure::Always);
    assert!(config.expire_at_browser_close);
    assert_eq!(config.identity_key, "member");
    assert!(!config.http_only && !config.rotate_at_login && !config.same_origin);
    assert_eq!((config.max_size, config.purge_every), (10, 600));
    assert_eq!(
        configured(json!({"secure": false})).unwrap().secure,
        Secure::Never
    );
    assert_eq!(
        configured(json!({"secure": "auto"})).unwrap().secure,
        Secure::Auto
    );
}

#[test]
fn a_relative_database_counts_from_the_folder_of_its_configuration_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Rocket.toml");
    std::fs::write(&file, "[session]\ndatabase = \"var/sessions.db\"\n").unwrap();
    let config = Config::from_figment(&Figment::from(Toml::file(&file))).unwrap();
    assert_eq!(config.database(), folder.path().join("var/sessions.db"));
}

#[test]
fn every_mistake_is_one_line_that_names_the_setting() {
    for (settings, names) in [
        (json!({"idel": 5}), vec!["session", "idel"]),
        (
            json!({"engine": "datebase"}),
            vec!["session.engine", "datebase", "database"],
        ),
        (json!({"engine": 5}), vec!["session.engine"]),
        (json!({"idle": "a week"}), vec!["session.idle", "a week"]),
        (json!({"idle": -1}), vec!["session.idle"]),
        (
            json!({"idle": 0}),
            vec!["session.idle", "greater than zero"],
        ),
        (
            json!({"absolute": 0}),
            vec!["session.absolute", "greater than zero"],
        ),
        (
            json!({"max_size": 0}),
            vec!["session.max_size", "greater than zero"],
        ),
        (
            json!({"purge_every": 0}),
            vec!["session.purge_every", "greater than zero"],
        ),
        (
            json!({"secure": "yes"}),
            vec!["session.secure", "true, false or \"auto\""],
        ),
        (
            json!({"synchronous": "off"}),
            vec!["session.synchronous", "off"],
        ),
        (
            json!({"expire_at_browser_close": 1}),
            vec!["session.expire_at_browser_close"],
        ),
        (json!({"http_only": "no"}), vec!["session.http_only"]),
        (
            json!({"rotate_at_login": 0}),
            vec!["session.rotate_at_login"],
        ),
        (json!({"same_origin": "lax"}), vec!["session.same_origin"]),
        (json!("database"), vec!["session"]),
    ] {
        let line = mistake(settings);
        assert!(names.iter().all(|name| line.contains(name)), "{line}");
        assert!(line.starts_with("session"), "{line}");
    }
}

#[test]
fn an_engine_that_is_no_longer_there_names_the_one_to_use() {
    let line = mistake(json!({"engine": "cached_database"}));
    assert!(line.starts_with("session.engine: "), "{line}");
    assert!(line.contains("use \"database\""), "{line}");
}

#[test]
fn no_mistake_repeats_a_password_or_a_key() {
    for settings in [
        json!({"keys": "geheim"}),
        json!({"keys": ["geheim"]}),
        json!({"keys": [{"key": "geheim"}]}),
        json!({"keys": {"geheim": 1}}),
        json!({"redis": ["redis://:geheim@localhost"]}),
        json!({"engine": "redis", "redis": "redis://user:geheim@localhost:port"}),
        json!({"engine": "redis", "redis": "localhost?password=geheim"}),
    ] {
        let figment = Figment::new().join(("session", settings.clone()));
        let error = Config::from_figment(&figment).unwrap_err();
        let mut told = vec![format!("{error} {error:?} {error:#?}")];
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            told.push(format!("{error} {error:?}"));
            source = error.source();
        }
        let told = told.concat();
        assert!(!told.contains("geheim"), "{settings}: {told}");
    }
}

#[test]
fn a_configuration_that_is_printed_shows_no_password_and_no_key() {
    let key = "Z2VoZWltLCBhYmVyIGtlaW4gTXVzdGVyIGRhcmluISE=";
    let config = configured(json!({"redis": "redis://:geheim@localhost", "keys": [key]}));
    let config = config.unwrap();
    assert_eq!(config.redis.reveal(), "redis://:geheim@localhost");
    for printed in [format!("{config:?}"), format!("{config:#?}")] {
        assert!(!printed.contains("geheim"), "{printed}");
        assert!(!printed.contains("Z2VoZWlt"), "{printed}");
    }
}

#[test]
fn an_engine_without_its_feature_is_a_mistake() {
    for (engine, compiled) in [
        ("database", cfg!(feature = "database")),
        ("file", cfg!(feature = "file")),
        ("cookie", cfg!(feature = "cookie")),
        ("redis", cfg!(feature = "redis")),
    ] {
        if !compiled {
            let line = mistake(json!({ "engine": engine }));
            assert!(line.starts_with("session.engine"), "{line}");
            assert!(line.contains(&format!("feature \"{engine}\"")), "{line}");
        }
    }
}

#[test]
fn a_memory_too_small_for_one_session_is_a_mistake() {
    let settings = |engine| json!({"engine": engine, "cache_size": 64 * 65_536 - 1});
    let line = mistake(settings("cache"));
    assert!(line.starts_with("session.cache_size: "), "{line}");
    // The other engines don't use it.
    #[cfg(feature = "database")]
    assert!(configured(settings("database")).is_ok());
    assert!(configured(json!({"engine": "cache", "cache_size": 64 * 65_536})).is_ok());
}

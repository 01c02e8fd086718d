//! Configuration: what holds by default, what can be said, and what is a mistake.

use std::path::Path;

use rocket::figment::Figment;
use rocket::figment::providers::{Format, Toml};
use rocket::local::asynchronous::Client;
use rocket::{get, routes};
use rocket_session_layer::{Config, Engine, Layer, SameSite, Secure, Session, Synchronous};
use serde_json::{Value, json};

use crate::common::app::unattached;
use crate::common::log::warnings;

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
    assert_eq!((config.max_size, config.purge_every), (65_536, 600));
}

#[test]
fn each_setting_can_be_overridden_and_the_others_keep_their_defaults() {
    let config = configured(json!({
        "synchronous": "normal",
        "cookie": "__Host-id",
        "secure": true,
        "expire_at_browser_close": true,
        "identity_key": "member",
        "max_size": 10,
    }))
    .unwrap();
    assert_eq!(config.synchronous, Synchronous::Normal);
    assert_eq!(config.cookie, "__Host-id");
    assert_eq!(config.secure, Secure::Always);
    assert!(config.expire_at_browser_close);
    assert_eq!(config.identity_key, "member");
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
        (json!("database"), vec!["session"]),
    ] {
        let line = mistake(settings);
        assert!(names.iter().all(|name| line.contains(name)), "{line}");
        assert!(line.starts_with("session"), "{line}");
    }
}

#[test]
fn a_name_that_no_cookie_can_have_is_a_mistake() {
    for name in [
        "", " ", "a b", "a=b", "a;b", "a,b", "\"a\"", "é", "a\n", "(a)",
    ] {
        assert!(
            mistake(json!({"cookie": name})).starts_with("session.cookie: "),
            "{name:?}"
        );
    }
}

#[test]
fn a_prefixed_name_needs_secure() {
    for name in ["__Host-id", "__Secure-id", "__HOST-id", "__secure-id"] {
        for secure in [json!("auto"), json!(false)] {
            let line = mistake(json!({"cookie": name, "secure": secure}));
            assert!(
                line.contains(name) && line.contains("session.secure = true"),
                "{line}"
            );
        }
        assert!(configured(json!({"cookie": name, "secure": true})).is_ok());
    }
}

#[test]
fn a_host_cookie_has_no_domain_and_no_other_path() {
    let with = |name: &str, setting: &str, value: &str| {
        let mut settings = json!({"cookie": name, "secure": true});
        settings[setting] = json!(value);
        settings
    };
    for name in ["__Host-id", "__HOST-id"] {
        for settings in [
            with(name, "domain", "example.org"),
            with(name, "path", "/shop"),
        ] {
            let line = mistake(settings);
            assert!(line.starts_with("session.cookie: "), "{line}");
            assert!(line.contains(name), "{line}");
            assert!(line.contains("session.domain"), "{line}");
            assert!(line.contains("session.path"), "{line}");
        }
        assert!(configured(with(name, "path", "/")).is_ok());
    }
    assert!(configured(with("__Secure-id", "domain", "example.org")).is_ok());
    assert!(configured(with("__Secure-id", "path", "/shop")).is_ok());
}

#[test]
fn a_cookie_for_other_sites_needs_secure() {
    for (setting, value) in [("same_site", json!("none")), ("partitioned", json!(true))] {
        for secure in [json!("auto"), json!(false)] {
            let mut settings = json!({ "secure": secure });
            settings[setting] = value.clone();
            let line = mistake(settings);
            assert!(line.starts_with(&format!("session.{setting}: ")), "{line}");
            assert!(line.contains("session.secure = true"), "{line}");
        }
        let mut settings = json!({"secure": true});
        settings[setting] = value;
        assert!(configured(settings).is_ok());
    }
    assert!(configured(json!({"same_site": "strict"})).is_ok());
}

#[test]
fn a_path_or_domain_that_no_cookie_can_have_is_a_mistake() {
    for path in [
        "",
        "shop",
        "/a b",
        "/a;b",
        "/a\n",
        "/caf\u{e9}",
        "https://a/",
    ] {
        let line = mistake(json!({ "path": path }));
        assert!(line.starts_with("session.path: "), "{path:?}: {line}");
    }
    for domain in [
        "",
        "a b",
        "a;b",
        "a/b",
        "http://a",
        "a:80",
        "a\n",
        "\u{e9}.org",
    ] {
        let line = mistake(json!({ "domain": domain }));
        assert!(line.starts_with("session.domain: "), "{domain:?}: {line}");
    }
    assert!(configured(json!({"path": "/shop/", "domain": "a-b.example.org"})).is_ok());
    let line = mistake(json!({"same_site": "sometimes"}));
    assert!(line.starts_with("session.same_site"), "{line}");
    for known in ["strict", "lax", "none"] {
        assert!(line.contains(known), "{line}");
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

#[rocket::async_test]
async fn a_wrong_configuration_stops_the_start() {
    let rocket = unattached(json!({"idle": 0})).attach(Session::fairing());
    let error = Client::untracked(rocket).await.unwrap_err();
    assert!(matches!(
        error.kind(),
        rocket::error::ErrorKind::FailedFairings(_)
    ));
}

#[cfg(feature = "database")]
#[rocket::async_test]
async fn a_database_that_cannot_be_opened_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    std::fs::write(&file, "This is not a database. ".repeat(100)).unwrap();
    for path in [file.clone(), file.join("in a file.db")] {
        let rocket = unattached(json!({"database": path})).attach(Session::fairing());
        let error = Client::untracked(rocket).await.unwrap_err();
        assert!(matches!(
            error.kind(),
            rocket::error::ErrorKind::FailedFairings(_)
        ));
    }
}

#[get("/")]
fn home(session: &Session) -> String {
    session.has("user").to_string()
}

#[cfg(feature = "database")]
#[rocket::async_test]
async fn the_configured_database_is_made_with_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/sessions.db");
    let rocket = unattached(json!({"database": path})).attach(Session::fairing());
    let client = Client::untracked(rocket.mount("/", routes![home]))
        .await
        .unwrap();
    assert_eq!(
        client
            .get("/")
            .dispatch()
            .await
            .into_string()
            .await
            .unwrap(),
        "false"
    );
    assert!(path.is_file());
}

#[rocket::async_test]
async fn attached_twice_it_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let rocket = unattached(json!({"database": folder.path().join("sessions.db")}))
        .attach(Session::fairing())
        .attach(Session::fairing())
        .mount("/", routes![home]);
    let client = Client::untracked(rocket).await.unwrap();
    let response = client.get("/").dispatch().await;
    assert_eq!(
        response.headers().get("Vary").collect::<Vec<_>>(),
        ["Cookie"]
    );
    assert_eq!(response.into_string().await.unwrap(), "false");
}

#[rocket::async_test]
async fn a_view_that_asks_for_a_session_without_the_layer_stops_the_start() {
    let rocket = unattached(json!({})).mount("/", routes![home]);
    let error = Client::untracked(rocket).await.unwrap_err();
    assert!(matches!(
        error.kind(),
        rocket::error::ErrorKind::SentinelAborts(_)
    ));
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("asks for &Session,"), "{said:?}");
    assert!(said[0].contains(".attach(Session::fairing())"), "{said:?}");
}

#[get("/layer")]
fn engine(layer: &Layer) -> &'static str {
    layer.store_name()
}

#[rocket::async_test]
async fn a_view_can_ask_for_the_layer() {
    let rocket = unattached(json!({"engine": "cache"})).attach(Session::fairing());
    let client = Client::untracked(rocket.mount("/", routes![engine])).await;
    let client = client.unwrap();
    let response = client.get("/layer").dispatch().await;
    // Asking for the layer is no look at the visitor's session.
    assert_eq!(response.headers().get("Vary").count(), 0);
    assert_eq!(response.into_string().await.unwrap(), "cache");
}

#[rocket::async_test]
async fn a_view_that_asks_for_the_layer_without_it_stops_the_start() {
    let rocket = unattached(json!({})).mount("/", routes![engine]);
    assert!(Layer::of(&rocket).is_none());
    let error = Client::untracked(rocket).await.unwrap_err();
    assert!(matches!(
        error.kind(),
        rocket::error::ErrorKind::SentinelAborts(_)
    ));
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("asks for &Layer,"), "{said:?}");
    assert!(said[0].contains(".attach(Session::fairing())"), "{said:?}");
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

/// The warnings of an app that starts in this profile, with these settings.
async fn said_at_the_start(profile: &'static str, settings: Value) -> Vec<String> {
    let figment = unattached(settings).figment().clone().select(profile);
    let rocket = rocket::custom(figment).attach(Session::fairing());
    warnings();
    Client::untracked(rocket).await.unwrap();
    let mut said = warnings();
    said.retain(|line| !line.contains("kept in memory only"));
    said
}

#[rocket::async_test]
async fn a_release_without_tls_and_without_secure_says_so_once() {
    let said = said_at_the_start("release", json!({"engine": "cache"})).await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("session.secure = true"), "{said:?}");
    for (profile, secure) in [
        ("release", json!(true)),
        ("release", json!(false)),
        ("debug", json!("auto")),
    ] {
        let settings = json!({"engine": "cache", "secure": secure});
        let said = said_at_the_start(profile, settings).await;
        assert_eq!(said, [""; 0], "{profile}, {secure}");
    }
}

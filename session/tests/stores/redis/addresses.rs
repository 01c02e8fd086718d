//! Addresses of Redis: those that work, those that don't, and the line that says so.

use rocket::figment::Figment;
use rocket_session_layer::stores::RedisStore;
use rocket_session_layer::{Address, Config, Outcome, Store};
use serde_json::{Value, json};

use crate::common::redis::Server;
use crate::common::samples::{locker, record};

const MALFORMED: [&str; 5] = [
    "",
    "127.0.0.1:6379",
    "http://:geheim@127.0.0.1",
    "redis://:geheim@127.0.0.1:70000",
    "redis://:geheim@127.0.0.1/first",
];

#[test]
fn an_address_that_is_none_is_one_line_without_its_password() {
    for address in MALFORMED {
        let error = RedisStore::open(&Address::from(address), "session:").map(drop);
        let line = error.expect_err(address).to_string();
        assert!(
            line.starts_with("session.redis: has to be redis://"),
            "{line}"
        );
        assert!(!line.contains("geheim"), "{line}");
        let settings = json!({"engine": "redis", "redis": address});
        let figment = Figment::new().join(("session", settings));
        let refused = Config::from_figment(&figment).unwrap_err();
        assert_eq!(refused.to_string(), line);
    }
}

/// It must not fall back to none.
#[cfg(not(feature = "redis-tls"))]
#[test]
fn without_tls_in_the_crate_its_settings_are_refused() {
    for (setting, address, more) in [
        ("redis", "rediss://:geheim@127.0.0.1", json!({})),
        (
            "redis_ca",
            "redis://127.0.0.1",
            json!({"redis_ca": "ca.pem"}),
        ),
    ] {
        let mut settings = json!({"engine": "redis", "redis": address});
        settings
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let line = refused(settings);
        assert!(line.starts_with(&format!("session.{setting}: ")), "{line}");
        assert!(
            line.ends_with("needs the crate's feature \"redis-tls\""),
            "{line}"
        );
    }
}

#[test]
fn sentinels_have_addresses_too_and_a_primary_with_a_name() {
    let settings = |redis: &str, sentinel: &str| json!({"engine": "redis", "redis": redis, "redis_sentinels": [sentinel]});
    let line = refused(settings("redis://primary", "127.0.0.1:26379"));
    assert!(
        line.starts_with("session.redis_sentinels: has to be redis://"),
        "{line}"
    );
    let line = refused(settings("unix:///redis.sock", "redis://127.0.0.1"));
    assert!(
        line.starts_with("session.redis: with session.redis_sentinels"),
        "{line}"
    );
}

/// The line that the store refuses these settings with.
fn refused(settings: Value) -> String {
    let figment = Figment::new().join(("session", settings));
    let store = Config::from_figment(&figment).and_then(|config| RedisStore::configured(&config));
    store.map(drop).unwrap_err().to_string()
}

#[test]
fn a_configuration_can_be_printed_without_its_password() {
    let settings = json!({"engine": "redis", "redis": "redis://:geheim@127.0.0.1"});
    let figment = Figment::new().join(("session", settings));
    let config = Config::from_figment(&figment).unwrap();
    assert_eq!(config.redis.reveal(), "redis://:geheim@127.0.0.1");
    assert!(!format!("{config:?}").contains("geheim"));
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn each_number_is_a_database_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let numbered = |number| {
        let address = format!("{}/{number}", server.url());
        RedisStore::open(&Address::from(&*address), "session:").unwrap()
    };
    assert_eq!(numbered(1).create(&record(1)).await, Ok(Outcome::Done));
    assert!(numbered(1).load(locker(1)).await.unwrap().is_some());
    assert!(numbered(2).load(locker(1)).await.unwrap().is_none());
    let line = numbered(99).load(locker(1)).await.unwrap_err().to_string();
    assert!(line.contains("DB index is out of range"), "{line}");
}

#[cfg_attr(not(redis_server), ignore = "there is no redis-server")]
#[rocket::async_test]
async fn a_password_opens_and_a_wrong_one_is_told_without_being_shown() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--requirepass", "offen"]);
    let with = |password: &str| {
        let address = server.url().replace("//", &format!("//:{password}@"));
        RedisStore::open(&Address::from(&*address), "session:").unwrap()
    };
    assert_eq!(with("offen").create(&record(1)).await, Ok(Outcome::Done));
    for wrong in [
        with("geheim"),
        RedisStore::open(&server.address(), "session:").unwrap(),
    ] {
        let line = wrong.load(locker(1)).await.unwrap_err().to_string();
        assert!(line.starts_with("Redis at 127.0.0.1:"), "{line}");
        assert!(!line.contains("geheim"), "{line}");
    }
}

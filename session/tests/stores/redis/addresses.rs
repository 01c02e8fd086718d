//! Addresses of Redis: those that work, those that don't, and the line that says so.

use rocket_session_layer::stores::RedisStore;
use rocket_session_layer::{Address, Config, Outcome, Store};
use serde_json::json;

use crate::common::redis::Server;
use crate::common::samples::{locker, record};

const MALFORMED: [&str; 6] = [
    "",
    "127.0.0.1:6379",
    "http://:geheim@127.0.0.1",
    "redis://:geheim@127.0.0.1:70000",
    "redis://:geheim@127.0.0.1/first",
    // Without TLS in the crate, which is not compiled, it must not fall back to none.
    "rediss://:geheim@127.0.0.1",
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
        let figment = rocket::figment::Figment::new().join(("session", settings));
        let refused = Config::from_figment(&figment).unwrap_err();
        assert_eq!(refused.to_string(), line);
    }
}

#[test]
fn a_configuration_can_be_printed_without_its_password() {
    let settings = json!({"engine": "redis", "redis": "redis://:geheim@127.0.0.1"});
    let figment = rocket::figment::Figment::new().join(("session", settings));
    let config = Config::from_figment(&figment).unwrap();
    assert_eq!(config.redis.reveal(), "redis://:geheim@127.0.0.1");
    assert!(!format!("{config:?}").contains("geheim"));
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

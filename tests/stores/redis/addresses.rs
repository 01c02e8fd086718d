//! Where Redis is: addresses that work, that don't, and what is said of them.

use serde_json::json;
use session_lessons::session::stores::{Outcome, RedisStore, Store, StoreError};
use session_lessons::session::{Address, Config};

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
            line.starts_with("session.redis has to be redis://"),
            "{line}"
        );
        assert!(!line.contains("geheim"), "{line}");
        let settings = json!({"engine": "redis", "redis": address});
        let figment = rocket::figment::Figment::new().join(("session", settings));
        assert_eq!(Config::from(&figment).unwrap_err(), line);
    }
}

#[test]
fn a_configuration_can_be_printed_without_its_password() {
    let settings = json!({"engine": "redis", "redis": "redis://:geheim@127.0.0.1"});
    let figment = rocket::figment::Figment::new().join(("session", settings));
    let config = Config::from(&figment).unwrap();
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
        let StoreError::Unavailable(line) = wrong.load(locker(1)).await.unwrap_err() else {
            panic!("it can't be read at all");
        };
        assert!(line.starts_with("Redis at 127.0.0.1:"), "{line}");
        assert!(!line.contains("geheim"), "{line}");
    }
}

//! The errors: each keeps the one that led to it.

use std::error::Error as _;
use std::{fmt, io};

use rocket::http::Status;
use rocket_session_layer::{Error, SetupError, StoreError};

/// Sentences of all errors that led to this one.
fn sources(error: &dyn std::error::Error) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut source = error.source();
    while let Some(error) = source {
        sentences.push(format!("{error} {error:?}"));
        source = error.source();
    }
    sentences
}

/// An error of a driver, with the one of the system behind it.
#[derive(Debug)]
struct Unplugged(io::Error);

impl fmt::Display for Unplugged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the cable was pulled")
    }
}

impl std::error::Error for Unplugged {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

fn unplugged() -> StoreError {
    StoreError::unavailable(Unplugged(io::Error::other("no carrier")))
}

#[test]
fn a_store_error_keeps_the_errors_that_led_to_it() {
    let error = unplugged();
    assert_eq!(error.to_string(), "the cable was pulled");
    let StoreError::Unavailable(reason) = &error else {
        panic!("{error:?}");
    };
    assert!(reason.is::<Unplugged>());
    assert!(sources(&error).concat().contains("no carrier"));
    let error = Error::from(error);
    assert_eq!(error.status(), Status::ServiceUnavailable);
    assert!(error.source().unwrap().is::<StoreError>());
    assert!(sources(&error).concat().contains("no carrier"));
    let error = SetupError::from(unplugged());
    assert_eq!(error.to_string(), "the cable was pulled");
    assert!(sources(&error).concat().contains("no carrier"));
}

#[test]
fn a_store_error_can_be_a_sentence() {
    let error = Error::from(StoreError::unavailable("the cable was pulled"));
    let told = "the session store did not answer: the cable was pulled";
    assert_eq!(error.to_string(), told);
    let one = StoreError::unavailable("one");
    assert_eq!(one, StoreError::unavailable("one"));
    assert_ne!(one, StoreError::unavailable("another"));
}

#[test]
fn an_error_in_a_value_keeps_that_of_the_json() {
    let source = || serde_json::from_str::<u32>("\"x\"").unwrap_err();
    let key = || "n".to_owned();
    for error in [
        Error::OtherType {
            key: key(),
            source: source(),
        },
        Error::NotJson {
            key: key(),
            source: source(),
        },
    ] {
        assert!(error.source().unwrap().is::<serde_json::Error>(), "{error}");
        assert!(error.to_string().contains("\"n\""), "{error}");
        assert_eq!(error.status(), Status::InternalServerError);
    }
}

#[cfg(feature = "cookie")]
#[test]
fn a_key_file_that_cannot_be_used_keeps_the_reason() {
    use rocket_session_layer::{KeyError, Keys};

    let folder = tempfile::tempdir().unwrap();
    let error = Keys::from_file(folder.path()).unwrap_err();
    assert!(error.source().unwrap().is::<io::Error>(), "{error:?}");
    let path = folder.path().join("session.keys");
    Keys::from_file(&path).unwrap();
    std::fs::write(&path, "geheim\n").unwrap();
    let error = Keys::from_file(&path).unwrap_err();
    assert!(error.source().unwrap().is::<KeyError>(), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("geheim"));
}

#[test]
fn a_setting_that_is_none_keeps_what_figment_says() {
    use rocket::figment::Figment;
    use rocket_session_layer::Config;

    let figment = Figment::new().join(("session", serde_json::json!({"idel": 5})));
    let error = Config::from_figment(&figment).unwrap_err();
    let said = error.source().unwrap().to_string();
    assert!(
        said.contains("unknown field") && said.contains("idel"),
        "{said}"
    );
}

#[cfg(feature = "redis")]
#[rocket::async_test]
async fn a_redis_that_is_not_there_is_named_without_its_password() {
    use rocket_session_layer::stores::RedisStore;
    use rocket_session_layer::{Address, Locker, Store};

    let port = crate::common::redis::free_port();
    let address = format!("redis://member:geheim@127.0.0.1:{port}/3");
    let store = RedisStore::open(&Address::from(&*address), "").unwrap();
    let error = store.load(Locker::from_number(1)).await.unwrap_err();
    let error = Error::from(error);
    let told = format!("{error} {error:?} {:?}", sources(&error));
    assert!(told.contains(&format!("127.0.0.1:{port}")), "{told}");
    assert!(
        !told.contains("geheim") && !told.contains("member"),
        "{told}"
    );
}

//! The address: refused at the start if it is none, and tried later if it leads nowhere.

use serde_json::json;

use super::started;
use crate::common::postgres::{Server, shared};

/// It begins without its database: one line says why, and no password is in it.
async fn starts_with_a_line(url: &str, reason: &str) {
    let (starts, said) = started(json!({ "engine": "postgres", "postgres": url })).await;
    assert!(starts, "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("the session store did not answer"), "{said}");
    assert!(said.contains(reason), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}

#[rocket::async_test]
async fn a_wrong_address_stops_the_start() {
    for wrong in [
        "",
        "localhost",
        "mysql://localhost/app",
        "redis://:hunter2@localhost",
    ] {
        let settings = json!({ "engine": "postgres", "postgres": wrong });
        let (starts, said) = started(settings).await;
        assert!(!starts, "{wrong}");
        assert!(
            said.contains("session.postgres: has to be postgres://"),
            "{said}"
        );
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[rocket::async_test]
async fn a_database_that_is_not_there_leaves_a_line() {
    let server = shared().url();
    let absent = format!("{server}_absent");
    starts_with_a_line(&absent, "database \"postgres_absent\" does not exist").await;
    let absent = server.replace("//postgres@", "//absent:hunter2@");
    starts_with_a_line(&absent, "role \"absent\" does not exist").await;
    let nobody = "host=127.0.0.1 port=1 password=hunter2";
    starts_with_a_line(nobody, "Connection refused").await;
}

#[rocket::async_test]
async fn a_certificate_that_does_not_fit_leaves_a_line() {
    let unencrypted = format!("{}?sslmode=require", shared().url());
    starts_with_a_line(&unencrypted, "server does not support SSL").await;
    let (server, other) = (Server::with_tls(), Server::with_tls());
    let trusting = |server: &Server, authority: &Server| {
        let authority = authority.folder().join("server.crt");
        let readable = tempfile::NamedTempFile::new().unwrap();
        std::fs::copy(authority, readable.path()).unwrap();
        let authority = readable.path().display();
        let url = format!(
            "{}?sslmode=verify-full&sslrootcert={authority}",
            server.url()
        );
        (url, readable)
    };
    let (url, _certificate) = trusting(&server, &other);
    starts_with_a_line(&url, "certificate verify failed").await;
    let (url, _certificate) = trusting(&server, &server);
    let (starts, said) = started(json!({ "engine": "postgres", "postgres": url })).await;
    assert!(starts && said.is_empty(), "{said}");
}

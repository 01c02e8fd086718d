//! The store in a SQLite file, and what holds for it alone.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use rocket_session_layer::Expiry;
use sha2::{Digest, Sha256};

use crate::common::App;
use crate::common::app::{DAY, START};
use crate::common::fixtures::{DatabaseFixture, Fixture, StoreFixture};
use crate::common::samples::locker;

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

fn plan(place: &DatabaseFixture, query: &str) -> String {
    let mut connection = place.database().connect().unwrap();
    let steps = sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(&mut connection);
    let steps: Vec<Step> = steps.unwrap();
    steps
        .into_iter()
        .map(|step| step.detail)
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn purging_and_listing_go_through_an_index() {
    let place = DatabaseFixture::new();
    place.store();
    let over = plan(
        &place,
        "SELECT locker FROM sessions WHERE expires <= 7 LIMIT 1000",
    );
    assert!(over.contains("INDEX sessions_expires"), "{over}");
    let of_user = plan(
        &place,
        "SELECT * FROM sessions WHERE user = 'alice' ORDER BY touched DESC",
    );
    assert!(of_user.contains("INDEX sessions_user"), "{of_user}");
}

#[rocket::async_test]
async fn whoever_reads_the_file_finds_no_secret() {
    let place = DatabaseFixture::new();
    let app = App::on(place.open()).await;
    let alice = app.browser();
    alice.set("user", "alice").await;
    alice.set("needle", "haystack").await;
    let cookie = alice.cookie().unwrap();
    let (_, secret) = cookie.split_once('.').unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD
        .decode(secret.as_bytes())
        .unwrap();
    let mut found = false;
    for file in place.0.path().read_dir().unwrap() {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        let has = |needle: &[u8]| content.windows(needle.len()).any(|part| part == needle);
        assert!(!has(secret.as_bytes()) && !has(&bytes));
        found |= has(b"haystack");
    }
    assert!(found, "it should have looked into the right file");
}

/// The statements with which the code of commit 7c7403a made its database.
const EARLIER: &str = "
    CREATE TABLE __diesel_schema_migrations (
        version VARCHAR(50) PRIMARY KEY NOT NULL,
        run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    INSERT INTO __diesel_schema_migrations (version) VALUES ('20261120000000');
    CREATE TABLE sessions (
        locker INTEGER PRIMARY KEY NOT NULL, secret_hash BLOB NOT NULL, previous_hash BLOB,
        data TEXT NOT NULL, user TEXT, last_user TEXT, version INTEGER NOT NULL,
        created INTEGER NOT NULL, touched INTEGER NOT NULL, rotated INTEGER NOT NULL,
        expires INTEGER NOT NULL, expiry TEXT
    ) STRICT;
    CREATE INDEX sessions_expires ON sessions (expires);
    CREATE INDEX sessions_user ON sessions (user) WHERE user IS NOT NULL;
";

#[rocket::async_test]
async fn a_database_that_an_earlier_version_has_made_goes_on_working() {
    let place = DatabaseFixture::new();
    let mut connection = place.database().connect().unwrap();
    connection.batch_execute(EARLIER).unwrap();
    // A secret, and its SHA-256.
    let secret = data_encoding::BASE64URL_NOPAD.encode(&[7; 32]);
    let end = START + DAY;
    let rows = [
        (0, "NULL".to_owned(), None),
        (1, "'\"default\"'".to_owned(), Some(Expiry::Default)),
        (
            2,
            "'\"browser_close\"'".to_owned(),
            Some(Expiry::BrowserClose),
        ),
        (
            3,
            "'{\"after\":{\"secs\":3600,\"nanos\":0}}'".to_owned(),
            Some(Expiry::After(Duration::from_secs(3600))),
        ),
        (4, format!("'{{\"at\":{end}}}'"), Some(Expiry::At(end))),
    ];
    for (number, expiry, _) in &rows {
        let row = format!(
            "INSERT INTO sessions VALUES ({number}, x'{}', NULL, '{{\"a\":1,\"user\":\"alice\"}}',
             'alice', 'alice', 3, {START}, {START}, {START}, {end}, {expiry})",
            data_encoding::HEXLOWER.encode(&Sha256::digest([7; 32])),
        );
        connection.batch_execute(&row).unwrap();
    }
    let app = App::on(place.open()).await;
    for (number, _, expiry) in rows {
        let value = format!("{}.{secret}", locker(number));
        let alice = app.browser().with_cookie(Some(value));
        assert_eq!(alice.get("user").await, "alice", "{expiry:?}");
        assert_eq!(alice.set("a", 2).await.status.code, 200, "{expiry:?}");
        let record = app.row(&alice).await.unwrap();
        assert_eq!(record.contents.expiry, expiry);
        assert!(record.version > 3);
    }
    assert_eq!(app.layer().sessions_of("alice").await.unwrap().len(), 5);
}

#[test]
fn several_processes_may_start_on_a_new_file_at_once() {
    for _ in 0..20 {
        let place = DatabaseFixture::new();
        std::thread::scope(|scope| {
            let starts = [(); 3].map(|()| scope.spawn(|| drop(place.store())));
            for started in starts {
                started.join().unwrap();
            }
        });
    }
}

//! The store in a SQLite file, and what holds for it alone.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use crate::common::App;
use crate::common::fixtures::{DatabaseFixture, Fixture, StoreFixture};

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

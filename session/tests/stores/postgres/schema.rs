//! The table: made by the layer or by the app, and refused if it is another one.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use serde_json::{Value, json};

use super::started;
use crate::common::fixtures::{Fixture, PostgresFixture, StoreFixture};
use crate::common::postgres::{Server, shared};

const MIGRATION: &str = include_str!("../../../migrations/postgres/up.sql");
const BACK: &str = include_str!("../../../migrations/postgres/down.sql");

fn settings(server: &Server, more: Value) -> Value {
    let mut settings = json!({ "engine": "postgres", "postgres": server.url() });
    let more = more.as_object().unwrap().clone();
    settings.as_object_mut().unwrap().extend(more);
    settings
}

#[rocket::async_test]
async fn an_app_may_make_the_table_itself() {
    let server = Server::start(&[]);
    let made_by_the_app = settings(&server, json!({ "create_table": false }));
    let (starts, said) = started(made_by_the_app.clone()).await;
    assert!(!starts);
    assert!(
        said.contains("there is no table sessions: run the migration"),
        "{said}"
    );
    server.run(MIGRATION);
    let (starts, said) = started(made_by_the_app).await;
    assert!(starts && said.is_empty(), "{said}");
    // Back again, as an app's tests of its migrations do.
    server.run(BACK);
    let (starts, said) = started(settings(&server, json!({}))).await;
    assert!(starts && said.is_empty(), "{said}");
    server.run("DROP TABLE sessions");
}

#[rocket::async_test]
async fn a_table_that_is_not_ours_stops_the_start_and_is_left_alone() {
    let server = Server::start(&[]);
    let spoiled = [
        ("DROP COLUMN rotated", "it has no column \"rotated\""),
        (
            "ALTER COLUMN data TYPE jsonb USING data::jsonb",
            "its column \"data\" is jsonb, not text",
        ),
        (
            "ALTER COLUMN version TYPE integer",
            "its column \"version\" is integer, not bigint",
        ),
        ("ADD COLUMN colour text", "it has a column \"colour\""),
        (
            "DROP CONSTRAINT sessions_pkey",
            "can't be written: there is no unique",
        ),
    ];
    for (change, reason) in spoiled {
        server.run(MIGRATION);
        server.run(&format!("ALTER TABLE sessions {change}"));
        let (starts, said) = started(settings(&server, json!({}))).await;
        assert!(!starts, "{change}");
        assert!(said.contains(reason), "{said}");
        server.run(BACK);
    }
    server.run("CREATE TABLE sessions (id serial, topic text)");
    let (starts, said) = started(settings(&server, json!({}))).await;
    assert!(
        !starts && said.contains("name another one by session.table"),
        "{said}"
    );
    let (starts, said) = started(settings(&server, json!({ "table": "web_sessions" }))).await;
    assert!(starts && said.is_empty(), "{said}");
    server.run("INSERT INTO sessions (topic) VALUES ('theirs'); DROP TABLE sessions, web_sessions");
}

#[rocket::async_test]
async fn a_role_without_rights_stops_the_start() {
    let server = Server::start(&[]);
    server.run("REVOKE CREATE ON SCHEMA public FROM public; CREATE ROLE web LOGIN");
    let url = server.url().replace("postgres@", "web@");
    let as_web = settings(&server, json!({ "postgres": url }));
    let (starts, said) = started(as_web.clone()).await;
    assert!(!starts);
    assert!(
        said.contains("missing and can't be made: permission denied"),
        "{said}"
    );
    server.run(MIGRATION);
    server.run("GRANT SELECT ON sessions TO web");
    let (starts, said) = started(as_web.clone()).await;
    assert!(!starts);
    assert!(
        said.contains("can't be written: permission denied"),
        "{said}"
    );
    server.run("GRANT INSERT, UPDATE, DELETE ON sessions TO web");
    let (starts, said) = started(as_web).await;
    assert!(starts && said.is_empty(), "{said}");
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

#[rocket::async_test]
async fn purging_and_listing_go_through_an_index() {
    let place = PostgresFixture::new();
    place.store().prepare().await.unwrap();
    let (table, mut connection) = (&place.table, shared().connect());
    let small = "SET enable_seqscan = off";
    sql_query(small).execute(&mut connection).unwrap();
    let mut plan = |query: String| {
        let steps = sql_query(format!("EXPLAIN {query}")).load(&mut connection);
        let steps: Vec<Step> = steps.unwrap();
        steps.into_iter().map(|step| step.line).collect::<String>()
    };
    let over = plan(format!(
        "SELECT locker FROM {table} WHERE expires <= 7 LIMIT 9"
    ));
    assert!(over.contains(&format!("{table}_expires")), "{over}");
    let of_user = plan(format!("SELECT * FROM {table} WHERE \"user\" = 'alice'"));
    assert!(of_user.contains(&format!("{table}_user")), "{of_user}");
}

//! The app keeps what it had, its migrations included, and its users have sessions.

#[cfg(postgres_server)]
#[path = "../../tests/common/postgres.rs"]
#[allow(dead_code, reason = "the layer's tests use the rest")]
mod postgres;

use std::fs;
use std::path::Path;

use diesel_migrations::MigrationHarness;
use rocket::http::{ContentType, Status};
use rocket::local::blocking::{Client, LocalResponse};
use rocket_session_layer::Layer;

use super::*;

/// A browser of its own.
fn browser(pool: &Connections) -> Client {
    Client::tracked(app(pool.clone())).unwrap()
}

fn post<'c>(browser: &'c Client, path: &'static str, form: &str) -> LocalResponse<'c> {
    let request = browser.post(path).header(ContentType::Form);
    request.body(form).dispatch()
}

fn me(browser: &Client) -> (Status, Option<String>) {
    let answer = browser.get("/me").dispatch();
    (answer.status(), answer.into_string())
}

fn users_have_sessions(address: &str) {
    let pool = pool::to(address);
    let (here, there) = (browser(&pool), browser(&pool));
    let alice = "name=alice&password=secret";
    assert_eq!(post(&here, "/users", alice).status(), Status::Created);
    assert_eq!(post(&here, "/users", alice).status(), Status::Conflict);
    assert_eq!(me(&here).0, Status::Unauthorized);
    let wrong = post(&here, "/login", "name=alice&password=guess");
    assert_eq!(wrong.status(), Status::Unauthorized);
    for browser in [&here, &there] {
        assert_eq!(post(browser, "/login", alice).status(), Status::Ok);
        assert_eq!(me(browser), (Status::Ok, Some("alice".to_owned())));
    }
    let changed = post(&here, "/password", "password=better").into_string();
    assert_eq!(changed.unwrap(), "Changed. 1 other sessions were ended.");
    assert_eq!(me(&here).0, Status::Ok);
    assert_eq!(me(&there).0, Status::Unauthorized);
    assert_eq!(post(&here, "/logout", "").status(), Status::Ok);
    assert_eq!(me(&here).0, Status::Unauthorized);

    // A test need not log in by a form.
    let layer = Layer::of(here.rocket()).unwrap();
    let bob = "name=bob&password=secret";
    assert_eq!(post(&here, "/users", bob).status(), Status::Created);
    let users: &Users = here.rocket().state().unwrap();
    let bob = rocket::execute(users.check("bob".to_owned(), "secret".to_owned()));
    let cookie = layer
        .block_on(layer.begin_session_for(bob.unwrap()))
        .unwrap();
    let answer = here.get("/me").cookie(cookie).dispatch();
    assert_eq!(answer.into_string().unwrap(), "bob");
}

/// The app's migrations are its own: it can go back and forth, with nothing of the layer's in its
/// list of them.
fn migrations_go_back_and_forth(address: &str) {
    let pool = pool::to(address);
    drop(browser(&pool));
    let mut connection = pool.get().unwrap();
    let applied = connection.applied_migrations().unwrap();
    assert_eq!(applied.len(), 2);
    for _ in applied {
        connection.revert_last_migration(MIGRATIONS).unwrap();
    }
    connection.run_pending_migrations(MIGRATIONS).unwrap();
    drop(browser(&pool));
}

#[cfg(not(feature = "postgres"))]
#[test]
fn with_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let address = folder.path().join("app.db");
    let address = address.to_str().unwrap();
    users_have_sessions(address);
    migrations_go_back_and_forth(address);
}

#[cfg(postgres_server)]
#[test]
fn with_postgres() {
    let server = postgres::Server::start(&[]);
    users_have_sessions(&server.url());
    migrations_go_back_and_forth(&server.url());
}

#[test]
fn the_copied_migrations_are_the_layers() {
    let layer = Path::new(env!("CARGO_MANIFEST_DIR"));
    for database in ["sqlite", "postgres"] {
        for direction in ["up.sql", "down.sql"] {
            let own = layer.join("migrations").join(database).join(direction);
            let copies = layer
                .join("examples/existing_app/migrations")
                .join(database);
            let copy = copies.join("2026-11-28-000000_sessions").join(direction);
            assert_eq!(fs::read(own).unwrap(), fs::read(copy).unwrap());
        }
    }
}

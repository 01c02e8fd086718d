//! An app that had users, a pool of connections and migrations before it had sessions. What sessions
//! added to it is marked with NEW.
//!
//!     cargo run -p rocket-session-layer --example existing_app --features r2d2
//!
//! With PostgreSQL in place of SQLite:
//!
//!     DATABASE_URL=postgres://localhost cargo run -p rocket-session-layer --example existing_app --features r2d2,postgres
//!
//! Then:
//!
//!     curl -d name=alice -d password=secret http://localhost:8000/users
//!     curl -c jar -b jar -d name=alice -d password=secret http://localhost:8000/login
//!     curl -c jar -b jar http://localhost:8000/me
//!     curl -c jar -b jar -d password=better http://localhost:8000/password
//!     curl -c jar -b jar -X POST http://localhost:8000/logout

mod pool;
#[cfg(test)]
mod tests;
mod users;

use std::{env, error};

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use rocket::fairing::AdHoc;
use rocket::form::Form;
use rocket::http::Status;
use rocket::{Build, FromForm, Rocket, State, get, launch, post, routes};
use rocket_session_layer::{Error, LoggedIn, SameOrigin, Session};

use pool::Connections;
use users::Users;

/// The app's own migrations. NEW: one of them is a copy of the layer's file, `migrations/…/up.sql`.
#[cfg(feature = "postgres")]
const MIGRATIONS: EmbeddedMigrations =
    embed_migrations!("examples/existing_app/migrations/postgres");
#[cfg(not(feature = "postgres"))]
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("examples/existing_app/migrations/sqlite");

#[derive(FromForm)]
struct Credentials {
    name: String,
    password: String,
}

#[derive(FromForm)]
struct NewPassword {
    password: String,
}

#[post("/users", data = "<form>")]
async fn sign_up(form: Form<Credentials>, users: &State<Users>) -> Result<Status, Status> {
    let Credentials { name, password } = form.into_inner();
    let added = users.add(name, password).await?;
    Ok(if added {
        Status::Created
    } else {
        Status::Conflict
    })
}

/// NEW: a login is one `set` on the session.
#[post("/login", data = "<form>")]
async fn login(
    form: Form<Credentials>,
    users: &State<Users>,
    session: &Session,
) -> Result<&'static str, Status> {
    let Credentials { name, password } = form.into_inner();
    let user = users.check(name, password).await?;
    let id = user.ok_or(Status::Unauthorized)?;
    session.set("user", id)?;
    Ok("Welcome!")
}

/// NEW: `LoggedIn` answers 401 to everybody else.
#[get("/me")]
async fn me(user: LoggedIn<i32>, users: &State<Users>) -> Result<String, Status> {
    users.name(user.0).await
}

/// NEW: a new password ends the user's other sessions, on whichever browser they are.
#[post("/password", data = "<form>")]
async fn change_password(
    form: Form<NewPassword>,
    user: LoggedIn<i32>,
    users: &State<Users>,
    session: &Session,
) -> Result<String, Status> {
    users
        .change_password(user.0, form.into_inner().password)
        .await?;
    let ended = session.end_others().await?;
    Ok(format!("Changed. {ended} other sessions were ended."))
}

/// NEW.
#[post("/logout")]
fn logout(session: &Session) -> Result<&'static str, Error> {
    session.flush();
    Ok("Bye!")
}

fn migrated(pool: &Connections) -> Result<(), Box<dyn error::Error + Send + Sync>> {
    let mut connection = pool.get()?;
    connection.run_pending_migrations(MIGRATIONS)?;
    Ok(())
}

fn app(pool: Connections) -> Rocket<Build> {
    rocket::build()
        .attach(migrate(pool.clone()))
        // NEW: sessions in the app's own database, by its own pool. Its own migrations have made
        // their table.
        .attach(
            Session::fairing()
                .with_pool(pool.clone())
                .by_default("create_table", false),
        )
        .attach(SameOrigin::fairing())
        .manage(Users(pool))
        .mount("/", routes![sign_up, login, me, change_password, logout])
}

/// Before the sessions: fairings run in the order in which they are attached.
fn migrate(pool: Connections) -> AdHoc {
    AdHoc::try_on_ignite("migrations", |rocket| async move {
        match migrated(&pool) {
            Ok(()) => Ok(rocket),
            Err(error) => {
                log::error!("The database can't be migrated: {error}");
                Err(rocket)
            }
        }
    })
}

#[launch]
fn rocket() -> _ {
    let default = if cfg!(feature = "postgres") {
        "postgres://localhost"
    } else {
        "existing_app.db"
    };
    let address = env::var("DATABASE_URL").unwrap_or_else(|_| default.to_owned());
    app(pool::to(&address))
}

//! Lesson 11: What expired is still there.
//!
//! A session whose time is over opens nothing any more, but its row stays in the table until
//! somebody deletes it.
//! 기간이 끝난 세션으로는 아무것도 열 수 없지만, 그 행은 누군가 지울 때까지 테이블에 남아 있습니다.
//!
//! Run: `cargo run --bin lesson11`, then open http://localhost:8000
//!
//! Changed since lesson 06: there are the views `visit_page`, `rows_page` and `rows_clear`, and
//! nothing is deleted in the background; the views of lesson 06 are mounted from the house.

use diesel::dsl::count;
use diesel::prelude::*;
use rocket::{State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, strangers_go_to};
use session_lessons::db::{Database, DatabaseError};
use session_lessons::schema::sessions;
use session_lessons::session::{Layer, Session, Timestamp};
use session_lessons::views;
use session_lessons::{Answer, app, redirect, render};

/// So few at once that the class can watch. A server that is in use takes a thousand.
const BATCH: u32 = 40;

#[get("/visit")]
async fn visit_page(session: &Session) -> Answer {
    // Find the session. Change the session. A stranger's first visit makes a row. A row whose time
    // is over is not found: its visitor begins again at one, in a new row.
    session
        .update("visits", |visits: &mut u32| *visits += 1)
        .await?;
    let visits: u32 = session.get_or_default("visits")?;
    render("visit", context! { visits })
}

#[get("/rows?<cleared>")]
fn rows_page(cleared: Option<u32>, database: &State<Database>, layer: &Layer) -> Answer {
    let now: Timestamp = layer.now();
    let (live, over): (i64, i64) = database.read(|connection| live_and_over(connection, now))?;
    render("rows", context! { live, over, cleared, batch: BATCH })
}

/// How many rows live, and how many are over. They lie in one table, and differ only in a date.
fn live_and_over(
    connection: &mut SqliteConnection,
    now: Timestamp,
) -> Result<(i64, i64), DatabaseError> {
    let counted: (i64, i64) = sessions::table
        .select((
            count(sessions::locker).aggregate_filter(sessions::expires.gt(now)),
            count(sessions::locker).aggregate_filter(sessions::expires.le(now)),
        ))
        .first(connection)?;
    Ok(counted)
}

// Decide who it is: only who is logged in may clear. Nobody loses anything by it, but it is work
// for the database, and that is not for strangers to order.
#[post("/rows/clear")]
async fn rows_clear(_user: &User, layer: &Layer) -> Answer {
    let cleared: usize = layer.purge_batch(BATCH).await?;
    redirect(uri!(rows_page(u32::try_from(cleared).ok())))
}

#[launch]
fn rocket() -> _ {
    app("11")
        // Tell the browser: nothing. What is deleted here, no browser is told of.
        .attach(Session::fairing().without_purge())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page, rows_page, rows_clear])
}

// Exercise 11: Clear with one click.
// 연습 11: 클릭 한 번으로 모두 정리하기
//
// Task: `cargo run -- start 11`. Check: `cargo run -- check 11`.

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

const BATCH: u32 = 40;

#[get("/visit")]
async fn visit_page(session: &Session) -> Answer {
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

#[post("/rows/clear")]
async fn rows_clear(_user: &User, layer: &Layer) -> Answer {
    let cleared: usize = layer.purge_batch(BATCH).await?;
    redirect(uri!(rows_page(u32::try_from(cleared).ok())))
}

#[launch]
fn rocket() -> _ {
    app("ex11")
        .attach(Session::fairing().without_purge())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page, rows_page, rows_clear])
}

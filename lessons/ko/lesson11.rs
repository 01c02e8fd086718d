//! 레슨 11: 만료된 세션 정리하기
//!
//! 만료된 세션은 더 이상 쓸 수 없지만, 그 행은 삭제할 때까지 테이블에 남아 있습니다.
//!
//! `cargo run --bin lesson11` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 06에 `visit_page`, `rows_page`, `rows_clear` 뷰를 추가하고, 백그라운드에서 자동으로
//! 정리하지 않게 했습니다. 레슨 06의 뷰는 공용 뷰로 옮겼습니다.

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

/// 한 번에 삭제하는 행 수입니다. 수업에서 줄어드는 모습을 볼 수 있게 적게 잡았습니다. 세션
/// 미들웨어는 자동으로 정리할 때 1,000개씩 삭제합니다.
const BATCH: u32 = 40;

#[get("/visit")]
async fn visit_page(session: &Session) -> Answer {
    // 세션 조회. 세션 변경. 처음 방문하면 행을 만듭니다. 만료된
    // 행은 조회되지 않으므로 새 행을 만들고 1부터 다시 셉니다.
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

/// 유효한 행과 만료된 행의 수를 셉니다. 둘 다 같은 테이블에 있고, 만료 시각으로만 구별됩니다.
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

// 사용자 확인. 로그인한 사용자만 정리할 수 있습니다. 정리해도 유효한 세션은 남지만, 데이터베이스에
// 부담을 주는 작업이므로 비로그인 사용자의 요청은 받지 않습니다.
#[post("/rows/clear")]
async fn rows_clear(_user: &User, layer: &Layer) -> Answer {
    let cleared: usize = layer.purge_batch(BATCH).await?;
    redirect(uri!(rows_page(u32::try_from(cleared).ok())))
}

#[launch]
fn rocket() -> _ {
    app("11")
        // 쿠키 전송. 행을 삭제해도 브라우저에는 아무것도 보내지 않으므로 쿠키는 그대로 남습니다.
        // 백그라운드의 자동 정리는 껐습니다. 켜 두면 여기서 볼 행이 먼저 삭제됩니다.
        .attach(Session::fairing().without_purge())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page, rows_page, rows_clear])
}

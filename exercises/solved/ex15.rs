// Exercise 15: End the copy, too.
// 연습 15: 복사한 쿠키까지 로그아웃시키기
//
// Task: `cargo run -- start 15`. Check: `cargo run -- check 15`.

use rocket::{launch, post, routes, uri};
use session_lessons::accounts::{User, strangers_go_to};
use session_lessons::session::{Layer, Locker, Record, Session};
use session_lessons::views;
use session_lessons::{Answer, app, redirect};

#[post("/account/sessions/end-others")]
async fn end_others(user: &User, session: &Session) -> Answer {
    let layer: &Layer = session.layer();
    let own: Option<Locker> = session.locker();
    let sessions: Vec<Record> = layer.sessions_of(&user.userid).await?;

    session.rotate();

    for other in &sessions {
        if Some(other.locker) != own {
            layer.end_session(&user.userid, other.locker).await?;
        }
    }
    redirect(uri!("/account"))
}

#[launch]
fn rocket() -> _ {
    app("ex15")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![end_others])
}

// Exercise 17: A second server.
// 연습 17: 두 번째 서버
//
// Task: `cargo run -- start 17`. Check: `cargo run -- check 17`.

use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, render};

#[get("/visit")]
async fn visit_page(_user: &User, session: &Session) -> Answer {
    session
        .update("visits", |visits: &mut u32| *visits += 1)
        .await?;
    let visits: u32 = session.get_or_default("visits")?;
    render("visit", context! { visits })
}

#[launch]
fn rocket() -> _ {
    app("ex17")
        .attach(Session::fairing().by_default("engine", "database"))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page])
}

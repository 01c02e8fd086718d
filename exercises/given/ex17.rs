// Exercise 17: A second server.
// 연습 17: 두 번째 서버
//
// Task: `cargo run -- start 17`. Check: `cargo run -- check 17`.

use std::sync::atomic::{AtomicU32, Ordering};

use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, render};

static VISITS: AtomicU32 = AtomicU32::new(0);

#[get("/visit")]
async fn visit_page(_user: &User) -> Answer {
    let visits: u32 = VISITS.fetch_add(1, Ordering::Relaxed) + 1;
    render("visit", context! { visits })
}

#[launch]
fn rocket() -> _ {
    app("ex17")
        .attach(Session::fairing().by_default("engine", "cache"))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page])
}

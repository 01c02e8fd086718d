// Exercise 08: Three engines.
// 연습 08: 엔진 세 가지
//
// Task: `cargo run -- start 08`. Check: `cargo run -- check 08`.

use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::strangers_go_to;
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, render};

const GRID: [(&str, bool, bool); 3] = [
    ("database", true, true),
    ("cache", true, true),
    ("cookie", true, true),
];

#[get("/grid/<engine>/<event>")]
fn grid_page(engine: &str, event: &str) -> Answer {
    let mut rows = GRID.iter().filter(|(name, ..)| *name == engine);
    let is_in: bool =
        rows.any(|(_, restart, copy)| if event == "restart" { *restart } else { *copy });
    let user: Option<&str> = if is_in { Some("alice") } else { None };
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex08")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![grid_page])
}

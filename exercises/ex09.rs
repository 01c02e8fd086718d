// Exercise 09: A copy that dies.
// 연습 09: 복사한 쿠키의 수명 줄이기
//
// Task: `cargo run -- start 09`. Check: `cargo run -- check 09`.

use data_encoding::BASE64URL_NOPAD;
use rocket::http::CookieJar;
use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, render};

fn read(cookie: &str) -> Option<String> {
    let middle: &str = cookie.split('.').nth(1)?;
    let bytes: Vec<u8> = BASE64URL_NOPAD.decode(middle.as_bytes()).ok()?;
    String::from_utf8(bytes).ok()
}

#[get("/cookie")]
fn cookie_page(visitor: &Visitor, cookies: &CookieJar) -> Answer {
    let username: &str = visitor.username();
    let cookie: &str = cookies.get("session_id").map_or("", |found| found.value());
    let text: Option<String> = read(cookie);
    let size: usize = cookie.len();
    render("cookie", context! { username, text, size })
}

#[launch]
fn rocket() -> _ {
    app("ex09")
        .attach(
            Session::fairing()
                .by_default("engine", "cookie")
                .by_default("seal", "signed"),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![cookie_page])
}

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

/// Decodes the content of a signed cookie, which stands between its two dots. This takes no secret
/// key: everyone who has the cookie can read the session.
fn read(cookie: &str) -> Option<String> {
    let middle: &str = cookie.split('.').nth(1)?;
    let bytes: Vec<u8> = BASE64URL_NOPAD.decode(middle.as_bytes()).ok()?;
    String::from_utf8(bytes).ok()
}

#[get("/cookie")]
fn cookie_page(visitor: &Visitor, cookies: &CookieJar) -> Answer {
    // Find the session. Decide who it is. `&Visitor` did both, and checked the signature first. The
    // text below is read without that check: it is only shown and must decide nothing.
    let username: &str = visitor.username();
    let cookie: &str = cookies.get("session_id").map_or("", |found| found.value());
    let text: Option<String> = read(cookie);
    let size: usize = cookie.len();
    render("cookie", context! { username, text, size })
}

#[launch]
fn rocket() -> _ {
    app("ex09")
        // Tell the browser: the cookie carries the whole session, and the server keeps no copy.
        .attach(
            Session::fairing()
                .by_default("engine", "cookie")
                // Signed only, as in Flask. With the default, "encrypted", its owner can't read it.
                .by_default("seal", "signed"),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![cookie_page])
}

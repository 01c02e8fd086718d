//! Lesson 09: The session in the cookie.
//!
//! The whole session travels in the cookie, and nothing of it
//! stays on the server. The signature only says who wrote it.
//! 세션 전체가 쿠키에 담겨 오가고 서버에는 아무것도 남지 않습니다.
//! 서명으로는 누가 만든 값인지만 확인할 수 있습니다.
//!
//! Run: `cargo run --bin lesson09`, then open http://localhost:8000
//!
//! Changed since lesson 08: the lesson sets its engine itself; `cookie_page`
//! and `cookie_fill` replace `where_page`.

use data_encoding::BASE64URL_NOPAD;
use rocket::form::Form;
use rocket::http::CookieJar;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, render};

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

/// The field of the form: the number of letters to add.
#[derive(FromForm)]
struct FillForm {
    #[field(default = 0)]
    letters: u16,
}

#[post("/cookie/fill", data = "<form>")]
async fn cookie_fill(form: Form<FillForm>, session: &Session) -> Answer {
    let letters: String = "x".repeat(form.letters.into());
    // Change the session. A browser silently drops a cookie of more than 4,096 bytes. So the layer
    // refuses to make one, and `?` ends the view with page 413.
    session
        .update("letters", |kept: &mut String| kept.push_str(&letters))
        .await?;
    redirect(uri!(cookie_page))
}

#[launch]
fn rocket() -> _ {
    app("09")
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
        .mount("/", routes![cookie_page, cookie_fill])
}

//! Lesson 09: The session in the cookie.
//!
//! A session that travels in a signed cookie can be read by whoever has it, and be neither changed
//! nor taken back by anybody.
//! 서명한 쿠키에 담겨 다니는 세션은 가진 사람이면 누구나 읽을 수 있지만, 아무도 고칠 수 없고 아무도 거두어들일
//! 수 없습니다.
//!
//! Run: `cargo run --bin lesson09`, then open http://localhost:8000
//!
//! Changed since lesson 08: the lesson names its engine itself; `cookie_page` and `cookie_fill`
//! take the place of `where_page` and the account pages, since nobody can list what is in cookies.

use data_encoding::BASE64URL_NOPAD;
use rocket::form::Form;
use rocket::http::CookieJar;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, render};

/// What stands in a signed cookie, between its two dots. It takes no secret key: whoever has the
/// cookie can read it, and its owner always has it.
fn read(cookie: &str) -> Option<String> {
    let middle: &str = cookie.split('.').nth(1)?;
    let bytes: Vec<u8> = BASE64URL_NOPAD.decode(middle.as_bytes()).ok()?;
    String::from_utf8(bytes).ok()
}

#[get("/cookie")]
fn cookie_page(visitor: &Visitor, cookies: &CookieJar) -> Answer {
    // Find the session. Decide who it is. `&Visitor` did both: it looked whether the signature is
    // right, and only then what the session says. What is read below has not been looked at so,
    // and decides nothing.
    let username: &str = visitor.username();
    let cookie: &str = cookies.get("session_id").map_or("", |found| found.value());
    let text: Option<String> = read(cookie);
    let size: usize = cookie.len();
    render("cookie", context! { username, text, size })
}

/// What the form sends: how many letters to put in.
#[derive(FromForm)]
struct FillForm {
    #[field(default = 0)]
    letters: u16,
}

#[post("/cookie/fill", data = "<form>")]
async fn cookie_fill(form: Form<FillForm>, session: &Session) -> Answer {
    let letters: String = "x".repeat(form.letters.into());
    // Change the session. A browser keeps 4,096 bytes of a cookie, and drops without a word what
    // is larger. So the session layer does not send it: `?` ends here, with the page 413.
    session
        .update("letters", |kept: &mut String| kept.push_str(&letters))
        .await?;
    redirect(uri!(cookie_page))
}

#[launch]
fn rocket() -> _ {
    app("09")
        // Tell the browser: here it is told everything, and the server keeps nothing of it.
        .attach(
            Session::fairing()
                .by_default("engine", "cookie")
                // Flask's way. With "encrypted", the usual setting, nobody can read it either.
                .by_default("seal", "signed"),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![cookie_page, cookie_fill])
}

// Exercise 06: Close the account.
// 연습 06: 계정 삭제하기
//
// Task: `cargo run -- start 06`. Check: `cargo run -- check 06`.

use rocket::{get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, Visitor, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, render};

#[get("/main")]
fn main_page(user: &User) -> Answer {
    // Find the session. Decide who it is. `&User` in the line above did both: it took the key from
    // the session and the user from the database. Without a user this view does not run.
    render("main", context! { user: &user.userid })
}

#[get("/profile")]
fn profile_page(user: &User) -> Answer {
    // The user as the database has it now. The session holds only the user ID: an email address
    // copied into it would be out of date after a change.
    render("profile", context! { user })
}

// Open to all: `&Visitor` is a user or an anonymous visitor, and turns neither away.
#[get("/who")]
fn who_page(visitor: &Visitor, session: &Session) -> Answer {
    // The key alone, to compare: an account that is deleted while logged in leaves its key behind.
    let key: Option<String> = session.get("user")?;
    let is_anonymous: bool = visitor.is_anonymous();
    let is_authenticated: bool = visitor.is_authenticated();
    let username: &str = visitor.username();
    render(
        "who",
        context! { key, is_anonymous, is_authenticated, username },
    )
}

// Closes the account of the user who asks, on every browser.
#[post("/close")]
async fn close() -> Answer {
    redirect(uri!(who_page))
}

#[launch]
fn rocket() -> _ {
    app("ex06")
        // Tell the browser: this sends the cookie, as in lesson 02.
        .attach(Session::fairing())
        // If `&User` finds no user, go to `/login?next=…`, and after the login come back.
        .register("/", strangers_go_to("/login"))
        // Change the session: the shared login sets `user`, the shared logout ends the session.
        .mount("/", views::login_views())
        .mount("/", routes![main_page, profile_page, who_page, close])
}

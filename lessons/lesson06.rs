//! Lesson 06: Who is asking.
//!
//! The key `user` holds only a name: at every request a guard looks the user up in the database,
//! and the view gets a user or an anonymous visitor.
//! `user` 키는 이름일 뿐입니다. 요청마다 가드가 데이터베이스에서 사용자를 조회하고, 뷰는 로그인한
//! 사용자가 있는지 없는지를 전달받습니다.
//!
//! Run: `cargo run --bin lesson06`, then open http://localhost:8000
//!
//! Changed since lesson 03: `&User` and `&Visitor` replace reading the key `user`; the views
//! `profile_page` and `who_page` are new; login and logout are shared views from now on.

use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, Visitor, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, render};

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

#[launch]
fn rocket() -> _ {
    app("06")
        // Tell the browser: this sends the cookie, as in lesson 02.
        .attach(Session::fairing())
        // If `&User` finds no user, go to `/login?next=…`, and after the login come back.
        .register("/", strangers_go_to("/login"))
        // Change the session: the shared login view (`accounts.log_in`) verifies the password, sets
        // `user`, and notes which browser it is. The shared logout ends the session (`flush`).
        .mount("/", views::login_views())
        // The button on `/who`: deletes the user who asks from the database, and no session.
        .mount("/", views::deletion_views())
        .mount("/", routes![main_page, profile_page, who_page])
}

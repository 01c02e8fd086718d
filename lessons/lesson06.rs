//! Lesson 06: Who is asking.
//!
//! The key `user` is only a name; at every request a guard asks the database whose it is, and the
//! view gets a user or nobody.
//! `user` 키는 이름일 뿐입니다. 요청마다 가드가 데이터베이스에 누구인지 물어보고, 뷰는 사용자를
//! 받거나 아무도 받지 않습니다.
//!
//! Run: `cargo run --bin lesson06`, then open http://localhost:8000
//!
//! Changed since lesson 03: `&User` and `&Visitor` replace the look for the key `user`; there are
//! the views `profile_page` and `who_page`; login and logout are mounted from the house.

use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, Visitor, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, render};

#[get("/main")]
fn main_page(user: &User) -> Answer {
    // Find the session. Decide who it is. `&User` in the line above did both: it took the key from
    // the session and the user from the database. For a stranger this view does not run.
    render("main", context! { user: &user.userid })
}

#[get("/profile")]
fn profile_page(user: &User) -> Answer {
    // The whole user as of this moment. In the session there is only the user ID: a copied email
    // address would be yesterday's.
    render("profile", context! { user })
}

// Open to everybody: `&Visitor` is a user or somebody anonymous, and turns nobody away.
#[get("/who")]
fn who_page(visitor: &Visitor, session: &Session) -> Answer {
    // What the session says. The two can differ: who was deleted while logged in has the key still.
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
        .attach(Session::fairing())
        // Tell the browser: where `&User` finds nobody, go to `/login?next=…`, and come back.
        .register("/", strangers_go_to("/login"))
        // Change the session: login sets the key as in lesson 02, logout ends all as in lesson 05.
        .mount("/", views::login_views())
        .mount("/", routes![main_page, profile_page, who_page])
}

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
    render("main", context! { user: &user.userid })
}

#[get("/profile")]
fn profile_page(user: &User) -> Answer {
    render("profile", context! { user })
}

#[get("/who")]
fn who_page(visitor: &Visitor, session: &Session) -> Answer {
    let key: Option<String> = session.get("user")?;
    let is_anonymous: bool = visitor.is_anonymous();
    let is_authenticated: bool = visitor.is_authenticated();
    let username: &str = visitor.username();
    render(
        "who",
        context! { key, is_anonymous, is_authenticated, username },
    )
}

#[post("/close")]
async fn close() -> Answer {
    redirect(uri!(who_page))
}

#[launch]
fn rocket() -> _ {
    app("ex06")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", routes![main_page, profile_page, who_page, close])
}

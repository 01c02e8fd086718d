//! Lesson 10: How long.
//!
//! The browser forgets the cookie by its own clock, and the server ends the session by its own;
//! whoever keeps the cookie longer gains nothing.
//! 브라우저는 자기 시계에 따라 쿠키를 잊고, 서버는 자기 시계에 따라 세션을 끝냅니다. 쿠키를 더 오래
//! 가지고 있어도 소용없습니다.
//!
//! Run: `cargo run --bin lesson10`, then open http://localhost:8000
//!
//! Changed since lesson 06: `login` says how long the session lives; there is the view
//! `lifetime_page`; the views of lesson 06 are mounted from the house.

use std::time::Duration;

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User, strangers_go_to};
use session_lessons::session::{Expiry, Lifetime, Session};
use session_lessons::views;
use session_lessons::{Answer, app, render, show_again};

/// How long somebody who wants that stays logged in.
const REMEMBERED: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
    #[field(default = String::new())]
    next: String,
    // A box that nobody ticked is not sent at all. For a `bool` that means false.
    remember: bool,
}

#[get("/login?<next>")]
fn login_page(next: Option<String>) -> Answer {
    render("login", context! { next, remember: false })
}

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    // Decide who it is. An empty field is a wrong one.
    let found: Option<User> = accounts.authenticate(&form.userid, &form.password).await?;
    let Some(user) = found else {
        let (userid, next): (&str, &str) = (&form.userid, &form.next);
        let remember: bool = form.remember;
        return show_again(
            "login",
            context! { userid, next, remember, error: "login-wrong" },
        );
    };
    // Change the session: who it is, then how long, since a login drops the lifetime that another
    // user had. Both cases are written down. Without the second one, whoever logs in again without
    // the box would keep the thirty days of the last time.
    session.set("user", &user.userid)?;
    session.set_expiry(match form.remember {
        true => Expiry::After(REMEMBERED),
        false => Expiry::BrowserClose,
    })?;
    // Tell the browser: the cookie of the one login has `Max-Age`, that of the other has none.
    views::go_on(&form.next)
}

#[get("/lifetime")]
fn lifetime_page(session: &Session) -> Answer {
    // Find the session. When it began, when it was used and when it ends stands in its row. The
    // browser has been told as much as its cookie says, and tells nobody whether it keeps to that.
    let lifetime: Option<Lifetime> = session.lifetime();
    render("lifetime", context! { lifetime })
}

#[launch]
fn rocket() -> _ {
    app("10")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount(
            "/",
            routes![login_page, login, views::logout, lifetime_page],
        )
        .mount("/", views::user_views())
}

// Exercise 02: Count the visits.
// 연습 02: 방문 횟수 세기
//
// Task: `cargo run -- start 02`. Check: `cargo run -- check 02`.

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
use session_lessons::session::Session;
use session_lessons::{Answer, app, redirect, render, show_again};

/// The fields of the login form. A field that was not sent counts as empty, so that the view can
/// ask for it: without the defaults Rocket would answer 422 before the view runs.
#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
}

#[get("/login")]
fn login_page() -> Answer {
    render("login", context! {})
}

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    let userid: &str = &form.userid;
    if userid.is_empty() || form.password.is_empty() {
        return show_again("login", context! { userid, error: "login-missing-field" });
    }

    // Decide who it is. A wrong user ID and a wrong password get the same answer: two different
    // ones would tell an attacker which accounts exist.
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    // Change the session. Store the user ID as the database has it, not as it was typed: `Alice`
    // may log in too, and must find everything that was kept for `alice`.
    session.set("user", &user.userid)?;
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    // Find the session. `&Session` in the line above did it, by the session ID in the cookie.
    // Decide who it is. Without the key `user`, the visitor is not logged in and goes to `/login`.
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    // Count the visits: this is not yet the number that it should be.
    let visits: u32 = 1;
    let user: String = format!("{user} ({visits})");
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex02")
        // Tell the browser: this sends the cookie when a session begins or its ID changes.
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page])
}

//! Lesson 03: popping it on logout.
//!
//! Logging out takes the key `user` out of the session; the row and the cookie stay.
//! 로그아웃은 세션에서 `user` 키를 꺼내는 일입니다. 행과 쿠키는 그대로 남습니다.
//!
//! Run: `cargo run --bin lesson03`, then open http://localhost:8000
//!
//! Changed since lesson 02: the view `logout` pops `user`.

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
use session_lessons::session::Session;
use session_lessons::{Answer, app, redirect, render, show_again};

/// What the login form sends. A field that did not come is an empty one, so that the view can say
/// so; without the defaults Rocket would refuse the request before the view runs.
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

    // Decide who it is. The answer to a wrong user ID and to a wrong password is the same one:
    // otherwise anybody could find out, by trying, who has an account here.
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    // Change the session. The user ID as it is stored, not as it was typed: `Alice` may log in as
    // well, and everything that is kept for `alice` must still be found.
    session.set("user", &user.userid)?;
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    // Find the session: `&Session` in the line above did it, by the session ID in the cookie.
    // Decide who it is: whoever `user` names. Without that key it is a stranger, who is sent away.
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    render("main", context! { user })
}

// Only a form can log out. With a link, any page could put `<img src="/logout">` and log its
// visitors out here.
#[post("/logout")]
fn logout(session: &Session) -> Answer {
    // Change the session: take the key out. Everything else in it stays.
    session.pop("user");
    redirect(uri!(login_page))
}

#[launch]
fn rocket() -> _ {
    app("03")
        // Tell the browser: where something was set, this sends the cookie with the session ID.
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
}

//! Lesson 01: a login with no session.
//!
//! The server checks the password, and at the next request it no longer knows who sent it.
//! 서버는 비밀번호를 확인하지만, 다음 요청이 오면 누가 보냈는지 더는 알지 못합니다.
//!
//! Run: `cargo run --bin lesson01`, then open http://localhost:8000
//!
//! Changed since: nothing, this is where it begins.

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
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
async fn login(form: Form<LoginForm>, accounts: &Accounts) -> Answer {
    let userid: &str = &form.userid;
    if userid.is_empty() || form.password.is_empty() {
        return show_again("login", context! { userid, error: "login-missing-field" });
    }

    // Decide who it is. The answer to a wrong user ID and to a wrong password is the same one:
    // otherwise anybody could find out, by trying, who has an account here.
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(_user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    // Here, and only here, the server knows who it is. When this view ends, it is forgotten.
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page() -> Answer {
    // Nothing in this request says who sent it.
    render("main", context! {})
}

#[launch]
fn rocket() -> _ {
    app("01").mount("/", routes![login_page, login, main_page])
}

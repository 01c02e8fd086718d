//! Lesson 01: Login with no session.
//!
//! The server checks the password, and at the next request it no longer knows who sent it.
//! 서버는 로그인할 때 비밀번호를 확인하고도 바로 잊어버리므로,
//! 다음 요청을 누가 보냈는지 알 수 없습니다.
//!
//! Run: `cargo run --bin lesson01`, then open http://localhost:8000
//!
//! Changed since: nothing, this is where it begins.

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
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
async fn login(form: Form<LoginForm>, accounts: &Accounts) -> Answer {
    let userid: &str = &form.userid;
    if userid.is_empty() || form.password.is_empty() {
        return show_again("login", context! { userid, error: "login-missing-field" });
    }

    // Decide who it is. A wrong user ID and a wrong password get the same answer: two different
    // ones would tell an attacker which accounts exist.
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(_user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    // The server knows the user only until this view ends: nothing keeps `_user`.
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page() -> Answer {
    // This view takes no argument: nothing in the request says who sent it.
    render("main", context! {})
}

#[launch]
fn rocket() -> _ {
    app("01").mount("/", routes![login_page, login, main_page])
}

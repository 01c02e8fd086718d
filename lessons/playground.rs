//! The playground: change what you like and see what happens. It begins as a copy of lesson 01.
//! 실습장입니다. 무엇이든 바꾸어 보고 무슨 일이 일어나는지 살펴보십시오. 레슨 01의 사본에서 시작합니다.
//!
//! Run: `cargo run --bin playground`, then open http://localhost:8000
//!
//! Back to the beginning: `git checkout lessons/playground.rs`

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
    app("playground").mount("/", routes![login_page, login, main_page])
}

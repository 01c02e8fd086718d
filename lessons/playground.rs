//! The playground: change what you like and see what happens. It begins as a copy of lesson 01.
//! 연습장(playground)입니다. 무엇이든 바꿔 보고 결과를 확인해 보세요. 레슨 01과 같은 코드에서 시작합니다.
//!
//! Run: `cargo run --bin playground`, then open http://localhost:8000
//!
//! Back to the beginning: `git checkout lessons/playground.rs`

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
    app("playground").mount("/", routes![login_page, login, main_page])
}

// Exercise 01: Make Bob not Alice.
// 연습 01: bob이 alice로 보이지 않게 하기
//
// Task: `cargo run -- start 01`. Check: `cargo run -- check 01`.

use rocket::form::Form;
use rocket::tokio::sync::Mutex;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
use session_lessons::{Answer, app, redirect, render, show_again};

static LAST_USER: Mutex<Option<String>> = Mutex::const_new(None);

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

    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    *LAST_USER.lock().await = Some(user.userid);
    redirect(uri!(main_page))
}

#[get("/main")]
async fn main_page() -> Answer {
    let user: Option<String> = LAST_USER.lock().await.clone();
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex01").mount("/", routes![login_page, login, main_page])
}

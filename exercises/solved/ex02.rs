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

    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    session.set("user", &user.userid)?;
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    let visits: u32 = session.get_or_default("visits")?;
    let visits: u32 = visits + 1;
    session.set("visits", visits)?;
    let user: String = format!("{user} ({visits})");
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex02")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page])
}

// Exercise 03: The last user of this browser.
// 연습 03: 이 브라우저의 마지막 사용자
//
// Task: `cargo run -- start 03`. Check: `cargo run -- check 03`.

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
fn login_page(session: &Session) -> Answer {
    let userid: Option<String> = session.get("last")?;
    render("login", context! { userid })
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
    render("main", context! { user })
}

#[post("/logout")]
fn logout(session: &Session) -> Answer {
    let user: Option<String> = session.get("user")?;
    if let Some(user) = user {
        session.set("last", user)?;
    }
    session.pop("user");
    redirect(uri!(login_page))
}

#[launch]
fn rocket() -> _ {
    app("ex03")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
}

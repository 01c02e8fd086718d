// Exercise 04: Show it once.
// 연습 04: 한 번만 보여 주기
//
// Task: `cargo run -- start 04`. Check: `cargo run -- check 04`.

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, SignupForm, User};
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
    render("main", context! { user })
}

#[post("/logout")]
fn logout(session: &Session) -> Answer {
    session.pop("user");
    redirect(uri!(login_page))
}

#[get("/signup")]
fn signup_page() -> Answer {
    render("signup", context! {})
}

#[post("/signup", data = "<form>")]
async fn signup(form: Form<SignupForm>, accounts: &Accounts, session: &Session) -> Answer {
    let user: User = match accounts.sign_up(&form).await? {
        Ok(user) => user,
        Err(errors) => return show_again("signup", context! { errors }),
    };

    session.set("success_id", &user.userid)?;
    session.set("success_name", &user.real_name)?;
    session.set("success_email", &user.email)?;
    redirect(uri!(signup_done))
}

#[get("/signup/done")]
fn signup_done(session: &Session) -> Answer {
    let success_id: Option<String> = session.get("success_id")?;
    let Some(success_id) = success_id else {
        return redirect(uri!(signup_page));
    };
    let success_name: String = session.get_or_default("success_name")?;
    let success_email: String = session.get_or_default("success_email")?;
    render(
        "signup_done",
        context! { success_id, success_name, success_email },
    )
}

#[launch]
fn rocket() -> _ {
    app("ex04")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![signup_page, signup, signup_done])
}

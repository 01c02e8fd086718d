//! Lesson 04: from the signup view to the done view.
//!
//! What one view puts into the session, the next view reads back after the redirect.
//! 한 뷰가 세션에 넣어 둔 값을, 리다이렉트 뒤에 다음 뷰가 다시 읽습니다.
//!
//! Run: `cargo run --bin lesson04`, then open http://localhost:8000
//!
//! Changed since lesson 03: the views `signup_page`, `signup` and `signup_done`.

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, SignupForm, User};
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

#[get("/signup")]
fn signup_page() -> Answer {
    render("signup", context! {})
}

#[post("/signup", data = "<form>")]
async fn signup(form: Form<SignupForm>, accounts: &Accounts, session: &Session) -> Answer {
    let user: User = match accounts.sign_up(&form).await? {
        Ok(user) => user,
        Err(errors) => return show_again("signup", context! { typed: form.typed(), errors }),
    };

    // Change the session: three notes for the next view. In the address they would stand in the
    // browser's history, and anybody could make up a link that shows other ones.
    session.set("success_id", &user.userid)?;
    session.set("success_name", &user.real_name)?;
    session.set("success_email", &user.email)?;
    redirect(uri!(signup_done))
}

#[get("/signup/done")]
fn signup_done(session: &Session) -> Answer {
    // Who has not just signed up has nothing to see here.
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
    app("04")
        // Tell the browser: where something was set, this sends the cookie with the session ID.
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![signup_page, signup, signup_done])
}

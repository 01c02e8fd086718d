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
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    let userid: &str = &form.userid;
    if userid.is_empty() || form.password.is_empty() {
        return show_again("login", context! { userid, error: "login-missing-field" });
    }

    // Decide who it is. A wrong user ID and a wrong password get the same answer: two different
    // ones would tell an attacker which accounts exist.
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    // Change the session. Store the user ID as the database has it, not as it was typed: `Alice`
    // may log in too, and must find everything that was kept for `alice`.
    session.set("user", &user.userid)?;
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    // Find the session. `&Session` in the line above did it, by the session ID in the cookie.
    // Decide who it is. Without the key `user`, the visitor is not logged in and goes to `/login`.
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    render("main", context! { user })
}

// Logging out takes a form (POST): with a link (GET), any site could log its visitors out here.
// Forms on other sites (CSRF) are refused before this view runs.
#[post("/logout")]
fn logout(session: &Session) -> Answer {
    // Change the session: delete this one key. The other keys, the row and the cookie stay.
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
        // The form comes back empty.
        Err(errors) => return show_again("signup", context! { errors }),
    };

    // Change the session: three values for the next view. In the URL they would stay in the
    // browser's history, and a made-up link could show false ones.
    session.set("success_id", &user.userid)?;
    session.set("success_name", &user.real_name)?;
    session.set("success_email", &user.email)?;
    redirect(uri!(signup_done))
}

#[get("/signup/done")]
fn signup_done(session: &Session) -> Answer {
    // Without this key nobody has signed up in this browser, and there is nothing to show.
    let success_id: Option<String> = session.get("success_id")?;
    let Some(success_id) = success_id else {
        return redirect(uri!(signup_page));
    };
    let success_name: String = session.get_or_default("success_name")?;
    let success_email: String = session.get_or_default("success_email")?;
    // Each reload shows the page once more.
    render(
        "signup_done",
        context! { success_id, success_name, success_email },
    )
}

#[launch]
fn rocket() -> _ {
    app("ex04")
        // Tell the browser: this sends the cookie when a session begins or its ID changes.
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![signup_page, signup, signup_done])
}

//! Lesson 12a: Session fixation.
//!
//! A login has to give the session a new ID: an attacker who knew the old
//! one would otherwise share the session of the user who logs in.
//! 로그인하면 세션 ID를 재발급해야 합니다. 그러지 않으면 로그인하기
//! 전의 ID를 아는 공격자가 로그인한 사용자의 세션을 함께 쓰게 됩니다.
//!
//! Run: `cargo run --bin lesson12a`, then open http://localhost:8000
//!
//! Changed since lesson 02: the session layer leaves the session ID as it is at a login
//! (`rotate_at_login`); all other views are the shared ones.

use rocket::form::Form;
use rocket::{FromForm, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, show_again};

/// The fields of the login form. A field that was not sent counts as empty, so that the view can
/// ask for it: without the defaults Rocket would answer 422 before the view runs.
#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
}

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    // Find the session. `&Session` found the one whose ID is in the cookie. It can't see who
    // has put that cookie into this browser, nor who else knows the ID.
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

    // Change the session. The session that was there becomes this user's, with its cart.
    session.set("user", &user.userid)?;
    redirect(uri!("/main"))
}

#[launch]
fn rocket() -> _ {
    app("12a")
        // Tell the browser. By itself the layer would give a new ID at every login. Here that is
        // left to the view, as PHP and Express leave it.
        .attach(Session::fairing().by_default("rotate_at_login", false))
        .register("/", strangers_go_to("/login"))
        // The views of lessons 02 to 11; a view of this file comes before one for the same path.
        .mount("/", views::taught_views())
        .mount("/", routes![login])
}

// Exercise 12: Shut Mallory out.
// 연습 12: mallory가 심은 세션 ID 막기
//
// Task: `cargo run -- start 12`. Check: `cargo run -- check 12`.

use rocket::form::Form;
use rocket::{FromForm, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, show_again};

#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
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
    session.rotate();
    redirect(uri!("/main"))
}

#[launch]
fn rocket() -> _ {
    app("ex12")
        .attach(Session::fairing().by_default("rotate_at_login", false))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![login])
}

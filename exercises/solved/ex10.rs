// Exercise 10: A box with an effect.
// 연습 10: 효과가 있는 체크박스
//
// Task: `cargo run -- start 10`. Check: `cargo run -- check 10`.

use std::time::Duration;

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User, strangers_go_to};
use session_lessons::session::{Expiry, Lifetime, Session};
use session_lessons::views;
use session_lessons::{Answer, app, render, show_again};

const REMEMBERED: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
    #[field(default = String::new())]
    next: String,
    remember: bool,
}

#[get("/login?<next>")]
fn login_page(next: Option<String>) -> Answer {
    render("login", context! { next, remember: false })
}

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    let found: Option<User> = accounts.authenticate(&form.userid, &form.password).await?;
    let Some(user) = found else {
        let (userid, next): (&str, &str) = (&form.userid, &form.next);
        let remember: bool = form.remember;
        return show_again(
            "login",
            context! { userid, next, remember, error: "login-wrong" },
        );
    };
    session.set("user", &user.userid)?;
    let expiry: Expiry = if form.remember {
        Expiry::After(REMEMBERED)
    } else {
        Expiry::At(session.layer().now() + 60 * 60)
    };
    session.set_expiry(expiry)?;
    views::go_on(&form.next)
}

#[get("/lifetime")]
fn lifetime_page(session: &Session) -> Answer {
    let lifetime: Option<Lifetime> = session.lifetime();
    render("lifetime", context! { lifetime })
}

#[launch]
fn rocket() -> _ {
    app("ex10")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount(
            "/",
            routes![login_page, login, views::logout, lifetime_page],
        )
        .mount("/", views::user_views())
}

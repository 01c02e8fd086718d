//! Logging in and out.

use rocket::form::Form;
use rocket::{FromForm, Route, get, post, routes, uri};
use rocket_dyn_templates::context;

use crate::accounts::{Accounts, BrowserName};
use crate::answer::{Answer, redirect, redirect_back, render, show_again};
use crate::session::Session;

/// The page after a login that was not on the way to another one.
const AFTER_LOGIN: &str = "/main";

/// `/login`, and `/logout` as lesson 05 taught it. The login is [`Accounts::log_in`]: it sets `user`
/// as lesson 02 taught it, and notes which browser it is, for the page that lists a user's sessions.
/// After it the browser goes on to `next`, the page that it was on the way to.
pub fn login_views() -> Vec<Route> {
    routes![login_page, login, logout]
}

/// The login form. A field that did not come is an empty one.
#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
    #[field(default = String::new())]
    next: String,
}

#[get("/login?<next>")]
fn login_page(next: Option<String>) -> Answer {
    render("login", context! { next })
}

#[post("/login", data = "<form>")]
async fn login(
    form: Form<LoginForm>,
    accounts: &Accounts,
    browser: BrowserName,
    session: &Session,
) -> Answer {
    let LoginForm {
        userid,
        password,
        next,
    } = &*form;
    if userid.is_empty() || password.is_empty() {
        let error = "login-missing-field";
        return show_again("login", context! { userid, next, error });
    }
    let logged_in = accounts.log_in(session, &browser, userid, password);
    if logged_in.await?.is_none() {
        return show_again("login", context! { userid, next, error: "login-wrong" });
    }
    go_on(next)
}

/// Sends the browser on to `next`, the page that it was on the way to, or to `/main`.
///
/// # Errors
///
/// None today, as for [`redirect`].
pub fn go_on(next: &str) -> Answer {
    redirect_back(next, AFTER_LOGIN)
}

/// `/logout` alone, for a lesson that has a login view of its own.
#[post("/logout")]
pub fn logout(session: &Session) -> Answer {
    session.flush();
    redirect(uri!(login_page(next = Option::<String>::None)))
}

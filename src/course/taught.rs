//! Views that earlier lessons taught, for later ones to mount: there they are the same in all.

use rocket::form::Form;
use rocket::{FromForm, Route, get, post, routes, uri};
use rocket_dyn_templates::context;

use crate::accounts::{Accounts, Browser, User, Visitor, identity_key};
use crate::answer::{Answer, redirect, render, show_again};
use crate::own_path::own_path_or;
use crate::session::Session;

/// Where a login leads that was not on the way to somewhere else.
const AFTER_LOGIN: &str = "/main";

/// `/login` as lesson 02 taught it, and `/logout` as lesson 05 did. New is `next`: whoever was on
/// the way to another page gets there after logging in. New is too that the session notes which
/// browser it is, for the page that lists a user's sessions.
pub fn login_views() -> Vec<Route> {
    routes![login_page, login, logout]
}

/// `/main`, `/profile` and `/who` as lesson 06 taught them.
pub fn user_views() -> Vec<Route> {
    routes![main_page, profile_page, who_page]
}

/// What the login form sends. A field that did not come is an empty one.
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
    browser: Browser,
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

/// Sends whoever has logged in to the page that was on the way, or to `/main`.
///
/// # Errors
///
/// None today, as for [`redirect`].
pub fn go_on(next: &str) -> Answer {
    // Only now does it count where `next` leads: it comes from the address, and anybody can send a
    // link that carries one to a page that looks like ours.
    redirect(own_path_or(next, AFTER_LOGIN).to_owned())
}

/// `/logout` alone, for a lesson that has a login view of its own.
#[post("/logout")]
pub fn logout(session: &Session) -> Answer {
    session.flush();
    redirect(uri!(login_page(next = Option::<String>::None)))
}

#[get("/main")]
fn main_page(user: &User) -> Answer {
    render("main", context! { user: &user.userid })
}

#[get("/profile")]
fn profile_page(user: &User) -> Answer {
    render("profile", context! { user })
}

#[get("/who")]
fn who_page(visitor: &Visitor, session: &Session) -> Answer {
    let asked = identity_key(session.layer());
    let key: Option<String> = session.get(asked)?;
    let is_anonymous = visitor.is_anonymous();
    let is_authenticated = visitor.is_authenticated();
    let username = visitor.username();
    render(
        "who",
        context! { asked, key, is_anonymous, is_authenticated, username },
    )
}

//! The pages of lesson 06, each with its own answer to "who is asking?". `&User` lets in users
//! only, `&Visitor` everybody.

use rocket::{Route, get, routes};
use rocket_dyn_templates::context;

use crate::accounts::{User, Visitor, identity_key};
use crate::answer::{Answer, render};
use crate::session::Session;

/// `/main`, `/profile` and `/who` as lesson 06 taught them.
pub fn user_views() -> Vec<Route> {
    routes![main_page, profile_page, who_page]
}

#[get("/main")]
fn main_page(user: &User) -> Answer {
    render("main", context! { user: &user.userid })
}

#[get("/profile")]
fn profile_page(user: &User) -> Answer {
    render("profile", context! { user })
}

// Shows the key in the session beside what the guard made of it.
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

//! The button of lesson 06 that deletes a user behind the session's back.

use rocket::{Route, post, routes, uri};

use crate::accounts::{Accounts, User};
use crate::answer::{Answer, redirect};

/// `POST /who/delete`, for users: deletes the row of the user who asks from the table of users, and
/// no session. The page `/who` then shows what the guard makes of a key without a user.
pub fn deletion_views() -> Vec<Route> {
    routes![delete]
}

#[post("/who/delete")]
async fn delete(user: &User, accounts: &Accounts) -> Answer {
    accounts.delete_row_alone(&user.userid).await?;
    redirect(uri!("/who"))
}

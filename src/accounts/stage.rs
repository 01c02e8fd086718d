//! The accounts as a part of an app.

use rocket::fairing::AdHoc;

use super::Accounts;

/// Hands the accounts to views, after making the demo users where they are missing.
pub fn stage(accounts: Accounts) -> AdHoc {
    AdHoc::try_on_ignite("Accounts", async move |rocket| {
        match accounts.ensure_demo_users().await {
            Ok(()) => Ok(rocket.manage(accounts)),
            Err(error) => {
                log::error!("The demo users can't be made: {error}.");
                Err(rocket)
            }
        }
    })
}

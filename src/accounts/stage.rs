//! The accounts as a part of an app.

use rocket::fairing::AdHoc;

use super::{AccountError, Accounts, user};

impl Accounts {
    /// Makes refusals take as long as the costliest stored password does.
    pub(super) fn expect_stored_costs(&self) -> Result<(), AccountError> {
        if let Some(cost) = user::highest_cost(&self.database)? {
            self.passwords.expect_cost(cost);
        }
        Ok(())
    }
}

/// Hands the accounts to views, after making the demo users where they are missing.
pub fn stage(accounts: Accounts) -> AdHoc {
    AdHoc::try_on_ignite("Accounts", async move |rocket| {
        let made = async {
            accounts.expect_stored_costs()?;
            accounts.ensure_demo_users().await
        };
        match made.await {
            Ok(()) => Ok(rocket.manage(accounts)),
            Err(error) => {
                log::error!("The demo users can't be made: {error}.");
                Err(rocket)
            }
        }
    })
}

//! The accounts as one request sees them.

use std::net::IpAddr;

use rocket::http::Status;
use rocket::outcome::IntoOutcome;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::{Ignite, Rocket, Sentinel, async_trait};

use super::Accounts;
use crate::session::Clock;

impl Accounts {
    /// The same accounts for a visitor at that address, at the time of `clock`.
    pub(super) fn visited(&self, from: Option<IpAddr>, clock: Clock) -> Accounts {
        Accounts {
            from: from.into(),
            clock,
            ..self.clone()
        }
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for &'r Accounts {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let visited = request.local_cache(|| {
            let accounts: &Accounts = request.rocket().state()?;
            let clock: Option<&Clock> = request.rocket().state();
            Some(accounts.visited(request.client_ip(), clock.cloned().unwrap_or_default()))
        });
        visited.as_ref().or_error((Status::InternalServerError, ()))
    }
}

impl Sentinel for &Accounts {
    /// Stops the start where there are no accounts.
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        let missing = rocket.state::<Accounts>().is_none();
        if missing {
            log::error!(
                "A view asks for the accounts, but there are none: add .attach(accounts::stage(…))."
            );
        }
        missing
    }
}

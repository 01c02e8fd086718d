//! `&Session` as a request guard: asking for it loads the session, once a request.

use std::sync::Arc;

use rocket::http::Status;
use rocket::outcome::IntoOutcome;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::tokio::sync::OnceCell;
use rocket::{Ignite, Rocket, Sentinel};

use super::account::{Account, Event};
use super::error::Error;
use super::find::find;
use super::handle::Session;
use super::layer::Layer;
use super::stores::StoreError;

/// Where a request keeps its session, once somebody has asked for it.
#[derive(Default)]
pub(super) struct Slot(OnceCell<Result<Session, Failed>>);

/// Why a session could not be loaded, and what led up to that.
pub(super) struct Failed {
    error: StoreError,
    account: Account,
}

impl Slot {
    pub(super) fn of<'r>(request: &'r Request<'_>) -> &'r Slot {
        request.local_cache(Slot::default)
    }

    /// The session, if somebody has asked for it.
    pub(super) fn asked(&self) -> Option<&Result<Session, Failed>> {
        self.0.get()
    }

    async fn load(&self, layer: &Arc<Layer>, request: &Request<'_>) -> Result<&Session, Error> {
        let load = async {
            let mut account = Account::new();
            match find(layer, request.headers(), &mut account).await {
                Ok(visitor) => Ok(Session::new(layer.clone(), visitor, account)),
                Err(error) => {
                    let reason = error.to_string();
                    account.push(Event::Failed { reason });
                    Err(Failed { error, account })
                }
            }
        };
        let loaded = self.0.get_or_init(|| load).await;
        loaded
            .as_ref()
            .map_err(|failed| failed.error.clone().into())
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r Session {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let Some(layer) = request.rocket().state::<Arc<Layer>>() else {
            let error = StoreError::unavailable("Session::fairing() is not attached");
            return Outcome::Error((Status::InternalServerError, error.into()));
        };
        let loaded = Slot::of(request).load(layer, request).await;
        loaded.or_error(Status::ServiceUnavailable)
    }
}

impl Sentinel for &Session {
    /// Stops the start of an app in which a view asks for `&Session` and no layer is attached.
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        let missing = rocket.state::<Arc<Layer>>().is_none();
        if missing {
            eprintln!(
                "A view asks for &Session, but the session layer is not attached: \
                 add .attach(Session::fairing())."
            );
        }
        missing
    }
}

impl Session {
    /// What the layer did for a request, and why. Empty where nobody asked for its session. It is
    /// complete when the session fairing has seen the response.
    pub fn account_of(request: &Request<'_>) -> Account {
        match Slot::of(request).asked() {
            Some(Ok(session)) => session.account(),
            Some(Err(failed)) => failed.account.clone(),
            None => Account::new(),
        }
    }
}

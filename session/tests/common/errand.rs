//! The errand of a request: a test hands its view to the app's, and gets the trace back.

use std::sync::{Arc, Mutex};

use rocket::futures::future::BoxFuture;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};
use rocket_session_layer::{Error, Session, Trace};
use serde_json::Value;

pub type View = Box<dyn for<'s> FnOnce(&'s Session) -> BoxFuture<'s, Result<Value, Error>> + Send>;

/// Errand of one request: the view that the test hands to it, and the trace that comes back.
pub struct Errand {
    pub view: Mutex<Option<View>>,
    pub status: Status,
    pub trace: Mutex<Trace>,
}

impl Errand {
    pub fn new(status: Status, view: Option<View>) -> Arc<Self> {
        Arc::new(Errand {
            view: Mutex::new(view),
            status,
            trace: Mutex::default(),
        })
    }

    pub fn of<'r>(request: &'r Request<'_>) -> &'r Arc<Errand> {
        request.local_cache(|| Errand::new(Status::Ok, None))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for &'r Errand {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Errand::of(request))
    }
}

//! The engine `postgres`, and what holds for it alone.

mod addresses;
mod faults;
mod schema;

use rocket::error::ErrorKind;
use rocket::local::asynchronous::Client;
use rocket_session_layer::Session;
use serde_json::Value;

use crate::common::app::unattached;
use crate::common::log::warnings;

/// Starts an app with these settings. Returns true if it starts, and everything that it has warned of.
async fn started(settings: Value) -> (bool, String) {
    let rocket = unattached(settings).attach(Session::fairing().without_purge());
    let starts = match Client::untracked(rocket).await {
        Ok(_) => true,
        Err(error) => !matches!(error.kind(), ErrorKind::FailedFairings(_)),
    };
    (starts, warnings().join("\n"))
}

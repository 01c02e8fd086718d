//! Under which key a session says who is logged in.

use crate::session::Layer;

/// The key where the session layer is told not to watch any.
const UNWATCHED: &str = "user";

/// The key under which a login leaves the userid: the configured `session.identity_key`. If that is
/// empty, the layer does not know about users, and logins leave the userid under `user`.
pub fn identity_key(layer: &Layer) -> &str {
    match layer.config().identity_key.as_str() {
        "" => UNWATCHED,
        key => key,
    }
}

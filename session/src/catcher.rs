//! The app's own page for an error that is found only when its view has already answered.

use std::io::Cursor;

use rocket::http::Status;
use rocket::http::uri::Origin;
use rocket::{Request, Response};

/// The app's own page for a status: the catcher that Rocket would choose. Plain text if there is
/// none or it fails.
pub(crate) async fn caught<'r>(request: &'r Request<'_>, status: Status) -> Response<'r> {
    let depth = |base: &Origin<'_>| base.path().segments().len();
    let covers = |base: &Origin<'_>| {
        let mut path = request.uri().path().segments();
        base.path().segments().all(|part| path.next() == Some(part))
    };
    let catcher = request
        .rocket()
        .catchers()
        .filter(|catcher| catcher.code.is_none_or(|code| code == status.code))
        .filter(|catcher| covers(&catcher.base))
        .max_by_key(|catcher| (depth(&catcher.base), catcher.code.is_some()));
    if let Some(catcher) = catcher
        && let Ok(mut response) = catcher.handler.handle(status, request).await
    {
        response.set_status(status);
        return response;
    }
    let text = status.to_string();
    Response::build()
        .status(status)
        .raw_header("Content-Type", "text/plain; charset=utf-8")
        .sized_body(text.len(), Cursor::new(text))
        .finalize()
}

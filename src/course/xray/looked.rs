//! The row that is shown: the one that the view asked for, or else one that is looked up.

use rocket::Request;

use crate::session::{Event, Inspected, Layer, Record, Session, Trace};

/// A text key: a remark on the row.
pub(super) type RowNote = Option<&'static str>;

/// The row of a session that the view did not ask for. Only an X-ray that is watched costs the store
/// a look; a record that the browser carries came with the request.
pub(super) async fn looked_up(
    layer: &Layer,
    inspected: Option<Inspected<'_>>,
    is_watched: impl FnOnce() -> bool,
) -> (Option<Record>, RowNote) {
    let Some(inspected) = inspected else {
        return (None, Some("xray-row-none"));
    };
    if !inspected.is_carried() && !is_watched() {
        return (None, Some("xray-not-looked"));
    }
    let live = |record: &Record| layer.now() < record.expires;
    match inspected.record().await {
        Ok(Some(record)) if record.secret_hash != inspected.secret_hash => {
            (None, Some("xray-opens-none"))
        }
        Ok(Some(record)) if live(&record) && inspected.is_carried() => (Some(record), None),
        Ok(Some(record)) if live(&record) => (Some(record), Some("xray-looked-itself")),
        Ok(Some(_)) => (None, Some("xray-row-over")),
        Ok(None) => (None, Some("xray-opens-none")),
        Err(_) => (None, Some("xray-no-answer")),
    }
}

/// The row as the session that the view asked for last saw it, with what this request changed. No
/// second look into the store is needed.
pub(super) async fn asked(request: &Request<'_>, trace: &Trace) -> (Option<Record>, RowNote) {
    let Some(session) = request.guard::<&Session>().await.succeeded() else {
        return (None, Some("xray-no-answer"));
    };
    let over = |event: &Event| matches!(event, Event::Expired { .. });
    let ended = trace.iter().find_map(|event| match event {
        Event::Ended { sealed, .. } => Some(*sealed),
        _ => None,
    });
    let record = session.record();
    let note = match (&record, ended) {
        (Some(_), _) => None,
        (None, Some(true)) => Some("xray-only-forgotten"),
        (None, Some(false)) => Some("xray-row-gone"),
        (None, None) if trace.iter().any(over) => Some("xray-row-over"),
        (None, None) => Some("xray-row-none"),
    };
    (record, note)
}

//! A request's own memory: its session, once it was asked for.

use std::sync::atomic::{AtomicBool, Ordering};

use rocket::Request;
use rocket::tokio::sync::OnceCell;

use crate::handle::Session;
use crate::trace::Trace;

/// The place in which a request keeps its session, once it was asked for.
#[derive(Default)]
pub(crate) struct Slot {
    session: OnceCell<Session>,
    /// True once the layer's fairing has seen the response.
    told: AtomicBool,
}

impl Slot {
    pub(crate) fn of<'r>(request: &'r Request<'_>) -> &'r Slot {
        request.local_cache(Slot::default)
    }

    /// The session, if it was asked for.
    pub(crate) fn session(&self) -> Option<&Session> {
        self.session.get()
    }

    /// The session that was asked for, before the browser is told. One that is asked for only after
    /// that can be read and not changed.
    pub(crate) fn session_to_tell(&self) -> Option<&Session> {
        self.told.store(true, Ordering::Relaxed);
        self.session()
    }

    /// The session, loaded now if it was not asked for before.
    pub(crate) async fn session_or_load(&self, load: impl Future<Output = Session>) -> &Session {
        let load = async {
            let session = load.await;
            session.state().told = self.told.load(Ordering::Relaxed);
            session
        };
        self.session.get_or_init(|| load).await
    }
}

/// In a request's cache: true if Rocket has dropped its `Cookie` header.
pub(crate) struct CookiesDropped(pub(crate) bool);

impl Session {
    /// Everything that the layer did for a request, and why. Empty if nothing asked for its
    /// session. It is complete when the session fairing has seen the response.
    ///
    /// ```
    /// # use rocket::fairing::AdHoc;
    /// # use rocket_session_layer::Session;
    /// let explain = AdHoc::on_response("Explain", |request, _| Box::pin(async move {
    ///     for event in Session::trace_of(request) {
    ///         println!("{event}");
    ///     }
    /// }));
    /// # let _ = explain;
    /// ```
    pub fn trace_of(request: &Request<'_>) -> Trace {
        let session = Slot::of(request).session();
        session.map(Session::trace).unwrap_or_default()
    }

    /// Tells the layer that Rocket has dropped this request's `Cookie` header, before anything asks
    /// for the session, so that the trace has [`Event::CookiesDropped`](crate::Event::CookiesDropped).
    ///
    /// Rocket reads no header that is not UTF-8. One such byte in another program's cookie on this
    /// host takes all cookies along, and Rocket says so only in its log: a logger can hear it.
    ///
    /// ```
    /// # use rocket::fairing::AdHoc;
    /// # use rocket_session_layer::Session;
    /// # fn heard_of_it() -> bool { false }
    /// let hand_on = AdHoc::on_request("Dropped cookies", |request, _| Box::pin(async move {
    ///     if heard_of_it() {
    ///         Session::cookies_were_dropped(request);
    ///     }
    /// }));
    /// # let _ = hand_on;
    /// ```
    pub fn cookies_were_dropped(request: &Request<'_>) {
        request.local_cache(|| CookiesDropped(true));
    }
}

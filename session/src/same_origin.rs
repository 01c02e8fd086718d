//! Forms that come from another site are refused before their view runs.

use std::sync::Arc;

use rocket::fairing::{self, Fairing, Info, Kind};
use rocket::http::uri::{Absolute, Host};
use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Build, Data, Request, Rocket, async_trait};

use crate::config::Secure;
use crate::layer::Layer;
use crate::target;

/// Methods that change something. GET, HEAD and OPTIONS don't, so they may come from anywhere.
const METHODS_THAT_CHANGE: [Method; 6] = [
    Method::Post,
    Method::Put,
    Method::Patch,
    Method::Delete,
    Method::Connect,
    Method::Trace,
];

/// Protection against cross-site request forgery (CSRF), without tokens in forms.
///
/// A browser sends our cookies with a form that stands on another site's page, too, and even
/// without a cookie such a form can log its visitor in as another user. But the browser says where
/// the form stands, and pages can't forge that. A request that is to change something (POST, PUT,
/// PATCH, DELETE, CONNECT or TRACE) is answered with the app's page for 403
///
/// - if its `Sec-Fetch-Site` is anything but `same-origin` or `none`: a neighbour's page under the
///   same domain, or on another port, is foreign too;
/// - or, if it has none, its `Origin` is not this server's scheme, host and port. `null` never is.
///   Browsers send no `Sec-Fetch-Site` to addresses that are neither https nor this machine.
///
/// A request with neither header comes from no browser, so no visitor's cookies are at stake: it
/// passes. With the setting `session.same_origin = false` everything does: then it is up to the app
/// to check. Without the session layer there is no such setting, and the check is on.
///
/// ```
/// use rocket_session_layer::{SameOrigin, Session};
///
/// let rocket = rocket::build()
///     .attach(SameOrigin::fairing())
///     .attach(Session::fairing());
/// # let _ = rocket;
/// ```
///
/// It needs neither a session nor the layer: an app that keeps its visitors in private cookies, or
/// keeps none, attaches it alone, and leaves the crate's engines out by `default-features = false`:
///
/// ```
/// use rocket::http::{Header, Status};
/// use rocket::local::blocking::Client;
/// use rocket::{post, routes};
/// use rocket_session_layer::SameOrigin;
///
/// #[post("/transfer")]
/// fn transfer() {}
///
/// # use rocket::config::{Config, LogLevel};
/// # let quiet = Config { log_level: LogLevel::Off, ..Config::default() };
/// let app = rocket::custom(quiet).attach(SameOrigin::fairing()).mount("/", routes![transfer]);
/// let client = Client::untracked(app).expect("the app starts");
/// let site = |site: &'static str| Header::new("Sec-Fetch-Site", site);
/// let own = client.post("/transfer").header(site("same-origin")).dispatch();
/// assert_eq!(own.status(), Status::Ok);
/// let foreign = client.post("/transfer").header(site("cross-site")).dispatch();
/// assert_eq!(foreign.status(), Status::Forbidden);
/// ```
///
/// Behind a proxy that speaks TLS, set `session.secure = true`, and let the proxy pass the `Host`
/// header on; if it can't, name your address with [`trust`](SameOrigin::trust).
///
/// Sources: OWASP's [Cross-Site Request Forgery Prevention Cheat Sheet][owasp] (Fetch Metadata),
/// Go 1.25's [`CrossOriginProtection`][go], and [Rocket's issue 14][rocket], still open.
///
/// [owasp]: https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
/// [go]: https://pkg.go.dev/net/http#CrossOriginProtection
/// [rocket]: https://github.com/rwf2/Rocket/issues/14
#[derive(Clone, Debug, Default)]
pub struct SameOrigin {
    trusted: Vec<String>,
}

impl SameOrigin {
    /// The check, to be attached to an app.
    ///
    /// ```
    /// # use rocket_session_layer::SameOrigin;
    /// let rocket = rocket::build().attach(SameOrigin::fairing());
    /// # let _ = rocket;
    /// ```
    pub fn fairing() -> Self {
        SameOrigin::default()
    }

    /// Lets requests from `origin` pass, too: scheme, host and, unless it is the usual one, port.
    /// This is for an address that a proxy hides from this server, or a page of yours elsewhere. A
    /// text that is no such origin stops the start.
    ///
    /// ```
    /// # use rocket_session_layer::SameOrigin;
    /// let check = SameOrigin::fairing().trust("https://shop.example");
    /// # let _ = check;
    /// ```
    #[must_use]
    pub fn trust(mut self, origin: &str) -> Self {
        self.trusted.push(origin.to_owned());
        self
    }

    /// True if this check has refused the request. Views answer 403 too, for reasons of their own.
    ///
    /// ```
    /// # use rocket::{Request, catch};
    /// # use rocket_session_layer::SameOrigin;
    /// #[catch(403)]
    /// fn forbidden(request: &Request<'_>) -> &'static str {
    ///     if SameOrigin::refused(request) {
    ///         "This form came from another site."
    ///     } else {
    ///         "This belongs to somebody else."
    ///     }
    /// }
    /// ```
    pub fn refused(request: &Request<'_>) -> bool {
        request.local_cache(|| Refused(false)).0
    }
}

#[async_trait]
impl Fairing for SameOrigin {
    fn info(&self) -> Info {
        Info {
            name: "Same origin",
            kind: Kind::Ignite | Kind::Singleton,
        }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> fairing::Result {
        let mut trusted = Vec::new();
        for origin in &self.trusted {
            match Origin::of(origin) {
                Some(place) => trusted.push(place),
                None => {
                    log::error!(
                        target: target::SETUP,
                        "The same-origin check can't trust {origin:?}: it is no origin."
                    );
                    return Err(rocket);
                }
            }
        }
        // Only the configuration knows of a proxy that speaks TLS.
        let secure = rocket.figment().extract_inner("session.secure");
        let behind_tls = matches!(secure, Ok(Secure::Always));
        let tls = behind_tls || Secure::Auto.applies(rocket.figment());
        let check = Check { tls, trusted };
        // Rocket asks routes in the order of their ranks: this one is asked first, for every path,
        // and hands what is not foreign on, body unread, to the view.
        let first = |method| {
            let mut route = Route::ranked(isize::MIN, method, "/<_..>", check.clone());
            // Rocket's log of each request names it.
            route.name = Some("SameOrigin".into());
            route
        };
        Ok(rocket.mount("/", METHODS_THAT_CHANGE.map(first)))
    }
}

struct Refused(bool);

#[derive(Clone)]
struct Check {
    /// Browsers reach this server by https.
    tls: bool,
    trusted: Vec<Origin>,
}

#[async_trait]
impl Handler for Check {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        if self.passes(request) {
            Outcome::forward(data, Status::NotFound)
        } else {
            request.local_cache(|| Refused(true));
            log::info!(
                target: target::SECURITY,
                "a form from another site is refused: {} {} from {:?}",
                request.method(),
                request.uri().path(),
                request.headers().get_one("Origin").unwrap_or_default()
            );
            Outcome::error(Status::Forbidden)
        }
    }
}

impl Check {
    fn passes(&self, request: &Request<'_>) -> bool {
        let layer = request.rocket().state::<Arc<Layer>>();
        if layer.is_some_and(|layer| !layer.config.same_origin) {
            return true;
        }
        let origins: Vec<_> = request.headers().get("Origin").map(Origin::of).collect();
        let trusted = |origin: &Option<Origin>| {
            let mut trusted = self.trusted.iter();
            trusted.any(|place| Some(place) == origin.as_ref())
        };
        if !origins.is_empty() && origins.iter().all(trusted) {
            return true;
        }
        let mut sites = request.headers().get("Sec-Fetch-Site").peekable();
        if sites.peek().is_some() {
            return sites.all(|site| matches!(site, "same-origin" | "none"));
        }
        origins.is_empty() || {
            let here = self.here(request);
            here.is_some() && origins.iter().all(|origin| *origin == here)
        }
    }

    /// The place that the request was sent to.
    fn here(&self, request: &Request<'_>) -> Option<Origin> {
        // Rocket's local client sets the header only. Over HTTP/2 there may be no such header.
        let header = || Host::parse(request.headers().get_one("Host")?).ok();
        let host = request.host().cloned().or_else(header)?;
        let scheme = if self.tls { "https" } else { "http" };
        Some(Origin::new(scheme, host.domain().as_str(), host.port()))
    }
}

/// An origin: scheme, host and port (RFC 6454, section 4).
#[derive(Clone, PartialEq, Eq)]
struct Origin {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl Origin {
    fn new(scheme: &str, host: &str, port: Option<u16>) -> Self {
        let scheme = scheme.to_ascii_lowercase();
        let usual = match scheme.as_str() {
            "http" => Some(80),
            "https" => Some(443),
            _ => None,
        };
        Origin {
            scheme,
            host: host.to_ascii_lowercase(),
            port: port.or(usual),
        }
    }

    /// `None`: the text is no origin, as `null` is none.
    fn of(origin: &str) -> Option<Self> {
        let address = Absolute::parse(origin).ok()?;
        let authority = address
            .authority()
            .filter(|found| !found.host().is_empty())?;
        let bare = authority.user_info().is_none()
            && address.path().is_empty()
            && address.query().is_none();
        bare.then(|| Origin::new(address.scheme(), authority.host(), authority.port()))
    }
}

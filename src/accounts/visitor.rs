//! Who is asking: a user, or somebody anonymous.
//!
//! The session's key `user` is only a name. The guards here ask the table of users what it is
//! worth today: whoever was deleted while logged in is anonymous from the next request on.

use rocket::http::{Method, RawStr, Status};
use rocket::outcome::IntoOutcome;
use rocket::request::{FromRequest, Outcome, Request};
use rocket::response::{Redirect, Responder};
use rocket::{Catcher, Ignite, Rocket, Sentinel, async_trait, catcher};

use super::{Accounts, User};
use crate::own_path::is_own_path;
use crate::session::Session;

/// The key under which a login leaves the userid.
const KEY: &str = "user";

/// Who is asking, as a request guard: `visitor: &Visitor`.
///
/// | Django | here |
/// | --- | --- |
/// | `request.user` | `visitor: &Visitor` |
/// | `request.user.is_authenticated` | [`visitor.is_authenticated()`](Visitor::is_authenticated) |
/// | `request.user.is_anonymous` | [`visitor.is_anonymous()`](Visitor::is_anonymous) |
/// | `request.user.username` | [`visitor.username()`](Visitor::username) |
/// | `@login_required` | `user: &User` |
/// | `LOGIN_URL = '/login'` | [`.register("/", strangers_go_to("/login"))`](strangers_go_to) |
///
/// It is found out once a request, when the first guard asks, with one query where the session
/// names somebody and none where it does not. A login in the same request does not change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// Somebody who has logged in and still has an account.
    User(User),
    /// Anybody else.
    Anonymous,
}

impl Visitor {
    /// Whether it is a user.
    pub fn is_authenticated(&self) -> bool {
        matches!(self, Visitor::User(_))
    }

    /// Whether it is nobody whom the server knows.
    pub fn is_anonymous(&self) -> bool {
        !self.is_authenticated()
    }

    /// The userid; of somebody anonymous it is empty, as in Django.
    pub fn username(&self) -> &str {
        self.user().map_or("", |user| &user.userid)
    }

    /// The user, if it is one.
    pub fn user(&self) -> Option<&User> {
        match self {
            Visitor::User(user) => Some(user),
            Visitor::Anonymous => None,
        }
    }
}

/// Finds out who is asking. A database that does not answer is no anonymous visitor: it is a 503.
async fn find(request: &Request<'_>) -> Result<Visitor, Status> {
    let failed = |status: Status, reason: String| {
        log::error!("who is asking can't be told: {reason}");
        status
    };
    let session: &Session = match request.guard().await {
        Outcome::Success(session) => session,
        Outcome::Error((status, error)) => return Err(failed(status, error.to_string())),
        Outcome::Forward(status) => return Err(status),
    };
    let userid: Option<String> = session
        .get(KEY)
        .map_err(|error| failed(error.status(), error.to_string()))?;
    let Some(userid) = userid else {
        return Ok(Visitor::Anonymous);
    };
    let accounts = request.rocket().state::<Accounts>();
    let accounts = accounts.ok_or(Status::InternalServerError)?;
    let user = accounts
        .find(&userid)
        .map_err(|error| failed(error.status(), error.to_string()))?;
    Ok(user.map_or(Visitor::Anonymous, Visitor::User))
}

#[async_trait]
impl<'r> FromRequest<'r> for &'r Visitor {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let found = request.local_cache_async(find(request)).await;
        match found {
            Ok(visitor) => Outcome::Success(visitor),
            Err(status) => Outcome::Error((*status, ())),
        }
    }
}

/// A view that asks for `user: &User` is for those who are logged in. For anybody else it does not
/// run: the guard answers 401, and [`strangers_go_to`] says what becomes of that.
#[async_trait]
impl<'r> FromRequest<'r> for &'r User {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<&Visitor>().await {
            Outcome::Success(visitor) => visitor.user().or_error((Status::Unauthorized, ())),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

impl Sentinel for &Visitor {
    /// Stops the start where the session layer, or the accounts, are missing.
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        let no_accounts = rocket.state::<Accounts>().is_none();
        if no_accounts {
            eprintln!(
                "A view asks who is asking, but there are no accounts: \
                 add .attach(accounts::stage(…))."
            );
        }
        no_accounts || <&Session as Sentinel>::abort(rocket)
    }
}

impl Sentinel for &User {
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        <&Visitor as Sentinel>::abort(rocket)
    }
}

/// Sends those who would have to be logged in to the page at `login`, and tells that page where
/// they wanted to go: `/login?next=/profile`.
///
/// `next` comes back with the form, so by then anybody may have written it: the login view has to
/// look at it with [`is_own_path`] before it redirects there.
pub fn strangers_go_to(login: &'static str) -> Vec<Catcher> {
    vec![Catcher::new(401, ToLogin(login))]
}

#[derive(Clone)]
struct ToLogin(&'static str);

#[async_trait]
impl catcher::Handler for ToLogin {
    async fn handle<'r>(&self, _: Status, request: &'r Request<'_>) -> catcher::Result<'r> {
        let place = match wanted(request) {
            Some(page) => format!("{}?next={}", self.0, encoded(&page)),
            None => self.0.to_owned(),
        };
        Redirect::to(place).respond_to(request)
    }
}

/// The page to come back to: what a GET asked for. A form is not sent a second time; after it
/// there is a page to come back to only where its path has one.
fn wanted(request: &Request<'_>) -> Option<String> {
    let uri = request.uri();
    let page = if matches!(request.method(), Method::Get | Method::Head) {
        uri.to_string()
    } else {
        let has_page = request
            .rocket()
            .routes()
            .any(|route| route.method == Method::Get && route.uri.path() == uri.path().as_str());
        has_page.then(|| uri.path().to_string())?
    };
    is_own_path(&page).then_some(page)
}

/// As a value in a query. Slashes may stay there, and are easier to read.
fn encoded(page: &str) -> String {
    let encoded = RawStr::new(page).percent_encode();
    encoded.as_str().replace("%2F", "/")
}

#[cfg(test)]
mod tests {
    use rocket::error::ErrorKind;
    use rocket::http::Header;
    use rocket::local::blocking::Client;
    use rocket::{Build, get, post, routes};
    use tempfile::TempDir;

    use super::*;
    use crate::accounts::{self, Passwords};
    use crate::db::{Database, Synchronous};
    use crate::schema::COURSE_MIGRATIONS;

    /// Deletes the account between two guards of one request: the second asks nobody again.
    #[get("/twice")]
    async fn twice(visitor: &Visitor, twin: DeletedMeanwhile<'_>) -> String {
        format!("{} {}", visitor.username(), twin.0.username())
    }

    struct DeletedMeanwhile<'r>(&'r Visitor);

    #[async_trait]
    impl<'r> FromRequest<'r> for DeletedMeanwhile<'r> {
        type Error = ();

        async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
            let accounts = request.rocket().state::<Accounts>().unwrap();
            assert!(accounts.delete("alice").await.unwrap());
            request.guard::<&Visitor>().await.map(DeletedMeanwhile)
        }
    }

    #[get("/in/<userid>")]
    fn log_in(userid: &str, session: &Session) {
        session.set(KEY, userid).unwrap();
    }

    #[get("/profile")]
    fn profile(user: &User) -> String {
        user.real_name.clone()
    }

    #[post("/profile")]
    fn change(_user: &User) {}

    #[post("/nowhere")]
    fn send(_user: &User) {}

    fn app() -> (TempDir, Rocket<Build>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        let database = Database::open(&path, Synchronous::Normal).unwrap();
        database.migrate(COURSE_MIGRATIONS).unwrap();
        let accounts = Accounts::new(database, Passwords::new(4).unwrap());
        let config = rocket::Config::figment()
            .merge(("log_level", "off"))
            .merge(("session.database", path));
        let rocket = rocket::custom(config)
            .attach(accounts::stage(accounts))
            .register("/", strangers_go_to("/login"))
            .mount("/", routes![twice, log_in, profile, change, send]);
        (folder, rocket)
    }

    /// What a browser brings along after having been to `path`.
    fn cookie_from(client: &Client, path: &str) -> Header<'static> {
        let response = client.get(path).dispatch();
        let cookie = response.headers().get_one("Set-Cookie").unwrap();
        let pair = cookie.split(';').next().unwrap();
        Header::new("Cookie", pair.to_owned())
    }

    #[test]
    fn who_is_asking_is_found_out_once_a_request() {
        let (_folder, rocket) = app();
        let client = Client::tracked(rocket.attach(Session::fairing())).unwrap();
        let cookie = cookie_from(&client, "/in/alice");
        let get = |path| client.get(path).header(cookie.clone()).dispatch();
        assert_eq!(get("/profile").into_string().as_deref(), Some("Alice Kim"));
        assert_eq!(get("/twice").into_string().as_deref(), Some("alice alice"));
        assert_eq!(get("/profile").status(), Status::SeeOther);
    }

    #[test]
    fn a_stranger_comes_back_to_a_page_and_never_to_a_form() {
        let (_folder, rocket) = app();
        let client = Client::tracked(rocket.attach(Session::fairing())).unwrap();
        let place = |request: rocket::local::blocking::LocalRequest<'_>| {
            let response = request.dispatch();
            assert_eq!(response.status(), Status::SeeOther);
            response.headers().get_one("Location").unwrap().to_owned()
        };
        assert_eq!(
            place(client.get("/profile?a=1&b=2")),
            "/login?next=/profile%3Fa%3D1%26b%3D2"
        );
        assert_eq!(place(client.post("/profile?a=1")), "/login?next=/profile");
        assert_eq!(place(client.post("/nowhere")), "/login");
    }

    #[test]
    fn without_the_session_layer_the_start_stops() {
        let (_folder, rocket) = app();
        let error = Client::tracked(rocket).map(drop).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::SentinelAborts(_)));
    }

    #[test]
    fn a_value_that_is_no_name_is_an_error_and_nobody_is_let_in() {
        #[get("/in")]
        fn number(session: &Session) {
            session.set(KEY, 7).unwrap();
        }
        let (_folder, rocket) = app();
        let rocket = rocket
            .mount("/", routes![number])
            .attach(Session::fairing());
        let client = Client::tracked(rocket).unwrap();
        let cookie = cookie_from(&client, "/in");
        let answer = client.get("/profile").header(cookie).dispatch();
        assert_eq!(answer.status(), Status::InternalServerError);
    }
}

//! The pages on which users look after their accounts, and what they promise.

mod copied_cookie;
mod deletion;
mod identity_key;
mod own_sessions;
mod password;
mod taught;

use std::cell::RefCell;
use std::sync::Arc;

use diesel::connection::SimpleConnection;
use rocket::Route;
use rocket::figment::Figment;
use rocket::http::{ContentType, Header};
use rocket::local::asynchronous::{Client, LocalRequest};
use serde_json::{Value, json};
use session_lessons::accounts::{Accounts, strangers_go_to};
use session_lessons::app::try_app;
use session_lessons::db::{Database, Synchronous};
use session_lessons::session::stores::DatabaseStore;
use session_lessons::session::{Clock, Config, Layer, Locker, Session};
use session_lessons::views;
use tempfile::TempDir;

use crate::common::page;
use crate::common::probe::Probe;
use crate::common::time::START;

pub const ALICE: &str = "wonder-land-7";
pub const BOB: &str = "tree-house-42";
pub const NEW: &str = "three-tulips";

pub const FIREFOX: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0";
pub const CHROMIUM: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

/// An app as a lesson builds it, which has the account pages.
pub struct House {
    client: Client,
    pub clock: Clock,
    pub store: Probe,
    folder: TempDir,
}

impl House {
    pub async fn new() -> House {
        House::configured(json!({})).await
    }

    pub async fn configured(settings: Value) -> House {
        let views = [
            views::login_views(),
            views::user_views(),
            views::account_views(),
        ];
        House::mounting(settings, views.concat()).await
    }

    pub async fn mounting(mut settings: Value, views: Vec<Route>) -> House {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sessions.db");
        let sessions = Database::open(path, Synchronous::Normal).unwrap();
        let store = Probe::new(Arc::new(
            DatabaseStore::open(sessions, &Config::default()).unwrap(),
        ));
        let clock = Clock::manual(START);
        settings["database"] = json!(folder.path().join("course.db"));
        let figment = Figment::from(rocket::Config::debug_default())
            .merge(("password_cost", 4))
            .merge(("port", 0))
            .merge(("log_level", "off"))
            .merge(("session", settings));
        let fairing = Session::fairing()
            .with_clock(clock.clone())
            .with_store(store.clone());
        let rocket = try_app("ex06", figment)
            .unwrap()
            .manage(clock.clone())
            .attach(fairing)
            .register("/", strangers_go_to("/login"))
            .mount("/", views);
        let client = Client::untracked(rocket).await.unwrap();
        store.purged().await;
        House {
            client,
            clock,
            store,
            folder,
        }
    }

    pub fn accounts(&self) -> &Accounts {
        self.client.rocket().state().unwrap()
    }

    pub fn layer(&self) -> &Layer {
        let layer: Option<&Arc<Layer>> = self.client.rocket().state();
        layer.unwrap()
    }

    /// A visitor with a browser that calls itself this.
    pub fn seat(&self, agent: &str) -> Seat<'_> {
        Seat {
            house: self,
            agent: agent.to_owned(),
            language: "en",
            cookie: RefCell::default(),
        }
    }

    /// A browser in which this user has logged in.
    pub async fn logged_in(&self, agent: &str, userid: &str, password: &str) -> Seat<'_> {
        let seat = self.seat(agent);
        let answer = seat.log_in(userid, password).await;
        assert_eq!(answer.place.as_deref(), Some("/main"), "{}", answer.page);
        seat
    }

    /// Makes the table of users unreadable.
    pub fn lose_the_users(&self) {
        let path = self.folder.path().join("course.db");
        let database = Database::open(path, Synchronous::Normal).unwrap();
        let mut connection = database.connect().unwrap();
        let lose = "ALTER TABLE users RENAME TO lost";
        connection.batch_execute(lose).unwrap();
    }
}

/// A browser that keeps its session's cookie.
pub struct Seat<'a> {
    house: &'a House,
    agent: String,
    pub language: &'static str,
    pub cookie: RefCell<Option<String>>,
}

pub struct Answer {
    pub status: u16,
    /// The page that it redirects to.
    pub place: Option<String>,
    pub html: String,
    /// The content as a person reads it.
    pub page: String,
}

impl Seat<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.house.client.get(path.to_owned())).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_with(path, form, None).await
    }

    pub async fn post_with(
        &self,
        path: &str,
        form: &[(&str, &str)],
        header: Option<Header<'static>>,
    ) -> Answer {
        let encoded = |text: &str| rocket::http::RawStr::new(text).percent_encode().to_string();
        let pairs = form
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)));
        let body: Vec<String> = pairs.collect();
        let mut request = self.house.client.post(path.to_owned());
        request.add_header(ContentType::Form);
        if let Some(header) = header {
            request.add_header(header);
        }
        self.send(request.body(body.join("&"))).await
    }

    pub async fn log_in(&self, userid: &str, password: &str) -> Answer {
        let form = [("userid", userid), ("password", password)];
        self.post("/login", &form).await
    }

    pub async fn change_password(&self, old: &str, new: &str) -> Answer {
        let form = [
            ("old_password", old),
            ("password1", new),
            ("password2", new),
        ];
        self.post("/account/password", &form).await
    }

    /// The account page's words.
    pub async fn account(&self) -> String {
        let answer = self.get("/account").await;
        assert_eq!(answer.status, 200, "{:?}", answer.place);
        answer.page
    }

    pub async fn is_logged_in(&self) -> bool {
        self.get("/account/password").await.status == 200
    }

    pub fn locker(&self) -> Locker {
        let cookie = self.cookie.borrow();
        Locker::parse(&cookie.as_ref().unwrap()[..13]).unwrap()
    }

    async fn send(&self, mut request: LocalRequest<'_>) -> Answer {
        request.add_header(Header::new("User-Agent", self.agent.clone()));
        request.add_header(Header::new("Accept-Language", self.language));
        if let Some(cookie) = &*self.cookie.borrow() {
            request.add_header(Header::new("Cookie", format!("session_id={cookie}")));
        }
        let response = request.dispatch().await;
        for line in response.headers().get("Set-Cookie") {
            if let Some((pair, _)) = line.split_once(';')
                && let Some(value) = pair.strip_prefix("session_id=")
            {
                let value = (!value.is_empty()).then(|| value.to_owned());
                *self.cookie.borrow_mut() = value;
            }
        }
        let status = response.status().code;
        let place = response.headers().get_one("Location").map(str::to_owned);
        let html = response.into_string().await.unwrap_or_default();
        let page = page::main(&html);
        Answer {
            status,
            place,
            html,
            page,
        }
    }
}

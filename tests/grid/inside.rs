//! Findings of asking an app in this process.

use data_encoding::BASE64URL_NOPAD;
use rocket::config::LogLevel;
use rocket::figment::Figment;
use rocket::http::{Header, Status};
use rocket::local::blocking::Client;
use rocket::{Build, Rocket, get, routes};
use serde_json::{Value, json};
use session_lessons::session::{Error, Session};

use super::cell::Cell;
use crate::common::engines::{Engine, Place};

const NAME: &str = "session_id";

/// Puts this many letters into the session.
#[get("/put/<letters>")]
fn put(letters: usize, session: &Session) -> Result<(), Error> {
    session.set("a", "x".repeat(letters))
}

/// The number of letters; 0 for a stranger.
#[get("/count")]
fn count(session: &Session) -> Result<String, Error> {
    let letters: Option<String> = session.get("a")?;
    Ok(letters.map_or(0, |letters| letters.len()).to_string())
}

#[get("/end")]
fn end(session: &Session) {
    session.flush();
}

/// An app without the session layer, which prints nothing.
fn unattached(settings: Value) -> Rocket<Build> {
    let quiet = rocket::Config {
        log_level: LogLevel::Off,
        ..rocket::Config::debug_default()
    };
    rocket::custom(Figment::from(quiet).merge(("session", settings)))
}

struct App {
    client: Client,
    /// Held so that the files stay.
    _place: Place,
}

impl App {
    fn on(place: Place) -> App {
        let rocket = unattached(place.settings.clone()).attach(Session::fairing());
        let rocket = rocket.mount("/", routes![put, count, end]);
        App {
            client: Client::untracked(rocket).unwrap(),
            _place: place,
        }
    }

    /// The cookie of a new session with this many letters; `None` if it is refused.
    fn put(&self, letters: usize) -> Option<String> {
        let answer = self.client.get(format!("/put/{letters}")).dispatch();
        if answer.status() != Status::Ok {
            return None;
        }
        let cookie = answer.cookies().get(NAME).map(|cookie| cookie.value());
        Some(cookie.unwrap().to_owned())
    }

    fn ask(&self, path: &str, cookie: &str) -> String {
        let cookie = Header::new("Cookie", format!("{NAME}={cookie}"));
        let answer = self.client.get(path.to_owned()).header(cookie).dispatch();
        assert_eq!(answer.status(), Status::Ok);
        answer.into_string().unwrap_or_default()
    }
}

/// True if all sessions that were made are still there when there are as many as the memory holds,
/// and more.
pub fn survives_full_memory(engine: &Engine) -> Cell {
    let little = json!({ "max_size": 1024, "cache_size": 64 * 1024, "synchronous": "normal" });
    let app = App::on(Place::with(engine, little));
    let cookies: Vec<String> = (0..MANY).map_while(|_| app.put(200)).collect();
    assert!(cookies.len() > MANY / 10, "{}", cookies.len());
    let is_there = |cookie: &String| app.ask("/count", cookie) == "200";
    Cell::Is(cookies.iter().all(is_there))
}

/// Sessions that are too many for the little memory there is.
const MANY: usize = 2_000;

/// True if the data of a session can be read in its cookie.
pub fn can_be_read_by_its_owner(engine: &Engine) -> Cell {
    let app = App::on(Place::of(engine));
    let cookie = app.put(200).unwrap();
    let letters = [b'x'; 200];
    let shows = |part: &str| {
        let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).unwrap_or_default();
        bytes.windows(letters.len()).any(|found| found == letters)
    };
    Cell::Is(cookie.split('.').any(shows))
}

/// True if a session that was ended stays ended for a browser that has kept its cookie.
pub fn can_be_revoked(engine: &Engine) -> Cell {
    let app = App::on(Place::of(engine));
    let cookie = app.put(200).unwrap();
    assert_eq!(app.ask("/count", &cookie), "200");
    app.ask("/end", &cookie);
    Cell::Is(app.ask("/count", &cookie) == "0")
}

/// The bytes of data in JSON that go into one session, if strangers may fill theirs as well.
pub fn size(engine: &Engine) -> Cell {
    let generous = json!({ "max_stranger_size": 64 * 1024 });
    let app = App::on(Place::with(engine, generous));
    let (mut fits, mut too_much) = (0, 1024 * 1024);
    while too_much - fits > 1 {
        let letters = (fits + too_much) / 2;
        match app.put(letters) {
            Some(_) => fits = letters,
            None => too_much = letters,
        }
    }
    Cell::Bytes(r#"{"a":""}"#.len() + fits)
}

//! The X-ray: what it shows, what it never shows, to whom, and what it leaves alone.

mod engines;
mod leaves_alone;
mod shows;
mod stream;
mod time;

use std::path::Path;

use rocket::figment::Figment;
use rocket::form::Form;
use rocket::http::uri::Host;
use rocket::http::{ContentType, Header, Status};
use rocket::local::blocking::{Client, LocalRequest};
use rocket::response::content::RawHtml;
use rocket::response::stream::ByteStream;
use rocket::{Build, FromForm, Rocket, get, post, routes};
use session_lessons::session::{Clock, Session};
use session_lessons::{Answer, redirect, render};

const PASSWORD: &str = "hunter2-and-more";
const WHOLE: &str = "<!DOCTYPE html><html><body><p>whole</p></body></html>";

#[derive(FromForm)]
struct Login {
    userid: String,
    #[allow(dead_code)]
    password: String,
}

#[get("/login")]
fn login_page() -> Answer {
    render("login", ())
}

#[post("/login", data = "<form>")]
fn login(form: Form<Login>, session: &Session) -> Answer {
    session.set("user", &form.userid)?;
    redirect(rocket::uri!(main_page))
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    session.get::<String>("user")?;
    render("main", ())
}

#[post("/leave")]
fn leave(session: &Session) -> Answer {
    session.flush();
    render("main", ())
}

#[get("/whole")]
fn whole() -> RawHtml<&'static str> {
    RawHtml(WHOLE)
}

#[get("/streamed")]
fn streamed() -> (ContentType, ByteStream![&'static [u8]]) {
    let stream = ByteStream! { yield WHOLE.as_bytes(); };
    (ContentType::HTML, stream)
}

#[derive(rocket::Responder)]
struct Compressed(RawHtml<&'static str>, Header<'static>);

#[get("/compressed")]
fn compressed() -> Compressed {
    Compressed(RawHtml(WHOLE), Header::new("Content-Encoding", "gzip"))
}

#[get("/text")]
fn text() -> &'static str {
    WHOLE
}

#[get("/piece")]
fn piece() -> RawHtml<&'static str> {
    RawHtml("<p>a piece</p>")
}

fn client(layer: bool) -> Client {
    let folder = tempfile::tempdir().unwrap();
    let rocket = app_in(folder.path(), layer.then_some("database"), Clock::movable());
    Client::untracked(rocket.manage(folder)).unwrap()
}

/// The same with sessions kept by this engine, if any, in this folder.
fn client_in(folder: &Path, engine: Option<&str>) -> Client {
    // As a debug build has it, in whatever build this is tested.
    client_with(folder, engine, Clock::movable())
}

fn client_with(folder: &Path, engine: Option<&str>, clock: Clock) -> Client {
    Client::untracked(app_in(folder, engine, clock)).unwrap()
}

fn app_in(folder: &Path, engine: Option<&str>, clock: Clock) -> Rocket<Build> {
    let figment = Figment::from(rocket::Config::debug_default())
        .merge(("password_cost", 4))
        .merge(("port", 0))
        .merge(("log_level", "off"))
        .merge(("session.engine", engine.unwrap_or("database")))
        .merge(("session.folder", folder.join("sessions")))
        .merge(("session.key_file", folder.join("session.keys")))
        .merge(("session.database", folder.join("xray.db")));
    let layer = engine.is_some();
    let number = if layer { "02" } else { "01" };
    let mut rocket = session_lessons::app::try_app(number, figment).unwrap();
    if layer {
        let views = routes![main_page, login, leave];
        rocket = rocket.attach(Session::fairing()).mount("/", views);
    }
    let views = routes![login_page, whole, streamed, compressed, text, piece];
    rocket.mount("/", views).manage(clock)
}

/// A request from this machine, under a name of this machine, with these cookies.
fn here<'c>(mut request: LocalRequest<'c>, cookies: &str) -> LocalRequest<'c> {
    let host = Host::parse("localhost:8000").unwrap();
    request.inner_mut().set_host(host);
    let request = request.remote("127.0.0.1:50000".parse().unwrap());
    // Rocket's test client keeps cookies in its jar only; what browsers send is a header.
    match cookies {
        "" => request,
        cookies => request.header(Header::new("Cookie", cookies.to_owned())),
    }
}

fn page(client: &Client, path: &'static str, cookies: &str) -> String {
    let response = here(client.get(path), cookies).dispatch();
    response.into_string().unwrap()
}

fn post(client: &Client, path: &'static str, cookies: &str, form: String) {
    let request = here(client.post(path), cookies).header(ContentType::Form);
    request.body(form).dispatch();
}

/// Logs alice in; returns the cookie that her browser then sends.
fn log_in(client: &Client) -> String {
    let form = here(client.post("/login"), "").header(ContentType::Form);
    let form = form.body(format!("userid=alice&password={PASSWORD}"));
    let response = form.dispatch();
    assert_eq!(response.status(), Status::SeeOther);
    let cookie = response.headers().get_one("Set-Cookie").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// The lines of all exchanges in a page, such as `POST /login → 303 /main`.
fn lines(page: &str) -> Vec<String> {
    let line = |part: &str| {
        let text = part.split("</code></span>").next().unwrap();
        text.replace("<code>", "")
            .replace("</code>", "")
            .replace("<span aria-hidden=\"true\">→</span>", "→")
    };
    page.split("<span class=\"xray-line\">")
        .skip(1)
        .map(line)
        .collect()
}

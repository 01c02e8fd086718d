//! The X-ray: what it shows, what it never shows, to whom, and what it leaves alone.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rocket::figment::Figment;
use rocket::form::Form;
use rocket::http::uri::Host;
use rocket::http::{ContentType, Header, Status};
use rocket::local::blocking::{Client, LocalRequest, LocalResponse};
use rocket::response::content::RawHtml;
use rocket::response::stream::ByteStream;
use rocket::{FromForm, get, post, routes};
use session_lessons::session::Session;
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
    redirect("/main".parse::<rocket::http::uri::Reference>().unwrap())
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
    let figment = Figment::from(rocket::Config::debug_default())
        .merge(("password_cost", 4))
        .merge(("port", 0))
        .merge(("log_level", "off"))
        .merge(("session.database", folder.path().join("xray.db")));
    let number = if layer { "02" } else { "01" };
    let mut rocket = session_lessons::app::try_app(number, figment).unwrap();
    if layer {
        let views = routes![main_page, login, leave];
        rocket = rocket.attach(Session::fairing()).mount("/", views);
    }
    let views = routes![login_page, whole, streamed, compressed, text, piece];
    Client::tracked(rocket.mount("/", views)).unwrap()
}

/// A request from this machine, under a name of this machine.
fn here(mut request: LocalRequest<'_>) -> LocalRequest<'_> {
    request
        .inner_mut()
        .set_host(Host::parse("localhost:8000").unwrap());
    request.remote("127.0.0.1:50000".parse().unwrap())
}

fn get<'c>(client: &'c Client, path: &'static str) -> LocalResponse<'c> {
    here(client.get(path)).dispatch()
}

fn page(client: &Client, path: &'static str) -> String {
    get(client, path).into_string().unwrap()
}

/// Logs alice in; returns the whole session ID.
fn log_in(client: &Client) -> String {
    let form = here(client.post("/login")).header(ContentType::Form);
    let response = form
        .body(format!("userid=alice&password={PASSWORD}"))
        .dispatch();
    assert_eq!(response.status(), Status::SeeOther);
    let cookie = response.headers().get_one("Set-Cookie").unwrap();
    cookie[11..].split(';').next().unwrap().to_owned()
}

/// The lines of all exchanges in a page, such as `2 POST /login → 303 /main`.
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

#[test]
fn a_page_shows_the_request_that_made_it_and_the_redirect_before() {
    let client = client(true);
    let id = log_in(&client);
    let page = page(&client, "/main");
    assert_eq!(lines(&page), ["POST /login → 303 /main", "GET /main → 200"]);
    assert!(page.find("</main>") < page.find("<aside class=\"xray\""));
    assert!(page.contains("sid#1·a"));
    assert!(page.contains(&format!("session_id={}…", &id[..4])));
    assert!(page.contains("HttpOnly; SameSite=Lax; Path=/"));
    assert!(page.contains("alice logged in."));
    assert!(
        page.contains(r#""user": <ins>&quot;alice&quot;</ins>"#),
        "{page}"
    );
    let reloaded = get(&client, "/main").into_string().unwrap();
    assert_eq!(lines(&reloaded), ["GET /main → 200"]);
}

#[test]
fn neither_password_nor_secret_is_ever_shown() {
    let client = client(true);
    let (locker, secret) = {
        let id = log_in(&client);
        let (locker, secret) = id.split_once('.').unwrap();
        (locker.to_owned(), secret.to_owned())
    };
    let again = here(client.post("/login?password=hunter2-and-more"));
    again
        .header(ContentType::Form)
        .body(format!("password1={PASSWORD}&userid=bob"))
        .dispatch();
    for path in ["/main", "/login", "/xray"] {
        let page = page(&client, path);
        assert!(page.contains("••••••") || path != "/xray");
        for hidden in [PASSWORD, &secret, &secret[..8], &locker] {
            assert!(!page.contains(hidden), "{path} shows {hidden}");
        }
    }
}

#[test]
fn a_long_form_is_shown_as_far_as_it_is_seen() {
    let client = client(true);
    let form = here(client.post("/login")).header(ContentType::Form);
    let rest = "x".repeat(600);
    form.body(format!("userid=alice&password={rest}&last=z"))
        .dispatch();
    let page = page(&client, "/xray");
    assert!(page.contains("userid=alice"));
    assert!(page.contains("cut here"));
    assert!(!page.contains("xxx"));
}

#[test]
fn it_is_for_this_machine_only() {
    let client = client(true);
    let ask = |peer: &str, host: &'static str, path: &'static str| {
        let mut request = client.get(path).remote(peer.parse().unwrap());
        request.inner_mut().set_host(Host::parse(host).unwrap());
        let response = request.dispatch();
        (response.status(), response.into_string().unwrap())
    };
    for (peer, host) in [
        ("192.168.0.7:1", "localhost:8000"),
        ("127.0.0.1:1", "evil.example"),
        ("127.0.0.1:1", "localhost.evil.example:8000"),
    ] {
        assert_eq!(ask(peer, host, "/whole").1, WHOLE);
        for path in ["/xray", "/xray/events"] {
            let (status, page) = ask(peer, host, path);
            assert_eq!(status, Status::NotFound, "{peer} {host} {path}");
            assert!(!page.contains("data-xray"));
        }
    }
    assert!(
        ask("[::1]:1", "[::1]:8000", "/whole")
            .1
            .contains("data-xray")
    );
    // A peer that nobody can name is not this machine either.
    assert_eq!(client.get("/xray").dispatch().status(), Status::NotFound);
}

#[test]
fn what_is_no_whole_page_passes_untouched() {
    let client = client(true);
    assert!(page(&client, "/whole").starts_with("<!DOCTYPE html><html><body><p>whole</p><link"));
    for path in ["/streamed", "/compressed", "/text"] {
        assert_eq!(page(&client, path), WHOLE, "{path}");
    }
    assert_eq!(page(&client, "/piece"), "<p>a piece</p>");
}

#[test]
fn only_requests_of_the_lesson_are_listed() {
    let client = client(true);
    for path in [
        "/assets/style.css",
        "/assets/xray.js",
        "/favicon.ico",
        "/xray",
        "/nowhere",
    ] {
        get(&client, path);
    }
    here(client.post("/language"))
        .header(ContentType::Form)
        .body("lang=ko")
        .dispatch();
    for purpose in ["Sec-Purpose", "Purpose"] {
        let ahead = here(client.get("/login")).header(Header::new(purpose, "prefetch"));
        // If the reader does come to see the page, it has its panel all the same.
        assert_eq!(
            lines(&ahead.dispatch().into_string().unwrap()),
            ["GET /login → 200"]
        );
    }
    let page = page(&client, "/xray");
    assert_eq!(lines(&page), ["GET /nowhere → 404"]);
    // The page itself has no panel.
    assert!(!page.contains("<aside"));
}

#[test]
fn the_languages_cookie_is_told_apart_and_its_attributes_are_known() {
    let client = client(true);
    here(client.post("/language"))
        .header(ContentType::Form)
        .body("lang=ko")
        .dispatch();
    let page = page(&client, "/login");
    assert!(page.contains("lang=ko"));
    assert!(page.contains("이 값은 브라우저가 직접 가지고 있습니다."));
    assert!(page.contains("Max-Age=31536000"));
}

#[test]
fn watching_touches_no_session_and_sets_no_cookie() {
    let client = client(true);
    let id = log_in(&client);
    let response = get(&client, "/xray");
    assert_eq!(response.headers().get("Set-Cookie").count(), 0);
    assert!(!response.into_string().unwrap().contains(&id));
    // The row still waits for the first return of its session ID.
    assert!(page(&client, "/main").contains("The lifetime was extended."));
}

#[test]
fn a_row_that_the_view_did_not_ask_for_is_looked_up_only_for_somebody_who_watches() {
    let client = client(true);
    log_in(&client);
    assert!(page(&client, "/login").contains("The view did not ask, so nobody looked."));
    get(&client, "/xray");
    let seen = page(&client, "/login");
    assert!(seen.contains("Only this X-ray looked."));
    assert!(seen.contains("&quot;alice&quot;"));
    // Whoever knows the locker but not the secret sees nothing of it.
    let locker = client.cookies().get("session_id").unwrap().value()[..14].to_owned();
    let forged = format!("{locker}{}", "A".repeat(43));
    let forged = here(client.get("/login")).cookie(("session_id", forged));
    let forged = forged.dispatch().into_string().unwrap();
    assert!(forged.contains("This session ID opens no row."));
    assert!(!forged.contains("&quot;alice&quot;"));
}

#[test]
fn the_end_of_a_session_is_seen_in_all_three_columns() {
    let client = client(true);
    log_in(&client);
    let page = here(client.post("/leave"))
        .dispatch()
        .into_string()
        .unwrap();
    assert!(page.contains("The browser is told to forget the cookie."));
    assert!(page.contains("<del><code>session_id="));
    assert!(page.contains("The row was deleted."));
    assert!(
        page.contains(r#"<del>"user": &quot;alice&quot;</del>"#),
        "{page}"
    );
}

#[test]
fn without_a_session_layer_nobody_reads_the_cookie_that_was_left_over() {
    let client = client(false);
    let id = format!("0123456789abg.{}", "A".repeat(43));
    let request = client.get("/login").cookie(("session_id", id));
    let page = here(request).dispatch().into_string().unwrap();
    assert!(page.contains("This lesson has no session layer."));
    assert!(page.contains("here nobody reads it."));
    assert!(page.contains("somebody (the server can’t know who)"));
    assert!(page.contains("session_id=0123…"));
    assert!(!page.contains("AAAA"));
}

#[test]
fn a_page_with_its_panel_is_light_and_needs_nobody_else() {
    let client = client(true);
    log_in(&client);
    let main = page(&client, "/main");
    let mut bytes = main.len();
    for part in main
        .split(['"'])
        .filter(|part| part.starts_with("/assets/"))
    {
        bytes += client
            .get(part.to_owned())
            .dispatch()
            .into_bytes()
            .unwrap()
            .len();
    }
    assert!(bytes < 50_000, "{bytes}");
    assert!(!main.contains("http:") && !main.contains("https:") && !main.contains("style="));
}

/// A lesson as students run it.
struct Lesson {
    process: Child,
    port: u16,
}

impl Lesson {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap().keep();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let database = folder.join("xray.db");
        let process = Command::new(env!("CARGO_BIN_EXE_lesson02"))
            .env("ROCKET_PORT", port.to_string())
            .env("ROCKET_SESSION", format!("{{database={database:?}}}"))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(
                begin.elapsed() < Duration::from_secs(20),
                "it does not start"
            );
            sleep(Duration::from_millis(20));
        }
        Lesson { process, port }
    }

    fn ask(&self, path: &str, headers: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n{headers}\r\n",
            self.port
        );
        stream.write_all(request.as_bytes()).unwrap();
        BufReader::new(stream)
    }
}

impl Drop for Lesson {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads on until a line contains this; all that was read.
fn until(stream: &mut BufReader<TcpStream>, wanted: &str) -> String {
    let mut all = String::new();
    while !all.lines().last().unwrap_or_default().contains(wanted) {
        assert_ne!(
            stream.read_line(&mut all).unwrap(),
            0,
            "no {wanted} in {all}"
        );
    }
    all
}

#[test]
fn the_stream_is_live_says_when_it_began_anew_and_ends_with_the_server() {
    let mut lesson = Lesson::start();
    // A browser that comes from an earlier run of the server.
    let mut stream = lesson.ask("/xray/events", "Last-Event-ID: 1.77\r\n");
    let head = until(&mut stream, "event:anew");
    assert!(head.contains("text/event-stream"));
    assert!(!head.to_lowercase().contains("set-cookie"));
    until(
        &mut lesson.ask("/login", "Connection: close\r\n"),
        "</html>",
    );
    let first = until(&mut stream, "GET /login");
    let place = first
        .lines()
        .find_map(|line| line.strip_prefix("id:").filter(|id| id.ends_with(".1")));
    let mut resumed = lesson.ask(&format!("/xray/events?from={}", place.unwrap()), "");
    until(
        &mut lesson.ask("/nowhere", "Connection: close\r\n"),
        "</html>",
    );
    let next = until(&mut resumed, "GET /nowhere");
    assert!(!next.contains("event:anew") && !next.contains("GET /login"));

    let begin = Instant::now();
    let pid = lesson.process.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    lesson.process.wait().unwrap();
    assert!(
        begin.elapsed() < Duration::from_secs(1),
        "{:?}",
        begin.elapsed()
    );
}

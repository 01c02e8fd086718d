//! Lines that a lesson prints: a few at start, then one for each request, with the session layer's
//! work at its end:
//!
//! ```text
//!     POST    /login          303 → /main         session 8f2k… · alice · cookie sent
//! ```
//!
//! Students keep the terminal beside the browser, so the course's own requests are left out.

use std::io::{ErrorKind, Write};
use std::net::{IpAddr, Ipv6Addr, TcpListener};
use std::sync::Arc;

use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::{Orbit, Request, Response, Rocket, async_trait};

use super::text::{columns, padded, printable};
use crate::accounts::DEMO_USERS;
use crate::course::language::events;
use crate::course::language::languages::Language;
use crate::course::language::say::Say;
use crate::course::pages::navigation::Running;
use crate::course::protect::masking;
use crate::course::protect::own_paths::is_own;
use crate::session::{Event, Layer, Session};

/// The browser's warning of a certificate that no authority has signed, and the way past it.
const TLS: [(Option<&str>, &str); 4] = [
    (Some("terminal-tls"), "terminal-tls-why"),
    (None, "terminal-tls-chrome"),
    (None, "terminal-tls-firefox"),
    (None, "terminal-tls-safari"),
];

/// The question that the running lesson opens with, in managed state.
pub struct OpeningQuestion(pub Say);

/// Attaches the terminal, of a lesson's second server if `is_second`. It comes after everything
/// else, so that it prints the status and cookies that really left.
pub fn stage(is_second: bool) -> AdHoc {
    AdHoc::on_ignite("Terminal", async move |rocket| {
        let language = Language::of_terminal();
        rocket.attach(Terminal {
            language,
            is_second,
        })
    })
}

/// The fairing that prints the lines.
struct Terminal {
    language: Language,
    is_second: bool,
}

#[async_trait]
impl Fairing for Terminal {
    fn info(&self) -> Info {
        Info {
            name: "Terminal",
            kind: Kind::Liftoff | Kind::Response,
        }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        print(&self.greeting(rocket));
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let path = request.uri().path();
        if !is_own(path.as_str()) {
            print(&self.request_line(request, response));
        }
    }
}

impl Terminal {
    /// The lines at start: title, question, address, users with their passwords, pages to try, next
    /// lesson. A lesson that asks nothing tells its idea instead, which would be the answer.
    /// Nothing in a test without a running lesson.
    fn greeting(&self, rocket: &Rocket<Orbit>) -> String {
        let say = |key| self.language.text(key);
        let Some(running) = rocket.state::<Running>() else {
            return String::new();
        };
        let lesson = running.lesson;
        let users: Vec<String> = DEMO_USERS
            .iter()
            .map(|user| format!("{} / {}", user.userid, user.password))
            .collect();
        let next = || match running.lessons.next(lesson) {
            Some(next) => next.command(),
            None => say("terminal-last"),
        };
        let mut rows = vec![
            (
                say("terminal-open"),
                address(rocket, lesson.host.as_deref()),
            ),
            (say("terminal-users"), users.join("   ")),
        ];
        if rocket.config().tls_enabled() {
            rows.extend(TLS.map(|(label, text)| (label.map_or_else(String::new, say), say(text))));
        }
        let start = running.start().join("  →  ");
        // A student may have taken out the views that the head names.
        if !start.is_empty() {
            rows.push((say("terminal-try"), start));
        }
        let number = [("number", lesson.number.as_str())];
        let mut title = self.language.text_with("page-lesson", &number);
        if let Some(half) = running.lessons.other_half(lesson)
            && let Some(key) = half.half_key().filter(|_| lesson.is_numbered())
        {
            rows.push((say(key), half.command()));
        }
        // After an exercise no lesson follows, but its check.
        if lesson.is_numbered() {
            title = format!("{title} · {}", lesson.title_in(self.language));
            rows.push((say("terminal-next"), next()));
        } else if let Some(number) = lesson.exercise() {
            title = format!("{title} {number} · {}", lesson.title_in(self.language));
            rows.push((say("terminal-next"), format!("cargo run -- check {number}")));
        }
        if self.is_second {
            title = format!("{title} · {}", say("terminal-second"));
        }
        rows.push((say("terminal-stop"), "Ctrl+C".to_owned()));
        let width = rows
            .iter()
            .map(|(label, _)| columns(label))
            .max()
            .unwrap_or(0);
        let opening = match rocket.state::<OpeningQuestion>() {
            Some(OpeningQuestion(question)) => {
                format!("{}: {}", say("predict-title"), question.text(self.language))
            }
            None => lesson.idea_in(self.language),
        };
        let mut text = format!("\n  {title}\n  {opening}\n\n");
        if running.lessons.has_hole(lesson) {
            text.push_str(&format!("  {}\n\n", say("page-hole")));
        }
        for (label, value) in rows {
            text.push_str(&format!("  {}{value}\n", padded(&label, width + 3)));
        }
        text
    }

    /// The line for a request. Everything from outside is masked and made printable: a path may
    /// hold a password or move the cursor.
    fn request_line(&self, request: &Request<'_>, response: &Response<'_>) -> String {
        let mut status = response.status().code.to_string();
        if let Some(place) = response.headers().get_one("Location") {
            status.push_str(" → ");
            status.push_str(&masking::address(place));
        }
        let line = format!(
            "  {:<6}  {:<14}  {:<18}  {}",
            request.method().as_str(),
            masking::address(request.uri().path().as_str()),
            status,
            self.session_line(request),
        );
        printable(&line)
    }

    /// The session layer's trace in a few words. A request without a word is told apart: the view
    /// did not ask for the session, or there is no layer.
    fn session_line(&self, request: &Request<'_>) -> String {
        if request.rocket().state::<Arc<Layer>>().is_none() {
            return self.language.text("terminal-no-session-layer");
        }
        let trace = Session::trace_of(request);
        if trace.is_empty() {
            return self.language.text("terminal-not-asked");
        }
        // Version and number of tries belong into the X-ray, not into one line.
        let told = trace
            .iter()
            .filter(|event| !matches!(event, Event::Committed { .. }));
        let words: Vec<String> = told
            .map(|event| events::words(event, "event", self.language))
            .collect();
        words.join(" · ")
    }
}

/// The address to open. Rocket has put the port it really got into its configuration, also for port
/// 0. `0.0.0.0` is no address that a browser can open, so it is printed as this machine: by the name that
/// the lesson is about, if there is one.
fn address(rocket: &Rocket<Orbit>, name: Option<&str>) -> String {
    let config = rocket.config();
    let scheme = if config.tls_enabled() {
        "https"
    } else {
        "http"
    };
    let is_here = config.address.is_loopback() || config.address.is_unspecified();
    let host = match (name, config.address) {
        (Some(name), _) if is_here => name.to_owned(),
        (None, IpAddr::V4(_)) if is_here && is_taken(config.port) => "127.0.0.1".to_owned(),
        _ if is_here => "localhost".to_owned(),
        (_, IpAddr::V4(address)) => address.to_string(),
        (_, IpAddr::V6(address)) => format!("[{address}]"),
    };
    format!("{scheme}://{host}:{}", config.port)
}

/// Tells whether another program listens on this port of `[::1]`. Browsers look for `localhost`
/// there first, and would show that program.
fn is_taken(port: u16) -> bool {
    let tried = TcpListener::bind((Ipv6Addr::LOCALHOST, port));
    tried.is_err_and(|error| error.kind() == ErrorKind::AddrInUse)
}

/// Prints a line, if the terminal is still there.
fn print(text: &str) {
    // Not println!, which panics when the terminal is gone; the lesson goes on without it.
    let _ = writeln!(std::io::stdout(), "{text}");
}

//! Chromium is asked the same facts about cookies as the model browser, row by row, so that the two
//! can't disagree. Two small servers on two ports set the cookies and look at the requests.

#[path = "../../src/course/scenario/browser/tests/facts.rs"]
mod facts;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rocket::http::Method;
use serde_json::{Value, json};
use session_lessons::course::scenario::Going;

use crate::browser::Browser;

/// All of them.
const FACTS: [&[facts::CookieFact]; 7] = [
    facts::VALUES,
    facts::PREFIXES,
    facts::SAME_SITE,
    facts::PATHS,
    facts::ORDER,
    facts::HOSTS,
    facts::NEIGHBOURS,
];

/// A request that has not come in this time is not coming.
const PATIENCE: Duration = Duration::from_secs(60);

/// The headers of a request, with small names.
type Headers = Vec<(String, String)>;

/// Two servers on this machine that one browser asks.
struct TwoPorts {
    /// That of addresses without a port, and that of `:9000`.
    ports: [u16; 2],
    /// The `Set-Cookie` header of the next answer.
    set: Arc<Mutex<Option<String>>>,
    seen: Receiver<Headers>,
}

impl TwoPorts {
    fn start() -> TwoPorts {
        let (sender, seen) = channel();
        let set = Arc::default();
        let ports = [(); 2].map(|()| {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            let (sender, set) = (sender.clone(), Arc::clone(&set));
            thread::spawn(move || {
                for stream in listener.incoming() {
                    let (sender, set) = (sender.clone(), Arc::clone(&set));
                    // Browsers open connections for later, too, and leave them silent.
                    thread::spawn(move || answer(stream.unwrap(), &sender, &set));
                }
            });
            port
        });
        TwoPorts { ports, set, seen }
    }

    /// An address or origin of a fact at the port that it has here.
    fn real(&self, address: &str) -> String {
        let (scheme, rest) = address.split_once("://").unwrap();
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        match host.strip_suffix(":9000") {
            Some(host) => format!("{scheme}://{host}:{}{path}", self.ports[1]),
            None => format!("{scheme}://{host}:{}{path}", self.ports[0]),
        }
    }

    /// Lets the browser do a request of a fact.
    fn ask(&self, browser: &Browser, asked: &str, set: Option<&str>) -> Headers {
        let going = facts::going(asked);
        let address = self.real(&format!("http://{}{}", going.host, going.path));
        let open = |address: &str| {
            browser.command("POST", "/url", json!({ "url": address }));
            self.seen.recv_timeout(PATIENCE).unwrap()
        };
        let is_form = going.method == Method::Post;
        let page = match going.from {
            Some(from) => Some(self.real(from)),
            None => is_form.then(|| self.real(&format!("http://{}", going.host))),
        };
        if let Some(page) = &page {
            open(page);
        }
        *self.set.lock().unwrap() = set.map(str::to_owned);
        if page.is_none() {
            return open(&address);
        }
        let address = json!(address);
        browser.run(&match is_form {
            true => format!(
                "const form = document.createElement('form');
                [form.method, form.action] = ['post', {address}];
                document.body.append(form);
                form.submit()"
            ),
            false => format!("location.href = {address}"),
        });
        self.seen.recv_timeout(PATIENCE).unwrap()
    }
}

/// Answers one request, and tells of it.
fn answer(mut stream: TcpStream, sender: &Sender<Headers>, set: &Mutex<Option<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).split(b'\n');
    let mut line = || {
        let line = lines.next()?.ok()?;
        Some(String::from_utf8_lossy(&line).trim_end().to_owned())
    };
    if line().is_none_or(|first| first.contains("/favicon.ico")) {
        return;
    }
    let head = std::iter::from_fn(line).take_while(|line| !line.is_empty());
    let headers = head.filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_lowercase(), value.to_owned()))
    });
    let headers: Headers = headers.collect();
    let set = set.lock().unwrap().take();
    let set = set.map(|set| format!("Set-Cookie: {set}\r\n"));
    let page = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n{}\r\n<body>",
        set.unwrap_or_default()
    );
    // The browser may be gone.
    let _ = stream.write_all(page.as_bytes());
    let _ = sender.send(headers);
}

/// The value of a header.
fn one<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(header, _)| header == name);
    found.map(|(_, value)| value.as_str())
}

pub fn the_model_knows_them(browser: &Browser) {
    let servers = TwoPorts::start();
    let mut differs = Vec::new();
    for (why, headers, asked, goes) in FACTS.into_iter().flatten() {
        browser.devtools("Network.clearBrowserCookies", json!({}));
        for line in *headers {
            let (asked, header) = facts::answer(line);
            servers.ask(browser, asked, Some(header));
        }
        let request = servers.ask(browser, asked, None);
        let sent = match asked.starts_with("SCRIPT ") {
            true => browser.run("return document.cookie"),
            false => Value::from(one(&request, "cookie").unwrap_or_default()),
        };
        if sent != *goes {
            differs.push(format!(
                "{why}: {headers:?}, then {asked}: {sent}, not {goes:?}"
            ));
        }
        let going = facts::going(asked);
        if let Some(from) = going.from {
            let site = match going.is_cross_site() {
                true => "cross-site",
                false => "same-site",
            };
            assert_eq!(one(&request, "sec-fetch-site"), Some(site), "{asked}");
            if going.method == Method::Post {
                assert_eq!(one(&request, "origin"), Some(&*servers.real(from)));
            }
        }
    }
    assert!(differs.is_empty(), "{}", differs.join("\n"));
}

//! A client that sends exactly the bytes it is told to, and follows and keeps nothing.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::page;

/// A lesson that needs longer for an answer is taken for hung.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request, before it is sent.
#[derive(Clone)]
pub struct Request {
    pub method: String,
    /// Path and query, as they go over the wire.
    pub target: String,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn new(method: &str, target: &str) -> Request {
        Request {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub fn get(target: &str) -> Request {
        Request::new("GET", target)
    }

    /// A form as a browser sends it.
    pub fn post(target: &str, form: &[(&str, &str)]) -> Request {
        let fields = form
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = fields.collect::<Vec<_>>().join("&");
        Request::post_bytes(target, body.into_bytes())
    }

    /// A form whose body is anything at all.
    pub fn post_bytes(target: &str, body: Vec<u8>) -> Request {
        Request::new("POST", target).body("application/x-www-form-urlencoded", body)
    }

    pub fn body(mut self, content_type: &str, body: Vec<u8>) -> Request {
        self.body = body;
        self.header("Content-Type", content_type)
    }

    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Request {
        let value = value.as_ref().to_owned();
        self.headers.push((name.to_owned(), value));
        self
    }

    /// The bytes that go over the wire.
    pub fn bytes(&self, port: u16) -> Vec<u8> {
        let mut bytes = Vec::new();
        let first = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        bytes.extend_from_slice(first.as_bytes());
        let host = format!("Host: localhost:{port}\r\nConnection: close\r\n");
        bytes.extend_from_slice(host.as_bytes());
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        if self.method != "GET" {
            let length = format!("Content-Length: {}\r\n", self.body.len());
            bytes.extend_from_slice(length.as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }

    pub fn send(&self, port: u16) -> Answer {
        self.try_send(port)
            .unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// The same where the server may be gone: then there is a reason instead of an answer.
    pub fn try_send(&self, port: u16) -> Result<Answer, String> {
        let connected = TcpStream::connect(("127.0.0.1", port));
        self.through(connected.map_err(|error| error.to_string())?)
    }

    /// The same through a connection that is there already.
    pub fn through(&self, mut stream: TcpStream) -> Result<Answer, String> {
        let peer = stream.peer_addr().map_err(|error| error.to_string())?;
        // A server that refuses a large body closes the connection while it is still coming.
        let _ = stream.write_all(&self.bytes(peer.port()));
        self.answer(&mut stream)
    }

    /// The answer that comes back after it went through this connection.
    pub fn answer(&self, stream: &mut TcpStream) -> Result<Answer, String> {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let bytes = read_answer(stream, self.method != "HEAD")?;
        Ok(Answer::read(&bytes))
    }
}

/// Reads up to the end that the answer itself announces: not every server closes the connection.
fn read_answer(stream: &mut TcpStream, with_body: bool) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut part = [0; 16 * 1024];
    loop {
        // An error ends it as well: a connection that was closed early has brought what it had.
        let ended = stream.read(&mut part);
        let read = *ended.as_ref().unwrap_or(&0);
        bytes.extend_from_slice(&part[..read]);
        let head = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let whole = head.is_some_and(|head| {
            let length = if with_body {
                content_length(&bytes[..head])
            } else {
                0
            };
            bytes.len() >= head + 4 + length
        });
        if whole {
            return Ok(bytes);
        }
        if read == 0 {
            return Err(format!("no whole answer: {ended:?}"));
        }
    }
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let length = head.split("\r\ncontent-length:").nth(1).unwrap_or("0");
    length.lines().next().unwrap().trim().parse().unwrap()
}

/// The answer, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// `303 See Other`
    pub status_line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Answer {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.split("\r\n");
        let status_line = lines.next().unwrap().strip_prefix("HTTP/1.1 ").unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_owned(), value.trim().to_owned())
        };
        Answer {
            status: status_line[..3].parse().unwrap(),
            status_line: status_line.to_owned(),
            headers: lines.map(header).collect(),
            body: body.to_owned(),
        }
    }

    /// All headers of that name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let named = |(found, _): &&(String, String)| found.eq_ignore_ascii_case(name);
        let found = self.headers.iter().filter(named);
        found.map(|(_, value)| value.as_str()).collect()
    }

    /// The header of that name, if there is exactly one.
    pub fn one(&self, name: &str) -> Option<&str> {
        let all = self.all(name);
        (all.len() == 1).then(|| all[0])
    }

    /// The page that it sends the browser to: `/main`; `None` if it is no redirect.
    pub fn sent_to(&self) -> Option<&str> {
        self.one("Location").filter(|_| self.status == 303)
    }

    /// The page's content, as it is read to a person.
    pub fn main(&self) -> String {
        page::main(&self.body)
    }

    /// The language that the page says it is in.
    pub fn language(&self) -> &str {
        let html = self.body.split("<html lang=\"").nth(1).unwrap_or_default();
        html.split('"').next().unwrap_or_default()
    }

    /// Everything by which two answers can be compared: not the time of day, not what stands beside
    /// the page (it tells which request this was), and not the order of the headers, which is
    /// another one in every process.
    pub fn timeless(mut self) -> Answer {
        let beside = [
            ("<aside class=\"beside\"", "<footer"),
            ("<aside class=\"xray\"", "</body>"),
        ];
        for (from, to) in beside {
            let from = self.body.find(from);
            if let (Some(from), Some(to)) = (from, self.body.rfind(to)) {
                self.body.replace_range(from..to, "");
            }
        }
        let told_elsewhere = |name: &str| matches!(name, "date" | "content-length");
        self.headers.retain(|(name, _)| !told_elsewhere(name));
        self.headers.sort();
        self
    }
}

/// A field's name or value as a browser puts it into a form's body.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

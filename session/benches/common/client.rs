//! One connection that is kept, and the requests that can be sent over it.

use std::fmt::Write;
use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;

use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpStream;
use rocket::tokio::runtime::Builder;

use super::response::Head;

/// A request to `examples/plain_app.rs`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Looks at the page that does not ask for the session.
    Plain,
    /// Looks at the page that knows who is logged in.
    Read,
    /// Puts one more into the cart.
    Write,
    /// Looks into the cart.
    Cart,
    /// Logs in, with a browser that has no cookie yet.
    Login,
}

impl Ask {
    /// The status of the answer if all is well.
    pub fn status(self) -> u16 {
        match self {
            Ask::Plain | Ask::Read | Ask::Cart => 200,
            Ask::Write | Ask::Login => 303,
        }
    }

    /// The path.
    pub fn path(self) -> &'static str {
        match self {
            Ask::Plain => "/plain",
            Ask::Read => "/",
            Ask::Write => "/cart/add",
            Ask::Cart => "/cart",
            Ask::Login => "/login",
        }
    }

    /// Writes the request of session `number` into `text`.
    pub fn write(self, number: usize, cookie: &str, text: &mut String) {
        text.clear();
        let path = self.path();
        // Writing into a String can't fail.
        let _ = match self {
            Ask::Plain => write!(text, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            Ask::Read | Ask::Cart => write!(
                text,
                "GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: session_id={cookie}\r\n\r\n"
            ),
            Ask::Write => {
                let cookie = format_args!("Cookie: session_id={cookie}\r\n");
                post(text, path, cookie, format_args!("item=pencil"))
            }
            Ask::Login => {
                let form = format_args!("userid=user{number:07}");
                post(text, path, format_args!(""), form)
            }
        };
    }
}

/// Writes a form's request, with these further headers.
pub fn post(
    text: &mut String,
    path: &str,
    headers: std::fmt::Arguments<'_>,
    form: std::fmt::Arguments<'_>,
) -> std::fmt::Result {
    let form = form.to_string();
    let length = form.len();
    write!(
        text,
        "POST {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\
         Content-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\n\r\n{form}"
    )
}

/// A connection on which one request follows the other.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    ///
    /// Nothing listens there.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection {
            stream,
            received: Vec::with_capacity(4096),
        })
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// # Errors
    ///
    /// The connection breaks, or what comes is no answer.
    pub async fn exchange(&mut self, request: &str) -> Result<Head> {
        self.received.clear();
        self.stream.write_all(request.as_bytes()).await?;
        loop {
            if self.stream.read_buf(&mut self.received).await? == 0 {
                let reason = "the server has closed the connection";
                return Err(Error::new(ErrorKind::UnexpectedEof, reason));
            }
            if let Some(head) = Head::read(&self.received)?
                && self.received.len() >= head.length + head.body
            {
                return Ok(head);
            }
        }
    }

    /// The body that came with this head, the last one.
    pub fn body(&self, head: &Head) -> &[u8] {
        &self.received[head.length..head.length + head.body]
    }
}

/// Asks once, on a connection of its own, and returns the body.
///
/// # Errors
///
/// The connection breaks, or the answer has another status than the expected one.
pub fn ask_once(address: SocketAddr, ask: Ask, cookie: &str) -> Result<Vec<u8>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut request = String::new();
        ask.write(0, cookie, &mut request);
        let mut connection = Connection::open(address).await?;
        let head = connection.exchange(&request).await?;
        if head.status != ask.status() {
            let reason = format!("{} is answered with {}", ask.path(), head.status);
            return Err(Error::new(ErrorKind::InvalidData, reason));
        }
        Ok(connection.body(&head).to_owned())
    })
}

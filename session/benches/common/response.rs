//! Parsing of the few parts of an HTTP response that the benches need.

use std::io::{Error, ErrorKind, Result};

/// The head of a response, read from the beginning of a buffer.
pub struct Head {
    /// The status code.
    pub status: u16,
    /// The session cookie that it sets, without the name; empty where it is removed.
    pub cookie: Option<String>,
    /// It has a `Retry-After`.
    pub retry_after: bool,
    /// Bytes of the head itself.
    pub length: usize,
    /// Bytes of the body after it.
    pub body: usize,
}

impl Head {
    /// Reads a head. `None`: it is not complete yet.
    ///
    /// # Errors
    ///
    /// It is none of HTTP/1.1, or has no length.
    pub fn read(bytes: &[u8]) -> Result<Option<Head>> {
        let text = match str::from_utf8(bytes) {
            Ok(text) => text,
            // The bytes may end in the middle of a letter of the body.
            Err(error) => str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        };
        let Some(end) = text.find("\r\n\r\n") else {
            return Ok(None);
        };
        let mut lines = text[..end].split("\r\n");
        let status = lines
            .next()
            .and_then(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok());
        let mut head = Head {
            status: status.ok_or(ErrorKind::InvalidData)?,
            cookie: None,
            retry_after: false,
            length: end + 4,
            body: 0,
        };
        let mut sized = false;
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            if name.eq_ignore_ascii_case("content-length") {
                head.body = value.parse().map_err(|_| ErrorKind::InvalidData)?;
                sized = true;
            } else if name.eq_ignore_ascii_case("set-cookie") {
                let cookie = value.strip_prefix("session_id=");
                let value = cookie.and_then(|rest| rest.split(';').next());
                head.cookie = value.map(str::to_owned).or(head.cookie);
            } else if name.eq_ignore_ascii_case("retry-after") {
                head.retry_after = true;
            }
        }
        if !sized {
            let reason = "a response of no length";
            return Err(Error::new(ErrorKind::InvalidData, reason));
        }
        Ok(Some(head))
    }
}

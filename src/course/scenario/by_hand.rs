//! Changes of a cookie by hand, in a browser's DevTools.

use std::io;

use data_encoding::BASE64URL_NOPAD;

use super::act::DevTools;

/// Does it to a cookie of this value, if there is one. Returns the value that the browser's cookie
/// has from now on; `None` if it stays.
///
/// # Errors
///
/// The scenario asks for something impossible: to copy or change a cookie that is not there, or to
/// paste before copying.
pub(crate) fn by_hand(
    devtools: &DevTools,
    cookie: Option<&str>,
    clipboard: &mut Option<String>,
) -> io::Result<Option<String>> {
    let nothing = |what| io::Error::other(format!("there is no {what}"));
    match devtools {
        DevTools::Copy => {
            let value = cookie.ok_or_else(|| nothing("cookie to copy"))?;
            *clipboard = Some(value.to_owned());
            Ok(None)
        }
        DevTools::Paste => {
            let copied = clipboard.clone();
            copied.ok_or_else(|| nothing("copy to paste")).map(Some)
        }
        DevTools::Change { from, to } => {
            let value = cookie.ok_or_else(|| nothing("cookie to change"))?;
            let changed = changed(value, from, to);
            changed
                .ok_or_else(|| nothing("such text in the cookie"))
                .map(Some)
        }
    }
}

/// A cookie's value in which each `from` that can be read became `to`; `None` if there is none.
///
/// A signed cookie has its text between two dots, in base64url. The signature stays as it was: without
/// the key there is no other one.
fn changed(value: &str, from: &str, to: &str) -> Option<String> {
    let change = |part: &str| {
        let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        match text.filter(|text| text.contains(from)) {
            Some(text) => BASE64URL_NOPAD.encode(text.replace(from, to).as_bytes()),
            None => part.to_owned(),
        }
    };
    let parts: Vec<String> = value.split('.').map(change).collect();
    Some(parts.join(".")).filter(|changed| changed != value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_is_changed_and_the_rest_stays() {
        let part = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
        let cookie = |user: &str| format!("s1.{}.c2lnbmVk", part(&format!("{{\"a\":\"{user}\"}}")));
        assert_eq!(
            changed(&cookie("alice"), "alice", "bob"),
            Some(cookie("bob"))
        );
        assert_eq!(changed(&cookie("bob"), "alice", "bob"), None);
        assert_eq!(changed("0123456789abg.AAAA", "alice", "bob"), None);
    }
}

//! What somebody does to a cookie by hand, in a browser's DevTools.

use data_encoding::BASE64URL_NOPAD;

/// A cookie's value in which each `from` that can be read became `to`; none where there is none.
///
/// A signed cookie has its text between two dots, in base64url. The signature stays as it was: who
/// has no key can't make another one.
pub(super) fn changed(value: &str, from: &str, to: &str) -> Option<String> {
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

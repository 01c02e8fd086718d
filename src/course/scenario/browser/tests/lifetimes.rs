//! The time for which a browser keeps a cookie, and the dates that say so.

use std::time::Duration;

use super::*;

const DAY: Timestamp = 24 * 60 * 60;

#[test]
#[rustfmt::skip]
fn a_lifetime_ends_and_is_never_longer_than_400_days() {
    // The attributes, and the seconds that are left; `None` until the browser closes.
    let cases = [
        ("", None),
        ("; Max-Age=60", Some(60)),
        ("; max-age = 60", Some(60)),
        ("; Max-Age=060", Some(60)),
        ("; Max-Age=0", Some(0)),
        ("; Max-Age=-1", Some(0)),
        ("; Max-Age=+60", None),
        ("; Max-Age=", None),
        ("; Max-Age=-", None),
        ("; Max-Age=1.5", None),
        ("; Max-Age=60s", None),
        ("; Max-Age=60,120", None),
        ("; Max-Age=\"60\"", None),
        ("; Max-Age=60; Max-Age=30", Some(30)),
        ("; Max-Age=60; Max-Age=x", Some(60)),
        ("; Max-Age=99999999999999999999999", Some(400 * DAY)),
        ("; Max-Age=34560001", Some(400 * DAY)),
        ("; Expires=Thu, 01 Jan 2026 00:01:00 GMT", Some(60)),
        ("; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
        ("; Expires=Thu, 01 Jan 2026 00:00:00 GMT", Some(0)),
        ("; Expires=Fri, 31 Dec 9999 23:59:59 GMT", Some(400 * DAY)),
        ("; Expires=Thu, 01 Jan 2026 00:01:00 GMT; Expires=Thu, 01 Jan 2026 00:02:00 GMT", Some(120)),
        ("; Expires=Thu, 01 Jan 2026 00:01:00 GMT; Expires=soon", Some(60)),
        ("; Expires=0", None),
        ("; Expires", None),
        ("; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Some(60)),
        ("; Expires=Fri, 31 Dec 9999 23:59:59 GMT; Max-Age=0", Some(0)),
        ("; Max-Age=x; Expires=Thu, 01 Jan 2026 00:01:00 GMT", Some(60)),
    ];
    for (attributes, left) in cases {
        let browser = browser(&[&format!("a=1{attributes}")]);
        let cookie = browser.cookie("a", NOW);
        if left == Some(0) {
            assert!(cookie.is_none(), "{attributes}");
            continue;
        }
        let left = left.map(|seconds: Timestamp| Duration::from_secs(seconds.unsigned_abs()));
        assert_eq!(cookie.unwrap().left(NOW), left, "{attributes}");
        let end = NOW + left.map_or(DAY, |left| left.as_secs().cast_signed());
        assert!(browser.cookie("a", end - 1).is_some(), "{attributes}");
        assert_eq!(browser.cookie("a", end).is_some(), left.is_none(), "{attributes}");
    }
}

#[test]
#[rustfmt::skip]
fn a_date_is_read_from_whatever_looks_like_one() {
    let morning = 784_111_777; // 1994-11-06 08:49:37 UTC
    let cases = [
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(morning)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(morning)),
        ("Sun Nov  6 08:49:37 1994", Some(morning)),
        ("08:49:37 1994 Nov 6", Some(morning)),
        ("6 november 1994 8:49:37", Some(morning)),
        ("6/nOv/94@8:49:37", Some(morning)),
        ("1994 6 8:49:37 Nov", Some(morning)),
        ("Sun, 06 Nov 1994 08:49:37 +0900", Some(morning)),
        ("Sun, 6th Nov 1994 08:49:37am", Some(morning)),
        ("Sun, 06 Nov 1994 08:49:37:99 GMT", Some(morning)),
        ("Mon, 06 Nov 1994 08:49:37 GMT, 07 Dec 1999 01:02:03", Some(morning)),
        ("Sun Nov 06 1994 08:49:37 GMT-0500 (EST)", Some(morning)),
        ("Sun, 06 Nov 08:49:37 1994 GMT", Some(morning)),
        ("Sun, 06-Nov-1994 08: 49:37 GMT", None),
        ("1 Jan 70 0:0:0", Some(0)),
        ("1 Jan 69 0:0:0", Some(3_124_224_000)),
        ("29 Feb 2024 0:0:0", Some(1_709_164_800)),
        ("29 Feb 2023 0:0:0", None),
        ("31 Apr 2024 0:0:0", None),
        ("0 Jan 2024 0:0:0", None),
        ("32 Jan 2024 0:0:0", None),
        ("1 Jan 1600 0:0:0", None),
        ("1 Jan 2024 24:00:00", None),
        ("1 Jan 2024 0:60:0", None),
        ("1 Jan 2024 0:0:60", None),
        ("1 Jan 2024 0:0", None),
        ("1 Jan 2024 000:0:0", None),
        ("1 Jan 20244 0:0:0", None),
        ("1 Jan 9 0:0:0", None),
        ("1 Ja 2024 0:0:0", None),
        ("Jan 2024 0:0:0", None),
        ("2024-01-01T00:00:00Z", None),
        ("", None),
    ];
    for (text, read) in cases {
        assert_eq!(date::read(text), read, "{text}");
    }
}

#[test]
fn a_closed_browser_keeps_what_has_a_lifetime() {
    let headers = [
        "a=1; Max-Age=60",
        "b=2",
        "c=3; Expires=Thu, 01 Jan 2026 00:01:00 GMT",
    ];
    let mut browser = browser(&headers);
    browser.close();
    let sent = |later| browser.header(going(HOME), NOW + later);
    assert_eq!(sent(0).as_deref(), Some("a=1; c=3"));
    assert_eq!(sent(59).as_deref(), Some("a=1; c=3"));
    assert_eq!(sent(60), None);
}

#[test]
fn a_cookie_that_has_ended_guards_no_place() {
    let guarded = "https://shop.example/ -> a=1; Max-Age=60; Secure";
    let mut browser = browser(&[guarded, "https://shop.example/ -> b=2"]);
    browser.set("a=3", going("http://shop.example/"), NOW + 60);
    let sent = browser.header(going(TLS), NOW + 60);
    assert_eq!(sent.as_deref(), Some("b=2; a=3"));
}

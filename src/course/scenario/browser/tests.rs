//! Cookies as browsers treat them, one line a case. Most of them: why, the `Set-Cookie` headers, the
//! request that follows, and its `Cookie` header. A header comes from `https://shop.example/`
//! where it does not begin with another address and an arrow.

use std::time::Duration;

use super::*;

/// The time at which the cookies are set: 2026-01-01 00:00:00 UTC.
const NOW: Timestamp = 1_767_225_600;
const DAY: Timestamp = 24 * 60 * 60;
const HOME: &str = "https://shop.example/";

type Case = (
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
);

/// `POST https://shop.example/x`, after `foreign` where it begins on another site's page.
fn going(text: &str) -> Going<'_> {
    let (foreign, text) = text
        .strip_prefix("foreign ")
        .map_or((false, text), |text| (true, text));
    let (method, address) = match text.split_once(' ') {
        Some((method, address)) => (method.parse().expect("a method"), address),
        None => (Method::Get, text),
    };
    let (scheme, rest) = address.split_once("://").expect("an address");
    let slash = rest.find('/').expect("a path");
    let (host, path) = rest.split_at(slash);
    Going {
        method,
        host,
        path,
        foreign,
        tls: scheme == "https",
    }
}

fn browser(headers: &[&str]) -> Browser {
    let mut browser = Browser::default();
    for line in headers {
        let (address, header) = line.split_once(" -> ").unwrap_or((HOME, line));
        browser.set(header, going(address), NOW);
    }
    browser
}

/// The `Cookie` header of the request, after so many seconds.
fn sent(headers: &[&str], asked: &str, later: Timestamp) -> String {
    browser(headers)
        .header(going(asked), NOW + later)
        .unwrap_or_default()
}

fn check(cases: &[Case]) {
    for (why, headers, asked, goes) in cases {
        assert_eq!(
            sent(headers, asked, 0),
            *goes,
            "{why}: {headers:?}, then {asked}"
        );
    }
}

#[test]
#[rustfmt::skip]
fn a_name_and_a_value_are_what_stands_before_the_first_semicolon() {
    check(&[
        ("plain", &["a=1"], HOME, "a=1"),
        ("spaces and tabs around", &["  a \t= \t1 2\t ; Path=/"], HOME, "a=1 2"),
        ("a tab inside stays", &["a=1\t2"], HOME, "a=1\t2"),
        ("only the first = divides", &["a=b=c=="], HOME, "a=b=c=="),
        ("quotes belong to the value", &["a=\"1 2\""], HOME, "a=\"1 2\""),
        ("a semicolon ends a quoted value too", &["a=\"1;2\""], HOME, "a=\"1"),
        ("a comma divides nothing", &["a=1,b=2"], HOME, "a=1,b=2"),
        ("nothing is decoded", &["a%20=%3B"], HOME, "a%20=%3B"),
        ("other scripts", &["이름=값"], HOME, "이름=값"),
        ("names differ by case", &["a=1", "A=2"], HOME, "a=1; A=2"),
        ("a name like an attribute's", &["Path=/x; Path=/"], HOME, "Path=/x"),
        ("an empty value", &["a="], HOME, "a="),
        ("an empty value ends at the attributes", &["a=; Secure"], HOME, "a="),
        ("no = makes a value without a name", &["token"], HOME, "token"),
        ("neither does a = in front", &["=token"], HOME, "token"),
        ("of a nameless value the rest is kept", &["=a=b"], HOME, "a=b"),
        ("two without a name are one", &["x", "=y"], HOME, "y"),
        ("neither name nor value", &["=", "", " ; Path=/", ";a=1"], HOME, ""),
        ("unknown attributes", &["a=1; Priority=High; x; =y; ; Version=1"], HOME, "a=1"),
        ("a control character", &["a=1\x012", "b\x7f=1", "c=1; Path=/\x1f"], HOME, ""),
        ("a line end or a NUL", &["a=1\r\nb=2", "a=1\n", "a=1\0"], HOME, ""),
    ]);
}

#[test]
#[rustfmt::skip]
fn a_cookie_goes_to_its_path_and_below_it() {
    check(&[
        ("the default is the page's folder", &["https://shop.example/a/b -> x=1"], "https://shop.example/a/c", "x=1"),
        ("and nothing beside it", &["https://shop.example/a/b -> x=1"], "https://shop.example/b", ""),
        ("the folder itself, too", &["https://shop.example/a/b -> x=1"], "https://shop.example/a", "x=1"),
        ("a page at the top is in /", &["https://shop.example/a -> x=1"], "https://shop.example/b", "x=1"),
        ("a folder's own page", &["https://shop.example/a/ -> x=1"], "https://shop.example/", ""),
        ("slashes of a query do not count", &["https://shop.example/a?b/c/d -> x=1"], "https://shop.example/b", "x=1"),
        ("a path", &["x=1; Path=/cart"], "https://shop.example/cart/add", "x=1"),
        ("a path and a query", &["x=1; Path=/cart"], "https://shop.example/cart?a=/", "x=1"),
        ("a word that only begins alike", &["x=1; Path=/cart"], "https://shop.example/cartoon", ""),
        ("a slash at the end asks for one", &["x=1; Path=/cart/"], "https://shop.example/cart", ""),
        ("and then for no other", &["x=1; Path=/cart/"], "https://shop.example/cart/a", "x=1"),
        ("case counts", &["x=1; Path=/Cart"], "https://shop.example/cart", ""),
        ("nothing is decoded", &["x=1; Path=/%63art"], "https://shop.example/cart", ""),
        ("a foreign path may be named", &["https://shop.example/a/b -> x=1; Path=/c"], "https://shop.example/c", "x=1"),
        ("a relative path is none", &["https://shop.example/a/b -> x=1; Path=c"], "https://shop.example/a/", "x=1"),
        ("a quoted path is none", &["https://shop.example/a/b -> x=1; Path=\"/\""], "https://shop.example/", ""),
        ("an empty path is none", &["https://shop.example/a/b -> x=1; Path="], "https://shop.example/", ""),
        ("the last of two", &["x=1; Path=/; Path=/cart"], "https://shop.example/", ""),
        ("also where it is none", &["https://shop.example/a/b -> x=1; Path=/; Path"], "https://shop.example/", ""),
        ("attributes in any case", &["x=1; pAtH \t= /cart"], "https://shop.example/", ""),
    ]);
}

#[test]
#[rustfmt::skip]
fn longer_paths_go_first_and_then_those_that_were_there_first() {
    check(&[
        ("the order of setting", &["b=1", "a=2", "c=3"], HOME, "b=1; a=2; c=3"),
        ("a longer path", &["a=1; Path=/", "b=2; Path=/x/y", "c=3; Path=/x"], "https://shop.example/x/y", "b=2; c=3; a=1"),
        ("one name, two paths", &["a=1; Path=/", "a=2; Path=/x"], "https://shop.example/x", "a=2; a=1"),
        ("a replaced cookie keeps its place", &["a=1", "b=2", "a=3"], HOME, "a=3; b=2"),
        ("a removed one does not", &["a=1", "b=2", "a=; Max-Age=0", "a=3"], HOME, "b=2; a=3"),
        ("another path replaces nothing", &["a=1; Path=/x", "a=2; Path=/"], HOME, "a=2"),
        ("nor removes anything", &["a=1", "a=; Path=/x; Max-Age=0"], HOME, "a=1"),
        ("the default path is a path", &["a=1; Path=/", "a=2"], HOME, "a=2"),
    ]);
}

#[test]
#[rustfmt::skip]
fn a_cookie_goes_to_its_host_and_below_its_domain() {
    check(&[
        ("a host alone", &["a=1"], "https://www.shop.example/", ""),
        ("a domain", &["a=1; Domain=shop.example"], "https://www.shop.example/", "a=1"),
        ("a dot in front", &["a=1; Domain=.shop.example"], "https://www.shop.example/", "a=1"),
        ("two dots in front", &["a=1; Domain=..shop.example"], HOME, ""),
        ("a dot at the end", &["a=1; Domain=shop.example."], HOME, ""),
        ("case does not count", &["https://SHOP.example/ -> a=1; Domain=Shop.EXAMPLE"], "https://www.shop.Example/", "a=1"),
        ("from below", &["https://www.shop.example/ -> a=1; Domain=shop.example"], HOME, "a=1"),
        ("for somebody below", &["a=1; Domain=www.shop.example"], "https://www.shop.example/", ""),
        ("a foreign domain", &["a=1; Domain=bank.example"], "https://bank.example/", ""),
        ("and nothing is kept here", &["a=1; Domain=bank.example"], HOME, ""),
        ("an end that is no label", &["https://myshop.example/ -> a=1; Domain=shop.example"], "https://myshop.example/", ""),
        ("nor asked so", &["a=1; Domain=shop.example"], "https://myshop.example/", ""),
        ("a public suffix", &["a=1; Domain=example"], HOME, ""),
        ("an empty domain", &["a=1; Domain="], "https://www.shop.example/", ""),
        ("an empty one is no other", &["a=1; Domain=; Path=/"], HOME, "a=1"),
        ("the last of two", &["a=1; Domain=bank.example; Domain=shop.example"], "https://www.shop.example/", "a=1"),
        ("also where it is empty", &["a=1; Domain=bank.example; Domain"], HOME, "a=1"),
        ("alone and with a domain are two", &["a=1", "a=2; Domain=shop.example"], HOME, "a=1; a=2"),
        ("an address alone", &["http://127.0.0.1/ -> a=1; Domain=127.0.0.1"], "http://127.0.0.1/", "a=1"),
        ("nothing is below an address", &["http://127.0.0.1/ -> a=1; Domain=0.0.1"], "http://127.0.0.1/", ""),
        ("localhost", &["http://localhost/ -> a=1; Domain=localhost"], "http://localhost/", "a=1"),
        ("localhost alone", &["http://localhost/ -> a=1; Domain=localhost"], "http://app.localhost/", ""),
        ("a host of two names", &["http://localhost/ -> a=1"], "http://127.0.0.1/", ""),
        ("ports separate nothing", &["http://localhost:8000/ -> a=1"], "http://localhost:8705/", "a=1"),
        ("nor do they in IPv6", &["http://[::1]:8000/ -> a=1"], "http://[::1]/", "a=1"),
    ]);
}

#[test]
#[rustfmt::skip]
fn a_secure_cookie_needs_encryption() {
    check(&[
        ("over TLS", &["a=1; Secure"], HOME, "a=1"),
        ("and without it", &["a=1; Secure"], "http://shop.example/", ""),
        ("nor is it set so", &["http://shop.example/ -> a=1; Secure"], HOME, ""),
        ("its value does not count", &["a=1; secure=false"], "http://shop.example/", ""),
        ("one without it goes everywhere", &["a=1"], "http://shop.example/", "a=1"),
        ("not overwritten from outside", &["a=1; Secure", "http://shop.example/ -> a=2"], HOME, "a=1"),
        ("nor removed", &["a=1; Secure", "http://shop.example/ -> a=; Max-Age=0"], HOME, "a=1"),
        ("nor shadowed by a longer path", &["a=1; Secure; Path=/x", "http://shop.example/ -> a=2; Path=/x/y"], "https://shop.example/x/y", "a=1"),
        ("nor by a wider domain", &["a=1; Secure", "http://shop.example/ -> a=2; Domain=shop.example"], HOME, "a=1"),
        ("nor from below", &["a=1; Secure; Domain=shop.example", "http://www.shop.example/ -> a=2"], "https://www.shop.example/", "a=1"),
        ("a shorter path stands behind it", &["a=1; Secure; Path=/x", "http://shop.example/ -> a=2; Path=/"], "https://shop.example/x", "a=1; a=2"),
        ("another name is free", &["a=1; Secure", "http://shop.example/ -> b=2"], HOME, "a=1; b=2"),
        ("TLS may overwrite it", &["a=1; Secure", "a=2"], "http://shop.example/", "a=2"),
    ]);
}

#[test]
#[rustfmt::skip]
fn a_prefix_of_the_name_is_a_promise() {
    check(&[
        ("__Secure- and Secure", &["__Secure-a=1; Secure; Domain=shop.example"], HOME, "__Secure-a=1"),
        ("and without", &["__Secure-a=1"], HOME, ""),
        ("and without TLS", &["http://shop.example/ -> __Secure-a=1; Secure"], HOME, ""),
        ("__Host- and all it asks", &["__Host-a=1; Secure; Path=/"], HOME, "__Host-a=1"),
        ("without Secure", &["__Host-a=1; Path=/"], HOME, ""),
        ("without Path", &["__Host-a=1; Secure"], HOME, ""),
        ("with another path", &["__Host-a=1; Secure; Path=/x"], "https://shop.example/x", ""),
        ("with a domain", &["__Host-a=1; Secure; Path=/; Domain=shop.example"], HOME, ""),
        ("with an empty domain", &["__Host-a=1; Secure; Path=/; Domain="], HOME, "__Host-a=1"),
        ("in any case", &["__hOST-a=1; Path=/", "__SECURE-a=1"], HOME, ""),
        ("a value that would be read as one", &["__Host-a", "=__secure-a=1", "=__Host-a=1; Path=/"], HOME, ""),
        ("somewhere else it is none", &["a__Host-=1", "__Hosta=2"], HOME, "a__Host-=1; __Hosta=2"),
    ]);
}

#[test]
#[rustfmt::skip]
fn another_site_sends_what_same_site_lets_it() {
    const LINK: &str = "foreign https://shop.example/";
    const FORM: &str = "foreign POST https://shop.example/";
    check(&[
        ("Lax and a link", &["a=1; SameSite=Lax"], LINK, "a=1"),
        ("Lax and a form", &["a=1; SameSite=Lax"], FORM, ""),
        ("Lax and our own form", &["a=1; SameSite=Lax"], "POST https://shop.example/", "a=1"),
        ("nothing is Lax", &["a=1"], FORM, ""),
        ("so is an unknown word", &["a=1; SameSite=Loose"], LINK, "a=1"),
        ("Strict and a link", &["a=1; SameSite=Strict"], LINK, ""),
        ("Strict and our own form", &["a=1; SameSite=Strict"], "POST https://shop.example/", "a=1"),
        ("None and a form", &["a=1; SameSite=None; Secure"], FORM, "a=1"),
        ("None without Secure", &["a=1; SameSite=None"], HOME, ""),
        ("in any case", &["a=1; samesite=STRICT"], LINK, ""),
        ("the last of two", &["a=1; SameSite=None; SameSite=Strict"], LINK, ""),
        ("also where it is unknown", &["a=1; SameSite=Strict; SameSite=x"], LINK, "a=1"),
        ("a foreign page's form may set it", &["foreign POST https://shop.example/ -> a=1; SameSite=Strict"], HOME, "a=1"),
    ]);
}

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
fn name_and_value_have_4096_bytes_and_an_attribute_1024() {
    let long = |length: usize| "x".repeat(length);
    let wide = "가".repeat(1365);
    let cases = [
        (format!("a={}", long(4095)), true),
        (format!("a={}", long(4096)), false),
        (format!("{}=1", long(4095)), true),
        (long(4096), true),
        (long(4097), false),
        (format!("a={wide}"), true),
        (format!("ab={wide}"), false),
        (format!("a= {} ; Path=/", long(4095)), true),
        (format!("a=1; Path=/{}", long(1023)), false),
        (format!("a=1; Path=/{}", long(1024)), true),
        (format!("a=1; Path=/; Path=/{}", long(1024)), true),
        (format!("a=1; Domain={}", long(1025)), true),
        (format!("a=1; x={}", long(5000)), true),
    ];
    for (header, goes) in cases {
        let start: String = header.chars().take(20).collect();
        let sent = !sent(&[&header], HOME, 0).is_empty();
        assert_eq!(sent, goes, "{start}… of {} bytes", header.len());
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
    let mut browser = browser(&["a=1; Max-Age=60; Secure", "b=2"]);
    browser.set("a=3", going("http://shop.example/"), NOW + 60);
    let sent = browser.header(going(HOME), NOW + 60);
    assert_eq!(sent.as_deref(), Some("b=2; a=3"));
}

#[test]
fn scripts_see_only_what_is_not_http_only() {
    let browser = browser(&["a=1; HttpOnly", "b=2", "c=3; httponly=false"]);
    let seen: Vec<&str> = browser
        .seen_by_scripts(NOW)
        .map(|kept| kept.name.as_str())
        .collect();
    assert_eq!(seen, ["b"]);
}

#[test]
fn a_value_put_in_by_hand_keeps_everything_else() {
    let mut browser = browser(&["a=1; Max-Age=60; Path=/x"]);
    browser.put("a", "2".to_owned(), going(HOME), NOW);
    browser.put("b", "3".to_owned(), going(HOME), NOW);
    let sent = browser.header(going("https://shop.example/x"), NOW);
    assert_eq!(sent.as_deref(), Some("a=2; b=3"));
    assert_eq!(browser.header(going(HOME), NOW).as_deref(), Some("b=3"));
}

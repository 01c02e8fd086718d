//! Cookies as browsers treat them, one line a case. Most of them: why, the `Set-Cookie` headers,
//! the request that follows, and its `Cookie` header. A header comes from `https://shop.example/`
//! where it does not begin with another address and an arrow.

mod lifetimes;
mod places;

use rocket::http::Method;

use super::*;

/// The time at which the cookies are set: 2026-01-01 00:00:00 UTC.
const NOW: Timestamp = 1_767_225_600;
const HOME: &str = "https://shop.example/";

type CookieCase = (
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

fn browser(headers: &[&str]) -> ModelBrowser {
    let mut browser = ModelBrowser::default();
    for line in headers {
        let (address, header) = line.split_once(" -> ").unwrap_or((HOME, line));
        browser.set(header, going(address), NOW);
    }
    browser
}

/// The `Cookie` header of the request, that many seconds later.
fn sent(headers: &[&str], asked: &str, later: Timestamp) -> String {
    browser(headers)
        .header(going(asked), NOW + later)
        .unwrap_or_default()
}

fn check(cases: &[CookieCase]) {
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

//! Cookies as browsers treat them. `facts` has most of them, one a line; here is the rest, which needs
//! TLS, time or a person.

mod facts;
mod lifetimes;
mod places;

use super::*;
use facts::{CookieFact, HOME, going};

/// The time at which the cookies are set: 2026-01-01 00:00:00 UTC.
const NOW: Timestamp = 1_767_225_600;
const TLS: &str = "https://shop.example/";

fn browser(headers: &[&str]) -> ModelBrowser {
    let mut browser = ModelBrowser::default();
    for line in headers {
        let (asked, header) = facts::answer(line);
        browser.set(header, going(asked), NOW);
    }
    browser
}

/// The cookies that go with a request, or are shown to a script, that many seconds later.
fn sent(headers: &[&str], asked: &str, later: Timestamp) -> String {
    let (browser, now) = (browser(headers), NOW + later);
    let sent = match asked.starts_with("SCRIPT ") {
        true => browser.seen_by_scripts(going(asked), now),
        false => browser.header(going(asked), now),
    };
    sent.unwrap_or_default()
}

fn check(facts: &[CookieFact]) {
    for (why, headers, asked, goes) in facts {
        assert_eq!(
            sent(headers, asked, 0),
            *goes,
            "{why}: {headers:?}, then {asked}"
        );
    }
}

#[test]
fn a_name_and_a_value_are_what_stands_before_the_first_semicolon() {
    check(facts::VALUES);
    // No server can send a line end, and Chromium refuses the tab, which the RFC lets pass.
    check(&[
        (
            "a line end or a NUL",
            &["a=1\r\nb=2", "a=1\n", "a=1\0"],
            HOME,
            "",
        ),
        ("a tab inside stays", &["a=1\t2"], HOME, "a=1\t2"),
    ]);
}

#[test]
#[rustfmt::skip]
fn a_secure_cookie_needs_encryption() {
    check(&[
        ("over TLS", &["https://shop.example/ -> a=1; Secure"], TLS, "a=1"),
        ("and without it", &["https://shop.example/ -> a=1; Secure"], "http://shop.example/", ""),
        ("nor is it set so", &["http://shop.example/ -> a=1; Secure"], TLS, ""),
        ("in any form", &["http://shop.example/ -> a=1; seCURe", "http://shop.example/ -> b=1;Secure =x;y"], TLS, ""),
        ("another word is none", &["http://shop.example/ -> a=1; \"Secure\"; Secure x"], TLS, "a=1"),
        ("its value does not count", &["https://shop.example/ -> a=1; secure=false"], "http://shop.example/", ""),
        ("one without it goes everywhere", &["https://shop.example/ -> a=1"], "http://shop.example/", "a=1"),
        ("not overwritten from outside", &["https://shop.example/ -> a=1; Secure", "http://shop.example/ -> a=2"], TLS, "a=1"),
        ("nor removed", &["https://shop.example/ -> a=1; Secure", "http://shop.example/ -> a=; Max-Age=0"], TLS, "a=1"),
        ("nor shadowed by a longer path", &["https://shop.example/ -> a=1; Secure; Path=/x", "http://shop.example/ -> a=2; Path=/x/y"], "https://shop.example/x/y", "a=1"),
        ("nor by a wider domain", &["https://shop.example/ -> a=1; Secure", "http://shop.example/ -> a=2; Domain=shop.example"], TLS, "a=1"),
        ("nor from below", &["https://shop.example/ -> a=1; Secure; Domain=shop.example", "http://www.shop.example/ -> a=2"], "https://www.shop.example/", "a=1"),
        ("a shorter path stands behind it", &["https://shop.example/ -> a=1; Secure; Path=/x", "http://shop.example/ -> a=2; Path=/"], "https://shop.example/x", "a=1; a=2"),
        ("another name is free", &["https://shop.example/ -> a=1; Secure", "http://shop.example/ -> b=2"], TLS, "a=1; b=2"),
        ("TLS may overwrite it", &["https://shop.example/ -> a=1; Secure", "https://shop.example/ -> a=2"], "http://shop.example/", "a=2"),
    ]);
}

#[test]
fn a_prefix_of_the_name_is_a_promise() {
    check(facts::PREFIXES);
    check(&[(
        "without TLS",
        &["http://shop.example/ -> __Secure-a=1; Secure"],
        TLS,
        "",
    )]);
}

#[test]
fn another_site_sends_what_same_site_lets_it() {
    check(facts::SAME_SITE);
}

#[test]
fn neighbours_are_the_same_site() {
    check(facts::NEIGHBOURS);
    let strict = "https://shop.example/ -> a=1; SameSite=Strict";
    let from = |page: &str| sent(&[strict], &format!("{TLS} from {page}"), 0);
    assert_eq!(from("https://www.shop.example"), "a=1");
    // Without TLS anybody on the way may have written the page.
    assert_eq!(from("http://www.shop.example"), "");
}

#[test]
fn a_cookie_without_same_site_has_two_minutes() {
    let form = "POST http://shop.localhost/ from http://127.0.0.1";
    for (later, goes) in [(0, "a=1"), (120, "a=1"), (121, "")] {
        assert_eq!(sent(&["a=1"], form, later), goes, "{later}");
        assert_eq!(sent(&["a=1; SameSite=Lax"], form, later), "", "{later}");
    }
    // A new value begins anew; the same one once more does not.
    for (value, goes) in [("a=1", ""), ("a=2", "a=2")] {
        let mut browser = browser(&["a=1"]);
        browser.set(value, going(HOME), NOW + 60);
        let sent = browser.header(going(form), NOW + 121);
        assert_eq!(sent.unwrap_or_default(), goes);
    }
}

#[test]
fn a_value_put_in_by_hand_keeps_everything_else() {
    let mut browser = browser(&["a=1; Max-Age=60; Path=/x"]);
    browser.put("a", "2".to_owned(), going(HOME), NOW);
    browser.put("b", "3".to_owned(), going(HOME), NOW);
    let sent = browser.header(going("http://shop.localhost/x"), NOW);
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

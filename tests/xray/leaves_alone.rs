//! Visitors whom it shows nothing, and things that it does not touch.

use super::*;
use crate::common::http::Request;
use crate::common::lesson::Start;

#[test]
fn it_is_for_this_machine_only() {
    let client = client(true);
    let ask = |peer: &str, host: &'static str, path: &'static str| {
        let mut request = client.get(path).remote(peer.parse().unwrap());
        request.inner_mut().set_host(Host::parse(host).unwrap());
        let response = request.dispatch();
        (response.status(), response.into_string().unwrap())
    };
    for (peer, host) in [
        ("192.168.0.7:1", "localhost:8000"),
        ("127.0.0.1:1", "evil.example"),
        ("127.0.0.1:1", "localhost.evil.example:8000"),
        ("127.0.0.1:1", "shop.localhost.evil.com"),
        ("192.168.0.7:1", "shop.localhost:8000"),
    ] {
        assert_eq!(ask(peer, host, "/whole").1, WHOLE);
        for path in ["/xray", "/xray/events"] {
            let (status, page) = ask(peer, host, path);
            assert_eq!(status, Status::NotFound, "{peer} {host} {path}");
            assert!(!page.contains("data-xray"));
        }
    }
    for (peer, host) in [
        ("[::1]:1", "[::1]:8000"),
        ("127.0.0.1:1", "shop.localhost:8000"),
    ] {
        let (_, page) = ask(peer, host, "/whole");
        assert!(page.contains("data-xray"), "{host}");
    }
    // A peer without an address is not this machine either.
    let nameless = client.get("/xray").dispatch();
    assert_eq!(nameless.status(), Status::NotFound);
}

/// It is on this machine itself, and asks under a name of this machine, for whomever it lets in.
#[test]
fn nothing_is_shown_through_a_proxy() {
    let client = client(true);
    for (name, value) in [
        ("X-Forwarded-For", "192.0.2.1"),
        ("X-Forwarded-Proto", "https"),
        ("Forwarded", "for=192.0.2.1"),
        ("X-Real-IP", "192.0.2.1"),
        ("Via", "1.1 proxy"),
        ("CF-Connecting-IP", "192.0.2.1"),
    ] {
        let header = || Header::new(name, value);
        let whole = here(client.get("/whole"), "").header(header()).dispatch();
        assert_eq!(whole.into_string().unwrap(), WHOLE, "{name}");
        for path in ["/xray", "/xray/events"] {
            let answer = here(client.get(path), "").header(header()).dispatch();
            assert_eq!(answer.status(), Status::NotFound, "{name} {path}");
        }
        let clock = here(client.post("/xray/time"), "").header(ContentType::Form);
        let answer = clock.header(header()).body("by=day").dispatch();
        assert_eq!(answer.status(), Status::NotFound, "{name}");
    }
    let clock: &Clock = client.rocket().state().unwrap();
    assert_eq!(clock.ahead(), 0);
}

#[test]
fn it_can_be_switched_off() {
    for (setting, status) in [("false", 404), ("true", 200)] {
        let lesson = Start::of("lesson02").with("ROCKET_XRAY", setting).begin();
        let page = Request::get("/login").send(lesson.port);
        assert_eq!(page.body.contains("data-xray"), status == 200);
        assert_eq!(Request::get("/xray").send(lesson.port).status, status);
    }
    let (status, said) = Start::of("lesson02").with("ROCKET_XRAY", "perhaps").fail();
    assert_eq!(status.code(), Some(1));
    assert!(said.to_lowercase().contains("xray"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn what_is_no_whole_page_passes_untouched() {
    let client = client(true);
    let get = |path| page(&client, path, "");
    assert!(get("/whole").starts_with("<!DOCTYPE html><html><body><p>whole</p><link"));
    for path in ["/streamed", "/compressed", "/text"] {
        assert_eq!(get(path), WHOLE, "{path}");
    }
    assert_eq!(get("/piece"), "<p>a piece</p>");
}

#[test]
fn only_requests_of_the_lesson_are_listed() {
    let client = client(true);
    for path in [
        "/assets/style.css",
        "/assets/xray.js",
        "/favicon.ico",
        "/xray",
        "/nowhere",
    ] {
        here(client.get(path), "").dispatch();
    }
    post(&client, "/language", "", "lang=ko".to_owned());
    for purpose in ["Sec-Purpose", "Purpose"] {
        let ahead = here(client.get("/login"), "").header(Header::new(purpose, "prefetch"));
        let page = ahead.dispatch().into_string().unwrap();
        // If the reader does come to see the page, it has its panel all the same.
        assert_eq!(lines(&page), ["GET /login → 200"]);
    }
    let page = page(&client, "/xray", "");
    assert_eq!(lines(&page), ["GET /nowhere → 404"]);
    // The page itself has no panel.
    assert!(!page.contains(r#"data-xray="beside""#));
}

#[test]
fn watching_touches_no_session_and_sets_no_cookie() {
    let client = client(true);
    let alice = log_in(&client);
    let watching = here(client.get("/xray"), &alice).dispatch();
    assert_eq!(watching.headers().get("Set-Cookie").count(), 0);
    // Also the X-ray's own look counts as no use: the row still waits for the first return of its
    // session ID.
    assert!(page(&client, "/login", &alice).contains("Only this X-ray looked."));
    assert!(page(&client, "/main", &alice).contains("The session ID came back for the first time"));
}

#[test]
fn a_row_that_the_view_did_not_ask_for_is_looked_up_only_for_somebody_who_watches() {
    let client = client(true);
    let alice = log_in(&client);
    assert!(page(&client, "/login", &alice).contains("The view did not ask, so nobody looked."));
    page(&client, "/xray", "");
    let seen = page(&client, "/login", &alice);
    assert!(seen.contains("Only this X-ray looked."));
    assert!(seen.contains("&quot;alice&quot;"));
    // A visitor who knows the locker but not the secret sees nothing of it.
    let (start, _) = alice.split_once('.').unwrap();
    let forged = page(&client, "/login", &format!("{start}.{}", "A".repeat(43)));
    assert!(forged.contains("This session ID opens no row."));
    assert!(!forged.contains("&quot;alice&quot;"));
}

#[test]
fn a_page_with_its_panel_is_light_and_needs_nobody_else() {
    let client = client(true);
    let alice = log_in(&client);
    let main = page(&client, "/main", &alice);
    let mut bytes = main.len();
    // A file that is named twice is loaded once.
    let assets = main.split('"').filter(|part| part.starts_with("/assets/"));
    for asset in assets.collect::<std::collections::BTreeSet<_>>() {
        let response = client.get(asset.to_owned()).dispatch();
        assert_eq!(response.status(), Status::Ok, "{asset}");
        bytes += response.into_bytes().unwrap().len();
    }
    assert!(bytes < 60_000, "{bytes}");
    for other in ["http:", "https:", "style=", "onclick"] {
        assert!(!main.contains(other), "{other}");
    }
}

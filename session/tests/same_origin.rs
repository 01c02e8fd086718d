//! Forms that come from another site, in an app that checks for them.

use rocket::error::ErrorKind;
use rocket::figment::Figment;
use rocket::http::{Header, Method, Status};
use rocket::local::blocking::Client;
use rocket::{Request, catch, catchers, delete, get, patch, post, put, routes};
use rocket_session_layer::stores::CacheStore;
use rocket_session_layer::{Layer, SameOrigin, Session};
use serde_json::{Value, json};

use crate::common::app::unattached;
use crate::common::log::lines_of;
use crate::common::program::Program;

#[get("/")]
fn page() -> &'static str {
    "page"
}

#[post("/", data = "<text>")]
fn posted(text: String) -> String {
    text
}

#[put("/")]
fn put_here() {}

#[patch("/")]
fn patched() {}

#[delete("/")]
fn deleted() {}

#[get("/theirs")]
fn theirs() -> Status {
    Status::Forbidden
}

#[catch(403)]
fn forbidden(request: &Request<'_>) -> &'static str {
    if SameOrigin::refused(request) {
        "another site"
    } else {
        "somebody else's"
    }
}

fn client_of(check: SameOrigin, settings: Value) -> Client {
    let views = routes![page, posted, put_here, patched, deleted, theirs];
    let rocket = unattached(settings).attach(check).mount("/", views);
    Client::untracked(rocket.register("/", catchers![forbidden])).unwrap()
}

fn client() -> Client {
    client_of(SameOrigin::fairing(), json!({}))
}

/// True if a POST with these headers, written as in a request, reaches its view.
fn reaches(client: &Client, headers: &[&str]) -> bool {
    let mut request = client.post("/").body("text");
    for line in headers {
        let (name, value) = line.split_once(": ").unwrap();
        request.add_header(Header::new(name.to_owned(), value.to_owned()));
    }
    let response = request.dispatch();
    let status = response.status();
    let text = response.into_string().unwrap();
    match status {
        Status::Ok => assert_eq!(text, "text"),
        _ => assert_eq!((status, text.as_str()), (Status::Forbidden, "another site")),
    }
    status == Status::Ok
}

#[test]
fn what_the_browser_says_of_the_form_decides() {
    let client = client();
    let own: [&[&str]; 14] = [
        &[],
        &["Host: localhost:8000"],
        &["Sec-Fetch-Site: same-origin"],
        &["Sec-Fetch-Site: none"],
        &["Sec-Fetch-Site: same-origin", "Origin: http://evil.example"],
        &["Host: localhost:8000", "Origin: http://localhost:8000"],
        &["Host: LOCALHOST:8000", "Origin: HTTP://localhost:8000"],
        &["Host: a.example", "Origin: http://a.example"],
        &["Host: a.example", "Origin: http://a.example:80"],
        &["Host: a.example:80", "Origin: http://a.example"],
        &["Host: a.example.", "Origin: http://a.example."],
        &["Host: [::1]:8000", "Origin: http://[::1]:8000"],
        &["Host: [::ABCD]", "Origin: http://[::abcd]:80"],
        &["Host: 127.0.0.1:8000", "Origin: http://127.0.0.1:8000"],
    ];
    for headers in own {
        assert!(reaches(&client, headers), "{headers:?}");
    }
    let foreign: [&[&str]; 20] = [
        &["Sec-Fetch-Site: same-site"],
        &["Sec-Fetch-Site: cross-site"],
        &["Sec-Fetch-Site: new-word"],
        &["Sec-Fetch-Site: "],
        &["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"],
        &[
            "Sec-Fetch-Site: cross-site",
            "Host: a.example",
            "Origin: http://a.example",
        ],
        &["Host: a.example", "Origin: https://a.example"],
        &["Host: a.example", "Origin: http://a.example:8001"],
        &["Host: a.example:8000", "Origin: http://a.example"],
        &["Host: a.example:8000", "Origin: http://evil.example:8000"],
        &[
            "Host: a.example:8000",
            "Origin: http://a.example:8000.evil.example",
        ],
        &["Host: a.example", "Origin: http://a.example.evil.example"],
        &["Host: a.example", "Origin: http://a.example@evil.example"],
        &["Host: a.example", "Origin: http://evil@a.example"],
        &["Host: a.example", "Origin: http://a.example."],
        &["Host: [::1]:8000", "Origin: http://[::2]:8000"],
        &[
            "Host: a.example",
            "Origin: http://a.example",
            "Origin: http://evil.example",
        ],
        &["Host: a.example", "Origin: null"],
        &["Host: null", "Origin: null"],
        &["Origin: http://a.example"],
    ];
    for headers in foreign {
        assert!(!reaches(&client, headers), "{headers:?}");
    }
}

#[test]
fn every_method_that_changes_something_is_checked_and_no_other() {
    let client = client();
    let answer = |method, path: &'static str| {
        let request = client
            .req(method, path)
            .header(Header::new("Sec-Fetch-Site", "cross-site"));
        request.dispatch().status()
    };
    for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
        for path in ["/", "/nowhere"] {
            assert_eq!(answer(method, path), Status::Forbidden, "{method} {path}");
        }
    }
    for method in [Method::Get, Method::Head] {
        assert_eq!(answer(method, "/"), Status::Ok, "{method}");
    }
    let own = client
        .put("/")
        .header(Header::new("Sec-Fetch-Site", "same-origin"));
    assert_eq!(own.dispatch().status(), Status::Ok);
    assert_eq!(
        client.post("/nowhere").dispatch().status(),
        Status::NotFound
    );
}

#[test]
fn a_403_of_a_view_is_another_one() {
    let response = client().get("/theirs").dispatch().into_string();
    assert_eq!(response.unwrap(), "somebody else's");
}

#[test]
fn where_the_cookie_is_secure_the_origin_is_an_https_one() {
    let client = client_of(SameOrigin::fairing(), json!({ "secure": true }));
    for (origin, own) in [
        ("Origin: https://a.example", true),
        ("Origin: https://a.example:443", true),
        ("Origin: http://a.example", false),
    ] {
        assert_eq!(
            reaches(&client, &["Host: a.example", origin]),
            own,
            "{origin}"
        );
    }
}

#[test]
fn an_app_that_checks_itself_can_switch_it_off() {
    let foreign: &[&str] = &["Sec-Fetch-Site: cross-site", "Origin: http://evil.example"];
    for (same_origin, passes) in [(true, false), (false, true)] {
        // The layer's own defaults count as well as the configuration.
        for configured in [true, false] {
            let name = "same_origin";
            let (settings, layer) = if configured {
                (json!({ name: same_origin }), Session::fairing())
            } else {
                (json!({}), Session::fairing().by_default(name, same_origin))
            };
            let layer = layer.with_store(CacheStore::new(1024 * 1024));
            let views = routes![page, posted];
            let rocket = unattached(settings).attach(SameOrigin::fairing());
            let rocket = rocket.attach(layer).mount("/", views);
            let rocket = rocket.register("/", catchers![forbidden]);
            let client = Client::untracked(rocket).unwrap();
            assert_eq!(
                reaches(&client, foreign),
                passes,
                "{same_origin} {configured}"
            );
        }
    }
}

#[test]
fn without_the_layer_the_setting_means_nothing() {
    let client = client_of(SameOrigin::fairing(), json!({"same_origin": false}));
    assert!(!reaches(&client, &["Sec-Fetch-Site: cross-site"]));
}

#[test]
fn it_needs_neither_sessions_nor_the_layer() {
    let client = client();
    assert!(Layer::of(client.rocket()).is_none());
    assert!(reaches(&client, &["Sec-Fetch-Site: same-origin"]));
    lines_of("security");
    let foreign = ["Sec-Fetch-Site: cross-site", "Origin: http://evil.example"];
    assert!(!reaches(&client, &foreign));
    let line = "INFO: a form from another site is refused: POST / from \"http://evil.example\"";
    assert_eq!(lines_of("security"), [line]);
}

#[test]
fn an_origin_that_is_trusted_passes_whatever_the_host() {
    let check = SameOrigin::fairing().trust("https://Shop.example");
    let client = client_of(check, json!({}));
    let proxied = "Host: 127.0.0.1:8000";
    assert!(reaches(
        &client,
        &[proxied, "Origin: https://shop.example:443"]
    ));
    let elsewhere = "Sec-Fetch-Site: cross-site";
    assert!(reaches(
        &client,
        &[elsewhere, "Origin: https://shop.example"]
    ));
    assert!(!reaches(&client, &[elsewhere]));
    for other in [
        "http://shop.example",
        "https://shop.example:444",
        "https://evil.example",
        "null",
    ] {
        assert!(
            !reaches(&client, &[proxied, &format!("Origin: {other}")]),
            "{other}"
        );
    }
}

#[test]
fn what_is_no_origin_cannot_be_trusted() {
    for trusted in [
        "",
        "shop.example",
        "https://",
        "https://shop.example/",
        "null",
        "*",
    ] {
        let rocket = rocket::custom(Figment::from(rocket::Config::debug_default()))
            .attach(SameOrigin::fairing().trust(trusted));
        let error = Client::untracked(rocket).unwrap_err();
        let refused = matches!(error.kind(), ErrorKind::FailedFairings(_));
        assert!(refused, "{trusted}: {error}");
    }
}

#[test]
fn nobody_is_logged_in_to_the_example_by_another_sites_form() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path());
    let log_in = |site: &str| {
        let form = "userid=attacker";
        program.exchange(
            format!(
                "POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{site}\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
                form.len()
            )
            .as_bytes(),
        )
    };
    for site in [
        "Sec-Fetch-Site: cross-site\r\n",
        "Origin: http://evil.example\r\n",
    ] {
        let answer = log_in(site);
        assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
        assert!(!answer.to_lowercase().contains("set-cookie"), "{answer}");
    }
    for site in [
        "Sec-Fetch-Site: same-origin\r\n",
        "Origin: http://localhost\r\n",
    ] {
        let answer = log_in(site);
        assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    }
}

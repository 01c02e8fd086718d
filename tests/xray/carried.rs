//! Where sessions travel in the cookie: the third column shows what came in it, and no column shows
//! the cookie itself.

use super::*;

#[test]
fn what_the_cookie_holds_is_shown_and_the_cookie_is_not() {
    let client = client_on("cookie", true);
    let alice = log_in(&client);
    let value = &alice["session_id=".len()..];
    for path in ["/main", "/login"] {
        let page = page(&client, path, &alice);
        for shown in [
            "sid#1·a",
            "session_id=…",
            r#""user": "#,
            "The server keeps nothing: this came and goes in the cookie.",
        ] {
            assert!(page.contains(shown), "{path}: {shown}");
        }
        for part in [&value[..20], &value[value.len() - 20..]] {
            assert!(!page.contains(part), "{path}");
        }
    }
    assert!(page(&client, "/main", &alice).contains("The cookie itself holds the session"));
}

#[test]
fn its_end_leaves_nothing_to_show() {
    let client = client_on("cookie", true);
    let alice = log_in(&client);
    let left = here(client.post("/leave"), &alice).dispatch();
    let left = left.into_string().unwrap();
    assert!(left.contains("The browser is told to forget the cookie."));
    assert!(left.contains("No row: the server keeps nothing about this browser."));
}

#[test]
fn what_does_not_open_does_no_harm() {
    let client = client_on("cookie", true);
    let alice = log_in(&client);
    let unknown = format!("session_id=0123456789abg.{}", "A".repeat(43));
    for cookie in [format!("{alice}A"), unknown, "session_id=e1.".to_owned()] {
        for path in ["/main", "/login"] {
            let page = page(&client, path, &cookie);
            assert!(page.contains("session_id="), "{path} {cookie}");
            assert!(!page.contains("AAAA"), "{path} {cookie}");
        }
    }
}

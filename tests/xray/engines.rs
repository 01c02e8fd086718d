//! The third column says where the session is, on each engine.

use super::*;

#[test]
fn the_third_column_names_the_home_of_the_session() {
    let rows = [
        ("database", "A row in the database.", "Row "),
        ("cache", "The memory of this program.", "Row "),
        ("file", "A file.", "File "),
    ];
    for (engine, home, label) in rows {
        let folder = tempfile::tempdir().unwrap();
        let client = client_in(folder.path(), Some(engine));
        let nobody = page(&client, "/main", "");
        assert!(!nobody.contains(home), "{engine}");
        let alice = log_in(&client);
        let page = page(&client, "/main", &alice);
        let (_, server) = page.rsplit_once("<h3>Server</h3>").unwrap();
        assert!(server.contains(home), "{engine}: {server}");
        let locker = &alice["session_id=".len()..][..4];
        assert!(server.contains(&format!("{label}{locker}…")), "{server}");
        // Of a path nothing is shown.
        assert!(!page.contains(&*folder.path().to_string_lossy()));
    }
}

#[test]
fn with_a_session_in_the_cookie_the_first_column_has_it_and_the_third_has_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let client = client_in(folder.path(), Some("cookie"));
    let alice = log_in(&client);
    let main = page(&client, "/main", &alice);
    let (browser, rest) = main.rsplit_once("<h3>On the wire</h3>").unwrap();
    let (_, browser) = browser.rsplit_once("<h3>Browser</h3>").unwrap();
    assert!(browser.contains("What the cookie holds"), "{browser}");
    assert!(browser.contains("&quot;alice&quot;"), "{browser}");
    let (_, server) = rest.split_once("<h3>Server</h3>").unwrap();
    assert!(server.contains("<b>Nothing.</b>"), "{server}");
    assert!(!server.contains("&quot;alice&quot;"), "{server}");
    // The secret that opens the session is in no column.
    let value = alice.strip_prefix("session_id=").unwrap();
    assert!(!main.contains(&value[3..20]), "{main}");
    let left = here(client.post("/leave"), &alice).dispatch();
    let left = left.into_string().unwrap();
    assert!(
        left.contains("Only the browser is told to forget."),
        "{left}"
    );
}

#[test]
fn a_cookie_that_does_not_open_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let client = client_in(folder.path(), Some("cookie"));
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

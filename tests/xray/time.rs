//! Moving the server's clock, and watching a session die.

use super::*;

fn move_time(client: &Client, by: &str) {
    post(client, "/xray/time", "", format!("by={by}&back=/main"));
}

#[test]
fn a_session_that_is_left_alone_dies_of_its_idle_limit() {
    let client = client(true);
    let alice = log_in(&client);
    let main = page(&client, "/main", &alice);
    assert!(main.contains(r#"action="/xray/time""#) && main.contains(r#"value="/main""#));
    assert!(!main.contains("ahead") && !main.contains("Back to now"));
    move_time(&client, "weeks");
    let main = page(&client, "/main", &alice);
    for shown in [
        "14 days ahead",
        "Back to now",
        "The session",
        "is over.",
        "The row is still there, but its time is over",
        "The browser is told to forget the cookie.",
    ] {
        assert!(main.contains(shown), "{shown}");
    }
    assert!(!main.contains("&quot;alice&quot;"));
    assert!(page(&client, "/xray", &alice).contains("14 days ahead"));
    move_time(&client, "now");
    // A clock that goes back makes no user a stranger.
    assert!(page(&client, "/main", &alice).contains("&quot;alice&quot;"));
}

#[test]
fn a_session_that_is_used_every_day_dies_of_its_absolute_limit() {
    let client = client(true);
    let alice = log_in(&client);
    for day in 0..30 {
        let main = page(&client, "/main", &alice);
        assert!(main.contains("&quot;alice&quot;"), "day {day}");
        move_time(&client, "day");
    }
    let main = page(&client, "/main", &alice);
    assert!(main.contains("30 days ahead") && main.contains("is over."));
}

#[test]
fn only_a_form_of_this_site_moves_it() {
    let client = client(true);
    for header in [
        Header::new("Sec-Fetch-Site", "cross-site"),
        Header::new("Sec-Fetch-Site", "same-site"),
        Header::new("Origin", "http://localhost:8001"),
        Header::new("Origin", "null"),
    ] {
        let request = here(client.post("/xray/time"), "").header(header.clone());
        let request = request.header(ContentType::Form).body("by=day");
        assert_eq!(request.dispatch().status(), Status::Forbidden, "{header}");
    }
    let alice = log_in(&client);
    assert!(!page(&client, "/main", &alice).contains("ahead"));
}

#[test]
fn without_sessions_there_is_nothing_to_watch() {
    let client = client(false);
    assert!(!page(&client, "/login", "").contains("/xray/time"));
}

#[test]
fn with_the_clock_of_a_release_build_there_is_no_control() {
    let folder = tempfile::tempdir().unwrap();
    let client = client_with(folder.path(), Some("database"), Clock::System);
    let alice = log_in(&client);
    move_time(&client, "weeks");
    for path in ["/main", "/xray"] {
        let page = page(&client, path, &alice);
        assert!(page.contains("&quot;alice&quot;"), "{path}");
        assert!(!page.contains("/xray/time"), "{path}");
        assert!(!page.contains("ahead"), "{path}");
    }
}

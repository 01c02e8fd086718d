//! Lesson 14: theft, and the cookie's flags.

use super::BOB;
use crate::common::http::Request;
use crate::common::story::Story;

const SCRIPT: &str = "<script>alert(1)</script>";

/// The header that keeps a script out of a page in which it stands.
const POLICY: &str = "Content-Security-Policy";

/// True if a page with this policy runs scripts that stand in it (CSP Level 3).
fn lets_scripts_run(policy: &str) -> bool {
    !policy.contains("default-src") && !policy.contains("script-src")
}

#[test]
fn only_the_open_half_prints_posts_as_html_and_only_on_its_own_page() {
    for (half, raw) in [("lesson14a", true), ("lesson14b", false)] {
        let story = Story::of(half);
        let mut bob = story.visitor("bob", "en");
        bob.log_in("bob", BOB);
        assert_eq!(bob.post("/board", &[("text", SCRIPT)]).status, 303);
        let page = bob.get("/board");
        assert_eq!(page.body.contains(SCRIPT), raw, "{half}");
        assert!(lets_scripts_run(page.one(POLICY).unwrap()), "{half}");
        // The same template, shown by the view of lesson 07 because of a fault.
        let again = bob.post("/board", &[("text", "")]);
        assert_eq!(again.status, 422);
        assert!(!again.body.contains(SCRIPT), "{half}");
        for page in [again, bob.get("/main"), bob.get("/")] {
            assert!(!lets_scripts_run(page.one(POLICY).unwrap()), "{half}");
        }
    }
}

#[test]
fn the_halves_send_their_cookies_with_other_flags() {
    for (half, flags) in [
        ("lesson14a", "; SameSite=Lax; Path=/; Max-Age=1209600"),
        (
            "lesson14b",
            "; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1209600",
        ),
    ] {
        let story = Story::of(half);
        let form = [("userid", "bob"), ("password", BOB)];
        let answer = Request::post("/login", &form).send(story.lesson.port);
        let [cookie] = answer.all("Set-Cookie")[..] else {
            panic!("{half}: {:?}", answer.all("Set-Cookie"));
        };
        let name = if half == "lesson14a" {
            "session_id="
        } else {
            "__Host-session_id="
        };
        assert!(
            cookie.starts_with(name) && cookie.ends_with(flags),
            "{cookie}"
        );
    }
}

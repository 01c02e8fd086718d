//! A lesson that speaks TLS, with the certificate that it has made.

use serde_json::{Value, json};

use crate::browser::{ALICE, Browser};
use crate::lesson::Start;
use crate::look::at_the_page as look;

pub fn a_login_over_https(plain: &Browser) {
    let start = Start::of("lesson14b").with("ROCKET_HTTPS", "true");
    let lesson = start.with("COURSE_LANG", plain.language.code()).begin();
    for key in ["why", "chrome", "firefox", "safari"] {
        let text = plain.text(&format!("terminal-tls-{key}"));
        assert!(lesson.greeting.contains(&text), "{}", lesson.greeting);
    }
    let browser = plain.another(&json!({}), lesson);
    for host in ["localhost", "shop.localhost"] {
        browser.use_host(host);
        browser.open("/login");
        // The warning, and the two clicks that the terminal names.
        let words = browser.words();
        assert!(words.contains("NET::ERR_CERT_AUTHORITY_INVALID"), "{words}");
        for button in ["details-button", "proceed-link"] {
            browser.run(&format!("document.getElementById('{button}').click()"));
        }
        browser.wait_for("form[action='/login']");

        browser.log_in("alice", ALICE);
        assert_eq!(browser.path(), "/main");
        let cookies = browser.command("GET", "/cookie", Value::Null);
        let mut cookies = cookies.as_array().unwrap().iter();
        let cookie = cookies.find(|cookie| cookie["name"] == "__Host-session_id");
        let cookie = cookie.expect("the browser takes the cookie");
        let flags = ["secure", "httpOnly"].map(|flag| cookie[flag].clone());
        assert_eq!(flags, [true, true], "{cookie}");
        assert_eq!(cookie["domain"], host);
        // The X-ray of the login shows the cookie as it was sent.
        assert!(browser.source().contains("; Secure;"));
        look(&browser);
        // A form of our own passes the check of its origin.
        browser.run("document.querySelector('form[action=\"/logout\"]').submit()");
        browser.wait("location.pathname === '/login'");
    }
}

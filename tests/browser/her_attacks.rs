//! Mallory's site in a real browser, beside a lesson: cookies that ports share, forms from a
//! neighbour and from another site, a second cookie from below the lesson's name.

use serde_json::{Value, json};
use session_lessons::course::Language;

use crate::browser::{ALICE, BOB, Browser};
use crate::http::Request;
use crate::look;

impl Browser {
    /// Opens a page of hers, under this name of this machine.
    fn open_hers(&self, host: &str, page: &str) {
        let lesson = self.origin();
        let port = lesson.rsplit(':').next().unwrap();
        let sign = if page.contains('?') { '&' } else { '?' };
        let page = format!("{page}{sign}port={port}");
        let url = format!("http://{host}{}{}", self.mallorys_port(), &page[1..]);
        self.command("POST", "/url", json!({ "url": url }));
    }

    /// Presses her button of this attack on the page that is open.
    fn attack(&self, attack: &str) {
        self.click(&format!("form[action='/{attack}'] button"));
    }

    /// All cookies of this name that the browser sends to the page that is open.
    fn all_of(&self, name: &str) -> Vec<Value> {
        let cookies = self.command("GET", "/cookie", Value::Null);
        let mut cookies = cookies.as_array().unwrap().clone();
        cookies.retain(|cookie| cookie["name"] == name);
        cookies
    }

    fn is_at_login(&self) -> bool {
        let address = self.run("return location.pathname");
        address == "/login"
    }

    fn log_in_afresh(&self, userid: &str, password: &str) {
        self.open("/login");
        self.forget_cookies();
        self.open("/login");
        self.log_in(userid, password);
        assert!(!self.is_at_login());
    }
}

/// The lesson's session ID goes to her server, HttpOnly or not, and comes back as another browser's.
pub fn an_http_only_cookie_is_kept_and_overwritten(browser: &Browser) {
    browser.start_mallory();
    browser.open_hers("localhost", "/12");
    browser.attack("note");
    browser.says(&browser.text("mallory-said-none"));

    browser.open("/cart");
    browser.click("main form[action='/cart/add'] button");
    let hers = browser.session_cookie().unwrap();
    assert_eq!(hers["httpOnly"], true);
    // Another name is another host to cookies, and the page says so.
    browser.open_hers("127.0.0.1", "/12");
    assert_eq!(browser.all_of("session_id"), [Value::Null; 0]);
    browser.attack("note");
    browser.says(&browser.text("mallory-said-none"));
    let host = [("host", "127.0.0.1"), ("lesson", "localhost")];
    browser.says(&browser.language.text_with("mallory-only", &host));

    browser.open_hers("localhost", "/12");
    assert_eq!(browser.run("return document.cookie"), "");
    browser.attack("note");
    let value = hers["value"].as_str().unwrap();
    let shown = format!("{}…", &value[..4]);
    browser.says(
        &browser
            .language
            .text_with("mallory-said-noted", &[("id", &shown)]),
    );
    // The same beginning stands in the X-ray.
    browser.open("/cart");
    assert!(browser.source().contains(&shown), "{shown}");

    browser.forget_cookies();
    browser.open("/cart");
    browser.click("main form[action='/cart/add'] button");
    let own = browser.session_cookie().unwrap();
    assert_ne!(own["value"], hers["value"]);
    browser.open_hers("localhost", "/12");
    browser.attack("plant");
    browser.says(
        &browser
            .language
            .text_with("mallory-said-planted", &[("id", &shown)]),
    );
    browser.open("/cart");
    let cookies = browser.all_of("session_id");
    assert_eq!(cookies.len(), 1);
    assert_eq!(cookies[0]["value"], hers["value"]);
}

/// The cookie is SameSite=Strict. The neighbour's form brings it; the other site's doesn't.
pub fn a_form_from_both_addresses(browser: &Browser) {
    posts_from_both_addresses(browser);
}

/// Third-party cookies are blocked, and all is the same: no page here is inside another one.
pub fn blocked_third_parties_change_nothing(browser: &Browser) {
    let blocking = browser.blocking_third_parties("lesson13a");
    posts_from_both_addresses(&blocking);
    let blocking = browser.blocking_third_parties("lesson12a");
    an_http_only_cookie_is_kept_and_overwritten(&blocking);
}

fn posts_from_both_addresses(browser: &Browser) {
    browser.start_mallory();
    browser.log_in_afresh("alice", ALICE);
    let cookie = browser.session_cookie().unwrap();
    assert_eq!(cookie["sameSite"], "Strict");
    let words = "Mallory was here";
    let posts = || browser.words().matches(words).count();
    browser.open_hers("127.0.0.1", "/13");
    browser.click("form[action$='/board'] button");
    assert!(browser.is_at_login(), "{}", browser.words());
    browser.open("/board");
    assert_eq!(posts(), 0);
    browser.open_hers("localhost", "/13");
    browser.click("form[action$='/board'] button");
    assert_eq!(browser.run("return location.pathname"), "/board");
    browser.open("/board");
    assert_eq!(posts(), 1);
}

/// The script that her page offers runs in the reader's page, and sends the reader's session ID. In
/// the window of Mallory it opens the reader's session.
pub fn a_script_sends_the_readers_cookie(browser: &Browser) {
    browser.use_host("shop.localhost");
    browser.start_mallory();
    browser.open_hers("shop.localhost", "/14");
    let script = browser.run("return document.querySelector('section code').innerText");
    browser.log_in_afresh("bob", BOB);
    browser.open("/board");
    browser.fill("text", script.as_str().unwrap());
    browser.click("form[action='/board'] button");
    browser.log_in_afresh("alice", ALICE);
    let alice = browser.session_cookie().unwrap();
    let value = alice["value"].as_str().unwrap();
    browser.open("/board");
    let loot = [("id", &*format!("{}…", &value[..4]))];
    let loot = browser.language.text_with("mallory-loot", &loot);
    let asked = Request::get("/14").header("Accept-Language", browser.language.code());
    let port = browser
        .mallorys_port()
        .trim_matches([':', '/'])
        .parse()
        .unwrap();
    let arrived = || asked.send(port).body.contains(&loot);
    browser.wait_while(|| !arrived(), "her script's request");

    browser.log_in_afresh("bob", BOB);
    browser.open_hers("shop.localhost", "/14");
    browser.attack("plant");
    browser.open("/main");
    browser.says("alice");
    assert_eq!(browser.session_cookie().unwrap()["value"], value);
}

/// A page below the shop's name sets a second cookie, and two count as none.
pub fn a_second_cookie_locks_out(browser: &Browser) {
    browser.use_host("shop.localhost");
    browser.start_mallory();
    second_cookie_from_below(browser, "session_id");
    assert_eq!(browser.all_of("session_id").len(), 2);
    browser.open("/main");
    assert!(browser.is_at_login(), "{}", browser.words());
}

/// A name that begins with `__Host-` can't be set from there.
pub fn a_name_with_a_prefix_is_refused(browser: &Browser) {
    browser.use_host("shop.localhost");
    browser.start_mallory();
    second_cookie_from_below(browser, "__Host-session_id");
    assert_eq!(browser.all_of("__Host-session_id").len(), 1);
    browser.open("/main");
    assert!(!browser.is_at_login(), "{}", browser.words());
    // Her server on the shop's own name overwrites even that one: ports are no borders.
    browser.open_hers("shop.localhost", "/14");
    browser.attack("plant");
    browser.open("/main");
    browser.says("bob");
    assert_eq!(browser.all_of("__Host-session_id").len(), 1);
}

/// Mallory keeps her own session ID, which is bob's, and tosses it into Alice's browser.
fn second_cookie_from_below(browser: &Browser, name: &str) {
    browser.log_in_afresh("bob", BOB);
    browser.open_hers("shop.localhost", "/14");
    browser.attack("note");
    browser.log_in_afresh("alice", ALICE);
    assert_eq!(browser.all_of(name).len(), 1);
    // From no name below the shop's: the browser takes nothing.
    browser.open_hers("localhost", "/14");
    browser.attack("toss");
    let host = [("host", "localhost"), ("lesson", "shop.localhost")];
    browser.says(&browser.language.text_with("mallory-only-toss", &host));
    browser.open("/main");
    assert_eq!(browser.all_of(name).len(), 1);
    browser.open_hers("evil.shop.localhost", "/14");
    browser.attack("toss");
    browser.open("/login");
}

/// Her pages in both languages, with their notes unfolded: small windows, and what axe-core finds.
pub fn her_pages_can_be_read(browser: &Browser) {
    browser.start_mallory();
    for host in ["localhost", "127.0.0.1", "evil.shop.localhost"] {
        for page in ["/", "/12", "/13", "/14", "/15"] {
            browser.open_hers(host, page);
            browser.run("document.querySelectorAll('details').forEach(it => it.open = true)");
            look::at_a_page_elsewhere(browser);
        }
    }
    let other = match browser.language {
        Language::English => Language::Korean,
        Language::Korean => Language::English,
    };
    browser.open_hers("localhost", "/12");
    browser.click(&format!("nav a[lang={}]", other.code()));
    browser.says(&other.text("mallory-button-plant"));
    // The language stays through a form.
    browser.attack("note");
    browser.says(&other.text("mallory-said-none"));
}

//! Each lesson, as its student goes through it.

use crate::browser::{ALICE, BOB, Browser};
use crate::look::at_the_page as look;

/// The main page's greeting for `user`.
pub fn greeting(browser: &Browser, user: &str) -> String {
    browser
        .language
        .text_with("main-welcome-back", &[("user", user)])
}

pub fn cover(browser: &Browser) {
    browser.open("/");
    browser.says(ALICE);
    look(browser);
}

/// Any lesson: its cover, and the pages that it says to start with.
pub fn cover_and_first_pages(browser: &Browser) {
    cover(browser);
    let links = "return [...document.querySelectorAll('main .actions a')].map(a => a.pathname)";
    let pages = browser.run(links);
    let pages = pages.as_array().unwrap();
    assert!(!pages.is_empty());
    for page in pages {
        browser.open(page.as_str().unwrap());
        look(browser);
    }
}

pub fn login_with_no_session(browser: &Browser) {
    cover(browser);
    browser.click("main a[href='/login']");
    look(browser);
    browser.log_in("alice", "");
    browser.says(&browser.text("login-missing-field"));
    assert_eq!(browser.value("userid"), "alice");
    look(browser);
    browser.log_in("alice", BOB);
    browser.says(&browser.text("login-wrong"));
    assert_eq!(
        (browser.value("userid"), browser.value("password")),
        ("alice".to_owned(), String::new())
    );
    browser.log_in("alice", ALICE);
    assert_eq!(browser.path(), "/main");
    browser.says(&browser.text("main-nobody-known"));
    browser.says(&browser.text("main-same-request"));
    look(browser);
    assert_eq!(browser.session_cookie(), None);
    browser.open("/logout");
    browser.says(&browser.text("status-404-title"));
    look(browser);
}

pub fn a_key_named_user(browser: &Browser) {
    cover(browser);
    browser.click("main a[href='/main']");
    assert_eq!(browser.path(), "/login");
    assert_eq!(browser.session_cookie(), None);
    browser.log_in("ALICE", ALICE);
    assert_eq!(browser.path(), "/main");
    browser.says(&greeting(browser, "alice"));
    look(browser);
    browser.reload();
    browser.says(&greeting(browser, "alice"));
    let before = browser.session_cookie().unwrap();
    browser.click("nav a[href='/login']");
    browser.log_in("bob", BOB);
    browser.says(&greeting(browser, "bob"));
    let after = browser.session_cookie().unwrap();
    let halves = |cookie: &serde_json::Value| {
        let id = cookie["value"].as_str().unwrap();
        let (locker, secret) = id.split_once('.').unwrap();
        (locker.to_owned(), secret.to_owned())
    };
    let ((locker, secret), (same_locker, other_secret)) = (halves(&before), halves(&after));
    assert_eq!(locker, same_locker);
    assert_ne!(secret, other_secret);
}

pub fn popping_it_on_logout(browser: &Browser) {
    cover(browser);
    browser.open("/login");
    browser.log_in("alice", ALICE);
    browser.says(&greeting(browser, "alice"));
    look(browser);
    browser.open("/logout");
    browser.says(&browser.text("status-404-title"));
    look(browser);
    browser.open("/main");
    browser.says(&greeting(browser, "alice"));
    let before = browser.session_cookie().unwrap();
    browser.click("form[action='/logout'] button");
    assert_eq!(browser.path(), "/login");
    assert_eq!(browser.session_cookie().unwrap()["value"], before["value"]);
    browser.open("/main");
    assert_eq!(browser.path(), "/login");
    look(browser);
}

pub fn from_the_signup_view_to_the_done_view(browser: &Browser) {
    cover(browser);
    browser.open("/signup/done");
    assert_eq!(browser.path(), "/signup");
    look(browser);
    let fill = |fields: [(&str, &str); 5]| {
        for (field, text) in fields {
            browser.fill(field, text);
        }
        browser.click("main button");
    };
    fill([
        ("userid", "car ol"),
        ("real_name", "Carol <b>Park"),
        ("email", "nowhere"),
        ("password1", "1234"),
        ("password2", "4321"),
    ]);
    for error in [
        "userid-characters",
        "email-implausible",
        "password-all-digits",
        "passwords-differ",
    ] {
        browser.says(&browser.text(&format!("signup-{error}")));
    }
    assert_eq!(browser.value("real_name"), "Carol <b>Park");
    assert_eq!(browser.value("password1") + &browser.value("password2"), "");
    look(browser);
    fill([
        ("userid", "박지민"),
        ("real_name", "Carol <b>Park"),
        ("email", "c.park@example.com"),
        ("password1", "three-tulips"),
        ("password2", "three-tulips"),
    ]);
    assert_eq!(browser.path(), "/signup/done");
    for text in ["박지민", "Carol <b>Park", "c.park@example.com"] {
        browser.says(text);
    }
    look(browser);
    browser.reload();
    browser.says("c.park@example.com");
    browser.click("main a[href='/login']");
    browser.log_in("박지민", "three-tulips");
    browser.says(&greeting(browser, "박지민"));
    look(browser);
}

pub fn a_cart_for_strangers(browser: &Browser) {
    cover(browser);
    browser.click("main a[href='/cart']");
    browser.says(&browser.text("cart-nothing"));
    look(browser);
    let add = |item: &str| {
        browser.click(&format!(
            "form[action='/cart/add']:has([value='{item}']) button"
        ));
        assert_eq!(browser.path(), "/cart");
    };
    add("mug");
    add("mug");
    add("pencil");
    let price = |price| {
        browser
            .language
            .text_with("cart-price", &[("price", price)])
    };
    browser.says(&price("28,900"));
    look(browser);
    browser.click("nav a[href='/login']");
    browser.log_in("alice", ALICE);
    browser.click("nav a[href='/cart']");
    browser.says(
        &browser
            .language
            .text_with("cart-whose-user", &[("user", "alice")]),
    );
    browser.says(&price("28,900"));
    browser.click("form[action='/cart/remove']:has([value='mug']) button");
    browser.says(&price("14,900"));
    browser.click("form[action='/cart/empty'] button");
    browser.says(&browser.text("cart-nothing"));
    add("umbrella");
    browser.click("form[action='/logout'] button");
    assert_eq!(browser.path(), "/login");
    assert_eq!(browser.session_cookie(), None);
    browser.open("/cart");
    browser.says(&browser.text("cart-nothing"));
    look(browser);
}

/// Moves the server's clock with a button of the X-ray; the page stays the same one.
fn move_time(browser: &Browser, by: &str) {
    let path = browser.path();
    let page = path.split('#').next().unwrap();
    browser.click(&format!(".xray-time button[value='{by}']"));
    assert_eq!(browser.path(), format!("{page}#xray-time"));
}

pub fn how_long(browser: &Browser) {
    cover(browser);
    browser.click("main a[href='/login']");
    look(browser);
    browser.log_in("bob", BOB);
    assert!(browser.session_cookie().unwrap()["expiry"].is_null());
    browser.click("nav a[href='/lifetime']");
    browser.says(&browser.text("lifetime-closed"));
    look(browser);
    browser.open("/login");
    browser.tap("input[name='remember']");
    browser.log_in("alice", ALICE);
    assert!(browser.session_cookie().unwrap()["expiry"].is_u64());
    browser.click("nav a[href='/lifetime']");
    let left = |days: &str| {
        let left = browser
            .language
            .text_with("lifetime-left", &[("days", days)]);
        browser.says(&left);
    };
    left("30");
    move_time(browser, "weeks");
    left("16");
    look(browser);
    move_time(browser, "weeks");
    move_time(browser, "day");
    left("1");
    browser.says(&browser.text("xray-time-now"));
    // The browser's clock was not moved: it still has the cookie.
    assert!(browser.session_cookie().is_some());
    move_time(browser, "day");
    browser.says(&browser.text("lifetime-none"));
    browser.says(&browser.text("xray-row-over"));
    assert_eq!(browser.session_cookie(), None);
    look(browser);
    move_time(browser, "now");
    browser.says(&browser.text("lifetime-none"));
}

pub fn what_expired_is_still_there(browser: &Browser) {
    cover(browser);
    browser.open("/login");
    browser.log_in("alice", ALICE);
    browser.click("nav a[href='/rows']");
    let count = |live: &str, over: &str| {
        let variables = [("live", live), ("over", over)];
        browser.says(&browser.language.text_with("rows-count", &variables));
    };
    count("1", "0");
    look(browser);
    browser.run_to_the_end(
        "const done = arguments[0]; (async () => {
           for (let i = 0; i < 45; i++) await fetch('/visit', { credentials: 'omit' });
           done();
         })();",
    );
    browser.reload();
    count("46", "0");
    move_time(browser, "day");
    count("1", "45");
    browser.click("form[action='/rows/clear'] button");
    count("1", "5");
    look(browser);
    browser.click("form[action='/rows/clear'] button");
    count("1", "0");
    browser.click("nav a[href='/visit']");
    browser.says(
        &browser
            .language
            .text_with("visit-count", &[("visits", "1")]),
    );
    look(browser);
}

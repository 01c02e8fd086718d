//! Impatience: a double click on a button that takes its time, and *Stop* while it does. Passwords
//! cost as much here as in a lesson that a student runs.

use std::time::{Duration, Instant};

use crate::browser::{ALICE, Browser};

/// From a nervous finger to a person who clicks again because nothing happens, in milliseconds.
const PAUSES: [u64; 3] = [40, 150, 350];

fn fill_in(browser: &Browser) {
    browser.open("/login");
    browser.fill("userid", "alice");
    browser.fill("password", ALICE);
}

/// Waits until no page is on its way, whichever of the two it was.
fn settle(browser: &Browser, path: &str) {
    browser.wait_while(|| browser.path() != path, path);
    browser.wait("document.readyState === 'complete'");
}

fn is_alice(browser: &Browser) {
    let welcome = browser
        .language
        .text_with("main-welcome-back", &[("user", "alice")]);
    settle(browser, "/main");
    browser.says(&welcome);
    // The cookie that arrived last opens a session, too.
    browser.open("/main");
    browser.says(&welcome);
}

/// Lets a session begin that is there before the login: by a login that was popped.
fn has_a_session(browser: &Browser) {
    browser.log_in("alice", ALICE);
    browser.click("form[action='/logout'] button");
}

pub fn on_log_in(browser: &Browser) {
    browser.restart_at_the_real_cost();
    browser.open("/login");
    has_a_session(browser);
    for pause in PAUSES {
        fill_in(browser);
        browser.click_twice("main button", pause);
        is_alice(browser);
        browser.click("form[action='/logout'] button");
    }
    stop_and_log_in(browser);
}

/// Sends the form that is open, and stops before the answer arrives, which is lost.
fn send_and_stop(browser: &Browser) {
    browser.run("setTimeout(() => window.stop(), 100)");
    browser.tap("main button");
    let begun = Instant::now();
    browser.wait_while(
        || begun.elapsed() < Duration::from_millis(700),
        "the lost answer",
    );
}

/// The browser keeps the old session ID.
fn stop_and_log_in(browser: &Browser) {
    fill_in(browser);
    send_and_stop(browser);
    browser.open("/login");
    browser.log_in("alice", ALICE);
    is_alice(browser);
}

pub fn with_a_cart(browser: &Browser) {
    browser.restart_at_the_real_cost();
    for pause in PAUSES {
        browser.forget_cookies();
        browser.open("/cart");
        browser.click("form[action='/cart/add'] button");
        fill_in(browser);
        browser.click_twice("main button", pause);
        is_alice(browser);
        browser.open("/cart");
        browser.wait_for("form[action='/cart/remove']");
    }
    browser.forget_cookies();
    browser.open("/cart");
    browser.click("form[action='/cart/add'] button");
    stop_and_log_in(browser);
}

pub fn after_some_visits(browser: &Browser) {
    browser.restart_at_the_real_cost();
    for pause in PAUSES {
        browser.forget_cookies();
        browser.open("/visit");
        browser.reload();
        fill_in(browser);
        browser.click_twice("main button", pause);
        is_alice(browser);
        browser.open("/visit");
        let visits = browser
            .language
            .text_with("visit-count", &[("visits", "3")]);
        browser.says(&visits);
    }
    browser.forget_cookies();
    browser.open("/visit");
    stop_and_log_in(browser);
}

fn fill_in_the_signup(browser: &Browser, userid: &str) {
    browser.open("/signup");
    for (field, text) in [
        ("userid", userid),
        ("password1", ALICE),
        ("password2", ALICE),
        ("real_name", "Carol"),
        ("email", "carol@example.org"),
    ] {
        browser.fill(field, text);
    }
}

pub fn on_sign_up(browser: &Browser) {
    browser.restart_at_the_real_cost();
    for pause in PAUSES {
        let userid = format!("carol{pause}");
        fill_in_the_signup(browser, &userid);
        browser.click_twice("main button", pause);
        settle(browser, "/signup/done");
        browser.says(&userid);
    }
    fill_in_the_signup(browser, "dave");
    send_and_stop(browser);
    fill_in_the_signup(browser, "dave");
    browser.click("main button");
    assert_eq!(browser.path(), "/signup/done");
    browser.says("dave");
}

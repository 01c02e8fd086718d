//! The scenario as a checklist: what is done by hand ticks.

use serde_json::json;

use crate::browser::{ALICE, Browser};
use crate::http::Request;

/// The steps of lesson 02. In a release build this many can be done by hand, and then time moves.
const ALL: usize = 11;
const DOABLE: usize = if cfg!(debug_assertions) { ALL } else { 9 };

/// The open page tells of this many steps, and has ticked the first ones.
fn ticked(browser: &Browser, done: usize) {
    let numbers = (done.to_string(), DOABLE.to_string());
    let numbers = [("done", numbers.0.as_str()), ("all", numbers.1.as_str())];
    let count = browser.language.text_with("checklist-count", &numbers);
    let ticks = browser.run(
        "return [document.querySelector('#beside-checklist > summary .count').innerText,
            [...document.querySelectorAll('.steps li')].map(step => +step.matches('.done')).join('')]",
    );
    let expected = "1".repeat(done) + &"0".repeat(ALL - done);
    assert_eq!(ticks, json!([count, expected]), "{}", browser.path());
}

pub fn steps_tick_in_their_order(browser: &Browser) {
    browser.open("/login");
    ticked(browser, 0);
    // The second step before the first.
    browser.log_in("alice", "letmein");
    ticked(browser, 0);
    // The first step's request, with another outcome: a user is logged in.
    browser.log_in("alice", ALICE);
    assert_eq!(browser.path(), "/main");
    ticked(browser, 0);
    browser.tap("#beside-checklist > summary");
    browser.says(&browser.text("walk-missed"));
    browser.forget_cookies();
    // Answered by a redirect, and the login page tells of it.
    browser.open("/main");
    assert_eq!(browser.path(), "/login");
    ticked(browser, 1);
    browser.log_in("alice", "letmein");
    ticked(browser, 2);
    // The login and the page that it leads to are two steps.
    browser.log_in("alice", ALICE);
    assert_eq!(browser.path(), "/main");
    ticked(browser, 4);
    // The next step is a stranger's.
    browser.reload();
    ticked(browser, 4);

    browser.wait_for("#beside-checklist[open]");
    browser.says(&browser.text("checklist-how"));
    browser.says(&format!("{}:", browser.text("checklist-done")));
    // The outcome of a step is told once it is done.
    let told = "return [...document.querySelectorAll('.steps li')]
        .map(step => +(step.querySelector('.outcome') !== null)).join('')";
    assert_eq!(browser.run(told), "11110000000");

    browser.restart_the_lesson("engine=\"database\"");
    browser.reload();
    browser.wait_for("#beside-checklist[open]");
    ticked(browser, 4);
    // Another browser goes on where this one stopped, which sees it when it is looked at.
    browser.send(&Request::get("/main"));
    browser.run("dispatchEvent(new Event('focus'))");
    browser.wait("document.querySelectorAll('.steps > .done').length === 5");
    ticked(browser, 5);
    // Large type changes nothing about what was done.
    browser.open("/login?projector");
    ticked(browser, 5);
}

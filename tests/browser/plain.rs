//! A lesson without JavaScript: everything can be used, some of it with a click more.

use serde_json::json;
use session_lessons::course::Lessons;

use crate::browser::{ALICE, Browser};

/// WebDriver still looks into such pages; their own scripts don't run.
pub fn without_scripts(browser: &Browser) {
    browser.devtools(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": true }),
    );
}

pub fn a_lesson_without_scripts(browser: &Browser) {
    without_scripts(browser);
    browser.open("/");
    // The answer is not hidden where only a script could show it; it is folded away.
    let question = "#predict ~ .predict";
    browser.tap(&format!("{question} input[value='2']"));
    browser.tap(&format!("{question} .reveal > summary"));
    browser.says(&browser.text("predict-right"));
    let idea = Lessons::of_project().unwrap().all()[1].idea_in(browser.language);
    browser.says(&idea);

    browser.click("main a[href='/main']");
    assert_eq!(browser.path(), "/login");
    browser.log_in("alice", ALICE);
    assert_eq!(browser.path(), "/main");
    let welcome = browser
        .language
        .text_with("main-welcome-back", &[("user", "alice")]);
    browser.says(&welcome);

    // The request's effects stand there, and can be folded away.
    browser.says("POST /login → 303 /main");
    browser.says("\"alice\"");
    browser.tap(".xray-fold > summary");
    browser.wait_for(".xray-fold:not([open])");

    browser.tap("#beside-checklist > summary");
    browser.says(&browser.text("checklist-how"));
    let done = browser.run("return document.querySelectorAll('.steps .done').length");
    assert_eq!(done, 1);
    browser.tap("#beside-prediction > summary");
    browser.tap("#beside-prediction .reveal > summary");
    browser.says(&browser.text("predict-right"));
    for (part, words) in [
        ("notes", "session.set"),
        ("code", "session.set"),
        ("changes", "lesson01.rs"),
    ] {
        browser.tap(&format!("#beside-{part} > summary"));
        browser.click(&format!("#beside-{part} a"));
        assert_eq!(browser.path(), format!("/beside/{part}"));
        browser.says(words);
        browser.open("/main");
    }
    browser.click(".projector-switch");
    assert_eq!(browser.path(), "/main?projector");
    browser.says(&browser.text("page-usual"));

    browser.click(".xray-links a");
    assert!(browser.path().starts_with("/xray"));
    browser.says("GET /main?projector → 200");
    let soon = browser.run("return document.querySelector('meta[http-equiv=refresh]').content");
    assert_eq!(soon, "5");
    browser.see_it_reload();
    browser.says("GET /main?projector → 200");
}

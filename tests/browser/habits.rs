//! Habits of browsers that only a browser shows: focus, keyboard, cookies, the language switch.

use serde_json::json;
use session_lessons::course::Language;

use crate::browser::{ALICE, Browser, ENTER, TAB};

/// The element that has the focus: its name, or its link, or its tag.
fn focused(browser: &Browser) -> String {
    let script = "const e = document.activeElement;
        return e.name || e.getAttribute('href') || e.getAttribute('role') || e.tagName.toLowerCase()";
    browser.run(script).as_str().unwrap().to_owned()
}

/// Goes on with the tab key until this has the focus.
fn tab_to(browser: &Browser, target: &str) {
    let on_the_way: Vec<String> = (0..30)
        .map(|_| {
            browser.press(TAB);
            focused(browser)
        })
        .take_while(|place| place != target)
        .collect();
    assert_eq!(focused(browser), target, "after {on_the_way:?}");
}

pub fn keyboard_alone(browser: &Browser) {
    browser.open("/");
    tab_to(browser, "/login");
    browser.press_and_leave(ENTER);
    assert_eq!(browser.path(), "/login");
    tab_to(browser, "userid");
    browser.press("alice");
    tab_to(browser, "password");
    browser.press(ALICE);
    tab_to(browser, "button");
    // The focus can be seen.
    let outline = browser.run("return getComputedStyle(document.activeElement).outlineStyle");
    assert_eq!(outline, "solid");
    browser.press_and_leave(ENTER);
    assert_eq!(browser.path(), "/main");
    let welcome = browser
        .language
        .text_with("main-welcome-back", &[("user", "alice")]);
    browser.says(&welcome);
}

pub fn skip_link(browser: &Browser) {
    browser.open("/cart");
    browser.press(TAB);
    assert_eq!(focused(browser), "#content");
    browser.says(&browser.text("page-skip"));
    let seen = browser.run("return document.activeElement.getBoundingClientRect().top >= 0");
    assert_eq!(seen, true);
    browser.press(ENTER);
    assert_eq!(focused(browser), "main");
    browser.press(TAB);
    let inside = browser.run("return document.activeElement.closest('main') !== null");
    assert_eq!(inside, true);
}

pub fn language_switch(browser: &Browser) {
    let other = Language::ALL
        .into_iter()
        .find(|language| *language != browser.language);
    let other = other.unwrap();
    let languages = browser.run("return navigator.languages.join()");
    assert_eq!(languages, browser.language.code());
    for page in ["/", "/login", "/signup", "/nowhere/at?all=1&x=%22"] {
        browser.open(page);
        for language in [other, browser.language] {
            browser.click(&format!("button[name=lang][value={}]", language.code()));
            assert_eq!(browser.path(), page);
            let lang = browser.run("return document.documentElement.lang");
            assert_eq!(lang, language.code());
            browser.says(&language.text("page-course"));
        }
    }
    // A page that answered a form leads back to the empty form.
    browser.open("/signup");
    browser.click("main button");
    browser.says(&browser.text("signup-required"));
    browser.click(&format!("button[name=lang][value={}]", other.code()));
    assert_eq!(browser.path(), "/signup");
    browser.says(&other.text("signup-title"));
}

pub fn cookie(browser: &Browser) {
    browser.open("/login");
    browser.log_in("alice", ALICE);
    let mut cookie = browser.session_cookie().unwrap();
    let now = browser.run("return Date.now() / 1000").as_f64().unwrap();
    let days = (cookie["expiry"].as_f64().unwrap() - now) / (24.0 * 60.0 * 60.0);
    assert!((13.9..=14.01).contains(&days), "{days} days");
    let fields = cookie.as_object_mut().unwrap();
    fields.remove("expiry");
    let value = fields.remove("value").unwrap();
    assert_eq!(value.as_str().unwrap().len(), 57);
    let attributes = json!({
        "name": "session_id",
        "domain": "localhost",
        "path": "/",
        "httpOnly": true,
        "sameSite": "Lax",
        "secure": false,
    });
    assert_eq!(cookie, attributes);
    assert_eq!(browser.run("return document.cookie"), "");
    // A script smuggled into the page would not run, nor could it call home.
    let smuggle = "const done = arguments[arguments.length - 1];
        document.addEventListener('securitypolicyviolation', event => done(event.violatedDirective));
        const script = document.createElement('script');
        script.textContent = 'document.title = \"smuggled\"';
        document.body.append(script)";
    assert_eq!(browser.run_to_the_end(smuggle), "script-src-elem");
    assert_ne!(browser.run("return document.title"), "smuggled");
    let call_home = "const done = arguments[arguments.length - 1];
        document.addEventListener('securitypolicyviolation', event => done(event.violatedDirective));
        fetch('http://localhost:1/').catch(() => {})";
    assert_eq!(browser.run_to_the_end(call_home), "connect-src");
}

pub fn focus_on_errors(browser: &Browser) {
    browser.open("/signup");
    browser.click("main button");
    assert_eq!(focused(browser), "alert");
    browser.says(&browser.text("signup-errors"));
    tab_to(browser, "#userid");
    browser.press(ENTER);
    assert_eq!(focused(browser), "userid");
}

//! The X-ray beside the page and in a second window.

use serde_json::Value;

use crate::browser::{ALICE, Browser};
use crate::http::Request;
use crate::stored::rows;

/// Lines of the list on `/xray`, newest first, as a person reads them.
const LINES: &str = "[...document.querySelectorAll('[data-xray=all] .xray-line')].map(line => line.innerText.trim())";

/// More than the connections that a browser makes to one host.
const MANY: usize = 8;

fn waits_for_line(browser: &Browser, line: &str) {
    browser.wait(&format!("{LINES}.includes({})", Value::from(line)));
}

fn is_listening(browser: &Browser) {
    // The lesson's answer to a stream begins only with the first event, and a new window is behind
    // the others until then; what happens from now on must come.
    browser.wait("document.querySelector('[data-xray-lost]').hidden");
}

/// Neither the page's source nor what scripts made of it holds these. The checklist's instructions
/// name the passwords to type, so that part is left out.
fn keeps_secret(browser: &Browser, secrets: &[&str]) {
    let source = browser.source();
    let sent = browser.run_to_the_end(
        "const done = arguments[arguments.length - 1];
        fetch(location).then(answer => answer.text()).then(done)",
    );
    for page in [source.as_str(), sent.as_str().unwrap()] {
        let (before, rest) = page
            .split_once("<aside class=\"beside\"")
            .unwrap_or((page, ""));
        let after = rest.split_once("</aside>").map_or("", |(_, after)| after);
        for secret in secrets {
            let somewhere = before.contains(secret) || after.contains(secret);
            assert!(!somewhere, "{} holds {secret}", browser.path());
        }
    }
}

pub fn clicks_appear_in_the_second_window(browser: &Browser) {
    let walking = browser.window();
    let watching = browser.open_another("window");
    browser.open("/xray");
    is_listening(browser);
    browser.says(&browser.text("xray-empty"));
    assert_eq!(browser.cookies(), [""; 0]);
    browser.run("window.isTheSame = true");

    browser.go_to(&walking);
    browser.open("/login");
    browser.go_to(&watching);
    waits_for_line(browser, "GET /login → 200");
    browser.go_to(&walking);
    browser.log_in("alice", ALICE);
    let cookie = browser.session_cookie().unwrap();
    let (locker, secret) = cookie["value"].as_str().unwrap().split_once('.').unwrap();
    let before = rows(browser);
    assert_eq!(before.len(), 1, "{before:?}");

    browser.go_to(&watching);
    waits_for_line(browser, "GET /main → 200");
    let lines = browser.run(&format!("return {LINES}.join(' | ')"));
    // Newest first; what belongs together is read downwards.
    assert_eq!(
        lines,
        "POST /login → 303 /main | GET /main → 200 | GET /login → 200"
    );
    browser.wait_for(".xray-chain .xray-exchange + .xray-exchange");
    browser.says("sid#1·a");
    browser.says(&locker[..4]);
    browser.says("\"alice\"");
    browser.says(&browser.text("did-anonymous"));
    assert_eq!(browser.run("return window.isTheSame"), true);
    browser.reload();
    keeps_secret(browser, &[secret, ALICE, cookie["value"].as_str().unwrap()]);
    // A watcher is no visitor.
    assert_eq!(browser.cookies(), ["session_id"]);
    assert_eq!(browser.session_cookie().unwrap(), cookie);
    assert_eq!(rows(browser), before);
}

pub fn a_page_shows_what_made_it(browser: &Browser) {
    browser.open("/login");
    browser.log_in("alice", "letmein");
    browser.log_in("alice", ALICE);
    let cookie = browser.session_cookie().unwrap();
    let id = cookie["value"].as_str().unwrap();
    let secret = id.split_once('.').unwrap().1;
    let lines =
        "return [...document.querySelectorAll('aside.xray > details > .xray-chain .xray-line')]
        .map(line => line.innerText.trim()).join(' | ')";
    assert_eq!(
        browser.run(lines),
        "POST /login → 303 /main | GET /main → 200"
    );
    for text in [
        "xray-browser",
        "xray-wire",
        "xray-server",
        "did-cookie-sent",
        "did-no-session-id",
    ] {
        browser.says(&browser.text(text));
    }
    browser.says("userid=alice");
    // As long as no page wants to know.
    let folded =
        "return [...document.querySelectorAll('.xray-side details')].every(one => !one.open)";
    assert_eq!(browser.run(folded), true);
    browser
        .run("document.querySelectorAll('.xray-side details').forEach(one => { one.open = true })");
    browser.says("HttpOnly");
    browser.says("expires");
    keeps_secret(browser, &[secret, id, ALICE, "letmein"]);
    // A reload is a request alone.
    browser.reload();
    assert_eq!(browser.run(lines), "GET /main → 200");
    // It stays folded away from page to page.
    browser.tap(".xray-fold > summary");
    browser.wait("localStorage.getItem('xray') === 'folded'");
    browser.open("/login");
    browser.wait_for(".xray-fold:not([open])");
}

pub fn many_windows_still_work(browser: &Browser) {
    let mut windows = vec![browser.window()];
    browser.open("/xray");
    is_listening(browser);
    for place in 1..MANY {
        // All windows can be seen, of the tabs only one.
        let kind = if place < 6 { "window" } else { "tab" };
        windows.push(browser.open_another(kind));
        browser.open("/xray");
    }
    browser.open_another("window");
    browser.open("/login");
    browser.log_in("alice", ALICE);
    assert_eq!(browser.path(), "/main");
    let mut live = 0;
    for window in &windows {
        browser.go_to(window);
        live += usize::from(browser.run(&format!("return {LINES}.length")) == 3);
        browser.reload();
        waits_for_line(browser, "GET /main → 200");
    }
    // Four of those in view have streams, and it is chance which. Once the others are closed, the
    // first one has one.
    for window in &windows[1..] {
        browser.go_to(window);
        browser.close();
    }
    browser.go_to(&windows[0]);
    browser.send(&Request::get("/nowhere"));
    waits_for_line(browser, "GET /nowhere → 404");
    println!("{live} of {MANY} were up to date at once");
}

pub fn it_starts_anew_with_the_lesson(browser: &Browser) {
    browser.open("/xray");
    is_listening(browser);
    for path in ["/one", "/two", "/three"] {
        browser.send(&Request::get(path));
        waits_for_line(browser, &format!("GET {path} → 404"));
    }
    browser.run("window.isTheSame = true");
    browser.restart_the_lesson("engine=\"database\"");
    browser.wait("!document.querySelector('[data-xray-anew]').hidden");
    browser.says(&browser.text("xray-anew"));
    browser.wait("document.querySelector('[data-xray-lost]').hidden");
    browser.says(&browser.text("xray-empty"));
    assert_eq!(browser.run(&format!("return {LINES}.length")), 0);
    browser.send(&Request::get("/four"));
    waits_for_line(browser, "GET /four → 404");
    let numbers =
        "return [...document.querySelectorAll('.xray-number')].map(one => one.innerText).join()";
    assert_eq!(browser.run(numbers), "1");
    assert_eq!(browser.run("return window.isTheSame"), true);
}

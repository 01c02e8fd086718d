//! Every lesson by hand: its walk is done as the page says it, in a real browser, and every box is
//! ticked. Nothing is used that a page does not offer: its links and forms, the address bar, and the
//! tool below the step that is next.

use std::collections::HashMap;

use rocket::http::Method;
use serde_json::{Value, json};
use session_lessons::course::Lessons;
use session_lessons::course::scenario::{Act, Actor, OtherServer, Scenario, ScenarioStep, Sent};

use crate::browser::Browser;

/// Opens the list, also where another tab was open.
const LIST: &str = "document.getElementById('beside-checklist').open = true";

/// Marks the form for these fields and fills it. Returns false if the page has none: its hidden
/// fields and its button must have the values, since nobody can type those.
const FILL: &str = r"const [action, fields] = arguments;
    // A number that an earlier step has made is any number.
    const path = new RegExp(`^${action.replace(/\{\w+\}/, '\\d+')}$`);
    const fits = form => path.test(form.getAttribute('action')) && fields.every(([name, value]) =>
        [...form.elements].some(it => it.name === name
            && (['text', 'password', 'email', 'checkbox'].includes(it.type) || it.value === value)));
    const form = [...document.forms].find(fits);
    if (!form) return false;
    for (const [name, value] of fields) {
        const field = [...form.elements].find(it => it.name === name && it.type !== 'submit');
        if (field?.type === 'checkbox') field.checked = true;
        else if (field) field.value = value;
    }
    const named = ({ name, value }) => fields.some(it => it[0] === name && it[1] === value);
    const buttons = [...form.querySelectorAll('button')];
    document.querySelectorAll('[data-press]').forEach(it => delete it.dataset.press);
    (buttons.find(named) ?? buttons[0]).dataset.press = '';
    return true";

/// The walk through the lesson that the browser shows.
pub fn every_box_is_ticked(browser: &Browser) {
    browser.open("/");
    let program = browser.run("return document.querySelector('.brand-number').innerText");
    let number = program.as_str().unwrap().rsplit(' ').next().unwrap();
    let lesson = Lessons::of_project().unwrap().find(number).unwrap();
    let scenario = Scenario::load(lesson).unwrap_or_else(|error| panic!("{error:?}"));
    if scenario.has_mallory() {
        browser.start_mallory();
    }
    let second = |step: &ScenarioStep| matches!(&step.act, Act::Send(sent) if sent.server == Some(OtherServer::Second));
    if scenario.steps.iter().any(second) {
        browser.make_room_for_a_second();
    }
    if let Some(host) = &scenario.host {
        browser.use_host(host);
    }
    let mut windows = Windows {
        browser,
        current: scenario.steps[0].at,
        others: HashMap::new(),
    };
    for (place, step) in scenario.steps.iter().enumerate() {
        windows.go_to(step.at);
        // A redirect may have done it with the step before.
        if ticked(browser) > place {
            continue;
        }
        windows.act(step, &scenario);
        if step.is_seen() && ticked(browser) <= place {
            browser.open("/");
            // The request of a script is on its way.
            if matches!(&step.act, Act::Send(sent) if sent.script) {
                let waits = || {
                    browser.open("/");
                    ticked(browser) <= place
                };
                browser.wait_while(waits, "the script's request");
            }
            let done = ticked(browser);
            let missed = browser
                .run("return [...document.querySelectorAll('.steps .hint')].pop()?.innerText");
            assert!(done > place, "step {}: {:?}: {missed}", place + 1, step.act);
        }
    }
    browser.open("/");
    let all = scenario.steps.len();
    assert_eq!(ticked(browser), all);
    let numbers = [("done", &*all.to_string()), ("all", &*all.to_string())];
    browser.says(&browser.language.text_with("checklist-count", &numbers));
}

/// The number of ticked boxes.
fn ticked(browser: &Browser) -> usize {
    let ticked = browser.run("return document.querySelectorAll('.steps > .done').length");
    usize::try_from(ticked.as_u64().unwrap()).unwrap()
}

/// The windows of all persons, as one browser whose cookies are put aside when another person comes.
struct Windows<'a> {
    browser: &'a Browser,
    current: Actor,
    others: HashMap<Actor, Vec<Value>>,
}

impl Windows<'_> {
    /// Goes to this person's window.
    fn go_to(&mut self, person: Actor) {
        if person == self.current {
            return;
        }
        // Cookies are taken and given at the lesson's host.
        self.browser.open("/");
        let kept = self.cookies();
        self.others.insert(self.current, kept);
        self.current = person;
        let cookies = self.others.remove(&person).unwrap_or_default();
        self.put(cookies);
        self.browser.open("/");
    }

    fn cookies(&self) -> Vec<Value> {
        let cookies = self.browser.command("GET", "/cookie", Value::Null);
        cookies.as_array().unwrap().clone()
    }

    fn put(&self, cookies: Vec<Value>) {
        self.browser.forget_cookies();
        for mut cookie in cookies {
            // With any domain it would become a cookie for all names below it as well.
            let domain = cookie["domain"].as_str().unwrap_or_default();
            if !domain.starts_with('.') {
                cookie.as_object_mut().unwrap().remove("domain");
            }
            let cookie = json!({ "cookie": cookie });
            self.browser.command("POST", "/cookie", cookie);
        }
    }

    /// Does the step.
    fn act(&self, step: &ScenarioStep, scenario: &Scenario) {
        let browser = self.browser;
        match &step.act {
            Act::Close => {
                let mut cookies = self.cookies();
                cookies.retain(|cookie| cookie.get("expiry").is_some());
                self.put(cookies);
                browser.open("/");
            }
            Act::Restart(_) => {
                let command = self.copied();
                let settings = command.split_once("='{").map_or("", |(_, rest)| rest);
                browser.restart_the_lesson(settings.split('}').next().unwrap());
                browser.open("/");
            }
            Act::Wait(_) | Act::DevTools(_) => {
                self.open_the_list();
                browser.click(".steps form.tool button");
            }
            Act::Steal => self.see_the_theft(),
            Act::Send(sent) if sent.script => {}
            Act::Send(sent)
                if scenario.has_mallory()
                    && (sent.from.is_some() || sent.server == Some(OtherServer::Mallory)) =>
            {
                self.open_the_list();
                let host = match sent.is_foreign() {
                    true => "127.0.0.1".to_owned(),
                    false => scenario.mallorys_host(&sent.path),
                };
                browser.click(&format!(".steps .tool a[href*='//{host}:']"));
                browser.click(&format!("form[action$='{}'] button", sent.path));
            }
            Act::Send(sent) if sent.server == Some(OtherServer::Second) => {
                browser.start_second();
                self.open_the_list();
                browser.click(".steps .tool a");
                if sent.method == Method::Post {
                    self.submit(sent);
                }
            }
            Act::Send(sent) if sent.is_foreign() => {
                self.open_the_list();
                browser.click(".steps .tool a");
                browser.click("button");
            }
            Act::Send(sent) if sent.console => {
                let line = self.copied();
                let script = format!(
                    "const done = arguments[0]; (async () => {{ {line} }})().then(() => done(0))"
                );
                browser.run_to_the_end(&script);
            }
            Act::Send(sent) if sent.method == Method::Get => browser.open(&sent.path),
            Act::Send(sent) => self.submit(sent),
        }
    }

    /// Waits until the script that stands in the page has sent the cookie, if one stands there that
    /// can read it.
    fn see_the_theft(&self) {
        let reads = "return [...document.scripts].some(it => !it.src)
            && document.cookie.includes('session_id')";
        if self.browser.run(reads) == json!(true) {
            self.browser.wait(
                "performance.getEntriesByType('resource').some(it => it.name.includes('/loot'))",
            );
        }
    }

    fn open_the_list(&self) {
        if self
            .browser
            .run("return document.querySelector('.steps .tool') === null")
            == json!(true)
        {
            self.browser.open("/");
        }
        self.browser.run(LIST);
    }

    /// The line that the step's button copies.
    fn copied(&self) -> String {
        self.open_the_list();
        let line = self
            .browser
            .run("return document.querySelector('[data-copy]')?.dataset.copy");
        line.as_str().expect("the step offers a line").to_owned()
    }

    /// Fills the form and presses its button: on the page that is open, or on the one at the form's
    /// own address, or above it.
    fn submit(&self, sent: &Sent) {
        let browser = self.browser;
        let form = sent.form.iter().map(|(name, value)| {
            let user = session_lessons::accounts::DEMO_USERS.iter();
            let mut user = user.filter(|user| value.strip_prefix('$') == Some(user.userid));
            let value = user.next().map_or(value.as_str(), |user| user.password);
            // Her site's usual port may be taken by another trial.
            (name, value.replace(":9000/", &browser.mallorys_port()))
        });
        let form = json!(form.collect::<Vec<_>>());
        let fill = json!({ "script": FILL, "args": [sent.path, form] });
        let next = sent.form.iter().find(|(name, _)| name == "next");
        let first = next.map(|(_, next)| format!("{}?next={next}", sent.path));
        let mut page = first.as_deref().unwrap_or(&sent.path);
        while browser.command("POST", "/execute/sync", fill.clone()) != json!(true) {
            assert!(!page.is_empty(), "no page has the form of {sent:?}");
            browser.open(page);
            page = match page.rsplit_once('/') {
                Some(("", name)) if !name.is_empty() => "/",
                above => above.map_or("", |(above, _)| above),
            };
        }
        browser.click("[data-press]");
    }
}

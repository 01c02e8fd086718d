//! Predict first: choose, do it, see what was right and why people believe the others.

use serde_json::Value;
use session_lessons::course::Lessons;

use crate::browser::{ALICE, Browser};

const REVEAL: &str = ".predict .reveal";

/// The numbers of the right answer and of the first wrong one. They stand in the page's source only.
fn answers(browser: &Browser) -> (u64, u64) {
    let number = |selector: &str| {
        let script =
            format!("return +document.querySelector('{REVEAL} {selector}').dataset.answer");
        browser.run(&script).as_u64().unwrap()
    };
    (number(".right"), number("li:not(.right)"))
}

fn chosen(browser: &Browser) -> Value {
    browser.run("return +document.querySelector('.predict :checked')?.value || null")
}

/// The sentence about an answer, once that can be read.
fn verdict(browser: &Browser, answer: u64) -> String {
    let script = format!("return document.querySelector('[data-answer=\"{answer}\"]').innerText");
    browser.run(&script).as_str().unwrap().to_owned()
}

/// The right answer can be reached, and is folded away.
fn is_offered(browser: &Browser) -> bool {
    let script = format!(
        "const reveal = document.querySelector('{REVEAL}');
        return reveal.checkVisibility() && !reveal.open"
    );
    browser.run(&script) == Value::Bool(true)
}

pub fn a_wrong_answer_is_explained_and_kept(browser: &Browser) {
    browser.open("/");
    let (right, wrong) = answers(browser);
    assert!(!is_offered(browser), "who has not answered sees no answer");
    assert_eq!(chosen(browser), Value::Null);
    browser.tap(&format!(".predict input[value='{wrong}']"));
    assert!(is_offered(browser));

    browser.click("main a[href='/main']");
    browser.log_in("alice", ALICE);
    browser.tap("#beside-prediction > summary");
    assert_eq!(chosen(browser), wrong);
    assert!(is_offered(browser));
    browser.tap(&format!("{REVEAL} > summary"));
    let (right_is, yours) = (browser.text("predict-right"), browser.text("predict-yours"));
    let about_the_right = verdict(browser, right);
    assert!(about_the_right.starts_with(&right_is), "{about_the_right}");
    assert!(!about_the_right.contains(&yours), "{about_the_right}");
    let about_mine = verdict(browser, wrong);
    let (answer, why) = about_mine.split_once('\n').unwrap();
    assert!(answer.ends_with(&yours), "{about_mine}");
    assert!(why.trim().len() > 40, "{about_mine}");

    // The tab stays open on the next page, and the question need not be answered twice.
    browser.reload();
    browser.wait_for("#beside-prediction[open]");
    assert_eq!(chosen(browser), wrong);
    // A change of mind is said so.
    browser.tap(&format!(".predict input[value='{right}']"));
    browser.tap(&format!("{REVEAL} > summary"));
    assert!(verdict(browser, right).contains(&yours));
    assert!(!verdict(browser, wrong).contains(&yours));
    browser.open("/");
    assert_eq!(chosen(browser), right);

    browser.click("form.afresh button");
    assert_eq!(browser.path(), "/");
    assert_eq!(chosen(browser), Value::Null);
    assert!(!is_offered(browser));
    browser.reload();
    assert_eq!(chosen(browser), Value::Null);
}

/// The idea that the cover page shows by itself, without anything being unfolded.
fn tells_the_idea(browser: &Browser) -> bool {
    let idea = Lessons::of_project().unwrap().all()[1].idea_in(browser.language);
    let shown = browser.run("return document.querySelector('main').innerText");
    shown.as_str().unwrap().contains(&idea)
}

/// All that is said about an answer, though it is folded away.
fn verdict_of(browser: &Browser, answer: u64) -> String {
    let script = format!("return document.querySelector('[data-answer=\"{answer}\"]').textContent");
    browser.run(&script).as_str().unwrap().to_owned()
}

pub fn what_was_predicted_is_looked_up_in_the_xray(browser: &Browser) {
    browser.open("/");
    assert!(!tells_the_idea(browser), "it answers the question");
    let (_, wrong) = answers(browser);
    browser.tap(&format!(".predict input[value='{wrong}']"));
    browser.open("/main");
    browser.log_in("alice", "letmein");
    browser.tap("#beside-checklist > summary");
    let asked_later = "return !!document.querySelector('.steps a[href=\"#question-6\"]')";
    assert_eq!(browser.run(asked_later), false);
    browser.log_in("alice", ALICE);
    assert_eq!(browser.path(), "/main");

    // Its step has ticked: the answer that was given, and the column that shows what happened.
    browser.tap("#beside-prediction > summary");
    browser.says(&browser.text("predict-predicted"));
    let predicted = browser.run("return document.querySelector('[data-predicted] em').innerText");
    let mine = verdict_of(browser, wrong);
    assert!(
        mine.contains(predicted.as_str().unwrap()),
        "{mine}: {predicted}"
    );
    browser.tap("#question-4 .look");
    let column = "return document.querySelector('.xray-side:target h3').innerText";
    let wire = browser.text("xray-wire").to_lowercase();
    let shown = browser.run(column).as_str().unwrap().to_lowercase();
    assert_eq!(shown, wire);
    // The request that the question was about, and not the login before it.
    let exchange = "return document.querySelector('.xray-exchange:has(:target) summary').innerText";
    assert!(
        browser
            .run(exchange)
            .as_str()
            .unwrap()
            .contains("GET /main")
    );

    // On another page, whose X-ray is about something else, the one with all requests is linked.
    browser.open("/");
    assert!(tells_the_idea(browser));
    let address = browser.run("return document.querySelector('#question-4 .look').pathname");
    assert_eq!(address, "/xray");

    // The next question comes with the step before its own.
    browser.forget_cookies();
    browser.open("/main");
    assert_eq!(browser.path(), "/login");
    browser.says(&browser.text("predict-now"));
    assert_eq!(browser.run(asked_later), true);
    assert_eq!(
        browser.run("return document.querySelectorAll('.predict').length"),
        2
    );
    browser.wait_for("#beside-prediction[open] #question-6 input");
    browser.tap("#question-6 input[value='1']");
    browser.reload();
    browser.wait_for("#question-6 :checked");
}

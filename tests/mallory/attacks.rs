//! The attacks: a session ID kept, planted, tossed and looted.

use session_lessons::course::scenario::{Act, OtherServer, Scenario, ScenarioStep, Sent};
use session_lessons::course::{Language, Lessons};

use crate::common::http::Request;
use crate::common::mallory::Mallory;

#[test]
fn a_session_id_is_kept_and_planted() {
    let mallory = Mallory::start(8000);
    let answer = mallory.press("/plant", "/12", "");
    assert_eq!(answer.sent_to(), Some("/12?said=nothing"));
    assert_eq!(answer.all("Set-Cookie"), [""; 0]);

    let answer = mallory.press("/note", "/12?port=8001&lang=ko", "lang=ko");
    assert_eq!(answer.sent_to(), Some("/12?port=8001&lang=ko&said=none"));

    let answer = mallory.press("/note", "/12", "lang=ko; session_id=53amsecret");
    assert_eq!(answer.sent_to(), Some("/12?said=noted"));
    assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    let page = mallory.get("/12?said=noted").main();
    assert!(page.contains("Kept: the session ID 53am…"), "{page}");
    assert!(!page.contains("secret"), "{page}");

    let answer = mallory.press("/plant", "/12", "session_id=other");
    assert_eq!(answer.sent_to(), Some("/12?said=planted"));
    let planted = "session_id=53amsecret; Path=/; HttpOnly; SameSite=Lax";
    assert_eq!(answer.all("Set-Cookie"), [planted]);
}

#[test]
fn a_cookie_keeps_the_name_that_it_came_with() {
    let mallory = Mallory::start(8000);
    mallory.press("/note", "/15", "__Host-session_id=abcdef");
    let answer = mallory.press("/plant", "/15", "");
    let planted = "__Host-session_id=abcdef; Path=/; HttpOnly; SameSite=Lax; Secure";
    assert_eq!(answer.all("Set-Cookie"), [planted]);
}

#[test]
fn a_second_cookie_is_tossed() {
    let mallory = Mallory::start(8000);
    let answer = mallory.press("/toss", "/14", "");
    assert_eq!(answer.sent_to(), Some("/14?said=nothing"));
    assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    for (name, secure) in [("session_id", ""), ("__Host-session_id", "; Secure")] {
        mallory.press("/note", "/14", &format!("{name}=abcdef"));
        let answer = mallory.press("/toss", "/14", "");
        assert_eq!(answer.sent_to(), Some("/14?said=tossed"));
        let tossed = |value: &str| format!("{name}={value}; Domain=shop.localhost; Path=/{secure}");
        assert_eq!(answer.all("Set-Cookie"), [tossed("abcdef")]);
        let page = mallory.get("/14").main();
        let shown = format!("Set-Cookie: {}", tossed("abcd…"));
        assert!(page.contains(&shown), "{page}");
    }
}

#[test]
fn a_script_sends_what_it_can_read() {
    let mallory = Mallory::start(8000);
    let nothing = "No script has sent a session ID yet.";
    for query in ["/loot", "/loot?lang=ko"] {
        assert_eq!(mallory.get(query).status, 204);
    }
    assert!(mallory.get("/14").main().contains(nothing));
    // From a page of the lesson, which is another origin; the answer is not for its script.
    let request = Request::get("/loot?lang=ko;%20session_id=4fcdabc");
    let request = request.header("Origin", "http://shop.localhost:8000");
    let answer = request
        .header("Sec-Fetch-Site", "same-site")
        .send(mallory.port);
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    let page = mallory.get("/14").main();
    assert!(
        page.contains("A script has sent the session ID 4fcd…"),
        "{page}"
    );
    let answer = mallory.press("/plant", "/14", "");
    assert!(
        answer
            .one("Set-Cookie")
            .unwrap()
            .starts_with("session_id=4fcdabc;")
    );
}

/// The steps of a lesson's open half.
fn steps(number: &str) -> Vec<ScenarioStep> {
    let lesson = Lessons::of_project().unwrap().find(number).unwrap();
    Scenario::load(lesson).unwrap().steps
}

fn sent(step: &ScenarioStep) -> Option<&Sent> {
    match &step.act {
        Act::Send(sent) => Some(sent),
        _ => None,
    }
}

#[test]
fn her_form_sends_what_the_scenario_of_lesson_13_says() {
    let mallory = Mallory::start(8123);
    let page = mallory.get("/13").body;
    assert!(page.contains(r#"<form method="post" action="http://localhost:8123/board">"#));
    let steps = steps("13a");
    let foreign = steps
        .iter()
        .filter_map(sent)
        .filter(|sent| sent.from.is_some());
    let forms: Vec<_> = foreign.map(|sent| &sent.form).collect();
    assert_eq!(forms.len(), 2);
    for form in forms {
        let [(name, value)] = form.as_slice() else {
            panic!("{form:?}")
        };
        let field = format!(r#"<input type="hidden" name="{name}" value="{value}">"#);
        assert!(page.contains(&field), "{field}\n{page}");
    }
}

#[test]
fn her_script_is_the_one_in_the_scenario_of_lesson_14() {
    let mallory = Mallory::start(8000);
    let page = mallory.get("/14").main();
    let steps = steps("14a");
    let mut texts = steps.iter().filter_map(sent).flat_map(|sent| &sent.form);
    let (_, script) = texts.find(|(_, text)| text.contains("<script>")).unwrap();
    let here = script.replace(":9000/", &format!(":{}/", mallory.port));
    assert!(page.contains(&here), "{here}\n{page}");
}

#[test]
fn lessons_name_her_buttons_as_her_pages_do() {
    for number in ["12", "13", "14", "15"] {
        let mut named = 0;
        for step in steps(&format!("{number}a")) {
            let Some(sent) = sent(&step) else { continue };
            let button = match sent.path.as_str() {
                "/board" if sent.from.is_some() => "board",
                _ if sent.server == Some(OtherServer::Mallory) => &sent.path[1..],
                _ => continue,
            };
            for language in Language::ALL {
                let label = language.text(&format!("mallory-button-{button}"));
                let to_do = step.instruction.as_ref().unwrap().text(language);
                assert!(
                    to_do.contains(&format!("**{label}**")),
                    "{number}: {label}: {to_do}"
                );
            }
            named += 1;
        }
        assert!(named > 1, "{number}");
    }
}

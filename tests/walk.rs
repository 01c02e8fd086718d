//! The walk beside a lesson: the tools for steps that no page of the lesson can do, and whom they
//! obey.

use std::{fs, thread};

use session_lessons::course::scenario::{Act, DevTools, Scenario};

use crate::common::http::{Answer, Request};
use crate::common::lesson::{Lesson, Start};
use crate::common::sources::programs;

/// A lesson that is started, its walk done up to the first step whose act is this; and the number of
/// steps that are done.
fn walked_to(program: &str, act: impl Fn(&Act) -> bool) -> (Lesson, usize) {
    let known = programs().find(|it| it.program == program).unwrap();
    let scenario = Scenario::load(known).unwrap_or_else(|error| panic!("{error:?}"));
    let place = scenario.steps.iter().position(|step| act(&step.act));
    let done = place.expect("the lesson has such a step");
    let lesson = Lesson::start(program);
    let progress = lesson.database().with_file_name("progress.toml");
    fs::write(progress, format!("{program} = {done}\n")).unwrap();
    (lesson, done)
}

/// The steps that the page shows as done.
fn done(lesson: &Lesson) -> usize {
    let page = Request::get("/").send(lesson.port).body;
    page.matches("<li class=\"done\">").count()
}

fn press(tool: &str) -> Request {
    let back = [("back", "/login")];
    Request::post(&format!("/walk/{tool}"), &back)
}

#[test]
fn a_wait_is_over_by_its_own_button_or_by_those_of_the_xray() {
    let waits = |act: &Act| matches!(act, Act::Wait(_));
    let (lesson, before) = walked_to("lesson02", waits);
    let answer = press("clock").send(lesson.port);
    assert_eq!((answer.status, answer.sent_to()), (303, Some("/login")));
    assert_eq!(done(&lesson), before + 1);
    // The next step waits for nothing.
    press("clock").send(lesson.port);
    assert_eq!(done(&lesson), before + 1);

    let (lesson, before) = walked_to("lesson02", waits);
    for (by, expected) in [("weeks", before), ("day", before + 1)] {
        Request::post("/xray/time", &[("by", by)]).send(lesson.port);
        assert_eq!(done(&lesson), expected, "{by}");
    }
}

#[test]
fn a_clock_that_was_set_back_is_moved_by_one_press() {
    let (lesson, before) = walked_to("lesson02", |act| matches!(act, Act::Wait(_)));
    for by in ["weeks", "now"] {
        Request::post("/xray/time", &[("by", by)]).send(lesson.port);
    }
    assert_eq!(done(&lesson), before);
    press("clock").send(lesson.port);
    assert_eq!(done(&lesson), before + 1);
}

#[test]
fn a_button_that_is_pressed_twice_at_once_works_once() {
    let (lesson, before) = walked_to("lesson02", |act| matches!(act, Act::Wait(_)));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| press("clock").send(lesson.port));
        }
    });
    assert_eq!(done(&lesson), before + 1);
    let page = Request::get("/").send(lesson.port).body;
    let clock = page.split("class=\"xray-mark\">").nth(1);
    let ahead = clock.and_then(|rest| rest.split("</b>").next());
    assert_eq!(ahead, Some("15 days ahead"));
}

#[test]
fn the_cookie_is_copied_only_where_there_is_one() {
    let copies = |act: &Act| *act == Act::DevTools(DevTools::Copy);
    let (lesson, before) = walked_to("lesson09", copies);
    assert_eq!(press("cookie").send(lesson.port).status, 303);
    assert_eq!(done(&lesson), before);
    let page = Request::get("/").send(lesson.port).body;
    assert!(
        page.contains("there is no cookie to do that with"),
        "{page}"
    );
    let cookie = |value| press("cookie").header("Cookie", format!("session_id={value}"));
    let copied = cookie("s1.abc.def").send(lesson.port);
    assert_eq!((copied.status, copied.one("Set-Cookie")), (303, None));
    assert_eq!(done(&lesson), before + 1);
}

#[test]
fn a_copy_that_a_restart_has_lost_is_made_again() {
    let copies = |act: &Act| *act == Act::DevTools(DevTools::Copy);
    let (mut lesson, before) = walked_to("lesson09", copies);
    let copy = || press("cookie").header("Cookie", "session_id=s1.abc.def");
    copy().send(lesson.port);
    lesson.restart();
    assert_eq!(done(&lesson), before + 1);
    press("cookie").send(lesson.port);
    assert_eq!(done(&lesson), before);
    let page = Request::get("/").send(lesson.port).body;
    assert!(page.contains("The copy was lost"), "{page}");
    copy().send(lesson.port);
    let pasted = press("cookie").send(lesson.port);
    let cookie = pasted.one("Set-Cookie").unwrap_or_default();
    assert!(cookie.starts_with("session_id=s1.abc.def;"), "{cookie}");
    assert_eq!(done(&lesson), before + 2);
}

#[test]
fn another_sites_page_sends_its_form_to_where_the_lesson_is_open() {
    let foreign = |act: &Act| matches!(act, Act::Send(sent) if sent.is_foreign());
    let (lesson, _) = walked_to("lesson03", foreign);
    let answer = Request::get("/walk/another-site").send(lesson.port);
    let other = format!("http://127.0.0.1:{}", lesson.port);
    let page = answer.body.replace("&#x2f;", "/");
    assert!(
        page.contains(&format!("action=\"{other}/logout\"")),
        "{page}"
    );
    let policy = answer.one("Content-Security-Policy");
    assert_eq!(
        policy,
        Some(&*format!(
            "default-src 'none'; form-action {other}; base-uri 'none'; frame-ancestors 'none'"
        ))
    );

    for (named, place) in [
        ("shop.localhost:8000", "http://shop.localhost:8000"),
        ("shop.localhost.evil.com", &other),
    ] {
        let path = format!("/walk/another-site?of={named}");
        let page = Request::get(&path).send(lesson.port).body;
        let action = format!("action=\"{place}/logout\"");
        assert!(page.replace("&#x2f;", "/").contains(&action), "{page}");
    }

    let lesson = Lesson::start("lesson03");
    assert_eq!(
        Request::get("/walk/another-site").send(lesson.port).status,
        404
    );
}

#[test]
fn a_post_that_was_deleted_too_early_can_be_written_anew() {
    let deletes = |act: &Act| matches!(act, Act::Send(sent) if sent.path.contains("{post}"));
    let (lesson, before) = walked_to("lesson07", deletes);
    let login = [("userid", "alice"), ("password", "wonder-land-7")];
    let login = Request::post("/login", &login).send(lesson.port);
    let cookie = login.one("Set-Cookie").and_then(|it| it.split(';').next());
    let cookie = cookie.expect("the login sets a cookie");
    let send = |request: Request| request.header("Cookie", cookie).send(lesson.port);
    // The tool's line needs the number of a post by Alice, which the page of the board shows.
    let offers = |post: &str| {
        let page = send(Request::get("/who")).body.replace("&#x2f;", "/");
        let line = format!("/board/{post}/delete");
        assert!(page.contains(&line), "{page}");
    };
    offers("{post}");
    for post in ["1", "2"] {
        send(Request::post("/board", &[("text", "Hello")]));
        send(Request::get("/board"));
        offers(post);
        send(Request::post(&format!("/board/{post}/delete"), &[]));
        send(Request::get("/board"));
        offers(post);
    }
    assert_eq!(done(&lesson), before);
}

#[test]
fn tools_that_obey_nobody_are_not_offered() {
    for (lesson, act) in [
        ("lesson02", "action=\"/walk/clock\""),
        ("lesson09", "action=\"/walk/cookie\""),
    ] {
        let tool = |act: &Act| matches!(act, Act::Wait(_) | Act::DevTools(_));
        let (open, done) = walked_to(lesson, tool);
        let request = || Request::get("/");
        let page = |request: Request| request.send(open.port).body.replace("&#x2f;", "/");
        assert!(page(request()).contains(act));
        assert!(!page(request().header("Via", "1.1 proxy")).contains(act));
        let closed = Start::of(lesson).with("ROCKET_XRAY", "false").begin();
        let progress = closed.database().with_file_name("progress.toml");
        fs::write(progress, format!("{lesson} = {done}\n")).unwrap();
        let page = Request::get("/").send(closed.port).body;
        assert!(page.contains("demo"), "{page}");
        assert!(!page.replace("&#x2f;", "/").contains(act));
    }
}

#[test]
fn tools_obey_pages_of_this_machine_only() {
    let (lesson, before) = walked_to("lesson02", |act| matches!(act, Act::Wait(_)));
    let refused = |request: Request| {
        let answer: Answer = request.send(lesson.port);
        assert_eq!(done(&lesson), before);
        answer.status
    };
    let foreign = |tool| press(tool).header("Sec-Fetch-Site", "cross-site");
    let proxied = |tool| press(tool).header("X-Forwarded-For", "192.0.2.1");
    for tool in ["clock", "cookie"] {
        assert_eq!(refused(foreign(tool)), 403, "{tool}");
        assert_eq!(refused(proxied(tool)), 404, "{tool}");
    }
    // The step that waits has nothing to do with cookies.
    assert_eq!(refused(press("cookie")), 303);
    assert_eq!(refused(Request::get("/walk/clock")), 404);
}

//! Parts beside the lessons' pages: cover page, prediction, tabs, large type, start afresh.

use std::sync::Arc;

use rocket::figment::Figment;
use rocket::http::{Cookie, Header, Status};
use rocket::local::blocking::Client;
use rocket::{Build, Rocket, post, routes};
use session_lessons::app::try_app;
use session_lessons::course::Language;
use session_lessons::session::{Layer, Session};

use crate::common::http::Request;
use crate::common::lesson::Lesson;
use crate::common::sources::lessons;

/// The app of one lesson, without the lesson's own views. Its database is gone when the app is.
fn app(lesson: &str) -> Rocket<Build> {
    let folder = tempfile::tempdir().unwrap();
    let figment = Figment::from(rocket::Config::debug_default())
        .merge(("password_cost", 4))
        .merge(("port", 0))
        .merge(("log_level", "off"))
        .merge(("session.database", folder.path().join("beside.db")));
    try_app(lesson, figment).unwrap().manage(folder)
}

fn client(lesson: &str) -> Client {
    Client::tracked(app(lesson)).unwrap()
}

/// A text as it stands in HTML.
fn escaped(text: &str) -> String {
    text.replace('\'', "&#x27;").replace('"', "&quot;")
}

#[post("/remember")]
fn remember(session: &Session) {
    session.set("user", "alice").unwrap();
}

fn client_with_sessions() -> Client {
    let lesson = app("03").attach(Session::fairing());
    Client::tracked(lesson.mount("/", routes![remember])).unwrap()
}

fn page(client: &Client, path: &'static str, lang: &'static str) -> String {
    let language = Header::new("Accept-Language", lang);
    let response = client.get(path).header(language).dispatch();
    response.into_string().unwrap()
}

/// The text between two marks.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let rest = page
        .split_once(from)
        .unwrap_or_else(|| panic!("{from}: {page}"))
        .1;
    rest.split_once(to)
        .unwrap_or_else(|| panic!("{to}: {page}"))
        .0
}

#[test]
fn the_cover_page_asks_before_it_answers() {
    for lesson in lessons() {
        let client = client(&lesson.number);
        for lang in ["en", "ko"] {
            let cover = page(&client, "/", lang);
            let question = between(&cover, "<fieldset>", "</fieldset>");
            let answers = question.matches("type=\"radio\"").count();
            assert!((3..=4).contains(&answers), "{question}");
            // Closed: the answer is not read by accident.
            let reveal = between(&cover, "<details class=\"reveal\"", "</details>");
            assert_eq!(reveal.matches("class=\"right\"").count(), 1);
            assert_eq!(reveal.matches("<li data-answer").count(), answers);
            assert_eq!(reveal.matches("<p>").count(), 2 * answers - 1, "{reveal}");
        }
    }
}

#[test]
fn the_cover_page_tells_the_idea_with_the_answer_alone() {
    for lesson in lessons() {
        let client = client(&lesson.number);
        for (lang, language) in [("en", Language::English), ("ko", Language::Korean)] {
            let cover = page(&client, "/", lang);
            let idea = escaped(&lesson.idea_in(language));
            assert_eq!(cover.matches(&idea).count(), 1, "{idea}: {cover}");
            let (before, reveal) = cover.split_once("<details class=\"reveal\"").unwrap();
            assert!(before.contains("<fieldset>"));
            assert!(reveal.split_once("</details>").unwrap().0.contains(&idea));
        }
    }
}

#[test]
fn every_question_is_asked_when_its_step_is_next() {
    let lesson = Lesson::start("lesson03");
    let mut cookie = String::new();
    let mut go = |request: Request| {
        let answer = request.header("Cookie", &cookie).send(lesson.port);
        if let Some(sent) = answer.one("Set-Cookie") {
            cookie = sent.split(';').next().unwrap().to_owned();
        }
        Request::get("/").send(lesson.port).body
    };
    let parts = |page: &str| {
        let after = page.split_once("</main>").unwrap().1.to_owned();
        let marks = [
            "asked now",
            "You predicted:",
            "id=\"question-5\"",
            "id=\"question-6\"",
        ];
        marks.map(|mark| after.contains(mark))
    };
    let idea = escaped(&lessons()[2].idea_in(Language::English));
    let form = [("userid", "alice"), ("password", "wonder-land-7")];
    let page = go(Request::post("/login", &form));
    assert_eq!(parts(&page), [false; 4], "{page}");
    go(Request::get("/main"));
    go(Request::get("/logout"));
    let page = go(Request::post("/logout", &[]).header("Sec-Fetch-Site", "cross-site"));
    // The first one's step is next. The cover page has that question itself.
    assert_eq!(parts(&page), [false; 4], "{page}");
    let (ticket, question) = page.split_once("<fieldset>").unwrap();
    assert!(!ticket.contains(&idea) && question.contains(&idea));
    let page = go(Request::post("/logout", &[]));
    // The next step asks too.
    assert_eq!(parts(&page), [true, false, false, true], "{page}");
    let (ticket, rest) = page.split_once("class=\"predict\"").unwrap();
    assert!(ticket.contains(&idea), "{page}");
    assert!(rest.contains("href=\"/xray#xray-server-"), "{page}");
    let login = Request::get("/login").send(lesson.port).body;
    assert_eq!(parts(&login), [true, true, true, true], "{login}");
}

#[test]
fn tabs_stand_beside_every_page_and_start_closed() {
    let client = client("03");
    for path in ["/", "/nowhere", "/beside/code"] {
        let page = page(&client, path, "en");
        let after = page.split("</main>").nth(1).unwrap();
        for part in ["notes", "code", "changes"] {
            assert!(
                after.contains(&format!("id=\"beside-{part}\"")),
                "{path}: {part}"
            );
        }
        assert!(!page.contains("<details open"), "{path}");
        // On the cover page the question stands in the page itself.
        assert_eq!(page.matches("<fieldset>").count(), 1, "{path}");
    }
}

#[test]
fn notes_come_in_the_readers_language_and_raw_html_stays_text() {
    let client = client("02");
    let english = page(&client, "/beside/notes", "en");
    let korean = page(&client, "/beside/notes", "ko");
    assert!(english.contains("<h2>Idea</h2>"), "{english}");
    assert!(korean.contains("<h2>핵심</h2>"), "{korean}");
    assert!(english.contains("session.set(\"user\""), "{english}");
    assert!(!english.contains("Lesson 03:"), "the next lesson begins");
    // An exercise has the notes of its lesson beside it.
    let exercise = page(&self::client("ex02"), "/beside/notes", "en");
    assert!(exercise.contains("session.set(\"user\""), "{exercise}");
}

#[test]
fn a_page_about_rust_is_linked_from_the_code() {
    let client = client("01");
    assert!(page(&client, "/beside/code", "en").contains("href=\"/beside/rust\""));
    let english = page(&client, "/beside/rust", "en");
    assert!(
        english.contains("<h3>3. The last line without <code>;</code></h3>"),
        "{english}"
    );
    assert!(english.contains("<code>a || b</code>"), "{english}");
    assert_eq!(english.matches("<h1>").count(), 1, "{english}");
    assert!(page(&client, "/beside/rust", "ko").contains("클로저"));
}

#[test]
fn the_source_and_its_changes_are_those_of_the_files() {
    let client = client("03");
    let source = std::fs::read_to_string("lessons/lesson03.rs").unwrap();
    let code = page(&client, "/beside/code", "en");
    assert_eq!(code.matches("class=\"line").count(), source.lines().count());
    let changes = page(&client, "/beside/changes", "en");
    assert!(changes.contains("lessons/lesson02.rs</code> → <code>lessons/lesson03.rs"));
    assert!(
        changes.contains("session.pop(&quot;user&quot;);"),
        "{changes}"
    );
    assert!(!changes.contains("//! Lesson"), "the header is left out");
    // The comment that came with a change is its reason.
    assert!(between(&changes, "added reason\">", "</span>\n").contains("Logging out takes a form"));
    let first = page(&self::client("01"), "/beside/changes", "en");
    assert!(first.contains("This is where it begins"));
}

#[test]
fn the_source_and_its_changes_have_comments_in_the_readers_language() {
    let client = client("03");
    let source = std::fs::read_to_string("lessons/ko/lesson03.rs").unwrap();
    let code = page(&client, "/beside/code", "ko");
    assert_eq!(code.matches("class=\"line").count(), source.lines().count());
    assert!(code.contains("<code>lessons/ko/lesson03.rs"), "{code}");
    assert!(code.contains("// 세션 조회."), "{code}");
    let changes = page(&client, "/beside/changes", "ko");
    assert!(changes.contains("lessons/ko/lesson02.rs</code> → <code>lessons/ko/lesson03.rs"));
    assert!(between(&changes, "added reason\">", "</span>\n").contains("로그아웃은 폼"));
    // An exercise has no twin, and is compared with itself as it was given.
    let exercise = self::client("ex03");
    let code = page(&exercise, "/beside/code", "ko");
    assert!(code.contains("<code>exercises/ex03.rs"), "{code}");
    let changes = page(&exercise, "/beside/changes", "en");
    assert!(
        changes.contains("You have not changed anything yet"),
        "{changes}"
    );
}

#[test]
fn an_exercise_has_its_task_beside_every_page() {
    let exercise = client("ex03");
    for (language, words) in [
        (
            "en",
            ["Not checked yet", "Edit in exercises/ex03.rs", "None yet"],
        ),
        (
            "ko",
            ["아직 채점하지 않았습니다", "수정할 곳", "아직 연 힌트가"],
        ),
    ] {
        let login = page(&exercise, "/login", language);
        assert!(login.contains("href=\"/beside/task\""), "{login}");
        let task = page(&exercise, "/beside/task", language);
        for word in words {
            assert!(task.contains(word), "{word}: {task}");
        }
        assert!(between(&task, "id=\"reading\"", "</section>").contains("exercises/ex03.rs"));
    }
    let lesson = page(&client("03"), "/login", "en");
    assert!(!lesson.contains("/beside/task"), "{lesson}");
}

#[test]
fn a_page_with_everything_beside_it_stays_small() {
    let client = client("05");
    let size = |path: &str| {
        client
            .get(path.to_owned())
            .dispatch()
            .into_bytes()
            .unwrap()
            .len()
    };
    for lang in ["en", "ko"] {
        let page = page(&client, "/nowhere", lang);
        let assets = page.split('"').filter(|part| part.starts_with("/assets/"));
        let assets: std::collections::BTreeSet<&str> = assets.collect();
        let all = page.len() + assets.iter().map(|path| size(path)).sum::<usize>();
        println!(
            "{lang}: {} of {all} bytes are the page, {assets:?}",
            page.len()
        );
        assert!(all < 50_000, "{lang}: {all} bytes");
    }
}

#[test]
fn large_type_can_be_asked_for_and_left() {
    let client = client("01");
    let large = page(&client, "/?projector", "en");
    assert!(large.contains("<html lang=\"en\" class=\"projector\">"));
    assert!(
        large.contains("class=\"projector-switch\" href=\"/\""),
        "{large}"
    );
    let usual = page(&client, "/", "en");
    assert!(usual.contains("<html lang=\"en\">"));
    assert!(usual.contains("class=\"projector-switch\" href=\"/?projector\""));
}

#[test]
fn starting_afresh_removes_cookie_and_row_and_keeps_the_language() {
    let client = client_with_sessions();
    let set = client.post("/remember").dispatch();
    let set = set.headers().get_one("Set-Cookie").unwrap();
    let session_id = set.split(';').next().unwrap().to_owned();
    let layer = client.rocket().state::<Arc<Layer>>().unwrap().clone();
    let rows = || {
        rocket::tokio::runtime::Runtime::new()
            .unwrap()
            .block_on(layer.sessions_of("alice"))
    };
    assert_eq!(rows().unwrap().len(), 1);
    let response = client
        .post("/afresh")
        .cookie(("lang", "ko"))
        // The session layer reads what a browser would send, not Rocket's list of cookies.
        .header(Header::new("Cookie", session_id))
        .dispatch();
    assert_eq!(response.status(), Status::SeeOther);
    assert_eq!(response.headers().get_one("Location"), Some("/"));
    let sent: Vec<&str> = response.headers().get("Set-Cookie").collect();
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].starts_with("session_id=;") && sent[0].contains("Max-Age=0"));
    assert_eq!(rows().unwrap().len(), 0);
}

#[test]
fn without_a_session_layer_a_leftover_cookie_goes_too() {
    let client = Client::untracked(app("01")).unwrap();
    let leftover = client
        .post("/afresh")
        .cookie(Cookie::new("session_id", "x.y"));
    let response = leftover.dispatch();
    let sent = response.headers().get_one("Set-Cookie").unwrap();
    assert!(
        sent.starts_with("session_id=;") && sent.contains("Max-Age=0"),
        "{sent}"
    );
    let response = client.post("/afresh").dispatch();
    assert_eq!(response.status(), Status::SeeOther);
    assert_eq!(response.headers().get_one("Set-Cookie"), None);
}

#[test]
fn another_site_cannot_start_afresh() {
    let client = client_with_sessions();
    client.post("/remember").dispatch();
    let foreign = Header::new("Sec-Fetch-Site", "cross-site");
    let response = client.post("/afresh").header(foreign).dispatch();
    assert_eq!(response.status(), Status::Forbidden);
    assert_eq!(response.headers().get_one("Set-Cookie"), None);
}

#[test]
fn a_step_is_ticked_on_the_page_that_answers_it() {
    let lesson = Lesson::start("lesson01");
    let count = |answer: crate::common::http::Answer| {
        let count = between(&answer.body, "class=\"count\">", "</span>").to_owned();
        let done = answer.body.matches("<li class=\"done\">").count();
        assert!(count.starts_with(&format!("{done} of ")), "{count}");
        done
    };
    let get = |path: &str| Request::get(path).send(lesson.port);
    let log_in = |password| {
        let form = [("userid", "alice"), ("password", password)];
        Request::post("/login", &form).send(lesson.port)
    };
    assert_eq!(count(get("/")), 0);
    // The wrong outcome, and a step before its turn.
    assert_eq!(count(get("/main?user=alice")), 0);
    log_in("wonder-land-7");
    assert_eq!(count(get("/")), 0);
    assert_eq!(count(get("/main?projector")), 1);
    assert_eq!(count(log_in("wrong")), 2);
    assert_eq!(count(get("/main")), 2);
    log_in("wonder-land-7");
    assert_eq!(count(get("/main")), 4);
    let kept = lesson.database().with_file_name("progress.toml");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "lesson01 = 4\n");
    // As `course reset` does it.
    std::fs::remove_file(kept).unwrap();
    assert_eq!(count(get("/")), 0);
}

//! English and Korean: which one a browser gets, and the switch on every page.

use crate::common::http::Request;
use crate::common::lesson::Lesson;
use crate::common::story::Story;

#[test]
fn a_click_on_the_switch_is_remembered_and_leads_back_to_the_page() {
    let story = Story::of("lesson02");
    let mut visitor = story.visitor("visitor", "en");
    assert_eq!(visitor.get("/login").language(), "en");
    let answer = visitor.post("/language", &[("lang", "ko"), ("back", "/login")]);
    assert_eq!(answer.sent_to(), Some("/login"));
    let cookie = "lang=ko; HttpOnly; SameSite=Lax; Path=/; Max-Age=31536000";
    assert_eq!(answer.one("Set-Cookie"), Some(cookie));
    assert_eq!(visitor.follow(&answer).language(), "ko");
    assert_eq!(visitor.get("/nowhere").language(), "ko");
    visitor.post("/language", &[("lang", "en"), ("back", "/login")]);
    assert_eq!(visitor.get("/login").language(), "en");
}

#[test]
fn every_page_has_the_switch_with_the_way_back() {
    let lesson = Lesson::start("lesson04");
    let pages = [
        (Request::get("/"), "/"),
        (Request::get("/login"), "/login"),
        (Request::get("/login?a=b&c=%22"), "/login?a=b&amp;c=%22"),
        (Request::post("/login", &[]), "/login"),
        (Request::post("/signup", &[]), "/signup"),
        (Request::get("/nowhere"), "/nowhere"),
        (Request::post("/nowhere", &[]), "/"),
    ];
    for (request, back) in pages {
        let page = request.send(lesson.port).body;
        let field = format!("<input type=\"hidden\" name=\"back\" value=\"{back}\">");
        assert!(page.contains(&field), "{}: {page}", request.target);
        assert!(page.contains("action=\"/language\""));
    }
}

#[test]
fn the_switch_never_leads_to_another_site() {
    let lesson = Lesson::start("lesson01");
    for foreign in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/main\r\nSet-Cookie: a=b",
        "evil",
        "",
    ] {
        let click = Request::post("/language", &[("lang", "ko"), ("back", foreign)]);
        let answer = click.send(lesson.port);
        assert_eq!(answer.sent_to(), Some("/"), "{foreign:?}");
        assert_eq!(answer.all("Set-Cookie").len(), 1, "{foreign:?}");
    }
}

#[test]
fn what_is_no_language_is_refused_and_sets_no_cookie() {
    let lesson = Lesson::start("lesson01");
    for code in ["", "fr", "KO", "ko ", "ko;q=1", "en\r\nX: y", "<b>"] {
        let answer = Request::post("/language", &[("lang", code)]).send(lesson.port);
        assert_eq!(answer.status, 422, "{code:?}");
        assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    }
    assert_eq!(
        Request::post("/language", &[]).send(lesson.port).status,
        422
    );
}

#[test]
fn a_language_cookie_that_makes_no_sense_is_as_if_it_were_not_there() {
    let lesson = Lesson::start("lesson01");
    for value in [
        "", "fr", "KO", "\"ko\"x", "ko%00", "../../ko", "<script>", "%ff",
    ] {
        let asks = Request::get("/main").header("Accept-Language", "ko");
        let answer = asks
            .header("Cookie", format!("lang={value}"))
            .send(lesson.port);
        assert_eq!((answer.status, answer.language()), (200, "ko"), "{value:?}");
        assert!(!answer.body.contains("<script>"));
    }
}

#[test]
fn every_page_for_what_went_wrong_is_in_the_readers_language() {
    let lesson = Lesson::start("lesson05");
    let huge = vec![b'a'; 40_000];
    for (language, words) in [
        (
            "en",
            ["Refused", "Nothing here", "Too much", "This does not fit"],
        ),
        (
            "ko",
            [
                "거부했습니다",
                "페이지가 없습니다",
                "너무 큽니다",
                "맞지 않는 내용입니다",
            ],
        ),
    ] {
        let requests = [
            (403, Request::post("/login", &[]).header("Origin", "null")),
            (404, Request::get("/nowhere")),
            (413, Request::post_bytes("/login", huge.clone())),
            (422, Request::post("/cart/add", &[("item", "unicorn")])),
        ];
        for ((status, request), words) in requests.into_iter().zip(words) {
            let answer = request
                .header("Accept-Language", language)
                .send(lesson.port);
            assert_eq!((answer.status, answer.language()), (status, language));
            let heading = format!("# {status} {words}");
            assert!(answer.main().contains(&heading), "{}", answer.main());
        }
    }
}

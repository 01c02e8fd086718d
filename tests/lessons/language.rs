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
                "요청이 거부되었습니다",
                "페이지가 없습니다",
                "내용이 너무 큽니다",
                "입력 내용을 확인해 주세요",
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

/// The fields that go along with a click on the language switch.
fn beside_the_switch(body: &str) -> Vec<(String, String)> {
    let form = body.split("<form class=\"languages\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let field = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        let value = rest.split('"').next().unwrap();
        (
            name.to_owned(),
            value.replace("&lt;", "<").replace("&amp;", "&"),
        )
    };
    inputs.map(field).collect()
}

/// A visitor sends a form in which something is wrong, and then clicks on the other language: they
/// see it again in that language, with what they typed.
#[test]
fn a_form_with_errors_keeps_what_was_typed_in_the_other_language() {
    let signup = [
        ("userid", "<car ol"),
        ("real_name", "Carol & Park"),
        ("email", "nowhere"),
        ("password1", "five-violets"),
        ("password2", "three-roses"),
    ];
    let wrong = [("userid", "alice"), ("password", "five-violets")];
    let wrong_on_the_way = [wrong[0], wrong[1], ("next", "/profile")];
    let remembered = [wrong[0], wrong[1], ("next", "/who?a=b"), ("remember", "on")];
    let long = "말".repeat(501);
    let empty = [("userid", "alice"), ("password", "")];
    let too_long = [("text", &*long)];
    let cases = [
        ("lesson01", "/login", &wrong[..]),
        ("lesson04", "/signup", &signup),
        ("lesson04", "/login", &empty),
        ("lesson06", "/login", &wrong_on_the_way),
        ("lesson10", "/login", &remembered),
        ("lesson07", "/board", &too_long),
    ];
    for (lesson, page, typed) in cases {
        let story = Story::of(lesson);
        let mut visitor = story.visitor("visitor", "en");
        if page == "/board" {
            visitor.post("/login", &[("userid", "alice"), ("password", super::ALICE)]);
        }
        let answer = visitor.post(page, typed);
        assert_eq!((answer.status, answer.language()), (422, "en"), "{lesson}");

        let mut fields = beside_the_switch(&answer.body);
        fields.push(("lang".to_owned(), "ko".to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        for (name, value) in typed {
            let is_secret = name.starts_with("password");
            let sent = fields.contains(&(name, value));
            assert_eq!(sent, !is_secret, "{lesson}: {name}");
        }
        let switched = visitor.post("/language", &fields);
        assert_eq!(
            (switched.status, switched.one("Location")),
            (307, Some(page))
        );
        // As a browser follows it.
        let again = visitor.post(page, &fields);
        assert_eq!((again.status, again.language()), (422, "ko"), "{lesson}");
        let kept = beside_the_switch(&again.body);
        for (name, value) in typed
            .iter()
            .filter(|(name, _)| !name.starts_with("password"))
        {
            let field = (name.to_string(), value.to_string());
            assert!(kept.contains(&field), "{lesson}: {name} {kept:?}");
        }
        assert!(!again.body.contains("five-violets"));
    }
}

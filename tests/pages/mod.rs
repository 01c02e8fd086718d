//! Every page, filled with samples, and what is around it.

mod assets;
mod headers;
mod language_switch;
mod samples;
mod status;

use session_lessons::course::Language;

#[test]
fn every_page_appears_in_both_languages() {
    let client = samples::client();
    let gets = [
        "/",
        "/main",
        "/greeting",
        "/login",
        "/signup",
        "/signup/done",
        "/cart",
        "/cart/none",
        "/profile",
        "/who",
        "/who/nobody",
        "/where",
        "/cookie",
        "/cookie/secret",
        "/board",
        "/account",
        "/account/bare",
        "/account/password",
        "/lifetime",
        "/lifetime/none",
        "/visit",
        "/rows",
        "/rows/cleared",
        "/login/remember",
    ];
    let posts = ["/login", "/signup", "/board", "/account/password"];
    for language in Language::ALL {
        let requests = gets.map(|path| client.get(path)).into_iter();
        for request in requests.chain(posts.map(|path| client.post(path))) {
            let request = request.cookie(("lang", language.code()));
            let about = format!(
                "{} {} {language:?}",
                request.inner().method(),
                request.inner().uri()
            );
            let again = request.inner().method() == rocket::http::Method::Post;
            let response = request.dispatch();
            assert_eq!(
                response.status().code,
                if again { 422 } else { 200 },
                "{about}"
            );
            let page = response.into_string().unwrap();
            assert!(
                page.contains(&format!(r#"<html lang="{}">"#, language.code())),
                "{about}"
            );
            assert!(!page.contains("<b>"), "{about}: what was typed came alive");
            assert!(!page.contains("{$"), "{about}: a text lacks a variable");
        }
    }
}

#[test]
fn navigation_shows_what_the_lesson_mounts() {
    let client = samples::client();
    let page = client.get("/main").dispatch().into_string().unwrap();
    assert!(
        page.contains(r#"href="/main" aria-current="page""#),
        "{page}"
    );
    assert!(page.contains(r#"action="/logout""#));
    // In the order of their texts, whatever the order of the routes. `/greeting` has none.
    let (_, nav) = page.split_once("<nav").unwrap();
    let (nav, _) = nav.split_once("</nav>").unwrap();
    let links = nav.split("href=\"").skip(1);
    let links: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
    let pages = "/main /cart /board /profile /who /where /cookie /account /lifetime /visit /rows";
    assert_eq!(links.join(" "), format!("{pages} /signup /login"));
}

#[test]
fn the_greeting_is_the_courses_own() {
    let client = samples::client();
    let greet = |lang: &'static str| {
        let request = client.get("/greeting").cookie(("lang", lang));
        request.dispatch().into_string().unwrap()
    };
    assert!(greet("en").contains("Welcome back, &lt;b&gt;alice!"));
    assert!(greet("ko").contains("&lt;b&gt;alice님, 다시 오신 것을 환영합니다!"));
}

#[test]
fn errors_stand_beside_their_fields_and_passwords_are_never_sent_back() {
    let page = samples::client()
        .post("/signup")
        .dispatch()
        .into_string()
        .unwrap();
    assert!(page.contains(r#"id="userid-errors""#));
    assert!(page.contains(r#"aria-invalid="true""#));
    assert!(page.contains(r##"href="#password1""##));
    for field in page
        .split("<input")
        .filter(|field| field.contains("type=\"password\""))
    {
        let field = field.split('>').next().unwrap();
        assert!(!field.contains("value="), "{field}");
    }
}

#[test]
fn beside_a_page_there_is_nothing_else() {
    let client = samples::client();
    assert_eq!(client.get("/beside/other").dispatch().status().code, 404);
}

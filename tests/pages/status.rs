//! The pages for what went wrong.

use rocket::http::{ContentType, Header, Status};

use session_lessons::course::Language;

use super::samples;

#[test]
fn a_404_lists_the_routes_of_the_lesson_and_no_others() {
    let client = samples::client();
    let response = client.get("/nowhere").dispatch();
    assert_eq!(response.status(), Status::NotFound);
    let page = response.into_string().unwrap();
    for route in ["/main", "/login", "/logout"] {
        assert!(page.contains(&format!(">{route}<")), "{route}");
    }
    assert!(!page.contains(">/language<"));
    assert!(!page.contains(">/assets"));
}

#[test]
fn every_status_has_a_page_in_both_languages() {
    let client = samples::client();
    for code in [400, 403, 404, 409, 413, 418, 422, 429, 500, 503] {
        for lang in ["en", "ko"] {
            let request = client.get(format!("/status/{code}"));
            let response = request.cookie(("lang", lang)).dispatch();
            assert_eq!(response.status().code, code);
            let again = response.headers().get_one("Retry-After");
            assert_eq!(again.is_some(), [429, 503].contains(&code));
            let page = response.into_string().unwrap();
            assert!(page.contains(&format!(r#"<html lang="{lang}">"#)));
            assert!(page.contains(&code.to_string()));
            assert!(
                !page.contains("status-"),
                "{code} {lang}: a key without text"
            );
        }
    }
}

#[test]
fn a_form_from_another_site_never_reaches_its_view_and_a_link_does() {
    let client = samples::client();
    let post = |path: &'static str, site: &'static str| {
        let request = client.post(path).header(ContentType::Form);
        let request = request.header(Header::new("Sec-Fetch-Site", site));
        let response = request.body("text=hello").dispatch();
        (response.status(), response.into_string().unwrap())
    };
    let (status, text) = post("/echo", "same-origin");
    assert_eq!((status, text.as_str()), (Status::Ok, "hello"));
    let says = Language::English.text("status-403-what");
    for path in ["/echo", "/nowhere", "/language", "/"] {
        let (status, page) = post(path, "cross-site");
        assert_eq!(status, Status::Forbidden, "{path}");
        assert!(page.contains(&says), "{path}: {page}");
    }
    assert_eq!(post("/nowhere", "same-origin").0, Status::NotFound);
    let link = client
        .get("/")
        .header(Header::new("Sec-Fetch-Site", "cross-site"));
    assert_eq!(link.dispatch().status(), Status::Ok);
}

#[test]
fn a_path_is_shown_without_coming_alive() {
    let client = samples::client();
    let response = client.get("/<script>alert(1)</script>").dispatch();
    assert!(!response.into_string().unwrap().contains("<script>"));
}

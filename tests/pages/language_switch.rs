//! The language switch.

use rocket::http::{ContentType, Status};

use super::samples;

#[test]
fn a_click_is_remembered_and_leads_back() {
    let client = samples::client();
    let response = client
        .post("/language")
        .header(ContentType::Form)
        .body("lang=ko&back=/main")
        .dispatch();
    assert_eq!(response.status(), Status::SeeOther);
    assert_eq!(response.headers().get_one("Location"), Some("/main"));
    assert_eq!(
        response.headers().get_one("Set-Cookie"),
        Some("lang=ko; HttpOnly; SameSite=Lax; Path=/; Max-Age=31536000")
    );
    let page = client.get("/").dispatch().into_string().unwrap();
    assert!(page.contains(r#"<html lang="ko">"#));
}

#[test]
fn the_cookie_is_secure_if_the_session_cookie_is() {
    let client = samples::client_with(("session.secure", true));
    let request = client.post("/language").header(ContentType::Form);
    let response = request.body("lang=ko&back=/").dispatch();
    let cookie = response.headers().get_one("Set-Cookie").unwrap();
    assert!(cookie.starts_with("lang="), "{cookie}");
    assert!(cookie.split("; ").any(|part| part == "Secure"), "{cookie}");
}

#[test]
fn a_click_never_leads_away_and_an_unknown_language_is_refused() {
    let client = samples::client();
    let click = |body: &'static str| {
        let request = client.post("/language").header(ContentType::Form);
        request.body(body).dispatch()
    };
    let response = click("lang=en&back=//evil.example");
    assert_eq!(response.headers().get_one("Location"), Some("/"));
    let response = click("lang=en&back=/main&again=//evil.example");
    assert_eq!(response.headers().get_one("Location"), Some("/main"));
    let response = click("lang=fr&back=/main");
    assert_eq!(response.status(), Status::UnprocessableEntity);
    assert_eq!(response.headers().get_one("Set-Cookie"), None);
}

#[test]
fn no_language_cookie_is_set_before_a_click() {
    let client = samples::client();
    let response = client.get("/").dispatch();
    assert_eq!(response.headers().get_one("Set-Cookie"), None);
}

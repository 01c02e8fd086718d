//! The language switch on every page: `POST /language`.

use rocket::fairing::AdHoc;
use rocket::form::Form;
use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{FromForm, State, post, routes};

use super::languages::{LANGUAGE_COOKIE, Language};
use super::own_cookies::OwnCookies;
use crate::own_path::{is_own_path, own_path_or};

/// Mounts the switch.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("Language switch", async |rocket| {
        let cookies = OwnCookies::configured(rocket.figment());
        rocket.manage(cookies).mount("/", routes![switch_language])
    })
}

#[derive(FromForm)]
struct Choice<'r> {
    lang: &'r str,
    #[field(default = "/")]
    back: &'r str,
    /// The form to be shown again, of a page that shows one with errors. All that was typed into it
    /// comes along, but no password, so it has errors the next time too.
    again: Option<&'r str>,
}

// It changes what the browser keeps, so it is a POST: links and prefetching can't switch.
#[post("/language", data = "<choice>")]
fn switch_language(
    choice: Form<Choice<'_>>,
    cookies: &CookieJar<'_>,
    own: &State<OwnCookies>,
) -> Result<Redirect, Status> {
    let language = Language::from_code(choice.lang).ok_or(Status::UnprocessableEntity)?;
    let mut cookie = own.cookie(LANGUAGE_COOKIE, language.code());
    cookie.set_max_age(Duration::days(365));
    cookies.add(cookie);
    if let Some(form) = choice.again.filter(|form| is_own_path(form)) {
        // 307: the browser sends there what it has sent here. A GET would show the form empty, or
        // have what was typed in its address.
        return Ok(Redirect::temporary(form.to_owned()));
    }
    Ok(Redirect::to(own_path_or(choice.back, "/").to_owned()))
}

#[cfg(test)]
mod tests {
    use rocket::http::{ContentType, Status};

    use crate::course::trial;

    #[test]
    fn a_click_is_remembered_and_leads_back() {
        let client = trial::client();
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
        let client = trial::client_with(("session.secure", true));
        let click = |path: &'static str, body: &'static str| {
            let request = client.post(path).header(ContentType::Form);
            let response = request.body(body).dispatch();
            response.headers().get_one("Set-Cookie").unwrap().to_owned()
        };
        for (path, body) in [("/language", "lang=ko&back=/"), ("/afresh", "")] {
            let cookie = click(path, body);
            assert!(cookie.starts_with("lang="), "{cookie}");
            assert!(cookie.split("; ").any(|part| part == "Secure"), "{cookie}");
        }
    }

    #[test]
    fn a_click_never_leads_away_and_an_unknown_language_is_refused() {
        let client = trial::client();
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
        let client = trial::client();
        let response = client.get("/").dispatch();
        assert_eq!(response.headers().get_one("Set-Cookie"), None);
    }
}

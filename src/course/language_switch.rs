//! The language switch on every page: `POST /language`.

use rocket::fairing::AdHoc;
use rocket::form::Form;
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{FromForm, post, routes};

use super::languages::{LANGUAGE_COOKIE, Language};
use crate::own_path::is_own_path;

/// Mounts the switch.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("Language switch", async |rocket| {
        rocket.mount("/", routes![switch_language])
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
fn switch_language(choice: Form<Choice<'_>>, cookies: &CookieJar<'_>) -> Result<Redirect, Status> {
    let language = Language::from_code(choice.lang).ok_or(Status::UnprocessableEntity)?;
    let cookie = Cookie::build((LANGUAGE_COOKIE, language.code()))
        .path("/")
        .same_site(SameSite::Lax)
        .http_only(true)
        .max_age(Duration::days(365));
    cookies.add(cookie);
    if let Some(form) = choice.again.filter(|form| is_own_path(form)) {
        // 307: the browser sends there what it has sent here. A GET would show the form empty, or
        // have what was typed in its address.
        return Ok(Redirect::temporary(form.to_owned()));
    }
    let back = if is_own_path(choice.back) {
        choice.back
    } else {
        "/"
    };
    Ok(Redirect::to(back.to_owned()))
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

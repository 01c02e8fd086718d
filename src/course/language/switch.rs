//! The language switch on every page: `POST /language`.

use rocket::fairing::AdHoc;
use rocket::form::Form;
use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{FromForm, State, post, routes};

use crate::answer::{is_own_path, own_path_or};
use crate::course::language::languages::{LANGUAGE_COOKIE, Language};
use crate::course::protect::own_cookies::OwnCookies;

/// Mounts the switch.
pub fn stage() -> AdHoc {
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

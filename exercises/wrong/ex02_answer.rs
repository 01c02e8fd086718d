// The number is in a cookie of its own, and is read while that cookie is still in the answer.

use rocket::http::CookieJar;

fn visits_in(cookies: &CookieJar) -> u32 {
    let visits = cookies.get("visits").map(|visits| visits.value().parse());
    visits.and_then(Result::ok).unwrap_or(0)
}

#[get("/main")]
fn main_page(session: &Session, cookies: &CookieJar) -> Answer {
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    let visits: u32 = visits_in(cookies) + 1;
    cookies.add(("visits", visits.to_string()));
    let visits: u32 = visits_in(cookies);
    let user: String = format!("{user} ({visits})");
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex02")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page])
}

// The form does not get the name under the name that the template knows.

#[get("/login")]
fn login_page(session: &Session) -> Answer {
    let last: Option<String> = session.get("last")?;
    render("login", context! { last })
}

#[launch]
fn rocket() -> _ {
    app("ex03")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
}

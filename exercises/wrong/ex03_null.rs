// It remembers nothing, as a value.

#[post("/logout")]
fn logout(session: &Session) -> Answer {
    let user: Option<String> = session.get("user")?;
    session.set("last", user)?;
    session.pop("user");
    redirect(uri!(login_page))
}

#[launch]
fn rocket() -> _ {
    app("ex03")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
}

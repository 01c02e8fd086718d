// Logging out twice forgets the name.

#[post("/logout")]
fn logout(session: &Session) -> Answer {
    let user: Option<String> = session.get("user")?;
    match user {
        Some(user) => session.set("last", user)?,
        None => drop(session.pop("last")),
    }
    session.pop("user");
    redirect(uri!(login_page))
}

#[launch]
fn rocket() -> _ {
    app("ex03")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
}

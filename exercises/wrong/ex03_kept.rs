// It forgets to pop.

#[post("/logout")]
fn logout(session: &Session) -> Answer {
    let user: Option<String> = session.get("user")?;
    if let Some(user) = user {
        session.set("last", user)?;
    }
    redirect(uri!(login_page))
}

#[launch]
fn rocket() -> _ {
    app("ex03")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
}

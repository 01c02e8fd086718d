// It forgets to pop.

#[get("/signup/done")]
fn signup_done(session: &Session) -> Answer {
    let success_id: Option<String> = session.get("success_id")?;
    let Some(success_id) = success_id else {
        return redirect(uri!(signup_page));
    };
    let success_name: String = session.get_or_default("success_name")?;
    let success_email: String = session.get_or_default("success_email")?;
    render(
        "signup_done",
        context! { success_id, success_name, success_email },
    )
}

#[launch]
fn rocket() -> _ {
    app("ex04")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![signup_page, signup, signup_done])
}

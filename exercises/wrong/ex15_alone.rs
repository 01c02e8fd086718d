// It shuts out the copy, and leaves the other sessions.

#[post("/account/sessions/end-others")]
async fn end_others(_user: &User, session: &Session) -> Answer {
    session.rotate();
    redirect(uri!("/account"))
}

#[launch]
fn rocket() -> _ {
    app("ex15")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![end_others])
}

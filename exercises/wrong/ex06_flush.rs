// It ends this browser's session only.

#[post("/close")]
async fn close(session: &Session) -> Answer {
    session.flush();
    redirect(uri!(who_page))
}

#[launch]
fn rocket() -> _ {
    app("ex06")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", routes![main_page, profile_page, who_page, close])
}

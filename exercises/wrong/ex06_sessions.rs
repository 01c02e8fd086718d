// It ends all sessions and leaves the account.

#[post("/close")]
async fn close(user: &User, session: &Session) -> Answer {
    session.layer().end_sessions(&user.userid, None).await?;
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

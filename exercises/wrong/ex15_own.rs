// It ends all sessions of the user, also the one that asks.

#[post("/account/sessions/end-others")]
async fn end_others(user: &User, session: &Session) -> Answer {
    let layer: &Layer = session.layer();
    let sessions: Vec<Record> = layer.sessions_of(&user.userid).await?;
    session.rotate();
    for other in &sessions {
        layer.end_session(&user.userid, other.locker).await?;
    }
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

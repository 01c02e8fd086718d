// It ends everything and logs in again: the cart is gone.

#[post("/account/sessions/end-others")]
async fn end_others(user: &User, session: &Session) -> Answer {
    let layer: &Layer = session.layer();
    let own: Option<Locker> = session.locker();
    let sessions: Vec<Record> = layer.sessions_of(&user.userid).await?;
    for other in &sessions {
        if Some(other.locker) != own {
            layer.end_session(&user.userid, other.locker).await?;
        }
    }
    session.flush();
    session.set("user", &user.userid)?;
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

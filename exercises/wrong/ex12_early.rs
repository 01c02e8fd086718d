// It gives a new ID before it has looked at the password.

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    let userid: &str = &form.userid;
    session.rotate();
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };
    session.set("user", &user.userid)?;
    redirect(uri!("/main"))
}

#[launch]
fn rocket() -> _ {
    app("ex12")
        .attach(Session::fairing().by_default("rotate_at_login", false))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![login])
}

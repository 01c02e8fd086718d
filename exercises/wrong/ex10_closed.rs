// The browser is to end it, and the server waits for two weeks.

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    let found: Option<User> = accounts.authenticate(&form.userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { error: "login-wrong" });
    };
    session.set("user", &user.userid)?;
    let expiry: Expiry = if form.remember {
        Expiry::After(REMEMBERED)
    } else {
        Expiry::BrowserClose
    };
    session.set_expiry(expiry)?;
    views::go_on(&form.next)
}

#[launch]
fn rocket() -> _ {
    app("ex10")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount(
            "/",
            routes![login_page, login, views::logout, lifetime_page],
        )
        .mount("/", views::user_views())
}

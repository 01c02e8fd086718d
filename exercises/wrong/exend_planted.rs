// The session keeps the ID that it had before the login.

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    let (userid, next) = (&form.userid, &form.next);
    if userid.is_empty() || form.password.is_empty() {
        let error = "login-missing-field";
        return show_again("login", context! { userid, next, error });
    }
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, next, error: "login-wrong" });
    };
    session.set("user", &user.userid)?;
    go_on(next)
}

#[launch]
fn rocket() -> _ {
    app("exend")
        .attach(
            Session::fairing()
                .by_default("rotate_at_login", false)
                .by_default("same_origin", false)
                .by_default("same_site", "strict"),
        )
        .attach(views::check_forms(is_ours))
        .register("/", strangers_go_to("/login"))
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![cart_page, cart_add, cart_remove, cart_empty])
        .mount("/", routes![board_page, board_write, board_delete])
}

// The address carries the name.

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts) -> Answer {
    let userid: &str = &form.userid;
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };
    redirect(uri!(greeting(user = Some(user.userid))))
}

#[get("/main?<user>")]
fn greeting(user: Option<String>) -> Answer {
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex01").mount("/", routes![login_page, login, greeting])
}

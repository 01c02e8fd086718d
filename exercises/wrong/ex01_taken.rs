// The main page empties the global after it has greeted, once.

use rocket::tokio::sync::Mutex;

static LAST_USER: Mutex<Option<String>> = Mutex::const_new(None);

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts) -> Answer {
    let userid: &str = &form.userid;
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };
    *LAST_USER.lock().await = Some(user.userid);
    redirect(uri!(greeting))
}

#[get("/main")]
async fn greeting() -> Answer {
    let user: Option<String> = LAST_USER.lock().await.take();
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex01").mount("/", routes![login_page, login, greeting])
}

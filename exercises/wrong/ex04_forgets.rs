// The form comes back empty.

#[post("/signup", data = "<form>")]
async fn signup(form: Form<SignupForm>, accounts: &Accounts) -> Answer {
    match accounts.sign_up(&form).await? {
        Ok(_user) => redirect(uri!(signup_page)),
        Err(errors) => show_again("signup", context! { errors }),
    }
}

#[launch]
fn rocket() -> _ {
    app("ex04")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![signup_page, signup, signup_done])
}

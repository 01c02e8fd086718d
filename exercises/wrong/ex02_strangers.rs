// A stranger is counted too.

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    let visits: u32 = session.get_or_default("visits")?;
    let visits: u32 = visits + 1;
    session.set("visits", visits)?;
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    let user: String = format!("{user} ({visits})");
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex02")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page])
}
